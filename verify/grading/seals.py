"""The seal on a review: a salted SHA-256 over the RFC 8785 JSON of all that it says.

The audit log holds the seal from the moment of submission; the salt and the content follow when the reviews are
settled, so that anybody can check that nothing was altered in between, and nobody could have read it before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.evidence.models import Evidence
from verify.grading.models import Review, ReviewEvidence
from verify.tickets.models import Ticket


def seal(salt: str, content: Mapping[str, Any]) -> str:
    """The commitment to a review: nobody can guess the content from it, nor change the content under it."""
    return hashlib.sha256(rfc8785.dumps({"salt": salt, **content})).hexdigest()


def content_of(review: Review, ticket: Ticket, numbers: Sequence[int]) -> dict[str, Any]:
    """What the seal of a review covers."""
    return {
        "ticket": ticket.reference,
        "round": review.round,
        "reviewer": review.reviewer_id,
        "sourcing": review.sourcing,
        "attribution": review.attribution,
        "confirmation": review.confirmation,
        "rating": review.rating.value,
        "confidence": review.confidence.value,
        "reliability": review.reliability.value,
        "credibility": review.credibility,
        "rationale": review.rationale,
        "override_reason": review.override_reason,
        "rubric_version": review.rubric_version,
        "evidence": list(numbers),
        "submitted_at": review.submitted_at.isoformat(timespec="microseconds"),
    }


def openings(session: Session, reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """What opens the commitments of reviews: their salts, and exactly what was sealed."""
    opened = []
    for review in reviews:
        ticket = session.get_one(Ticket, review.ticket_id)
        numbers = session.scalars(
            select(Evidence.number)
            .join(ReviewEvidence, ReviewEvidence.evidence_id == Evidence.id)
            .where(ReviewEvidence.review_id == review.id)
            .order_by(Evidence.number)
        ).all()
        opened.append(
            {"commitment": review.commitment, "salt": review.salt, **content_of(review, ticket, numbers)}
        )
    return opened
