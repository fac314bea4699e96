"""What people decide about matches: file, see again, merge, keep apart, refuse; and taking that back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles import lookups as articles
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Refused
from verify.matching import sightings
from verify.matching.keys import key_of
from verify.matching.models import MatchDecision, MatchVerdict
from verify.matching.offers import Offer
from verify.matching.store import Held, split
from verify.permissions import Permission, demand
from verify.tickets import actions as ticket_actions
from verify.tickets.models import Appearance, Ticket

LONGEST_REASON = 500
_V, _H = MatchVerdict, Held
POSSIBLE: dict[tuple[Held, Held], tuple[MatchVerdict, ...]] = {
    (_H.ASSERTION, _H.TICKET): (_V.FILED, _V.SEEN, _V.REFUSED),
    (_H.TICKET, _H.TICKET): (_V.MERGED, _V.SAME, _V.REFUSED),
    (_H.ASSERTION, _H.CLAIMREVIEW): (_V.SAME, _V.REFUSED),
    (_H.TICKET, _H.CLAIMREVIEW): (_V.SAME, _V.REFUSED),
}
"""What can be said about two claims, by what they are."""
_STANDS = "Somebody decided about this match already. Reload the page to see what they said."


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says about a match, and why; for a merge, the reference of the ticket that stays."""

    verdict: MatchVerdict
    reason: str = ""
    into: str = ""


def decide(session: Session, actor: Person, offer: Offer, choice: Choice) -> MatchDecision:
    """Decide about a match as it was shown; what follows from it is done at once, by the acts of tickets."""
    demand(actor, Permission.EDIT_TICKET)
    if choice.verdict not in POSSIBLE.get(_kinds(offer), ()):
        raise Refused("This cannot be said about these two. Open the match, and choose what fits.")
    reason = _short(choice.reason)
    _refuse_decided(session, actor, offer)
    if choice.verdict is _V.FILED:
        _file(session, actor, offer)
    elif choice.verdict is _V.MERGED:
        _merge(session, actor, offer, reason, choice.into)
    elif choice.verdict is _V.SAME and _kinds(offer) == (_H.TICKET, _H.TICKET) and not reason:
        raise Refused("Say why the two are kept apart; it stands beside the match.", field="reason")
    decision = _keep(session, actor, offer, choice.verdict, reason)
    if _kinds(offer) == (_H.ASSERTION, _H.TICKET):
        sightings.follow(session, decision, offer)
    audit.record(session, actor, "match.decided", _subject(session, offer), _as_words(decision))
    return decision


def undo(session: Session, actor: Person, decision: MatchDecision, *, reason: str = "") -> None:
    """Take a decision back, and what it did; it stays for the record, and the match is suggested again."""
    demand(actor, Permission.EDIT_TICKET)
    reason = _short(reason)
    session.refresh(decision, with_for_update=True)  # of two who take it back at once, the second is told
    if decision.undone_at is not None:
        raise Conflict("Somebody took this decision back already.")
    if decision.verdict is _V.MERGED:
        raise Refused("Two tickets that were merged stay one. Open a new ticket for the passage instead.")
    if decision.verdict is _V.FILED and (appearance := _filing(session, decision)) is not None:
        ticket = session.get_one(Ticket, appearance.ticket_id)
        ticket_actions.remove_appearance(session, actor, ticket, appearance, reason=reason)
    _take_back(decision, actor, reason)
    session.flush()
    audit.record(
        session, actor, "match.undone", _subject(session, decision), {**_as_words(decision), "undone": reason}
    )


def _kinds(pair: Offer | MatchDecision) -> tuple[Held, Held]:
    return split(pair.one)[0], split(pair.other)[0]


def _short(reason: str) -> str:
    reason = " ".join(reason.split())
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Keep the reason under {LONGEST_REASON} characters.", field="reason")
    return reason


def _refuse_decided(session: Session, actor: Person, offer: Offer) -> None:
    """Refuse where a decision stands; one about a filing that was taken off since is closed instead."""
    asked = select(MatchDecision).where(
        MatchDecision.one == offer.one,
        MatchDecision.other == offer.other,
        MatchDecision.undone_at.is_(None),
    )
    standing = session.scalars(asked).one_or_none()
    if standing is None:
        return
    if standing.verdict is not _V.FILED or _filing(session, standing) is not None:
        raise Conflict(_STANDS)
    _take_back(standing, actor, "The appearance was taken off.")
    session.flush()


def _take_back(decision: MatchDecision, actor: Person, reason: str) -> None:
    decision.undone_at, decision.undone_by_id, decision.undone_reason = now(), actor.id, reason


def _filing(session: Session, decision: MatchDecision) -> Appearance | None:
    """The appearance that a decision made, while it is there."""
    mine = (
        Appearance.assertion_id == split(decision.one)[1],
        Appearance.ticket_id == split(decision.other)[1],
    )
    return session.scalars(select(Appearance).where(*mine)).one_or_none()


def _file(session: Session, actor: Person, offer: Offer) -> None:
    assertion = articles.assertion(session, actor, split(offer.one)[1])
    ticket = session.get_one(Ticket, split(offer.other)[1])
    ticket_actions.add_appearance(session, actor, ticket, assertion)


def _merge(session: Session, actor: Person, offer: Offer, reason: str, into: str) -> None:
    """Merge the one ticket of the two into the other, by the rules of tickets."""
    pair = [session.get_one(Ticket, split(key)[1]) for key in (offer.one, offer.other)]
    stays = next((one for one in pair if one.reference == into.strip().upper()), None)
    if stays is None:
        raise Refused(
            f"Choose which of the two stays: {pair[0].reference} or {pair[1].reference}.", field="into"
        )
    goes = pair[1] if stays is pair[0] else pair[0]
    ticket_actions.merge(session, actor, goes, into=stays, reason=reason)


def _keep(session: Session, actor: Person, offer: Offer, verdict: MatchVerdict, reason: str) -> MatchDecision:
    decision = MatchDecision(
        one=offer.one, other=offer.other, verdict=verdict, reason=reason, score=offer.score, none=offer.none,
        method=offer.method, why=list(offer.why), one_words=offer.one_words, other_words=offer.other_words,
        decided_by_id=actor.id, decided_at=now(),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(decision)
            session.flush()
    except IntegrityError as error:
        raise Conflict(_STANDS) from error
    return decision


def _subject(session: Session, pair: Offer | MatchDecision) -> object:
    """What the log calls the subject: the ticket of the two, or the assertion."""
    number = next((split(key)[1] for key in (pair.other, pair.one) if split(key)[0] is _H.TICKET), None)
    return session.get_one(Ticket, number) if number is not None else pair.one


def _as_words(decision: MatchDecision) -> dict[str, object]:
    return {
        "match": decision.id, "one": decision.one, "other": decision.other, "verdict": decision.verdict.value,
        "reason": decision.reason, "score": decision.score, "method": decision.method,
    }  # fmt: skip


def ticket_key(ticket: Ticket) -> str:
    """The key of a ticket."""
    return key_of(Held.TICKET, ticket.id)
