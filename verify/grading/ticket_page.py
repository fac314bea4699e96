"""What grading hangs on the ticket page and the queue: the section of grades, the panels, and what waits."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.grading import conflict, duties, lookups, pages
from verify.grading.duties import Duty
from verify.grading.models import Adjudication
from verify.grading.rubric import RUBRIC
from verify.tickets import reviewers, sections
from verify.tickets.ancestry import with_merged
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status

SECTION, REVIEW_PANEL, ADJUDICATION_PANEL = 40, 10, 20


def register() -> None:
    """Hang everything; called once, when the views are imported."""
    sections.register("grades", SECTION, section)
    sections.register_panel(REVIEW_PANEL, review_panel)
    sections.register_panel(ADJUDICATION_PANEL, adjudication_panel)
    sections.register_queue("reviews", "Reviews due", 10, duties.waiting_reviews)
    sections.register_queue("adjudications", "Adjudications", 20, duties.waiting_adjudications)
    reviewers.register_bar(adjudicators)


def section(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any]:
    """The grades as this reader may see them: open rounds, their own sealed review, or how it works."""
    rounds = lookups.opened_rounds(session, ticket)
    now = next((one for one in rounds if one.number == ticket.round), None)
    sealed = lookups.own_review(session, reader, ticket) if now is None else None
    shown = [review for one in rounds for review in one.reviews] + ([sealed] if sealed else [])
    return {
        "template": "grading/section.html",
        "now": now,
        "earlier": [one for one in rounds if one is not now],
        "sealed": sealed,
        "settled": lookups.settlement(now),
        "considered": lookups.considered_numbers(session, shown),
        "titles": {one.number: _titles(one, reader) for one in rounds},
        "overruled": _overruled(now, reader),
        "words": pages.WORDS,
        "rubric": RUBRIC,
    }


def review_panel(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any] | None:
    """To a reviewer of this round: write the review, or wait."""
    if ticket.status is not Status.IN_REVIEW:
        return None
    duty = duties.duty(session, reader, ticket)
    if duty is None:
        return None
    draft = lookups.draft(session, reader, ticket, lookups.REVIEW) if duty is Duty.REVIEW else None
    return {
        "template": "grading/panel.html",
        "duty": duty.value,
        "url": url_for("grading.review", reference=ticket.reference),
        "saved_at": draft.saved_at if draft else None,
    }


def adjudication_panel(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any] | None:
    """To whoever may decide a dispute: decide it."""
    if ticket.status is not Status.DISPUTED:
        return None
    duty = duties.duty(session, reader, ticket)
    if duty is None and lookups.own_review(session, reader, ticket) is None:
        return None
    draft = lookups.draft(session, reader, ticket, lookups.ADJUDICATION) if duty else None
    return {
        "template": "grading/panel.html",
        "duty": duty.value if duty else "disputed",
        "url": url_for("grading.adjudicate", reference=ticket.reference),
        "saved_at": draft.saved_at if draft else None,
    }


def adjudicators(session: Session, ticket: Ticket) -> dict[int, str]:
    """Who decided an earlier dispute of this ticket may not review it."""
    here = Adjudication.ticket_id.in_(with_merged(ticket.id))
    found = session.scalars(select(Adjudication.adjudicator_id).where(here))
    return dict.fromkeys(found, "adjudicated this ticket")


def said_after_review(ticket: Ticket) -> str:
    """What the reviewer is told once their review is in."""
    if ticket.status is Status.DISPUTED:
        return "Both reviews are in and open. They conflict, so a third person decides."
    if ticket.status is Status.GRADED:
        return "Both reviews are in and open. They agree; the ticket is graded."
    return "Your review is sealed. It opens when the other one is in."


def _titles(one: lookups.OpenedRound, reader: Person) -> dict[int, str]:
    """What to call each review: by its author once settled; before, nobody's name stands beside a grade."""
    titles = {}
    for review, neutral in zip(one.reviews, ("First review", "Second review"), strict=True):
        mine = review.reviewer_id == reader.id
        titles[review.id] = "Your review" if mine else review.reviewer.name if one.is_settled else neutral
    return titles


def _overruled(one: lookups.OpenedRound | None, reader: Person) -> tuple[conflict.Difference, ...]:
    """Where the adjudication differs from the reader's own review; nothing for who wrote none."""
    own = one.by(reader) if one is not None else None
    if one is None or own is None or one.adjudication is None:
        return ()
    return conflict.differences(own, one.adjudication)
