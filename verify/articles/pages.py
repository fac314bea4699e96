"""What the pages of articles show: the list, the reading room, and where a form leads on to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from verify.accounts.models import Person
from verify.accounts.sessions import reader
from verify.articles import lookups, room
from verify.articles.actions import fingerprint
from verify.articles.forms import AssertionForm, BareForm, DescribeForm, IntakeForm
from verify.articles.languages import LANGUAGES, language_name
from verify.articles.lookups import Filters
from verify.articles.models import Assertion
from verify.articles.passages import PART, parts_of
from verify.articles.plaintext import plain, without_controls
from verify.articles.suggestions import spotted_in
from verify.db import db, reading, start_reading
from verify.errors import Conflict
from verify.forms import DeskForm, form_again
from verify.spotting.assertion import Assertion as Spotted

# Tickets tells here which assertions are filed where; articles may not ask it by itself.
FiledUnder = Callable[[Session, Person | None, list[int]], Mapping[int, room.FiledUnder]]


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


def reading_room(article_id: int, part: int | None = None) -> dict[str, Any]:
    """Return a part of an article laid out with its assertions, and the articles that are nearly the same."""
    person = reader()
    article = lookups.article(db.session, person, article_id)
    version = lookups.frozen_text(db.session, person, article)
    parts = parts_of(version.text)
    at = _part_asked(parts) if part is None else part
    assertions = lookups.assertions(db.session, person, version, parts[at])
    filed_under: FiledUnder | None = current_app.extensions.get("verify_filed_under")
    filed = filed_under(db.session, person, [one.id for one in assertions]) if filed_under else {}
    before = lookups.numbers_before(db.session, version, parts[at])
    return {
        "article": article,
        "version": version,
        "room": room.laid_out(version.text, assertions, filed, source_url, part=parts[at], before=before),
        "part": at + 1,
        "parts": len(parts),
        "counts": lookups.counts(db.session, person, version),
        "near": lookups.near_duplicates(db.session, person, version),
        "plain_title": plain(article.title),
        "language_name": language_name,
        "bare": BareForm(),
    }


def _part_asked(parts: list[tuple[int, int]]) -> int:
    """Return the part that the address asks for, by number or by a place in the text."""
    place = request.args.get("place", type=int)
    if place is not None:
        return next((at for at, (_, end) in enumerate(parts) if place < end), len(parts) - 1)
    return min(max(request.args.get("part", 1, type=int) - 1, 0), len(parts) - 1)


def reading_room_again(form: DeskForm, assertion: Assertion) -> ResponseReturnValue:
    """Show the reading room once more with the form of one card as it was sent, and its errors."""
    article_id, assertion_id, start = assertion.version.article_id, assertion.id, assertion.start
    db.session.rollback()
    start_reading()
    parts = parts_of(lookups.assertion(db.session, reader(), assertion_id).version.text)
    at = next(at for at, (_, end) in enumerate(parts) if start < end)
    return form_again("articles/show.html", form, refused=assertion_id, **reading_room(article_id, at))


def mending_again(form: AssertionForm, article_id: int, assertion_id: int) -> ResponseReturnValue:
    """Show the form of an assertion once more; after a conflict beside the assertion as it is now."""
    db.session.rollback()
    start_reading()
    assertion = lookups.assertion_of(db.session, reader(), article_id, assertion_id)
    overtaken = getattr(form, "status", 0) == Conflict.status
    if overtaken:  # told of the change, they see the assertion as it is now
        form.row_version.raw_data, form.row_version.data = None, assertion.row_version
    context = {"article": assertion.version.article, "assertion": assertion, "overtaken": overtaken}
    return form_again("articles/assertion.html", form, **context)


def describing_again(form: DescribeForm, article_id: int) -> ResponseReturnValue:
    """Show the form of a description once more; after a conflict beside the description as it is now."""
    db.session.rollback()
    start_reading()
    article = lookups.article(db.session, reader(), article_id)
    overtaken = getattr(form, "status", 0) == Conflict.status
    if overtaken:
        form.seen.data = fingerprint(article)
    return form_again("articles/edit.html", form, article=article, overtaken=overtaken)


def offered(form: IntakeForm) -> ResponseReturnValue:
    """Show the intake form with what a file says, for a person to confirm; nothing is taken in yet."""
    return render_template("articles/new.html", form=form, offered=True)


def spotted_aside(article_id: int) -> list[Spotted]:
    """Spot an article's text in a reading transaction of its own, so that no writer waits for it."""
    with reading():
        article = lookups.article(db.session, reader(), article_id)
        text = lookups.frozen_text(db.session, reader(), article).text
        published_on = article.published_on
        db.session.rollback()
    return spotted_in(text, published_on)


def card_url(assertion: Assertion) -> str:
    """Return the address of an assertion's card."""
    place = assertion.start if assertion.version.length > PART else None
    article_id = assertion.version.article_id
    return url_for("articles.show", article_id=article_id, place=place, _anchor=f"assertion-{assertion.id}")


def after_marking(assertion: Assertion) -> str:
    """Return where marking leads: to the card, or to the ticket that the person wants to open."""
    if request.form.get("then") == "ticket":
        return url_for("tickets.new", assertion=assertion.id)
    return card_url(assertion)


def source_url(source_id: int) -> str:
    """Return the address of a source's card."""
    return url_for("sources.show", source_id=source_id)
