"""What a reviewer or an adjudicator states, before it becomes a record, and what is refused about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from verify.errors import Refused
from verify.grading.models import Confidence, Reliability
from verify.grading.proposal import Proposal
from verify.grading.rubric import CREDIBILITY, RATINGS, Grades
from verify.tickets.workflow import Rating

RATIONALE_LIMIT, REASON_LIMIT = 10_000, 1_000


# Characters that no page shows and not every database keeps; line breaks and tabs are none of them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def as_kept(text: str | None) -> str:
    """What somebody typed, as the desk keeps it: one kind of line break, no control characters, no empty ends."""
    return _CONTROLS.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n")).strip()


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
            "rationale": as_kept(self.rationale),
            "override_reason": as_kept(self.override_reason),
        }

    def check(self, proposal: Proposal) -> None:
        """Refuse a judgement without rationale, or one that departs from the rule without a reason."""
        if not as_kept(self.rationale):
            raise Refused(
                "Say what your grades rest on; a grade without its reason cannot be checked.", "rationale"
            )
        for text, what, limit, field in (
            (self.rationale, "rationale", RATIONALE_LIMIT, "rationale"),
            (self.override_reason, "reason", REASON_LIMIT, "override_reason"),
        ):
            if len(as_kept(text)) > limit:
                raise Refused(too_long(what, len(as_kept(text)), limit), field)
        if self.credibility not in CREDIBILITY:
            raise Refused("Choose a credibility from 1 to 6.", "credibility")
        if self.rating != proposal.rating and not as_kept(self.override_reason):
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
