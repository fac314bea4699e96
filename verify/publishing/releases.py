"""What goes out and stays: publication, correction, retraction. Versions are only ever added."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Refused
from verify.grading.judgement import as_kept
from verify.permissions import Permission, demand
from verify.publishing.assembly import content_of
from verify.publishing.content import checked, content_hash
from verify.publishing.foureyes import demand_fresh_eyes, earlier_roles
from verify.publishing.models import Approval, Concern, Verdict, VerdictVersion, VersionKind, Wording
from verify.tickets import moves
from verify.tickets.models import Ticket
from verify.tickets.workflow import Move, Rating, Status

LONGEST_CLAIM, LONGEST_REASON = 500, 1_000


def publish(session: Session, actor: Person, ticket: Ticket, *, reason: str = "") -> VerdictVersion:
    """Publish what was approved, if it is still that; a ticket published before needs a public reason."""
    demand(actor, Permission.PUBLISH)
    approval = approval_in_force(session, ticket)
    if ticket.status is not Status.APPROVED or approval is None:
        raise Refused(f"{ticket.reference} has no approval in force. An editor must approve it first.")
    content: dict[str, Any] = dict(content_of(session, ticket))
    if content_hash(content) != approval.content_sha256:
        raise Conflict(
            "What would go out is not what was approved: something it rests on has changed. "
            "Withdraw the approval, read the verdict again and approve it anew."
        )
    _demand_eyes_still_fresh(session, ticket, approval)
    verdict = verdict_of(session, ticket)
    if verdict is not None:
        reason = _public_reason(reason, "say what is different from the verdict before")
    moves.move(session, actor, ticket, Move.PUBLISH)
    if verdict is None:
        verdict = _new_verdict(ticket)
        session.add(verdict)
    version = _add_version(session, actor, verdict, VersionKind.PUBLISHED, content, reason, approval)
    _settle(session, actor, verdict, f"Published again as version {version.number}.")
    audit.record(session, actor, "verdict.published", ticket, _payload(version))
    return version


def correct(
    session: Session, actor: Person, ticket: Ticket, *, claim: str, summary: str, reason: str
) -> VerdictVersion:
    """Correct the wording of a published verdict in the open; grades and evidence need a reopened ticket."""
    demand(actor, Permission.CORRECT)
    demand_fresh_eyes(session, ticket, actor, "correct")
    verdict = _published_verdict(session, ticket)
    claim, summary = as_kept(claim), as_kept(summary)
    reason = _public_reason(reason, "say what was wrong and what is right")
    if not claim or len(claim) > LONGEST_CLAIM:
        raise Refused(f"The claim needs a wording of at most {LONGEST_CLAIM} characters.", "claim")
    if not summary:
        raise Refused("The public explanation must not be empty.", "summary")
    before = latest_version(session, verdict).content
    if (claim, summary) == (before["claim"], before["summary"]):
        raise Refused(
            "Nothing is different from the published wording. Change it, or leave it as it is.", "summary"
        )
    content = before | {"claim": claim, "summary": summary}
    wording = session.get(Wording, ticket.id)
    if wording is not None:
        wording.summary, wording.written_by_id, wording.written_at = summary, actor.id, now()
    old, new = f"{before['claim']}\n\n{before['summary']}", f"{claim}\n\n{summary}"
    moves.change(session, actor, ticket, "verdict corrected", old=old, new=new, reason=reason, content=False,
                 claim=claim)  # fmt: skip
    version = _add_version(session, actor, verdict, VersionKind.CORRECTION, content, reason)
    audit.record(session, actor, "verdict.corrected", ticket, _payload(version))
    return version


def retract(session: Session, actor: Person, ticket: Ticket, *, reason: str) -> VerdictVersion:
    """Withdraw a public verdict, also of a reopened ticket; its page stays, says so and keeps every version."""
    demand(actor, Permission.CORRECT)
    verdict = verdict_of(session, ticket)
    if verdict is None or verdict.retracted:
        raise Refused(
            f"{ticket.reference} has no public verdict that stands, so there is nothing to retract."
        )
    reason = _public_reason(reason, "say why it should not stand")
    content = latest_version(session, verdict).content
    moves.move(session, actor, ticket, Move.RETRACT, reason=reason)
    version = _add_version(session, actor, verdict, VersionKind.RETRACTION, content, reason)
    _settle(session, actor, verdict, "Retracted.")
    audit.record(session, actor, "verdict.retracted", ticket, _payload(version))
    return version


def _settle(session: Session, actor: Person, verdict: Verdict, outcome: str) -> None:
    """Settle what waited to be looked at again: what is public now says something else, or nothing."""
    waiting = update(Concern).where(Concern.verdict_id == verdict.id, Concern.settled_at.is_(None))
    session.execute(waiting.values(settled_at=now(), settled_by_id=actor.id, outcome=outcome))


def approval_in_force(session: Session, ticket: Ticket) -> Approval | None:
    """The approval that publishing would use; None when there is none or it was voided."""
    query = select(Approval).where(Approval.ticket_id == ticket.id, Approval.voided_at.is_(None))
    query = query.options(joinedload(Approval.approver)).order_by(Approval.id.desc()).limit(1)
    return session.scalars(query).first()


def verdict_of(session: Session, ticket: Ticket) -> Verdict | None:
    """The ticket's public verdict, if it ever had one."""
    return session.scalars(select(Verdict).where(Verdict.ticket_id == ticket.id)).one_or_none()


