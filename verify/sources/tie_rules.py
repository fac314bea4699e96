"""Which ties can be stated: what cannot be, what contradicts another tie, and what would go in a circle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from verify.errors import Refused
from verify.sources import lookups
from verify.sources.models import Source, SourceKind, SourceTie, TieKind
from verify.sources.names import holds_unseen, refuse_controls
from verify.sources.periods import Period, overlap, shared
from verify.sources.words import TIE_WORDS

_CLOSE = (
    TieKind.SPEAKS_FOR, TieKind.MEMBER_OF, TieKind.OWNED_BY, TieKind.SAME_FAMILY, TieKind.ALLIED_WITH,
)  # fmt: skip
ONE_WAY = (TieKind.SPEAKS_FOR, TieKind.MEMBER_OF, TieKind.OWNED_BY)
_BOTH_WAYS = (TieKind.SAME_FAMILY, TieKind.ALLIED_WITH, TieKind.HOSTILE_TO)
_PUBLISHERS = (SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.ORGANISATION, SourceKind.ACCOUNT)


@dataclass(frozen=True)
class Statement:
    """A tie as somebody states it; `other` for a source, `event` for what a source is a party to."""

    kind: TieKind
    known_from: str
    other: Source | None = None
    event: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def period(self) -> Period:
        """The days on which it holds."""
        return self.since, self.until


def refuse_incomplete(source: Source, stated: Statement) -> None:
    """Refuse a tie that lacks what every tie needs, or that no two sources can have."""
    refuse_controls(stated.known_from, "known_from")
    refuse_controls(stated.event, "event")
    if not stated.known_from.strip():
        raise Refused(
            "Say where this tie is known from: an address, a document, a broadcast.", field="known_from"
        )
    if stated.since and stated.until and stated.since > stated.until:
        raise Refused("The tie would end before it begins; check the two dates.", field="until")
    if stated.kind is TieKind.PARTY_TO:
        if stated.other is not None:
            raise Refused(
                f"A source is a party to an event, not to {stated.other.name}. Empty this field, "
                "or choose how the two stand to each other.",
                field="other",
            )
        if not stated.event.strip():
            raise Refused("Name the event or the side that this source is a party to.", field="event")
        if holds_unseen(" ".join(stated.event.split())):
            raise Refused("The event holds a character that cannot be seen; type it again.", field="event")
    elif stated.event.strip():
        raise Refused("An event belongs to “is a party to” alone. Empty this field.", field="event")
    elif stated.other is None:
        raise Refused("Choose the source at the other end of the tie.", field="other")
    elif stated.other.id == source.id:
        raise Refused(f"{source.name} cannot be tied to itself.", field="other")
    elif stated.kind is TieKind.SAME_FAMILY:
        for one in (source, stated.other):
            if one.kind not in _PUBLISHERS:
                raise Refused(
                    f"Publishers form a family, and {one.name} is none. Say who is a member or speaks for whom.",
                    field="kind",
                )


def refuse_parting_a_family(session: Session, source: Source, kind: SourceKind) -> None:
    """Refuse to make something else of a publisher that belongs to a family of them."""
    ties = [] if kind in _PUBLISHERS else _in_force(session, source.id)
    for tie in ties:
        if tie.kind is TieKind.SAME_FAMILY:
            raise Refused(
                f"Publishers alone form a family: {sentence(tie)} Take that tie back first if it does not hold.",
                field="kind",
            )


def refuse_contradiction(session: Session, source: Source, stated: Statement) -> None:
    """Refuse what is stated already, or cannot hold beside what is stated."""
    for tie in _between(session, source, stated):
        if not overlap((tie.since, tie.until), stated.period):
            continue
        clash = _clash(stated.kind, tie.kind, forward=tie.source_id == source.id)
        if clash:
            raise Refused(
                f"{clash}: {sentence(tie)} Take that tie back first if it does not hold.", field="kind"
            )
    if stated.kind in ONE_WAY and stated.other is not None:
        way = path(session, stated.other.id, source.id, stated.kind, stated.period)
        if way:
            raise Refused(
                f"This would make a circle: {stated.other.name} already {TIE_WORDS[stated.kind]} {source.name}, "
                f"{'through others' if len(way) > 1 else 'as stated'}. Take one of those ties back first: "
                + " ".join(sentence(tie) for tie in way),
                field="other",
            )


def path(session: Session, start: int, end: int, kind: TieKind, period: Period) -> list[SourceTie]:
    """The ties of a kind, in force and with a day of the period in common, that lead from one source to another."""
    around = lookups.led_to(session, [start], [kind])
    if end not in around or start == end:
        return []
    asked = select(SourceTie).where(
        SourceTie.source_id.in_(around), SourceTie.kind == kind, SourceTie.ended_at.is_(None)
    )
    onward: dict[int, list[SourceTie]] = {}
    for tie in session.scalars(asked.order_by(SourceTie.id)):
        onward.setdefault(tie.source_id, []).append(tie)
    waiting: list[tuple[int, Period, list[SourceTie]]] = [(start, period, [])]
    seen: set[tuple[int, Period]] = set()
    while waiting:
        place, held, way = waiting.pop(0)
        if place == end:
            return way
        if (place, held) in seen:
            continue
        seen.add((place, held))
        for tie in onward.get(place, []):
            days = shared(held, (tie.since, tie.until))
            if days is not None and tie.other_id is not None:
                waiting.append((tie.other_id, days, [*way, tie]))
    return []


def refuse_merging(session: Session, source: Source, into: Source) -> None:
    """Refuse to make one source of two whose ties say that they are two, or would contradict each other."""
    mine, theirs = _in_force(session, source.id), _in_force(session, into.id)
    for tie in mine:
        if into.id in (tie.source_id, tie.other_id):
            raise Refused(
                f"{sentence(tie)} Who is tied to a source is another one: take that tie back first."
            )
    for kind in ONE_WAY:
        way = path(session, source.id, into.id, kind, (None, None)) or path(
            session, into.id, source.id, kind, (None, None)
        )
        if way:
            raise Refused(
                "As one source it would lead back to itself: "
                + " ".join(sentence(tie) for tie in way)
                + " Take one of these ties back first."
            )
    for one in mine:
        for other in theirs:
            if _far_end(one, source.id) == _far_end(other, into.id) is not None and _contradict(one, other):
                raise Refused(
                    f"Their ties contradict each other: {sentence(one)} {sentence(other)} Take one back first."
                )


def _contradict(one: SourceTie, other: SourceTie) -> bool:
    hostile = TieKind.HOSTILE_TO
    against = (one.kind is hostile and other.kind in _CLOSE) or (other.kind is hostile and one.kind in _CLOSE)
    return against and overlap((one.since, one.until), (other.since, other.until))


def _far_end(tie: SourceTie, source_id: int) -> int | None:
    return tie.other_id if tie.source_id == source_id else tie.source_id


def _in_force(session: Session, source_id: int) -> list[SourceTie]:
    ends = or_(SourceTie.source_id == source_id, SourceTie.other_id == source_id)
    return list(session.scalars(select(SourceTie).where(ends, SourceTie.ended_at.is_(None))))


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


def sentence(tie: SourceTie) -> str:
    """A tie as a sentence."""
    return f"{tie.source.name} {TIE_WORDS[tie.kind]} {tie.other.name if tie.other else tie.event}."
