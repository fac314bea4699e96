"""What people do with tickets: open, file, reword, drop, merge, reopen; and by name, all else."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles import actions as articles
from verify.articles.models import ArticleVersion, Assertion
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Refused
from verify.permissions import Permission, demand
from verify.tickets import moves
from verify.tickets.assigning import (
    assign,
    assign_or_draw,
    declare_interest,
    free_reviewer,
    renew_assignments,
    set_deadline,
)
from verify.tickets.claimants import claimant_of
from verify.tickets.discussion import add_comment, see_mentions
from verify.tickets.merging import merge, note_appearances
from verify.tickets.models import Appearance, Investigation, Ticket, TicketEvent
from verify.tickets.wording import belongs, checked_claim
from verify.tickets.workflow import EDITABLE, MOVES, Move, Status

__all__ = [
    "add_appearance",
    "add_comment",
    "assign",
    "assign_or_draw",
    "declare_interest",
    "drop",
    "free_reviewer",
    "general_investigation",
    "merge",
    "open_investigation",
    "open_ticket",
    "remove_appearance",
    "renew_assignments",
    "reopen",
    "reword_claim",
    "see_mentions",
    "set_deadline",
]
_PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,5}")
GENERAL = ("General", "GEN")


def open_investigation(session: Session, actor: Person, *, name: str, prefix: str) -> Investigation:
    """Begin an investigation; its prefix begins the references of its tickets."""
    demand(actor, Permission.OPEN_TICKET)
    name, prefix = " ".join(name.split()), prefix.strip().upper()
    if not name or len(name) > 200:
        raise Refused("Name the investigation in 1 to 200 characters.", field="name")
    if not _PREFIX.fullmatch(prefix):
        raise Refused(
            "A prefix has 2 to 6 letters or digits and begins with a letter, such as PAN.", "prefix"
        )
    taken = session.scalars(
        select(Investigation).where((Investigation.prefix == prefix) | (Investigation.name == name))
    ).first()
    if taken is not None:
        field = "prefix" if taken.prefix == prefix else "name"
        raise Refused(f"“{taken.name}” ({taken.prefix}) has it already. Choose another {field}.", field)
    investigation = Investigation(name=name, prefix=prefix, opened_at=now())
    session.add(investigation)
    session.flush()
    audit.record(session, actor, "investigation.opened", investigation, {"name": name, "prefix": prefix})
    return investigation


def general_investigation(session: Session, actor: Person) -> Investigation:
    """The investigation for what belongs to none; made when it is first needed."""
    name, prefix = GENERAL
    known = session.scalars(select(Investigation).where(Investigation.prefix == prefix)).one_or_none()
    return known or open_investigation(session, actor, name=name, prefix=prefix)


def open_ticket(
    session: Session, actor: Person, *, assertion: Assertion, claim: str, investigation: Investigation,
    deadline_on: date | None = None,
) -> Ticket:  # fmt: skip
    """Open a ticket for a claim; the assertion is its first appearance."""
    demand(actor, Permission.OPEN_TICKET)
    claim = checked_claim(claim)
    _refuse_filed(session, assertion)
    if not belongs(claim, f"{assertion.statement} {_passage(session, assertion)}"):
        raise Refused(
            "The claim and the passage have not a word in common. Word the claim after what the passage asserts.",
            field="claim",
        )
    ticket = Ticket(
        reference=_next_reference(session, investigation), investigation_id=investigation.id, claim=claim,
        status=Status.OPEN, opened_by_id=actor.id, opened_at=now(), updated_at=now(), deadline_on=deadline_on,
    )  # fmt: skip
    session.add(ticket)
    session.flush()
    _file(session, actor, ticket, assertion)
    claimant, key = claimant_of(session, ticket)
    ticket.claimant, ticket.claimant_key, ticket.articles = claimant, key, 1
    session.add(
        TicketEvent(
            ticket_id=ticket.id, actor_id=actor.id, action="opened", to_status=Status.OPEN, new_value=claim,
            happened_at=now(),
        )
    )  # fmt: skip
    session.flush()
    moves.chains_changed.send(ticket, session=session)
    audit.record(session, actor, "ticket.opened", ticket, {"claim": claim, "assertion": assertion.id})
    return ticket


def _next_reference(session: Session, investigation: Investigation) -> str:
    session.execute(
        update(Investigation)
        .where(Investigation.id == investigation.id)
        .values(last_number=Investigation.last_number + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(investigation)
    return f"{investigation.prefix}-{investigation.last_number:04d}"


def _passage(session: Session, assertion: Assertion) -> str:
    cut = func.substr(ArticleVersion.text, assertion.start + 1, assertion.end - assertion.start)
    return session.scalar(select(cut).where(ArticleVersion.id == assertion.version_id)) or ""


def _refuse_filed(session: Session, assertion: Assertion) -> None:
    filed = session.scalar(
        select(Ticket.reference).join(Appearance).where(Appearance.assertion_id == assertion.id)
    )
    if filed is not None:
        raise Refused(f"This assertion is filed under {filed} already. Open that ticket instead.")


def _file(session: Session, actor: Person, ticket: Ticket, assertion: Assertion) -> Appearance:
    articles.mark_filed(session, actor, assertion)
    appearance = Appearance(
        ticket_id=ticket.id, assertion_id=assertion.id, filed_by_id=actor.id, filed_at=now()
    )
    session.add(appearance)
    session.flush()
    return appearance


def refuse_uneditable(ticket: Ticket) -> None:
    """Refuse unless the claim, its appearances and its evidence may change in the ticket's present state."""
    if ticket.status not in EDITABLE:
        raise Refused(
            f"{ticket.reference} is {moves.STATUS_WORDS[ticket.status]}, so its content stays as it is. "
            "Reopen it first."
            if ticket.status in MOVES[Move.REOPEN].start
            else f"{ticket.reference} is {moves.STATUS_WORDS[ticket.status]}, so its content stays as it is."
        )


