"""The figures of statements as they were given: what they count, how firmly, and which share an axis. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from verify.similarity.figures import bounds
from verify.similarity.reading import compared
from verify.spotting.assertion import Quantity
from verify.spotting.quantities import quantities_in

Place = TypeVar("Place")
_FATES = {
    "killed": r"kill\w*|dead(?! (?:on|heat|end|last|ahead))|deaths?|die[sd]?|dying|slain|martyr\w*|fatalit\w+|perish\w*"
    r"|murder\w*|bodies|death toll",
    "injured": r"injur\w+|wound\w*|hurt(?! (?:the|our|your|their|his|her|more|us))|maimed",
    "captured": r"captur\w+|prison\w*|detain\w*|arrest\w*|hostages?|imprison\w*|in custody",
    "surrendered": r"surrender\w*|laid down (?:their )?arms",
    "displaced": r"displac\w+|fled|flee\w*|evacuat\w+|homeless|refugees?",
    "missing": r"missing|disappear\w*|unaccounted",
    "casualties": r"casualt\w+",
}
_FATE = re.compile("|".join(rf"(?P<{name}>\b(?:{words})\b)" for name, words in _FATES.items()), re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:.!?]\s|\s(?:and|but|while|whereas|as well as|after|before)\s")
_PEOPLE = re.compile(
    r"\b(?:people|persons?|men|women|children|civilians?|residents?|villagers?|fighters?|soldiers?|troops|militants?"
    r"|rebels?|police(?:men)?|officers?|workers?|journalists?|protesters?|students?|families|others|patients?)\b",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b(?:aged?|age of|at)\s$", re.IGNORECASE)
_PART = re.compile(r"(?:including|among them|of them|of whom)\W*$", re.IGNORECASE)
_AS_COUNTED = frozenset(
    ("only", "exactly", "another", "a further", "an additional", "additional", "a total of", "as few as",
     "as little as")
)  # fmt: skip
_JUST_BELOW = frozenset(("nearly", "almost", "close to", "just under"))


class Shape(StrEnum):
    """How firmly a figure was given."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    RANGE = "range"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it was given: its words, the least and the most that it can mean, and what it counts."""

    written: str
    noun: str
    shape: Shape
    low: float
    high: float
    value: float | None
    fate: str
    names: frozenset[str]
    unit: str
    part: bool = False  # of another figure: “300 people, among them 20 children”

    @property
    def bound(self) -> str:
        """The bound in words, and within what it is drawn where the words leave that open."""
        if self.shape is Shape.EXACT:
            return "as a count"
        if self.shape is Shape.AT_LEAST:
            return f"{number(self.low)} or more"
        if self.shape is Shape.AT_MOST:
            return f"{number(self.high)} or fewer"
        if self.shape is Shape.RANGE:
            return f"{number(self.low)} to {number(self.high)}"
        meant = f"{number(self.low)} to {number(self.high)}"
        return f"a word, not a number: some {meant}" if self.shape is Shape.VAGUE else f"roughly: {meant}"

    @property
    def means(self) -> tuple[float, float]:
        """What makes two figures one value: the least and the most that they can mean."""
        return self.low, self.high


@dataclass(frozen=True)
class Given(Generic[Place]):
    """A figure, and where it was given."""

    figure: Figure
    by: Place


@dataclass
class Axis(Generic[Place]):
    """Figures that count the same thing, in the order in which they came."""

    fate: str
    names: frozenset[str]
    unit: str
    given: list[Given[Place]] = field(default_factory=list)

    @property
    def values(self) -> int:
        """How many different values were given."""
        return len({one.figure.means for one in self.given})

    @property
    def label(self) -> str:
        """What is counted, in the words of whoever named it first."""
        noun = next((one.figure.noun for one in self.given if one.figure.noun), "")
        noun = " ".join(word for word in noun.split() if not _FATE.fullmatch(word))
        measure = "" if self.unit in ("", "share") else f"in {self.unit}"
        words = " ".join(part for part in (noun, self.fate, measure) if part) or "a figure without a noun"
        return words[0].upper() + words[1:]

    @property
    def is_wide(self) -> bool:
        """Whether the values span more than two orders of magnitude."""
        ends = [end for one in self.given for end in one.figure.means if 0 < end < math.inf]
        return bool(ends) and max(ends) / min(ends) > 100


