"""The page of the reading room: the assertions asked for, in the text or in a list, and where forms lead on to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from verify.accounts.models import Person
from verify.accounts.sessions import reader
from verify.articles import (
    lookups,
    room,
    room_lookups,
    shared_text_lookups,
    shared_text_words,
    spotting_pages,
    words,
)
from verify.articles.forms import BareForm, DismissForm
from verify.articles.languages import language_name
from verify.articles.models import ArticleVersion, Assertion, AssertionState
from verify.articles.passages import PART, parts_of
from verify.articles.plaintext import plain, without_controls
from verify.articles.room_lookups import ORDERS, Numbered, Wanted
from verify.db import db, start_reading
from verify.forms import DeskForm, form_again

# Tickets tells here which assertions are filed where; articles may not ask it by itself.
FiledUnder = Callable[[Session, Person | None, list[int]], Mapping[int, room.FiledUnder]]
WORTHS = (40, 60, 80)


def asked_for(asked: MultiDict[str, str]) -> Wanted:
    """Return which assertions an address asks for; what makes no sense is left out."""
    states = {state.value: state for state in AssertionState}
    worth = asked.get("worth", 0, type=int)
    return Wanted(
        order=asked.get("order", "") if asked.get("order") in ORDERS else "place",
        state=states.get(asked.get("state", "")),
        method=without_controls(asked.get("method", "")).text[:40],
        speaker=without_controls(asked.get("speaker", "")).text[:200],
        worth=worth if 0 < worth <= 100 else 0,
    )


def as_query(wanted: Wanted) -> dict[str, Any]:
    """Return the part of an address that asks for these assertions."""
    said = {
        "order": wanted.order if wanted.order != "place" else "",
        "state": wanted.state.value if wanted.state else "",
        "method": wanted.method,
        "speaker": wanted.speaker,
        "worth": wanted.worth,
    }
    return {name: value for name, value in said.items() if value}


def reading_room(article_id: int, part: int | None = None) -> dict[str, Any]:
    """Return an article with its assertions, in its text or as a list, and what it shares with others."""
    person = reader()
    article = lookups.article(db.session, person, article_id)
    version = lookups.frozen_text(db.session, person, article)
    wanted = asked_for(request.args)
    shown = (
        _in_the_text(person, version, wanted, part)
        if wanted.order == "place"
        else _listed(person, version, wanted)
    )
    query = as_query(wanted)
    return {
        "article": article,
        "version": version,
        **shown,
        "counts": lookups.counts(db.session, person, version),
        "shared": shared_text_lookups.shared_with(db.session, person, version),
        "shared_words": shared_text_words,
        "plain_title": plain(article.title),
        "language_name": language_name,
        "bare": BareForm(),
        **spotting_pages.spotting_of(version),
        "dismiss_form": DismissForm(formdata=None),
        "words": words,
        "wanted": wanted,
        "query": query,
        "choices": room_lookups.choices(db.session, version),
        "worths": WORTHS,
        "own_voice": room_lookups.OWN_VOICE,
        "fitting": room_lookups.many(db.session, version, wanted) if wanted.narrowed else None,
        "page_url": lambda number: url_for("articles.show", article_id=article_id, part=number, **query),
    }


def _in_the_text(
    person: Person | None, version: ArticleVersion, wanted: Wanted, part: int | None
) -> dict[str, Any]:
    parts = parts_of(version.text)
    at = _part_asked(parts) if part is None else part
    numbered = room_lookups.in_part(db.session, person, version, wanted, parts[at])
    laid_out = room.laid_out(version.text, numbered, _filed(person, numbered), source_url, parts[at])
    return {"room": laid_out, "part": at + 1, "parts": len(parts)}


def _listed(person: Person | None, version: ArticleVersion, wanted: Wanted) -> dict[str, Any]:
    page = min(max(request.args.get("part", 1, type=int), 1), 10_000)
    numbered, more = room_lookups.ranked(db.session, person, version, wanted, page - 1)
    cards = room.cards_of(version.text, numbered, _filed(person, numbered), source_url)
    return {
        "room": room.Room([], {card.assertion.id: card for card in cards}, {}),
        "part": page,
        "more": more,
    }


def _filed(person: Person | None, numbered: Sequence[Numbered]) -> Mapping[int, room.FiledUnder]:
    filed_under: FiledUnder | None = current_app.extensions.get("verify_filed_under")
    found = [one.assertion.id for one in numbered if one.assertion.state is AssertionState.FILED]
    return filed_under(db.session, person, found) if filed_under and found else {}


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


def came_from() -> dict[str, Any]:
    """Return the part of this request's address that leads back to the list or narrowed text it was sent from."""
    query = as_query(asked_for(request.args))
    part = request.args.get("part", type=int)
    return {**query, "part": part} if "order" in query and part else query


def card_url(assertion: Assertion) -> str:
    """Return the address of an assertion's card, in the list or the narrowed text that the person came from."""
    query = came_from()
    place = assertion.start if assertion.version.length > PART and "order" not in query else None
    return url_for(
        "articles.show",
        article_id=assertion.version.article_id,
        place=place,
        **query,
        _anchor=f"assertion-{assertion.id}",
    )


def after_marking(assertion: Assertion) -> str:
    """Return where marking leads: to the card, or to the ticket that the person wants to open."""
    if request.form.get("then") == "ticket":
        return url_for("tickets.new", assertion=assertion.id)
    return card_url(assertion)


def source_url(source_id: int) -> str:
    """Return the address of a source's card."""
    return url_for("sources.show", source_id=source_id)
