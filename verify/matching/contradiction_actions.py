"""What people do about contradictions: confirm, refuse or state one, check two claims together, and undo that."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Refused
from verify.matching.contradiction import BY_HAND, Contradicted
from verify.matching.contradiction_finding import new_pair
from verify.matching.contradiction_models import CombinedCheck, Contradiction, Contrast, Standing
from verify.matching.contradiction_signals import parted
from verify.permissions import Permission, demand
from verify.sources.names import refuse_controls
from verify.tickets import moves, reviewers
from verify.tickets.assigning import assign
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status

_VERDICTS = {Standing.CONFIRMED: "counter-claim confirmed", Standing.REFUSED: "counter-claim refused"}
_GONE = (Status.MERGED,)
LONGEST_REASON = 500


def decide(
    session: Session, actor: Person, pair: Contradiction, *, verdict: Standing, reason: str,
    seen: Standing | None = None,
) -> None:  # fmt: skip
    """Say that two claims contradict each other, or that they do not; both tickets keep it in their history.

    `seen` is what stood on the page on which the person decided: where that changed meanwhile, they look again.
    """
    demand(actor, Permission.EDIT_TICKET)
    if verdict not in _VERDICTS:
        raise Refused("Choose whether the two claims contradict each other.", field="verdict")
    words = checked_reason(reason, needed=verdict is Standing.REFUSED)
    _lock(session, pair)
    _refuse_gone(pair)
    if pair.standing is verdict or (seen is not None and pair.standing is not seen):
        raise Conflict(
            f"Somebody decided meanwhile: it is {pair.standing.value} now. Look at it again, then decide."
        )
    if verdict is Standing.REFUSED and standing_check(pair) is not None:
        raise Refused(
            "The two claims are checked together. Undo the combined check first, then say that they do not "
            "contradict each other.",
            field="verdict",
        )
    pair.standing, pair.reason, pair.decided_by_id, pair.decided_at = verdict, words, actor.id, now()
    pair.one_claim, pair.other_claim = pair.one.claim, pair.other.claim
    session.flush()
    _tell_both(session, actor, pair, _VERDICTS[verdict], words)
    audit.record(session, actor, f"contradiction.{verdict.value}", pair.one, _as_words(pair))


def state(
    session: Session, actor: Person, ticket: Ticket, other: Ticket, *, contrast: Contrast, reason: str
) -> Contradiction:
    """State a contradiction that the machine did not see, or take up one that was refused."""
    demand(actor, Permission.EDIT_TICKET)
    words = checked_reason(reason, needed=True)
    if ticket.id == other.id:
        raise Refused("A claim does not contradict itself here. Name the other ticket.", field="other")
    for one in (ticket, other):
        if one.status in _GONE:
            raise Refused(
                f"{one.reference} is {moves.STATUS_WORDS[one.status]}. Name the ticket that took it in.",
                field="other",
            )
    first, second = sorted((ticket, other), key=lambda one: one.id)
    pair = session.scalars(
        select(Contradiction).where(Contradiction.one_id == first.id, Contradiction.other_id == second.id)
    ).one_or_none()
    if pair is not None and pair.standing is Standing.CONFIRMED:
        raise Refused(f"That {other.reference} says the opposite is confirmed already.", field="other")
    if pair is None:
        pair = new_pair(session, first.id, second.id, Contradicted(contrast, (), 1.0, BY_HAND))
    pair.standing, pair.reason, pair.decided_by_id, pair.decided_at = (
        Standing.CONFIRMED, words, actor.id, now(),
    )  # fmt: skip
    pair.one_claim, pair.other_claim = first.claim, second.claim
    session.flush()
    session.refresh(pair)
    _tell_both(session, actor, pair, "counter-claim stated", words)
    audit.record(session, actor, "contradiction.stated", pair.one, _as_words(pair))
    return pair


def check_together(session: Session, actor: Person, pair: Contradiction, *, reason: str) -> CombinedCheck:
    """Have two claims that contradict each other checked together: one look at the event, a verdict for each."""
    demand(actor, Permission.EDIT_TICKET)
    words = checked_reason(reason, needed=True)
    _lock(session, pair)
    if pair.standing is not Standing.CONFIRMED:
        raise Refused("Confirm first that the two claims contradict each other.")
    if standing_check(pair) is not None:
        raise Conflict("Somebody has put the two into one check already. Reload the page.")
    _refuse_gone(pair, Status.DROPPED)
    check = CombinedCheck(contradiction_id=pair.id, reason=words, combined_by_id=actor.id, combined_at=now())
    session.add(check)
    session.flush()
    session.expire(pair, ["checks"])
    _tell_both(session, actor, pair, "checked together", words)
    audit.record(session, actor, "contradiction.combined", pair.one, _as_words(pair) | {"reason": words})
    return check


def take_apart(session: Session, actor: Person, pair: Contradiction, *, reason: str) -> None:
    """Undo a combined check; the contradiction stays confirmed, and both tickets go on alone."""
    demand(actor, Permission.EDIT_TICKET)
    words = checked_reason(reason, needed=True)
    _lock(session, pair)
    check = standing_check(pair)
    if check is None:
        raise Conflict("The two are not checked together any more. Reload the page.")
    check.undone_at, check.undone_by_id, check.undone_reason = now(), actor.id, words
    session.flush()
    _tell_both(session, actor, pair, "checked apart", words)
    audit.record(session, actor, "contradiction.parted", pair.one, _as_words(pair) | {"reason": words})
    parted.send(pair, session=session)


def same_reviewers(session: Session, actor: Person, pair: Contradiction) -> list[Ticket]:
    """Assign the same two reviewers to whichever of the two tickets waits for some; returns those tickets."""
    demand(actor, Permission.ASSIGN)
    if standing_check(pair) is None:
        raise Refused("Put the two claims into one check first.")
    both = (pair.one, pair.other)
    waiting = [one for one in both if one.status is Status.OPEN]
    if not waiting:
        raise Refused("Neither ticket waits for reviewers: they are assigned while a ticket is open.")
    wanted = {found.reviewer_id: found.reviewer for one in both for found in reviewers.in_force(session, one)}
    if len(wanted) > reviewers.REVIEWERS:
        raise Refused(
            f"{pair.one.reference} and {pair.other.reference} have different reviewers already. Free those of the "
            "ticket that is under review, or go on with two pairs."
        )
    missing = reviewers.REVIEWERS - len(wanted)
    people = list(wanted.values())
    if missing:
        people += reviewers.draw(session, waiting[0], missing, besides=people, also=both)
    for one in waiting:
        present = {found.reviewer_id for found in reviewers.in_force(session, one)}
        assign(session, actor, one, [person for person in people if person.id not in present])
    return waiting


def _refuse_gone(pair: Contradiction, *more: Status) -> None:
    for one in (pair.one, pair.other):
        if one.status in (*_GONE, *more):
            raise Refused(
                f"{one.reference} is {moves.STATUS_WORDS[one.status]}, so nothing is decided about it here."
            )


def standing_check(pair: Contradiction) -> CombinedCheck | None:
    """The combined check of two claims that stands, if they are in one."""
    return next((check for check in pair.checks if check.undone_at is None), None)


def checked_reason(typed: str, *, needed: bool) -> str:
    """A reason on one line; refused when it is too long, or absent where it is needed."""
    words = " ".join((typed or "").split())
    if needed and not words:
        raise Refused("Say why; the reason stays in the history of both tickets.", field="reason")
    if len(words) > LONGEST_REASON:
        raise Refused(f"Keep it under {LONGEST_REASON} characters.", field="reason")
    refuse_controls(words, "reason")
    return words


def _lock(session: Session, pair: Contradiction) -> None:
    """Let nobody else decide about this pair until we commit."""
    session.execute(select(Contradiction.id).where(Contradiction.id == pair.id).with_for_update())
    session.refresh(pair)


def _tell_both(session: Session, actor: Person, pair: Contradiction, act: str, reason: str) -> None:
    """Write a line into the history of both tickets; it is nothing that an approval is bound to."""
    for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
        told = f"{other.reference}: {other.claim}"
        moves.change(session, actor, one, act, new=told, reason=reason, content=False)


def _as_words(pair: Contradiction) -> dict[str, object]:
    """A contradiction as the log keeps it: what was decided about, and how the machine came to it."""
    return {
        "tickets": [pair.one.reference, pair.other.reference],
        "claims": [pair.one_claim, pair.other_claim],
        "contrast": pair.contrast.value,
        "weight": round(pair.weight, 4),
        "method": pair.method,
        "reasons": pair.reasons,
        "reason": pair.reason,
    }
