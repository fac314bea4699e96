"""Which sources were merged into which, and what has become of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from verify.db import take_turns
from verify.errors import Missing, Refused
from verify.sources.models import MoveKind, Source, SourceAlias, SourceMove

_REGISTRY = 7_365_718  # any number, the same in every process
STANDING: ColumnElement[bool] = and_(SourceMove.kind == MoveKind.MERGED, SourceMove.undone_at.is_(None))


def merging_of(session: Session, source: Source) -> SourceMove | None:
    """The merging by which a source went up in another one; None while it stands for itself."""
    return session.scalar(
        select(SourceMove).where(SourceMove.from_id == source.id, STANDING).options(joinedload(SourceMove.to))
    )


def survivors(session: Session, source_ids: Collection[int]) -> dict[int, int]:
    """What each of these sources goes under now: itself, or the one it was merged into, however often."""
    found = {number: number for number in source_ids}
    asking = set(found.values())
    while asking:
        asked = select(SourceMove.from_id, SourceMove.to_id).where(SourceMove.from_id.in_(asking), STANDING)
        onward = {row[0]: row[1] for row in session.execute(asked)}
        found = {number: onward.get(now, now) for number, now in found.items()}
        asking = set(onward.values())
    return found


def merged_in(session: Session, source_ids: Collection[int]) -> dict[int, int]:
    """Every source that went up in one of these, each under the one it went up in at last."""
    found: dict[int, int] = {}
    asking = {number: number for number in source_ids}
    while asking:
        asked = select(SourceMove.from_id, SourceMove.to_id).where(SourceMove.to_id.in_(asking), STANDING)
        asking = {row[0]: asking[row[1]] for row in session.execute(asked)}
        found |= asking
    return found


def moves_of(session: Session, source: Source) -> Sequence[SourceMove]:
    """The mergings and splittings that a source took part in, the latest first."""
    asked = (
        select(SourceMove)
        .where(or_(SourceMove.from_id == source.id, SourceMove.to_id == source.id))
        .options(joinedload(SourceMove.from_), joinedload(SourceMove.to))
        .order_by(SourceMove.id.desc())
        .limit(50)
    )
    return session.scalars(asked).all()


def survivor(session: Session, source: Source) -> Source:
    """The source that this one goes under now."""
    found = session.get(Source, survivors(session, [source.id])[source.id])
    if found is None:
        raise Missing
    return found


def hold(session: Session, source_ids: Collection[int]) -> None:
    """Read these sources anew, and keep others from changing them until this transaction ends.

    Ties and mergings lead on to sources that nobody holds here, and could close a circle together: who changes the
    registry waits for whoever does, and sees what they did.
    """
    take_turns(session, _REGISTRY)
    asked = select(Source).where(Source.id.in_(source_ids)).order_by(Source.id).with_for_update()
    with_names = asked.options(selectinload(Source.aliases)).execution_options(populate_existing=True)
    session.scalars(with_names).all()


def refuse_own_names(session: Session, source: Source, aliases: Collection[SourceAlias]) -> None:
    """Refuse to take from a source the name of one that went up in it: split back, that one would have none."""
    keys = [alias.name_key for alias in aliases]
    asked = select(Source).where(Source.id.in_(merged_in(session, [source.id])), Source.name_key.in_(keys))
    own = session.scalars(asked.order_by(Source.id)).first()
    if own is not None:
        raise Refused(
            f"“{own.name}” is the name of a source that was merged into {source.name}. "
            "Split that source off again on its old card instead: its passages and ties go with it.",
            field="names",
        )


def refuse_merged(session: Session, source: Source) -> None:
    """Refuse to change a source that went up in another one."""
    merging = merging_of(session, source)
    if merging is not None:
        raise Refused(
            f"{source.name} was merged into {merging.to.name} on {merging.moved_at:%Y-%m-%d}. "
            f"Change {merging.to.name}, or split this source off again first."
        )
