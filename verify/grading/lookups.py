"""Reading grades: every function takes the reader and returns only what that person may see now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, exists, false, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from verify.accounts.models import Person
from verify.errors import Conflict, DeskError, Forbidden
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
from verify.permissions import Permission, may
from verify.tickets.models import Assignment, Interest, Ticket
from verify.tickets.workflow import Rating, Status

REVIEW, ADJUDICATION = "review", "adjudication"
_SOONEST = (Ticket.deadline_on.is_(None), Ticket.deadline_on)


class Duty(StrEnum):
    """What grading asks of a person on a ticket now."""

    REVIEW = "review"
    WAIT = "wait"  # their own review is sealed
    ADJUDICATE = "adjudicate"


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


def assignment_of(session: Session, person: Person, ticket: Ticket) -> Assignment | None:
    """The person's assignment to the present round, while it is in force."""
    return session.scalars(
        select(Assignment).where(
            Assignment.ticket_id == ticket.id,
            Assignment.round == ticket.round,
            Assignment.reviewer_id == person.id,
            Assignment.freed_at.is_(None),
        )
    ).one_or_none()


def own_review(session: Session, reader: Person, ticket: Ticket) -> Review | None:
    """What the reader submitted in the present round."""
    return session.scalars(
        select(Review).where(
            Review.ticket_id == ticket.id, Review.round == ticket.round, Review.reviewer_id == reader.id
        )
    ).one_or_none()


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
    """The rounds of a ticket whose reviews are open to its readers, the newest first."""
    openings = session.scalars(
        select(ReviewOpening)
        .where(ReviewOpening.ticket_id == ticket.id)
        .options(
            joinedload(ReviewOpening.first_review).joinedload(Review.reviewer),
            joinedload(ReviewOpening.second_review).joinedload(Review.reviewer),
        )
        .order_by(ReviewOpening.round.desc())
    ).all()
    if not openings:
        return []
    decided = {
        adjudication.round: adjudication
        for adjudication in session.scalars(
            select(Adjudication)
            .where(Adjudication.ticket_id == ticket.id)
            .options(joinedload(Adjudication.adjudicator))
        )
    }
    return [OpenedRound(opening, decided.get(opening.round)) for opening in openings]


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


def bar_to_reviewing(session: Session, person: Person, ticket: Ticket) -> DeskError | None:
    """Why this person cannot review the ticket now; None when they may."""
    if assignment_of(session, person, ticket) is None:
        return Forbidden(
            f"You are not a reviewer of {ticket.reference} in this round. Who assigns reviewers can add you."
        )
    if ticket.status is not Status.IN_REVIEW:
        return Conflict(
            f"The review of {ticket.reference} is over: the ticket was settled or taken out of review. "
            "Open it to see what it waits for."
        )
    return _bar_to_judging(session, person, ticket)


def bar_to_adjudicating(session: Session, person: Person, ticket: Ticket) -> DeskError | None:
    """Why this person cannot adjudicate the ticket now; None when they may."""
    judged = select(Review.id).where(Review.ticket_id == ticket.id, Review.reviewer_id == person.id)
    if session.scalar(judged.limit(1)) or assignment_of(session, person, ticket):
        return Forbidden(
            f"You are a reviewer of {ticket.reference}; a third person decides where the reviews conflict."
        )
    if ticket.status is not Status.DISPUTED:
        return Conflict(
            f"{ticket.reference} is not in dispute: its reviews agree, or somebody else has decided between them. "
            "Open it to see what it waits for."
        )
    return _bar_to_judging(session, person, ticket)


def _bar_to_judging(session: Session, person: Person, ticket: Ticket) -> DeskError | None:
    if ticket.opened_by_id == person.id:
        return Forbidden(f"You opened {ticket.reference}, so others judge it.")
    if session.get(Interest, (ticket.id, person.id)) is not None:
        return Forbidden(f"You declared an interest in {ticket.reference}, so others judge it.")
    return None


def duty(session: Session, reader: Person, ticket: Ticket) -> Duty | None:
    """What the reader has to do for the grades of this ticket now."""
    if ticket.status is Status.IN_REVIEW and may(reader, Permission.REVIEW):
        if bar_to_reviewing(session, reader, ticket) is not None:
            return None
        return Duty.REVIEW if own_review(session, reader, ticket) is None else Duty.WAIT
    if ticket.status is Status.DISPUTED and may(reader, Permission.ADJUDICATE):
        return None if bar_to_adjudicating(session, reader, ticket) else Duty.ADJUDICATE
    return None


def waiting_reviews(person: Person) -> Select[int]:
    """The tickets that wait for this person's review."""
    submitted = exists().where(
        Review.ticket_id == Ticket.id, Review.round == Ticket.round, Review.reviewer_id == person.id
    )
    query = (
        select(Ticket.id)
        .join(Assignment, (Assignment.ticket_id == Ticket.id) & (Assignment.round == Ticket.round))
        .where(
            Assignment.reviewer_id == person.id,
            Assignment.freed_at.is_(None),
            Ticket.status == Status.IN_REVIEW,
            ~submitted,
        )
        .order_by(*_SOONEST, Assignment.id)
    )
    return query if may(person, Permission.REVIEW) else query.where(false())


def waiting_adjudications(person: Person) -> Select[int]:
    """The disputed tickets that this person may decide."""
    reviewed = exists().where(Review.ticket_id == Ticket.id, Review.reviewer_id == person.id)
    interested = exists().where(Interest.ticket_id == Ticket.id, Interest.person_id == person.id)
    query = (
        select(Ticket.id)
        .where(Ticket.status == Status.DISPUTED, Ticket.opened_by_id != person.id, ~reviewed, ~interested)
        .order_by(*_SOONEST, Ticket.updated_at, Ticket.id)
    )
    return query if may(person, Permission.ADJUDICATE) else query.where(false())


def draft(session: Session, person: Person, ticket: Ticket, purpose: str) -> ReviewDraft | None:
    """The person's own draft of this round; nobody else's can be asked for."""
    return session.scalars(
        select(ReviewDraft).where(
            ReviewDraft.ticket_id == ticket.id,
            ReviewDraft.round == ticket.round,
            ReviewDraft.person_id == person.id,
            ReviewDraft.purpose == purpose,
        )
    ).one_or_none()


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
