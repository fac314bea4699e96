"""A kind of jobs for tests, whose effect can be counted, and people who look after jobs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask

from tests.cast import make_person, sign_in
from tests.pages import Visitor
from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import db
from verify.jobs import actions
from verify.jobs.kinds import KINDS, Kind
from verify.jobs.models import Job
from verify.jobs.work import Work
from verify.permissions import Role


@dataclass
class Bell:
    """Rings once for each job: an entry in the log is what a job does. `before` runs first, and may go wrong."""

    before: list[Callable[[Work], None]] = field(default_factory=list)
    inside: list[Callable[[Work], None]] = field(default_factory=list)

    def run(self, work: Work) -> None:
        """The work of a job."""
        for step in self.before:
            step(work)
        with work.finishing() as session:
            audit.record(session, work.actor(session), "bell.rung", str(work.payload["bell"]))
            work.outcome = "It rang."
            for step in self.inside:
                step(work)


@pytest.fixture
def bell() -> Iterator[Bell]:
    """The kind of jobs named “bell”."""
    made = Bell()
    KINDS["bell"] = Kind("bell", "Ring the bell", made.run)
    yield made
    del KINDS["bell"]


Asking = Callable[..., int]


@pytest.fixture
def asked(app: Flask) -> Asking:
    """Ask for a ring of a bell, in a transaction of its own; the job's number."""

    def ask(key: str = "north", **more: Any) -> int:
        with app.app_context():
            person = db.session.get(Person, more.pop("asked_by", 0))
            job = actions.ask(
                db.session, person, "bell", key=key, title=f"The {key} bell", payload={"bell": key}, **more
            )
            db.session.commit()
            return job.id

    return ask


def job(number: int) -> Job:
    """A job as the database has it now; call inside an app context."""
    found = db.session.get_one(Job, number, populate_existing=True)
    db.session.expunge(found)
    db.session.rollback()
    return found


@pytest.fixture
def administrator(app: Flask) -> Visitor:
    """The browser of an administrator."""
    with app.app_context():
        return sign_in(Visitor(app), make_person(db.session, "Ana Silva", Role.ADMINISTRATOR))


def goes_wrong(_work: Work) -> None:
    """A fault nobody foresaw."""
    raise ZeroDivisionError
