"""What people do about how reliable a source is: judge it from a day on, and take a judgement back."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Refused
from verify.permissions import Permission, demand
from verify.sources.merge_lookups import hold, refuse_merged
from verify.sources.models import Source, SourceReliability
from verify.sources.names import refuse_controls
from verify.sources.reliability import Reliability
from verify.sources.reliability_lookups import reliability_on
from verify.sources.signals import registry_changed

LONGEST_REASON = 1_000


def judge(
    session: Session, actor: Person, source: Source, *, grade: Reliability, since: date | None, reason: str
) -> SourceReliability:
    """Judge how reliable a source is from a day on, with the reason; what held before stays on the record."""
    demand(actor, Permission.EDIT_SOURCE)
    hold(session, [source.id])
    refuse_merged(session, source)
    today = now().date()
    since = since or today
    if since > today:
        raise Refused("Nobody can judge a day to come; choose today or earlier.", field="since")
    reason = reason.replace("\r\n", "\n").strip()
    refuse_controls(reason, "reason")
    if not reason:
        raise Refused("Say what this rests on: cases, corrections, a record.", field="reason")
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Keep the reason under {LONGEST_REASON:,} characters.", field="reason")
    _refuse_again(session, source, grade, since)
    judged = SourceReliability(
        source_id=source.id,
        grade=grade,
        since=since,
        reason=reason,
        assessed_by_id=actor.id,
        assessed_at=now(),
    )
    session.add(judged)
    session.flush()
    said = {"grade": grade.value, "since": str(since), "reason": judged.reason}
    audit.record(session, actor, "source.judged", source, said)
    registry_changed.send([source.id], session=session, actor=actor)
    return judged


def _refuse_again(session: Session, source: Source, grade: Reliability, since: date) -> None:
    standing = reliability_on(session, [source.id], since).get(source.id)
    if standing is not None and (standing.grade, standing.since) == (grade, since):
        by = f" by {standing.assessed_by.name}" if standing.assessed_by else ""
        raise Refused(
            f"{source.name} was judged {grade.value} from {since:%Y-%m-%d} already{by}: “{standing.reason}” "
            "Take that back first if the reason is another one.",
            field="grade",
        )


def take_judgement_back(
    session: Session, actor: Person, source: Source, judged: SourceReliability, *, reason: str
) -> None:
    """Take back a judgement that was a mistake; it stays on the card, struck out, and what held before holds again."""
    demand(actor, Permission.EDIT_SOURCE)
    refuse_merged(session, source)
    session.refresh(judged, with_for_update={"of": SourceReliability})
    if judged.ended_at is not None:
        raise Refused("This judgement was taken back already.")
    refuse_controls(reason, "reason")
    if not reason.strip():
        raise Refused("Say why the judgement does not hold; the reason stays on the card.", field="reason")
    judged.ended_at, judged.ended_reason = now(), " ".join(reason.split())[:500]
    session.flush()
    said = {"grade": judged.grade.value, "since": str(judged.since), "reason": judged.ended_reason}
    audit.record(session, actor, "source.judgement_ended", source, said)
    registry_changed.send([source.id], session=session, actor=actor)
