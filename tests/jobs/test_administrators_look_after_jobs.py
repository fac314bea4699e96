"""The page of jobs: what waits, runs and failed, and what an administrator can do about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import make_person, sign_in
from tests.jobs.conftest import Asking, Bell, goes_wrong, job
from tests.meeting import at_once
from tests.pages import Visitor
from verify.audit.models import AuditEntry
from verify.db import db, now
from verify.jobs import queue
from verify.jobs.kinds import KINDS
from verify.jobs.models import Job, JobState
from verify.jobs.worker import run_pending
from verify.permissions import Role


def fail(app: Flask, bell: Bell) -> None:
    bell.before.append(goes_wrong)
    with app.app_context():
        run_pending(at=now() + timedelta(hours=1))
    bell.before.clear()


def test_a_quiet_desk_says_what_the_page_is_for(administrator: Visitor) -> None:
    page = administrator.get("/jobs")
    assert "No job is done" in page.text


def test_a_waiting_job_is_shown_and_can_be_cancelled(
    app: Flask, bell: Bell, asked: Asking, administrator: Visitor
) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi").id
        db.session.commit()
    number = asked(asked_by=nadia)
    page = administrator.get("/jobs")
    for words in ("Ring the bell", "The north bell", "Nadia Rahimi", "Next in turn"):
        assert words in page.text
    after = page.form(f"/jobs/{number}/cancel").submit()
    assert "The job is cancelled." in after.text
    with app.app_context():
        assert run_pending() == 0
        assert job(number).state is JobState.CANCELLED
        assert "job.cancelled" in set(db.session.scalars(select(AuditEntry.action)))


def test_a_running_job_shows_how_far_it_is(
    app: Flask, bell: Bell, asked: Asking, administrator: Visitor
) -> None:
    asked()
    with app.app_context():
        mine = queue.claim(db.session, KINDS, "the worker of this test")
        assert mine is not None
        queue.keep(db.session, mine, done=1, total=4, told="Ringing")
        db.session.commit()
    page = administrator.get("/jobs")
    assert page.select("//progress")[0].get("value") == "25"
    assert "25 %" in page.text
    assert "Ringing" in page.text
    assert "the worker of this test" in page.text


def test_a_failed_job_shows_its_sentence_and_can_be_tried_again(
    app: Flask, bell: Bell, asked: Asking, administrator: Visitor
) -> None:
    number = asked()
    fail(app, bell)
    page = administrator.get("/jobs")
    assert "Something went wrong inside the desk." in page.text
    after = page.form(f"/jobs/{number}/again").submit()
    assert "The job is back in the queue." in after.text
    with app.app_context():
        assert run_pending() == 1
        assert job(number).state is JobState.DONE


def test_two_clicks_and_a_stale_page_are_answered_in_words(
    app: Flask, bell: Bell, asked: Asking, administrator: Visitor
) -> None:
    number = asked()
    page = administrator.get("/jobs")
    with app.app_context():
        run_pending()
    answer = page.form(f"/jobs/{number}/cancel").submit()
    assert answer.status == 422
    assert "has ended already" in answer.text
    fail_again = asked()
    fail(app, bell)
    stale = administrator.get("/jobs?state=failed").form(f"/jobs/{fail_again}/again")
    asked()
    answer = stale.submit()
    assert answer.status == 422
    assert "another job is at it" in answer.text


@pytest.mark.postgresql
def test_two_who_try_the_same_again_at_the_same_moment_are_answered_in_words(
    app: Flask, bell: Bell, asked: Asking, administrator: Visitor
) -> None:
    with app.app_context():
        colleague = sign_in(Visitor(app), make_person(db.session, "Bea Silva", Role.ADMINISTRATOR))
    presses = []
    for person in (administrator, colleague):
        number = asked()
        fail(app, bell)
        presses.append(person.get("/jobs?state=failed").form(f"/jobs/{number}/again").submit)
    answers = at_once(*presses)
    assert sorted(answer.status for answer in answers) == [200, 422]
    refused = next(answer for answer in answers if answer.status == 422)
    assert "another job is at it" in refused.text
    assert refused.select("//main//h1")  # on the page of jobs, which still stands


def test_who_is_no_administrator_finds_no_jobs(app: Flask, bell: Bell, asked: Asking) -> None:
    number = asked()
    with app.app_context():
        for role in (Role.READER, Role.CHECKER, Role.EDITOR):
            visitor = sign_in(Visitor(app), make_person(db.session, f"Somebody {role}", role))
            assert visitor.get("/jobs").status == 403
            assert "/jobs" not in visitor.get("/queue").html
            assert visitor.client.post(f"/jobs/{number}/cancel").status_code in (400, 403)
        assert job(number).state is JobState.WAITING


def test_no_address_of_the_page_leads_astray(administrator: Visitor) -> None:
    for query in ("?state=nonsense", "?after=-1", "?after=99999999999999999999", "?state=done&after=x"):
        assert administrator.get(f"/jobs{query}").status == 200
    assert administrator.client.post("/jobs/99999999999/cancel").status_code in (400, 404)


def test_many_jobs_are_shown_page_by_page(
    app: Flask, bell: Bell, asked: Asking, administrator: Visitor
) -> None:
    for number in range(55):
        asked(f"{number:02}")
    seen = []
    page = administrator.get("/jobs?state=waiting")
    seen += page.select("//ul[@class='jobs']/li")
    page = page.get_link("Next")
    seen += page.select("//ul[@class='jobs']/li")
    assert len(seen) == 55


def test_that_no_worker_comes_is_said(app: Flask, bell: Bell, asked: Asking, administrator: Visitor) -> None:
    number = asked()
    assert "no worker has taken it" not in administrator.get("/jobs").text
    with app.app_context():
        db.session.get_one(Job, number).due_at = now() - timedelta(minutes=2)
        db.session.commit()
    assert "no worker has taken it" in administrator.get("/jobs").text
