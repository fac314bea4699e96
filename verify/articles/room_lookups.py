"""The assertions of one text as a person wants them: narrowed, in the order of the text or of their worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from verify.accounts.models import Person
from verify.articles.models import ArticleVersion, Assertion, AssertionState, Decision, Hop, Mode
from verify.errors import Missing
from verify.permissions import Permission, may

OWN_VOICE = "-"  # what stands for the outlet's own voice among the speakers
ORDERS = ("place", "worth", "speaker")
_CHOICES = 200
_IN_A_LIST = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which assertions, and in which order; every part is optional."""

    order: str = "place"
    state: AssertionState | None = None
    method: str = ""
    speaker: str = ""
    worth: int = 0  # of 100, at least

    @property
    def narrowed(self) -> bool:
        """Whether some assertions are left out."""
        return bool(self.state or self.method or self.speaker or self.worth)


@dataclass(frozen=True, slots=True)
class Numbered:
    """An assertion with its number in the whole text."""

    number: int
    assertion: Assertion


@dataclass(frozen=True, slots=True)
class Choices:
    """What a text's assertions can be narrowed to, each with how many there are."""

    methods: list[tuple[str, int]] = field(default_factory=list)
    speakers: list[tuple[str, int]] = field(default_factory=list)


def in_part(
    session: Session, reader: Person | None, version: ArticleVersion, wanted: Wanted, part: tuple[int, int]
) -> list[Numbered]:
    """Return the wanted assertions that begin in a part of the text, in its order."""
    inside = (Assertion.start >= part[0], Assertion.start < part[1])
    return _read(session, reader, version, [*inside, *_conditions(wanted)], _by_place())


def ranked(
    session: Session, reader: Person | None, version: ArticleVersion, wanted: Wanted, page: int
) -> tuple[list[Numbered], bool]:
    """Return one page of the wanted assertions in their order, and whether more follow."""
    order = _by_worth() if wanted.order == "worth" else _by_speaker()
    window = (page * _IN_A_LIST, _IN_A_LIST + 1)
    found = _read(session, reader, version, _conditions(wanted), order, window)
    return found[:_IN_A_LIST], len(found) > _IN_A_LIST


def many(session: Session, version: ArticleVersion, wanted: Wanted) -> int:
    """Return how many assertions are wanted."""
    asked = select(func.count()).where(Assertion.version_id == version.id, *_conditions(wanted))
    return session.scalar(asked) or 0


def choices(session: Session, version: ArticleVersion) -> Choices:
    """Return the methods and the speakers of a text's assertions, most frequent first."""
    here = Assertion.version_id == version.id
    methods = select(Assertion.method, func.count()).where(here).group_by(Assertion.method)
    speakers = (
        select(Hop.name, func.count(func.distinct(Assertion.id)))
        .join(Assertion, Assertion.id == Hop.assertion_id)
        .where(here)
        .group_by(Hop.name)
        .order_by(func.count(func.distinct(Assertion.id)).desc(), Hop.name)
        .limit(_CHOICES)
    )
    return Choices(
        methods=sorted((row[0], row[1]) for row in session.execute(methods)),
        speakers=[(row[0], row[1]) for row in session.execute(speakers)],
    )


def _read(
    session: Session,
    reader: Person | None,
    version: ArticleVersion,
    conditions: list[ColumnElement[bool]],
    order: Sequence[Any],
    window: tuple[int, int] | None = None,
) -> list[Numbered]:
    if reader is not None and not may(reader, Permission.READ_DESK):
        raise Missing
    numbers = (
        select(Assertion.id, func.row_number().over(order_by=_by_place()).label("number"))
        .where(Assertion.version_id == version.id)
        .subquery()
    )
    asked = (
        select(numbers.c.number, Assertion)
        .join(numbers, numbers.c.id == Assertion.id)
        .where(Assertion.version_id == version.id, *conditions)
        .order_by(*order)
        .options(
            selectinload(Assertion.hops).joinedload(Hop.source),
            joinedload(Assertion.decided_by).lazyload(Person.grants),
            selectinload(Assertion.decisions).joinedload(Decision.person).lazyload(Person.grants),
        )
    )
    if window:
        asked = asked.offset(window[0]).limit(window[1])
    return [Numbered(row[0], row[1]) for row in session.execute(asked)]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.state:
        conditions.append(Assertion.state == wanted.state)
    if wanted.method:
        conditions.append(Assertion.method == wanted.method)
    if wanted.speaker == OWN_VOICE:
        conditions.append(Assertion.mode == Mode.OWN_VOICE)
    elif wanted.speaker:
        conditions.append(
            select(Hop.name)
            .where(Hop.assertion_id == Assertion.id, Hop.name == wanted.speaker)
            .correlate(Assertion)
            .exists()
        )
    if wanted.worth:
        conditions.append(Assertion.check_worthiness >= wanted.worth / 100)
    return conditions


def _by_place() -> tuple[Any, ...]:
    return (Assertion.start, Assertion.end, Assertion.id)


def _by_worth() -> tuple[Any, ...]:
    return (Assertion.check_worthiness.is_(None), Assertion.check_worthiness.desc(), *_by_place())


def _by_speaker() -> tuple[Any, ...]:
    """The origin's name, those in the outlet's own voice last."""
    origin = (
        select(func.lower(Hop.name))
        .where(Hop.assertion_id == Assertion.id)
        .order_by(Hop.position.desc())
        .limit(1)
        .correlate(Assertion)
        .scalar_subquery()
    )
    return (origin.is_(None), origin, *_by_place())
