"""Published versions are never altered: corrections and retractions add to them, with a public reason."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from tests.cast import sign_in
from tests.pages import Visitor
from tests.publishing.walk import SUMMARY, Desk, approve, graded, judged, page_of, publish
from verify.audit.models import AuditEntry
from verify.db import db
from verify.errors import Refused
from verify.grading.actions import submit_review
from verify.publishing import actions
from verify.publishing.content import content_hash
from verify.publishing.models import Verdict, VerdictVersion
from verify.tickets import actions as tickets
from verify.tickets.workflow import Status

CORRECTED = "Only the water board says so, and it had a stake."
REASON = "The first wording left out that the board had a stake."


def corrected(desk: Desk) -> VerdictVersion:
    """The published verdict after a correction of its explanation."""
    return actions.correct(
        db.session, desk.editor, desk.ticket, claim=desk.ticket.claim, summary=CORRECTED, reason=REASON
    )


def published_again(desk: Desk, reason: str) -> VerdictVersion:
    """The verdict after its ticket was reopened, graded anew and approved."""
    tickets.reopen(db.session, desk.editor, desk.ticket, reason="A second log was found.")
    tickets.assign(db.session, desk.opener, desk.ticket, [desk.first, desk.second])
    for reviewer in (desk.first, desk.second):
        submit_review(db.session, reviewer, desk.ticket, judged(), considered=desk.evidence)
    approve(db.session, desk)
    return actions.publish(db.session, desk.editor, desk.ticket, reason=reason)


@pytest.mark.both_databases
def test_a_version_can_be_neither_changed_nor_deleted(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        db.session.commit()
        for statement in (
            update(VerdictVersion).values(reason="never happened"),
            delete(VerdictVersion),
            delete(Verdict),
        ):
            with pytest.raises(DatabaseError, match="never"):
                db.session.execute(statement)
            db.session.rollback()


def test_a_version_holds_exactly_what_was_approved(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        approval = approve(db.session, desk)
        version = actions.publish(db.session, desk.editor, desk.ticket)
        assert content_hash(version.content) == version.content_sha256 == approval.content_sha256
        assert version.approval_id == approval.id
        assert desk.ticket.status is Status.PUBLISHED


def test_a_correction_adds_a_version_and_keeps_the_first_readable(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        corrected(desk)
        db.session.commit()
        visitor = Visitor(app)
        now_public = visitor.get(f"/verdicts/{desk.ticket.reference}")
        assert CORRECTED in now_public.text
        assert REASON in now_public.text
        before = visitor.get(f"/verdicts/{desk.ticket.reference}/versions/1")
        assert CORRECTED not in before.text
        assert "version 1 of 2" in before.text
        assert desk.ticket.status is Status.PUBLISHED


@pytest.mark.both_databases
def test_control_characters_in_a_wording_are_left_out(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        wording = actions.write_wording(
            db.session, desk.editor, desk.ticket, summary="Only\x00 the\x07 board.\r\n\r\nSo far."
        )
        db.session.commit()
        assert wording.summary == "Only the board.\n\nSo far."


def test_a_correction_changes_wording_only(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        first = dict(publish(db.session, desk).content)
        second = dict(corrected(desk).content)
        assert {name for name in first if first[name] != second[name]} == {"summary"}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reason": "  "}, "public can read"),
        (
            {"summary": "Only the water board says so.\r\n\r\nNobody else was there before dawn."},
            "Nothing is different",
        ),
        ({"summary": " "}, "must not be empty"),
        ({"claim": "x" * 501}, "at most 500"),
    ],
)
def test_a_correction_that_corrects_nothing_is_refused(app: Flask, changes: dict[str, str], why: str) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        typed = {"claim": desk.ticket.claim, "summary": CORRECTED, "reason": REASON} | changes
        with pytest.raises(Refused, match=why):
            actions.correct(db.session, desk.editor, desk.ticket, **typed)


def test_a_retracted_verdict_keeps_its_page_and_says_why(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        actions.retract(db.session, desk.editor, desk.ticket, reason="The log was a forgery.")
        db.session.commit()
        page = Visitor(app).get(f"/verdicts/{desk.ticket.reference}")
        assert page.status == 200
        assert "The log was a forgery." in page.text
        assert "no longer stands" in page.text
        assert "ClaimReview" not in page.html
        assert desk.ticket.status is Status.RETRACTED


def test_a_retraction_needs_a_public_reason(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        with pytest.raises(Refused, match="public can read"):
            actions.retract(db.session, desk.editor, desk.ticket, reason="")


def test_while_a_ticket_is_reopened_its_verdict_stays_public(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        tickets.reopen(db.session, desk.editor, desk.ticket, reason="A second log was found.")
        db.session.commit()
        assert Visitor(app).get(f"/verdicts/{desk.ticket.reference}").status == 200


def test_publishing_again_needs_a_public_reason(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        with pytest.raises(Refused, match="different from the verdict before"):
            published_again(desk, "")
        version = actions.publish(db.session, desk.editor, desk.ticket, reason="A second log was weighed.")
        assert (version.number, version.kind.value) == (2, "published")
        db.session.commit()
        assert "Published again" in Visitor(app).get(f"/verdicts/{desk.ticket.reference}").text


def test_after_a_retraction_a_new_verdict_stands_again(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        actions.retract(db.session, desk.editor, desk.ticket, reason="The log was a forgery.")
        version = published_again(desk, "Graded anew without the log.")
        assert version.number == 3
        assert not version.verdict.retracted


def test_each_act_leaves_one_entry_in_the_log(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        db.session.commit()
        known = len(db.session.scalars(select(AuditEntry)).all())
        for act, entry in (
            (lambda: approve(db.session, desk), "verdict.approved"),
            (lambda: actions.publish(db.session, desk.editor, desk.ticket), "verdict.published"),
            (lambda: corrected(desk), "verdict.corrected"),
            (
                lambda: actions.retract(db.session, desk.editor, desk.ticket, reason="Forged."),
                "verdict.retracted",
            ),
        ):
            act()
            db.session.commit()
            entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence)).all()
            added = [one.action for one in entries[known:] if one.action != "wording.changed"]
            assert added == [entry]
            known = len(entries)


def test_an_editor_walks_from_wording_to_retraction_in_the_browser(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        db.session.commit()
        page = page_of(app, desk, desk.editor)
        assert page.status == 200
        page = page.form("/wording#wording").submit(summary=SUMMARY)
        assert "The wording is saved" in page.text
        page = page.form(button="Approve").submit(button="Approve")
        assert "Ready to publish" in page.text
        page = page.form(button="Publish").submit()
        assert page.path == f"/verdicts/{desk.ticket.reference}"
        assert "Published. This is what readers see." in page.text
        page = page.visitor.get(f"/tickets/{desk.ticket.reference}/approval")
        page = page.form("/correct").submit(summary=CORRECTED, reason=REASON)
        assert REASON in page.text
        page = page.visitor.get(f"/tickets/{desk.ticket.reference}/approval")
        page = page.form("/retract").submit(reason="The log was a forgery.")
        assert "The log was a forgery." in page.text


def test_a_refused_correction_comes_back_as_it_was_typed(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        db.session.commit()
        answer = (
            page_of(app, desk, desk.editor).form("/correct").submit(summary="A long new text.", reason="")
        )
        assert answer.status == 422
        assert "A long new text." in answer.html
        assert db.session.scalars(select(VerdictVersion)).one().number == 1


def test_the_page_holds_its_claimreview_as_valid_json(app: Flask) -> None:
    with app.app_context():
        claim = "The gates of the Orta dam were opened before dawn </script> & <b>"
        desk = graded(db.session, claim=claim)
        publish(db.session, desk)
        db.session.commit()
        page = Visitor(app).get(f"/verdicts/{desk.ticket.reference}")
        (script,) = page.select("//script[@type='application/ld+json']")
        markup = json.loads(script.text_content())
        assert markup["claimReviewed"] == claim
        assert markup["url"] == f"http://localhost/verdicts/{desk.ticket.reference}"
        assert not page.select("//b")


def test_no_reviewer_is_named_in_public(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        db.session.commit()
        visitor = Visitor(app)
        for address in (
            "/verdicts",
            f"/verdicts/{desk.ticket.reference}",
            f"/verdicts/{desk.ticket.reference}/versions/1",
        ):
            page = visitor.get(address)
            for person in (desk.opener, desk.first, desk.second, desk.third, desk.editor):
                assert person.name not in page.html


def test_a_verdict_is_retracted_at_once_while_its_ticket_is_reopened_or_dropped(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        tickets.reopen(db.session, desk.editor, desk.ticket, reason="A second log was found.")
        tickets.drop(db.session, desk.opener, desk.ticket, reason="Nobody has the time.")
        db.session.commit()
        visitor, reference = sign_in(Visitor(app), desk.editor), desk.ticket.reference
    page = visitor.get(f"/tickets/{reference}").get_link("Retract it")
    assert page.form("/retract").submit(reason="The second log says otherwise.").status == 200
    public = Visitor(app).get(f"/verdicts/{reference}")
    assert "The second log says otherwise." in public.text
    again = visitor.get(f"/tickets/{reference}/approval")
    assert not again.select("//form[contains(@action, '/retract')]")


def test_what_was_never_public_is_not_retracted(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        with pytest.raises(Refused, match="nothing to retract"):
            actions.retract(db.session, desk.editor, desk.ticket, reason="It is wrong.")
