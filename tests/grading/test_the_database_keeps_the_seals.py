"""What the database itself keeps, whatever the code does: who may judge, what stays as it was, one opening."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from tests.grading.bench import Bench, dispute, judged, make_bench
from verify.accounts.models import Person
from verify.db import db, now
from verify.grading.actions import submit_review
from verify.grading.models import Adjudication, Review, ReviewOpening
from verify.tickets.models import Assignment, Ticket
from verify.tickets.workflow import Status


@pytest.fixture
def bench(app: Flask) -> Iterator[Bench]:
    with app.app_context():
        yield make_bench(db.session)


@pytest.mark.both_databases
def test_the_database_itself_refuses_a_reviewer_who_adjudicates(bench: Bench) -> None:
    dispute(db.session, bench)
    for person in (bench.first, bench.second, bench.opener):
        db.session.add(_adjudication(bench, person.id))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


@pytest.mark.both_databases
def test_the_database_itself_refuses_a_review_by_somebody_unassigned_or_too_late(bench: Bench) -> None:
    db.session.add(_review(bench, bench.third.id))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
    dispute(db.session, bench)
    db.session.add(Assignment(ticket_id=bench.ticket.id, round=1, reviewer_id=bench.third.id,
                              assigned_by_id=bench.editor.id, assigned_at=now()))  # fmt: skip
    db.session.add(_review(bench, bench.third.id))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.both_databases
def test_the_database_itself_keeps_reviews_and_openings_as_they_are(bench: Bench) -> None:
    dispute(db.session, bench)
    for change in (
        update(Review).values(sourcing=0),
        update(ReviewOpening).values(disputed=False),
    ):
        with pytest.raises(IntegrityError):
            db.session.execute(change)
        db.session.rollback()


@pytest.mark.both_databases
def test_an_adjudication_without_a_dispute_is_refused_by_the_database(bench: Bench) -> None:
    db.session.add(_adjudication(bench, bench.third.id))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


@pytest.mark.both_databases
def test_two_reviews_at_the_same_moment_open_once_and_settle_once(app: Flask, bench: Bench) -> None:
    ticket_id, log_id = bench.ticket.id, bench.log.id
    people = [bench.first.id, bench.second.id]
    db.session.rollback()
    start, failed = Barrier(2), []

    def submit(person_id: int) -> None:
        with app.app_context():
            try:
                start.wait(10)
                ticket = db.session.get_one(Ticket, ticket_id)
                person = db.session.get_one(Person, person_id)
                submit_review(db.session, person, ticket, judged(), considered=[log_id])
                db.session.commit()
            except Exception as error:
                failed.append(error)

    threads = [Thread(target=submit, args=(person_id,)) for person_id in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []
    ticket = db.session.get_one(Ticket, ticket_id)
    assert ticket.status is Status.GRADED
    assert db.session.scalar(select(func.count()).select_from(ReviewOpening)) == 1
    assert db.session.scalar(select(func.count()).select_from(Review)) == 2


def _columns(bench: Bench) -> dict[str, object]:
    return {
        "ticket_id": bench.ticket.id, "round": 1, "rubric_version": 1, "submitted_at": now(), **judged().columns(),
    }  # fmt: skip


def _review(bench: Bench, person_id: int) -> Review:
    return Review(reviewer_id=person_id, salt="0" * 32, commitment="0" * 64, **_columns(bench))


def _adjudication(bench: Bench, person_id: int) -> Adjudication:
    return Adjudication(adjudicator_id=person_id, **_columns(bench))
