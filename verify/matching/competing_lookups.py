"""Every figure that was given for what a ticket claims: in its own passages, in other tickets', and under none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles.models import Polarity
from verify.matching import contradiction_lookups
from verify.matching.competing import Axis, Figure, Given, axes, figures_in
from verify.matching.competing_voices import Said, under_tickets
from verify.matching.contradiction_lookups import Near
from verify.matching.contradiction_models import Contradiction, Contrast, Standing
from verify.matching.keys import key_of
from verify.matching.models import MatchDecision, MatchVerdict
from verify.matching.store import Held, split
from verify.similarity.relation import Kind, relation
from verify.tickets.lookups import may_read
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status

_HELD = (Standing.SUGGESTED, Standing.CONFIRMED)
_ONE_EVENT = (Kind.SAME, Kind.OTHER_FIGURES)


@dataclass(frozen=True, slots=True)
class Telling:
    """A passage that gives a figure, and whether only the machine holds it for the same event."""

    said: Said
    assumed: bool = False


@dataclass(frozen=True)
class Competing:
    """What a ticket's claim counts, and where more than one value was given for it."""

    own: list[Figure]
    axes: list[Axis[Telling]]


def competing(session: Session, reader: Person | None, ticket: Ticket, *, widely: bool = False) -> Competing:
    """What the ticket's claim counts, where more than one value was given for it; the oldest article first.

    The event is that of the ticket, and of the tickets that people hold for the same or that give other figures.
    Looked for `widely`, it is also what the machine holds for either: that is marked, until somebody decides.
    """
    may_read(reader)
    own = figures_in(ticket.claim)
    if not own or ticket.status is Status.MERGED:
        return Competing([], [])
    near = contradiction_lookups.near(session, ticket) if widely else contradiction_lookups.Near([], {})
    related = _related(session, ticket, near)
    filed = under_tickets(session, [ticket.id, *related])
    told = [Telling(one, related.get(one.ticket_id or 0, False)) for one in filed]
    told += [Telling(one, assumed=True) for one in _unfiled(session, ticket, near)]
    told.sort(key=lambda one: (str(one.said.published_on or "9"), one.said.assertion_id))
    given = [Given(figure, one) for one in told if one.said.polarity is Polarity.ASSERTS
             for figure in figures_in(one.said.statement)]  # fmt: skip
    mine: set[tuple[object, ...]] = {(one.fate, one.unit) for one in own if one.fate}
    mine |= {(one.fate, one.unit, one.names) for one in own if not one.fate}
    return Competing(own, [axis for axis in axes(given) if axis.values > 1 and _kept(axis, ticket, mine)])


def _kept(axis: Axis[Telling], ticket: Ticket, mine: set[tuple[object, ...]]) -> bool:
    """Whether an axis counts what this ticket counts, and not something else that its neighbours speak of."""
    if any(one.by.said.ticket == ticket.reference for one in axis.given):
        return True
    return (axis.fate, axis.unit) in mine or (axis.fate, axis.unit, axis.names) in mine


def _related(session: Session, ticket: Ticket, near: Near) -> dict[int, bool]:
    """The tickets of the same event, and of each whether only the machine says so."""
    mine = or_(Contradiction.one_id == ticket.id, Contradiction.other_id == ticket.id)
    asked = select(Contradiction.one_id + Contradiction.other_id - ticket.id, Contradiction.standing)
    rows = session.execute(asked.where(mine, Contradiction.contrast == Contrast.FIGURES)).all()
    found = {number: standing is Standing.SUGGESTED for number, standing in rows if standing in _HELD}
    refused = {number for number, standing in rows if standing is Standing.REFUSED}
    alike = {
        number: True
        for number, claim in near.tickets.items()
        if number not in refused and figures_in(claim) and relation(ticket.claim, claim).kind is Kind.SAME
    }
    return alike | found | dict.fromkeys(_held_for_same(session, ticket), False)


def _held_for_same(session: Session, ticket: Ticket) -> Iterator[int]:
    """The tickets that people hold for the same claim, kept apart."""
    key = key_of(Held.TICKET, ticket.id)
    for one, other in session.execute(
        select(MatchDecision.one, MatchDecision.other).where(
            or_(MatchDecision.one == key, MatchDecision.other == key),
            MatchDecision.verdict == MatchVerdict.SAME, MatchDecision.undone_at.is_(None),
        )
    ):  # fmt: skip
        kind, number = split(other if one == key else one)
        if kind is Held.TICKET:
            yield number


def _unfiled(session: Session, ticket: Ticket, near: Near) -> list[Said]:
    """Passages under no ticket that speak of the same event and give a figure, refused ones left out."""
    giving = [said for said in near.passages if figures_in(said.statement)]
    if not giving:
        return []
    refused = contradiction_lookups.refused_places(session, ticket)
    return [
        said
        for said in giving
        if said.place not in refused and relation(ticket.claim, said.statement).kind in _ONE_EVENT
    ]
