"""The index made anew from what the desk holds: after an upgrade, or where it is not to be trusted."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from verify.matching import store
from verify.matching.store_models import ClaimBlock, ClaimPosting, ClaimRun, ClaimWord, Held, HeldClaim
from verify.matching.store_sources import KEYS, SOURCES, holdings
from verify.similarity.corpus import METHOD

AT_ONCE = 2_000
"""Claims a transaction: others may write in between, and a run that was stopped goes on from there."""
TABLES = (HeldClaim, ClaimBlock, ClaimPosting, ClaimWord, ClaimRun)


def is_outdated(session: Session) -> bool:
    """Whether some claims were read by an older method, whose words are not today's."""
    return bool(session.scalar(select(ClaimBlock.number).where(ClaimBlock.method != METHOD).limit(1)))


def empty(session: Session) -> None:
    """Throw the index away; until it is made anew, only what is put in meanwhile is found."""
    for model in TABLES:
        session.execute(delete(model))


def missing(session: Session) -> int:
    """How many claims of the desk are not in the index."""
    return sum(
        session.scalar(select(func.count()).select_from(SOURCES[kind]().where(_missing(kind)).subquery()))
        or 0
        for kind in Held
    )


def drop_gone(session: Session) -> int:
    """Take out what the desk claims no more; nothing is there to find unless the index was not told."""
    gone = 0
    for kind in Held:
        claimed = SOURCES[kind]().where(KEYS[kind] == HeldClaim.key).exists()
        done = session.execute(
            delete(HeldClaim)
            .where(HeldClaim.kind == kind, ~claimed)
            .execution_options(synchronize_session=False)
        )
        gone += done.rowcount  # type: ignore[attr-defined]  # a DELETE gives a CursorResult
    return gone


def steps() -> Iterator[Held]:
    """The kinds in the order in which they are put in: what people asked for first."""
    yield from (Held.TICKET, Held.WATCH, Held.CLAIMREVIEW, Held.ASSERTION)


def put_missing(session: Session, kind: Held) -> int:
    """Put some claims of a kind in that are not; return how many, none when all are in."""
    asked = SOURCES[kind]().where(_missing(kind)).order_by(KEYS[kind]).limit(AT_ONCE)
    rows = session.execute(asked).all()
    store.put_in_blocks(session, kind, holdings(kind, rows))
    return len(rows)


def _missing(kind: Held) -> ColumnElement[bool]:
    return ~select(HeldClaim.key).where(HeldClaim.kind == kind, HeldClaim.key == KEYS[kind]).exists()
