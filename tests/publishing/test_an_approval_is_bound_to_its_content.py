"""An approval names what was seen. Whatever changes afterwards voids it, and nothing else can be published."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import sign_in
from tests.pages import Visitor
from tests.publishing.walk import SUMMARY, approve, graded, judged, page_of, publish, seen
from verify.db import db
from verify.errors import Conflict, Refused
from verify.evidence.actions import Entry, add_evidence
from verify.evidence.models import EvidenceKind, Stance
from verify.publishing import actions
from verify.publishing.models import Approval, Wording
from verify.tickets.actions import reword_claim
from verify.tickets.models import TicketEvent
from verify.tickets.workflow import Rating, Status


def test_an_approval_names_the_hash_of_what_was_seen(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        approval = approve(db.session, desk)
        assert approval.content_sha256 == seen(db.session, desk.ticket)
        assert desk.ticket.status is Status.APPROVED


def test_a_page_that_has_grown_old_approves_nothing(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        actions.write_wording(db.session, desk.editor, desk.ticket, summary=SUMMARY)
        old = seen(db.session, desk.ticket)
        reword_claim(
            db.session, desk.opener, desk.ticket, claim="The gates of the dam were opened before dawn"
        )
        with pytest.raises(Conflict, match="changed since you opened this page"):
            actions.approve(db.session, desk.editor, desk.ticket, seen_sha256=old)


@pytest.mark.parametrize("edit", ["claim", "evidence", "wording"])
def test_any_later_edit_voids_the_approval(app: Flask, edit: str) -> None:
    with app.app_context():
        desk = graded(db.session)
        approval = approve(db.session, desk)
        if edit == "claim":
            reword_claim(
                db.session, desk.opener, desk.ticket, claim="The gates of the dam were opened before dawn"
            )
        elif edit == "evidence":
            note = Entry(EvidenceKind.NOTE, Stance.REFUTES, "A second log", "Gates shut.")
            add_evidence(db.session, desk.opener, desk.ticket, note)
        else:
            actions.write_wording(db.session, desk.editor, desk.ticket, summary="Something else.")
        assert desk.ticket.status is Status.GRADED
        assert approval.voided_at is not None
        assert approval.voided_reason.startswith("The content changed after approval")
        events = db.session.scalars(select(TicketEvent).where(TicketEvent.action == "void_approval")).all()
        assert [event.to_status for event in events] == [Status.GRADED]
        with pytest.raises(Refused, match="no approval in force"):
            actions.publish(db.session, desk.editor, desk.ticket)


def test_saving_the_same_wording_again_voids_nothing(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        approve(db.session, desk)
        actions.write_wording(db.session, desk.editor, desk.ticket, summary=SUMMARY)
        assert desk.ticket.status is Status.APPROVED


def test_what_changed_behind_the_approval_is_not_published(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        approve(db.session, desk)
        desk.ticket.appearances[0].assertion.version.article.title = "Another headline"
        with pytest.raises(Conflict, match="not what was approved"):
            actions.publish(db.session, desk.editor, desk.ticket)


def test_an_approval_taken_back_waits_for_another(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        approval = approve(db.session, desk)
        actions.withdraw_approval(
            db.session, desk.other_editor, desk.ticket, reason="Hold it until the board answers."
        )
        assert desk.ticket.status is Status.GRADED
        assert approval.voided_reason == "Hold it until the board answers."
        again = actions.approve(
            db.session, desk.other_editor, desk.ticket, seen_sha256=seen(db.session, desk.ticket)
        )
        assert [
            one.voided_at is None for one in db.session.scalars(select(Approval).order_by(Approval.id))
        ] == [False, True]
        assert again.approver_id == desk.other_editor.id


def test_a_returned_ticket_starts_a_new_round_with_the_same_reviewers(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        approve(db.session, desk)
        actions.send_back(db.session, desk.editor, desk.ticket, reason="Ask the mayor as well.")
        assert (desk.ticket.status, desk.ticket.round, desk.ticket.rating) == (Status.IN_REVIEW, 2, None)
        now_assigned = {a.reviewer_id for a in desk.ticket.assignments if a.round == 2 and a.freed_at is None}
        assert now_assigned == {desk.first.id, desk.second.id}


def test_a_return_needs_a_reason(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        with pytest.raises(Refused, match="give a reason"):
            actions.send_back(db.session, desk.editor, desk.ticket, reason=" ")


def test_an_unmet_rule_needs_a_stated_reason(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session, judged(Rating.CONFIRMED, (2, 3, 1)))
        with pytest.raises(Refused, match="publishing rule is not met"):
            approve(db.session, desk)
        approval = approve(db.session, desk, exception_reason="The board’s own record is public.")
        assert approval.exception_reason == "The board’s own record is public."
        assert [rule["name"] for rule in approval.rules if not rule["met"]] == ["confirmed"]


def test_nothing_is_approved_without_a_public_explanation(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        digest = seen(db.session, desk.ticket)
        with pytest.raises(Refused, match="public explanation"):
            actions.approve(
                db.session, desk.editor, desk.ticket, seen_sha256=digest, exception_reason="Hurry."
            )


def test_two_clicks_on_approve_make_one_approval(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        actions.write_wording(db.session, desk.editor, desk.ticket, summary=SUMMARY)
        db.session.commit()
        form = page_of(app, desk, desk.editor).form(button="Approve")
        assert form.submit(button="Approve").status == 200
        assert form.submit(button="Approve").status == 200
        assert len(db.session.scalars(select(Approval)).all()) == 1


def test_a_changed_ticket_comes_back_with_the_typed_reason(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        db.session.commit()
        form = page_of(app, desk, desk.editor).form("/approval/return")
        reword_claim(
            db.session, desk.opener, desk.ticket, claim="The gates of the dam were opened before dawn"
        )
        db.session.commit()
        answer = form.submit(reason="Please ask the mayor, and the two engineers.")
        assert answer.status == 409
        assert "Please ask the mayor, and the two engineers." in answer.text


def test_a_published_ticket_is_not_approved_again(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        with pytest.raises(Refused):
            actions.approve(db.session, desk.editor, desk.ticket, seen_sha256=seen(db.session, desk.ticket))


def test_after_a_conflict_the_wording_can_be_saved_by_who_was_told(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        db.session.commit()
        windows = [sign_in(Visitor(app), one) for one in (desk.editor, desk.other_editor)]
        address = f"/tickets/{desk.ticket.reference}/approval"
    mine, theirs = (window.get(address).form("#wording") for window in windows)
    assert theirs.submit(summary="Their wording.").status == 200
    told = mine.submit(summary="My wording.")
    assert told.status == 409
    assert "Their wording." in told.text
    assert told.form("#wording").fields()["summary"] == "My wording."
    assert told.form("#wording").submit().status == 200
    with app.app_context():
        assert db.session.scalars(select(Wording.summary)).one() == "My wording."
