"""People who do something at the same moment: nobody's act is committed before everybody's is ready, or has to wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Barrier, BrokenBarrierError
from typing import TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

Outcome = TypeVar("Outcome")
_PATIENCE = 1.0  # seconds in which everybody is ready, unless a lock holds one of them up


@contextmanager
def _commits_meet(many: int) -> Iterator[None]:
    ready = Barrier(many)

    def wait_for_others(session: Session) -> None:
        if session.info.get("audit_queue") and not session.in_nested_transaction():
            with suppress(BrokenBarrierError):
                ready.wait(_PATIENCE)

    event.listen(Session, "before_commit", wait_for_others, insert=True)
    try:
        yield
    finally:
        event.remove(Session, "before_commit", wait_for_others)


def at_once(*acts: Callable[[], Outcome]) -> list[Outcome]:
    """Do all of these at the same moment, each in a thread of its own; what came of each, in order."""
    with _commits_meet(len(acts)), ThreadPoolExecutor(len(acts)) as people:
        return [doing.result() for doing in [people.submit(act) for act in acts]]
