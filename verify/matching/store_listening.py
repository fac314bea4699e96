"""The index follows the desk: in the transaction of whatever changes what is claimed, the index changes too."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from verify.articles.models import Article, ArticleVersion, Assertion
from verify.articles.signals import article_described, assertion_changed, assertion_decided, suggestions_put
from verify.claimreviews.models import ClaimReview
from verify.claimreviews.signals import claimreviews_imported, claimreviews_removed
from verify.matching import store
from verify.matching.store_models import Held
from verify.matching.store_sources import KEYS, SOURCES, holdings
from verify.tickets import moves
from verify.tickets.models import Ticket


def follow(session: Session, kind: Held, keys: Collection[int]) -> None:
    """Put claims in as they are now; those that are claimed no more are forgotten."""
    if not keys:
        return
    session.flush()
    rows = session.execute(SOURCES[kind]().where(KEYS[kind].in_(keys))).all()
    store.put_many(session, holdings(kind, rows))
    store.forget_many(session, kind, set(keys) - {row.key for row in rows})


@moves.moved.connect
@moves.chains_changed.connect
def _of_ticket(ticket: Ticket, *, session: Session, **_: object) -> None:
    follow(session, Held.TICKET, [ticket.id])


@moves.content_changed.connect
def _of_reworded(ticket: Ticket, *, session: Session, what: str, **_: object) -> None:
    if what == "claim reworded":
        follow(session, Held.TICKET, [ticket.id])


@suggestions_put.connect
def _of_suggestions(
    version: ArticleVersion, *, session: Session, new: Collection[int], gone: Collection[int]
) -> None:
    store.forget_many(session, Held.ASSERTION, gone)
    follow(session, Held.ASSERTION, new)


@assertion_decided.connect
def _of_decided(assertion: Assertion, *, session: Session) -> None:
    follow(session, Held.ASSERTION, [assertion.id])


@assertion_changed.connect
def _of_edited(assertion: Assertion, *, session: Session, **_: object) -> None:
    follow(session, Held.ASSERTION, [assertion.id])


@article_described.connect
def _of_article(article: Article, *, session: Session, **_: object) -> None:
    """Its day is the day of what it asserts."""
    asked = SOURCES[Held.ASSERTION]().where(ArticleVersion.article_id == article.id)
    store.put_many(session, holdings(Held.ASSERTION, session.execute(asked).all()))


@claimreviews_imported.connect
def _of_reviews(reviews: Collection[ClaimReview], *, session: Session) -> None:
    follow(session, Held.CLAIMREVIEW, [one.id for one in reviews])


@claimreviews_removed.connect
def _of_removed_reviews(reviews: Collection[ClaimReview], *, session: Session) -> None:
    store.forget_many(session, Held.CLAIMREVIEW, [one.id for one in reviews])
