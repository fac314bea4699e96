"""How far the spotting of a text is, and the spotting that a person asks for in the reading room."""

from __future__ import annotations

from typing import Any

from verify.accounts.sessions import reader, settings
from verify.articles import lookups, spotting_actions, spottings
from verify.articles.forms import BareForm
from verify.articles.models import ArticleVersion
from verify.articles.suggestions import spotted_in
from verify.db import db, reading
from verify.jobs import lookups as jobs
from verify.jobs.models import JobState
from verify.spotting.assertion import Assertion as Spotted


def is_long(text: str) -> bool:
    """Whether a text has so many words that nobody should wait for its spotting."""
    return len(text.split()) > settings().long_text_words


def spotted_aside(article_id: int) -> list[Spotted] | None:
    """Spot an article's text in a reading transaction of its own, so that no writer waits; None when it is long."""
    with reading():
        article = lookups.article(db.session, reader(), article_id)
        text = lookups.frozen_text(db.session, reader(), article).text
        published_on = article.published_on
        db.session.rollback()
    return None if is_long(text) else spotted_in(text, published_on)


def spotted_again(version: ArticleVersion, spotted: list[Spotted] | None) -> str:
    """Put what was spotted in its place, or ask for it where the text is long; return what a person reads."""
    if spotted is None:
        spotting_actions.spot_later(db.session, reader(), version)
        return "The text is long, so it is spotted in the background. What people decided stands as it is."
    put = spotting_actions.put_spotted(db.session, reader(), version, spotted)
    return (
        f"Spotted anew: {put.suggestions:,} suggestions, {put.new:,} of them new. "
        "What people decided stands as it was."
    )


def spotting(article_id: int) -> dict[str, Any]:
    """Return how far the spotting of an article's text is, for the piece of the reading room that shows it."""
    article = lookups.article(db.session, reader(), article_id)
    version = lookups.newest_version(db.session, reader(), article)
    return {"article": article, "bare": BareForm(), "asked": True, **spotting_of(version)}


def spotting_of(version: ArticleVersion) -> dict[str, Any]:
    """Return the job that spots a text, if a reader should know of it, and whether any worker is there."""
    job = spottings.in_hand(db.session, version)
    waits = job is not None and job.state is JobState.WAITING
    return {
        "spotting": job,
        "spotted": spottings.last(db.session, version),
        "nobody_works": waits and jobs.nobody_works(db.session),
    }
