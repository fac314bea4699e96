"""What people decide about the edges of a claim: cutting, confirming, adding, and taking that back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Refused
from verify.origins import decided, lookups
from verify.origins import steps as reasons
from verify.origins.actions import recount_leaning
from verify.origins.count import Reading
from verify.origins.graph import Key, key_of
from verify.origins.models import EdgeDecision, EdgeVerdict
from verify.permissions import Permission, demand
from verify.sources.names import refuse_controls
from verify.tickets import moves
from verify.tickets.models import Ticket
from verify.tickets.workflow import EDITABLE, Status

DECIDED = "edge decided"
ADDED_KINDS = {
    "copies": "has its text from",
    "translates": "is a translation of",
    "heard_from": "has this from",
    "same_statement": "gives the same statement as",
}
"""The edges that people can state themselves, as they read between two names."""

_DID = {EdgeVerdict.CUT: "cut", EdgeVerdict.CONFIRMED: "confirmed", EdgeVerdict.ADDED: "added"}
_PLACES = re.compile(r"(article|source):(\d+)")


@dataclass(frozen=True)
class Choice:
    """What a person says about an edge, why, and whether it holds for every ticket."""

    verdict: EdgeVerdict
    reason: str
    everywhere: bool = False


def decide_edge(session: Session, actor: Person, ticket: Ticket, edge: Key, choice: Choice) -> EdgeDecision:
    """Cut or confirm an edge of a claim's graph, or add one, with a reason; the count follows.

    A choice that holds `everywhere` is for edges between articles and registered sources alone.
    """
    demand(actor, Permission.EDIT_SOURCE)
    _refuse_gone(ticket)
    verdict, reason = choice.verdict, " ".join(choice.reason.split())[:500]
    if not reason:
        raise Refused("Say why; the reason stands beside the step and in the history.", field="reason")
    refuse_controls(reason, "reason")
    edge = key_of(*edge)
    reading = lookups.reading(session, ticket)
    words = _words(reading, verdict, edge)
    if choice.everywhere and not decided.holds_everywhere(*edge[1:]):
        raise Refused(
            "This step is about names or people of this claim alone; decide it for this ticket.",
            field="everywhere",
        )
    decision = EdgeDecision(
        ticket_id=None if choice.everywhere else ticket.id, stated_on_id=ticket.id, verdict=verdict, kind=edge[0],
        child=edge[1], parent=edge[2], words=words[:1000], reason=reason, decided_by_id=actor.id, decided_at=now(),
    )  # fmt: skip
    session.add(decision)
    session.flush()
    _follow(session, actor, ticket, decision, f"{_DID[verdict]} “{words}”", reason)
    audit.record(session, actor, "edge.decided", ticket, _as_words(decision))
    return decision


def undo_decision(
    session: Session, actor: Person, ticket: Ticket, decision: EdgeDecision, *, reason: str
) -> None:
    """Take back a decision about an edge; it stays for the record, and the count follows."""
    demand(actor, Permission.EDIT_SOURCE)
    _refuse_gone(ticket)
    reason = " ".join(reason.split())[:500]
    session.refresh(decision, with_for_update={"of": EdgeDecision})
    if decision.undone_at is not None:
        raise Conflict("Somebody took this decision back already.")
    if not reason:
        raise Refused("Say why it is taken back; the reason stays in the history.", field="reason")
    refuse_controls(reason, "reason")
    decision.undone_at, decision.undone_by_id, decision.undone_reason = now(), actor.id, reason
    session.flush()
    act = f"took back that “{decision.words}” was {_DID[decision.verdict]}"
    _follow(session, actor, ticket, decision, act, reason)
    audit.record(session, actor, "edge.undone", ticket, {**_as_words(decision), "undone": reason})


def _refuse_gone(ticket: Ticket) -> None:
    if ticket.status in (Status.MERGED, Status.DROPPED):
        raise Refused(
            f"{ticket.reference} is {moves.STATUS_WORDS[ticket.status]}, so nothing is counted for it."
        )


def _words(reading: Reading, verdict: EdgeVerdict, edge: Key) -> str:
    """The edge as a sentence; refuses what is not there, and what would say nothing."""
    kind, child, parent = edge
    if verdict is EdgeVerdict.ADDED:
        if kind not in ADDED_KINDS:
            raise Refused("Choose how the one leads back to the other.", field="kind")
        if child == parent:
            raise Refused("Choose two different ends: nothing leads back to itself.", field="parent")
    for side in (reading.asserting, reading.denying):
        graph = side.registry.graph
        keys = {one.key for edges in graph.edges.values() for one in edges.values()}
        if verdict is EdgeVerdict.ADDED:
            if edge in keys:
                raise Refused("The count follows this step already.", field="parent")
            if child in graph.names and parent in graph.names:
                return reasons.told(side.registry, *edge)
        elif edge in keys:
            return reasons.told(side.registry, *edge)
    raise Conflict("The count no longer has this step. Reload the page to see it as it is now.")


def _follow(
    session: Session, actor: Person, ticket: Ticket, decision: EdgeDecision, act: str, reason: str
) -> None:
    """Write the line of history and recount whatever leans on the edge."""
    content = ticket.status in EDITABLE
    moves.change(session, actor, ticket, DECIDED, new=act, reason=reason, content=content)
    leaning = {ticket.id}
    if decision.ticket_id is None:
        ends = [_PLACES.fullmatch(end) for end in (decision.child, decision.parent)]
        found = {
            kind: [int(end[2]) for end in ends if end and end[1] == kind] for kind in ("article", "source")
        }
        leaning.update(lookups.tickets_with(session, found["article"]) if found["article"] else ())
        leaning.update(lookups.tickets_touched(session, found["source"]) if found["source"] else ())
    elif decision.ticket_id != ticket.id:
        leaning.add(decision.ticket_id)
    recount_leaning(session, actor, sorted(leaning), f"{actor.name} {act}: {reason}", known=ticket)


def _as_words(decision: EdgeDecision) -> dict[str, str | int | None]:
    return {
        "verdict": decision.verdict.value,
        "kind": decision.kind,
        "child": decision.child,
        "parent": decision.parent,
        "reason": decision.reason,
        "ticket": decision.ticket_id,
    }
