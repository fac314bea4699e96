"""The index of fingerprints: which texts of the whole archive may share a passage with a new one, in bounded time.

What a lookup reads does not grow with the archive: at most so many fingerprints of the new text, of each at most so
many texts, and of these only the likeliest are compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from verify.articles.shared_text_models import TextFingerprint
from verify.db import take_turns

CAP = (
    50  # texts that are kept for one fingerprint; with more it is a phrase, or what a site prints everywhere
)
REPEATED = 4  # texts with one fingerprint: now it may be what a site prints under its articles
LOOKED_UP = 1_500  # fingerprints of a text of some 6,800 words; of a longer one, evenly chosen ones
COMPARED = 12  # texts that are read and compared, the likeliest first
_AT_ONCE = 500
_LOCK = 7_365_717  # any number, the same in every process


@dataclass(frozen=True, slots=True)
class Found:
    """What the index knows about a text: the likeliest others, and its fingerprints that very many hold, or several."""

    likeliest: list[int]
    common: frozenset[int]
    repeated: frozenset[int]


def hold_still(session: Session) -> None:
    """Let two who take a text in follow each other, so that neither overlooks the other."""
    take_turns(session, _LOCK)


def look_up(session: Session, fingerprints: set[int], version_id: int | None = None) -> Found:
    """Return the texts that share most fingerprints with these, rare ones first; `version_id` is left out."""
    holders: dict[int, list[int]] = defaultdict(list)
    asked_for = _chosen(fingerprints)
    for at in range(0, len(asked_for), _AT_ONCE):
        some = asked_for[at : at + _AT_ONCE]
        asked = select(TextFingerprint.hash, TextFingerprint.version_id).where(TextFingerprint.hash.in_(some))
        for value, holder in session.execute(asked):
            holders[value].append(holder)
    weights: defaultdict[int, float] = defaultdict(float)
    for held in holders.values():
        for holder in held:
            weights[holder] += 1.0 / len(held)
    weights.pop(version_id or 0, None)
    likeliest = sorted(weights, key=lambda holder: (-weights[holder], holder))[:COMPARED]
    common = frozenset(value for value, held in holders.items() if len(held) >= CAP)
    repeated = frozenset(value for value, held in holders.items() if len(held) >= REPEATED)
    return Found(likeliest, common, repeated)


def add(session: Session, version_id: int, fingerprints: set[int], common: frozenset[int]) -> None:
    """Put a text into the index, but for what very many texts hold already."""
    rows = [{"hash": value, "version_id": version_id} for value in sorted(fingerprints - common)]
    if rows:
        session.execute(insert(TextFingerprint.__table__), rows)  # type: ignore[arg-type]  # declared as a FromClause


def _chosen(fingerprints: set[int]) -> Sequence[int]:
    """The fingerprints to look up: all, or of a very long text evenly chosen ones."""
    values = sorted(fingerprints)
    return values[:: -(-len(values) // LOOKED_UP)] if values else ()
