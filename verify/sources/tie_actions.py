"""What people state about how sources stand to each other, and how they end it or take it back."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Refused
from verify.permissions import Permission, demand
from verify.sources.merge_lookups import hold, refuse_merged
from verify.sources.models import Source, SourceTie
from verify.sources.names import refuse_controls
from verify.sources.signals import registry_changed
from verify.sources.tie_rules import Statement as Statement
from verify.sources.tie_rules import refuse_contradiction, refuse_incomplete


def state_tie(session: Session, actor: Person, source: Source, stated: Statement) -> SourceTie:
    """State a tie of a source, with where it is known from; refuses what cannot be or contradicts another tie."""
    demand(actor, Permission.EDIT_SOURCE)
    refuse_incomplete(source, stated)
    hold(session, [source.id, *([stated.other.id] if stated.other else [])])
    for end in (source, stated.other):
        if end is not None:
            refuse_merged(session, end)
    refuse_contradiction(session, source, stated)
    tie = SourceTie(
        source_id=source.id,
        kind=stated.kind,
        other_id=stated.other.id if stated.other else None,
        event=" ".join(stated.event.split()),
        since=stated.since,
        until=stated.until,
        known_from=stated.known_from.strip(),
        stated_by_id=actor.id,
        stated_at=now(),
    )
    session.add(tie)
    session.flush()
    audit.record(session, actor, "source.tie_stated", source, _as_words(tie))
    _tell(session, actor, tie)
    return tie


def end_tie(session: Session, actor: Person, source: Source, tie: SourceTie, *, reason: str) -> None:
    """Take back a tie that does not hold; it stays on the card, struck out, with the reason."""
    _refuse_ended(session, actor, tie)
    tie.ended_at, tie.ended_reason = now(), _reason(reason)
    session.flush()
    audit.record(session, actor, "source.tie_ended", source, {**_as_words(tie), "reason": tie.ended_reason})
    _tell(session, actor, tie)


def close_tie(
    session: Session, actor: Person, source: Source, tie: SourceTie, *, until: date, reason: str
) -> None:
    """Say on which day a tie ended that did hold: a spokesman was dismissed, a paper was sold."""
    _refuse_ended(session, actor, tie)
    why = _reason(reason)
    if tie.since and until < tie.since:
        raise Refused("The tie would end before it began; check the date.", field="until")
    if tie.until and until >= tie.until:
        raise Refused(f"It ended on {tie.until:%Y-%m-%d} already. Give an earlier day.", field="until")
    before, tie.until = str(tie.until or ""), until
    session.flush()
    said = {**_as_words(tie), "until_before": before, "reason": why}
    audit.record(session, actor, "source.tie_closed", source, said)
    _tell(session, actor, tie)


def _refuse_ended(session: Session, actor: Person, tie: SourceTie) -> None:
    demand(actor, Permission.EDIT_SOURCE)
    session.refresh(tie, with_for_update={"of": SourceTie})
    if tie.ended_at is not None:
        raise Refused("This tie was taken back already.")


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("Say why the tie does not hold; the reason stays on the card.", field="reason")
    refuse_controls(reason, "reason")
    return " ".join(reason.split())[:500]


def _tell(session: Session, actor: Person, tie: SourceTie) -> None:
    """Tell whoever depends on ties, with both ends."""
    ends = [end for end in (tie.source_id, tie.other_id) if end is not None]
    registry_changed.send(ends, session=session, actor=actor)


def _as_words(tie: SourceTie) -> dict[str, str | int | None]:
    return {
        "source": tie.source_id,
        "kind": tie.kind.value,
        "other": tie.other_id,
        "event": tie.event,
        "since": str(tie.since or ""),
        "until": str(tie.until or ""),
        "known_from": tie.known_from,
    }
