"""What the pages of sources show."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from verify.accounts.models import Person
from verify.accounts.sessions import reader
from verify.db import db, start_reading
from verify.errors import Conflict, Refused
from verify.forms import form_again
from verify.sources import lookups, sections
from verify.sources.forms import AliasForm, BareForm, DescribeForm, EndTieForm, RegisterForm, TieForm
from verify.sources.models import Source, SourceKind, TieKind
from verify.sources.tie_actions import Statement
from verify.sources.words import KIND_WORDS, TIE_WORDS


def card_again(form: DescribeForm, source_id: int) -> ResponseReturnValue:
    """The form of a card once more; after a conflict with the version that its reader was told of."""
    db.session.rollback()
    start_reading()
    source = lookups.source_by_id(db.session, reader(), source_id)
    overtaken = getattr(form, "status", 0) == Conflict.status
    if overtaken:
        form.version.raw_data, form.version.data = None, source.version
    return form_again("sources/edit.html", form, source=source, overtaken=overtaken, kind_words=KIND_WORDS)


def listed(asked: MultiDict[str, str]) -> dict[str, Any]:
    """The page of the registry that a request asks for."""
    search = asked.get("q", "").strip()[:200]
    kind = next((kind for kind in SourceKind if kind.value == asked.get("kind")), None)
    page = lookups.page_of_sources(
        db.session,
        reader(),
        search=search,
        kind=kind,
        after=asked.get("after", ""),
        before=asked.get("before", ""),
    )
    kept: dict[str, Any] = {"q": search or None, "kind": kind.value if kind else None}
    return {
        "page": page,
        "search": search,
        "chosen": kind,
        "kinds": KIND_WORDS,
        "previous_url": url_for("sources.index", **kept, before=page.before) if page.before else None,
        "next_url": url_for("sources.index", **kept, after=page.after) if page.after else None,
    }


def card(session: Session, person: Person, source: Source, **forms: Any) -> dict[str, Any]:
    """Everything the card of a source shows; `forms` are those that come back with errors."""
    ties = lookups.ties_of(session, source)
    return {
        "source": source,
        "ties": [tie for tie in ties if tie.ended_at is None],
        "past_ties": [tie for tie in ties if tie.ended_at is not None],
        "alike": lookups.similar_sources(session, source.name),
        "parts": sections.sections_of(session, person, source),
        "kinds": KIND_WORDS,
        "tie_words": TIE_WORDS,
        "alias_form": AliasForm(formdata=None),
        # Each form on the page gets a key of its own: they are different things to do.
        "end_form": lambda: EndTieForm(formdata=None),
        "bare_form": lambda: BareForm(formdata=None),
    } | forms


def refuse_lookalike(session: Session, form: RegisterForm) -> None:
    """Ask before a source is registered whose name is nearly that of another one."""
    alike = lookups.similar_sources(session, form.name.data or "")
    if alike and not form.different.data and lookups.resolve(session, form.name.data or "") is None:
        names = ", ".join(source.name for source in alike)
        raise Refused(
            f"A name much like this is registered: {names}. If it is the same, add this spelling to its names; "
            "if it is somebody else, say so below.",
            field="different",
        )


def statement(session: Session, form: TieForm) -> Statement:
    """The tie that a form states; refuses the name of a source that is not registered."""
    kind = TieKind(form.kind.data)
    name = " ".join((form.other.data or "").split())
    other = lookups.resolve(session, name) if name and kind is not TieKind.PARTY_TO else None
    if name and kind is not TieKind.PARTY_TO and other is None:
        alike = lookups.similar_sources(session, name, limit=1)
        guess = f" Do you mean {alike[0].name}?" if alike else " Register it first."
        raise Refused(f"No source goes by “{name}”.{guess}", field="other")
    return Statement(
        kind=kind,
        other=other,
        event=form.event.data or "",
        since=form.since.data,
        until=form.until.data,
        known_from=form.known_from.data or "",
    )
