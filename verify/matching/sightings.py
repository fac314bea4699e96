"""Sightings: each claim that came in again, logged once, told to those who watch, and decided about by people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion, Assertion
from verify.audit import actions as audit
from verify.db import now
from verify.matching import certainty, lookups
from verify.matching.looking import Seen, look
from verify.matching.models import MatchDecision, MatchVerdict, Notice, Sighting, Watch
from verify.matching.offers import Offer
from verify.matching.store import Held, split
from verify.tickets.models import Ticket
from verify.tickets.moves import merged


def log(session: Session, version_id: int, found: Sequence[Seen]) -> list[Sighting]:
    """Write down what was seen, and tell those who watch; each claim is logged once for each article."""
    article_id = session.scalars(
        select(ArticleVersion.article_id).where(ArticleVersion.id == version_id)
    ).one()
    spoke = lookups.speakers(session, [split(one.assertion)[1] for one in found])
    logged = []
    for one in found:
        kind, number = one.claim
        sighting = Sighting(
            ticket_id=number if kind is Held.TICKET else None, watch_id=number if kind is Held.WATCH else None,
            article_id=article_id, assertion=one.assertion, statement=one.statement,
            said_by=spoke.get(split(one.assertion)[1], "")[:300], score=one.score, none=one.none,
            method=certainty.METHOD, why=list(one.why), sighted_at=now(),
        )  # fmt: skip
        if _added(session, sighting):
            logged.append(sighting)
            _tell(session, sighting)
            _record(session, sighting)
    return logged


def look_and_log(session: Session, version_id: int) -> list[Sighting]:
    """Do both at once, for a text that is short."""
    return log(session, version_id, look(session, version_id))


def follow(session: Session, decision: MatchDecision, offer: Offer) -> None:
    """Have the sighting of a ticket's claim in an article follow what a person decided about the assertion."""
    ticket_id = split(decision.other)[1]
    article_id = _article_of(session, decision.one)
    mine = select(Sighting).where(Sighting.ticket_id == ticket_id)
    known = session.scalars(mine.where(Sighting.assertion == decision.one)).first()
    if known is None and decision.verdict is not MatchVerdict.REFUSED and article_id is not None:
        known = session.scalars(mine.where(Sighting.article_id == article_id)).first()
    if known is None and decision.verdict is MatchVerdict.SEEN and article_id is not None:
        made = _of_offer(session, ticket_id, article_id, offer)
        here = mine.where(Sighting.article_id == article_id)
        known = made if _added(session, made) else session.scalars(here).first()
    if known is not None:
        known.decision_id = decision.id
        session.flush()


def _of_offer(session: Session, ticket_id: int, article_id: int, offer: Offer) -> Sighting:
    """A sighting that a person made of a suggestion, below the threshold of the machine or in an older article."""
    spoke = lookups.speakers(session, [split(offer.one)[1]])
    return Sighting(
        ticket_id=ticket_id, article_id=article_id, assertion=offer.one, statement=offer.one_words,
        said_by=spoke.get(split(offer.one)[1], "")[:300], score=offer.score, none=offer.none, method=offer.method,
        why=list(offer.why), sighted_at=now(),
    )  # fmt: skip


def _article_of(session: Session, assertion: str) -> int | None:
    """The article of an assertion; none where the suggestion was replaced since."""
    asked = (
        select(ArticleVersion.article_id)
        .join(Assertion, Assertion.version_id == ArticleVersion.id)
        .where(Assertion.id == split(assertion)[1])
    )
    return session.scalar(asked)


def _added(session: Session, sighting: Sighting) -> bool:
    """Add a sighting, unless there is one of the same claim in the same article."""
    mine = (
        Sighting.ticket_id == sighting.ticket_id
        if sighting.ticket_id is not None
        else Sighting.watch_id == sighting.watch_id
    )
    if session.scalar(select(Sighting.id).where(mine, Sighting.article_id == sighting.article_id)):
        return False
    try:
        with session.begin_nested():
            session.add(sighting)
            session.flush()
    except IntegrityError:
        return False  # two workers looked at the same text
    return True


def _tell(session: Session, sighting: Sighting) -> None:
    """Put a sighting into the queue of everybody who watches the claim."""
    watching = (
        Watch.id == sighting.watch_id
        if sighting.watch_id is not None
        else Watch.ticket_id == sighting.ticket_id
    )
    people = session.scalars(select(Watch.person_id).where(watching, Watch.ended_at.is_(None)).distinct())
    session.add_all(Notice(sighting_id=sighting.id, person_id=person) for person in list(people))
    session.flush()


def _record(session: Session, sighting: Sighting) -> None:
    subject: object = sighting
    if sighting.ticket_id is not None:
        subject = session.get_one(Ticket, sighting.ticket_id)
    article = session.get_one(Article, sighting.article_id)
    payload = {
        "sighting": sighting.id, "article": article.id, "assertion": sighting.assertion, "watch": sighting.watch_id,
        "score": sighting.score, "threshold": certainty.SIGHTED, "method": sighting.method,
    }  # fmt: skip
    audit.record(session, None, "claim.sighted", subject, payload)


@merged.connect
def _follow_merge(ticket: Ticket, *, into: Ticket, session: Session, actor: Person) -> None:
    """Have the sightings and the watches of a merged ticket go with its claim; what the other has already stays."""
    _move_sightings(session, ticket, into)
    theirs = _watchers(session, into)
    standing = (Watch.ticket_id == ticket.id, Watch.ended_at.is_(None))
    for watch in session.scalars(select(Watch).where(*standing)).all():
        if watch.person_id in theirs:
            watch.ended_at = now()
        else:
            watch.ticket_id = into.id
    session.flush()


def _move_sightings(session: Session, ticket: Ticket, into: Ticket) -> None:
    known = {
        one.article_id: one for one in session.scalars(select(Sighting).where(Sighting.ticket_id == into.id))
    }
    for sighting in session.scalars(select(Sighting).where(Sighting.ticket_id == ticket.id)).all():
        if sighting.article_id in known:
            _hand_on(session, sighting, known[sighting.article_id])
        else:
            sighting.ticket_id = into.id


def _hand_on(session: Session, sighting: Sighting, to: Sighting) -> None:
    """Have those who have not seen a sighting yet find the other one of the same article instead."""
    told = set(session.scalars(select(Notice.person_id).where(Notice.sighting_id == to.id)))
    unseen = select(Notice).where(Notice.sighting_id == sighting.id, Notice.seen_at.is_(None))
    for notice in session.scalars(unseen).all():
        notice.seen_at = now()
        if notice.person_id not in told:
            session.add(Notice(sighting_id=to.id, person_id=notice.person_id))


def _watchers(session: Session, ticket: Ticket) -> Iterable[int]:
    standing = (Watch.ticket_id == ticket.id, Watch.ended_at.is_(None))
    return set(session.scalars(select(Watch.person_id).where(*standing)))
