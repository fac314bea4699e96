"""The database: base class, column types, engine set-up for SQLite and PostgreSQL, and migrations.

A transaction is read-only until `writing()` says otherwise: on SQLite it then opens with BEGIN IMMEDIATE, so
that two writers queue up instead of failing half way; reading takes a plain BEGIN and blocks nobody.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any

from flask.sansio.app import App
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, create_engine, event, make_url, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from verify.config import RESOURCES

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

log = logging.getLogger(__name__)
OLDEST_SAFE_SQLITE = (3, 51, 3)  # earlier ones can corrupt a WAL that is reset under load


class Base(DeclarativeBase):
    """Every table. Constraint names are fixed, so that migrations can name them on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcTime(TypeDecorator[datetime]):
    """A moment: aware and UTC in Python, refused when naive; stored without zone on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone reached the database")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def by_value(choices: type[StrEnum], length: int = 24) -> Enum:
    """A column of an enumeration, stored by its value as text; each table adds its CHECK with `one_of`."""
    return Enum(choices, native_enum=False, length=length, values_callable=lambda e: [m.value for m in e],
                create_constraint=False, validate_strings=True)  # fmt: skip


def one_of(column: str, choices: type[StrEnum]) -> str:
    """The text of a CHECK that a column holds one of an enumeration's values."""
    return f"{column} IN ({', '.join(repr(choice.value) for choice in choices)})"


def now() -> datetime:
    """The desk's clock: this moment, in UTC."""
    return datetime.now(UTC)


class OneThreadSessions(SQLAlchemy):
    """Flask-SQLAlchemy-Lite without the closing of asynchronous sessions after each request.

    The desk has none, and the event loop that it starts for them costs half a millisecond a request.
    """

    def init_app(self, app: App) -> None:
        """Register the engines with the application."""
        super().init_app(app)
        app.teardown_appcontext_funcs[:] = [
            function for function in app.teardown_appcontext_funcs if not iscoroutinefunction(function)
        ]


db = OneThreadSessions(session_options={"autoflush": True})
_writing: ContextVar[bool] = ContextVar("verify_writing", default=True)


def start_reading() -> None:
    """From here on, transactions of this request only read."""
    _writing.set(False)


def start_writing(session: Session) -> None:
    """End the reading transaction; the next query opens the one that writes."""
    session.rollback()
    _writing.set(True)


def let_write() -> None:
    """The request is over: what runs next in this thread may write again."""
    _writing.set(True)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions that begin inside only read."""
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Transactions that begin inside may write."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def take_turns(session: Session, what: int) -> None:
    """Let all who do one kind of thing follow each other until they commit; on SQLite all writers do so anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:what)"), {"what": what})


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver opens no transaction of its own; `begin` below does
        for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on", "busy_timeout=10000"):
            connection.execute(f"pragma {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def _sqlite_driver() -> Any:
    """pysqlite3, which brings a current SQLite; the interpreter's own where that has no wheel."""
    try:
        import pysqlite3 as driver
    except ImportError:
        import sqlite3 as driver
    if driver.sqlite_version_info < OLDEST_SAFE_SQLITE:
        log.warning(
            "SQLite %s is older than 3.51.3, which fixed a WAL fault; upgrade it.", driver.sqlite_version
        )
    return driver


def prepare(engine: Engine) -> Engine:
    """Give an engine the desk's transaction rules; a no-op on PostgreSQL, whose defaults already fit."""
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


def engine_options(url: str) -> dict[str, Any]:
    """What `create_engine` needs for this address."""
    if make_url(url).get_backend_name() == "sqlite":
        return {"url": url, "module": _sqlite_driver()}
    return {"url": url, "pool_pre_ping": True}


def connect(url: str) -> Engine:
    """An engine of its own, outside any app: for migrations and checks."""
    return prepare(create_engine(**engine_options(url)))


def alembic_config(url: str) -> AlembicConfig:
    """Alembic's configuration for a database address, from a checkout and from a wheel alike."""
    from alembic.config import (
        Config as AlembicConfig,
    )  # loaded for migrations alone: a server needs none of it

    config = AlembicConfig()
    config.set_main_option("script_location", str(RESOURCES / "migrations"))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database up to a revision; creates every table on an empty one."""
    from alembic import command

    command.upgrade(alembic_config(url), revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Take a database back to a revision, keeping what the older tables can hold."""
    from alembic import command

    command.downgrade(alembic_config(url), revision)
