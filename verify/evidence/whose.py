"""Whose record a piece of evidence is: what makes it an origin of the claim, or no more than somebody's word."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion, Assertion
from verify.audit import actions as audit
from verify.errors import Refused
from verify.evidence.models import Evidence, RestsOn
from verify.permissions import Permission, demand
from verify.sources.models import Source
from verify.tickets import moves
from verify.tickets.actions import refuse_uneditable
from verify.tickets.models import Appearance, Ticket

RESTS_ON_WORDS = {RestsOn.OWN_RECORD: "their own record", RestsOn.THEIR_WORD: "what they said"}


def state_source(
    session: Session,
    actor: Person,
    ticket: Ticket,
    evidence: Evidence,
    source: Source | None,
    rests_on: RestsOn | None,
) -> None:
    """Say whose record a piece of evidence is, or take that back; the origins are counted anew."""
    demand(actor, Permission.ADD_EVIDENCE)
    refuse_uneditable(ticket)
    if evidence.withdrawn_at is not None:
        raise Refused(f"Evidence {evidence.number} was withdrawn, so it counts for nothing.")
    refuse_hearsay(session, ticket, source, rests_on, evidence.url)
    before = _told(evidence)
    evidence.source, evidence.rests_on = source, rests_on
    session.flush()
    if _told(evidence) == before:
        raise Refused(f"Evidence {evidence.number} says this already.", field="source")
    number = f"{evidence.number}. "
    moves.change(
        session,
        actor,
        ticket,
        "evidence sourced",
        old=number + before,
        new=number + _told(evidence),
    )
    recount(session, actor, ticket, f"{actor.name} said of evidence {evidence.number}: {_told(evidence)}.")
    audit.record(
        session,
        actor,
        "evidence.sourced",
        ticket,
        {
            "number": evidence.number,
            "source": evidence.source_id,
            "rests_on": rests_on.value if rests_on else None,
        },
    )


def _told(evidence: Evidence) -> str:
    if evidence.source is None or evidence.rests_on is None:
        return "nobody says whose it is"
    return f"{evidence.source.name}, {RESTS_ON_WORDS[evidence.rests_on]}"


def refuse_hearsay(
    session: Session, ticket: Ticket, source: Source | None, rests_on: RestsOn | None, url: str
) -> None:
    """Refuse a source without what its record is, and a record of its own that is an article of the ticket."""
    if source is None and rests_on is not None:
        raise Refused("Name whose record it is, or leave both questions open.", field="source")
    if source is not None and rests_on is None:
        raise Refused(
            f"Say whether it is {source.name}’s own record, or shows what they said.", field="rests_on"
        )
    if rests_on is RestsOn.OWN_RECORD and url and _filed(session, ticket, url):
        raise Refused(
            "This page is an article of this ticket, and counts there already. "
            "Say that it shows what they said.",
            field="rests_on",
        )


def _filed(session: Session, ticket: Ticket, url: str) -> bool:
    """Whether an article with this address is filed under the ticket."""
    asked = (
        select(Article.id)
        .join(ArticleVersion, ArticleVersion.article_id == Article.id)
        .join(Assertion, Assertion.version_id == ArticleVersion.id)
        .join(Appearance, Appearance.assertion_id == Assertion.id)
        .where(Appearance.ticket_id == ticket.id, Article.url == url)
    )
    return session.scalars(asked.limit(1)).first() is not None


def recount(session: Session, actor: Person | None, ticket: Ticket, cause: str) -> None:
    """Have the origins of a ticket counted anew, since its evidence changed."""
    moves.records_changed.send(ticket, session=session, actor=actor, cause=cause)