def add_appearance(session: Session, actor: Person, ticket: Ticket, assertion: Assertion) -> Appearance:
    """File a further assertion under a ticket: another place that says what the claim says."""
    demand(actor, Permission.EDIT_TICKET)
    refuse_uneditable(ticket)
    _refuse_filed(session, assertion)
    appearance = _file(session, actor, ticket, assertion)
    note_appearances(session, actor, ticket, "appearance added", new=assertion.statement)
    audit.record(session, actor, "ticket.appearance_added", ticket, {"assertion": assertion.id})
    return appearance


def remove_appearance(
    session: Session, actor: Person, ticket: Ticket, appearance: Appearance, *, reason: str
) -> None:
    """Take an appearance off a ticket, with a reason; a ticket keeps at least one."""
    demand(actor, Permission.EDIT_TICKET)
    refuse_uneditable(ticket)
    if appearance.ticket_id != ticket.id:
        raise Refused(f"This appearance is not filed under {ticket.reference} any more. Reload the ticket.")
    if not reason.strip():
        raise Refused("Please give a reason; it stays in the history of the ticket.", field="reason")
    left = session.scalar(
        select(func.count()).select_from(Appearance).where(Appearance.ticket_id == ticket.id)
    )
    if (left or 0) < 2:
        raise Refused("This is the ticket's only appearance. Drop or merge the ticket instead.")
    assertion = appearance.assertion
    session.delete(appearance)
    articles.unmark_filed(session, assertion)
    note_appearances(session, actor, ticket, "appearance removed", old=assertion.statement, reason=reason)
    audit.record(
        session, actor, "ticket.appearance_removed", ticket,
        {"assertion": assertion.id, "reason": reason.strip()},
    )  # fmt: skip


def reword_claim(
    session: Session, actor: Person, ticket: Ticket, *, claim: str, version: int | None = None
) -> None:
    """Word the claim anew; refused with a conflict when the ticket changed since this person saw it."""
    demand(actor, Permission.EDIT_TICKET)
    moves.expect_version(ticket, version)
    refuse_uneditable(ticket)
    claim = checked_claim(claim)
    if claim == ticket.claim:
        return
    before = ticket.claim
    moves.change(session, actor, ticket, "claim reworded", old=before, new=claim, claim=claim)
    audit.record(session, actor, "ticket.claim_reworded", ticket, {"before": before, "after": claim})


def drop(session: Session, actor: Person, ticket: Ticket, *, reason: str, version: int | None = None) -> None:
    """Give a ticket up, with a reason; it can be reopened."""
    demand(actor, Permission.EDIT_TICKET)
    moves.expect_version(ticket, version)
    moves.move(session, actor, ticket, Move.DROP, reason=reason)
    audit.record(session, actor, "ticket.dropped", ticket, {"reason": reason.strip()})


def reopen(
    session: Session, actor: Person, ticket: Ticket, *, reason: str, version: int | None = None
) -> None:
    """Open a finished ticket again, with a reason; it is graded anew, and what is published stays published."""
    was_public = ticket.status in (Status.PUBLISHED, Status.RETRACTED)
    demand(actor, Permission.CORRECT if was_public else Permission.EDIT_TICKET)
    moves.expect_version(ticket, version)
    moves.move(
        session, actor, ticket, Move.REOPEN, reason=reason,
        sourcing=None, attribution=None, confirmation=None, rating=None,
    )  # fmt: skip
    audit.record(session, actor, "ticket.reopened", ticket, {"reason": reason.strip()})
