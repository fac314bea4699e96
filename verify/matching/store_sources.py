"""Where the claims of the index come from, a query for each kind: all that is claimed on the desk now."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import ScalarSelect, Select, func, literal, select

from verify.articles.models import Article, ArticleVersion, Assertion, AssertionState
from verify.claimreviews.models import ClaimReview
from verify.matching.models import Watch
from verify.matching.store import Holding
from verify.matching.store_models import Held
from verify.tickets.models import Appearance, Ticket
from verify.tickets.workflow import Status

GONE = (Status.DROPPED, Status.MERGED)
"""States of a ticket whose claim nobody checks: it is found no more."""
Source = Select[*tuple[Any, ...]]


def tickets() -> Source:
    """The claims of tickets, each with the day of the first article that says so."""
    asked = select(
        Ticket.id.label("key"),
        Ticket.claim.label("text"),
        literal("").label("title"),
        first_seen().label("dated"),
    )
    return asked.where(Ticket.status.not_in(GONE))


def first_seen() -> ScalarSelect[Any]:
    """The day of the first article that makes a ticket's claim, as a column beside the ticket."""
    return (
        select(func.min(Article.published_on))
        .join(ArticleVersion, ArticleVersion.article_id == Article.id)
        .join(Assertion, Assertion.version_id == ArticleVersion.id)
        .join(Appearance, Appearance.assertion_id == Assertion.id)
        .where(Appearance.ticket_id == Ticket.id)
        .correlate(Ticket)
        .scalar_subquery()
    )


def assertions() -> Source:
    """What articles assert, with the day of the article; nothing that was dismissed."""
    asked = select(
        Assertion.id.label("key"), Assertion.statement.label("text"), literal("").label("title"),
        Article.published_on.label("dated"),
    )  # fmt: skip
    joined = asked.join(ArticleVersion, ArticleVersion.id == Assertion.version_id).join(
        Article, Article.id == ArticleVersion.article_id
    )
    return joined.where(Assertion.state != AssertionState.DISMISSED)


def claimreviews() -> Source:
    """The claims that others reviewed, with the title and the day of the review."""
    dated = func.coalesce(ClaimReview.reviewed_on, ClaimReview.claimed_on).label("dated")
    return select(
        ClaimReview.id.label("key"), ClaimReview.claim.label("text"), ClaimReview.title.label("title"), dated
    )


def watches() -> Source:
    """The claims that somebody wants to be told of, in their own words."""
    asked = select(
        Watch.id.label("key"),
        Watch.wording.label("text"),
        literal("").label("title"),
        literal(None).label("dated"),
    )
    return asked.where(Watch.ended_at.is_(None), Watch.ticket_id.is_(None))


KEYS: dict[Held, Any] = {
    Held.TICKET: Ticket.id, Held.ASSERTION: Assertion.id, Held.CLAIMREVIEW: ClaimReview.id, Held.WATCH: Watch.id,
}  # fmt: skip
SOURCES: dict[Held, Callable[[], Source]] = {
    Held.TICKET: tickets, Held.ASSERTION: assertions, Held.CLAIMREVIEW: claimreviews, Held.WATCH: watches,
}  # fmt: skip


def holdings(kind: Held, rows: Collection[Any]) -> list[Holding]:
    """What some rows of a source hold."""
    return [Holding(kind, row.key, row.text, row.title, row.dated) for row in rows]