def latest_version(session: Session, verdict: Verdict) -> VerdictVersion:
    """The version that is public now."""
    query = select(VerdictVersion).where(VerdictVersion.verdict_id == verdict.id)
    return session.scalars(query.order_by(VerdictVersion.number.desc()).limit(1)).one()


def _demand_eyes_still_fresh(session: Session, ticket: Ticket, approval: Approval) -> None:
    """Refuse when whoever approved came to have a part in the ticket afterwards, such as a declared interest."""
    if earlier_roles(session, ticket, approval.approver):
        raise Refused(
            f"{approval.approver.name} approved {ticket.reference}, but has a part or an interest in it since then. "
            "Withdraw the approval; another editor must approve it."
        )


@moves.merged.connect
def _keep_the_ticket_of_a_verdict(ticket: Ticket, *, session: Session, into: Ticket, **_: object) -> None:
    """What was published needs its ticket: without it nobody could correct or retract it any more."""
    if verdict_of(session, ticket) is not None:
        raise Refused(
            f"{ticket.reference} has a public verdict, which could not be corrected any more once it is merged away. "
            f"Merge {into.reference} into {ticket.reference} instead.",
            field="into",
        )


def _published_verdict(session: Session, ticket: Ticket) -> Verdict:
    verdict = verdict_of(session, ticket)
    if verdict is None or ticket.status is not Status.PUBLISHED:
        raise Refused(f"{ticket.reference} is not published, so its wording cannot be corrected.")
    return verdict


def _public_reason(reason: str, wanted: str) -> str:
    reason = as_kept(reason)
    if not reason:
        raise Refused(f"Give a reason that the public can read: {wanted}.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Please keep the reason under {LONGEST_REASON:,} characters.", "reason")
    return reason


def _new_verdict(ticket: Ticket) -> Verdict:
    moment = now()
    return Verdict(
        ticket_id=ticket.id, reference=ticket.reference, investigation=ticket.investigation.name, claim=ticket.claim,
        claimant=ticket.claimant, rating=ticket.rating, published_at=moment, changed_at=moment, retracted=False,
    )  # fmt: skip


def _add_version(
    session: Session, actor: Person, verdict: Verdict, kind: VersionKind, content: dict[str, Any], reason: str,
    approval: Approval | None = None,
) -> VerdictVersion:  # fmt: skip
    checked(content)
    session.flush()
    last = session.scalar(
        select(func.max(VerdictVersion.number)).where(VerdictVersion.verdict_id == verdict.id)
    )
    moment = now()
    version = VerdictVersion(
        verdict_id=verdict.id, number=(last or 0) + 1, kind=kind, reason=reason, content=content,
        content_sha256=content_hash(content), approval_id=approval.id if approval else None,
        published_by_id=actor.id, published_at=moment,
    )  # fmt: skip
    session.add(version)
    claimant = content["claimant"]
    verdict.claim, verdict.rating = content["claim"], Rating(content["rating"])
    verdict.claimant = claimant["name"] if claimant else ""
    verdict.changed_at = moment if last else verdict.published_at
    verdict.retracted = kind is VersionKind.RETRACTION
    session.flush()
    return version


def _payload(version: VerdictVersion) -> dict[str, Any]:
    return {"version": version.number, "content_sha256": version.content_sha256, "reason": version.reason}
