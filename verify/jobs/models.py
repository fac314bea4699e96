"""Jobs: what the desk does for somebody after the page has answered, one row each."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from verify.accounts.models import Person
from verify.db import Base, UtcTime, by_value, one_of


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


LIVE = (JobState.WAITING, JobState.RUNNING)
_LIVE = text("state IN ('waiting', 'running')")


class Job(Base):
    """One effect that somebody asked for; written in the transaction of what asked, ended in that of its effect.

    `claim` is the secret of the worker that holds the job until `lease_until`: every write of a worker names it, so
    that one that was given up for dead can change nothing any more. At most one live job has a key.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint(one_of("state", JobState), name="state"),
        CheckConstraint("total >= 0 AND done >= 0 AND done <= total", name="progress"),
        CheckConstraint("state <> 'failed' OR error <> ''", name="failure_reason"),
        CheckConstraint(
            "state <> 'running' OR (claim <> '' AND lease_until IS NOT NULL)", name="running_is_claimed"
        ),
        Index("uq_job_live_key", "key", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_job_key", "key", "id"),
        Index("ix_job_next", "state", "urgency", "id"),
        Index("ix_job_listed", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(200))  # names the effect
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    title: Mapped[str] = mapped_column(String(300))  # what it is about, for people
    urgency: Mapped[int] = mapped_column(default=0)  # lower goes first: somebody waits for it
    state: Mapped[JobState] = mapped_column(by_value(JobState), default=JobState.WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    told: Mapped[str] = mapped_column(
        String(200), default=""
    )  # what it is at, and at the end what came of it
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(500), default="")  # a sentence for people
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime] = mapped_column(UtcTime)  # not before: a job that failed waits a little
    started_at: Mapped[datetime | None] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    claim: Mapped[str] = mapped_column(String(32), default="")
    claimed_by: Mapped[str] = mapped_column(String(100), default="")
    lease_until: Mapped[datetime | None] = mapped_column(UtcTime)
    asked_by: Mapped[Person | None] = relationship()

    @property
    def live(self) -> bool:
        """Whether it waits or runs."""
        return self.state in LIVE

    @property
    def share(self) -> int | None:
        """How much is done, in percent; None while nobody knows."""
        return self.done * 100 // self.total if self.total else None
