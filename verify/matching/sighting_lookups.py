"""Reading sightings and watches: a ticket's page, the queue, one's own list, and what the public may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion, Assertion
from verify.errors import Missing
from verify.matching.actions import ticket_key
from verify.matching.models import MatchDecision, MatchVerdict, Notice, Sighting, Watch
from verify.matching.offers import Offer
from verify.tickets.lookups import may_read
from verify.tickets.models import Appearance, Ticket

_SHOWN = 100  # sightings on one page, newest kept
_PUBLIC = 50


@dataclass(frozen=True, slots=True)
class SightingLine:
    """A sighting as a page shows it."""

    sighting: Sighting
    decision: MatchDecision | None
    filed: bool

    @property
    def confirmed(self) -> bool:
        """Whether a person said that it is the claim."""
        return self.decision is not None and self.decision.verdict is not MatchVerdict.REFUSED

    @property
    def offer(self) -> Offer:
        """The sighting as a decision about it keeps it."""
        one, ticket = self.sighting, self.sighting.ticket
        if ticket is None:
            raise ValueError("a claim in somebody's own words is decided about by nobody")
        return Offer(one.assertion, ticket_key(ticket), one.score, one.none, one.method, tuple(one.why),
                     one.statement, ticket.claim)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublicSighting:
    """An article in which a published claim was seen again, confirmed by a person."""

    title: str
    outlet: str
    url: str
    published_on: date | None
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class WatchLine:
    """A watch of one's own: what it brought, and how much of that is unseen."""

    watch: Watch
    unseen: int
    sightings: Sequence[Sighting]


def of_ticket(session: Session, reader: Person | None, ticket: Ticket) -> list[SightingLine]:
    """The sightings of a ticket's claim, newest first, with what people said about each."""
    may_read(reader)
    filed = (
        select(Appearance.id)
        .join(Assertion, Assertion.id == Appearance.assertion_id)
        .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
        .where(Appearance.ticket_id == ticket.id, ArticleVersion.article_id == Sighting.article_id)
        .exists()
    )
    asked = (
        select(Sighting, filed)
        .where(Sighting.ticket_id == ticket.id)
        .order_by(Sighting.id.desc())
        .limit(_SHOWN)
        .options(
            joinedload(Sighting.ticket).lazyload(Ticket.investigation),
            joinedload(Sighting.article).joinedload(Article.outlet),
            joinedload(Sighting.decision).joinedload(MatchDecision.decided_by).lazyload(Person.grants),
        )
    )
    return [
        SightingLine(row[0], row[0].decision if _stands(row[0].decision) else None, row[1])
        for row in session.execute(asked)
    ]


def assertions_of(session: Session, ticket: Ticket) -> set[str]:
    """The keys of the assertions in which a ticket's claim was seen again."""
    return set(session.scalars(select(Sighting.assertion).where(Sighting.ticket_id == ticket.id)))


def _stands(decision: MatchDecision | None) -> bool:
    return decision is not None and decision.undone_at is None


def confirmed(session: Session, ticket_id: int) -> list[PublicSighting]:
    """What the public sees: articles in which people confirmed that a published claim was made again."""
    asked = (
        select(Sighting, MatchDecision.decided_at)
        .join(MatchDecision, MatchDecision.id == Sighting.decision_id)
        .where(
            Sighting.ticket_id == ticket_id,
            MatchDecision.verdict == MatchVerdict.SEEN,
            MatchDecision.undone_at.is_(None),
        )
        .order_by(Sighting.id.desc())
        .limit(_PUBLIC)
        .options(joinedload(Sighting.article).joinedload(Article.outlet))
    )
    return [
        PublicSighting(one.article.title, one.article.outlet.name if one.article.outlet else "Outlet not known",
                       one.article.url, one.article.published_on, decided_at)
        for one, decided_at in session.execute(asked)
    ]  # fmt: skip


def waiting(person: Person) -> Select[Any]:
    """The tickets whose claims came in again, as their watchers have not seen yet."""
    return (
        select(Sighting.ticket_id)
        .join(Notice, Notice.sighting_id == Sighting.id)
        .where(Notice.person_id == person.id, Notice.seen_at.is_(None), Sighting.ticket_id.is_not(None))
        .group_by(Sighting.ticket_id)
        .order_by(func.max(Sighting.id).desc())
    )


def unseen_of(session: Session, person: Person, ticket: Ticket) -> int:
    """How many sightings of a ticket's claim this person has not seen yet."""
    asked = (
        select(func.count())
        .select_from(Notice)
        .join(Sighting, Sighting.id == Notice.sighting_id)
        .where(Notice.person_id == person.id, Notice.seen_at.is_(None), Sighting.ticket_id == ticket.id)
    )
    return session.scalar(asked) or 0


def unseen_in_own_words(session: Session, person: Person) -> int:
    """How many sightings a person's watches in their own words brought that they have not seen."""
    asked = (
        select(func.count())
        .select_from(Notice)
        .join(Sighting, Sighting.id == Notice.sighting_id)
        .where(Notice.person_id == person.id, Notice.seen_at.is_(None), Sighting.watch_id.is_not(None))
    )
    return session.scalar(asked) or 0


def watch_of(session: Session, person: Person, ticket: Ticket) -> tuple[Watch | None, int]:
    """This person's watch of a ticket, and how many people watch it."""
    asked = select(Watch).where(Watch.ticket_id == ticket.id, Watch.ended_at.is_(None))
    standing = session.scalars(asked).all()
    return next((one for one in standing if one.person_id == person.id), None), len(standing)


def watch_by_id(session: Session, person: Person, number: int) -> Watch:
    """A watch of this person's own; anybody else's is absent."""
    may_read(person)
    found = session.get(Watch, number)
    if found is None or found.person_id != person.id:
        raise Missing("There is no such watch of yours.")
    return found


def watches(session: Session, person: Person) -> list[WatchLine]:
    """What this person watches for, newest first, with what each watch brought."""
    may_read(person)
    asked = select(Watch).where(Watch.person_id == person.id, Watch.ended_at.is_(None))
    standing = session.scalars(
        asked.order_by(Watch.id.desc()).options(joinedload(Watch.ticket).lazyload(Ticket.investigation))
    ).all()
    tickets = [one.ticket_id for one in standing if one.ticket_id]
    brought = session.execute(
        select(Sighting, Notice.seen_at)
        .join(Notice, and_(Notice.sighting_id == Sighting.id, Notice.person_id == person.id))
        .join(Sighting.article)
        .where(or_(Sighting.ticket_id.in_(tickets), Sighting.watch_id.in_([one.id for one in standing])))
        .order_by(Sighting.id.desc())
        .limit(_SHOWN * 5)
        .options(contains_eager(Sighting.article).joinedload(Article.outlet))
    ).all()
    lines = []
    for watch in standing:
        mine = [row for row in brought if _brought_by(watch, row[0])]
        unseen = sum(row[1] is None for row in mine)
        lines.append(WatchLine(watch, unseen, [row[0] for row in mine]))
    return sorted(lines, key=lambda line: line.unseen == 0)


def _brought_by(watch: Watch, sighting: Sighting) -> bool:
    if watch.ticket_id is not None:
        return sighting.ticket_id == watch.ticket_id
    return sighting.watch_id == watch.id
