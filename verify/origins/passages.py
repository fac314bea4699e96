"""The passages of tickets with their chains, and the sources around them: always the same few queries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Executable, bindparam, case, exists, select
from sqlalchemy.orm import Session

from verify.articles.models import Article, ArticleVersion, Assertion, CueType, Hop, Polarity
from verify.origins.models import ArticleCredits, Withdrawal
from verify.origins.names import spoken_for
from verify.sources.models import Source, SourceAlias, SourceKind, SourceTie, TieKind
from verify.sources.names import name_key
from verify.tickets.models import Appearance, Ticket

COUNTED = (
    TieKind.SPEAKS_FOR, TieKind.MEMBER_OF, TieKind.OWNED_BY, TieKind.SAME_FAMILY, TieKind.REPUBLISHES,
)  # fmt: skip
"""Ties that collapse voices. A family of publishers leads either way."""

STAKES = (TieKind.ALLIED_WITH, TieKind.HOSTILE_TO)
"""Ties that never collapse anything, and tell who has a stake."""

_BYLINE_PARTS = re.compile(r"[,/;|()&+]|\b(?:and|with|by|from|via)\b", re.IGNORECASE)


class HopLine(NamedTuple):
    """One hop of a chain, as the text has it and as people linked it."""

    position: int
    name: str
    kind: SourceKind
    role: str
    terms: str
    source_id: int | None
    speaks_for: str


class SourceLine(NamedTuple):
    """A source as the count needs it."""

    id: int
    name: str
    kind: SourceKind


class TieLine(NamedTuple):
    """A tie in force."""

    id: int
    source_id: int
    kind: TieKind
    other_id: int | None
    since: date | None
    until: date | None


@dataclass(frozen=True)
class Passage:
    """One appearance with its article and chain, as the count and its page need it."""

    ticket_id: int
    assertion_id: int
    article_id: int
    title: str
    outlet_id: int | None
    byline: str
    published_on: date | None
    version_id: int
    span: tuple[int, int]
    statement: str
    denies: bool
    cue: str
    admits: bool
    credits: tuple[Mapping[str, str], ...]
    withdrawn: bool
    claimant: str
    hops: tuple[HopLine, ...]

    @property
    def credited(self) -> list[str]:
        """The names in the byline, among which an agency may be."""
        return [name for part in _BYLINE_PARTS.split(self.byline) if (name := part.strip())]

    @property
    def credited_in_text(self) -> list[str]:
        """Those that the text itself names as where it comes from."""
        return [credit["name"] for credit in self.credits if credit["name"]]


@dataclass(frozen=True)
class Registry:
    """The sources around some passages: by number, by the key of each name, and their ties in force."""

    sources: dict[int, SourceLine]
    names: dict[int, list[str]]
    by_key: dict[str, int]
    ties: dict[int, list[TieLine]]


# Statements are built once: building one costs more than running it.
@cache
def _passages_query() -> Executable:
    withdrawn = exists().where(Withdrawal.article_id == Article.id, Withdrawal.undone_at.is_(None))
    return (
        select(
            Appearance.ticket_id, Assertion.id, Article.id, Article.title, Article.outlet_id, Article.byline,
            Article.published_on, ArticleVersion.id, Assertion.start, Assertion.end, Assertion.statement,
            Assertion.polarity, Assertion.cue, Assertion.cue_type, ArticleCredits.credits, withdrawn, Ticket.claimant,
            Hop.position, Hop.name, Hop.kind, Hop.role, Hop.terms, Hop.source_id, Hop.speaks_for,
        )
        .join(Ticket, Ticket.id == Appearance.ticket_id)
        .join(Assertion, Assertion.id == Appearance.assertion_id)
        .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
        .join(Article, Article.id == ArticleVersion.article_id)
        .outerjoin(ArticleCredits, ArticleCredits.version_id == ArticleVersion.id)
        .outerjoin(Hop, Hop.assertion_id == Assertion.id)
        .where(Appearance.ticket_id.in_(bindparam("tickets", expanding=True)))
        .order_by(Appearance.id, Hop.position)
    )  # fmt: skip


@cache
def _keys_query() -> Executable:
    return select(SourceAlias.name_key, SourceAlias.source_id).where(
        SourceAlias.name_key.in_(bindparam("keys", expanding=True))
    )


@cache
def _ties_query() -> Executable:
    """The ties of some sources and of all that these lead to; a family of publishers is one from either end."""
    in_force = SourceTie.ended_at.is_(None)
    around = (
        select(Source.id.label("id"))
        .where(Source.id.in_(bindparam("sources", expanding=True)))
        .cte("around", recursive=True)
    )
    family = SourceTie.kind == TieKind.SAME_FAMILY
    forward = (SourceTie.source_id == around.c.id) & SourceTie.kind.in_(COUNTED)
    either = forward | ((SourceTie.other_id == around.c.id) & family)
    other_end = case((forward, SourceTie.other_id), else_=SourceTie.source_id)
    around = around.union(select(other_end).join(around, either).where(in_force))
    columns = (
        SourceTie.id,
        SourceTie.source_id,
        SourceTie.kind,
        SourceTie.other_id,
        SourceTie.since,
        SourceTie.until,
    )
    told = select(*columns).where(in_force)
    here = select(around.c.id)
    onward = told.where(
        SourceTie.source_id.in_(here), SourceTie.kind.in_([*COUNTED, *STAKES, TieKind.PARTY_TO])
    )
    back = told.where(SourceTie.other_id.in_(here), SourceTie.kind.in_([TieKind.SAME_FAMILY, *STAKES]))
    return onward.union(back)


@cache
def _sources_query() -> Executable:
    return (
        select(Source.id, Source.name, Source.kind, SourceAlias.name)
        .outerjoin(SourceAlias, SourceAlias.source_id == Source.id)
        .where(Source.id.in_(bindparam("sources", expanding=True)))
    )


def passages_of(session: Session, ticket_ids: Sequence[int]) -> list[Passage]:
    """The appearances of tickets with their chains, in one query."""
    described: dict[int, Any] = {}
    chains: dict[int, list[HopLine]] = {}
    for row in session.execute(_passages_query(), {"tickets": list(ticket_ids)}):
        described[row[1]] = row
        chain = chains.setdefault(row[1], [])
        if row[_HOP] is not None:
            chain.append(HopLine(*row[_HOP:]))
    return [_passage(row, tuple(chains[number])) for number, row in described.items()]


_HOP = 17  # where the columns of a hop begin


def _passage(row: Any, hops: tuple[HopLine, ...]) -> Passage:
    start, end, statement, polarity, cue, cue_type, credits, withdrawn, claimant = row[8:_HOP]
    ticket_id, assertion_id, article_id, title, outlet_id, byline, published_on, version_id = row[:8]
    return Passage(
        ticket_id, assertion_id, article_id, title, outlet_id, byline, published_on, version_id, (start, end),
        statement, polarity is Polarity.DENIES, cue, cue_type is CueType.ADMISSION, tuple(credits or ()),
        bool(withdrawn), claimant, hops,
    )  # fmt: skip


def registry_around(session: Session, passages: Iterable[Passage], whose: Iterable[int] = ()) -> Registry:
    """The sources that these passages name or link, and `whose`, and all that their ties lead to, in three queries."""
    named: set[str] = set()
    linked: set[int] = set(whose)
    for passage in passages:
        named |= {key for hop in passage.hops if hop.source_id is None for key in keys_of(hop.name)}
        named |= {name_key(hop.speaks_for) for hop in passage.hops if hop.speaks_for}
        named |= {name_key(name) for name in (*passage.credited, *passage.credited_in_text)}
        named |= {name_key(passage.claimant)} if passage.claimant else set()
        linked |= {hop.source_id for hop in passage.hops if hop.source_id is not None}
        linked |= {passage.outlet_id} if passage.outlet_id is not None else set()
    found = session.execute(_keys_query(), {"keys": sorted(named)}) if named else ()
    by_key: dict[str, int] = {key: number for key, number in found}  # noqa: C416  # rows are no pairs to mypy
    around = linked | set(by_key.values())
    ties: defaultdict[int, list[TieLine]] = defaultdict(list)
    if around:
        for row in session.execute(_ties_query(), {"sources": sorted(around)}):
            tie = TieLine(*row)
            ties[tie.source_id].append(tie)
            if tie.other_id is not None and tie.kind in (TieKind.SAME_FAMILY, *STAKES):
                ties[tie.other_id].append(tie)
    ends = ((tie.source_id, tie.other_id) for held in ties.values() for tie in held)
    around |= {end for pair in ends for end in pair if end is not None}
    known: dict[int, SourceLine] = {}
    names: defaultdict[int, list[str]] = defaultdict(list)
    for row in session.execute(_sources_query(), {"sources": sorted(around)}) if around else ():
        known[row[0]] = SourceLine(*row[:3])
        names[row[0]] += [row[3]] if row[3] is not None else []
    return Registry(known, dict(names), by_key, dict(ties))


def keys_of(name: str) -> list[str]:
    """The keys under which a name may be known: its own, and that of the body it is said to speak for."""
    role = spoken_for(name)
    return [name_key(name), name_key(role[1])] if role else [name_key(name)]
