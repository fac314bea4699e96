"""Who reviews a ticket: assigning two, freeing one, declared interests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Refused
from verify.permissions import Permission, demand
from verify.tickets import moves, reviewers
from verify.tickets.models import Assignment, Interest, Ticket
from verify.tickets.workflow import CLOSED, Move, Status

LONGEST_REASON = 500


def assign(session: Session, actor: Person, ticket: Ticket, people: Sequence[Person]) -> list[Assignment]:
    """Assign reviewers to an open ticket, so that it has exactly two, and start the review."""
    demand(actor, Permission.ASSIGN)
    if ticket.status is not Status.OPEN:
        raise Refused(
            f"{ticket.reference} is {moves.STATUS_WORDS[ticket.status]}; reviewers are assigned while it is open."
        )
    present = reviewers.in_force(session, ticket)
    missing = reviewers.REVIEWERS - len(present)
    if len({person.id for person in people}) != missing or len(people) != missing:
        wanted = "two different people" if missing == reviewers.REVIEWERS else "one person"
        raise Refused(f"Choose {wanted}: a claim is always reviewed by two.", field="second")
    reviewers.refuse_barred(session, ticket, people, field="first")
    made = _assign(session, actor, ticket, people)
    names = ", ".join(person.name for person in people)
    moves.change(session, actor, ticket, "reviewers assigned", new=names, content=False)
    moves.move(session, actor, ticket, Move.START_REVIEW)
    audit.record(session, actor, "ticket.assigned", ticket, {"reviewers": [person.id for person in people]})
    return made


def assign_or_draw(
    session: Session, actor: Person, ticket: Ticket, chosen: Sequence[Person] = ()
) -> list[Assignment]:
    """Assign those chosen by hand; as many as are missing are drawn from those eligible with the lightest load."""
    demand(actor, Permission.ASSIGN)
    missing = reviewers.REVIEWERS - len(reviewers.in_force(session, ticket)) - len(chosen)
    drawn = reviewers.draw(session, ticket, missing, besides=chosen) if missing > 0 else []
    return assign(session, actor, ticket, [*chosen, *drawn])


def _assign(session: Session, actor: Person, ticket: Ticket, people: Sequence[Person]) -> list[Assignment]:
    made = [
        Assignment(
            ticket_id=ticket.id, round=ticket.round, reviewer_id=person.id, assigned_by_id=actor.id,
            assigned_at=now(),
        )
        for person in people
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    return made


def free_reviewer(session: Session, actor: Person, ticket: Ticket, reviewer: Person, *, reason: str) -> None:
    """Take a reviewer off a ticket under review, which opens it for another.

    Nobody learns whether a sealed review was in: freeing works the same either way, and the review stays sealed.
    """
    demand(actor, Permission.ASSIGN)
    if not reason.strip():
        raise Refused("Please give a reason; it stays in the history of the ticket.", field="reason")
    _free(session, actor, ticket, reviewer, reason)
    audit.record(
        session, actor, "ticket.reviewer_freed", ticket, {"reviewer": reviewer.id, "reason": reason.strip()}
    )


def _free(session: Session, actor: Person, ticket: Ticket, reviewer: Person, reason: str) -> None:
    if ticket.status not in (Status.OPEN, Status.IN_REVIEW):
        raise Refused(
            f"{ticket.reference} is {moves.STATUS_WORDS[ticket.status]}; its reviews are in, so nobody is freed."
        )
    present = {assignment.reviewer_id: assignment for assignment in reviewers.in_force(session, ticket)}
    if reviewer.id not in present:
        raise Refused(f"{reviewer.name} does not review {ticket.reference} in this round.")
    present[reviewer.id].freed_at = now()
    moves.change(
        session, actor, ticket, "reviewer freed", old=reviewer.name, reason=reason[:1000], content=False
    )
    if ticket.status is Status.IN_REVIEW:
        moves.move(session, actor, ticket, Move.STOP_REVIEW)


def renew_assignments(session: Session, actor: Person, ticket: Ticket) -> list[Assignment]:
    """Assign the reviewers of the last round again, after a ticket was sent back into review.

    Where one of them may not review any more, the ticket opens, and waits for somebody else to be assigned.
    """
    before = session.scalars(
        select(Person)
        .join(Assignment, Assignment.reviewer_id == Person.id)
        .where(
            Assignment.ticket_id == ticket.id, Assignment.round == ticket.round - 1, Assignment.freed_at.is_(None)
        )
        .order_by(Assignment.id)
    )  # fmt: skip
    still = {one.person.id for one in reviewers.candidates(session, ticket) if not one.bar}
    people = [person for person in before if person.id in still]
    made = _assign(session, actor, ticket, people)
    names = ", ".join(person.name for person in people)
    moves.change(session, actor, ticket, "reviewers assigned", new=names or "nobody", content=False)
    if len(people) < reviewers.REVIEWERS:
        moves.move(session, actor, ticket, Move.STOP_REVIEW)
    return made


def declare_interest(session: Session, actor: Person, ticket: Ticket, *, reason: str) -> Interest:
    """Say that one must not judge this ticket, and why; a reviewer who says so is freed."""
    demand(actor, Permission.REVIEW)
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("Say what your interest is; one line is enough.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Keep it under {LONGEST_REASON} characters.", field="reason")
    if ticket.status in CLOSED:
        raise Refused(f"{ticket.reference} is {moves.STATUS_WORDS[ticket.status]}; nobody judges it now.")
    if session.get(Interest, (ticket.id, actor.id)) is not None:
        raise Refused("You have declared your interest in this ticket already.", field="reason")
    interest = Interest(ticket_id=ticket.id, person_id=actor.id, reason=reason, declared_at=now())
    session.add(interest)
    session.flush()
    reviewing = {assignment.reviewer_id for assignment in reviewers.in_force(session, ticket)}
    if actor.id in reviewing and ticket.status in (Status.OPEN, Status.IN_REVIEW):
        _free(session, actor, ticket, actor, f"declared an interest: {reason}")
    else:
        moves.change(session, actor, ticket, "interest declared", new=reason, content=False)
    audit.record(session, actor, "ticket.interest_declared", ticket, {"reason": reason})
    return interest


def set_deadline(session: Session, actor: Person, ticket: Ticket, deadline_on: date | None) -> None:
    """Say by which day the verdict is wanted, or that none is."""
    demand(actor, Permission.ASSIGN)
    if ticket.status in CLOSED:
        raise Refused(f"{ticket.reference} is {moves.STATUS_WORDS[ticket.status]}; it needs no deadline.")
    if deadline_on == ticket.deadline_on:
        return
    before = ticket.deadline_on.isoformat() if ticket.deadline_on else ""
    after = deadline_on.isoformat() if deadline_on else ""
    moves.change(
        session, actor, ticket, "deadline set", old=before, new=after, content=False, deadline_on=deadline_on
    )
    audit.record(session, actor, "ticket.deadline_set", ticket, {"before": before, "after": after})
