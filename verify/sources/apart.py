"""What people said is not the same: reading it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from verify.errors import Missing
from verify.sources.merge_lookups import merged_in
from verify.sources.models import Source, SourceDifference


@dataclass(frozen=True)
class Apart:
    """Pairs of sources (the lower number first) and spellings of a source that people refused."""

    pairs: frozenset[tuple[int, int]]
    spellings: frozenset[tuple[int, str]]


def told_apart(session: Session, source_ids: Collection[int]) -> Apart:
    """What was told apart from these sources; what went up in one of them counts as it."""
    under = merged_in(session, source_ids)
    asked = {*source_ids, *under}
    rows = session.execute(
        select(SourceDifference.source_id, SourceDifference.other_id, SourceDifference.name_key).where(
            or_(SourceDifference.source_id.in_(asked), SourceDifference.other_id.in_(asked)),
            SourceDifference.ended_at.is_(None),
        )
    )
    pairs, spellings = set(), set()
    for one, other, key in rows:
        one = under.get(one, one)
        if other is None:
            spellings.add((one, key))
        elif one != under.get(other, other):
            first, second = sorted((one, under.get(other, other)))
            pairs.add((first, second))
    return Apart(frozenset(pairs), frozenset(spellings))


def differences_of(session: Session, source: Source) -> Sequence[SourceDifference]:
    """What stands as told apart from a source, the latest first."""
    asked = (
        select(SourceDifference)
        .where(
            or_(SourceDifference.source_id == source.id, SourceDifference.other_id == source.id),
            SourceDifference.ended_at.is_(None),
        )
        .options(joinedload(SourceDifference.source), joinedload(SourceDifference.other))
        .options(joinedload(SourceDifference.stated_by))
        .order_by(SourceDifference.id.desc())
        .limit(50)
    )
    return session.scalars(asked).all()


def difference_by_id(session: Session, source: Source, difference_id: int) -> SourceDifference:
    """One of them; Missing when this source has none of this number."""
    found = session.get(SourceDifference, difference_id)
    if found is None or source.id not in (found.source_id, found.other_id):
        raise Missing
    return found
