"""Reading verdicts: the public index and pages for everybody, the approval page for the desk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, false, func, literal, select, tuple_
from sqlalchemy.orm import Session, aliased, joinedload, undefer

from verify.accounts.models import Person
from verify.db import UtcTime
from verify.errors import Missing
from verify.evidence.models import Evidence
from verify.grading.models import Adjudication, Review
from verify.matching import sighting_lookups
from verify.matching.sighting_lookups import PublicSighting
from verify.permissions import Permission, may
from verify.publishing.content import HistoryEntry, PublishedVersion, Publisher, VerdictContent
from verify.publishing.foureyes import EDITS
from verify.publishing.models import Verdict, VerdictVersion
from verify.publishing.selection import Selection, narrowed
from verify.tickets.models import Appearance, Assignment, Interest, Ticket, TicketEvent
from verify.tickets.workflow import Status

PAGE = 25
_BATCH = 100


@dataclass(frozen=True, slots=True)
class Front:
    """One page of the public index, newest first; the keys lead to the pages beside it."""

    stories: list[Verdict]
    newer: int | None = None
    older: int | None = None


def front(
    session: Session, selection: Selection, *, older_than: int | None = None, newer_than: int | None = None
) -> Front:
    """One page of published verdicts by key: before or after the verdict with that number."""
    query = narrowed(select(Verdict), selection)
    place = tuple_(Verdict.published_at, Verdict.id)
    anchor = session.get(Verdict, newer_than or older_than) if newer_than or older_than else None
    if anchor is not None:
        key = tuple_(literal(anchor.published_at, UtcTime()), literal(anchor.id))
        query = query.where(place > key if newer_than else place < key)
    backwards = anchor is not None and newer_than is not None
    columns = (Verdict.published_at, Verdict.id)
    query = query.order_by(*(column if backwards else column.desc() for column in columns)).limit(PAGE + 1)
    found = list(session.scalars(query))
    more, stories = len(found) > PAGE, found[:PAGE]
    if backwards:
        stories.reverse()
    has_newer, has_older = (more, True) if backwards else (anchor is not None, more)
    return Front(
        stories,
        newer=stories[0].id if has_newer and stories else None,
        older=stories[-1].id if has_older and stories else None,
    )


def published(
    session: Session, reference: str, publisher: Publisher, number: int | None = None
) -> PublishedVersion:
    """One version of a verdict, the newest unless a number is given; Missing for what was never published."""
    verdict = session.scalars(select(Verdict).where(Verdict.reference == reference)).one_or_none()
    if verdict is None:
        raise Missing("There is no verdict at this address.")
    versions = _versions(session, [verdict.id])[verdict.id]
    if number is not None:
        versions = [version for version in versions if version.number <= number]
        if not versions or versions[-1].number != number:
            raise Missing(f"The verdict {reference} has no version {number}.")
    return _as_published(verdict, versions, publisher)


def seen_again(session: Session, reference: str) -> list[PublicSighting]:
    """Articles in which people of the desk confirmed a published claim again; none while its verdict is retracted."""
    verdict = session.scalars(select(Verdict).where(Verdict.reference == reference)).one()
    return [] if verdict.retracted else sighting_lookups.confirmed(session, verdict.ticket_id)


def newest_versions(session: Session, selection: Selection) -> list[tuple[int, str, int, str]]:
    """Each chosen verdict by reference: its id, reference, newest version number and content hash."""
    other = aliased(VerdictVersion)
    newest = (
        select(func.max(other.number))
        .where(other.verdict_id == Verdict.id)
        .correlate(Verdict)
        .scalar_subquery()
    )
    query = select(Verdict.id, Verdict.reference, VerdictVersion.number, VerdictVersion.content_sha256).join(
        VerdictVersion, (VerdictVersion.verdict_id == Verdict.id) & (VerdictVersion.number == newest)
    )
    rows = session.execute(narrowed(query, selection).order_by(Verdict.reference))
    return [(key, reference, number, digest) for key, reference, number, digest in rows]


def all_published(
    session: Session, chosen: Sequence[tuple[int, int]], publisher: Publisher
) -> Iterator[PublishedVersion]:
    """These versions (verdict id, number) in their order, read in batches so that memory stays flat."""
    for start in range(0, len(chosen), _BATCH):
        batch = dict(chosen[start : start + _BATCH])
        verdicts = {
            verdict.id: verdict for verdict in session.scalars(select(Verdict).where(Verdict.id.in_(batch)))
        }
        histories = {
            key: [one for one in versions if one.number <= batch[key]]
            for key, versions in _versions(session, list(batch)).items()
        }
        wanted = [history[-1].id for history in histories.values()]
        query = select(VerdictVersion.id, VerdictVersion.content).where(VerdictVersion.id.in_(wanted))
        contents: dict[int, Any] = {row[0]: row[1] for row in session.execute(query)}
        for key in batch:
            yield _as_published(verdicts[key], histories[key], publisher, contents[histories[key][-1].id])


def newest_changes(session: Session, limit: int = 50) -> list[tuple[VerdictContent, HistoryEntry]]:
    """The latest publications, corrections and retractions with their contents, newest first."""
    query = select(VerdictVersion).options(undefer(VerdictVersion.content))
    versions = session.scalars(query.order_by(VerdictVersion.id.desc()).limit(limit))
    return [(one.content, _history_entry(one)) for one in versions]  # type: ignore[misc]  # checked when published


def versions_of(session: Session, verdict: Verdict) -> list[VerdictVersion]:
    """Every version of a verdict, oldest first, with who published it."""
    query = select(VerdictVersion).where(VerdictVersion.verdict_id == verdict.id)
    return list(
        session.scalars(
            query.options(joinedload(VerdictVersion.published_by)).order_by(VerdictVersion.number)
        )
    )


def waiting_approvals(person: Person) -> Select[int]:
    """The tickets that wait for this editor: graded or approved, and nothing they had a part in."""
    merged = aliased(Ticket)
    parts = (
        exists().where(Appearance.ticket_id == Ticket.id, Appearance.filed_by_id == person.id),
        exists().where(Evidence.ticket_id == Ticket.id, Evidence.added_by_id == person.id),
        exists().where(Assignment.ticket_id == Ticket.id, Assignment.reviewer_id == person.id),
        exists().where(Review.ticket_id == Ticket.id, Review.reviewer_id == person.id),
        exists().where(Adjudication.ticket_id == Ticket.id, Adjudication.adjudicator_id == person.id),
        exists().where(Interest.ticket_id == Ticket.id, Interest.person_id == person.id),
        exists().where(
            TicketEvent.ticket_id == Ticket.id,
            TicketEvent.actor_id == person.id,
            TicketEvent.action.in_(EDITS),
        ),
        exists().where(merged.merged_into_id == Ticket.id, merged.opened_by_id == person.id),
    )
    query = (
        select(Ticket.id)
        .where(
            Ticket.status.in_([Status.GRADED, Status.APPROVED]),
            Ticket.opened_by_id != person.id,
            *(~part for part in parts),
        )
        .order_by(Ticket.status, Ticket.updated_at, Ticket.id)
    )
    return query if may(person, Permission.APPROVE) else query.where(false())


def _versions(session: Session, verdict_ids: Sequence[int]) -> dict[int, list[VerdictVersion]]:
    query = (
        select(VerdictVersion)
        .where(VerdictVersion.verdict_id.in_(verdict_ids))
        .order_by(VerdictVersion.number)
    )
    found: dict[int, list[VerdictVersion]] = defaultdict(list)
    for version in session.scalars(query):
        found[version.verdict_id].append(version)
    return found


def _as_published(
    verdict: Verdict, versions: Sequence[VerdictVersion], publisher: Publisher, content: object = None
) -> PublishedVersion:
    last = versions[-1]
    return PublishedVersion(
        reference=verdict.reference,
        number=last.number,
        kind=last.kind.value,
        reason=last.reason or None,
        published_at=last.published_at,
        content=content or last.content,  # type: ignore[arg-type]  # checked when it was published
        content_sha256=last.content_sha256,
        address=f"{publisher.address}/verdicts/{verdict.reference}",
        publisher=publisher,
        history=tuple(map(_history_entry, versions)),
    )


def _history_entry(version: VerdictVersion) -> HistoryEntry:
    return HistoryEntry(
        version.number,
        version.kind.value,
        version.reason or None,
        version.published_at,
        version.content_sha256,
    )
