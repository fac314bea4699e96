"""Who says so: the origin of a ticket's first appearance, as the queue shows it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.articles.models import Article, ArticleVersion, Assertion, Hop
from verify.sources.models import Source
from verify.sources.names import name_key
from verify.tickets.models import Appearance, Ticket


def claimant_of(session: Session, ticket: Ticket) -> tuple[str, str]:
    """The name of whoever spoke, and the key by which their claims are listed; empty when nobody is known.

    It is the last hop of the chain, under its registered name; in the outlet's own voice, the outlet.
    """
    first = session.scalar(
        select(Appearance.assertion_id)
        .where(Appearance.ticket_id == ticket.id)
        .order_by(Appearance.id)
        .limit(1)
    )
    if first is None:
        return "", ""
    spoke = session.execute(
        select(Hop.name, Source.name)
        .outerjoin(Source, Source.id == Hop.source_id)
        .where(Hop.assertion_id == first)
        .order_by(Hop.position.desc())
        .limit(1)
    ).first()
    if spoke is None:
        name = session.scalar(
            select(Source.name)
            .join(Article, Article.outlet_id == Source.id)
            .join(ArticleVersion, ArticleVersion.article_id == Article.id)
            .join(Assertion, Assertion.version_id == ArticleVersion.id)
            .where(Assertion.id == first)
        )
    else:
        name = spoke[1] or spoke[0]
    return (name or "")[:200], name_key(name) if name else ""
