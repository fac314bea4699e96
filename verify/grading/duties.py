"""Who has to judge what, and who may not and why: for the forms, the panel, the queue and the actions alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sqlalchemy import Integer, Select, bindparam, exists, false, select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.errors import Conflict, DeskError, Forbidden
from verify.grading.models import Review
from verify.permissions import Permission, may
from verify.tickets.ancestry import with_merged
from verify.tickets.models import Assignment, Interest, Ticket
from verify.tickets.workflow import Status


class Duty(StrEnum):
    """What grading asks of a person on a ticket now."""

    REVIEW = "review"
    WAIT = "wait"  # their own review is sealed
    ADJUDICATE = "adjudicate"


@dataclass(frozen=True)
class Standing:
    """What a person is to a ticket, as far as judging it goes."""

    opened: bool
    assigned: bool  # to the present round, and not freed
    submitted: bool  # in the present round
    reviewed: bool  # in any round
    interested: bool


def standing(session: Session, person: Person, ticket: Ticket) -> Standing:
    """The person's part in the ticket; one query."""
    row = session.execute(
        _standing(), {"ticket": ticket.id, "round": ticket.round, "person": person.id}
    ).one()
    return Standing(*(bool(part) for part in row))


@cache
def _standing() -> Select[bool, bool, bool, bool, bool]:
    """Built once: putting a query together takes longer than asking it."""
    ticket, number, person = (bindparam(name, type_=Integer()) for name in ("ticket", "round", "person"))
    reviews = exists().where(Review.ticket_id == ticket, Review.reviewer_id == person)
    kin = with_merged(ticket)
    return select(
        exists().where(Ticket.id.in_(kin), Ticket.opened_by_id == person),
        exists().where(
            Assignment.ticket_id == ticket,
            Assignment.round == number,
            Assignment.reviewer_id == person,
            Assignment.freed_at.is_(None),
        ),
        reviews.where(Review.round == number),
        reviews,
        exists().where(Interest.ticket_id.in_(kin), Interest.person_id == person),
    )


def bar_to_reviewing(ticket: Ticket, part: Standing) -> DeskError | None:
    """Why who has this part in the ticket cannot review it now; None when they may."""
    if not part.assigned:
        return Forbidden(
            f"You are not a reviewer of {ticket.reference} in this round. Who assigns reviewers can add you."
        )
    if ticket.status is not Status.IN_REVIEW:
        return Conflict(
            f"The review of {ticket.reference} is over: the ticket was settled or taken out of review. "
            "Open it to see what it waits for."
        )
    return _bar_to_judging(ticket, part)


def bar_to_adjudicating(ticket: Ticket, part: Standing) -> DeskError | None:
    """Why who has this part in the ticket cannot adjudicate it now; None when they may."""
    if part.reviewed or part.assigned:
        return Forbidden(
            f"You are a reviewer of {ticket.reference}; a third person decides where the reviews conflict."
        )
    if ticket.status is not Status.DISPUTED:
        return Conflict(
            f"{ticket.reference} is not in dispute: its reviews agree, or somebody else has decided between them. "
            "Open it to see what it waits for."
        )
    return _bar_to_judging(ticket, part)


def _bar_to_judging(ticket: Ticket, part: Standing) -> DeskError | None:
    if part.opened:
        return Forbidden(f"You opened {ticket.reference} or a ticket merged into it, so others judge it.")
    if part.interested:
        return Forbidden(f"You declared an interest in {ticket.reference}, so others judge it.")
    return None


def duty(session: Session, reader: Person, ticket: Ticket) -> Duty | None:
    """What the reader has to do for the grades of this ticket now."""
    if ticket.status is Status.IN_REVIEW and may(reader, Permission.REVIEW):
        part = standing(session, reader, ticket)
        if bar_to_reviewing(ticket, part) is not None:
            return None
        return Duty.WAIT if part.submitted else Duty.REVIEW
    if ticket.status is Status.DISPUTED and may(reader, Permission.ADJUDICATE):
        return None if bar_to_adjudicating(ticket, standing(session, reader, ticket)) else Duty.ADJUDICATE
    return None


def waiting_reviews(person: Person) -> Select[int]:
    """The tickets that wait for this person's review, in the order of an index: the newest first.

    A long record of reviews done is not read through where a page of due ones comes first.
    """
    submitted = exists().where(
        Review.ticket_id == Ticket.id, Review.round == Ticket.round, Review.reviewer_id == person.id
    )
    query = (
        select(Ticket.id)
        .join(Assignment, (Assignment.ticket_id == Ticket.id) & (Assignment.round == Ticket.round))
        .where(
            Assignment.reviewer_id == person.id,
            Assignment.freed_at.is_(None),
            Ticket.status == Status.IN_REVIEW,
            ~submitted,
        )
        .order_by(Assignment.ticket_id.desc())
    )
    return query if may(person, Permission.REVIEW) else query.where(false())


def waiting_adjudications(person: Person) -> Select[int]:
    """The disputed tickets that this person may decide, in the order of an index: the longest waiting first."""
    reviewed = exists().where(Review.ticket_id == Ticket.id, Review.reviewer_id == person.id)
    interested = exists().where(Interest.ticket_id == Ticket.id, Interest.person_id == person.id)
    query = (
        select(Ticket.id)
        .where(Ticket.status == Status.DISPUTED, Ticket.opened_by_id != person.id, ~reviewed, ~interested)
        .order_by(Ticket.updated_at, Ticket.id)
    )
    return query if may(person, Permission.ADJUDICATE) else query.where(false())
