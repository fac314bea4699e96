"""Looking for contradictions when a ticket opens or its claim is worded anew. What is found is a suggestion."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.db import now
from verify.errors import Refused
from verify.matching import contradiction, store
from verify.matching.contradiction import Contradicted
from verify.matching.contradiction_models import CombinedCheck, Contradiction, Standing
from verify.matching.store import Held
from verify.similarity import question
from verify.tickets import moves
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status

NEAREST = 20
"""How many of the most similar tickets are held against a claim."""

_UNDECIDED = (Standing.SUGGESTED, Standing.LAPSED)


def look_for(session: Session, ticket: Ticket) -> list[int]:
    """Hold a ticket's claim against the most similar ones; returns the suggestions that wait for a decision.

    What people decided stays as it is. A suggestion that the present wording no longer bears out lapses.
    """
    known = {
        one.other_id if one.one_id == ticket.id else one.one_id: one for one in pairs_of(session, ticket.id)
    }
    compared = _claims_near(session, ticket) | {
        number: (pair.other if pair.one_id == ticket.id else pair.one).claim for number, pair in known.items()
    }
    suggested = []
    for number, claim in sorted(compared.items()):
        pair, found = known.get(number), contradiction.between(ticket.claim, claim)
        if pair is not None and pair.standing not in _UNDECIDED:
            continue
        if found is not None:
            suggested.append(_suggest(session, pair, {ticket.id: ticket.claim, number: claim}, found))
        elif pair is not None:
            pair.standing = Standing.LAPSED
    session.flush()
    return [one.id for one in suggested]


def new_pair(session: Session, one: int, other: int, found: Contradicted) -> Contradiction:
    """The row of two tickets by their numbers; where somebody else wrote it at the same moment, theirs."""
    first, second = sorted((one, other))
    row = Contradiction(
        one_id=first, other_id=second, found_at=now(), contrast=found.contrast, reasons=list(found.reasons),
        weight=found.weight, method=found.method, standing=Standing.SUGGESTED, one_claim="", other_claim="",
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        wanted = Contradiction.one_id == first, Contradiction.other_id == second
        return session.scalars(select(Contradiction).where(*wanted).with_for_update()).one()
    return row


def pairs_of(session: Session, number: int) -> list[Contradiction]:
    """Every contradiction of a ticket, whatever became of it, by its number."""
    mine = or_(Contradiction.one_id == number, Contradiction.other_id == number)
    return list(session.scalars(select(Contradiction).where(mine).order_by(Contradiction.id)))


def _claims_near(session: Session, ticket: Ticket) -> dict[int, str]:
    """The claims of the most similar other tickets that are not merged away."""
    answer = store.find(session, question(ticket.claim), kinds=[Held.TICKET], top=NEAREST + 1)
    numbers = {store.split(match.claim.id)[1] for match in answer.matches} - {ticket.id}
    asked = select(Ticket.id, Ticket.claim).where(Ticket.id.in_(numbers), Ticket.status != Status.MERGED)
    return {row[0]: row[1] for row in session.execute(asked)} if numbers else {}


def _suggest(
    session: Session, pair: Contradiction | None, claims: Mapping[int, str], found: Contradicted
) -> Contradiction:
    """Write down a suggestion, or bring the one that stands up to date."""
    one, other = sorted(claims)
    if pair is None:
        pair = new_pair(session, one, other, found)
    pair.contrast, pair.reasons, pair.weight = found.contrast, list(found.reasons), found.weight
    pair.method, pair.standing = found.method, Standing.SUGGESTED
    pair.one_claim, pair.other_claim = claims[one], claims[other]
    return pair


def _on_opened(ticket: Ticket, *, session: Session, **_more: object) -> None:
    """A ticket is at its first version just when it is opened."""
    if ticket.version == 1:
        look_for(session, ticket)


def _on_reworded(ticket: Ticket, *, session: Session, what: str, **_more: object) -> None:
    if what == "claim reworded":
        look_for(session, ticket)


def _on_merged(ticket: Ticket, *, into: Ticket, session: Session, actor: Person) -> None:
    """What contradicts a ticket contradicts the one that it is merged into; so do their combined checks go on."""
    kept = {one.one_id + one.other_id - into.id: one for one in pairs_of(session, into.id)}
    for pair in pairs_of(session, ticket.id):
        number = pair.one_id + pair.other_id - ticket.id
        if number == into.id and pair.standing is Standing.CONFIRMED:
            raise Refused(
                f"{ticket.reference} and {into.reference} are confirmed to contradict each other, and opposites are "
                "not merged: what confirms the one refutes the other. Check them together instead.",
                field="into",
            )
        check = next((check for check in pair.checks if check.undone_at is None), None)
        if check is not None:
            check.undone_at, check.undone_by_id = now(), actor.id
            check.undone_reason = f"{ticket.reference} was merged into {into.reference}"
            session.flush()
        if number != into.id:
            claims = {number: (pair.one if pair.one_id == number else pair.other).claim, into.id: into.claim}
            _carry_over(session, pair, kept.get(number), claims, check)
    session.flush()


def _carry_over(
    session: Session, pair: Contradiction, kept: Contradiction | None, claims: Mapping[int, str],
    check: CombinedCheck | None,
) -> None:  # fmt: skip
    """Have a pair stand for the ticket that was merged into; only what was decided is put over a suggestion."""
    if kept is not None and (kept.standing not in _UNDECIDED or pair.standing in _UNDECIDED):
        return
    if kept is None:
        one, other = sorted(claims)
        kept = Contradiction(one_id=one, other_id=other, one_claim=claims[one], other_claim=claims[other])
        session.add(kept)
    for column in ("contrast", "reasons", "weight", "method", "found_at", "standing", "reason"):
        setattr(kept, column, getattr(pair, column))
    kept.decided_by_id, kept.decided_at = pair.decided_by_id, pair.decided_at
    session.flush()
    if check is not None:
        session.add(
            CombinedCheck(
                contradiction_id=kept.id, reason=check.reason, combined_by_id=check.combined_by_id,
                combined_at=check.combined_at,
            )
        )  # fmt: skip


def listen() -> None:
    """Look whenever a ticket opens, is worded anew or takes another one in; called once, by the views."""
    moves.chains_changed.connect(_on_opened)
    moves.content_changed.connect(_on_reworded)
    moves.merged.connect(_on_merged)
