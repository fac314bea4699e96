"""Claims that are checked together by the same people: no review of either opens before these have sent in both.

What a reviewer finds about one claim tells what they find about its opposite. So where a reviewer of a ticket still
owes a review of a ticket that it is checked together with, both reviews of the first stay sealed, and open when that
one is in, or is no longer awaited. Nobody can tell from outside: a sealed review looks like one that is not written.
"""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from verify.grading.models import Review
from verify.matching.contradiction_models import CombinedCheck, Contradiction
from verify.tickets.models import Assignment, Ticket
from verify.tickets.reviewers import REVIEWERS
from verify.tickets.workflow import Status


def checked_with(session: Session, ticket: Ticket) -> list[Ticket]:
    """The tickets in review that this one is checked together with."""
    mine = or_(Contradiction.one_id == ticket.id, Contradiction.other_id == ticket.id)
    return list(
        session.scalars(
            select(Ticket)
            .join(Contradiction, or_(Contradiction.one_id == Ticket.id, Contradiction.other_id == Ticket.id))
            .join(CombinedCheck, CombinedCheck.contradiction_id == Contradiction.id)
            .where(
                mine, CombinedCheck.undone_at.is_(None), Ticket.id != ticket.id, Ticket.status == Status.IN_REVIEW
            )
            .order_by(Ticket.id)
        )
    )  # fmt: skip


def ready(session: Session, ticket: Ticket) -> tuple[Review, Review] | None:
    """The two reviews of this round when they may open: both are in, and no claim that is checked along holds them."""
    pair = _both_in(session, ticket)
    if pair is None or _held(session, ticket):
        return None
    return pair


def _both_in(session: Session, ticket: Ticket) -> tuple[Review, Review] | None:
    """The two reviews of this round whose reviewers are still assigned, in an order that tells nothing."""
    found = session.scalars(
        select(Review)
        .join(
            Assignment,
            (Assignment.ticket_id == Review.ticket_id)
            & (Assignment.round == Review.round)
            & (Assignment.reviewer_id == Review.reviewer_id),
        )
        .where(Review.ticket_id == ticket.id, Review.round == ticket.round, Assignment.freed_at.is_(None))
        .order_by(Review.commitment)
    ).all()
    return (found[0], found[1]) if len(found) == REVIEWERS else None


def _held(session: Session, ticket: Ticket) -> bool:
    """Whether one of the ticket's reviewers still owes a review of a ticket that it is checked together with."""
    others = checked_with(session, ticket)
    reviewers = _reviewers(session, ticket) if others else set()
    return any(reviewers & _owing(session, other) for other in others)


def _reviewers(session: Session, ticket: Ticket) -> set[int]:
    return set(
        session.scalars(
            select(Assignment.reviewer_id).where(
                Assignment.ticket_id == ticket.id,
                Assignment.round == ticket.round,
                Assignment.freed_at.is_(None),
            )
        )
    )


def _owing(session: Session, ticket: Ticket) -> set[int]:
    """The reviewers of a ticket whose review of this round is not in."""
    sent = select(Review.reviewer_id).where(Review.ticket_id == ticket.id, Review.round == ticket.round)
    return _reviewers(session, ticket) - set(session.scalars(sent))
