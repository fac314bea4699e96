"""Who may review a ticket, who may not and why, and drawing two from those who may."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from random import SystemRandom

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from verify.accounts.models import Person, RoleGrant
from verify.errors import Refused
from verify.permissions import PERMISSIONS, Permission, may
from verify.tickets.ancestry import with_merged
from verify.tickets.models import Assignment, Interest, Ticket
from verify.tickets.workflow import Status

REVIEWERS = 2
# Further reasons against a reviewer, from packages along the walk: person id to a whole sentence.
Bar = Callable[[Session, Ticket], dict[int, str]]
_bars: list[Bar] = []
_chance = SystemRandom()


def register_bar(bar: Bar) -> None:
    """Add a rule about who may not review a ticket, such as having adjudicated it."""
    if bar not in _bars:
        _bars.append(bar)


@dataclass(frozen=True)
class Candidate:
    """Somebody who could review, how many reviews they have on hand, and what stands against it."""

    person: Person
    load: int
    bar: str = ""


def in_force(session: Session, ticket: Ticket) -> list[Assignment]:
    """The assignments of the present round that were not freed, oldest first."""
    return list(
        session.scalars(
            select(Assignment)
            .where(
                Assignment.ticket_id == ticket.id,
                Assignment.round == ticket.round,
                Assignment.freed_at.is_(None),
            )
            .order_by(Assignment.id)
        )
    )


def conflicted(session: Session, ticket: Ticket) -> dict[int, str]:
    """Who may not judge this claim in any round: its openers and those with an interest, also of merged tickets."""
    kin = with_merged(ticket.id)
    against = {ticket.opened_by_id: "opened this ticket"}
    for person_id in session.scalars(select(Ticket.opened_by_id).where(Ticket.id.in_(kin))):
        against.setdefault(person_id, "opened a ticket that was merged into this one")
    for person_id in session.scalars(select(Interest.person_id).where(Interest.ticket_id.in_(kin))):
        against.setdefault(person_id, "declared an interest in this ticket")
    return against


def bars(session: Session, ticket: Ticket) -> dict[int, str]:
    """Who may not review this ticket (again), and why; people of the desk not named here may."""
    against = conflicted(session, ticket)
    assigned = select(Assignment.reviewer_id, Assignment.freed_at).where(
        Assignment.ticket_id == ticket.id, Assignment.round == ticket.round
    )
    for person_id, freed_at in session.execute(assigned):
        against.setdefault(
            person_id, "is assigned already" if freed_at is None else "was freed from this round of reviews"
        )
    for bar in _bars:
        for person_id, reason in bar(session, ticket).items():
            against.setdefault(person_id, reason)
    return against


def loads(session: Session, people: Collection[int]) -> dict[int, int]:
    """How many tickets in review each of these people is assigned to now."""
    counted = (
        select(Assignment.reviewer_id, func.count())
        .join(Ticket, (Ticket.id == Assignment.ticket_id) & (Ticket.round == Assignment.round))
        .where(
            Assignment.reviewer_id.in_(people),
            Assignment.freed_at.is_(None),
            Ticket.status == Status.IN_REVIEW,
        )
        .group_by(Assignment.reviewer_id)
    )
    return {line[0]: line[1] for line in session.execute(counted)}


def people_who_review(session: Session) -> list[Person]:
    """Everybody active whose roles allow reviewing, by name."""
    roles = [role for role, held in PERMISSIONS.items() if Permission.REVIEW in held]
    holders = select(RoleGrant.person_id).where(RoleGrant.role.in_(roles))
    return list(
        session.scalars(
            select(Person)
            .options(selectinload(Person.grants))
            .where(Person.active, Person.id.in_(holders))
            .order_by(Person.name, Person.id)
        )
    )


def candidates(session: Session, ticket: Ticket) -> list[Candidate]:
    """Everybody who reviews on this desk, with load, and what stands against them on this ticket."""
    people = people_who_review(session)
    against, busy = bars(session, ticket), loads(session, [person.id for person in people])
    return [Candidate(person, busy.get(person.id, 0), against.get(person.id, "")) for person in people]


def refuse_barred(session: Session, ticket: Ticket, people: Sequence[Person], field: str) -> None:
    """Refuse when one of these people may not review the ticket; the sentence says why."""
    against = bars(session, ticket)
    for person in people:
        if not may(person, Permission.REVIEW):
            raise Refused(f"{person.name} does not review on this desk. Choose somebody else.", field)
        if person.id in against:
            raise Refused(f"{person.name} {against[person.id]}. Choose somebody else.", field)


def draw(
    session: Session, ticket: Ticket, count: int, besides: Sequence[Person] = (), also: Sequence[Ticket] = ()
) -> list[Person]:
    """Draw reviewers from those who may, those with the fewest reviews on hand first, by chance among equals.

    People who could approve the verdict are drawn last, so that somebody is left to approve it. Who may not judge
    one of the tickets named in `also` is not drawn either.
    """
    chosen = {person.id for person in besides}
    chosen.update(barred for other in also if other.id != ticket.id for barred in bars(session, other))
    free = [one for one in candidates(session, ticket) if not one.bar and one.person.id not in chosen]
    if len(free) < count:
        raise Refused(
            f"Only {len(free)} of the desk may review {ticket.reference}, and it needs {count} more. "
            "Invite a checker, or free somebody of another role.",
            field="first",
        )
    order = sorted(free, key=lambda one: (may(one.person, Permission.APPROVE), one.load, _chance.random()))
    return [one.person for one in order[:count]]
