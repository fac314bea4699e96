"""Reading evidence."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from verify.accounts.models import Person
from verify.errors import Missing
from verify.evidence.models import Evidence
from verify.permissions import Permission, demand
from verify.tickets.models import Ticket


def standing(session: Session, ticket: Ticket) -> list[Evidence]:
    """The evidence on a ticket that was not withdrawn, in the order of its numbers."""
    asked = (
        select(Evidence)
        .where(Evidence.ticket_id == ticket.id, Evidence.withdrawn_at.is_(None))
        .order_by(Evidence.number)
    )
    return list(session.scalars(asked))


def evidence_of(session: Session, reader: Person, ticket: Ticket) -> list[Evidence]:
    """All evidence on a ticket with the people who added or withdrew it, in one query."""
    demand(reader, Permission.READ_DESK)
    return list(session.scalars(_evidence_query(), {"ticket": ticket.id}))


@cache  # built once: building it costs more than running it
def _evidence_query() -> Select[Evidence]:
    return (
        select(Evidence)
        .where(Evidence.ticket_id == bindparam("ticket"))
        .options(
            joinedload(Evidence.added_by).lazyload(Person.grants),
            joinedload(Evidence.withdrawn_by).lazyload(Person.grants),
            joinedload(Evidence.blob),
        )
        .order_by(Evidence.number)
    )


def evidence_by_number(session: Session, reader: Person, ticket: Ticket, number: int) -> Evidence:
    """One piece of a ticket's evidence; Missing when it has none of this number."""
    demand(reader, Permission.READ_DESK)
    found = session.scalar(select(Evidence).where(Evidence.ticket_id == ticket.id, Evidence.number == number))
    if found is None:
        raise Missing
    return found


def stored_file(session: Session, reader: Person, ticket: Ticket, number: int) -> tuple[str, str]:
    """The SHA-256 and name of a file put in evidence; withdrawn ones stay readable, for the record."""
    found = evidence_by_number(session, reader, ticket, number)
    if found.sha256 is None:
        raise Missing
    return found.sha256, found.file_name
