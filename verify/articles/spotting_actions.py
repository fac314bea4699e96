"""Spotting a text: at once, later as a job, or anew for every text that an older method read."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles import spottings
from verify.articles.models import ArticleVersion
from verify.articles.signals import text_spotted
from verify.articles.suggestions import Put, put_suggestions
from verify.audit import actions as audit
from verify.jobs import actions as jobs
from verify.jobs.models import Job
from verify.permissions import Permission, demand
from verify.spotting.assertion import Assertion as Spotted


def demand_of(actor: Person | None, permission: Permission) -> None:
    """Nobody is the machine itself: a command run by whoever can read the database anyway."""
    if actor is not None:
        demand(actor, permission)


def put_spotted(
    session: Session, actor: Person | None, version: ArticleVersion, spotted: Sequence[Spotted]
) -> Put:
    """Make what was spotted a text's suggestions, for the first time or anew; what people decided stays."""
    before = spottings.last(session, version)
    demand_of(actor, Permission.EDIT_ARTICLE if before else Permission.TAKE_IN_ARTICLE)
    put = put_suggestions(session, version, spotted)
    spottings.note(session, version, put.suggestions)
    text_spotted.send(version, session=session, first=before is None)
    payload = {"method": spottings.method_now(), "suggestions": put.suggestions}
    if before is None:
        audit.record(session, actor, "article.spotted", version.article, payload)
    else:
        payload |= {"new": put.new, "withdrawn": put.withdrawn, "method_before": before.method}
        audit.record(session, actor, "article.spotted_again", version.article, payload)
    return put


def spot_later(session: Session, actor: Person | None, version: ArticleVersion) -> Job:
    """Have a long text spotted, or spotted anew, in the background; whoever asks waits for it."""
    before = spottings.last(session, version)
    demand_of(actor, Permission.EDIT_ARTICLE if before else Permission.TAKE_IN_ARTICLE)
    return _ask(session, actor, version.id, version.article_id, version.article.title)


def respot(
    session: Session, actor: Person | None, texts: Sequence[spottings.Named], *, only_stale: bool = True
) -> None:
    """Have texts spotted anew when nothing more urgent waits; `only_stale` leaves out what today's method has read."""
    demand_of(actor, Permission.EDIT_ARTICLE)
    for version_id, article_id, title in texts:
        _ask(session, actor, version_id, article_id, title, quiet=True, only_stale=only_stale)
    payload = {"articles": len(texts), "method": spottings.method_now()}
    audit.record(session, actor, "articles.spotting_asked", "articles", payload)


def _ask(
    session: Session,
    actor: Person | None,
    version_id: int,
    article_id: int,
    title: str,
    *,
    quiet: bool = False,
    only_stale: bool = False,
) -> Job:
    return jobs.ask(
        session,
        actor,
        spottings.KIND,
        key=spottings.key(version_id),
        title=title,
        payload={"article": article_id, "version": version_id, "only_stale": only_stale},
        urgency=jobs.WHEN_QUIET if quiet else jobs.SOON,
    )
