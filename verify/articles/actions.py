"""What people do with articles and with the assertions in them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles import plaintext, shared_text, spottings
from verify.articles.decisions import (
    dismiss,
    edit_assertion,
    mark_by_hand,
    mark_filed,
    restore,
    undo_edit,
    unmark_filed,
)
from verify.articles.languages import LANGUAGES, UNKNOWN
from verify.articles.models import Article, ArticleVersion
from verify.articles.signals import article_described, text_spotted
from verify.articles.spotting_actions import demand_of, spot_later
from verify.articles.suggestions import put_suggestions, spotted_in
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Refused
from verify.permissions import Permission
from verify.sources import actions as source_actions
from verify.sources import lookups as sources
from verify.sources.models import Source, SourceKind
from verify.spotting.assertion import Assertion as Spotted

__all__ = [
    "Description",
    "File",
    "Intake",
    "describe",
    "dismiss",
    "edit_assertion",
    "mark_by_hand",
    "mark_filed",
    "restore",
    "take_in",
    "undo_edit",
    "unmark_filed",
]

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_LENGTHS = {"title": 300, "outlet": 200, "byline": 200, "url": 2_000}


@dataclass(frozen=True, slots=True)
class Description:
    """What is said about an article beside its text."""

    title: str
    outlet: str = ""
    byline: str = ""
    language: str = UNKNOWN
    url: str = ""
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class File:
    """The file a text was read from, and what its reader had to decide."""

    name: str = ""
    media_type: str = "text/plain"
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Intake:
    """The article that holds the text, and whether it is new or was in already."""

    article: Article
    new: bool


def take_in(
    session: Session,
    actor: Person | None,
    *,
    text: str,
    described: Description,
    file: File | None = None,
    spotted: Sequence[Spotted] | None = None,
    later: bool = False,
) -> Intake:
    """Freeze a text as a new article with its suggestions; the same text again gives the article it is in.

    `spotted` saves the time of spotting inside the transaction; with `later` a job of the same transaction spots the
    text, and the suggestions follow. `actor` is None for the machine itself.
    """
    demand_of(actor, Permission.TAKE_IN_ARTICLE)
    text = plaintext.frozen(text)
    described = _checked(described)
    sha256 = plaintext.sha256_of(text)
    if (earlier := _article_with(session, sha256)) is not None:
        return Intake(earlier, new=False)
    if spotted is None and not later:
        spotted = spotted_in(text, described.published_on)
    article = Article(taken_in_by_id=actor.id if actor else None, taken_in_at=now())
    _describe(session, actor, article, described)
    try:
        with session.begin_nested():
            version = _freeze(session, article, text, sha256, file or File())
    except IntegrityError:
        # Somebody took the same text in between our look and our write.
        if (earlier := _article_with(session, sha256)) is None:
            raise
        return Intake(earlier, new=False)
    said: dict[str, object] = {"title": article.title, "sha256": sha256, "length": len(text)}
    if spotted is None:
        spot_later(session, actor, version)
        said["suggestions"] = "to follow"
    else:
        put = put_suggestions(session, version, spotted)
        spottings.note(session, version, put.suggestions)
        said["suggestions"] = put.suggestions
        text_spotted.send(version, session=session, first=True)
    audit.record(session, actor, "article.taken_in", article, said)
    return Intake(article, new=True)


def fingerprint(article: Article) -> str:
    """What tells one description of an article from another."""
    return hashlib.sha256(json.dumps(_as_words(article), default=str).encode()).hexdigest()


def describe(
    session: Session, actor: Person, article: Article, described: Description, *, seen: str | None = None
) -> Article:
    """Correct what is said about an article; its text stays frozen. `seen` is the fingerprint of what was corrected."""
    demand_of(actor, Permission.EDIT_ARTICLE)
    session.execute(select(Article.id).where(Article.id == article.id).with_for_update())
    session.refresh(article)
    if seen is not None and seen != fingerprint(article):
        raise Conflict(
            "Somebody changed this description while you were at it. What you typed is kept below: "
            "compare it with the description as it is now, then save again."
        )
    before = _as_words(article)
    _describe(session, actor, article, _checked(described))
    session.flush()
    after = _as_words(article)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        article_described.send(article, session=session, actor=actor)
        audit.record(session, actor, "article.described", article, changed)
    return article


def _article_with(session: Session, sha256: str) -> Article | None:
    return session.scalar(select(Article).join(ArticleVersion).where(ArticleVersion.sha256 == sha256))


def _freeze(session: Session, article: Article, text: str, sha256: str, file: File) -> ArticleVersion:
    session.add(article)
    session.flush()
    version = ArticleVersion(
        article=article,
        number=1,
        text=text,
        sha256=sha256,
        length=len(text),
        media_type=file.media_type,
        file_name=plaintext.without_controls(file.name).text[:200],
        intake_notes=list(file.notes),
        frozen_at=now(),
    )
    session.add(version)
    session.flush()
    shared_text.record(session, version)
    return version


def _checked(described: Description) -> Description:
    """Return the description with blanks trimmed, or refuse it with the reason."""
    line = {name: " ".join(getattr(described, name).split()) for name in _LENGTHS}
    if not line["title"]:
        raise Refused("Give the article a title, so that people can tell it from others.", field="title")
    for name, most in _LENGTHS.items():
        if len(line[name]) > most:
            raise Refused(f"This is longer than the {most:,} characters that are kept.", field=name)
        if plaintext.controls_in(line[name]):
            raise Refused("This holds a control character; type it again.", field=name)
    if line["url"] and not _ADDRESS.fullmatch(line["url"]):
        raise Refused("Write the whole address, beginning with http:// or https://.", field="url")
    if described.published_on and described.published_on > now().date() + timedelta(days=1):
        raise Refused("This day has not come yet; check the date of publication.", field="published_on")
    language = described.language if described.language in LANGUAGES else UNKNOWN
    return Description(**line, language=language, published_on=described.published_on)


def _describe(session: Session, actor: Person | None, article: Article, described: Description) -> None:
    article.title = described.title
    article.byline = described.byline
    article.language = described.language
    article.url = described.url
    article.published_on = described.published_on
    article.outlet = _outlet(session, actor, described.outlet)


def _outlet(session: Session, actor: Person | None, name: str) -> Source | None:
    """Return the registered outlet of this name, registering it when it is new; none for no name."""
    if not name:
        return None
    known = sources.resolve(session, name)
    if known is not None:
        return known
    try:
        return source_actions.register_source(session, actor, name=name, kind=SourceKind.OUTLET)
    except Refused:
        # Somebody registered it between our look and our write, such as who takes in its other article.
        if (known := sources.resolve(session, name)) is None:
            raise
        return known


def _as_words(article: Article) -> dict[str, str]:
    return {
        "title": article.title,
        "outlet": article.outlet.name if article.outlet else "",
        "byline": article.byline,
        "language": article.language,
        "url": article.url,
        "published_on": str(article.published_on or ""),
    }
