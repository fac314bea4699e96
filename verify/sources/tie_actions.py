"""What people state about how sources stand to each other, and how they take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Refused
from verify.permissions import Permission, demand
from verify.sources import lookups
from verify.sources.models import Source, SourceTie, TieKind
from verify.sources.names import refuse_controls
from verify.sources.periods import overlap
from verify.sources.signals import registry_changed
from verify.sources.words import TIE_WORDS

_CLOSE = (TieKind.SPEAKS_FOR, TieKind.MEMBER_OF, TieKind.OWNED_BY, TieKind.ALLIED_WITH)
_ONE_WAY = (TieKind.SPEAKS_FOR, TieKind.MEMBER_OF, TieKind.OWNED_BY)
_BOTH_WAYS = (TieKind.ALLIED_WITH, TieKind.HOSTILE_TO)


@dataclass(frozen=True)
class Statement:
    """A tie as somebody states it; `other` for a source, `event` for what a source is a party to."""

    kind: TieKind
    known_from: str
    other: Source | None = None
    event: str = ""
    since: date | None = None
    until: date | None = None


def state_tie(session: Session, actor: Person, source: Source, stated: Statement) -> SourceTie:
    """State a tie of a source, with where it is known from; refuses what cannot be or contradicts another tie."""
    demand(actor, Permission.EDIT_SOURCE)
    _refuse_incomplete(source, stated)
    _refuse_contradiction(session, source, stated)
    other = None if stated.kind is TieKind.PARTY_TO else stated.other
    tie = SourceTie(
        source_id=source.id,
        kind=stated.kind,
        other_id=other.id if other else None,
        event=" ".join(stated.event.split()) if stated.kind is TieKind.PARTY_TO else "",
        since=stated.since,
        until=stated.until,
        known_from=stated.known_from.strip(),
        stated_by_id=actor.id,
        stated_at=now(),
    )
    session.add(tie)
    session.flush()
    audit.record(session, actor, "source.tie_stated", source, _as_words(tie))
    registry_changed.send([source.id], session=session, actor=actor)
    return tie


def end_tie(session: Session, actor: Person, source: Source, tie: SourceTie, *, reason: str) -> None:
    """Take back a tie that does not hold; it stays on the card, struck out, with the reason."""
    demand(actor, Permission.EDIT_SOURCE)
    if tie.ended_at is not None:
        raise Refused("This tie was taken back already.")
    if not reason.strip():
        raise Refused("Say why the tie does not hold; the reason stays on the card.", field="reason")
    refuse_controls(reason, "reason")
    tie.ended_at, tie.ended_reason = now(), " ".join(reason.split())[:500]
    session.flush()
    audit.record(session, actor, "source.tie_ended", source, {**_as_words(tie), "reason": tie.ended_reason})
    registry_changed.send([tie.source_id], session=session, actor=actor)


def _as_words(tie: SourceTie) -> dict[str, str | int | None]:
    return {
        "source": tie.source_id,
        "kind": tie.kind.value,
        "other": tie.other_id,
        "event": tie.event,
        "since": str(tie.since or ""),
        "until": str(tie.until or ""),
        "known_from": tie.known_from,
    }


def _refuse_incomplete(source: Source, stated: Statement) -> None:
    refuse_controls(stated.known_from, "known_from")
    refuse_controls(stated.event, "event")
    if not stated.known_from.strip():
        raise Refused(
            "Say where this tie is known from: an address, a document, a broadcast.", field="known_from"
        )
    if stated.since and stated.until and stated.since > stated.until:
        raise Refused("The tie would end before it begins; check the two dates.", field="until")
    if stated.kind is TieKind.PARTY_TO:
        if not stated.event.strip():
            raise Refused("Name the event or the side that this source is a party to.", field="event")
    elif stated.other is None:
        raise Refused("Choose the source at the other end of the tie.", field="other")
    elif stated.other.id == source.id:
        raise Refused(f"{source.name} cannot be tied to itself.", field="other")


def _refuse_contradiction(session: Session, source: Source, stated: Statement) -> None:
    """Refuse what is stated already, or cannot hold beside what is stated."""
    for tie in _between(session, source, stated):
        if not overlap((tie.since, tie.until), (stated.since, stated.until)):
            continue
        forward = tie.source_id == source.id
        clash = _clash(stated.kind, tie.kind, forward=forward)
        if clash:
            raise Refused(
                f"{clash}: {_sentence(tie)} Take that tie back first if it does not hold.", field="kind"
            )
    other = stated.other
    if stated.kind in _ONE_WAY and other and source.id in lookups.led_to(session, [other.id], [stated.kind]):
        raise Refused(
            f"This would make a circle: {other.name} already {TIE_WORDS[stated.kind]} {source.name}, "
            "directly or through others. Take one of those ties back first.",
            field="other",
        )


def _clash(new: TieKind, old: TieKind, *, forward: bool) -> str:
    """Say why two ties of one pair cannot both be stated; nothing when they can."""
    if new is old and (forward or new in _BOTH_WAYS):
        return "This is stated already"
    hostile = TieKind.HOSTILE_TO
    if (new is hostile and old in _CLOSE) or (old is hostile and new in _CLOSE):
        return "This contradicts another tie"
    return ""


def _between(session: Session, source: Source, stated: Statement) -> list[SourceTie]:
    """The ties in force between the two, or to the same event."""
    asked = select(SourceTie).where(SourceTie.ended_at.is_(None))
    if stated.kind is TieKind.PARTY_TO or stated.other is None:
        event = " ".join(stated.event.split()).casefold()
        ties = session.scalars(asked.where(SourceTie.source_id == source.id, SourceTie.kind == stated.kind))
        return [tie for tie in ties if tie.event.casefold() == event]
    ends = (source.id, stated.other.id)
    both = SourceTie.source_id.in_(ends), SourceTie.other_id.in_(ends)
    return list(session.scalars(asked.where(*both)))


def _sentence(tie: SourceTie) -> str:
    return f"{tie.source.name} {TIE_WORDS[tie.kind]} {tie.other.name if tie.other else tie.event}."
