"""Serving: gunicorn started from code, and the commands that bring a desk up."""

from __future__ import annotations

import gc
import os
import socket
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from verify.config import Settings, read_settings
from verify.jobs.companion import Companion

SignIn = tuple[str, str, str, str]  # name, roles, address, password
THREADS = 8
HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
PORT = click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
WORKERS = click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes; about one a core."
)
WORKER = click.option(
    "--worker/--no-worker", default=True, show_default=True,
    help="Bring a worker for background jobs; without one, `verify work` does them elsewhere.",
)  # fmt: skip
GRACE = 10  # seconds that requests and the job in hand have to end


class Watcher(Arbiter):  # type: ignore[misc]  # gunicorn ships no types
    """The process that watches over those that answer, and over the one that does the jobs."""

    def __init__(self, app: Server) -> None:
        super().__init__(app)
        self.companion = Companion() if app.brings_worker else None

    def manage_workers(self) -> None:
        """Called every second: start what is missing."""
        super().manage_workers()
        if self.companion is not None:
            self.companion.watch()

    def stop(self, graceful: bool = True) -> None:
        """Stop the worker together with the others."""
        if self.companion is None:
            super().stop(graceful)
            return
        self.companion.ask_to_stop()
        super().stop(graceful)
        self.companion.stop(GRACE)


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Our application under gunicorn, configured here and nowhere else."""

    def __init__(
        self, app: Flask, host: str, port: int, workers: int, greeting: str, *, brings_worker: bool = True
    ) -> None:
        self.app, self.brings_worker = app, brings_worker
        self.chosen: dict[str, Any] = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "preload_app": True,
            "timeout": 120,
            "graceful_timeout": GRACE,
            "loglevel": "warning",
            "forwarded_allow_ips": "",  # which proxies to trust is for VERIFY_TRUSTED_PROXIES alone to say
            "control_socket_disable": True,
            "when_ready": lambda _arbiter: click.echo(greeting),
        }
        memory = Path("/dev/shm")  # nosec B108  # workers' heartbeats: never on a disk that may stall
        if memory.is_dir():
            self.chosen["worker_tmp_dir"] = str(memory)
        super().__init__()

    def load_config(self) -> None:
        """Take the settings above; gunicorn's own files and variables are not read."""
        for name, value in self.chosen.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until told to stop."""
        try:
            Watcher(self).run()
        except RuntimeError as problem:
            raise click.ClickException(str(problem)) from problem

    def load(self) -> Flask:
        """The application, made once, before the workers part."""
        warm(self.app)
        return self.app


def warm(app: Flask) -> None:
    """Compile every page before the workers part: they share the code, and no first visitor waits for it."""
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    gc.collect()
    gc.freeze()  # what is loaded by now stays: no worker goes through it again, which would unshare its memory


def free_port(host: str, wanted: int) -> int:
    """The wanted port, or the next of twenty on which nobody listens."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(wanted, min(wanted + 20, 65536)):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise click.ClickException(f"Port {wanted} and the ones after it are taken. Choose another with --port.")


def shown_address(host: str, port: int) -> str:
    """What a person types into the browser to reach a server bound there."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # nosec B104  # compared with, not bound to
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def revisions(url: str) -> tuple[str | None, str | None]:
    """The migration a database stands at, and the newest one this version of the desk has."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from verify.db import alembic_config, connect, reading

    engine = connect(url)
    try:
        with reading(), engine.connect() as connection:
            current = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    return current, ScriptDirectory.from_config(alembic_config(url)).get_current_head()


def bring_up_to_date(url: str) -> str:
    """Run the migrations that a database lacks; one sentence about what was done."""
    from verify.db import upgrade

    before, newest = revisions(url)
    if before == newest:
        return f"The database is up to date (migration {newest})."
    upgrade(url)
    return f"The database went from {f'migration {before}' if before else 'empty'} to migration {newest}."


