"""Who may judge a ticket's verdict: nobody who had a part in making it."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from verify.accounts.models import Person
from verify.errors import Refused
from verify.evidence.models import Evidence
from verify.grading.models import Adjudication, Review
from verify.tickets.ancestry import with_merged
from verify.tickets.models import Appearance, Assignment, Interest, Ticket, TicketEvent

# Lines of history by which somebody shaped the content of a verdict, also where nothing else of it is left.
EDITS = (
    "claim reworded", "appearance added", "appearance removed", "appearance edited", "took in", "evidence added",
    "evidence withdrawn", "evidence sourced", "name linked", "edge decided",
)  # fmt: skip
SHAPED = "changed what it rests on"


def earlier_roles(session: Session, ticket: Ticket, person: Person) -> list[str]:
    """What this person did on the ticket before, in words; empty for a fresh pair of eyes."""
    parts = _parts(ticket, person)
    found = session.execute(select(*[part.label(f"part_{n}") for n, part in enumerate(parts.values())])).one()
    roles = [role for role, had in zip(parts, found, strict=True) if had]
    return [role for role in roles if role != SHAPED] or roles


def demand_fresh_eyes(session: Session, ticket: Ticket, person: Person, act: str) -> None:
    """Refuse whoever had an earlier role on the ticket; the database refuses the same by trigger."""
    roles = earlier_roles(session, ticket, person)
    if roles:
        done = roles[0] if len(roles) == 1 else f"{', '.join(roles[:-1])} and {roles[-1]}"
        raise Refused(f"You {done}, so another editor must {act} {ticket.reference}.")


def _parts(ticket: Ticket, person: Person) -> dict[str, ColumnElement[bool]]:
    def on_ticket(table: type[Appearance | Evidence | Assignment | Review | Adjudication | Interest],
                  whose: ColumnElement[int]) -> ColumnElement[bool]:  # fmt: skip
        return exists().where(table.ticket_id.in_(kin), whose == person.id)

    kin = with_merged(ticket.id)
    return {
        "opened this ticket": exists().where(Ticket.id == ticket.id, Ticket.opened_by_id == person.id),
        "opened a ticket that was merged into it": exists().where(
            Ticket.id.in_(kin), Ticket.id != ticket.id, Ticket.opened_by_id == person.id
        ),
        "filed an appearance": on_ticket(Appearance, Appearance.filed_by_id.expression),
        "added evidence": on_ticket(Evidence, Evidence.added_by_id.expression),
        "were assigned to review it": on_ticket(Assignment, Assignment.reviewer_id.expression),
        "reviewed it": on_ticket(Review, Review.reviewer_id.expression),
        "adjudicated it": on_ticket(Adjudication, Adjudication.adjudicator_id.expression),
        "declared an interest": on_ticket(Interest, Interest.person_id.expression),
        SHAPED: exists().where(
            TicketEvent.ticket_id.in_(kin),
            TicketEvent.actor_id == person.id,
            TicketEvent.action.in_(EDITS),
        ),
    }
