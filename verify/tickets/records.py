"""Where evidence hands the count of origins its records: what somebody measured, saw or holds themselves.

Evidence and origins do not import each other; both know this registry.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Record:
    """One piece of evidence that speaks to the whole claim and is the own record of its source."""

    id: int
    ticket_id: int
    number: int
    title: str
    source_id: int
    denies: bool
    content: str = ""
    """The file by its SHA-256, or the page by its address: the same content twice is one record."""


# The records of some tickets, and the tickets with a record of one of some sources.
Records = Callable[[Session, Sequence[int]], Sequence[Record]]
Leaning = Callable[[Session, Sequence[int]], Sequence[int]]

_registered: list[tuple[Records, Leaning]] = []


def register(records: Records, leaning: Leaning) -> None:
    """Let evidence answer for its records."""
    _registered[:] = [(records, leaning)]


def records_of(session: Session, ticket_ids: Sequence[int]) -> list[Record]:
    """The records of these tickets, in the order in which they came."""
    return [one for records, _ in _registered for one in records(session, ticket_ids)]


def tickets_leaning_on(session: Session, source_ids: Sequence[int]) -> list[int]:
    """The tickets with a record of one of these sources."""
    return sorted({one for _, leaning in _registered for one in leaning(session, source_ids)})
