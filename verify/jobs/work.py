"""What a job's function is given: its payload, who asked, a way to say how far it is, and its transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.db import db, reading, writing
from verify.jobs import queue
from verify.jobs.queue import Claim


class Lost(Exception):
    """The job is this worker's no more: somebody cancelled it, or another worker has it."""


class Stopped(Exception):
    """The worker was told to stop; the job goes back into the queue."""


@dataclass
class Progress:
    """How far the work is, read by the heartbeat; and whether the work should end, said by it."""

    done: int = 0
    total: int = 0
    told: str = ""
    lost: bool = False
    stopping: bool = False

    def said(self) -> tuple[int, int, str]:
        """What a person reads of it."""
        return self.done, self.total, self.told


@dataclass
class Work:
    """One attempt at a job."""

    claim: Claim
    progress: Progress = field(default_factory=Progress)
    outcome: str = ""  # a few words about what came of it, for people
    ended: bool = False

    @property
    def payload(self) -> dict[str, Any]:
        """What the job is about, as it was asked for."""
        return self.claim.payload

    def report(self, done: int, total: int, told: str | None = None) -> None:
        """Say how far the work is; costs nothing, and ends the work when nobody wants it any more."""
        self.progress.total = max(total, 0)
        self.progress.done = min(max(done, 0), self.progress.total)
        if told is not None:
            self.progress.told = told
        self._go_on()

    def actor(self, session: Session) -> Person | None:
        """Who asked, as they are now: their roles are checked again. None is the desk itself."""
        asked_by = self.claim.asked_by_id
        return None if asked_by is None else session.get_one(Person, asked_by)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that only reads, and holds up nobody."""
        with reading():
            db.session.rollback()
            yield db.session
            db.session.rollback()

    @contextmanager
    def step(self) -> Iterator[Session]:
        """A transaction that writes one part of a long effect, for parts that are whole by themselves.

        What a part leaves must tell the next attempt that it was done, such as a row that the part deletes.
        """
        self._go_on()
        with writing():
            db.session.rollback()
            done, total, told = self.progress.said()
            if not queue.keep(db.session, self.claim, done=done, total=total, told=told):
                raise Lost
            yield db.session
            db.session.commit()

    @contextmanager
    def finishing(self) -> Iterator[Session]:
        """The one transaction that writes: what the job does and its end are committed together, or neither is."""
        self._go_on()
        with writing():
            db.session.rollback()
            if not queue.finish(db.session, self.claim):
                raise Lost
            yield db.session
            queue.say(db.session, self.claim, self.outcome)
            db.session.commit()
            self.ended = True

    def _go_on(self) -> None:
        if self.progress.lost:
            raise Lost
        if self.progress.stopping:
            raise Stopped
