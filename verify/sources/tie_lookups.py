"""Reading the ties of many sources at once, as they stood on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from verify.sources.models import SourceTie, TieKind


def ties_on(session: Session, source_ids: Collection[int], day: date | None = None) -> list[SourceTie]:
    """The ties of these sources in either direction, in force and holding on a day; None for any day."""
    asked = select(SourceTie).where(
        or_(SourceTie.source_id.in_(source_ids), SourceTie.other_id.in_(source_ids)),
        SourceTie.ended_at.is_(None),
    )
    if day is not None:
        asked = asked.where(
            or_(SourceTie.since.is_(None), SourceTie.since <= day),
            or_(SourceTie.until.is_(None), SourceTie.until >= day),
        )
    ends = joinedload(SourceTie.source), joinedload(SourceTie.other)
    return list(session.scalars(asked.options(*ends).order_by(SourceTie.id)))


def parties_on(
    session: Session, source_ids: Collection[int], day: date | None = None
) -> dict[int, list[str]]:
    """The events and sides that each of these sources is a party to on a day; None for any day."""
    found: dict[int, list[str]] = {}
    for tie in ties_on(session, source_ids, day):
        if tie.kind is TieKind.PARTY_TO:
            found.setdefault(tie.source_id, []).append(tie.event)
    return found
