"""Every claim of the desk in one index: put in with what claims it, and found by what a text says."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from verify.matching.store_models import Held, HeldClaim
from verify.similarity import Answer, Claim, Matcher, Question

__all__ = ["Held", "Holding", "find", "forget", "put", "put_many", "split"]


@dataclass(frozen=True, slots=True)
class Holding:
    """A claim to be put into the index, and whose it is."""

    kind: Held
    key: int
    text: str
    title: str = ""
    dated: date | None = None


def put(
    session: Session, kind: Held, key: int, text: str, *, title: str = "", dated: date | None = None
) -> None:
    """Have a claim found from the commit on, in place of what the same row claimed before."""
    put_many(session, [Holding(kind, key, text, title, dated)])


def put_many(session: Session, holdings: Iterable[Holding]) -> None:
    """Put several claims in at once."""
    rows = []
    for one in holdings:
        forget(session, one.kind, one.key)
        rows.append(
            {
                "kind": one.kind, "key": one.key, "text": one.text, "title": one.title, "dated": one.dated,
                "words": "", "folded": _folded(one.text),
            }
        )  # fmt: skip
    if rows:
        session.execute(insert(HeldClaim), rows)


def forget(session: Session, kind: Held, key: int) -> None:
    """Take a claim out of the index; nothing happens where it is not in."""
    session.execute(delete(HeldClaim).where(HeldClaim.kind == kind, HeldClaim.key == key))


def find(session: Session, question: Question, *, kinds: Collection[Held], top: int = 10) -> Answer:
    """Return the claims of some kinds that may be what a question says, best first; `split` reads their ids."""
    asked = select(HeldClaim.kind, HeldClaim.key, HeldClaim.text, HeldClaim.title, HeldClaim.dated)
    rows = session.execute(asked.where(HeldClaim.kind.in_(kinds))).all()
    claims = [Claim(f"{row[0].value}:{row[1]}", row[2], row[3], "", row[4]) for row in rows]
    return Matcher(claims).match(question, top)


def split(name: str) -> tuple[Held, int]:
    """Whose a claim that was found is, by its id: `ticket:12` is ticket number 12."""
    kind, key = name.split(":")
    return Held(kind), int(key)


def _folded(text: str) -> int:
    folded = " ".join(text.casefold().split())
    return int.from_bytes(hashlib.blake2b(folded.encode(), digest_size=8).digest(), signed=True)
