"""Reading jobs: the list by state, one by its number, and the latest about one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload

from verify.accounts.models import Person
from verify.db import now
from verify.errors import Missing
from verify.jobs.models import Job, JobState
from verify.permissions import Permission, demand

PAGE = 50
LARGEST = 2**31 - 1
NOBODY_CAME = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class JobPage:
    """One page of jobs, and the key of the next one."""

    jobs: Sequence[Job]
    after: int | None


def jobs(session: Session, reader: Person, state: JobState, *, after: int | None = None) -> JobPage:
    """Return a page of jobs in a state: those that wait in their order, the others newest first."""
    demand(reader, Permission.MANAGE_JOBS)
    asked = (
        select(Job)
        .where(Job.state == state)
        .options(joinedload(Job.asked_by).lazyload(Person.grants))
        .limit(PAGE + 1)
    )
    if state is JobState.WAITING:
        asked = asked.order_by(Job.id).where(Job.id > (after or 0))
    else:
        asked = asked.order_by(Job.id.desc()).where(Job.id < (after or LARGEST))
    found = session.scalars(asked).all()
    return JobPage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def counts(session: Session, reader: Person) -> dict[JobState, int]:
    """Return how many jobs are in each state."""
    demand(reader, Permission.MANAGE_JOBS)
    rows = session.execute(select(Job.state, func.count()).group_by(Job.state))
    found = {row[0]: row[1] for row in rows}
    return {state: found.get(state, 0) for state in JobState}


def job(session: Session, reader: Person, number: int) -> Job:
    """Return one job."""
    demand(reader, Permission.MANAGE_JOBS)
    found = session.get(Job, number, with_for_update=True) if number <= LARGEST else None
    if found is None:
        raise Missing("There is no job at this address.")
    return found


def latest(session: Session, key: str) -> Job | None:
    """Return the newest job about one thing; who may see the thing may see how far it is."""
    return session.scalar(select(Job).where(Job.key == key).order_by(Job.id.desc()).limit(1))


def nobody_works(session: Session) -> bool:
    """Whether jobs have been due for a while and no worker takes them."""
    overdue = exists().where(Job.state == JobState.WAITING, Job.due_at < now() - NOBODY_CAME)
    at_work = exists().where(Job.state == JobState.RUNNING, Job.lease_until > now())
    return bool(session.scalar(select(overdue & ~at_work)))
