"""What matches point at, as a reader may see it, and what was decided about them; each part in a few queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion, Assertion, AssertionState, Hop, Polarity
from verify.claimreviews import lookups as claimreviews
from verify.claimreviews.models import ClaimReview
from verify.errors import Missing
from verify.matching.keys import key_of
from verify.matching.models import MatchDecision
from verify.matching.store import Held, split
from verify.matching.store_sources import first_seen
from verify.sources.models import Source
from verify.tickets.lookups import may_read
from verify.tickets.models import Appearance, Ticket, TicketEvent
from verify.tickets.workflow import EDITABLE, Move, Rating, Status

_DECISIONS = 200  # about one claim, newest kept


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A ticket: its claim and what the desk makes of it so far. A rating stands here once it is settled."""

    kind: ClassVar[Held] = Held.TICKET
    id: int
    reference: str
    words: str
    status: Status
    rating: Rating | None
    said_by: str
    day: date | None
    public: bool
    merged_into: str | None = None

    @property
    def takes_in(self) -> bool:
        """Whether passages may be filed under it now."""
        return self.status in EDITABLE

    @property
    def open_to_matches(self) -> bool:
        """Whether it stands for itself: what was merged or dropped does not."""
        return self.status not in (Status.MERGED, Status.DROPPED)


@dataclass(frozen=True, slots=True)
class AssertionLine:
    """An assertion in its article, and the ticket it is filed under."""

    kind: ClassVar[Held] = Held.ASSERTION
    id: int
    words: str
    state: AssertionState
    denies: bool
    article_id: int
    title: str
    outlet: str
    day: date | None
    said_by: str
    filed_under: str | None

    @property
    def open_to_matches(self) -> bool:
        """Whether it waits for somebody to decide about it."""
        return self.state is AssertionState.SUGGESTED


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """Another organisation's verdict, under its own name and licence."""

    kind: ClassVar[Held] = Held.CLAIMREVIEW
    id: int
    words: str
    said_by: str
    publisher: str
    site: str
    rating: str
    url: str
    licence: str
    day: date | None

    @property
    def open_to_matches(self) -> bool:
        """Reviews of others always stand."""
        return True


Line = TicketLine | AssertionLine | ReviewLine


def lines_of(session: Session, reader: Person | None, keys: Iterable[str]) -> dict[str, Line]:
    """The claims behind some keys; those that are gone, or not for this reader, are left out."""
    may_read(reader)
    numbers: dict[Held, list[int]] = {kind: [] for kind in Held}
    for key in keys:
        kind, number = split(key)
        numbers[kind].append(number)
    found: list[Line] = []
    if numbers[Held.TICKET]:
        found += _tickets(session, numbers[Held.TICKET])
    if numbers[Held.ASSERTION]:
        found += _assertions(session, numbers[Held.ASSERTION])
    if numbers[Held.CLAIMREVIEW]:
        found += _reviews(session, numbers[Held.CLAIMREVIEW])
    return {key_of(line.kind, line.id): line for line in found}


def line_of(session: Session, reader: Person | None, key: str) -> Line:
    """The claim behind a key."""
    found = lines_of(session, reader, [key]).get(key)
    if found is None:
        raise Missing("There is no such claim.")
    return found


def _tickets(session: Session, ids: Sequence[int]) -> list[Line]:
    into = Ticket.__table__.alias("merged_into")
    asked = (
        select(Ticket.id, Ticket.reference, Ticket.claim, Ticket.status, Ticket.rating, Ticket.claimant,
               first_seen(), into.c.reference)
        .outerjoin(into, into.c.id == Ticket.merged_into_id)
        .where(Ticket.id.in_(ids))
    )  # fmt: skip
    public = public_ones(session, ids)
    return [
        TicketLine(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[0] in public, row[7])
        for row in session.execute(asked)
    ]


def public_ones(session: Session, ids: Iterable[int]) -> set[int]:
    """Those of some tickets whose verdict is public now, also while one is reopened and graded anew."""
    last = {
        action: func.max(case((TicketEvent.action == action.value, TicketEvent.id), else_=0))
        for action in (Move.PUBLISH, Move.RETRACT)
    }
    asked = (
        select(TicketEvent.ticket_id)
        .where(TicketEvent.ticket_id.in_(list(ids)))
        .group_by(TicketEvent.ticket_id)
        .having(last[Move.PUBLISH] > last[Move.RETRACT])
    )
    return set(session.scalars(asked))


def _assertions(session: Session, ids: Sequence[int]) -> list[Line]:
    outlet = Source.__table__.alias("outlet")
    asked = (
        select(Assertion.id, Assertion.statement, Assertion.state, Assertion.polarity, Article.id, Article.title,
               outlet.c.name, Article.published_on, Ticket.reference)
        .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
        .join(Article, Article.id == ArticleVersion.article_id)
        .outerjoin(outlet, outlet.c.id == Article.outlet_id)
        .outerjoin(Appearance, Appearance.assertion_id == Assertion.id)
        .outerjoin(Ticket, Ticket.id == Appearance.ticket_id)
        .where(Assertion.id.in_(ids))
    )  # fmt: skip
    spoke = speakers(session, ids)
    return [
        AssertionLine(
            row[0], row[1], row[2], row[3] is Polarity.DENIES, row[4], row[5], row[6] or "Outlet not known", row[7],
            spoke.get(row[0]) or row[6] or "", row[8],
        )
        for row in session.execute(asked)
    ]  # fmt: skip


def speakers(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Who spoke in each of some assertions: the last hop of its chain, by its registered name; none for its outlet."""
    asked = (
        select(Hop.assertion_id, func.coalesce(Source.name, Hop.name))
        .outerjoin(Source, Source.id == Hop.source_id)
        .where(Hop.assertion_id.in_(ids))
        .order_by(Hop.assertion_id, Hop.position)
    )
    return {row[0]: row[1] for row in session.execute(asked)}


def _reviews(session: Session, ids: Sequence[int]) -> list[Line]:
    asked = claimreviews.shown().where(ClaimReview.id.in_(ids))
    return [
        ReviewLine(
            one.id, one.claim, one.claimant, one.publisher.name, one.publisher.site, one.rating, one.url, one.licence,
            one.claimed_on or one.reviewed_on,
        )
        for one in session.scalars(asked)
    ]  # fmt: skip


def decisions_about(session: Session, key: str) -> list[MatchDecision]:
    """What was decided about matches of a claim, newest first, those taken back included."""
    return list(
        session.scalars(_decisions().where(or_(MatchDecision.one == key, MatchDecision.other == key)))
    )


def decisions_between(session: Session, one: str, other: str) -> list[MatchDecision]:
    """What was decided about one match, newest first."""
    return list(session.scalars(_decisions().where(MatchDecision.one == one, MatchDecision.other == other)))


def _decisions() -> Select[MatchDecision]:
    return (
        select(MatchDecision)
        .order_by(MatchDecision.id.desc())
        .limit(_DECISIONS)
        .options(
            joinedload(MatchDecision.decided_by).lazyload(Person.grants),
            joinedload(MatchDecision.undone_by).lazyload(Person.grants),
        )
    )


def decision_by_id(session: Session, reader: Person | None, number: int) -> MatchDecision:
    """One decision."""
    may_read(reader)
    found = session.get(MatchDecision, number)
    if found is None:
        raise Missing("There is no such decision.")
    return found
