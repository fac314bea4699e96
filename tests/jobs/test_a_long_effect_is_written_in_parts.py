"""A job may write its effect in parts, each whole; and it may be asked for at a later time."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests.jobs.conftest import Asking, Bell, job
from verify.audit import actions as audit
from verify.audit.models import AuditEntry
from verify.db import db, now
from verify.jobs import queue
from verify.jobs.models import Job, JobState
from verify.jobs.work import Work
from verify.jobs.worker import run_pending


def rung() -> int:
    """How often any bell rang."""
    found = len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "bell.rung")).all())
    db.session.rollback()
    return found


def once_more(work: Work) -> None:
    """A part of the effect, of its own."""
    with work.step() as session:
        audit.record(session, None, "bell.rung", "part")


def test_each_part_stands_when_a_later_one_goes_wrong(app: Flask, bell: Bell, asked: Asking) -> None:
    def breaks(_work: Work) -> None:
        raise ZeroDivisionError

    bell.before += [once_more, once_more, breaks]
    number = asked()
    with app.app_context():
        run_pending(most=1)
        assert rung() == 2
        assert job(number).state is JobState.WAITING


def test_a_part_is_not_written_once_the_job_is_lost(app: Flask, bell: Bell, asked: Asking) -> None:
    def cancelled(work: Work) -> None:
        mine = db.session.get_one(Job, work.claim.job_id)
        queue.cancel(mine)
        db.session.commit()

    bell.before += [once_more, cancelled, once_more]
    number = asked()
    with app.app_context():
        run_pending()
        assert rung() == 1
        assert job(number).state is JobState.CANCELLED


def test_a_job_of_tomorrow_waits_until_tomorrow_or_until_somebody_cannot(
    app: Flask, bell: Bell, asked: Asking
) -> None:
    tomorrow = now() + timedelta(days=1)
    number = asked(due_at=tomorrow)
    with app.app_context():
        assert run_pending() == 0
        assert asked(due_at=tomorrow + timedelta(days=1)) == number
        assert job(number).due_at == tomorrow
        assert asked() == number
        assert run_pending() == 1
        assert rung() == 1
