"""When two reviews conflict, and what they settle when they do not. Pure.

They conflict when any grade differs by two or more, or when the ratings differ. Otherwise the lower of the two
grades on each scale stands, with the rating that both gave: of two honest readings the more cautious is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from verify.grading.rubric import CREDIBILITY, NO_CREDIBILITY, NO_RELIABILITY, RELIABILITY, SCALES, Grades
from verify.tickets.workflow import Rating

TOLERANCE = 1
_CONFIDENCE = ("low", "moderate", "high")
_LETTERS = tuple(letter for letter in RELIABILITY if letter != NO_RELIABILITY)
_NUMBERS = tuple(number for number in CREDIBILITY if number != NO_CREDIBILITY)


class Judged(Protocol):
    """A review or an adjudication, as far as it can differ from another."""

    @property
    def sourcing(self) -> int: ...
    @property
    def attribution(self) -> int: ...
    @property
    def confirmation(self) -> int: ...
    @property
    def rating(self) -> Rating: ...


@dataclass(frozen=True)
class Difference:
    """Where two judgements differ: the scale's name or "rating", both values, and whether it makes a conflict."""

    name: str
    first: int | Rating
    second: int | Rating
    conflicts: bool


def grades_of(judged: Judged) -> Grades:
    """The three grades of a judgement."""
    return Grades(judged.sourcing, judged.attribution, judged.confirmation)


def differences(first: Judged, second: Judged) -> tuple[Difference, ...]:
    """Every scale on which two judgements differ, and the rating when that differs."""
    found = [
        Difference(name, one, other, abs(one - other) > TOLERANCE)
        for (name, one), (_, other) in zip(grades_of(first).each(), grades_of(second).each(), strict=True)
        if one != other
    ]
    if first.rating != second.rating:
        found.append(Difference("rating", first.rating, second.rating, conflicts=True))
    return tuple(found)


def in_conflict(first: Judged, second: Judged) -> bool:
    """Whether a third person has to decide."""
    return any(difference.conflicts for difference in differences(first, second))


def lower_of(first: Judged, second: Judged) -> Grades:
    """The settled grades of two reviews that agree: on each scale the lower of the two."""
    return Grades(*(min(getattr(first, name), getattr(second, name)) for name in SCALES))


def agreed_reliability(first: str, second: str) -> str:
    """The more cautious letter of two; F, no basis to judge, unless both reviewers found a basis."""
    if NO_RELIABILITY in (first, second):
        return NO_RELIABILITY
    return _LETTERS[max(_LETTERS.index(first), _LETTERS.index(second))]


def agreed_credibility(first: int, second: int) -> int:
    """The more cautious number of two; 6, no basis to judge, unless both reviewers found a basis."""
    if NO_CREDIBILITY in (first, second):
        return NO_CREDIBILITY
    return _NUMBERS[max(_NUMBERS.index(first), _NUMBERS.index(second))]


def agreed_confidence(first: str, second: str) -> str:
    """The lower confidence of two."""
    return _CONFIDENCE[min(_CONFIDENCE.index(first), _CONFIDENCE.index(second))]
