"""Counting the desk's own work. Whoever may read the desk may read its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion, Assertion, AssertionState, Ground
from verify.articles.words import BY_HAND
from verify.errors import Missing
from verify.grading.models import ReviewOpening
from verify.insights.figures import Share, quantile
from verify.permissions import Permission, may
from verify.publishing.models import Verdict
from verify.tickets.models import Ticket

_LATELY = 20
_BEFORE_ALL = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """From a day up to and with a day, in UTC; either end may be open."""

    since: date | None = None
    until: date | None = None

    def holds(
        self, moment: InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
    ) -> list[ColumnElement[bool]]:
        """Return the conditions under which a moment lies in this period."""
        # An open beginning is one before every desk, so that an index on the moment serves it too.
        conditions = [moment >= datetime.combine(self.since or _BEFORE_ALL, time.min, UTC)]
        if self.until and self.until < date.max:
            conditions.append(moment < datetime.combine(self.until + timedelta(days=1), time.min, UTC))
        return conditions


@dataclass(slots=True)
class Tally:
    """What became of some suggestions."""

    waiting: int = 0
    filed: int = 0
    filed_edited: int = 0
    edited: int = 0  # people's words stand in the place of the machine's, whatever became of it
    grounds: Counter[Ground] = field(default_factory=Counter)

    @property
    def dismissed(self) -> int:
        return self.grounds.total()

    @property
    def suggested(self) -> int:
        return self.waiting + self.filed + self.dismissed

    @property
    def accepted(self) -> Share:
        """Filed under a ticket, of those that people decided on."""
        return Share(self.filed, self.filed + self.dismissed)

    @property
    def as_it_was(self) -> Share:
        """Filed without a change, of those that people decided on."""
        return Share(self.filed - self.filed_edited, self.filed + self.dismissed)

    def add(self, state: AssertionState, ground: Ground | None, edited: bool, many: int) -> None:
        """Count some suggestions that fared alike."""
        self.edited += many if edited else 0
        if state is AssertionState.DISMISSED:
            self.grounds[ground or Ground.OTHER] += many
        elif state is AssertionState.FILED:
            self.filed += many
            self.filed_edited += many if edited else 0
        else:
            self.waiting += many


@dataclass(slots=True)
class Method:
    """One method and version: all that it suggested, by mode, and by the kind of the reporting word."""

    name: str
    all: Tally = field(default_factory=Tally)
    by_mode: dict[str, Tally] = field(default_factory=dict)
    by_cue_type: dict[str, Tally] = field(default_factory=dict)


def acceptance(session: Session, reader: Person | None, period: Period) -> list[Method]:
    """Return what became of the suggestions found in a period, by method and version, the busiest first.

    Modes and kinds of reporting words are those that were suggested, also where people changed them since.
    """
    _may_read(reader)
    suggested_mode = func.coalesce(Assertion.suggested["mode"].as_string(), Assertion.mode)
    suggested_type = func.coalesce(Assertion.suggested["cue_type"].as_string(), Assertion.cue_type, "")
    edited = Assertion.suggested.is_not(None)
    fates = (Assertion.method, suggested_mode, suggested_type, Assertion.state, Assertion.ground, edited)
    named: list[Any] = [column.label(f"fate_{number}") for number, column in enumerate(fates)]
    asked = (
        select(*named, func.count())
        .where(Assertion.method != BY_HAND, *period.holds(Assertion.found_at))
        .group_by(*named)
    )
    found: dict[str, Method] = {}
    for name, mode, cue_type, *fate in session.execute(asked):
        method = found.setdefault(name, Method(name))
        method.all.add(*fate)
        method.by_mode.setdefault(mode, Tally()).add(*fate)
        if cue_type:
            method.by_cue_type.setdefault(cue_type, Tally()).add(*fate)
    return sorted(found.values(), key=lambda method: (-method.all.suggested, method.name))


def marked_by_hand(session: Session, reader: Person | None, period: Period) -> int:
    """Return how many assertions people marked by hand: what no method had suggested."""
    _may_read(reader)
    asked = select(func.count()).where(Assertion.method == BY_HAND, *period.holds(Assertion.found_at))
    return session.scalar(asked) or 0


def dismissed_lately(session: Session, reader: Person | None, period: Period) -> Sequence[Assertion]:
    """Return the newest dismissals among the suggestions found in a period, with who dismissed them."""
    _may_read(reader)
    asked = (
        select(Assertion)
        .where(
            Assertion.state == AssertionState.DISMISSED,
            Assertion.method != BY_HAND,
            *period.holds(Assertion.found_at),
        )
        .order_by(Assertion.decided_at.desc(), Assertion.id.desc())
        .limit(_LATELY)
        .options(
            joinedload(Assertion.decided_by).lazyload(Person.grants),
            joinedload(Assertion.version)
            .load_only(ArticleVersion.article_id, ArticleVersion.length)
            .joinedload(ArticleVersion.article)
            .load_only(Article.title),
        )
    )
    return session.scalars(asked).all()


@dataclass(frozen=True, slots=True)
class Pace:
    """How many days verdicts took from the opening of their ticket to their publication."""

    many: int
    middle: float | None
    slow: float | None
    slowest: list[tuple[str, float]]


def pace(session: Session, reader: Person | None, period: Period) -> Pace:
    """Return the pace of the verdicts first published in a period, retracted ones included."""
    _may_read(reader)
    asked = (
        select(Verdict.reference, Verdict.published_at, Ticket.opened_at)
        .join(Ticket, Ticket.id == Verdict.ticket_id)
        .where(*period.holds(Verdict.published_at))
    )
    took = {
        reference: (published_at - opened_at).total_seconds() / 86_400
        for reference, published_at, opened_at in session.execute(asked)
    }
    days = sorted(took.values())
    slowest = sorted(took.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    return Pace(len(days), quantile(days, 0.5), quantile(days, 0.9), slowest)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many pairs of blind reviews needed no adjudication, and the newest tickets whose pair did."""

    agreed: Share
    disputed: list[str]


def agreement(session: Session, reader: Person | None, period: Period) -> Agreement:
    """Return how far the pairs of reviews agreed that were opened in a period; what is sealed is not counted."""
    _may_read(reader)
    opened = period.holds(ReviewOpening.opened_at)
    asked = select(ReviewOpening.disputed, func.count()).where(*opened).group_by(ReviewOpening.disputed)
    found = {row[0]: row[1] for row in session.execute(asked)}
    disputed = (
        select(Ticket.reference)
        .join(ReviewOpening, ReviewOpening.ticket_id == Ticket.id)
        .where(ReviewOpening.disputed, *opened)
        .order_by(ReviewOpening.opened_at.desc(), Ticket.id.desc())
        .limit(_LATELY)
    )
    share = Share(found.get(False, 0), sum(found.values()))
    return Agreement(share, list(dict.fromkeys(session.scalars(disputed))))


def _may_read(reader: Person | None) -> None:
    """Nobody is the machine itself."""
    if reader is not None and not may(reader, Permission.READ_DESK):
        raise Missing
