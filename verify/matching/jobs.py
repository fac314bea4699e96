"""Work in the background: looking through a text that came in for claims that are watched or public."""

from __future__ import annotations

from flask import url_for
from sqlalchemy.orm import Session

from verify.articles.models import ArticleVersion
from verify.articles.signals import text_spotted
from verify.filters import plural
from verify.jobs import actions as jobs
from verify.jobs.kinds import job
from verify.jobs.work import Work
from verify.matching import looking, sightings, store_jobs, store_listening

__all__ = ["KIND", "look_for_claims", "store_jobs", "store_listening"]
KIND = "look_for_claims"


@job(
    KIND,
    label="Look for watched and published claims",
    address=lambda payload: url_for("articles.show", article_id=payload["article"]),
)
def look_for_claims(work: Work) -> None:
    """Compare what a text asserts with the claims that wait, while only reading; then log all that was seen at once."""
    version_id = work.payload["version"]
    with work.reading() as session:
        found = looking.look(session, version_id, lambda done, total: work.report(done, total + 1))
    with work.finishing() as session:
        logged = sightings.log(session, version_id, found)
        work.outcome = f"{plural(len(logged), 'sighting')}."


@text_spotted.connect
def _ask(version: ArticleVersion, *, session: Session, first: bool) -> None:
    """Have a text looked through that just came in; an old one that is spotted anew is no news."""
    if first and looking.anybody_waits(session):
        jobs.ask(
            session, None, KIND, key=f"{KIND} {version.id}", title=version.article.title,
            payload={"article": version.article_id, "version": version.id},
        )  # fmt: skip
