"""What happened to a source, in words, as the log has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit.lookups import said
from verify.audit.models import AuditEntry, AuditPayload
from verify.filters import day
from verify.sources.identity_lookups import OPENED, REFUSED
from verify.sources.models import Source, SourceKind, TieKind
from verify.sources.words import KIND_WORDS, TIE_WORDS

SHOWN = 40
Said = Mapping[str, Any]
Names = Mapping[int, str]


@dataclass(frozen=True)
class Actor:
    """Whoever did something."""

    name: str


@dataclass(frozen=True)
class Happening:
    """One line of a source's history."""

    at: datetime
    who: Actor | None
    words: str
    icon: str
    detail: str


def history_of(session: Session, source: Source) -> list[Happening]:
    """What people did to a source, the latest first; who looked at an identity is not among it."""
    rows = session.execute(
        select(AuditEntry, AuditPayload, Person.name)
        .outerjoin(AuditPayload, AuditPayload.sequence == AuditEntry.sequence)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(
            AuditEntry.subject_type == "source",
            AuditEntry.subject_id == str(source.id),
            AuditEntry.action.not_in((OPENED, REFUSED)),
        )
        .order_by(AuditEntry.sequence.desc())
        .limit(SHOWN)
    ).all()
    lines = [(entry, said(payload) or {}, name) for entry, payload, name in rows]
    names = _names(session, [payload for _, payload, _ in lines])
    return [
        Happening(datetime.fromisoformat(entry.at), Actor(name) if name else None, words, icon, detail)
        for entry, payload, name in lines
        for words, icon, detail in [_line(entry.action, payload, names)]
    ]


def _names(session: Session, payloads: Sequence[Said]) -> Names:
    """The names of the sources that these entries speak of by number."""
    numbers = {payload.get(end) for payload in payloads for end in ("source", "other")}
    asked = select(Source.id, Source.name).where(
        Source.id.in_({one for one in numbers if isinstance(one, int)})
    )
    return {row[0]: row[1] for row in session.execute(asked)}


def _line(action: str, payload: Said, names: Names) -> tuple[str, str, str]:
    told = _WORDS.get(action.removeprefix("source."))
    if told is None:
        return action.removeprefix("source.").replace("_", " "), "dot", ""
    icon, words = told
    sentence, detail = words(payload, names)
    return sentence, icon, detail


def _day(payload: Said, of: str) -> str:
    """A day of an entry, as people write it."""
    return day(date.fromisoformat(payload[of])) if payload.get(of) else ""


def _tie(payload: Said, names: Names) -> str:
    kind = payload.get("kind", "")
    words = TIE_WORDS[TieKind(kind)] if kind in set(TieKind) else kind
    far = payload.get("event") or names.get(payload.get("other") or 0, "a source")
    return f"{names.get(payload.get('source') or 0, 'it')} {words} {far}"


def _described(payload: Said, _names: Names) -> tuple[str, str]:
    changes = []
    for what, (old, new) in sorted(payload.items()):
        if what == "kind":
            old, new = KIND_WORDS[SourceKind(old)], KIND_WORDS[SourceKind(new)]
        changes.append("the note" if what == "note" else f"the {what} from “{old}” to “{new}”")
    return f"changed {' and '.join(changes)}", ""


def _apart(payload: Said, names: Names) -> str:
    if payload.get("other"):
        return f"{names.get(payload['source'], 'it')} and {names.get(payload['other'], 'another source')}"
    return f"the name “{payload.get('name', '')}”"


_WORDS: dict[str, tuple[str, Callable[[Said, Names], tuple[str, str]]]] = {
    "registered": ("plus", lambda p, n: ("registered this source", "")),
    "described": ("pencil", _described),
    "alias_added": ("check", lambda p, n: (f"confirmed the name “{p.get('alias', '')}”", "")),
    "alias_removed": ("x", lambda p, n: (f"removed the name “{p.get('alias', '')}”", "")),
    "told_apart": ("ban", lambda p, n: (f"told apart: {_apart(p, n)}", "")),
    "difference_ended": ("undo-2", lambda p, n: (f"took back what was told apart: {_apart(p, n)}", "")),
    "tie_stated": ("link", lambda p, n: (f"stated: {_tie(p, n)}", f"Known from {p.get('known_from', '')}")),
    "tie_closed": (
        "calendar", lambda p, n: (f"ended on {_day(p, 'until')}: {_tie(p, n)}", p.get("reason", ""))
    ),
    "tie_ended": ("undo-2", lambda p, n: (f"took back: {_tie(p, n)}", p.get("reason", ""))),
    "judged": (
        "scale",
        lambda p, n: (f"judged its reliability {p.get('grade', '')} from {_day(p, 'since')}", p.get("reason", "")),
    ),
    "judgement_ended": (
        "undo-2",
        lambda p, n: (f"took back the {p.get('grade', '')} from {_day(p, 'since')}", p.get("reason", "")),
    ),
    "merged": ("git-merge", lambda p, n: (f"merged {p.get('name', 'a source')} into it", p.get("reason", ""))),
    "split_back": (
        "undo-2", lambda p, n: (f"split it off from {p.get('from', 'another')} again", p.get("reason", ""))
    ),
    "split_off": (
        "git-merge",
        lambda p, n: (f"made a source of its own of {', '.join(p.get('names', []))}", p.get("reason", "")),
    ),
    "identity_sealed": ("lock", lambda p, n: ("sealed who it is", "")),
    "identity_reader_named": ("user-plus", lambda p, n: ("let one more person open its identity", "")),
    "identity_reader_withdrawn": ("user-x", lambda p, n: ("let one person open its identity no longer", "")),
    "identity_destroyed": ("trash-2", lambda p, n: ("destroyed the record of who it is", p.get("reason", ""))),
}  # fmt: skip
