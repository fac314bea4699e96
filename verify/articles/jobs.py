"""What the desk does with articles in the background: spotting long texts, and old ones anew."""

from __future__ import annotations

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, undefer

from verify.articles import spottings
from verify.articles.models import Article, ArticleVersion
from verify.articles.spotting_actions import put_spotted
from verify.articles.suggestions import spotted_in
from verify.jobs.kinds import job
from verify.jobs.work import Work

READING, KEEPING = "Reading the text", "Keeping what was found"


@job(
    spottings.KIND,
    label="Spot assertions",
    address=lambda payload: url_for("articles.show", article_id=payload["article"]),
)
def spot_article(work: Work) -> None:
    """Read a text while only reading the database; then put what was found in its place, in one transaction."""
    with work.reading() as session:
        version = _version(session, work.payload["version"])
        if work.payload.get("only_stale") and spottings.is_current(session, version):
            work.outcome = "Spotted by this method already."
            return
        text, published_on = version.text, version.article.published_on
    work.report(0, 1, READING)
    # The last step, writing the rows, is the last hundredth.
    found = spotted_in(text, published_on, lambda done, total: work.report(done * 99, total * 100))
    work.report(99, 100, KEEPING)
    with work.finishing() as session:
        version = _version(session, work.payload["version"])
        put = put_spotted(session, work.actor(session), version, found)
        work.outcome = f"{put.suggestions:,} suggestions, {put.new:,} of them new."


def _version(session: Session, version_id: int) -> ArticleVersion:
    asked = (
        select(ArticleVersion)
        .where(ArticleVersion.id == version_id)
        .options(undefer(ArticleVersion.text), joinedload(ArticleVersion.article).lazyload(Article.outlet))
    )
    return session.scalars(asked).one()
