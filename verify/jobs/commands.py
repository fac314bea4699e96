"""`verify work`: do the desk's jobs."""

from __future__ import annotations

import logging

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command()
@click.option(
    "--until-idle", is_flag=True, help="Do what waits, then end: for a timer, or to see that all is done."
)
@click.option(
    "--with-server", is_flag=True, hidden=True, help="End when the process that started this one ends."
)
@with_appcontext
def work(until_idle: bool, with_server: bool) -> None:
    """Do the desk's background jobs, such as spotting long texts.

    `verify serve` and `verify demo` bring a worker of their own. On another machine, or beside `wsgi.py`, this is the
    one; several may work at the same time. On SIGTERM the job in hand goes back into the queue.
    """
    from verify.db import db
    from verify.jobs.worker import Worker, run_pending

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if until_idle:
        click.echo(f"Jobs begun: {run_pending()}.")
        return
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # what the proxy stands for
    db.session.rollback()
    if not with_server:
        click.echo("Working. Stop with Ctrl+C.")
    Worker(app, with_server=with_server).run()
