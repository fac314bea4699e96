"""Blindness, at the level of what people do: nothing of a sealed review reaches anybody else."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.grading.bench import Bench, decide, dispute, judged, make_bench, refuting, send
from verify.accounts.models import Person
from verify.audit.models import AuditEntry, AuditPayload
from verify.db import db
from verify.errors import Conflict, Forbidden, Refused
from verify.grading import duties, lookups
from verify.grading.actions import adjudicate, save_draft, submit_review
from verify.grading.models import ReviewDraft, ReviewOpening
from verify.grading.seals import seal
from verify.tickets.actions import declare_interest, free_reviewer
from verify.tickets.models import Assignment, Ticket, TicketEvent
from verify.tickets.workflow import Rating, Status


@pytest.fixture
def bench(app: Flask) -> Iterator[Bench]:
    with app.app_context():
        yield make_bench(db.session)


def visible_state(ticket: Ticket) -> dict[str, object]:
    """Everything of a ticket that others can see, however it is shown."""
    db.session.refresh(ticket)
    columns = {column.key: getattr(ticket, column.key) for column in Ticket.__table__.columns}
    lines = db.session.scalar(select(func.count()).select_from(TicketEvent))
    assignments = [
        (one.reviewer_id, one.assigned_at, one.freed_at)
        for one in db.session.scalars(select(Assignment).order_by(Assignment.id))
    ]
    return {**columns, "history": lines, "assignments": assignments}


def last_entry() -> tuple[AuditEntry, dict[str, object]]:
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1)).one()
    return entry, json.loads(db.session.get_one(AuditPayload, entry.sequence).payload)


def test_the_first_review_changes_nothing_that_others_can_see(bench: Bench) -> None:
    before = visible_state(bench.ticket)
    send(db.session, bench, bench.first, judged())
    assert visible_state(bench.ticket) == before


def test_the_log_of_a_sealed_review_names_neither_person_nor_ticket_nor_grade(bench: Bench) -> None:
    review = send(db.session, bench, bench.first, judged())
    entry, payload = last_entry()
    assert (entry.action, entry.actor_id, entry.subject_type) == ("review.sealed", None, "desk")
    assert entry.subject_id == review.commitment
    assert payload == {"rubric_version": 1}


def test_a_sealed_review_is_read_by_its_author_alone(bench: Bench) -> None:
    review = send(db.session, bench, bench.first, judged())
    assert lookups.visible_reviews(db.session, bench.first, bench.ticket) == [review]
    for reader in (bench.second, bench.third, bench.opener, bench.editor):
        assert lookups.visible_reviews(db.session, reader, bench.ticket) == []
        assert lookups.own_review(db.session, reader, bench.ticket) is None
    assert lookups.opened_now(db.session, bench.ticket) is None
    assert lookups.settled(db.session, bench.ticket) is None


def test_two_reviews_that_agree_open_together_and_grade_the_ticket(bench: Bench) -> None:
    send(db.session, bench, bench.first, judged(3, 3, 1))
    send(db.session, bench, bench.second, judged(2, 4, 1))
    assert bench.ticket.status is Status.GRADED
    assert (bench.ticket.sourcing, bench.ticket.attribution, bench.ticket.confirmation) == (2, 3, 1)
    assert bench.ticket.rating is Rating.UNVERIFIED
    settled = lookups.settled(db.session, bench.ticket)
    assert settled is not None
    assert (settled.settled_by, settled.adjudication) == ("agreement", None)
    assert len(lookups.visible_reviews(db.session, bench.opener, bench.ticket)) == 2


def test_two_reviews_that_conflict_dispute_the_ticket_and_settle_nothing(bench: Bench) -> None:
    dispute(db.session, bench)
    assert bench.ticket.status is Status.DISPUTED
    assert (bench.ticket.rating, bench.ticket.sourcing) == (None, None)
    assert lookups.settled(db.session, bench.ticket) is None
    assert len(lookups.visible_reviews(db.session, bench.opener, bench.ticket)) == 2


def test_no_line_of_history_or_log_says_whose_grades_are_whose_before_the_decision(bench: Bench) -> None:
    dispute(db.session, bench)
    line = db.session.scalars(select(TicketEvent).order_by(TicketEvent.id.desc()).limit(1)).one()
    assert (line.action, line.actor_id) == ("dispute", None)
    entry, payload = last_entry()
    assert (entry.action, entry.actor_id) == ("reviews.opened", None)
    assert set(payload) == {"round", "commitments", "outcome"}


def test_the_settled_log_opens_the_seals_so_that_anybody_can_check_them(bench: Bench) -> None:
    first, second = dispute(db.session, bench)
    decide(db.session, bench, bench.third, judged(3, 3, 1))
    entry, payload = last_entry()
    assert (entry.action, entry.actor_id) == ("ticket.adjudicated", bench.third.id)
    opened = payload["reviews"]
    assert isinstance(opened, list)
    assert {one["commitment"] for one in opened} == {first.commitment, second.commitment}
    for one in opened:
        content = {name: value for name, value in one.items() if name not in {"commitment", "salt"}}
        assert seal(one["salt"], content) == one["commitment"]


def test_the_order_of_two_opened_reviews_tells_nobody_who_was_first(bench: Bench) -> None:
    dispute(db.session, bench)
    opening = db.session.scalars(select(ReviewOpening)).one()
    assert opening.first_review.commitment < opening.second_review.commitment


def test_a_review_that_is_in_is_never_replaced(bench: Bench) -> None:
    send(db.session, bench, bench.first, judged())
    with pytest.raises(Refused, match="is in already"):
        submit_review(db.session, bench.first, bench.ticket, judged(4, 4, 4), considered=[bench.log.id])


@pytest.mark.parametrize("who", ["opener", "third", "editor"])
def test_only_an_assigned_reviewer_reviews(bench: Bench, who: str) -> None:
    with pytest.raises(Forbidden, match="not a reviewer"):
        submit_review(db.session, getattr(bench, who), bench.ticket, judged(), considered=[bench.log.id])


def test_a_freed_reviewer_no_longer_counts_and_their_seal_stays_shut(bench: Bench) -> None:
    send(db.session, bench, bench.first, judged())
    free_reviewer(db.session, bench.editor, bench.ticket, bench.first, reason="On leave.")
    db.session.commit()
    assert lookups.visible_reviews(db.session, bench.editor, bench.ticket) == []
    assert duties.duty(db.session, bench.first, bench.ticket) is None


def test_a_declared_interest_ends_the_duty_to_judge(bench: Bench) -> None:
    dispute(db.session, bench)
    declare_interest(db.session, bench.third, bench.ticket, reason="My brother works at the dam.")
    db.session.commit()
    assert duties.duty(db.session, bench.third, bench.ticket) is None
    with pytest.raises(Forbidden, match="declared an interest"):
        adjudicate(db.session, bench.third, bench.ticket, judged())


def test_evidence_is_considered_or_said_to_be_none(bench: Bench) -> None:
    with pytest.raises(Refused, match="Tick the evidence"):
        submit_review(db.session, bench.first, bench.ticket, judged())
    with pytest.raises(Refused, match="Keep one of the two"):
        submit_review(
            db.session, bench.first, bench.ticket, judged(), considered=[bench.log.id], found_nothing=True
        )
    submit_review(db.session, bench.first, bench.ticket, judged(), found_nothing=True)


def test_evidence_of_another_ticket_is_not_considered_here(bench: Bench) -> None:
    other = make_bench(db.session)
    with pytest.raises(Refused, match="withdrawn"):
        submit_review(db.session, bench.first, bench.ticket, judged(), considered=[other.log.id])


def test_a_review_needs_its_rationale_and_a_departure_from_the_rule_its_reason(bench: Bench) -> None:
    for stated, field in (
        (judged(rationale="  \n "), "rationale"),
        (judged(rationale="x" * 10_001), "rationale"),
        (judged(rating=Rating.FALSE), "override_reason"),
        (judged(rating=Rating.FALSE, override_reason="y" * 1_001), "override_reason"),
    ):
        with pytest.raises(Refused) as refusal:
            submit_review(db.session, bench.first, bench.ticket, stated, considered=[bench.log.id])
        assert refusal.value.field == field
    refuting(db.session, bench)
    stated = judged(3, 3, 0, Rating.FALSE)
    submit_review(db.session, bench.first, bench.ticket, stated, considered=[bench.log.id])


def test_a_review_against_an_older_version_of_the_ticket_is_held_back(bench: Bench) -> None:
    seen = bench.ticket.version
    refuting(db.session, bench)
    with pytest.raises(Conflict, match="Somebody changed"):
        submit_review(
            db.session, bench.first, bench.ticket, judged(), considered=[bench.log.id], version=seen
        )


@pytest.mark.parametrize("who", ["first", "second", "opener"])
def test_neither_reviewer_nor_opener_adjudicates(bench: Bench, who: str) -> None:
    dispute(db.session, bench)
    with pytest.raises(Forbidden):
        adjudicate(db.session, getattr(bench, who), bench.ticket, judged())


def test_an_adjudicator_may_find_that_neither_review_is_right(bench: Bench) -> None:
    first, second = dispute(db.session, bench)
    decide(db.session, bench, bench.third, judged(0, 0, 0, Rating.UNVERIFIED))
    settled = lookups.settled(db.session, bench.ticket)
    assert settled is not None
    assert settled.settled_by == "adjudication"
    assert (settled.grades.sourcing, settled.rating) == (0, Rating.UNVERIFIED)
    assert bench.ticket.status is Status.GRADED
    assert {first.confirmation, second.confirmation} == {1, 3}, "the reviews stay as they were"


def test_a_dispute_is_decided_once(bench: Bench) -> None:
    dispute(db.session, bench)
    decide(db.session, bench, bench.third, judged())
    with pytest.raises(Conflict, match="not in dispute"):
        adjudicate(db.session, bench.editor, bench.ticket, judged())


def test_a_draft_is_its_authors_alone_and_leaves_ticket_and_log_untouched(bench: Bench) -> None:
    before, (entry, _) = visible_state(bench.ticket), last_entry()
    save_draft(db.session, bench.first, bench.ticket, lookups.REVIEW, {"rationale": ["So far"]})
    save_draft(db.session, bench.first, bench.ticket, lookups.REVIEW, {"rationale": ["So far, so good"]})
    db.session.commit()
    assert visible_state(bench.ticket) == before
    assert last_entry()[0].sequence == entry.sequence
    assert lookups.draft(db.session, bench.second, bench.ticket, lookups.REVIEW) is None
    kept = lookups.draft(db.session, bench.first, bench.ticket, lookups.REVIEW)
    assert kept is not None
    assert json.loads(kept.fields) == {"rationale": ["So far, so good"]}
    assert db.session.scalar(select(func.count()).select_from(ReviewDraft)) == 1


def test_a_draft_ends_with_the_review(bench: Bench) -> None:
    save_draft(db.session, bench.first, bench.ticket, lookups.REVIEW, {"rationale": ["So far"]})
    send(db.session, bench, bench.first, judged())
    assert lookups.draft(db.session, bench.first, bench.ticket, lookups.REVIEW) is None
    with pytest.raises(Conflict, match="is in"):
        save_draft(db.session, bench.first, bench.ticket, lookups.REVIEW, {"rationale": ["Late"]})


def test_nobody_else_keeps_a_draft(bench: Bench) -> None:
    with pytest.raises(Forbidden):
        save_draft(db.session, bench.third, bench.ticket, lookups.REVIEW, {"rationale": ["?"]})
    with pytest.raises(Refused, match="longer than the desk can keep"):
        save_draft(db.session, bench.first, bench.ticket, lookups.REVIEW, {"rationale": ["x" * 70_000]})


def test_the_queue_lists_what_each_person_has_to_judge(bench: Bench) -> None:
    def reviews(person: Person) -> list[int]:
        return list(db.session.scalars(duties.waiting_reviews(person)))

    assert reviews(bench.first) == reviews(bench.second) == [bench.ticket.id]
    assert reviews(bench.third) == []
    send(db.session, bench, bench.first, judged(confirmation=1))
    assert reviews(bench.first) == []
    assert reviews(bench.second) == [bench.ticket.id]
    send(db.session, bench, bench.second, judged(4, 4, 4, Rating.UNVERIFIED, override_reason="No origin."))
    for person, wanted in ((bench.third, [bench.ticket.id]), (bench.first, []), (bench.opener, [])):
        assert list(db.session.scalars(duties.waiting_adjudications(person))) == wanted
