"""What both databases do, each in its own words: a long list as one parameter, and many rows written at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, any_, bindparam, cast, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute, Session

_LOCK = 7_365_718  # any number, the same in every process
_POSTINGS = {
    "sqlite": "INSERT INTO claim_posting (block, word, claims) VALUES (?, ?, ?) ON CONFLICT (block, word) "
    "DO UPDATE SET claims = CAST(claims || excluded.claims AS BLOB)",
    "postgresql": "INSERT INTO claim_posting (block, word, claims) SELECT * FROM unnest(%s::int[], %s::bigint[], "
    "%s::bytea[]) ON CONFLICT (block, word) DO UPDATE SET claims = claim_posting.claims || excluded.claims",
}
_WORDS = {
    "sqlite": "INSERT INTO claim_word (word, form, claims) VALUES (?, ?, ?) ON CONFLICT (word) "
    "DO UPDATE SET claims = claims + excluded.claims",
    "postgresql": "INSERT INTO claim_word (word, form, claims) SELECT * FROM unnest(%s::bigint[], %s::text[], "
    "%s::int[]) ON CONFLICT (word) DO UPDATE SET claims = claim_word.claims + excluded.claims",
}
_RUNS = {
    "sqlite": "INSERT INTO claim_run (run, words) VALUES (?, ?) ON CONFLICT (run) "
    "DO UPDATE SET words = CAST(words || excluded.words AS BLOB)",
    "postgresql": "INSERT INTO claim_run (run, words) SELECT * FROM unnest(%s::text[], %s::bytea[]) "
    "ON CONFLICT (run) DO UPDATE SET words = claim_run.words || excluded.words",
}
_PLACES = {
    "sqlite": "UPDATE held_claim SET place = ? WHERE kind = ? AND key = ?",
    "postgresql": "UPDATE held_claim SET place = given.place FROM unnest(%s::int[], %s::text[], %s::int[]) "
    "AS given (place, kind, key) WHERE held_claim.kind = given.kind AND held_claim.key = given.key",
}


def dialect_of(session: Session) -> str:
    """The name of the database: sqlite or postgresql."""
    return session.get_bind().dialect.name


def one_writer(session: Session) -> None:
    """Let those who write blocks follow each other; SQLite does so anyway."""
    if dialect_of(session) == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def nobody_else_asks(session: Session) -> bool:
    """Whether no other transaction is about to ask for the same job, so that none waits for this one's commit."""
    if dialect_of(session) != "postgresql":
        return True
    return bool(session.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _LOCK + 1}))


def among(name: str, column: InstrumentedAttribute[Any], values: str) -> ColumnElement[bool]:
    """That a column is one of some values, however many: they are one parameter, given as `listed`.

    PostgreSQL is to look each up by the index, and not to go through the whole table comparing with all of them.
    """
    given = bindparam(values, type_=Text())
    if name == "postgresql":
        return column.in_(select(func.unnest(cast(given, ARRAY(column.type)))))
    every = func.json_each(given).table_valued("value")
    return column.in_(select(every.c.value))


def few(name: str, column: InstrumentedAttribute[Any], values: str) -> ColumnElement[bool]:
    """That a column is one of a few values, given as `few_listed`: for several columns of one index at once."""
    if name == "postgresql":
        return column == any_(bindparam(values, type_=ARRAY(column.type)))
    return among(name, column, values)


def listed(session: Session, values: Iterable[int] | Iterable[str]) -> str:
    """Some values as one parameter."""
    return _array(values) if dialect_of(session) == "postgresql" else json.dumps(list(values))


def few_listed(session: Session, values: Iterable[int]) -> list[int] | str:
    """A few values as the parameter of `few`."""
    return list(values) if dialect_of(session) == "postgresql" else listed(session, values)


def add_postings(session: Session, rows: Sequence[tuple[int, int, bytes]]) -> None:
    """Append claims to words of blocks: block, word, claims."""
    _write(session, _POSTINGS, rows)


def add_words(session: Session, rows: Sequence[tuple[int, str, int]]) -> None:
    """Count further claims for words: word, form, claims."""
    _write(session, _WORDS, rows)


def add_runs(session: Session, rows: Sequence[tuple[str, bytes]]) -> None:
    """Append words to runs of letters: run, words."""
    _write(session, _RUNS, rows)


def set_places(session: Session, rows: Sequence[tuple[int, str, int]]) -> None:
    """Give claims their places: place, kind, key."""
    _write(session, _PLACES, rows)


def _write(session: Session, statements: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    name = dialect_of(session)
    connection = session.connection()
    if name == "postgresql":
        connection.exec_driver_sql(
            statements[name], tuple(list(column) for column in zip(*rows, strict=True))
        )
    else:
        connection.exec_driver_sql(statements[name], list(rows))


def _array(values: Iterable[Any]) -> str:
    """Values as PostgreSQL writes an array: far quicker for many than a parameter that is a list."""
    return "{" + ",".join(map(_quoted, values)) + "}"


def _quoted(value: int | str | bytes) -> str:
    if isinstance(value, bytes):
        return f'"\\\\x{value.hex()}"'
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
