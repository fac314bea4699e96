"""Finding what in a text states a claim that is watched, or whose verdict is public. Only reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from verify.articles.models import ArticleVersion, Assertion, AssertionState, Polarity
from verify.matching import certainty, lookups
from verify.matching.keys import key_of
from verify.matching.models import Watch
from verify.matching.store import Held, find, split
from verify.matching.suggesting import certainty_of, days_apart, why
from verify.similarity import Kind, Question, relation
from verify.tickets.models import Appearance, Ticket, TicketEvent
from verify.tickets.workflow import Move, Status

MOST_ASSERTIONS = 1_000  # of one text; a longer one is a book
_LOOKED_AT = 20
Claim = tuple[Held, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """An assertion that states a claim somebody waits for."""

    claim: Claim
    assertion: str
    statement: str
    score: float
    none: float
    why: tuple[str, ...]


def anybody_waits(session: Session) -> bool:
    """Whether any claim is watched or public, so that looking is worth a job."""
    watched = exists().where(Watch.ended_at.is_(None))
    public = exists().where(Ticket.status == Status.PUBLISHED)
    once_public = exists().where(
        TicketEvent.action == Move.PUBLISH.value
    )  # and perhaps still, while reopened
    return bool(session.scalar(select(watched | public | once_public)))


def look(session: Session, version_id: int, report: Callable[[int, int], None] | None = None) -> list[Seen]:
    """Return what in a text states a watched or public claim: for each claim the assertion most like it."""
    version = session.get_one(ArticleVersion, version_id, options=[joinedload(ArticleVersion.article)])
    best: dict[Claim, Seen] = {}
    kinds = (Held.TICKET, Held.WATCH) if _any_wording(session) else (Held.TICKET,)
    stated = _stated(session, version)
    for done, (number, statement) in enumerate(stated):
        if report is not None:
            report(done, len(stated))
        for seen in (one for kind in kinds for one in _seen_in(session, number, statement, kind)):
            known = best.get(seen.claim)
            if known is None or seen.score > known.score:
                best[seen.claim] = seen
    wanted = _waited_for(session, best, version.article_id)
    lines = lookups.lines_of(session, None, [key_of(*one) for one in wanted if one[0] is Held.TICKET])
    return [
        _with_days(best[one], lines.get(key_of(*one)), version)
        for one in sorted(wanted, key=lambda one: (one[0].value, one[1]))
    ]


def _any_wording(session: Session) -> bool:
    return bool(session.scalar(select(exists().where(Watch.ended_at.is_(None), Watch.wording != ""))))


def _stated(session: Session, version: ArticleVersion) -> Sequence[tuple[int, str]]:
    """What a text asserts: its assertions that nobody set aside and that deny nothing."""
    asked = (
        select(Assertion.id, Assertion.statement)
        .where(
            Assertion.version_id == version.id,
            Assertion.state != AssertionState.DISMISSED,
            Assertion.polarity == Polarity.ASSERTS,
        )
        .order_by(Assertion.start, Assertion.id)
        .limit(MOST_ASSERTIONS)
    )
    return [(row[0], row[1]) for row in session.execute(asked)]


def _seen_in(session: Session, number: int, statement: str, kind: Held) -> Iterable[Seen]:
    answer = find(session, Question(statement), kinds=(kind,), top=_LOOKED_AT)
    related = [(match, relation(statement, match.claim.text)) for match in answer.matches]
    weighed = [(certainty_of(match, found), match, found) for match, found in related]
    none = certainty.none_of(certain for certain, *_ in weighed)
    for certain, match, found in weighed:
        if certain >= certainty.SIGHTED and (found.kind is Kind.SAME or match.word_for_word):
            assertion, reasons = key_of(Held.ASSERTION, number), why(match, found, None, None)
            yield Seen(split(match.claim.id), assertion, statement, certain, none, reasons)


def _waited_for(session: Session, claims: Iterable[Claim], article_id: int) -> set[Claim]:
    """Those of some claims that are watched or public, and that the article is not filed under already."""
    tickets = [number for kind, number in claims if kind is Held.TICKET]
    worded = [number for kind, number in claims if kind is Held.WATCH]
    standing = Watch.ended_at.is_(None)
    watched = set(session.scalars(select(Watch.ticket_id).where(Watch.ticket_id.in_(tickets), standing)))
    filed = set(
        session.scalars(
            select(Appearance.ticket_id)
            .join(Assertion, Assertion.id == Appearance.assertion_id)
            .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
            .where(ArticleVersion.article_id == article_id, Appearance.ticket_id.in_(tickets))
        )
    )
    wanted = (watched | lookups.public_ones(session, tickets)) - filed
    still = set(session.scalars(select(Watch.id).where(Watch.id.in_(worded), standing)))
    return {(Held.TICKET, number) for number in wanted if number} | {(Held.WATCH, number) for number in still}


def _with_days(seen: Seen, line: lookups.Line | None, version: ArticleVersion) -> Seen:
    apart = days_apart(line.day, version.article.published_on) if line else ()
    return replace(seen, why=(*seen.why, *apart))
