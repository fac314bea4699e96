"""Blind drafts, sealed reviews and adjudications: each a record of its own, never overwritten."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from verify.accounts.models import Person
from verify.db import Base, UtcTime, by_value, one_of
from verify.sources.reliability import Reliability as Reliability
from verify.tickets.workflow import Rating


class Confidence(StrEnum):
    """How sure a reviewer is of the judgement; apart from how likely the claim is."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


def _judgement_checks() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("sourcing BETWEEN 0 AND 4", name="sourcing"),
        CheckConstraint("attribution BETWEEN 0 AND 4", name="attribution"),
        CheckConstraint("confirmation BETWEEN 0 AND 4", name="confirmation"),
        CheckConstraint("credibility BETWEEN 1 AND 6", name="credibility"),
        CheckConstraint(one_of("rating", Rating), name="rating"),
        CheckConstraint(one_of("confidence", Confidence), name="confidence"),
        CheckConstraint(one_of("reliability", Reliability), name="reliability"),
        CheckConstraint("rationale <> ''", name="rationale"),
    )


class Judgement:
    """The columns that a review and an adjudication share.

    `credibility` of the information runs from 1 (confirmed) to 6 (no basis to judge). `override_reason` says why
    the rating differs from the one the stated rule proposes for these grades.
    """

    sourcing: Mapped[int]
    attribution: Mapped[int]
    confirmation: Mapped[int]
    rating: Mapped[Rating] = mapped_column(by_value(Rating))
    confidence: Mapped[Confidence] = mapped_column(by_value(Confidence))
    reliability: Mapped[Reliability] = mapped_column(by_value(Reliability, 1), default=Reliability.F)
    credibility: Mapped[int] = mapped_column(default=6)
    rationale: Mapped[str] = mapped_column(Text)
    override_reason: Mapped[str] = mapped_column(String(1000), default="")
    rubric_version: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(UtcTime)


class ReviewDraft(Base):
    """What a reviewer or adjudicator has typed so far; seen by that person alone, saved by itself."""

    __tablename__ = "review_draft"
    __table_args__ = (UniqueConstraint("ticket_id", "round", "person_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    round: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(12))  # "review" or "adjudication"
    fields: Mapped[str] = mapped_column(Text)  # the form's fields as JSON, exactly as typed
    saved_at: Mapped[datetime] = mapped_column(UtcTime)


class Review(Judgement, Base):
    """One reviewer's sealed judgement in one round. Opened to others when the second one is in."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("ticket_id", "round", "reviewer_id"),
        Index("ix_review_reviewer", "reviewer_id", "ticket_id"),
        *_judgement_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    round: Mapped[int]
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    salt: Mapped[str] = mapped_column(String(32))  # opens the commitment in the audit log
    commitment: Mapped[str] = mapped_column(String(64))
    reviewer: Mapped[Person] = relationship()


class ReviewEvidence(Base):
    """A piece of evidence that a reviewer says they considered."""

    __tablename__ = "review_evidence"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)


class ReviewOpening(Base):
    """Both reviews of a round are in: from here on others may read them. Says which two were compared.

    The two stand in the order of their commitments, which tells nobody who was first.
    """

    __tablename__ = "review_opening"
    __table_args__ = (CheckConstraint("first_review_id <> second_review_id", name="two_reviews"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    second_review_id: Mapped[int] = mapped_column(ForeignKey("review.id"))
    disputed: Mapped[bool]
    opened_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    first_review: Mapped[Review] = relationship(foreign_keys=[first_review_id])
    second_review: Mapped[Review] = relationship(foreign_keys=[second_review_id])


class Adjudication(Judgement, Base):
    """A third person's judgement of a dispute; the reviews stay as they were."""

    __tablename__ = "adjudication"
    __table_args__ = (
        UniqueConstraint("ticket_id", "round"),
        Index("ix_adjudication_adjudicator", "adjudicator_id", "ticket_id"),
        *_judgement_checks(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    round: Mapped[int]
    adjudicator_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    adjudicator: Mapped[Person] = relationship()
