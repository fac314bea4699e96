"""What publishing adds to the pages of tickets: a section, the thing to do now, and a group in the queue."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.permissions import Permission, may
from verify.publishing import concerns, lookups
from verify.publishing.foureyes import earlier_roles
from verify.publishing.releases import approval_in_force, verdict_of
from verify.tickets import sections
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status

SECTION, PANEL, QUEUE, CONCERN_PANEL = 50, 30, 30, 25


def install() -> None:
    """Hang the parts of publishing into the ticket page and the queue."""
    sections.register("verdict", SECTION, verdict_section)
    sections.register_panel(PANEL, approval_panel)
    sections.register_panel(CONCERN_PANEL, concern_panel)
    sections.register_queue(
        "concerns", "Published verdicts to look at again", QUEUE - 5, concerns.waiting_concerns
    )
    sections.register_queue("approvals", "Waiting for approval", QUEUE, lookups.waiting_approvals)


def verdict_section(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any] | None:
    """The public verdict with its versions; nothing before the first publication."""
    verdict = verdict_of(session, ticket)
    if verdict is None:
        return None
    versions = lookups.versions_of(session, verdict)
    return {
        "template": "publishing/section.html",
        "title": "Verdict",
        "verdict": verdict,
        "versions": versions,
    }


def approval_panel(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any] | None:
    """What an editor can do now: approve, publish, correct; or why it must be another editor."""
    if ticket.status not in {Status.GRADED, Status.APPROVED, Status.PUBLISHED}:
        return None
    if not may(reader, Permission.APPROVE):
        return None
    roles = earlier_roles(session, ticket, reader) if ticket.status is not Status.APPROVED else []
    return {
        "template": "publishing/panel.html",
        "roles": roles,
        "approval": approval_in_force(session, ticket),
    }


def concern_panel(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any] | None:
    """To an editor: the origins of what is public are no longer what it says."""
    if ticket.status is not Status.PUBLISHED or not may(reader, Permission.CORRECT):
        return None
    verdict = verdict_of(session, ticket)
    concern = concerns.open_concern(session, verdict) if verdict is not None else None
    return {"template": "publishing/concern_panel.html", "concern": concern} if concern else None
