"""Reading one ticket and what belongs to it, each part in a bounded number of queries. The queue is in listing.py."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload, selectinload

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion, Assertion, Hop
from verify.errors import Missing
from verify.permissions import Permission, may
from verify.tickets.models import (
    Appearance,
    Assignment,
    Comment,
    Interest,
    Investigation,
    Mention,
    Ticket,
    TicketEvent,
)
from verify.tickets.workflow import Status


def _named(person: Any) -> Any:
    """Load whom a row names with it; their roles are not looked at on a page."""
    return joinedload(person).lazyload(Person.grants)


_PASSAGE = func.substr(ArticleVersion.text, Assertion.start + 1, Assertion.end - Assertion.start)
LATEST = 200  # lines of a discussion or a history shown on the page, newest kept


@dataclass(frozen=True, slots=True)
class FiledUnder:
    """The ticket under which an assertion is filed, for the reading room."""

    reference: str
    claim: str
    status: Status


def may_read(reader: Person | None) -> None:
    """What a reader may not see is absent; nobody is the machine itself, such as an export it runs."""
    if reader is not None and not may(reader, Permission.READ_DESK):
        raise Missing


def ticket_by_reference(session: Session, reader: Person | None, reference: str) -> Ticket:
    """The ticket of a reference such as PAN-0012, typed in either case."""
    may_read(reader)
    found = session.scalars(
        select(Ticket).where(Ticket.reference == reference.strip().upper()).options(_named(Ticket.opened_by))
    ).one_or_none()
    if found is None:
        raise Missing("There is no ticket with this reference.")
    return found


@dataclass(frozen=True, slots=True)
class Facts:
    """What belongs to a ticket for a reader, asked together with it: only what is there need be fetched."""

    unseen: int
    interests: bool
    took_in: bool
    comments: bool


def ticket_with_facts(session: Session, reader: Person, reference: str) -> tuple[Ticket, Facts]:
    """The ticket of a reference, with what else of it there is to show to this reader."""
    may_read(reader)
    asked = {"reference": reference.strip().upper(), "reader": reader.id}
    found = session.execute(_with_facts(), asked).one_or_none()
    if found is None:
        raise Missing("There is no ticket with this reference.")
    ticket, mentions, *there = found
    return ticket, Facts(mentions, *map(bool, there))


@cache
def _with_facts() -> Select[Any]:
    """The query of the above, put together once."""
    other = aliased(Ticket, flat=True)
    unseen = (
        select(func.count())
        .select_from(Mention)
        .join(Comment, Comment.id == Mention.comment_id)
        .where(
            Mention.person_id == bindparam("reader"),
            Mention.seen_at.is_(None),
            Comment.ticket_id == Ticket.id,
        )
    )
    there = (
        exists().where(Interest.ticket_id == Ticket.id),
        exists().where(other.merged_into_id == Ticket.id),
        exists().where(Comment.ticket_id == Ticket.id),
    )
    asked = select(Ticket, unseen.scalar_subquery(), *there)
    return asked.where(Ticket.reference == bindparam("reference")).options(_named(Ticket.opened_by))


def appearances(session: Session, ticket: Ticket) -> Sequence[Appearance]:
    """The appearances of a ticket in the order of filing, with assertion, chain, version, article and outlet."""
    return session.scalars(_appearances(Appearance), {"ticket": ticket.id}).all()


@cache
def _appearances(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(Appearance.assertion)
        .join(Assertion.version)
        .where(Appearance.ticket_id == bindparam("ticket"))
        .order_by(Appearance.id)
        .options(
            _named(Appearance.filed_by),
            contains_eager(Appearance.assertion).options(
                selectinload(Assertion.hops).joinedload(Hop.source),
                contains_eager(Assertion.version)
                .joinedload(ArticleVersion.article)
                .joinedload(Article.outlet),
            ),
        )
    )


def appearances_with_passages(
    session: Session, ticket: Ticket
) -> tuple[Sequence[Appearance], dict[int, str]]:
    """The appearances as above, and the passage of each by the id of its assertion."""
    found = session.execute(_appearances(Appearance, _PASSAGE), {"ticket": ticket.id}).all()
    return [line[0] for line in found], {line[0].assertion_id: line[1] for line in found}


def passages(session: Session, ticket: Ticket) -> dict[int, str]:
    """The passage of each of a ticket's assertions, cut from the frozen text in the database."""
    found = session.execute(
        select(Assertion.id, _PASSAGE)
        .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
        .join(Appearance, Appearance.assertion_id == Assertion.id)
        .where(Appearance.ticket_id == ticket.id)
    )
    return {number: passage for number, passage in found}  # noqa: C416  # rows are no pairs to mypy


def appearance_of(session: Session, reader: Person, ticket: Ticket, appearance_id: int) -> Appearance:
    """An appearance of this very ticket; any other is absent from here."""
    may_read(reader)
    found = session.get(Appearance, appearance_id)
    if found is None or found.ticket_id != ticket.id:
        raise Missing("This appearance is not filed under the ticket any more.")
    return found


