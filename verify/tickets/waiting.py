"""What of the tickets themselves waits for a person: returned ones, and mentions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from verify.accounts.models import Person
from verify.tickets import sections
from verify.tickets.models import Comment, Mention, Ticket
from verify.tickets.workflow import Status


def mentioned(person: Person) -> Select[Any]:
    """Tickets with a mention that the person has not seen yet."""
    return (
        select(Comment.ticket_id)
        .join(Mention, Mention.comment_id == Comment.id)
        .where(Mention.person_id == person.id, Mention.seen_at.is_(None))
        .group_by(Comment.ticket_id)
        .order_by(func.max(Comment.id).desc())
    )


def returned(person: Person) -> Select[Any]:
    """Tickets that the person opened, and that are open again after a round of reviews: they need reviewers."""
    return (
        select(Ticket.id)
        .where(Ticket.opened_by_id == person.id, Ticket.status == Status.OPEN, Ticket.round > 1)
        .order_by(Ticket.updated_at.desc())
    )


def install() -> None:
    """Put both groups into the queue."""
    sections.register_queue("returned", "Returned to you", 40, returned)
    sections.register_queue("mentions", "You are mentioned", 50, mentioned)
