"""What a reviewer or an adjudicator states, before it becomes a record, and what is refused about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from verify.errors import Refused
from verify.grading.models import Confidence, Reliability
from verify.grading.proposal import Proposal
from verify.grading.rubric import CREDIBILITY, RATINGS, Grades
from verify.tickets.workflow import Rating

RATIONALE_LIMIT, REASON_LIMIT = 10_000, 1_000


@dataclass(frozen=True)
class Judged:
    """Grades, rating and reasons of one person."""

    grades: Grades
    rating: Rating
    confidence: Confidence
    rationale: str
    reliability: Reliability = Reliability.F
    credibility: int = 6
    override_reason: str = ""

    def columns(self) -> dict[str, Any]:
        """The judgement as columns of a record."""
        return {
            **dict(self.grades.each()),
            "rating": self.rating,
            "confidence": self.confidence,
            "reliability": self.reliability,
            "credibility": self.credibility,
            "rationale": self.rationale.strip(),
            "override_reason": self.override_reason.strip(),
        }

    def check(self, proposal: Proposal) -> None:
        """Refuse a judgement without rationale, or one that departs from the rule without a reason."""
        if not self.rationale.strip():
            raise Refused(
                "Say what your grades rest on; a grade without its reason cannot be checked.", "rationale"
            )
        if len(self.rationale) > RATIONALE_LIMIT:
            raise Refused(too_long("rationale", len(self.rationale), RATIONALE_LIMIT), "rationale")
        if len(self.override_reason) > REASON_LIMIT:
            raise Refused(too_long("reason", len(self.override_reason), REASON_LIMIT), "override_reason")
        if self.credibility not in CREDIBILITY:
            raise Refused("Choose a credibility from 1 to 6.", "credibility")
        if self.rating != proposal.rating and not self.override_reason.strip():
            raise Refused(
                f"For these grades the rule proposes {RATINGS[proposal.rating].label}. {proposal.because} "
                f"Say why you rate it {RATINGS[self.rating].label}, or change the rating.",
                "override_reason",
            )


def too_long(what: str, length: int, limit: int) -> str:
    """The sentence for a text that is longer than the desk keeps."""
    return (
        f"Your {what} has {length:,} characters; the desk keeps up to {limit:,}. Shorten it; nothing is lost."
    )
