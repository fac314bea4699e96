"""Reading evidence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Executable, Row, Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from verify.accounts.models import Person
from verify.errors import Missing
from verify.evidence.models import Evidence, Facet, RestsOn, Stance
from verify.permissions import Permission, demand
from verify.sources.models import Source
from verify.tickets import records
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
            joinedload(Evidence.source),
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


def of_source(session: Session, reader: Person, source: Source, most: int) -> Sequence[Row[Evidence, Ticket]]:
    """The latest evidence that is a source's record or shows its word, each with its ticket."""
    demand(reader, Permission.READ_DESK)
    asked = (
        select(Evidence, Ticket)
        .join(Ticket, Ticket.id == Evidence.ticket_id)
        .where(Evidence.source_id == source.id)
        .order_by(Evidence.id.desc())
        .limit(most)
    )
    return session.execute(asked).all()


SPEAKING = (Stance.SUPPORTS, Stance.REFUTES)
WHOLE = (Facet.WHOLE, Facet.EVENT)
"""What a record must speak to: one of the place or the time alone neither makes the claim nor denies it."""

_COUNTED = (
    Evidence.withdrawn_at.is_(None),
    Evidence.rests_on == RestsOn.OWN_RECORD,
    Evidence.stance.in_(SPEAKING),
    Evidence.facet.in_(WHOLE),
)


@cache
def _records_query() -> Executable:
    return (
        select(
            Evidence.id,
            Evidence.ticket_id,
            Evidence.number,
            Evidence.title,
            Evidence.source_id,
            Evidence.stance,
            Evidence.sha256,
            Evidence.url,
        )
        .where(Evidence.ticket_id.in_(bindparam("tickets", expanding=True)), *_COUNTED)
        .order_by(Evidence.id)
    )


def counted(session: Session, ticket_ids: Sequence[int]) -> list[records.Record]:
    """The records of some tickets that may be origins of the claim, in one query."""
    rows = session.execute(_records_query(), {"tickets": list(ticket_ids)})
    return [
        records.Record(number, ticket_id, place, title, source_id, stance is Stance.REFUTES, sha256 or url)
        for number, ticket_id, place, title, source_id, stance, sha256, url in rows
    ]


def tickets_leaning_on(session: Session, source_ids: Sequence[int]) -> list[int]:
    """The tickets on which a record of one of these sources may be an origin."""
    asked = select(Evidence.ticket_id).where(Evidence.source_id.in_(source_ids), *_COUNTED).distinct()
    return list(session.scalars(asked))


records.register(counted, tickets_leaning_on)
