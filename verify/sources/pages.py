"""What the pages of sources show."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from verify.accounts.models import Person
from verify.accounts.sessions import reader, settings
from verify.db import db, now, start_reading
from verify.errors import Conflict, Refused
from verify.filters import plural
from verify.forms import form_again
from verify.sources import lookups, sections, tie_actions
from verify.sources.apart import differences_of
from verify.sources.chart import chart
from verify.sources.duplicates import NAMES, likely_duplicates
from verify.sources.forms import (
    AliasForm,
    BareForm,
    DescribeForm,
    EndTieForm,
    PairForm,
    ReasonForm,
    RegisterForm,
    TieForm,
)
from verify.sources.history import history_of
from verify.sources.identity_lookups import protected
from verify.sources.merge_lookups import moves_of
from verify.sources.models import MoveKind, Source, SourceKind, SourceMove, SourceTie, TieKind
from verify.sources.moving import count_leading
from verify.sources.names import name_key
from verify.sources.periods import overlap
from verify.sources.reliability import MEANINGS
from verify.sources.reliability_lookups import judgements_of, reliability_on, stretches
from verify.sources.tie_rules import Statement
from verify.sources.words import KIND_WORDS, TIE_WORDS, TIE_WORDS_BACK

# What goes over when a source is merged, in words.
_GOING = {
    "source_alias": ("name",),
    "source_tie": ("tie",),
    "hop": ("place in a chain", "places in chains"),
    "article": ("article it printed", "articles it printed"),
    "evidence": ("piece of evidence", "pieces of evidence"),
}


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
    search = asked.get("q", "").replace("\0", "").strip()[:200]
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
    today = now().date()
    return {
        "page": page,
        "judged": reliability_on(db.session, [source.id for source in page.sources], today),
        "alike": lookups.similar_sources(db.session, search) if search and not page.sources else [],
        "search": search,
        "chosen": kind,
        "meanings": MEANINGS,
        "kinds": KIND_WORDS,
        "previous_url": url_for("sources.index", **kept, before=page.before) if page.before else None,
        "next_url": url_for("sources.index", **kept, after=page.after) if page.after else None,
    }


def card(session: Session, person: Person, source: Source, **forms: Any) -> dict[str, Any]:
    """Everything the card of a source shows; `forms` are those that come back with errors."""
    ties = lookups.ties_of(session, source)
    judgements = judgements_of(session, source)
    moves = moves_of(session, source)
    standing = [tie for tie in ties if tie.ended_at is None]
    today = now().date()
    return {
        "source": source,
        "merging": next((one for one in moves if one.from_id == source.id and _merged(one)), None),
        "moves": moves,
        "ties": standing,
        "ties_now": [tie for tie in standing if overlap((tie.since, tie.until), (today, today))],
        "past_ties": [tie for tie in ties if tie.ended_at is not None],
        "judgements": judgements,
        "chart": chart(stretches(judgements), today),
        "judged": next((one for one in judgements if one.ended_at is None), None),
        "meanings": MEANINGS,
        "alike": lookups.alike_to(session, source),
        "differences": differences_of(session, source),
        "history": history_of(session, source),
        "protected": protected(session, person, source) if source.kind is SourceKind.ANONYMOUS else None,
        "parts": sections.sections_of(session, person, source),
        "kinds": KIND_WORDS,
        "tie_words": TIE_WORDS,
        "tie_words_back": TIE_WORDS_BACK,
        "alias_form": AliasForm(formdata=None),
        # Each form on the page gets a key of its own: they are different things to do.
        "end_form": lambda: EndTieForm(formdata=None),
        "reason_form": lambda: ReasonForm(formdata=None),
        "bare_form": lambda: BareForm(formdata=None),
    } | forms


def merging(session: Session, source: Source) -> dict[str, Any]:
    """What the form to merge a source shows: how much would go over, and which sources it may be."""
    counts = count_leading(session, source.id)
    going = [plural(counts.pop(table), *words) for table, words in _GOING.items() if counts.get(table)]
    if counts:
        going.append(plural(sum(counts.values()), "other record"))
    return {"source": source, "going": going, "alike": lookups.alike_to(session, source)}


def duplicates(session: Session, person: Person) -> dict[str, Any]:
    """Sources over the whole registry that may be one."""
    found = likely_duplicates(session, person)
    return {
        "pairs": found.pairs,
        "found": found.found,
        "whole": found.whole,
        "names": NAMES,
        # Each form on the page gets a key of its own: they are different things to do.
        "pair_form": lambda: PairForm(formdata=None),
    }


def _merged(move: SourceMove) -> bool:
    return move.kind is MoveKind.MERGED and move.undone_at is None


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


def other_source(session: Session, source: Source, typed: str | None, field: str) -> Source:
    """The source that goes by what was typed; refuses another name of this one, which it does not lead away from."""
    found = named_source(session, typed, field)
    if found.id == source.id and name_key(typed or "") != source.name_key:
        raise Refused(
            f"“{' '.join((typed or '').split())}” is a name of {source.name} already, so the two are one. "
            f"If they are two, split it off from {source.name} first.",
            field=field,
        )
    return found


def named_source(session: Session, typed: str | None, field: str) -> Source:
    """The source that goes by what was typed; refuses the name of one that is not registered."""
    name = " ".join((typed or "").split())
    found = lookups.resolve(session, name)
    if found is None:
        alike = lookups.similar_sources(session, name, limit=1)
        guess = f" Do you mean {alike[0].name}?" if alike else " Register it first."
        raise Refused(f"No source goes by “{name}”.{guess}", field=field)
    return found


def statement(session: Session, source: Source, form: TieForm) -> Statement:
    """The tie of a source that a form states; refuses the name of a source that is not registered."""
    kind = TieKind(form.kind.data)
    named = (form.other.data or "").strip()
    here = settings().base_url
    known = (form.known_from.data or "").strip()
    return Statement(
        kind=kind,
        other=other_source(session, source, named, "other") if named else None,
        event=form.event.data or "",
        since=form.since.data,
        until=form.until.data,
        known_from=known.removeprefix(here) if known.startswith(f"{here}/articles/") else known,
    )


def end_tie(session: Session, source: Source, tie: SourceTie, form: EndTieForm) -> str:
    """End a tie on the day that the form gives, or take it back; returns what to tell."""
    until, reason = form.until.data, form.reason.data
    if until:
        tie_actions.close_tie(session, reader(), source, tie, until=until, reason=reason)
        return f"The tie held until {until.day} {until:%B %Y}; the tickets it bears on are counted anew."
    tie_actions.end_tie(session, reader(), source, tie, reason=reason)
    return "The tie is taken back; the tickets it bore on are counted anew."
