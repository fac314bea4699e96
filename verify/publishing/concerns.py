"""Downstream impact: published verdicts whose origins are no longer what they say, listed for an editor to look at.

Nothing that is public changes by itself. An editor says that the verdict stands, retracts it, or reopens the ticket.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, joinedload

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Missing, Refused
from verify.evidence import lookups as evidence
from verify.grading.judgement import as_kept
from verify.grading.proposal import contradiction_of, propose
from verify.grading.rubric import RATINGS, Grades
from verify.origins.signals import recounted
from verify.permissions import Permission, demand, may
from verify.publishing import words
from verify.publishing.assembly import origins_now
from verify.publishing.content import VerdictContent
from verify.publishing.models import Concern, Verdict
from verify.publishing.releases import latest_version
from verify.publishing.rules import publishing_rules
from verify.tickets.models import Ticket
from verify.tickets.workflow import Rating

LONGEST_OUTCOME = 1_000
PAGE = 50
_CAUSES = 20


class BuiltReport(NamedTuple):
    """A report that was built while a verdict said what it says no more."""

    title: str
    file_name: str
    built_at: datetime
    number: int


ReportsOf = Callable[[Session, Verdict], Sequence[BuiltReport]]
_reports_of: list[ReportsOf] = []


def register_reports(function: ReportsOf) -> None:
    """Let reports say which of them hold a verdict; imports run one way, so they come to us."""
    _reports_of[:] = [function]


def reports_of(session: Session, verdict: Verdict) -> Sequence[BuiltReport]:
    """The reports that hold a verdict, the latest first."""
    return _reports_of[0](session, verdict) if _reports_of else []


def differences(content: VerdictContent, origins: Any, gone: Collection[int] = ()) -> list[dict[str, Any]]:
    """What was published and no longer holds: figures, whose word it is, and the rules it was published under.

    `gone` are the numbers of evidence that was withdrawn since.
    """
    was = content["origins"]
    found = [
        {"what": what, "was": before, "now": after, "rule": False}
        for what, before, after in (
            ("Independent origins", words.origin_count(was), words.origin_count(origins)),
            ("Who counts surely", _names(was), _names(origins)),
        )
        if before != after
    ]
    standing = [piece for piece in content["evidence"] if piece["number"] not in gone]
    if len(standing) < len(content["evidence"]):
        pieces = [words.counted(len(one), "piece") for one in (content["evidence"], standing)]
        found.append({"what": "Evidence that stands", "was": pieces[0], "now": pieces[1], "rule": False})
    changed: Any = content | {"origins": origins, "evidence": standing}
    for before, after in zip(publishing_rules(content), publishing_rules(changed), strict=True):
        if before.met and not after.met:
            found.append({"what": before.label, "was": before.found, "now": after.found, "rule": True})
    proposed = _proposed(content, was["lower"]), _proposed(changed, origins["lower"])
    if proposed[0] != proposed[1]:
        labels = [RATINGS[one].label for one in proposed]
        what = "The rating that the stated rule proposes"
        found.append({"what": what, "was": labels[0], "now": labels[1], "rule": True})
    return found


def _names(origins: Any) -> str:
    certain = [
        f"{one['name']}{' (party)' if one['party'] else ''}" for one in origins["origins"] if one["certain"]
    ]
    return ", ".join(certain) or "nobody"


def _proposed(content: VerdictContent, lower: int) -> Rating:
    refuted = [piece["facet"] for piece in content["evidence"] if piece["stance"] == "refutes"]
    grades = Grades(**content["grades"])
    return propose(grades, lower, contradiction_of(refuted)).rating


def _on_recounted(tickets: Sequence[Ticket], *, session: Session, actor: Person | None, cause: str) -> None:
    """Look at the published verdicts of tickets that were counted anew."""
    numbers = [ticket.id for ticket in tickets]
    asked = select(Verdict).where(Verdict.ticket_id.in_(numbers), Verdict.retracted.is_(False))
    for verdict in session.scalars(asked.options(joinedload(Verdict.ticket)).order_by(Verdict.id)):
        _compare(session, actor, verdict, cause)


def _compare(session: Session, actor: Person | None, verdict: Verdict, cause: str) -> None:
    version = latest_version(session, verdict)
    content: Any = version.content
    standing = {piece.number for piece in evidence.standing(session, verdict.ticket)}
    gone = {piece["number"] for piece in content["evidence"]} - standing
    found = differences(content, origins_now(session, verdict.ticket), gone)
    concern = open_concern(session, verdict)
    if concern is None and not found:
        return
    if concern is None:
        concern = Concern(
            verdict_id=verdict.id, version_number=version.number, differences=[], broken=False, causes=[],
            raised_at=now(), raised_by_id=actor.id if actor else None,
        )  # fmt: skip
        session.add(concern)
    concern.causes = [*concern.causes, cause][-_CAUSES:]
    concern.differences, concern.broken = found, any(one["rule"] for one in found)
    if not found and actor is not None:
        concern.settled_at, concern.settled_by_id = now(), actor.id
        concern.outcome = "The origins are again what the verdict says."
    session.flush()


def open_concern(session: Session, verdict: Verdict) -> Concern | None:
    """The concern about a verdict that nobody settled yet."""
    asked = select(Concern).where(Concern.verdict_id == verdict.id, Concern.settled_at.is_(None))
    return session.scalars(asked).one_or_none()


def open_concerns(session: Session, reader: Person) -> Sequence[Concern]:
    """What waits to be looked at again: broken rules first, then the oldest."""
    demand(reader, Permission.READ_DESK)
    asked = (
        select(Concern)
        .where(Concern.settled_at.is_(None))
        .options(joinedload(Concern.verdict), joinedload(Concern.raised_by).lazyload(Person.grants))
        .order_by(Concern.id)
        .limit(PAGE)
    )
    return sorted(session.scalars(asked), key=lambda one: (not one.broken, one.id))


def concern_by_id(session: Session, reader: Person, number: int) -> Concern:
    """One concern; Missing when there is none of this number."""
    demand(reader, Permission.READ_DESK)
    found = session.get(Concern, number) if number < 2**31 else None
    if found is None:
        raise Missing("There is no such concern.")
    return found


def let_stand(session: Session, actor: Person, concern: Concern, *, reason: str) -> None:
    """Say that a published verdict stands as it is, and why; the concern is settled and kept."""
    demand(actor, Permission.CORRECT)
    reason = as_kept(reason)
    if concern.settled_at is not None:
        raise Conflict("Somebody settled this already.")
    if not reason:
        raise Refused("Say why the verdict stands although its origins changed.", "reason")
    if len(reason) > LONGEST_OUTCOME:
        raise Refused(f"Please keep the reason under {LONGEST_OUTCOME:,} characters.", "reason")
    concern.settled_at, concern.settled_by_id, concern.outcome = now(), actor.id, reason
    session.flush()
    ticket = session.get_one(Verdict, concern.verdict_id).ticket
    audit.record(session, actor, "verdict.let_stand", ticket, {"concern": concern.id, "reason": reason})


def waiting_concerns(person: Person) -> Select[int]:
    """The tickets whose published verdict waits for this editor to look at it again."""
    query = (
        select(Verdict.ticket_id)
        .join(Concern, Concern.verdict_id == Verdict.id)
        .where(Concern.settled_at.is_(None))
        .order_by(Concern.broken.desc(), Concern.id)
    )
    return query if may(person, Permission.CORRECT) else query.where(false())


recounted.connect(_on_recounted)
