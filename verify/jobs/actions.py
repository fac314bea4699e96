"""Asking for a job, cancelling one, and having one tried again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Refused
from verify.jobs import queue
from verify.jobs.models import LIVE, Job, JobState
from verify.permissions import Permission, demand

SOON, WHEN_QUIET = 0, 10  # somebody waits for it; or it may wait for everything else


def ask(
    session: Session,
    asked_by: Person | None,
    kind: str,
    *,
    key: str,
    title: str,
    payload: Mapping[str, Any],
    urgency: int = SOON,
    due_at: datetime | None = None,
) -> Job:
    """Write a job down, in the transaction of what asks for it; the live job with this key if there is one.

    One that is not to begin before a moment says so with `due_at`; asked for again without, it begins at once.
    The action that asks has checked the permission and logs the act; the job checks again when it runs.
    """
    if (live := _live(session, key)) is not None:
        live.urgency = min(live.urgency, urgency)
        live.due_at = min(live.due_at, due_at or now())
        return live
    moment = now()
    job = Job(
        kind=kind, key=key, title=title[:300], payload=dict(payload), urgency=urgency, asked_at=moment,
        due_at=due_at or moment, asked_by_id=asked_by.id if asked_by else None,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(job)
            session.flush()
    except IntegrityError:
        # Somebody asked for the same between our look and our write.
        if (live := _live(session, key)) is None:
            raise
        return live
    return job


def cancel(session: Session, actor: Person, job: Job) -> None:
    """End a job that waits or runs; what it did so far is not kept."""
    demand(actor, Permission.MANAGE_JOBS)
    if not job.live:
        raise Refused("This job has ended already, so there is nothing to cancel.")
    queue.cancel(job)
    session.flush()
    audit.record(session, actor, "job.cancelled", job, {"kind": job.kind, "title": job.title})


def try_again(session: Session, actor: Person, job: Job) -> None:
    """Put a job that failed or was cancelled back into the queue."""
    demand(actor, Permission.MANAGE_JOBS)
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise Refused("Only a job that failed or was cancelled can be tried again.")
    another = Refused("Somebody asked for the same already: another job is at it.")
    if _live(session, job.key) is not None:
        raise another
    try:
        with session.begin_nested():
            queue.wait_again(job)
            session.flush()
    except IntegrityError:
        raise another from None  # between our look and our write
    audit.record(session, actor, "job.tried_again", job, {"kind": job.kind, "title": job.title})


def _live(session: Session, key: str) -> Job | None:
    asked = select(Job).where(Job.key == key, Job.state.in_(LIVE))
    return session.scalar(asked.with_for_update(of=Job))
