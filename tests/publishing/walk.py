"""A ticket taken as far as a test of publishing needs it, each step by the people who may take it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import ARTICLE, CLAIM, assert_in, make_investigation, make_person, sign_in, take_in
from tests.pages import Page, Visitor
from verify.accounts.models import Person
from verify.evidence.actions import Entry, add_evidence
from verify.evidence.models import EvidenceKind, Stance
from verify.grading.actions import adjudicate, submit_review
from verify.grading.judgement import Judged
from verify.grading.models import Confidence
from verify.grading.rubric import Grades
from verify.permissions import Role
from verify.publishing import actions
from verify.publishing.assembly import content_of
from verify.publishing.content import content_hash
from verify.publishing.models import Approval, VerdictVersion
from verify.tickets import actions as tickets
from verify.tickets.models import Ticket
from verify.tickets.workflow import Rating

SUMMARY = "Only the water board says so.\n\nNobody else was there before dawn."


@dataclass
class Desk:
    """People of a small desk and the ticket they work on."""

    opener: Person
    first: Person
    second: Person
    third: Person
    editor: Person
    other_editor: Person
    ticket: Ticket
    evidence: list[int] = field(default_factory=list)


def judged(rating: Rating = Rating.UNVERIFIED, grades: tuple[int, int, int] = (2, 3, 1)) -> Judged:
    """A reviewer's judgement; a rating the rule does not propose comes with its reason."""
    return Judged(
        Grades(*grades), rating, Confidence.MODERATE, "One voice, and it is the board's own.",
        override_reason="For the test." if rating is not Rating.UNVERIFIED else "",
    )  # fmt: skip


def people(session: Session, ticket: Ticket, opener: Person) -> Desk:
    """The rest of the desk around a ticket and its opener."""
    names = ("Farid Amiri", "Sanam Wali", "Yusuf Tarzi")
    first, second, third = (make_person(session, name) for name in names)
    editor, other = (make_person(session, name, Role.EDITOR) for name in ("Mina Karimi", "Omar Nuri"))
    return Desk(opener, first, second, third, editor, other, ticket)


def in_review(session: Session, **changes: Any) -> Desk:
    """A ticket with one appearance, one piece of evidence and two reviewers."""
    opener = make_person(session, "Nadia Rahimi")
    article = take_in(session, opener, text=changes.get("text", ARTICLE))
    assertion = assert_in(session, article, changes.get("passage", CLAIM))
    ticket = tickets.open_ticket(
        session,
        opener,
        assertion=assertion,
        claim=changes.get("claim", CLAIM),
        investigation=make_investigation(session),
    )
    piece = add_evidence(
        session,
        opener,
        ticket,
        Entry(EvidenceKind.NOTE, Stance.CONTEXT, "The dam’s log", "No entry before six."),
    )
    desk = people(session, ticket, opener)
    desk.evidence.append(piece.id)
    tickets.assign(session, opener, ticket, [desk.first, desk.second])
    return desk


def graded(session: Session, judgement: Judged | None = None, **changes: Any) -> Desk:
    """The same, after two reviews that agree."""
    desk = in_review(session, **changes)
    for reviewer in (desk.first, desk.second):
        submit_review(session, reviewer, desk.ticket, judgement or judged(), considered=desk.evidence)
    return desk


def adjudicated(session: Session) -> Desk:
    """The same, after two reviews that conflict and a third person's decision."""
    desk = in_review(session)
    submit_review(session, desk.first, desk.ticket, judged(), considered=desk.evidence)
    submit_review(
        session, desk.second, desk.ticket, judged(Rating.MISLEADING, (2, 3, 0)), considered=desk.evidence
    )
    adjudicate(session, desk.third, desk.ticket, judged())
    return desk


def seen(session: Session, ticket: Ticket) -> str:
    """The hash that the approval page carries now."""
    return content_hash(content_of(session, ticket))


def approve(session: Session, desk: Desk, **changes: Any) -> Approval:
    """Wording and approval by the editor."""
    actions.write_wording(session, desk.editor, desk.ticket, summary=SUMMARY)
    return actions.approve(
        session, desk.editor, desk.ticket, seen_sha256=seen(session, desk.ticket), **changes
    )


def publish(session: Session, desk: Desk, reason: str = "") -> VerdictVersion:
    """Wording, approval and publication by the editor."""
    approve(session, desk)
    return actions.publish(session, desk.editor, desk.ticket, reason=reason)


def page_of(app: Flask, desk: Desk, person: Person) -> Page:
    """The approval page as this person sees it."""
    return sign_in(Visitor(app), person).get(f"/tickets/{desk.ticket.reference}/approval")
