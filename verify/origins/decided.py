"""What people decided about the edges of claims, as it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from verify.accounts.models import Person
from verify.errors import Missing
from verify.origins import material as core
from verify.origins.models import EdgeDecision
from verify.sources.merge_lookups import survivors
from verify.tickets.models import Ticket

_SOURCE = re.compile(r"source:(\d+)")
_EVERYWHERE = re.compile(r"(?:article|source):\d+")
_LATEST = 200


def holds_everywhere(child: str, parent: str) -> bool:
    """Tell whether an edge can be decided for all tickets: between articles and registered sources alone."""
    return _EVERYWHERE.fullmatch(child) is not None and _EVERYWHERE.fullmatch(parent) is not None


def standing(
    session: Session, ticket_ids: Sequence[int], nodes: Collection[str]
) -> dict[int | None, list[EdgeDecision]]:
    """The decisions that stand for these tickets, and under None those that hold wherever these nodes appear."""
    asked = (
        select(EdgeDecision)
        .where(
            EdgeDecision.undone_at.is_(None),
            or_(
                EdgeDecision.ticket_id.in_(ticket_ids),
                and_(EdgeDecision.ticket_id.is_(None), EdgeDecision.child.in_(nodes)),
            ),
        )
        .options(joinedload(EdgeDecision.decided_by).lazyload(Person.grants))
        .order_by(EdgeDecision.id)
    )
    found: dict[int | None, list[EdgeDecision]] = {}
    for decision in session.scalars(asked):
        found.setdefault(decision.ticket_id, []).append(decision)
    return found


def merged_now(session: Session, decisions: Iterable[EdgeDecision]) -> dict[str, str]:
    """For each source that decisions name, the node it goes under now; only those that were merged."""
    named = {
        int(number) for one in decisions for end in (one.child, one.parent) for number in _SOURCE.findall(end)
    }
    if not named:
        return {}
    return {f"source:{old}": f"source:{new}" for old, new in survivors(session, named).items() if old != new}


def as_material(decision: EdgeDecision, moved: Mapping[str, str]) -> core.Decision:
    """A decision as the count reads it; what is merged by now goes under its new name."""

    def now(node: str) -> str:
        return _SOURCE.sub(lambda found: moved.get(found[0], found[0]), node)

    unnamed = decision.kind == "member_of" and decision.child.startswith("said:")
    return core.Decision(
        decision.verdict.value,
        "voice_of" if unnamed else decision.kind,  # as the step is called since it holds in both bounds
        now(decision.child),
        now(decision.parent),
        decision.reason,
        decision.decided_by.name,
        str(decision.id),
    )


def decisions_of(session: Session, ticket: Ticket) -> Sequence[EdgeDecision]:
    """Every decision that was stated on this ticket, those taken back too, the latest first."""
    asked = (
        select(EdgeDecision)
        .where(or_(EdgeDecision.ticket_id == ticket.id, EdgeDecision.stated_on_id == ticket.id))
        .options(joinedload(EdgeDecision.decided_by).lazyload(Person.grants))
        .options(joinedload(EdgeDecision.undone_by).lazyload(Person.grants))
        .order_by(EdgeDecision.id.desc())
        .limit(_LATEST)
    )
    return session.scalars(asked).all()


def decision_by_id(session: Session, ticket: Ticket, number: int) -> EdgeDecision:
    """One decision that bears on this ticket; Missing when there is none of this number."""
    found = session.get(EdgeDecision, number)
    if found is None or (
        found.ticket_id is not None and ticket.id not in (found.ticket_id, found.stated_on_id)
    ):
        raise Missing
    return found
