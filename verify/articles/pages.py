"""What the pages of articles show beside the reading room: the list, and forms that come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from verify.accounts.sessions import reader
from verify.articles import lookups, words
from verify.articles import reading as reading_page
from verify.articles.actions import fingerprint
from verify.articles.forms import AssertionForm, DescribeForm, IntakeForm
from verify.articles.languages import LANGUAGES, language_name
from verify.articles.lookups import Filters
from verify.articles.models import Assertion
from verify.articles.plaintext import without_controls
from verify.articles.room import edits_of
from verify.db import db, start_reading
from verify.errors import Conflict
from verify.forms import form_again


def listed(asked: MultiDict[str, str]) -> dict[str, Any]:
    """Return the list of articles that a request asks for."""
    filters = Filters(
        q=without_controls(asked.get("q", "")).text.strip()[:200],
        outlet_id=_number(asked, "outlet"),
        language=without_controls(asked.get("language", "")).text[:12],
        waiting=asked.get("waiting") == "yes",
    )
    page = lookups.articles(
        db.session,
        reader(),
        filters,
        older_than=_number(asked, "older"),
        newer_than=_number(asked, "newer"),
    )
    kept = {name: value for name, value in asked.items() if value and name not in ("older", "newer")}
    return {
        "page": page,
        "filters": filters,
        "narrowed": filters != Filters(),
        "outlets": lookups.outlets(db.session, reader()),
        "languages": LANGUAGES,
        "language_name": language_name,
        "newer_url": _page_url(kept, newer=page.newer) if page.newer else None,
        "older_url": _page_url(kept, older=page.older) if page.older else None,
    }


def _number(asked: MultiDict[str, str], name: str) -> int | None:
    """Return a row's number that an address names, or None for what cannot be one."""
    number = asked.get(name, type=int)
    return number if number is not None and 0 < number <= lookups.LARGEST else None


def _page_url(kept: Mapping[str, str], **place: int) -> str:
    parts: dict[str, Any] = {**kept, **place}
    return url_for("articles.index", **parts)


def mending(assertion: Assertion) -> dict[str, Any]:
    """Return what the form of an assertion shows beside its fields, and where it leads back to."""
    return {
        "article": assertion.version.article,
        "assertion": assertion,
        "edits": edits_of(assertion),
        "words": words,
        "query": reading_page.came_from(),
        "back": reading_page.card_url(assertion),
    }


def mending_again(form: AssertionForm, article_id: int, assertion_id: int) -> ResponseReturnValue:
    """Show the form of an assertion once more; after a conflict beside the assertion as it is now."""
    db.session.rollback()
    start_reading()
    assertion = lookups.assertion_of(db.session, reader(), article_id, assertion_id)
    overtaken = getattr(form, "status", 0) == Conflict.status
    if overtaken:  # told of the change, they see the assertion as it is now
        form.row_version.raw_data, form.row_version.data = None, assertion.row_version
    return form_again("articles/assertion.html", form, overtaken=overtaken, **mending(assertion))


def describing_again(form: DescribeForm, article_id: int) -> ResponseReturnValue:
    """Show the form of a description once more; after a conflict beside the description as it is now."""
    db.session.rollback()
    start_reading()
    article = lookups.article(db.session, reader(), article_id)
    overtaken = getattr(form, "status", 0) == Conflict.status
    if overtaken:
        form.seen.data = fingerprint(article)
    return form_again(
        "articles/edit.html", form, article=article, overtaken=overtaken, language_name=language_name
    )


def offered(form: IntakeForm) -> ResponseReturnValue:
    """Show the intake form with what a file says, for a person to confirm; nothing is taken in yet."""
    return render_template("articles/new.html", form=form, offered=True)
