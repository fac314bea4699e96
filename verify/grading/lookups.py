"""Reading grades: every function takes the reader and returns only what that person may see now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from verify.accounts.models import Person
from verify.evidence.models import Evidence
from verify.grading import conflict
from verify.grading.models import (
    Adjudication,
    Confidence,
    Reliability,
    Review,
    ReviewDraft,
    ReviewEvidence,
    ReviewOpening,
)
from verify.grading.rubric import Grades
from verify.tickets.models import Ticket
from verify.tickets.workflow import Rating

REVIEW, ADJUDICATION = "review", "adjudication"


@dataclass(frozen=True)
class OpenedRound:
    """One round whose reviews are open: the two, what was decided between them, and the settled grades."""

    opening: ReviewOpening
    adjudication: Adjudication | None

    @property
    def number(self) -> int:
        return self.opening.round

    @property
    def reviews(self) -> tuple[Review, Review]:
        return self.opening.first_review, self.opening.second_review

    @property
    def differences(self) -> dict[str, conflict.Difference]:
        """Where the two reviews differ, by scale."""
        return {found.name: found for found in conflict.differences(*self.reviews)}

    @property
    def is_settled(self) -> bool:
        return self.adjudication is not None or not self.opening.disputed

    def by(self, person: Person) -> Review | None:
        """This person's own review among the two."""
        return next((review for review in self.reviews if review.reviewer_id == person.id), None)


@dataclass(frozen=True)
class Settled:
    """What the desk's reviews come to in the present round: by agreement, or by adjudication."""

    reviews: tuple[Review, Review]
    adjudication: Adjudication | None
    grades: Grades
    rating: Rating
    settled_by: str
    override_reason: str | None
    reliability: Reliability
    credibility: int
    confidence: Confidence
    rubric_version: int


def own_review(session: Session, reader: Person, ticket: Ticket) -> Review | None:
    """What the reader submitted in the present round."""
    return session.scalars(
        _own_review(), {"ticket": ticket.id, "round": ticket.round, "person": reader.id}
    ).one_or_none()


@cache
def _own_review() -> Select[Review]:
    return select(Review).where(
        Review.ticket_id == bindparam("ticket"),
        Review.round == bindparam("round"),
        Review.reviewer_id == bindparam("person"),
    )


def considered(session: Session, reviews: Sequence[Review]) -> dict[int, list[int]]:
    """The ids of the evidence that each review says it considered."""
    return _considered(session, reviews, ReviewEvidence.evidence_id)


def considered_numbers(session: Session, reviews: Sequence[Review]) -> dict[int, list[int]]:
    """The numbers, on the ticket, of the evidence that each review says it considered."""
    return _considered(session, reviews, Evidence.number)


def _considered(
    session: Session, reviews: Sequence[Review], column: InstrumentedAttribute[int]
) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {review.id: [] for review in reviews}
    if not found:
        return found
    rows = session.execute(
        select(ReviewEvidence.review_id, column)
        .join(Evidence, Evidence.id == ReviewEvidence.evidence_id)
        .where(ReviewEvidence.review_id.in_(found))
        .order_by(Evidence.number)
    )
    for review_id, number in rows:
        found[review_id].append(number)
    return found


def opened_rounds(session: Session, ticket: Ticket) -> list[OpenedRound]:
    """The rounds of a ticket whose reviews are open to its readers, the newest first; one query."""
    rows = session.execute(_opened_rounds(), {"ticket": ticket.id}).all()
    return [OpenedRound(opening, adjudication) for opening, adjudication in rows]


@cache
def _opened_rounds() -> Select[ReviewOpening, Adjudication | None]:
    """Built once: putting a query together takes longer than asking it."""
    return (
        select(ReviewOpening, Adjudication)
        .outerjoin(
            Adjudication,
            (Adjudication.ticket_id == ReviewOpening.ticket_id) & (Adjudication.round == ReviewOpening.round),
        )
        .where(ReviewOpening.ticket_id == bindparam("ticket"))
        .options(
            joinedload(ReviewOpening.first_review, innerjoin=True).joinedload(
                Review.reviewer, innerjoin=True
            ),
            joinedload(ReviewOpening.second_review, innerjoin=True).joinedload(
                Review.reviewer, innerjoin=True
            ),
            joinedload(Adjudication.adjudicator),
        )
        .order_by(ReviewOpening.round.desc())
    )


def opened_now(session: Session, ticket: Ticket) -> OpenedRound | None:
    """The present round, once its reviews are open."""
    return next((one for one in opened_rounds(session, ticket) if one.number == ticket.round), None)


def last_opened_review(session: Session, reader: Person, ticket: Ticket) -> Review | None:
    """The reader's own review of the newest round that was opened before this one."""
    earlier = (one.by(reader) for one in opened_rounds(session, ticket) if one.number < ticket.round)
    return next((review for review in earlier if review is not None), None)


def visible_reviews(session: Session, reader: Person, ticket: Ticket) -> list[Review]:
    """The reader's own reviews, and those of others in rounds that are open. Never a sealed one of somebody else."""
    opened = [review for one in opened_rounds(session, ticket) for review in one.reviews]
    known = {review.id for review in opened}
    own = session.scalars(
        select(Review).where(Review.ticket_id == ticket.id, Review.reviewer_id == reader.id)
    )
    return sorted([*opened, *(review for review in own if review.id not in known)], key=lambda one: one.round)


def draft(session: Session, person: Person, ticket: Ticket, purpose: str) -> ReviewDraft | None:
    """The person's own draft of this round; nobody else's can be asked for."""
    return session.scalars(
        _draft(), {"ticket": ticket.id, "round": ticket.round, "person": person.id, "purpose": purpose}
    ).one_or_none()


@cache
def _draft() -> Select[ReviewDraft]:
    return select(ReviewDraft).where(
        ReviewDraft.ticket_id == bindparam("ticket"),
        ReviewDraft.round == bindparam("round"),
        ReviewDraft.person_id == bindparam("person"),
        ReviewDraft.purpose == bindparam("purpose"),
    )


def settled(session: Session, ticket: Ticket) -> Settled | None:
    """What the reviews of the present round come to; None until they agree or are adjudicated."""
    return settlement(opened_now(session, ticket))


def settlement(opened: OpenedRound | None) -> Settled | None:
    """What the two reviews of an opened round come to: the adjudication, or what they agree on."""
    if opened is None or not opened.is_settled:
        return None
    first, second = opened.reviews
    decided = opened.adjudication
    if decided is not None:
        return Settled(
            opened.reviews, decided, conflict.grades_of(decided), decided.rating, "adjudication",
            decided.override_reason or None, decided.reliability, decided.credibility, decided.confidence,
            decided.rubric_version,
        )  # fmt: skip
    reasons = dict.fromkeys(review.override_reason for review in opened.reviews if review.override_reason)
    return Settled(
        opened.reviews, None, conflict.lower_of(first, second), first.rating, "agreement",
        "\n\n".join(reasons) or None,
        Reliability(conflict.agreed_reliability(first.reliability, second.reliability)),
        conflict.agreed_credibility(first.credibility, second.credibility),
        Confidence(conflict.agreed_confidence(first.confidence, second.confidence)),
        first.rubric_version,
    )  # fmt: skip
