"""The workers' side of the queue: claiming a job, keeping it, and ending it. Every write names the claim.

None of these commits. Two workers never hold the same job: PostgreSQL locks the row and the other looks past it;
on SQLite only one writes at a time.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from verify.db import now
from verify.jobs.models import LIVE, Job, JobState

LEASE = timedelta(seconds=30)  # a worker that is silent for so long is given up for dead
MOST_ATTEMPTS = 3
PAUSES = (timedelta(seconds=10), timedelta(minutes=1))  # before the second and the third attempt
KEPT_FOR = timedelta(days=30)
CUT_OFF = "The worker was cut off {} times while it was at this. Try again; if that fails too, tell an administrator."


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that a worker holds."""

    job_id: int
    secret: str
    kind: str
    payload: dict[str, Any]
    asked_by_id: int | None
    attempts: int

    def holds(self) -> ColumnElement[bool]:
        """The condition under which the job is still this worker's."""
        return and_(Job.id == self.job_id, Job.claim == self.secret, Job.state == JobState.RUNNING)


def _free(kinds: Collection[str], at: datetime) -> ColumnElement[bool]:
    due = and_(Job.state == JobState.WAITING, Job.due_at <= at)
    abandoned = and_(Job.state == JobState.RUNNING, Job.lease_until < at)
    return and_(or_(due, abandoned), Job.kind.in_(kinds))


def work_waits(session: Session, kinds: Collection[str], at: datetime | None = None) -> bool:
    """Whether there is anything to claim; asked while only reading, so that an idle worker disturbs nobody."""
    return bool(session.scalar(select(exists().where(_free(kinds, at or now())))))


def claim(session: Session, kinds: Collection[str], worker: str, at: datetime | None = None) -> Claim | None:
    """Take the next job: what somebody waits for first, then in the order of asking."""
    moment = at or now()
    asked = select(Job).where(_free(kinds, moment)).order_by(Job.urgency, Job.id).limit(1)
    while (job := session.scalar(asked.with_for_update(skip_locked=True))) is not None:
        if job.attempts < MOST_ATTEMPTS:
            return _claimed(session, job, worker, moment)
        _end(job, JobState.FAILED, error=CUT_OFF.format(job.attempts))
        session.flush()
    return None


def _claimed(session: Session, job: Job, worker: str, moment: datetime) -> Claim:
    job.state = JobState.RUNNING
    job.claim, job.claimed_by = secrets.token_hex(16), worker[:100]
    job.lease_until = moment + LEASE
    job.attempts += 1
    job.started_at, job.done, job.total, job.told = moment, 0, 0, ""
    session.flush()
    return Claim(job.id, job.claim, job.kind, dict(job.payload), job.asked_by_id, job.attempts)


def keep(session: Session, mine: Claim, *, done: int, total: int, told: str) -> bool:
    """Renew the lease and say how far the work is; False when the job is this worker's no more."""
    values = {"lease_until": now() + LEASE, "done": done, "total": total, "told": told[:200]}
    return _write(session, mine, values)


def finish(session: Session, mine: Claim) -> bool:
    """End a job in the transaction of its effect, before anything else of it; False when it is no more ours."""
    return _write(session, mine, {**_ended(JobState.DONE), "error": "", "done": Job.total})


def say(session: Session, mine: Claim, told: str) -> None:
    """Keep what came of a job that was just finished."""
    session.execute(update(Job).where(Job.id == mine.job_id).values(told=told[:200]))


def give_back(session: Session, mine: Claim) -> bool:
    """Let another worker have the job; this attempt does not count, for nothing went wrong."""
    return _write(session, mine, {**_freed(), "due_at": now(), "attempts": Job.attempts - 1})


def fail(session: Session, mine: Claim, sentence: str, *, again: bool) -> bool:
    """Note what went wrong: the job waits for another attempt, or ends when those are used up."""
    if again and mine.attempts < MOST_ATTEMPTS:
        pause = PAUSES[min(mine.attempts, len(PAUSES)) - 1]
        return _write(session, mine, {**_freed(), "due_at": now() + pause, "error": sentence[:500]})
    return _write(session, mine, {**_ended(JobState.FAILED), "error": sentence[:500]})


def cancel(job: Job) -> None:
    """End a live job; the worker that may be at it finds its claim gone, and nothing it did is kept."""
    _end(job, JobState.CANCELLED)


def wait_again(job: Job) -> None:
    """Put an ended job back into the queue, with all its attempts before it."""
    job.state, job.attempts, job.error = JobState.WAITING, 0, ""
    job.done = job.total = 0
    job.told, job.due_at, job.ended_at = "", now(), None


def prune(session: Session) -> int:
    """Forget jobs that ended long ago; the log of the desk keeps what they did."""
    old = and_(Job.state.not_in(LIVE), Job.ended_at < now() - KEPT_FOR)
    gone = session.execute(delete(Job).where(old).returning(Job.id)).all()
    return len(gone)


def _freed() -> dict[str, Any]:
    return {"state": JobState.WAITING, "claim": "", "claimed_by": "", "lease_until": None}


def _ended(state: JobState) -> dict[str, Any]:
    return {**_freed(), "state": state, "ended_at": now()}


def _end(job: Job, state: JobState, error: str = "") -> None:
    for name, value in _ended(state).items():
        setattr(job, name, value)
    job.error = error


def _write(session: Session, mine: Claim, values: dict[str, Any]) -> bool:
    changed = update(Job).where(mine.holds()).values(values).returning(Job.id)
    written = session.scalar(changed.execution_options(synchronize_session=False))
    return written is not None