def opened_desk() -> Flask:
    """The application for a command. A new desk gets its database at once; an older one is left to `verify migrate`."""
    from verify import create_app

    settings = read_settings()
    current, newest = revisions(settings.database_url)
    if current is None and not settings.production:
        click.echo(bring_up_to_date(settings.database_url), err=True)
    elif current != newest:
        raise click.ClickException("The database is not up to date. Run `verify migrate`, then try again.")
    return create_app(settings)


@click.command()
def migrate() -> None:
    """Create the database, or bring it up to date.

    Which database is for VERIFY_DATABASE_URL to say; without it, a SQLite file in the data folder.
    """
    click.echo(bring_up_to_date(read_settings().database_url))


@click.command()
@HOST
@PORT
@WORKERS
@WORKER
def serve(host: str, port: int, workers: int, worker: bool) -> None:
    """Serve the desk. The database must be up to date: run `verify migrate` first."""
    from verify import create_app

    settings = read_settings()
    current, newest = revisions(settings.database_url)
    if current != newest:
        raise click.ClickException("The database is not up to date. Run `verify migrate`, then start again.")
    if free_port(host, port) != port:
        raise click.ClickException(
            f"Port {port} is taken. Stop what listens there, or choose another with --port."
        )
    greeting = f"{settings.desk_name} listens at {shown_address(host, port)}. Stop it with Ctrl+C."
    Server(create_app(settings), host, port, workers, greeting, brings_worker=worker).run()


@click.command()
@HOST
@PORT
@WORKERS
def demo(host: str, port: int, workers: int) -> None:
    """Serve a desk filled with demo data, to look around.

    The data lives in the data folder (./var), and what you change stays. Delete the folder to start afresh.
    """
    chosen = free_port(host, port)
    address = shown_address(host, chosen)
    os.environ.setdefault("VERIFY_BASE_URL", address)
    settings = read_settings()
    if settings.production:
        raise click.ClickException(
            "The demo desk has known passwords; it does not start with VERIFY_ENV=production."
        )
    bring_up_to_date(settings.database_url)
    app, people = demo_desk(settings)
    moved = f"Port {port} is taken, so the desk took {chosen}.\n" if chosen != port else ""
    Server(app, host, chosen, workers, f"{moved}{greeting_of_demo(address, people)}").run()


def demo_desk(settings: Settings) -> tuple[Flask, list[SignIn]]:
    """The application, with demo data where its database was empty, and the demo people who can sign in."""
    from verify import create_app
    from verify.accounts.actions import find_by_email
    from verify.db import db
    from verify.demo.desk import SIGN_INS

    app = create_app(settings)
    in_a_child(lambda: fill_the_demo(app))
    with app.app_context():
        people = [person for person in SIGN_INS if find_by_email(db.session, person[2]) is not None]
        db.session.commit()
        for engine in db.engines.values():
            engine.dispose()  # the workers open connections of their own
    return app, people


def fill_the_demo(app: Flask) -> None:
    """Put the demo data into a database that is empty."""
    from verify.db import db
    from verify.demo.desk import is_empty, seed

    with app.app_context():
        if is_empty(db.session):
            click.echo("Filling the desk with demo data …", err=True)
            seed(db.session)
        db.session.commit()


def in_a_child(work: Callable[[], None]) -> None:
    """Do something in a process of its own, which takes with it whatever was loaded for that.

    The trained part of the spotter has threads; a server that had loaded it could not part into workers safely.
    """
    child = os.fork()
    if child == 0:
        try:
            work()
            sys.stderr.flush()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
        raise click.ClickException("The demo data could not be put in: see above.")


def greeting_of_demo(address: str, people: list[SignIn]) -> str:
    """The address, and with whose name and password to sign in."""
    lines = [f"Verify is at {address}", ""]
    if people:
        lines.append("Sign in as")
        width = max(len(email) for _, _, email, _ in people)
        lines += [
            f"  {email:<{width}}  {password}  ({name}, {roles})" for name, roles, email, password in people
        ]
    else:
        lines.append("This database holds a desk of its own; its people sign in with their own passwords.")
    return "\n".join([*lines, "", "Stop it with Ctrl+C."])
