"""Four eyes: whoever had a part in a ticket does not approve or correct it, in the code and in the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import DatabaseError

from tests.publishing.walk import Desk, adjudicated, approve, graded, page_of, publish, seen
from verify.accounts.models import Person, RoleGrant
from verify.db import db, now
from verify.errors import Forbidden, Refused
from verify.evidence.actions import Entry, add_evidence
from verify.evidence.models import EvidenceKind, Stance
from verify.permissions import Role
from verify.publishing import actions
from verify.publishing.models import Approval, VerdictVersion, VersionKind
from verify.tickets.actions import declare_interest

PARTS: list[tuple[Callable[[Desk], Person], str]] = [
    (lambda desk: desk.opener, "You opened this ticket"),
    (lambda desk: desk.first, "were assigned to review it"),
    (lambda desk: desk.second, "reviewed it"),
    (lambda desk: desk.third, "adjudicated it"),
]


def promote(person: Person) -> None:
    """Make somebody an editor beside what they are."""
    person.grants.append(RoleGrant(role=Role.EDITOR, granted_at=now()))
    db.session.flush()


@pytest.mark.both_databases
@pytest.mark.parametrize(("who", "why"), PARTS)
def test_an_editor_with_an_earlier_role_cannot_approve(
    app: Flask, who: Callable[[Desk], Person], why: str
) -> None:
    with app.app_context():
        desk = adjudicated(db.session)
        promote(who(desk))
        actions.write_wording(db.session, desk.editor, desk.ticket, summary="Enough.")
        with pytest.raises(Refused, match=why):
            actions.approve(db.session, who(desk), desk.ticket, seen_sha256=seen(db.session, desk.ticket))


@pytest.mark.both_databases
@pytest.mark.parametrize(("who", "why"), PARTS)
def test_the_database_refuses_such_an_approval_too(
    app: Flask, who: Callable[[Desk], Person], why: str
) -> None:
    with app.app_context():
        desk = adjudicated(db.session)
        db.session.add(
            Approval(
                ticket_id=desk.ticket.id, approver_id=who(desk).id, content_sha256="0" * 64, rules=[], approved_at=now()
            )
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="may not approve"):
            db.session.flush()


def test_an_editor_who_added_evidence_cannot_approve(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        add_evidence(
            db.session, desk.editor, desk.ticket, Entry(EvidenceKind.NOTE, Stance.CONTEXT, "A call", "Heard.")
        )
        with pytest.raises(Refused, match="You added evidence"):
            approve(db.session, desk)


def test_an_editor_with_a_declared_interest_cannot_approve(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        declare_interest(db.session, desk.editor, desk.ticket, reason="I own a house there.")
        with pytest.raises(Refused, match="declared an interest"):
            approve(db.session, desk)


def test_a_checker_and_an_administrator_cannot_approve(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        approve(db.session, desk)
        for person in (desk.third, desk.opener):
            with pytest.raises(Forbidden):
                actions.approve(db.session, person, desk.ticket, seen_sha256="0" * 64)


def test_the_page_tells_such_an_editor_why_and_offers_no_button(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        promote(desk.opener)
        db.session.commit()
        page = page_of(app, desk, desk.opener)
        assert "Another editor approves this" in page.text
        assert "opened this ticket" in page.text
        assert not page.select("//button[normalize-space()='Approve']")


def test_a_reviewer_who_is_an_editor_cannot_correct_the_verdict(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        promote(desk.first)
        with pytest.raises(Refused, match="another editor must correct"):
            actions.correct(db.session, desk.first, desk.ticket, claim="x", summary="y", reason="z")


@pytest.mark.both_databases
def test_the_database_refuses_such_a_correction_too(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        first = publish(db.session, desk)
        db.session.add(
            VerdictVersion(
                verdict_id=first.verdict_id, number=2, kind=VersionKind.CORRECTION, reason="Mine.",
                content=first.content, content_sha256=first.content_sha256, published_by_id=desk.first.id,
                published_at=now(),
            )
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="may not correct"):
            db.session.flush()


@pytest.mark.both_databases
def test_the_database_refuses_to_publish_what_was_not_approved(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        first = publish(db.session, desk)
        db.session.add(
            VerdictVersion(
                verdict_id=first.verdict_id, number=2, kind=VersionKind.PUBLISHED, reason="Again.",
                content=first.content, content_sha256="0" * 64, approval_id=first.approval_id,
                published_by_id=desk.editor.id, published_at=now(),
            )
        )  # fmt: skip
        with pytest.raises(DatabaseError, match="Only what was approved is published"):
            db.session.flush()
