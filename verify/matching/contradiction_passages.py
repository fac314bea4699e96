"""What people do about a passage that contradicts a claim: refuse it, and take it up again.

Who finds that it does contradict the claim files it as a denial, or opens a ticket for it; the two are a pair then.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict
from verify.matching import contradiction_lookups as lookups
from verify.matching.contradiction_actions import checked_reason
from verify.matching.contradiction_lookups import Against
from verify.matching.contradiction_models import RefusedPassage
from verify.permissions import Permission, demand
from verify.tickets.models import Ticket


def against(session: Session, reader: Person | None, ticket: Ticket, assertion_id: int) -> Against:
    """The passage of this number as it contradicts the claim; a conflict where it does not any more."""
    for one in lookups.passages_against(session, reader, ticket):
        if one.said.assertion_id == assertion_id:
            return one
    raise Conflict(
        "This passage is no longer offered here: it was filed, set aside or refused, or reads otherwise now. "
        f"Open {ticket.reference} again to see what is."
    )


def refuse(session: Session, actor: Person, ticket: Ticket, found: Against, *, reason: str) -> RefusedPassage:
    """Say that a passage does not contradict the claim; it is not offered again, also when its article is reread."""
    demand(actor, Permission.EDIT_TICKET)
    words = checked_reason(reason, needed=True)
    version_id, start, end = found.said.place
    refused = RefusedPassage(
        ticket_id=ticket.id, version_id=version_id, start=start, end=end, statement=found.said.statement[:500],
        contrast=found.found.contrast, reasons=list(found.found.reasons), weight=found.found.weight,
        method=found.found.method, reason=words, refused_by_id=actor.id, refused_at=now(),
    )  # fmt: skip
    session.add(refused)
    session.flush()
    audit.record(session, actor, "contradiction.passage_refused", ticket, _as_words(refused))
    return refused


def take_up(session: Session, actor: Person, ticket: Ticket, refused: RefusedPassage) -> None:
    """Have a refused passage offered again."""
    demand(actor, Permission.EDIT_TICKET)
    if refused.undone_at is not None:
        raise Conflict("Somebody has taken it up again already.")
    refused.undone_at, refused.undone_by_id = now(), actor.id
    session.flush()
    audit.record(session, actor, "contradiction.passage_taken_up", ticket, _as_words(refused))


def _as_words(refused: RefusedPassage) -> dict[str, object]:
    return {
        "version": refused.version_id,
        "span": [refused.start, refused.end],
        "statement": refused.statement,
        "contrast": refused.contrast.value,
        "weight": round(refused.weight, 4),
        "method": refused.method,
        "reasons": refused.reasons,
        "reason": refused.reason,
    }
