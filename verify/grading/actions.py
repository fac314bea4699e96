"""What people do about grades: save a draft, submit a review, adjudicate. None of it commits.

A sealed review touches nothing that others can see: no version, time, count, order or history of the ticket, and
in the audit log only a commitment that names neither the person nor the ticket.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, DeskError, Refused
from verify.evidence.models import Evidence, Stance
from verify.grading import conflict, duties, lookups, together
from verify.grading.judgement import Judged
from verify.grading.models import Adjudication, Review, ReviewDraft, ReviewEvidence, ReviewOpening
from verify.grading.proposal import Proposal, contradiction_of, propose
from verify.grading.rubric import RUBRIC, Grades
from verify.grading.seals import content_of, openings, seal
from verify.matching.contradiction_models import Contradiction
from verify.matching.contradiction_signals import parted
from verify.permissions import Permission, demand
from verify.tickets import moves
from verify.tickets.models import Ticket
from verify.tickets.workflow import Move, Rating, Status

DRAFT_LIMIT = 60_000


def proposal_for(session: Session, ticket: Ticket, grades: Grades) -> Proposal:
    """What the stated rule proposes for these grades on this ticket, with its origins and evidence as they are."""
    refuted = session.scalars(
        select(Evidence.facet).where(
            Evidence.ticket_id == ticket.id,
            Evidence.stance == Stance.REFUTES,
            Evidence.withdrawn_at.is_(None),
        )
    )
    return propose(grades, ticket.origins_lower, contradiction_of(refuted))


def save_draft(
    session: Session, actor: Person, ticket: Ticket, purpose: str, typed: Mapping[str, Sequence[str]]
) -> ReviewDraft:
    """Keep what somebody has typed so far. Only they ever see it; the ticket and the log are not touched."""
    _demand_duty(session, actor, ticket, purpose)
    fields = json.dumps({name: list(values) for name, values in typed.items()}, ensure_ascii=False)
    if len(fields) > DRAFT_LIMIT:
        raise Refused("This draft is longer than the desk can keep. Shorten the rationale; nothing is lost.")
    place = {
        "ticket_id": ticket.id,
        "round": ticket.round,
        "person_id": actor.id,
        "purpose": purpose,
    }
    kept = {"fields": fields, "saved_at": now()}
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(
        dialect.insert(ReviewDraft)
        .values(**place, **kept)
        .on_conflict_do_update(index_elements=list(place), set_=kept)
    )
    draft = lookups.draft(session, actor, ticket, purpose)
    if draft is None:
        raise Conflict("The draft could not be kept. Save it again.")
    session.refresh(draft)
    return draft


def submit_review(
    session: Session,
    actor: Person,
    ticket: Ticket,
    judged: Judged,
    *,
    considered: Collection[int] = (),
    found_nothing: bool = False,
    version: int | None = None,
) -> Review:
    """Seal the review of an assigned reviewer. The second one of the round opens both and moves the ticket.

    `considered` holds ids of evidence; with none, `found_nothing` must say that none bears on the claim.
    """
    demand(actor, Permission.REVIEW)
    others = together.checked_with(session, ticket)
    _lock(session, ticket, *others)
    part = duties.standing(session, actor, ticket)
    if part.submitted:
        raise Refused(f"Your review of {ticket.reference} is in already; a sealed review is not changed.")
    _refuse_when(duties.bar_to_reviewing(ticket, part))
    moves.expect_version(ticket, version)
    pieces = _evidence(session, ticket, considered, found_nothing)
    judged.check(proposal_for(session, ticket, judged.grades))
    review = _sealed(session, actor, ticket, judged, pieces)
    _drop_draft(session, actor, ticket, lookups.REVIEW)
    pair = together.ready(session, ticket)
    if pair is None:
        # Names neither person nor ticket: an editor who reads the log may be the other reviewer.
        audit.record(session, None, "review.sealed", review.commitment, {"rubric_version": RUBRIC.version})
    else:
        _open(session, actor, ticket, *pair)
    for other in others:
        _open_when_ready(session, other)
    return review


def adjudicate(
    session: Session, actor: Person, ticket: Ticket, judged: Judged, *, version: int | None = None
) -> Adjudication:
    """Decide between two reviews that conflict, or against both; the reviews stay as they were."""
    demand(actor, Permission.ADJUDICATE)
    _lock(session, ticket)
    _refuse_when(duties.bar_to_adjudicating(ticket, duties.standing(session, actor, ticket)))
    opened = lookups.opened_now(session, ticket)
    if opened is None:
        raise RuntimeError(f"{ticket.reference} is disputed without opened reviews")
    moves.expect_version(ticket, version)
    judged.check(proposal_for(session, ticket, judged.grades))
    record = Adjudication(
        ticket_id=ticket.id, round=ticket.round, adjudicator_id=actor.id, rubric_version=RUBRIC.version,
        submitted_at=now(), **judged.columns(),
    )  # fmt: skip
    session.add(record)
    _drop_draft(session, actor, ticket, lookups.ADJUDICATION)
    _settle(session, actor, ticket, Move.ADJUDICATE, judged.grades, judged.rating)
    payload = {**judged.columns(), "round": ticket.round, "reviews": openings(session, opened.reviews)}
    audit.record(session, actor, "ticket.adjudicated", ticket, payload)
    return record


def _demand_duty(session: Session, actor: Person, ticket: Ticket, purpose: str) -> None:
    """Refuse a draft of something that this person has not to write."""
    part = duties.standing(session, actor, ticket)
    if purpose == lookups.REVIEW:
        demand(actor, Permission.REVIEW)
        _refuse_when(duties.bar_to_reviewing(ticket, part))
        if part.submitted:
            raise Conflict(f"Your review of {ticket.reference} is in; there is no draft to keep any more.")
    else:
        demand(actor, Permission.ADJUDICATE)
        _refuse_when(duties.bar_to_adjudicating(ticket, part))


def _lock(session: Session, *tickets: Ticket) -> None:
    """Let nobody else settle these tickets until we commit; two reviews sent at once come one after the other."""
    ids = [ticket.id for ticket in tickets]
    session.execute(select(Ticket.id).where(Ticket.id.in_(ids)).order_by(Ticket.id).with_for_update())
    for ticket in tickets:
        session.refresh(ticket)


def _settle(
    session: Session, actor: Person | None, ticket: Ticket, by: Move, grades: Grades, rating: Rating
) -> None:
    """Move the ticket on, with the grades and the rating that everybody may see from now on."""
    moves.move(
        session, actor, ticket, by, sourcing=grades.sourcing, attribution=grades.attribution,
        confirmation=grades.confirmation, rating=rating,
    )  # fmt: skip


def _refuse_when(bar: DeskError | None) -> None:
    if bar is not None:
        raise bar


def _evidence(
    session: Session, ticket: Ticket, considered: Collection[int], found_nothing: bool
) -> list[Evidence]:
    wanted = set(considered)
    if wanted and found_nothing:
        raise Refused(
            "You ticked evidence and also said that none bears on the claim. Keep one of the two.",
            "considered",
        )
    if not wanted and not found_nothing:
        raise Refused(
            "Tick the evidence that you considered, or say that none on this ticket bears on the claim.",
            "considered",
        )
    pieces = session.scalars(
        select(Evidence)
        .where(Evidence.ticket_id == ticket.id, Evidence.id.in_(wanted), Evidence.withdrawn_at.is_(None))
        .order_by(Evidence.number)
    ).all()
    if len(pieces) != len(wanted):
        raise Refused(
            "A piece of evidence that you ticked was withdrawn. Look at the list again.", "considered"
        )
    return list(pieces)


def _sealed(
    session: Session, actor: Person, ticket: Ticket, judged: Judged, pieces: Sequence[Evidence]
) -> Review:
    salt = secrets.token_hex(16)
    review = Review(
        ticket_id=ticket.id, round=ticket.round, reviewer_id=actor.id, salt=salt, commitment="",
        rubric_version=RUBRIC.version, submitted_at=now(), **judged.columns(),
    )  # fmt: skip
    review.commitment = seal(salt, content_of(review, ticket, [piece.number for piece in pieces]))
    session.add(review)
    session.flush()
    session.add_all(ReviewEvidence(review_id=review.id, evidence_id=piece.id) for piece in pieces)
    session.flush()
    return review


def _drop_draft(session: Session, actor: Person, ticket: Ticket, purpose: str) -> None:
    """What was submitted is no draft any more."""
    session.execute(
        delete(ReviewDraft).where(
            ReviewDraft.ticket_id == ticket.id,
            ReviewDraft.round == ticket.round,
            ReviewDraft.purpose == purpose,
            ReviewDraft.person_id == actor.id,
        )
    )


def _open(session: Session, actor: Person | None, ticket: Ticket, first: Review, second: Review) -> None:
    """Open both reviews and settle or dispute the ticket, in the transaction of the second one."""
    disputed = conflict.in_conflict(first, second)
    session.add(
        ReviewOpening(
            ticket_id=ticket.id, round=ticket.round, first_review_id=first.id, second_review_id=second.id,
            disputed=disputed, opened_at=now(),
        )
    )  # fmt: skip
    session.flush()
    payload: dict[str, Any] = {"round": ticket.round, "commitments": [first.commitment, second.commitment]}
    if disputed:
        # The desk moves it, not a person: who came second is nobody's business. The salts follow with the decision.
        moves.move(session, None, ticket, Move.DISPUTE)
        audit.record(session, None, "reviews.opened", ticket, {**payload, "outcome": "disputed"})
        return
    grades = conflict.lower_of(first, second)
    _settle(session, None, ticket, Move.SETTLE, grades, first.rating)
    settled = {"outcome": "agreed", **dict(grades.each()), "rating": first.rating}
    payload |= settled | {"reviews": openings(session, (first, second))}
    audit.record(session, actor, "reviews.opened", ticket, payload)


def _open_when_ready(session: Session, ticket: Ticket) -> None:
    """Open two reviews that waited for those of a claim checked together with this one, when nothing holds them."""
    pair = together.ready(session, ticket) if ticket.status is Status.IN_REVIEW else None
    if pair is not None:
        _open(session, None, ticket, *pair)


def _on_moved(ticket: Ticket, *, session: Session, **_more: object) -> None:
    """What a ticket held back may open once no review of it is awaited."""
    if ticket.status is not Status.IN_REVIEW:
        for other in together.checked_with(session, ticket):
            _open_when_ready(session, other)


def _on_parted(pair: Contradiction, *, session: Session) -> None:
    for ticket in (pair.one, pair.other):
        _open_when_ready(session, ticket)


moves.moved.connect(_on_moved)
parted.connect(_on_parted)
