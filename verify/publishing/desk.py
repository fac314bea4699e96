"""Everything that the approval page shows an editor, gathered once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.db import now
from verify.grading import actions as grading_actions
from verify.grading import lookups as grading_lookups
from verify.grading.lookups import OpenedRound
from verify.grading.proposal import Proposal
from verify.grading.rubric import Grades
from verify.publishing.assembly import content_of
from verify.publishing.content import HistoryEntry, PublishedVersion, Publisher, VerdictContent, content_hash
from verify.publishing.foureyes import earlier_roles
from verify.publishing.lookups import versions_of
from verify.publishing.models import Approval, Verdict, VerdictVersion
from verify.publishing.releases import approval_in_force, verdict_of
from verify.publishing.rules import RuleResult, publishing_rules
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status


@dataclass(frozen=True)
class ApprovalDesk:
    """What lies before the editor: the judgement, the rules, what would go out, and what went out already."""

    ticket: Ticket
    opened: OpenedRound | None
    content: VerdictContent | None
    sha256: str
    rules: list[RuleResult]
    proposal: Proposal | None
    roles: list[str]
    approval: Approval | None
    verdict: Verdict | None
    versions: list[VerdictVersion]
    preview: PublishedVersion | None

    @property
    def unmet(self) -> list[RuleResult]:
        return [rule for rule in self.rules if not rule.met]

    @property
    def blocking(self) -> list[RuleResult]:
        """Unmet rules that no stated reason can set aside."""
        return [rule for rule in self.unmet if not rule.waivable]

    @property
    def changed_since(self) -> bool:
        """Whether what would go out is no longer what was approved."""
        return self.approval is not None and self.approval.content_sha256 != self.sha256


def approval_desk(session: Session, reader: Person, ticket: Ticket, publisher: Publisher) -> ApprovalDesk:
    """Gather the approval page of a ticket; without settled grades there is nothing to approve yet."""
    waiting = ticket.status in {Status.GRADED, Status.APPROVED}
    opened = grading_lookups.opened_now(session, ticket)
    content = content_of(session, ticket, opened) if waiting else None
    verdict = verdict_of(session, ticket)
    versions = versions_of(session, verdict) if verdict else []
    return ApprovalDesk(
        ticket=ticket,
        # In dispute nobody's name stands beside a grade: who reads this may be the one to adjudicate.
        opened=opened if opened is not None and opened.is_settled else None,
        content=content,
        sha256=content_hash(content) if content else "",
        rules=publishing_rules(content) if content else [],
        proposal=_proposal(session, ticket) if content else None,
        roles=earlier_roles(session, ticket, reader),
        approval=approval_in_force(session, ticket),
        verdict=verdict,
        versions=versions,
        preview=_preview(content, versions, publisher) if content else None,
    )


def _proposal(session: Session, ticket: Ticket) -> Proposal:
    grades = Grades(ticket.sourcing or 0, ticket.attribution or 0, ticket.confirmation or 0)
    return grading_actions.proposal_for(session, ticket, grades)


def _preview(
    content: VerdictContent, versions: list[VerdictVersion], publisher: Publisher
) -> PublishedVersion:
    """The page as it would be if it went out this moment."""
    moment, digest = now(), content_hash(content)
    history = [
        HistoryEntry(one.number, one.kind.value, one.reason or None, one.published_at, one.content_sha256)
        for one in versions
    ]
    reason = "The public reason that you give when publishing stands here." if versions else None
    history.append(HistoryEntry(len(versions) + 1, "published", reason, moment, digest))
    return PublishedVersion(
        content["reference"], len(versions) + 1, "published", reason, moment, content, digest,
        f"{publisher.address}/verdicts/{content['reference']}", publisher, tuple(history),
    )  # fmt: skip
