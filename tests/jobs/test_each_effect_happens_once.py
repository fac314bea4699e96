"""A job is written with what asks for it, done by one worker, and its effect and its end are one transaction."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.cast import make_person
from tests.jobs.conftest import Asking, Bell, goes_wrong, job
from verify.accounts.models import Person
from verify.audit.models import AuditEntry
from verify.db import db, now
from verify.errors import Conflict, Refused
from verify.jobs import actions, queue
from verify.jobs.kinds import KINDS
from verify.jobs.models import Job, JobState
from verify.jobs.work import Lost, Progress, Work
from verify.jobs.worker import Heart, run_one, run_pending
from verify.permissions import Permission, Role, demand

LATER = timedelta(hours=1)


def rings() -> list[str]:
    found = list(db.session.scalars(select(AuditEntry.subject_id).where(AuditEntry.action == "bell.rung")))
    db.session.rollback()
    return found


def fall_silent(number: int) -> None:
    """Let the lease of a job end."""
    db.session.get_one(Job, number).lease_until = now() - LATER
    db.session.commit()


def test_a_job_is_there_only_if_what_asked_for_it_is(app: Flask, bell: Bell) -> None:
    with app.app_context():
        actions.ask(db.session, None, "bell", key="north", title="North", payload={"bell": "north"})
        db.session.rollback()
        assert run_pending() == 0


def test_a_job_is_done_once_and_says_what_came_of_it(app: Flask, bell: Bell, asked: Asking) -> None:
    number = asked()
    with app.app_context():
        assert run_pending() == 1
        assert run_pending() == 0
        assert rings() == ["north"]
        done = job(number)
        assert (done.state, done.told, done.error, done.claim) == (JobState.DONE, "It rang.", "", "")
        assert done.ended_at is not None


def test_the_same_effect_is_not_asked_for_twice_while_it_waits(app: Flask, bell: Bell, asked: Asking) -> None:
    assert asked("north") == asked("north")
    assert asked("north") != asked("south")
    with app.app_context():
        run_pending()
        assert rings() == ["north", "south"]
    later = asked("north")
    with app.app_context():
        run_pending()
        assert job(later).state is JobState.DONE
        assert rings() == ["north", "south", "north"]


def test_the_database_itself_keeps_two_live_jobs_with_one_key_apart(
    app: Flask, bell: Bell, asked: Asking
) -> None:
    first = asked("north")
    with app.app_context():
        copy = {
            name: getattr(job(first), name)
            for name in ("kind", "key", "payload", "title", "asked_at", "due_at")
        }
        db.session.add(Job(**copy))
        with pytest.raises(IntegrityError):
            db.session.flush()


def test_what_somebody_waits_for_goes_before_what_may_wait(app: Flask, bell: Bell, asked: Asking) -> None:
    asked("slow", urgency=actions.WHEN_QUIET)
    asked("soon")
    with app.app_context():
        run_pending()
        assert rings() == ["soon", "slow"]


def test_asking_again_with_more_urgency_moves_a_job_forward(app: Flask, bell: Bell, asked: Asking) -> None:
    asked("slow", urgency=actions.WHEN_QUIET)
    asked("other", urgency=actions.WHEN_QUIET)
    asked("other")
    with app.app_context():
        run_pending()
        assert rings() == ["other", "slow"]


def test_a_job_has_one_holder(app: Flask, bell: Bell, asked: Asking) -> None:
    asked()
    with app.app_context():
        mine = queue.claim(db.session, KINDS, "one")
        db.session.commit()
        assert mine is not None
        assert queue.claim(db.session, KINDS, "two") is None
        assert not queue.work_waits(db.session, KINDS)


def test_a_worker_knows_only_the_kinds_it_can_do(app: Flask, bell: Bell, asked: Asking) -> None:
    number = asked()
    with app.app_context():
        assert queue.claim(db.session, {"another"}, "old") is None
        db.session.rollback()
        assert job(number).state is JobState.WAITING


def test_the_job_of_a_killed_worker_is_taken_again_and_the_dead_one_changes_nothing(
    app: Flask, bell: Bell, asked: Asking
) -> None:
    number = asked()
    with app.app_context():
        dead = queue.claim(db.session, KINDS, "dead")
        fall_silent(number)
        assert dead is not None
        assert run_pending() == 1
        assert rings() == ["north"]
        with pytest.raises(Lost), Work(dead).finishing():
            raise AssertionError("a worker that was given up for dead went on")
        assert not queue.keep(db.session, dead, done=1, total=2, told="")
        assert not queue.fail(db.session, dead, "It went wrong.", again=True)
        assert not queue.give_back(db.session, dead)
        db.session.rollback()
        assert job(number).state is JobState.DONE


def test_a_heartbeat_keeps_the_lease_and_tells_how_far_the_work_is(
    app: Flask, bell: Bell, asked: Asking
) -> None:
    number = asked()
    with app.app_context():
        mine = queue.claim(db.session, KINDS, "one")
        fall_silent(number)
        assert mine is not None
        work = Work(mine)
        work.report(30, 120, "Counting")
        Heart(app, work).beat()
        running = job(number)
        assert (running.share, running.told) == (25, "Counting")
        assert queue.claim(db.session, KINDS, "two") is None


def test_a_job_whose_workers_die_each_time_ends_with_a_sentence(
    app: Flask, bell: Bell, asked: Asking
) -> None:
    number, moment = asked(), now()
    with app.app_context():
        for attempt in range(queue.MOST_ATTEMPTS):
            taken = queue.claim(db.session, KINDS, "dies", at=moment + LATER * attempt)
            db.session.commit()
            assert taken is not None
        assert run_pending(at=moment + LATER * 9) == 0
        assert job(number).state is JobState.FAILED
        assert "cut off 3 times" in job(number).error
        assert rings() == []


def test_what_goes_wrong_is_tried_again_after_a_pause_and_not_for_ever(
    app: Flask, bell: Bell, asked: Asking
) -> None:
    bell.before.append(goes_wrong)
    number, moment = asked(), now()
    with app.app_context():
        assert run_pending() == 1  # the second attempt is not due yet
        waiting = job(number)
        assert (waiting.state, waiting.attempts) == (JobState.WAITING, 1)
        assert f"job {number}" in waiting.error
        assert run_pending(at=moment + LATER) == 2
        assert (job(number).state, job(number).attempts) == (JobState.FAILED, 3)


def test_what_goes_wrong_in_the_last_moment_leaves_no_trace_and_works_the_next_time(
    app: Flask, bell: Bell, asked: Asking
) -> None:
    bell.inside.append(goes_wrong)
    number, moment = asked(), now()
    with app.app_context():
        run_pending()
        assert rings() == []
        bell.inside.clear()
        run_pending(at=moment + LATER)
        assert rings() == ["north"]
        assert (job(number).state, job(number).error) == (JobState.DONE, "")


@pytest.mark.parametrize(
    ("error", "state"), [(Refused("No."), JobState.FAILED), (Conflict("Later."), JobState.WAITING)]
)
def test_a_refusal_is_final_and_a_conflict_is_not(
    app: Flask, bell: Bell, asked: Asking, error: Exception, state: JobState
) -> None:
    def raises(_work: Work) -> None:
        raise error

    bell.before.append(raises)
    number = asked()
    with app.app_context():
        run_pending()
        assert (job(number).state, job(number).error) == (state, str(error))


def test_a_job_asks_again_whether_who_started_it_may(app: Flask, bell: Bell, asked: Asking) -> None:
    def check(work: Work) -> None:
        actor = work.actor(db.session)
        assert actor is not None
        demand(actor, Permission.EDIT_ARTICLE)

    bell.inside.append(check)
    with app.app_context():
        checker = make_person(db.session, "Nadia Rahimi", Role.CHECKER).id
        db.session.commit()
        number = asked(asked_by=checker)
        db.session.get_one(Person, checker).active = False
        db.session.commit()
        run_pending()
        assert rings() == []
        assert job(number).state is JobState.FAILED
        assert "Your role does not let you" in job(number).error


def test_a_cancelled_job_that_runs_keeps_nothing_of_what_it_did(
    app: Flask, bell: Bell, asked: Asking
) -> None:
    number = asked()

    def cancelled_meanwhile(work: Work) -> None:
        with app.app_context():
            administrator = make_person(db.session, "Ana Silva", Role.ADMINISTRATOR)
            actions.cancel(db.session, administrator, db.session.get_one(Job, number))
            db.session.commit()

    bell.before.append(cancelled_meanwhile)
    with app.app_context():
        assert run_pending() == 1
        assert rings() == []
        assert job(number).state is JobState.CANCELLED


def test_the_heartbeat_tells_the_work_that_it_was_cancelled(app: Flask, bell: Bell, asked: Asking) -> None:
    number = asked()
    with app.app_context():
        mine = queue.claim(db.session, KINDS, "one")
        db.session.commit()
        assert mine is not None
        queue.cancel(db.session.get_one(Job, number))
        db.session.commit()
        work = Work(mine)
        Heart(app, work).beat()
        with pytest.raises(Lost):
            work.report(1, 2)


def test_a_worker_that_is_told_to_stop_gives_its_job_back_and_the_attempt_does_not_count(
    app: Flask, bell: Bell, asked: Asking
) -> None:
    progress = Progress()

    def told_to_stop(work: Work) -> None:
        progress.stopping = True
        work.report(1, 2)

    bell.before.append(told_to_stop)
    number = asked()
    with app.app_context():
        assert run_one("stops", progress=progress)
        assert (job(number).state, job(number).attempts) == (JobState.WAITING, 0)
        bell.before.clear()
        run_pending()
        assert rings() == ["north"]


def test_old_jobs_are_swept_out_and_live_ones_are_not(app: Flask, bell: Bell, asked: Asking) -> None:
    asked("old")
    with app.app_context():
        run_pending()
        waits, fresh = asked("waits"), asked("fresh")
        db.session.get_one(Job, 1).ended_at = now() - queue.KEPT_FOR - LATER
        db.session.get_one(Job, waits).asked_at = now() - queue.KEPT_FOR * 2
        queue.cancel(db.session.get_one(Job, fresh))
        db.session.flush()
        assert queue.prune(db.session) == 1
        assert set(db.session.scalars(select(Job.key))) == {"waits", "fresh"}
