"""How far a ticket of the large desk has come, as rows: assigned, reviewed, settled, approved, published."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from typing import Any

from verify.db import now
from verify.demo.prose import Passage, Piece
from verify.demo.rows import Rows
from verify.demo.sealed import content, origins_of
from verify.evidence.models import Evidence, EvidenceKind, Facet, Stance
from verify.grading.models import Confidence, Reliability, Review, ReviewEvidence, ReviewOpening
from verify.grading.seals import content_of, seal
from verify.publishing.content import content_hash
from verify.publishing.models import Approval, Verdict, VerdictVersion, VersionKind, Wording
from verify.publishing.rules import publishing_rules
from verify.sources.names import name_key
from verify.tickets.models import Appearance, Assignment, Ticket, TicketEvent
from verify.tickets.workflow import Rating, Status

STAGES = ((Status.OPEN, 22), (Status.IN_REVIEW, 22), (Status.DISPUTED, 4), (Status.GRADED, 12), (Status.APPROVED, 4),
          (Status.PUBLISHED, 30), (Status.DROPPED, 6))  # fmt: skip
_REVIEWED = frozenset({Status.DISPUTED, Status.GRADED, Status.APPROVED, Status.PUBLISHED})
_APPROVED = frozenset({Status.APPROVED, Status.PUBLISHED})
RATIONALE = "One named speaker, on the record, in a position to know; nobody else was asked."
SUMMARY = "A named speaker says so, and nobody contradicts it.\n\nWe found no second origin, so it stays unverified."


@dataclass(frozen=True)
class Filed:
    """An assertion that a ticket holds, with what a verdict says about it."""

    assertion: int
    article: int
    passage: Passage
    piece: Piece
    sha256: str
    published_on: date
    speaker_id: int
    outlet_id: int


@dataclass
class Work:
    """One ticket while its rows are made."""

    number: int
    reference: str
    filed: Sequence[Filed]
    opener: int
    reviewers: tuple[int, int]
    editor: int
    moment: datetime
    evidence: dict[str, Any]
    reviews: list[Review] = field(default_factory=list)
    grades: tuple[int, int, int] = (2, 3, 1)


@dataclass
class Career:
    """Walks tickets of one investigation; each stage writes what the acts of that stage would."""

    rows: Rows
    random: Random
    checkers: list[int]
    editors: list[int]
    investigation: int
    name: str

    def walk(self, reference: str, filed: Sequence[Filed]) -> None:
        """Take a ticket to a stage drawn by weight."""
        rows, opened = self.rows, self.rows.last[Ticket] + 1
        stage = self.random.choices([one for one, _ in STAGES], [weight for _, weight in STAGES])[0]
        people = [self.checkers[(opened + step) % len(self.checkers)] for step in range(3)]
        work = Work(
            opened,
            reference,
            filed,
            people[0],
            (people[1], people[2]),
            self.random.choice(self.editors),
            now(),
            {},
        )
        self._open(work, stage)
        self._evidence(work)
        if stage is Status.DROPPED:
            self._event(
                work, work.opener, "drop", Status.OPEN, stage, reason="Nothing in it could be checked."
            )
            rows.log(
                work.opener,
                "ticket.dropped",
                ("ticket", reference),
                {"reason": "Nothing in it could be checked."},
            )
        if stage is Status.IN_REVIEW or stage in _REVIEWED:
            self._assign(work)
        if stage in _REVIEWED:
            self._review(work, disputed=stage is Status.DISPUTED)
        if stage in _APPROVED:
            self._approve(work, published=stage is Status.PUBLISHED)

    def _open(self, work: Work, stage: Status) -> None:
        first = work.filed[0]
        settled = stage in _REVIEWED and stage is not Status.DISPUTED
        grades: tuple[int | None, ...] = work.grades if settled else (None, None, None)
        changes = {Status.OPEN: 1, Status.DROPPED: 2, Status.IN_REVIEW: 3, Status.DISPUTED: 4, Status.GRADED: 4,
                   Status.APPROVED: 6, Status.PUBLISHED: 7}  # fmt: skip
        lower, upper = origins_of(work.filed)
        self.rows.add(
            Ticket, reference=work.reference, investigation_id=self.investigation, claim=first.passage.claim,
            status=stage, round=1, version=1 + changes[stage], opened_by_id=work.opener, opened_at=work.moment,
            updated_at=work.moment, claimant=first.passage.speaker, claimant_key=name_key(first.passage.speaker),
            articles=len({one.article for one in work.filed}), origins_lower=lower, origins_upper=upper,
            origins_party=False, sourcing=grades[0], attribution=grades[1], confirmation=grades[2],
            rating=Rating.UNVERIFIED if settled else None,
        )  # fmt: skip
        for one in work.filed:
            self.rows.add(
                Appearance,
                ticket_id=work.number,
                assertion_id=one.assertion,
                filed_by_id=work.opener,
                filed_at=work.moment,
            )
        self._event(work, work.opener, "opened", None, Status.OPEN, new=first.passage.claim)
        payload = {"claim": first.passage.claim, "assertion": first.assertion}
        self.rows.log(work.opener, "ticket.opened", ("ticket", work.reference), payload)

    def _event(
        self, work: Work, actor: int, action: str, before: Status | None = None, after: Status | None = None, *,
        new: str = "", reason: str = "",
    ) -> None:  # fmt: skip
        self.rows.add(
            TicketEvent, ticket_id=work.number, actor_id=actor, action=action, from_status=before, to_status=after,
            old_value="", new_value=new, reason=reason, happened_at=work.moment,
        )  # fmt: skip

    def _evidence(self, work: Work) -> None:
        work.evidence = {
            "number": 1, "kind": EvidenceKind.NOTE, "title": "A call to the office", "url": "", "facet": Facet.WHOLE,
            "note": "The office confirms that it said so, and names no other who was there.", "stance": Stance.CONTEXT,
            "sha256": None, "file_name": "", "added_at": work.moment,
        }  # fmt: skip
        work.evidence["id"] = self.rows.add(
            Evidence, ticket_id=work.number, added_by_id=work.opener, **work.evidence
        )
        self._event(work, work.opener, "evidence added", new="1. A call to the office")
        self.rows.log(
            work.opener, "evidence.added", ("ticket", work.reference), {"number": 1, "kind": "note"}
        )

    def _assign(self, work: Work) -> None:
        for reviewer in work.reviewers:
            self.rows.add(
                Assignment, ticket_id=work.number, round=1, reviewer_id=reviewer, assigned_by_id=work.editor,
                assigned_at=work.moment,
            )  # fmt: skip
        self._event(work, work.editor, "reviewers assigned", new="two reviewers")
        self._event(work, work.editor, "start_review", Status.OPEN, Status.IN_REVIEW)
        payload = {"reviewers": list(work.reviewers)}
        self.rows.log(work.editor, "ticket.assigned", ("ticket", work.reference), payload)

    def _review(self, work: Work, *, disputed: bool) -> None:
        for at, reviewer in enumerate(work.reviewers):
            sourcing = 4 if disputed and at else work.grades[0]
            columns: dict[str, Any] = {
                "ticket_id": work.number, "round": 1, "reviewer_id": reviewer, "sourcing": sourcing,
                "attribution": work.grades[1], "confirmation": work.grades[2], "rating": Rating.UNVERIFIED,
                "confidence": Confidence.MODERATE, "reliability": Reliability.C, "credibility": 3,
                "rationale": RATIONALE, "override_reason": "", "rubric_version": 1, "submitted_at": work.moment,
            }  # fmt: skip
            review, salt = Review(**columns), secrets.token_hex(16)
            review.commitment = seal(salt, content_of(review, Ticket(reference=work.reference), [1]))
            review.id = self.rows.add(Review, salt=salt, commitment=review.commitment, **columns)
            self.rows.add(ReviewEvidence, review_id=review.id, evidence_id=work.evidence["id"])
            self.rows.log(None, "review.sealed", ("desk", review.commitment), {"rubric_version": 1})
            work.reviews.append(review)
        first, second = sorted(work.reviews, key=lambda review: review.commitment)
        self.rows.add(
            ReviewOpening, ticket_id=work.number, round=1, first_review_id=first.id, second_review_id=second.id,
            disputed=disputed, opened_at=work.moment,
        )  # fmt: skip
        move, after = ("dispute", Status.DISPUTED) if disputed else ("settle", Status.GRADED)
        self._event(work, work.reviewers[1], move, Status.IN_REVIEW, after)
        self.rows.log(work.reviewers[1], "reviews.opened", ("ticket", work.reference), {"disputed": disputed})

    def _approve(self, work: Work, *, published: bool) -> None:
        rows, subject = self.rows, ("ticket", work.reference)
        rows.add(
            Wording,
            ticket_id=work.number,
            summary=SUMMARY,
            written_by_id=work.editor,
            written_at=work.moment,
            version=1,
        )
        self._event(work, work.editor, "wording changed", new=SUMMARY)
        rows.log(work.editor, "wording.changed", subject, {"summary": SUMMARY})
        verdict = content(work, self.name)
        digest = content_hash(verdict)
        approval = rows.add(
            Approval, ticket_id=work.number, approver_id=work.editor, content_sha256=digest, exception_reason="",
            rules=[result.as_json() for result in publishing_rules(verdict)], approved_at=work.moment, voided_reason="",
        )  # fmt: skip
        self._event(work, work.editor, "approve", Status.GRADED, Status.APPROVED)
        rows.log(work.editor, "verdict.approved", subject, {"content_sha256": digest})
        if published:
            self._publish(work, verdict, digest, approval)

    def _publish(self, work: Work, verdict: Any, digest: str, approval: int) -> None:
        passage = work.filed[0].passage
        number = self.rows.add(
            Verdict, ticket_id=work.number, reference=work.reference, investigation=self.name, claim=passage.claim,
            claimant=passage.speaker, rating=Rating.UNVERIFIED, published_at=work.moment, changed_at=work.moment,
            retracted=False,
        )  # fmt: skip
        self.rows.add(
            VerdictVersion, verdict_id=number, number=1, kind=VersionKind.PUBLISHED, reason="", content=verdict,
            content_sha256=digest, approval_id=approval, published_by_id=work.editor, published_at=work.moment,
        )  # fmt: skip
        self._event(work, work.editor, "publish", Status.APPROVED, Status.PUBLISHED)
        payload = {"version": 1, "content_sha256": digest, "reason": ""}
        self.rows.log(work.editor, "verdict.published", ("ticket", work.reference), payload)
