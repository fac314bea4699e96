"""What the fields of a query ask for, checked. Pure; a value that no field knows is said in a note and left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from verify.search.models import Kind
from verify.search.query import Field
from verify.tickets.workflow import Rating, Status

IN: dict[str, Kind] = {
    "claims": Kind.TICKET, "tickets": Kind.TICKET, "articles": Kind.ARTICLE, "sources": Kind.SOURCE,
    "evidence": Kind.EVIDENCE, "comments": Kind.COMMENT, "elsewhere": Kind.CLAIMREVIEW,
}  # fmt: skip
HAS = ("verdict", "evidence", "file")
STATUSES = {status.value.replace("_", " "): status for status in Status}
RATINGS = {rating.value.replace("_", " "): rating for rating in Rating}
_DAY = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")


@dataclass(slots=True)
class Narrowing:
    """What is left of everything. Each list holds conditions that must all be met."""

    kinds: list[tuple[frozenset[Kind], bool]] = field(default_factory=list)
    statuses: list[tuple[frozenset[Status], bool]] = field(default_factory=list)
    ratings: list[tuple[frozenset[Rating], bool]] = field(default_factory=list)
    having: list[tuple[str, bool]] = field(default_factory=list)
    sources: list[tuple[str, bool]] = field(default_factory=list)
    people: list[tuple[str, bool]] = field(default_factory=list)
    investigations: list[tuple[str, bool]] = field(default_factory=list)
    before: date | None = None
    after: date | None = None
    notes: list[str] = field(default_factory=list)

    def narrows(self) -> bool:
        """Whether anything is asked for; fields whose values nobody knows ask for nothing."""
        named = (
            self.kinds, self.statuses, self.ratings, self.having, self.sources, self.people, self.investigations,
        )  # fmt: skip
        return any(named) or self.before is not None or self.after is not None


def read_fields(fields: Iterable[Field]) -> Narrowing:
    """Check the fields of a query."""
    found = Narrowing()
    for one in fields:
        _READERS[one.name](found, one)
    return found


def _listed(value: str) -> list[str]:
    """The values of a field with commas between them, as people may write them."""
    parts = (part.strip().casefold().replace("_", " ").replace("-", " ") for part in value.split(","))
    return [part for part in parts if part]


def _known(found: Narrowing, asked: Field, known: Iterable[str]) -> list[str]:
    """Those of the values that a field knows; the others are said."""
    values, choices = _listed(asked.value), list(known)
    odd = [value for value in values if value not in choices]
    if odd or not values:
        said = f"does not know “{odd[0][:40]}”" if odd else "says nothing yet"
        found.notes.append(f"{asked.name}: {said}. It can be {', '.join(choices)}.")
    return [value for value in values if value in choices]


def _in(found: Narrowing, asked: Field) -> None:
    if values := _known(found, asked, IN):
        found.kinds.append((frozenset(IN[value] for value in values), asked.excluded))


def _status(found: Narrowing, asked: Field) -> None:
    if values := _known(found, asked, STATUSES):
        found.statuses.append((frozenset(STATUSES[value] for value in values), asked.excluded))


def _rating(found: Narrowing, asked: Field) -> None:
    if values := _known(found, asked, RATINGS):
        found.ratings.append((frozenset(RATINGS[value] for value in values), asked.excluded))


def _has(found: Narrowing, asked: Field) -> None:
    found.having += [(value, asked.excluded) for value in _known(found, asked, HAS)]


def _source(found: Narrowing, asked: Field) -> None:
    _named(found, asked, found.sources, "a name, such as source:Reuters")


def _by(found: Narrowing, asked: Field) -> None:
    _named(found, asked, found.people, "somebody of the desk, such as by:me")


def _investigation(found: Narrowing, asked: Field) -> None:
    _named(found, asked, found.investigations, "a prefix or a name, such as investigation:PAN")


def _named(found: Narrowing, asked: Field, into: list[tuple[str, bool]], such: str) -> None:
    if asked.value.strip():
        into.append((asked.value.strip()[:200], asked.excluded))
    else:
        found.notes.append(f"{asked.name}: says nothing yet. It takes {such}.")


def _before(found: Narrowing, asked: Field) -> None:
    day = _day(found, asked)
    if day is not None:
        _bound(found, day, before=not asked.excluded)


def _after(found: Narrowing, asked: Field) -> None:
    day = _day(found, asked)
    if day is not None:
        _bound(found, day, before=asked.excluded)


def _bound(found: Narrowing, day: date, *, before: bool) -> None:
    if before:
        found.before = min(day, found.before or day)
    else:
        found.after = max(day, found.after or day)


def _day(found: Narrowing, asked: Field) -> date | None:
    """The day of a field; the first one of a month or a year that is given alone."""
    written = _DAY.fullmatch(asked.value.strip())
    try:
        if written:
            return date(int(written[1]), int(written[2] or 1), int(written[3] or 1))
    except ValueError:
        pass
    said = f"does not know “{asked.value.strip()[:40]}”" if asked.value.strip() else "says nothing yet"
    found.notes.append(f"{asked.name}: {said}. Write a day, a month or a year: 2021-09-05, 2021-09 or 2021.")
    return None


_READERS = {
    "status": _status, "rating": _rating, "source": _source, "by": _by, "before": _before, "after": _after, "in": _in,
    "has": _has, "investigation": _investigation,
}  # fmt: skip
