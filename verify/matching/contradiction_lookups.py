"""Reading contradictions: those of a ticket, what it is checked together with, and passages that say otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion, Assertion
from verify.errors import Missing
from verify.matching import contradiction, store
from verify.matching.competing_voices import Said, unfiled
from verify.matching.contradiction import Contradicted
from verify.matching.contradiction_models import (
    CombinedCheck,
    Contradiction,
    Contrast,
    RefusedPassage,
    Standing,
)
from verify.matching.store import Held
from verify.similarity import question
from verify.tickets.lookups import may_read
from verify.tickets.models import Appearance, Ticket
from verify.tickets.workflow import Status

_SHOWN = 50
NEAREST = 40
"""How many of the most similar passages and tickets are held against a claim on its page."""

_NEAR = "near a claim"


@dataclass(frozen=True, slots=True)
class Against:
    """A passage that nobody has filed, and in what it contradicts a ticket's claim."""

    said: Said
    found: Contradicted


def pairs(session: Session, reader: Person | None, ticket: Ticket) -> Sequence[Contradiction]:
    """The contradictions of a ticket with both tickets: what is decided first; those merged away are left out."""
    may_read(reader)
    found = session.scalars(_pairs(), {"ticket": ticket.id}).all()
    order = [Standing.CONFIRMED, Standing.SUGGESTED, Standing.REFUSED, Standing.LAPSED]
    return sorted(
        (one for one in found if opposite(one, ticket).status is not Status.MERGED),
        key=lambda one: (order.index(one.standing), -one.weight, one.id),
    )


@cache
def _pairs() -> Select[Any]:
    mine = or_(Contradiction.one_id == bindparam("ticket"), Contradiction.other_id == bindparam("ticket"))
    return _with_tickets(select(Contradiction).where(mine).order_by(Contradiction.id.desc()).limit(_SHOWN))


def _with_tickets(asked: Select[Any]) -> Select[Any]:
    checks = selectinload(Contradiction.checks)
    return asked.options(
        joinedload(Contradiction.one).lazyload(Ticket.investigation),
        joinedload(Contradiction.other).lazyload(Ticket.investigation),
        joinedload(Contradiction.decided_by).lazyload(Person.grants),
        checks.joinedload(CombinedCheck.combined_by).lazyload(Person.grants),
        checks.joinedload(CombinedCheck.undone_by).lazyload(Person.grants),
    )


def pair_by_number(session: Session, reader: Person | None, ticket: Ticket, number: int) -> Contradiction:
    """One contradiction of this very ticket; any other is absent from here."""
    may_read(reader)
    asked = _with_tickets(select(Contradiction).where(Contradiction.id == number))
    found: Contradiction | None = session.scalars(asked).unique().one_or_none()
    if found is None or ticket.id not in (found.one_id, found.other_id):
        raise Missing("There is no such contradiction.")
    return found


def opposite(pair: Contradiction, ticket: Ticket) -> Ticket:
    """The other ticket of a pair."""
    return pair.other if pair.one_id == ticket.id else pair.one


def together(session: Session, ticket: Ticket) -> list[tuple[Ticket, Contrast]]:
    """The tickets that this one is checked together with, and in what they contradict it."""
    found = session.scalars(_together(), {"ticket": ticket.id})
    return sorted(((opposite(one, ticket), one.contrast) for one in found), key=lambda one: one[0].id)


@cache
def _together() -> Select[Any]:
    mine = or_(Contradiction.one_id == bindparam("ticket"), Contradiction.other_id == bindparam("ticket"))
    return (
        select(Contradiction)
        .join(CombinedCheck, CombinedCheck.contradiction_id == Contradiction.id)
        .where(mine, CombinedCheck.undone_at.is_(None))
        .options(
            joinedload(Contradiction.one).lazyload(Ticket.investigation),
            joinedload(Contradiction.other).lazyload(Ticket.investigation),
        )
    )


@dataclass(frozen=True, slots=True)
class Near:
    """What is most similar to a ticket's claim: passages that nobody has filed, and other tickets with their claims."""

    passages: list[Said]
    tickets: dict[int, str]


def near(session: Session, ticket: Ticket) -> Near:
    """What is most similar to a claim; a page that asks twice looks once."""
    kept: tuple[tuple[int, int], Near] | None = session.info.get(_NEAR)
    if kept is None or kept[0] != (ticket.id, ticket.version):
        kept = session.info[_NEAR] = ((ticket.id, ticket.version), _look(session, ticket))
    return kept[1]


def _look(session: Session, ticket: Ticket) -> Near:
    answer = store.find(session, question(ticket.claim), kinds=[Held.ASSERTION, Held.TICKET], top=NEAREST)
    found = {store.split(match.claim.id): match.claim.text for match in answer.matches}
    passages = [number for kind, number in found if kind is Held.ASSERTION]
    return Near(
        unfiled(session, passages),
        {key: text for (kind, key), text in found.items() if kind is Held.TICKET and key != ticket.id},
    )


def passages_against(session: Session, reader: Person | None, ticket: Ticket) -> list[Against]:
    """Passages under no ticket that contradict the claim, and that nobody has refused; the weightiest first."""
    may_read(reader)
    if ticket.status is Status.MERGED:
        return []
    refused = refused_places(session, ticket)
    found = []
    for said in near(session, ticket).passages:
        judged = contradiction.with_passage(ticket.claim, said.statement, said.polarity, said.cue)
        if judged is not None and said.place not in refused:
            found.append(Against(said, judged))
    return sorted(found, key=lambda one: (-one.found.weight, one.said.assertion_id))


def refused_places(session: Session, ticket: Ticket) -> set[tuple[int, int, int]]:
    """Where the passages stand that somebody refused: version, start and end."""
    return {(one.version_id, one.start, one.end) for one in refused_passages(session, ticket)}


def refused_passages(session: Session, ticket: Ticket) -> Sequence[RefusedPassage]:
    """The passages that somebody said do not contradict this claim, and that nobody has taken up again."""
    return session.scalars(
        select(RefusedPassage)
        .where(RefusedPassage.ticket_id == ticket.id, RefusedPassage.undone_at.is_(None))
        .options(joinedload(RefusedPassage.refused_by).lazyload(Person.grants))
        .order_by(RefusedPassage.id)
    ).all()


def refused_passage(session: Session, reader: Person | None, ticket: Ticket, number: int) -> RefusedPassage:
    """One refused passage of this very ticket."""
    may_read(reader)
    found = session.get(RefusedPassage, number)
    if found is None or found.ticket_id != ticket.id:
        raise Missing("Nothing of this number was refused on this ticket.")
    return found


def first_seen(session: Session, tickets: Sequence[int]) -> dict[int, date]:
    """The day of the first article that makes the claim of each of these tickets, where one is known."""
    if not tickets:
        return {}
    found = session.execute(
        select(Appearance.ticket_id, func.min(Article.published_on))
        .join(Assertion, Assertion.id == Appearance.assertion_id)
        .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
        .join(Article, Article.id == ArticleVersion.article_id)
        .where(Appearance.ticket_id.in_(tickets))
        .group_by(Appearance.ticket_id)
    )
    return {row[0]: row[1] for row in found if row[1] is not None}
