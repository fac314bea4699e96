"""What editors do with a verdict: word it, approve exactly what they saw, send it back, withdraw an approval.

Publishing and what follows is in `releases.py`. An approval names the hash of the content; any later edit voids it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Refused
from verify.grading.judgement import as_kept
from verify.origins.signals import recounted
from verify.permissions import Permission, demand
from verify.publishing.assembly import content_of, summary_of
from verify.publishing.content import WrongContent, checked, content_hash
from verify.publishing.foureyes import demand_fresh_eyes
from verify.publishing.models import Approval, Wording
from verify.publishing.releases import correct, publish, retract
from verify.publishing.rules import RuleResult, publishing_rules, unmet
from verify.tickets import moves
from verify.tickets.assigning import renew_assignments
from verify.tickets.models import Ticket
from verify.tickets.workflow import Move, Status

__all__ = ["approve", "correct", "publish", "retract", "send_back", "withdraw_approval", "write_wording"]

LONGEST_SUMMARY = 6_000


def write_wording(session: Session, actor: Person, ticket: Ticket, *, summary: str) -> Wording:
    """Save the public explanation; as part of the content it voids an approval in force."""
    demand(actor, Permission.APPROVE)
    summary = as_kept(summary)
    if not summary:
        raise Refused("Write what the public should read: what we found, and on what it rests.", "summary")
    if len(summary) > LONGEST_SUMMARY:
        raise Refused(f"Please keep the explanation under {LONGEST_SUMMARY:,} characters.", "summary")
    if ticket.status not in {Status.GRADED, Status.APPROVED}:
        raise Refused(f"{ticket.reference} is not waiting for approval; its wording is closed.", "summary")
    before = summary_of(session, ticket)
    wording = _put_wording(session, actor, ticket, summary)
    if summary != before:
        moves.change(session, actor, ticket, "wording changed", old=before, new=summary)
        audit.record(session, actor, "wording.changed", ticket, {"summary": summary})
    return wording


def _put_wording(session: Session, actor: Person, ticket: Ticket, summary: str) -> Wording:
    wording = session.get(Wording, ticket.id)
    if wording is None:
        wording = Wording(ticket_id=ticket.id)
        session.add(wording)
    wording.summary, wording.written_by_id, wording.written_at = summary, actor.id, now()
    session.flush()
    return wording


def approve(
    session: Session, actor: Person, ticket: Ticket, *, seen_sha256: str, exception_reason: str = ""
) -> Approval:
    """Approve exactly the content that the editor saw; refused to everybody with an earlier role on the ticket."""
    demand(actor, Permission.APPROVE)
    demand_fresh_eyes(session, ticket, actor, "approve")
    content = content_of(session, ticket)
    digest = content_hash(content)
    if digest != seen_sha256:
        raise Conflict("The content changed since you opened this page. Read it again below, then approve.")
    results = publishing_rules(content)
    _demand_rules(results, exception_reason)
    try:
        checked(content)
    except WrongContent as fault:
        raise Refused(f"This cannot be published as it is: {fault}") from fault
    moves.move(session, actor, ticket, Move.APPROVE)
    approval = Approval(
        ticket_id=ticket.id, approver_id=actor.id, content_sha256=digest, approved_at=now(),
        rules=[result.as_json() for result in results], exception_reason=as_kept(exception_reason),
    )  # fmt: skip
    session.add(approval)
    session.flush()
    payload = {"content_sha256": digest, "exception_reason": approval.exception_reason,
               "unmet": [result.name for result in unmet(results)]}  # fmt: skip
    audit.record(session, actor, "verdict.approved", ticket, payload)
    return approval


def _demand_rules(results: list[RuleResult], exception_reason: str) -> None:
    open_rules = unmet(results)
    hard = [result for result in open_rules if not result.waivable]
    if hard:
        raise Refused(f"Before this can be approved: {hard[0].label[:1].lower()}{hard[0].label[1:]}.")
    if open_rules and not exception_reason.strip():
        raise Refused("A publishing rule is not met. Say why this goes out all the same.", "exception_reason")


def withdraw_approval(session: Session, actor: Person, ticket: Ticket, *, reason: str) -> None:
    """Take an approval back, so that the verdict waits for approval again."""
    demand(actor, Permission.APPROVE)
    void_approvals(session, ticket, reason)
    moves.move(session, actor, ticket, Move.VOID_APPROVAL, reason=reason)
    audit.record(session, actor, "approval.withdrawn", ticket, {"reason": reason.strip()})


def send_back(session: Session, actor: Person, ticket: Ticket, *, reason: str) -> None:
    """Return the ticket to its reviewers for a new round, with the reason; the settled grades are lifted."""
    demand(actor, Permission.APPROVE)
    demand_fresh_eyes(session, ticket, actor, "send back")
    void_approvals(session, ticket, reason)
    cleared: dict[str, Any] = dict.fromkeys(("sourcing", "attribution", "confirmation", "rating"))
    moves.move(session, actor, ticket, Move.SEND_BACK, reason=reason, **cleared)
    renew_assignments(session, actor, ticket)
    audit.record(session, actor, "ticket.sent_back", ticket, {"reason": reason.strip()})


def void_approvals(session: Session, ticket: Ticket, reason: str) -> list[Approval]:
    """Mark the approvals in force as void. Their rows stay."""
    query = select(Approval).where(Approval.ticket_id == ticket.id, Approval.voided_at.is_(None))
    approvals = list(session.scalars(query))
    for approval in approvals:
        approval.voided_at, approval.voided_reason = now(), reason.strip()[:1000] or "No reason given."
    session.flush()
    return approvals


@moves.content_changed.connect
def _void_after_edit(
    ticket: Ticket, *, session: Session, actor: Person | None, what: str, **_: object
) -> None:
    """Any edit of the content after approval voids it: the ticket goes back to graded, and history says why."""
    if ticket.status is not Status.APPROVED:
        return
    reason = f"The content changed after approval: {what}."
    for approval in void_approvals(session, ticket, reason):
        audit.record(session, actor, "approval.voided", ticket, {"approval": approval.id, "what": what})
    moves.move(session, actor, ticket, Move.VOID_APPROVAL, reason=reason)


@recounted.connect
def _void_after_recounts(tickets: Sequence[Ticket], *, session: Session, **_: object) -> None:
    """What tickets lean on was changed: void each approval of another content than would be published now."""
    for ticket in tickets:
        _void_after_recount(session, ticket)


def _void_after_recount(session: Session, ticket: Ticket) -> None:
    if ticket.status is not Status.APPROVED:
        return
    approved = session.scalars(
        select(Approval.content_sha256).where(Approval.ticket_id == ticket.id, Approval.voided_at.is_(None))
    ).first()
    if approved is not None and content_hash(content_of(session, ticket)) != approved:
        _void_after_edit(ticket, session=session, actor=None, what="its origins were counted anew")