def figures_in(statement: str) -> list[Figure]:
    """Every figure of a statement, in order."""
    found = quantities_in(statement, 0, len(statement))
    return [
        _figure(statement, found, place, low, high) for place, (_, low, high) in enumerate(bounds(statement))
    ]


def axes(given: Iterable[Given[Place]]) -> list[Axis[Place]]:
    """Put figures on one axis that count the same: the same fate, unit and people, or the same things.

    A figure that names no side (“700 were killed”) goes with those that do, where they all name the same one.
    """
    found: dict[tuple[str, str, frozenset[str], bool], Axis[Place]] = {}
    for one in given:
        key = one.figure.fate, one.figure.unit, one.figure.names, one.figure.part
        axis = found.setdefault(key, Axis(one.figure.fate, one.figure.names, one.figure.unit))
        axis.given.append(one)
    for key, axis in list(found.items()):
        fate, unit, names, part = key
        kin = [
            axis for other, axis in found.items() if other[:2] == (fate, unit) and other[2] and not other[3]
        ]
        if fate and not names and not part and len(kin) == 1:
            kin[0].given += axis.given
            del found[key]
    return list(found.values())


def apart(one: str, other: str) -> bool:
    """Whether two statements count the same thing, and no figure of the one can be a figure of the other."""
    both = [Given(figure, side) for side, words in enumerate((one, other)) for figure in figures_in(words)]
    for axis in axes(both):
        mine, theirs = ([given.figure for given in axis.given if given.by == side] for side in (0, 1))
        if mine and theirs and not any(_meet(here, there) for here in mine for there in theirs):
            return True
    return False


def _meet(one: Figure, other: Figure) -> bool:
    return one.low <= other.high and other.low <= one.high


def number(value: float) -> str:
    """A number as people read it."""
    return (
        f"{value:,.0f}"
        if value == int(value) or abs(value) >= 100
        else f"{value:,.2f}".rstrip("0").rstrip(".")
    )


def _figure(statement: str, found: Sequence[Quantity], place: int, low: float, high: float) -> Figure:
    one = found[place]
    shape, low, high = _shape(one, low, high)
    fate = _fate(statement, found, place)
    part = bool(_PART.search(statement, 0, one.start))
    return Figure(
        written=one.text.strip(), noun=one.what, shape=shape, low=low, high=high,
        value=float(one.value) if isinstance(one.value, int | float) and shape is not Shape.RANGE else None,
        fate=fate, names=frozenset(_names(one.what, whole=part or not fate)), unit=one.unit, part=part,
    )  # fmt: skip


def _shape(one: Quantity, low: float, high: float) -> tuple[Shape, float, float]:
    bound = one.bound.lower()
    if isinstance(one.value, str):
        return Shape.VAGUE, low, high
    value = float(one.value)
    if one.upper is not None:
        return Shape.RANGE, value, float(one.upper)
    if math.isinf(high):
        return Shape.AT_LEAST, low, high
    if not bound or bound in _AS_COUNTED:
        return Shape.EXACT, value, value
    if high <= value and low <= 0:
        return Shape.AT_MOST, 0.0, value
    return Shape.ABOUT, low, value if bound in _JUST_BELOW else high


def _fate(statement: str, found: Sequence[Quantity], place: int) -> str:
    """What became of those counted, as the figure's own clause tells it; of people, as its sentence does."""
    one = found[place]
    if one.unit or _AGE.search(statement, 0, one.start):
        return ""  # two days, $3 million, at the age of 92
    before = found[place - 1].end if place else 0
    after = found[place + 1].start if place + 1 < len(found) else len(statement)
    behind, ahead = statement[one.end : after], statement[before : one.start]
    here = next(iter(_CLAUSE.split(behind, maxsplit=1)), "")
    there = list(_CLAUSE.split(ahead))[-1]
    windows = [(here, False), (there, True)]
    if _PEOPLE.search(one.what):
        windows += [(statement[one.end :], False), (statement[: one.start], True)]
    for window, last in windows:
        cues = [str(cue.lastgroup) for cue in _FATE.finditer(window)]
        if cues:
            return cues[-1 if last else 0]
    return ""


def _names(noun: str, *, whole: bool) -> Iterator[str]:
    """Whose people are counted; of what has no fate, and of a part, every word of what is counted."""
    words = noun.split()
    for word in words:
        if word[:1].isupper():
            yield word.casefold()
    if whole and words:
        yield compared(words[-1].casefold()) or words[-1].casefold()
