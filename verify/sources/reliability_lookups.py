"""How reliable sources were judged to be, on a day and over time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from verify.errors import Missing
from verify.sources.models import Source, SourceReliability
from verify.sources.reliability import Stretch


def reliability_on(session: Session, source_ids: Collection[int], day: date) -> dict[int, SourceReliability]:
    """The judgement that holds for each source on a day: the latest one made from that day or before."""
    asked = (
        select(SourceReliability)
        .where(
            SourceReliability.source_id.in_(source_ids),
            SourceReliability.since <= day,
            SourceReliability.ended_at.is_(None),
        )
        .order_by(SourceReliability.since, SourceReliability.id)
    )
    return {judged.source_id: judged for judged in session.scalars(asked)}


def judgements_of(session: Session, source: Source) -> Sequence[SourceReliability]:
    """Every judgement of a source, those taken back too; the latest day first."""
    asked = (
        select(SourceReliability)
        .where(SourceReliability.source_id == source.id)
        .options(joinedload(SourceReliability.assessed_by))
        .order_by(SourceReliability.since.desc(), SourceReliability.id.desc())
        .limit(100)
    )
    return session.scalars(asked).all()


def judgement_by_id(session: Session, source: Source, judgement_id: int) -> SourceReliability:
    """One judgement of a source; Missing when it has none of this number."""
    found = session.get(SourceReliability, judgement_id)
    if found is None or found.source_id != source.id:
        raise Missing
    return found


def stretches(judgements: Collection[SourceReliability]) -> list[Stretch]:
    """The judgements that stand, as stretches of time, the earliest first; of two from one day the later one holds."""
    standing = sorted(
        (judged for judged in judgements if judged.ended_at is None),
        key=lambda judged: (judged.since, judged.id),
    )
    from_day = {judged.since: judged for judged in standing}
    days = sorted(from_day)
    ends = [*days[1:], None][: len(days)]
    return [
        Stretch(from_day[day].grade, day, end, from_day[day].reason)
        for day, end in zip(days, ends, strict=True)
    ]
