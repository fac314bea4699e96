"""Every claim of the desk in one index: put in with what claims it, and found by what a text says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from verify.jobs import actions as jobs
from verify.jobs import lookups as job_lookups
from verify.matching import store_blocks as blocks
from verify.matching import store_finding
from verify.matching import store_sql as sql
from verify.matching.store_models import Held, HeldClaim
from verify.similarity import Answer, Claim, Question
from verify.similarity.corpus import laid_out
from verify.similarity.reading import LONGEST

__all__ = ["Held", "Holding", "find", "forget", "put", "put_many", "split"]
LAYING_OUT, TITLE = "lay_out_claims", "Claims that came in lately"
ENOUGH = 100
"""Claims that wait before they are laid out in blocks: until then each question looks through them."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Holding:
    """A claim to be put into the index, and whose it is."""

    kind: Held
    key: int
    text: str
    title: str = ""
    dated: date | None = None
    subtitle: str = ""


def put(
    session: Session, kind: Held, key: int, text: str, *, title: str = "", dated: date | None = None
) -> None:
    """Have a claim found from the commit on, in place of what the same row claimed before."""
    put_many(session, [Holding(kind, key, text, title, dated)])


def put_many(session: Session, holdings: Iterable[Holding]) -> None:
    """Put several claims in at once; one that stands there as it is keeps its place."""
    latest = {(one.kind, one.key): one for one in holdings}
    # In one order, so that no two who put the same claims in wait for each other.
    rows = [row_of(latest[name]) for name in sorted(latest)]
    if not rows:
        return
    dialect = postgresql if sql.dialect_of(session) == "postgresql" else sqlite
    for at in range(0, len(rows), _AT_ONCE):
        statement = dialect.insert(HeldClaim)
        fresh = {
            name: statement.excluded[name]
            for name in ("text", "title", "subtitle", "dated", "words", "folded")
        }
        other = or_(*(getattr(HeldClaim, name).is_distinct_from(fresh[name]) for name in fresh))
        session.execute(
            statement.on_conflict_do_update(
                index_elements=["kind", "key"], set_={**fresh, "place": None}, where=other
            ),
            rows[at : at + _AT_ONCE],
        )
    _lay_out_later(session)


def row_of(one: Holding) -> dict[str, Any]:
    """The row of a claim, without what no database keeps; of more than is ever read, the beginning."""
    text, title, subtitle = (_kept(written) for written in (one.text, one.title, one.subtitle))
    words = laid_out(Claim("", text, title, subtitle))
    return {
        "kind": one.kind, "key": one.key, "text": text, "title": title, "subtitle": subtitle, "dated": one.dated,
        "words": words, "folded": blocks.folded_number(text), "place": None,
    }  # fmt: skip


def _kept(written: str) -> str:
    return written[:LONGEST].replace("\0", " ").encode("utf-8", "replace").decode()


def forget(session: Session, kind: Held, key: int) -> None:
    """Take a claim out of the index; nothing happens where it is not in."""
    forget_many(session, kind, [key])


def forget_many(session: Session, kind: Held, keys: Collection[int]) -> None:
    """Take several claims out of the index."""
    if keys:
        chosen = sql.among(sql.dialect_of(session), HeldClaim.key, "keys")
        session.execute(
            delete(HeldClaim)
            .where(HeldClaim.kind == kind, chosen)
            .execution_options(synchronize_session=False),
            {"keys": sql.listed(session, sorted(keys))},
        )


def find(session: Session, question: Question, *, kinds: Collection[Held], top: int = 10) -> Answer:
    """Return the claims of some kinds that may be what a question says, best first; `split` reads their ids."""
    return store_finding.find(session, question, kinds, top)


def lay_out(session: Session, most: int = blocks.BLOCK) -> int:
    """Write down in blocks the words of claims that wait; return how many were laid out. Questions are then quicker."""
    sql.one_writer(session)
    done = 0
    for kind in Held:
        asked = select(HeldClaim.key, HeldClaim.words, HeldClaim.dated).where(
            HeldClaim.kind == kind, HeldClaim.place.is_(None)
        )
        asked = asked.order_by(HeldClaim.key).limit(most - done).with_for_update(skip_locked=True)
        rows = session.execute(asked).all()
        places = blocks.lay_out(session, kind, [blocks.Reading(row.words, row.dated) for row in rows])
        sql.set_places(
            session, [(place, kind.value, row.key) for place, row in zip(places, rows, strict=True)]
        )
        done += len(rows)
    return done


def put_in_blocks(session: Session, kind: Held, holdings: Sequence[Holding]) -> None:
    """Put very many claims of one kind in that are not in yet, straight into blocks."""
    if not holdings:
        return
    sql.one_writer(session)
    rows = [row_of(one) for one in holdings]
    readings = [blocks.Reading(row["words"], row["dated"]) for row in rows]
    for row, place in zip(rows, blocks.lay_out(session, kind, readings), strict=True):
        row["place"] = place
    dialect = postgresql if sql.dialect_of(session) == "postgresql" else sqlite
    # One that somebody put in meanwhile stays as it is; its place in the block is then nobody's.
    session.execute(dialect.insert(HeldClaim.__table__).on_conflict_do_nothing(), rows)


def _lay_out_later(session: Session) -> None:
    """Have claims laid out in the background once enough of them wait."""
    waiting = select(HeldClaim.key).where(HeldClaim.place.is_(None)).limit(ENOUGH).subquery()
    if (session.scalar(select(func.count()).select_from(waiting)) or 0) < ENOUGH:
        return
    last = job_lookups.latest(session, LAYING_OUT)
    if (last is None or not last.live) and sql.nobody_else_asks(session):
        jobs.ask(session, None, LAYING_OUT, key=LAYING_OUT, title=TITLE, payload={}, urgency=jobs.WHEN_QUIET)


def split(name: str) -> tuple[Held, int]:
    """Whose a claim that was found is, by its id: `ticket:12` is ticket number 12."""
    kind, key = name.split(":")
    return Held(kind), int(key)
