"""Who says what, where and when: passages under tickets or by number, always in the same few queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, aliased

from verify.articles.models import Article, ArticleVersion, Assertion, AssertionState, Hop, Polarity
from verify.sources.models import Source, SourceTie, TieKind
from verify.tickets.models import Appearance, Ticket

_BELONGS = (TieKind.SPEAKS_FOR, TieKind.MEMBER_OF, TieKind.OWNED_BY)
MOST = 400
"""Passages that one page reads at most."""


@dataclass(frozen=True, slots=True)
class Said:
    """One passage: what it says, who says so, in which article, and under which ticket it is filed."""

    assertion_id: int
    statement: str
    polarity: Polarity
    cue: str
    place: tuple[int, int, int]
    article_id: int
    title: str
    outlet: str
    published_on: date | None
    ticket: str
    ticket_id: int | None
    speaker: str
    speaker_id: int | None
    outlet_id: int | None
    party: bool = False


def under_tickets(session: Session, tickets: Collection[int]) -> list[Said]:
    """The passages filed under these tickets, in the order of filing."""
    return _read(session, Ticket.id.in_(tickets)) if tickets else []


def unfiled(session: Session, assertions: Collection[int]) -> list[Said]:
    """Those of some passages that nobody has filed or set aside, in the order of their articles."""
    wanted = Assertion.id.in_(assertions), Assertion.state == AssertionState.SUGGESTED
    return _read(session, *wanted) if assertions else []


def _read(session: Session, *wanted: ColumnElement[bool]) -> list[Said]:
    found: dict[int, Said] = {}
    for row in session.execute(_asked().where(*wanted)):
        found[row[0]] = _said(row)  # the last hop is the origin
    parties = _parties(session, {one.speaker_id for one in found.values() if one.speaker_id is not None})
    return [replace(one, party=one.speaker_id in parties) for one in found.values()]


def _asked() -> Select[Any]:
    outlet, speaker = aliased(Source), aliased(Source)
    columns: tuple[Any, ...] = (
        Assertion.id, Assertion.statement, Assertion.polarity, Assertion.cue, Assertion.version_id,
        Assertion.start, Assertion.end, Article.id, Article.title, outlet.name, outlet.id, Article.published_on,
        Ticket.reference, Hop.name, speaker.name, speaker.id, Ticket.id,
    )  # fmt: skip
    return (
        select(*columns)
        .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
        .join(Article, Article.id == ArticleVersion.article_id)
        .outerjoin(outlet, outlet.id == Article.outlet_id)
        .outerjoin(Appearance, Appearance.assertion_id == Assertion.id)
        .outerjoin(Ticket, Ticket.id == Appearance.ticket_id)
        .outerjoin(Hop, Hop.assertion_id == Assertion.id)
        .outerjoin(speaker, speaker.id == Hop.source_id)
        .order_by(Assertion.id, Hop.position)
        .limit(MOST)
    )


def _said(row: Any) -> Said:
    outlet = row[9] or "Outlet not known"
    in_own_voice = row[13] is None
    return Said(
        assertion_id=row[0], statement=row[1], polarity=row[2], cue=row[3], place=(row[4], row[5], row[6]),
        article_id=row[7], title=row[8], outlet=outlet, published_on=row[11], ticket=row[12] or "", ticket_id=row[16],
        speaker=outlet if in_own_voice else row[14] or row[13], speaker_id=row[10] if in_own_voice else row[15],
        outlet_id=row[10],
    )  # fmt: skip


def _parties(session: Session, sources: Iterable[int]) -> set[int]:
    """Those of some sources that are a party to an event, or speak for, belong to or are owned by one that is."""
    asked = sorted(set(sources))
    if not asked:
        return set()
    in_force = SourceTie.ended_at.is_(None)
    kin = (
        select(Source.id.label("of"), Source.id.label("node")).where(Source.id.in_(asked)).cte(recursive=True)
    )
    kin = kin.union(
        select(kin.c.of, SourceTie.other_id)
        .join(kin, kin.c.node == SourceTie.source_id)
        .where(SourceTie.kind.in_(_BELONGS), in_force)
    )
    # From the kin outwards, as the few that are asked about are far fewer than the ties of a desk.
    party = (SourceTie.source_id == kin.c.node) & (SourceTie.kind == TieKind.PARTY_TO) & in_force
    found = session.execute(select(kin.c.of, SourceTie.id).select_from(kin).outerjoin(SourceTie, party))
    return {row[0] for row in found if row[1] is not None}
