"""Four eyes, when time has passed: merged tickets, what was taken back, and what was declared later."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from tests.cast import another_appearance, open_ticket
from tests.publishing.test_approval_needs_fresh_eyes import promote
from tests.publishing.walk import Desk, approve, graded, publish
from verify.articles import actions as articles
from verify.articles.actions import Description
from verify.articles.models import Article
from verify.db import db, now
from verify.errors import Refused
from verify.evidence.actions import withdraw_evidence
from verify.evidence.models import Evidence
from verify.publishing import actions, lookups
from verify.publishing.models import Approval
from verify.tickets import actions as tickets
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status

Deed = Callable[[Session, Desk], None]


def open_and_merge(session: Session, desk: Desk) -> None:
    own = open_ticket(session, desk.editor)
    tickets.merge(session, desk.opener, own, into=desk.ticket, reason="The same claim.")


def interest_and_merge(session: Session, desk: Desk) -> None:
    other = open_ticket(session, desk.opener)
    tickets.declare_interest(session, desk.editor, other, reason="My brother is the mayor.")
    middle = open_ticket(session, desk.opener)
    tickets.merge(session, desk.opener, other, into=middle, reason="The same claim.")
    tickets.merge(session, desk.opener, middle, into=desk.ticket, reason="The same claim.")


def file_and_take_off(session: Session, desk: Desk) -> None:
    appearance = another_appearance(session, desk.editor, desk.ticket)
    tickets.remove_appearance(session, desk.opener, desk.ticket, appearance, reason="It says something else.")


def reword(session: Session, desk: Desk) -> None:
    tickets.reword_claim(
        session, desk.editor, desk.ticket, claim="The gates of the Orta dam were opened on Tuesday"
    )


def declare(session: Session, desk: Desk) -> None:
    tickets.declare_interest(session, desk.editor, desk.ticket, reason="My brother is the mayor.")


def withdraw(session: Session, desk: Desk) -> None:
    evidence = session.get_one(Evidence, desk.evidence[0])
    withdraw_evidence(session, desk.editor, desk.ticket, evidence, reason="It speaks against my view.")


@pytest.mark.parametrize(
    ("deed", "why"),
    [
        (open_and_merge, "opened a ticket that was merged into it"),
        (interest_and_merge, "declared an interest"),
        (file_and_take_off, "changed what it rests on"),
        (reword, "changed what it rests on"),
        (withdraw, "changed what it rests on"),
    ],
)
def test_who_shaped_the_verdict_on_the_way_does_not_approve_it(app: Flask, deed: Deed, why: str) -> None:
    with app.app_context():
        desk = graded(db.session)
        assert desk.ticket.id in set(db.session.scalars(lookups.waiting_approvals(desk.editor)))
        deed(db.session, desk)
        with pytest.raises(Refused, match=why):
            approve(db.session, desk, exception_reason="For the test.")


@pytest.mark.parametrize("deed", [open_and_merge, file_and_take_off, reword])
def test_what_one_may_not_approve_does_not_wait_in_the_queue(app: Flask, deed: Deed) -> None:
    with app.app_context():
        desk = graded(db.session)
        deed(db.session, desk)
        assert desk.ticket.id not in set(db.session.scalars(lookups.waiting_approvals(desk.editor)))
        assert desk.ticket.id in set(db.session.scalars(lookups.waiting_approvals(desk.other_editor)))


def test_an_interest_declared_after_the_approval_keeps_the_verdict_from_going_out(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        approve(db.session, desk)
        tickets.declare_interest(db.session, desk.editor, desk.ticket, reason="I bought a house there.")
        with pytest.raises(Refused, match="another editor must approve it"):
            actions.publish(db.session, desk.other_editor, desk.ticket)
        assert desk.ticket.status is Status.APPROVED


def test_a_reviewer_who_became_an_editor_does_not_send_the_ticket_back(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        promote(desk.first)
        with pytest.raises(Refused, match="another editor must send back"):
            actions.send_back(db.session, desk.first, desk.ticket, reason="I want another outcome.")
        assert desk.ticket.status is Status.GRADED


def test_a_ticket_with_a_public_verdict_is_not_merged_away(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        tickets.reopen(db.session, desk.editor, desk.ticket, reason="New pictures.")
        other = open_ticket(db.session, desk.opener)
        db.session.commit()
        with pytest.raises(Refused, match=f"Merge {other.reference} into {desk.ticket.reference} instead"):
            tickets.merge(db.session, desk.opener, desk.ticket, into=other, reason="The same claim.")
        db.session.rollback()
        assert db.session.get_one(Ticket, desk.ticket.id).status is Status.OPEN


def test_an_article_described_anew_voids_the_approval_of_what_rests_on_it(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        approve(db.session, desk)
        article = db.session.scalars(select(Article)).one()
        described = Description(title=article.title, outlet="Another Paper", language="en")
        articles.describe(db.session, desk.third, article, described)
        assert desk.ticket.status is Status.GRADED
        assert db.session.scalars(select(Approval)).one().voided_at is not None


def test_an_article_saved_unchanged_voids_nothing(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        approve(db.session, desk)
        article = db.session.scalars(select(Article)).one()
        described = Description(article.title, "Orta Courier", article.byline, article.language)
        articles.describe(db.session, desk.third, article, described)
        assert desk.ticket.status is Status.APPROVED


@pytest.mark.both_databases
@pytest.mark.parametrize("deed", [open_and_merge, file_and_take_off, reword, declare])
def test_the_database_refuses_the_approval_too(app: Flask, deed: Deed) -> None:
    with app.app_context():
        desk = graded(db.session)
        deed(db.session, desk)
        approval = Approval(
            ticket_id=desk.ticket.id, approver_id=desk.editor.id, content_sha256="0" * 64, rules=[], approved_at=now()
        )  # fmt: skip
        db.session.add(approval)
        with pytest.raises(DatabaseError, match="may not approve it"):
            db.session.flush()
