"""Re-pointing whatever leads to one source to another one, and exactly that back again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, reduce
from typing import Any

from sqlalchemy import Column, ColumnElement, String, Table, cast, func, insert, literal, select, update
from sqlalchemy.orm import Session

from verify.db import Base
from verify.sources.models import SourceMove, SourceMovePart


@cache
def places() -> Sequence[Column[Any]]:
    """Every column of the desk that leads to a source and follows it; those of the registry's own record stay."""
    source = Base.metadata.tables["source"]
    return tuple(
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is source for key in column.foreign_keys)
        and not column.info.get("stays_when_merged")
    )


def count_leading(session: Session, source_id: int) -> dict[str, int]:
    """How many rows of each table lead to a source."""
    found: dict[str, int] = {}
    for column in places():
        count = session.scalar(select(func.count()).where(column == source_id)) or 0
        if count:
            found[column.table.name] = found.get(column.table.name, 0) + count
    return found


def move_all(session: Session, move: SourceMove) -> None:
    """Re-point everything from one source to the other, and note each row."""
    for column in places():
        _note(session, move, column, column == move.from_id)
        session.execute(update(column.table).where(column == move.from_id).values({column: move.to_id}))
    session.expire_all()


def move_some(session: Session, move: SourceMove, column: Column[Any], row_ids: Sequence[int]) -> None:
    """Re-point these rows of one table, and note each."""
    chosen = column.table.c.id.in_(row_ids) & (column == move.from_id)
    _note(session, move, column, chosen)
    session.execute(update(column.table).where(chosen).values({column: move.to_id}))
    session.expire_all()


def move_back(session: Session, move: SourceMove, holder_id: int) -> None:
    """Re-point what a merging moved, wherever it still leads to the source that holds it now."""
    noted = select(SourceMovePart.row_key).where(SourceMovePart.move_id == move.id)
    for column in places():
        back = (column == holder_id) & _key(column.table).in_(
            noted.where(SourceMovePart.place == _place(column))
        )
        session.execute(update(column.table).where(back).values({column: move.from_id}))
    session.expire_all()


def _note(session: Session, move: SourceMove, column: Column[Any], chosen: ColumnElement[bool]) -> None:
    rows = select(literal(move.id), literal(_place(column)), _key(column.table)).where(chosen)
    session.execute(insert(SourceMovePart).from_select(["move_id", "place", "row_key"], rows))


def _place(column: Column[Any]) -> str:
    return f"{column.table.name}.{column.name}"


def _key(table: Table) -> ColumnElement[str]:
    parts = [cast(column, String) for column in table.primary_key.columns]
    return reduce(lambda one, other: one + "/" + other, parts)
