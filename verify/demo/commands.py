"""`verify seed`: fills the desk with many tickets, for measuring."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from verify.accounts.sessions import settings
from verify.db import db


@click.command()
@click.option("--tickets", type=click.IntRange(1, 1_000_000), required=True, help="How many tickets to add.")
@with_appcontext
def seed(tickets: int) -> None:
    """Adds many tickets in every stage of work, with articles, reviews, verdicts and a log that verifies.

    On an empty desk the people of the demo come first. Refuses in production: invented claims do not belong there.
    """
    from verify.demo import desk
    from verify.demo.large import fill
    from verify.errors import DeskError
    from verify.matching.store_jobs import ask_for_all

    if settings().production:
        raise click.ClickException("This desk is in production; invented tickets do not belong there.")
    try:
        if desk.is_empty(db.session):
            desk.seed(db.session)
            db.session.commit()
        with click.progressbar(length=tickets, label="Adding tickets") as bar:
            for size in fill(db.session, tickets):
                bar.update(size)
        ask_for_all(db.session)
        db.session.commit()
    except DeskError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"{tickets:,} tickets added.")