def assignments(session: Session, ticket: Ticket) -> Sequence[Assignment]:
    """The reviewers of the present round who were not freed, with their names."""
    return session.scalars(_assignments(), {"ticket": ticket.id, "round": ticket.round}).all()


@cache
def _assignments() -> Select[Any]:
    return (
        select(Assignment)
        .where(
            Assignment.ticket_id == bindparam("ticket"),
            Assignment.round == bindparam("round"),
            Assignment.freed_at.is_(None),
        )
        .order_by(Assignment.id)
        .options(_named(Assignment.reviewer))
    )


def interests(session: Session, ticket: Ticket) -> Sequence[Interest]:
    """Who declared an interest in this ticket, and which."""
    return session.scalars(
        select(Interest)
        .where(Interest.ticket_id == ticket.id)
        .order_by(Interest.declared_at)
        .options(_named(Interest.person))
    ).all()


def comments(
    session: Session, reader: Person, ticket: Ticket, pair: Sequence[Assignment]
) -> Sequence[Comment]:
    """The discussion, oldest first, as this reader may see it.

    While a ticket is in review, what one of its two reviewers has written since being assigned is kept from the
    other. The rule knows nothing of who has submitted, so that it tells nothing either.
    """
    found = session.scalars(
        select(Comment)
        .where(Comment.ticket_id == ticket.id, *_not_held_back(reader, ticket, pair))
        .order_by(Comment.id.desc())
        .limit(LATEST)
        .options(
            _named(Comment.author),
            selectinload(Comment.mentions).joinedload(Mention.person).lazyload(Person.grants),
        )
    ).all()
    return list(reversed(found))


def _not_held_back(reader: Person, ticket: Ticket, pair: Sequence[Assignment]) -> list[ColumnElement[bool]]:
    if ticket.status is not Status.IN_REVIEW or reader.id not in {one.reviewer_id for one in pair}:
        return []
    return [
        ~((Comment.author_id == one.reviewer_id) & (Comment.written_at >= one.assigned_at))
        for one in pair
        if one.reviewer_id != reader.id
    ]


def held_back(reader: Person) -> Select[int]:
    """The comments that are kept from this reader now, on whichever ticket: the same rule, for lists of all of them."""
    mine, other = aliased(Assignment), aliased(Assignment)
    return (
        select(Comment.id)
        .select_from(mine)
        .join(Ticket, (Ticket.id == mine.ticket_id) & (Ticket.round == mine.round))
        .join(other, (other.ticket_id == mine.ticket_id) & (other.round == mine.round))
        .join(Comment, (Comment.ticket_id == mine.ticket_id) & (Comment.author_id == other.reviewer_id))
        .where(mine.reviewer_id == reader.id, mine.freed_at.is_(None), Ticket.status == Status.IN_REVIEW)
        .where(
            other.reviewer_id != reader.id, other.freed_at.is_(None), Comment.written_at >= other.assigned_at
        )
    )


def history(session: Session, ticket: Ticket) -> Sequence[TicketEvent]:
    """Moves and edits of a ticket in one line each, newest first."""
    return session.scalars(_history(), {"ticket": ticket.id}).all()


@cache
def _history() -> Select[Any]:
    return (
        select(TicketEvent)
        .where(TicketEvent.ticket_id == bindparam("ticket"))
        .order_by(TicketEvent.id.desc())
        .limit(LATEST)
        .options(_named(TicketEvent.actor))
    )


def merged_from(session: Session, ticket: Ticket) -> Sequence[str]:
    """The references of the tickets that were merged into this one."""
    return session.scalars(
        select(Ticket.reference).where(Ticket.merged_into_id == ticket.id).order_by(Ticket.id)
    ).all()


def investigations(session: Session, reader: Person) -> Sequence[Investigation]:
    """The investigations by name."""
    may_read(reader)
    return session.scalars(select(Investigation).order_by(Investigation.name).limit(500)).all()


def investigation_by_prefix(session: Session, prefix: str) -> Investigation | None:
    """The investigation of a prefix, or None."""
    return session.scalars(
        select(Investigation).where(Investigation.prefix == prefix.strip().upper())
    ).one_or_none()


def people(session: Session, ids: Collection[int]) -> list[Person]:
    """The people of these ids, in the order asked for; unknown ones are absent."""
    found = {person.id: person for person in session.scalars(select(Person).where(Person.id.in_(ids)))}
    return [found[one] for one in ids if one in found]


def person(session: Session, person_id: int) -> Person:
    """The person of this id; Missing when there is none."""
    found = session.get(Person, person_id)
    if found is None:
        raise Missing("There is no such person on this desk.")
    return found


def filed_under(
    session: Session, reader: Person | None, assertion_ids: Collection[int]
) -> dict[int, FiledUnder]:
    """Under which ticket each of these assertions is filed; those that are not are left out."""
    may_read(reader)
    found = session.execute(
        select(Appearance.assertion_id, Ticket.reference, Ticket.claim, Ticket.status)
        .join(Ticket, Ticket.id == Appearance.ticket_id)
        .where(Appearance.assertion_id.in_(assertion_ids))
    )
    return {one[0]: FiledUnder(one[1], one[2], one[3]) for one in found}
