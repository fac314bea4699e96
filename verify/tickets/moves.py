"""The one place that writes a ticket's state, and the one that notes a change of its content.

Packages further along the walk listen: origins recounts, publishing voids an approval whose content changed.
"""

from __future__ import annotations

from blinker import Signal
from sqlalchemy import update
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.db import now
from verify.errors import Conflict, Refused
from verify.tickets.models import Ticket, TicketEvent
from verify.tickets.workflow import MOVES, Move, Status

content_changed = Signal("the content of a ticket changed: ticket, session=, actor=, what=")
chains_changed = Signal(
    "appearances or chains of a ticket changed, so its origins must be counted: ticket, session="
)
moved = Signal("a ticket went from one state to another: ticket, session=")
records_changed = Signal(
    "evidence of a ticket changed, so its origins must be counted: ticket, session=, actor=, cause= a sentence"
)
merged = Signal("a ticket was merged, so what hangs on it moves: ticket, into=, session=, actor=")

STATUS_WORDS = {
    Status.OPEN: "open", Status.IN_REVIEW: "in review", Status.DISPUTED: "disputed", Status.GRADED: "graded",
    Status.APPROVED: "approved", Status.PUBLISHED: "published", Status.RETRACTED: "retracted",
    Status.DROPPED: "dropped", Status.MERGED: "merged",
}  # fmt: skip


def expect_version(ticket: Ticket, version: int | None) -> None:
    """Refuse a save that was made against an older version of the ticket than the present one."""
    if version is not None and version != ticket.version:
        raise Conflict(
            f"Somebody changed {ticket.reference} while you were at it. Your text is kept below: "
            "compare it with the ticket as it is now, then save again."
        )


def _take_turn(session: Session, ticket: Ticket, **columns: object) -> None:
    """Write columns if nobody else wrote first; raises Conflict when the version has moved on."""
    session.flush()
    moment = now()
    expected = ticket.version
    changed = session.execute(
        update(Ticket)
        .where(Ticket.id == ticket.id, Ticket.version == expected)
        .values(version=expected + 1, updated_at=moment, **columns)
        .execution_options(synchronize_session=False)
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult
        raise Conflict(f"Somebody changed {ticket.reference} at the same moment. Reload it and try again.")
    session.refresh(ticket)


def move(
    session: Session, actor: Person | None, ticket: Ticket, by: Move, *, reason: str = "", **columns: object
) -> TicketEvent:
    """Take a ticket from its state to the next by a move of the table; writes one line of its history.

    `columns` are further columns that change in the same step, such as the settled grades. The caller logs the act.
    Raises Refused when the table does not allow the move from here, or when it needs a reason and has none.
    """
    rule = MOVES[by]
    if ticket.status not in rule.start:
        raise Refused(
            f"{ticket.reference} is {STATUS_WORDS[ticket.status]}; from there one cannot {by.value.replace('_', ' ')}. "
            "Reload the ticket to see what it waits for."
        )
    if rule.needs_reason and not reason.strip():
        raise Refused("Please give a reason; it stays in the history of the ticket.", field="reason")
    before, next_round = ticket.status, ticket.round + 1 if rule.new_round else ticket.round
    _take_turn(session, ticket, status=rule.end, round=next_round, **columns)
    line = TicketEvent(
        ticket_id=ticket.id, actor_id=actor.id if actor else None, action=by.value, from_status=before,
        to_status=rule.end, reason=reason.strip(), happened_at=now(),
    )  # fmt: skip
    session.add(line)
    session.flush()
    moved.send(ticket, session=session)
    return line


def change(
    session: Session, actor: Person | None, ticket: Ticket, action: str, *,
    old: str = "", new: str = "", reason: str = "", content: bool = True, **columns: object,
) -> TicketEvent:  # fmt: skip
    """Note an edit of a ticket with its old and new value, write `columns`, and raise its version.

    With `content` the edit touches what an approval is bound to (claim, appearances, evidence, wording): listeners
    are told, and an approval in force is voided. Without it (assignment, deadline) they are not.
    """
    _take_turn(session, ticket, **columns)
    line = TicketEvent(
        ticket_id=ticket.id, actor_id=actor.id if actor else None, action=action, old_value=old, new_value=new,
        reason=reason.strip(), happened_at=now(),
    )  # fmt: skip
    session.add(line)
    session.flush()
    if content:
        content_changed.send(ticket, session=session, actor=actor, what=action)
    return line
