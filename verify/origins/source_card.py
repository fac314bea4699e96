"""What the card of a source shows of articles and tickets: where it speaks, and what became of its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion, Assertion, Hop, Polarity
from verify.origins.names import says_nobody
from verify.permissions import Permission, demand
from verify.sources import lookups as sources
from verify.sources.apart import told_apart
from verify.sources.models import Source, TieKind
from verify.sources.names import likeness, name_key
from verify.tickets.models import Appearance, Ticket
from verify.tickets.workflow import Rating, Status

_SHOWN = 20
SQUARES = 120
_LIKE_ENOUGH = 86
_NAMES_READ = 4_000  # unlinked names that are compared; each costs about ten microseconds
CLOSED = Status.PUBLISHED
GONE = (Status.DROPPED, Status.MERGED, Status.RETRACTED)
_STANCES = {Polarity.ASSERTS: "Claims it made", Polarity.DENIES: "Claims it denied"}


@dataclass
class Record:
    """What became of the claims that a source made, or denied."""

    label: str
    counts: dict[Rating, int] = field(default_factory=dict)
    open: int = 0
    tickets: list[Any] = field(default_factory=list)

    @property
    def closed(self) -> int:
        """How many of them have a published verdict."""
        return sum(self.counts.values())


def appearances_of(session: Session, reader: Person, source: Source) -> Mapping[str, Any]:
    """Where a source, or who speaks for it, speaks or prints: its latest tickets and passages, for its card."""
    demand(reader, Permission.READ_DESK)
    voices = _voices(session, source)
    spoken = (
        select(Hop.assertion_id)
        .where(Hop.source_id.in_(voices))
        .distinct()
        .order_by(Hop.assertion_id.desc())
        .limit(_SHOWN)
    )
    passages = session.execute(
        select(Assertion.id, Assertion.statement, Article.id, Article.title)
        .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
        .join(Article, Article.id == ArticleVersion.article_id)
        .where(Assertion.id.in_(spoken))
        .order_by(Assertion.id.desc())
    ).all()
    filed = (
        select(Appearance.ticket_id)
        .join(Hop, Hop.assertion_id == Appearance.assertion_id)
        .where(Hop.source_id.in_(voices))
    )
    tickets = session.scalars(
        select(Ticket).where(Ticket.id.in_(filed)).order_by(Ticket.id.desc()).limit(_SHOWN)
    ).all()
    return {
        "template": "origins/source.html",
        "passages": passages,
        "tickets": tickets,
        "articles": _printed(session, source),
        "spellings": spellings_seen(session, source),
        "through_others": len(voices) > 1,
        "most": _SHOWN,
    }


def _printed(session: Session, source: Source) -> Sequence[Article]:
    """The latest articles that an outlet or agency printed."""
    asked = select(Article).where(Article.outlet_id == source.id).order_by(Article.id.desc()).limit(_SHOWN)
    return session.scalars(asked).all()


def spellings_seen(session: Session, source: Source, most: int = 8) -> list[str]:
    """Names in articles, linked to nobody, that may be another spelling of this source and that nobody refused."""
    keys = {alias.name_key for alias in source.aliases}
    refused = {key for _, key in told_apart(session, [source.id]).spellings}
    words = {word[0] for alias in source.aliases for word in alias.name.split()}
    near = [Hop.name.startswith(letter, autoescape=True) for letter in sorted(words)]
    if not near:
        return []
    unlinked = select(Hop.name).where(Hop.source_id.is_(None), or_(*near)).distinct().order_by(Hop.name)
    found: dict[str, tuple[float, str]] = {}
    for name in session.scalars(unlinked.limit(_NAMES_READ)):
        key = name_key(name)
        if key in keys or key in refused or key in found or says_nobody(name):
            continue
        score = max((likeness(key, known) for known in keys), default=0)
        if score >= _LIKE_ENOUGH:
            found[key] = (-score, name)
    return [name for _, name in sorted(found.values())[:most]]


def track_record(session: Session, reader: Person, source: Source) -> Mapping[str, Any]:
    """What became of the claims that a source, or who speaks for it, originated; counts, never a rate."""
    demand(reader, Permission.READ_DESK)
    voices = _voices(session, source)
    claims = (
        select(Appearance.ticket_id, Assertion.polarity)
        .join(Assertion, Assertion.id == Appearance.assertion_id)
        .where(_originated(source, voices), Assertion.polarity.in_(_STANCES))
        .distinct()
        .subquery()
    )
    records = {stance: Record(label) for stance, label in _STANCES.items()}
    counted = select(claims.c.polarity, Ticket.status, Ticket.rating, func.count()).join(
        Ticket, Ticket.id == claims.c.ticket_id
    )
    for stance, status, rating, count in session.execute(
        counted.group_by(claims.c.polarity, Ticket.status, Ticket.rating)
    ):
        if status is CLOSED and rating is not None:
            records[stance].counts[rating] = count
        elif status not in GONE:
            records[stance].open += count
    squares = (
        select(claims.c.polarity, Ticket.reference, Ticket.claim, Ticket.rating)
        .join(Ticket, Ticket.id == claims.c.ticket_id)
        .where(Ticket.status == CLOSED, Ticket.rating.is_not(None))
        .order_by(Ticket.id.desc())
        .limit(SQUARES)
    )
    for stance, *ticket in session.execute(squares):
        records[stance].tickets.append(ticket)
    shown = [one for one in records.values() if one.closed or one.open]
    return {
        "template": "origins/record.html",
        "records": shown,
        "ratings": list(Rating),
        "most": SQUARES,
        "through_others": len(voices) > 1,
    }


def _voices(session: Session, source: Source) -> Sequence[int]:
    """The source and all who speak for it."""
    return sorted(sources.leading_to(session, [source.id], [TieKind.SPEAKS_FOR]))


def _originated(source: Source, voices: Sequence[int]) -> ColumnElement[bool]:
    """Whether an assertion leads back to these voices: the last of its chain, or the outlet in its own voice."""
    later, any_hop = aliased(Hop), aliased(Hop)
    last = exists().where(
        Hop.assertion_id == Assertion.id,
        Hop.source_id.in_(voices),
        ~exists().where(later.assertion_id == Hop.assertion_id, later.position > Hop.position),
    )
    printed = (
        select(ArticleVersion.id)
        .join(Article, Article.id == ArticleVersion.article_id)
        .where(Article.outlet_id == source.id)
    )
    own_voice = and_(Assertion.version_id.in_(printed), ~exists().where(any_hop.assertion_id == Assertion.id))
    return or_(last, own_voice)
