"""Figures that cannot both be right: what two claims count alike, with what bounds, and whether these meet."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from verify.similarity.meanings import EVENTS, senses
from verify.similarity.reading import read
from verify.spotting.assertion import Quantity
from verify.spotting.quantities import quantities_in

_VAGUE = {
    "dozens": (24.0, 200.0),
    "scores": (40.0, 400.0),
    "hundreds": (200.0, 2_000.0),
    "thousands": (2_000.0, 20_000.0),
    "millions": (2e6, 2e9),
    "billions": (2e9, 2e12),
    "tens of thousands": (2e4, 2e5),
    "hundreds of thousands": (2e5, 2e6),
    "tens of millions": (2e7, 2e8),
    "hundreds of millions": (2e8, 2e9),
}
_AT_LEAST = frozenset(
    ("more than", "at least", "over", "above", "no fewer than", "upwards of", "in excess of", "well over", "or more",
     "a minimum of", "no less than")
)  # fmt: skip
_AT_MOST = frozenset(
    ("fewer than", "less than", "up to", "as many as", "as much as", "at most", "under", "below", "no more than",
     "not more than", "a maximum of", "or less")
)  # fmt: skip
_BELOW = frozenset(("nearly", "almost", "close to", "just under"))
_EXACT = frozenset(
    ("", "only", "exactly", "another", "a further", "an additional", "additional", "a total of", "as few as",
     "as little as", "the first")
)  # fmt: skip
_ROUGHLY = 0.1
_CLAUSE_ENDS = re.compile(r"[,;:.!?]")
_ONE_OF = re.compile(r"\bone of\b[^,;.]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and the events that its clause tells of what it counts: killed, captured."""

    quantity: Quantity
    events: frozenset[str]


def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a claim; what is one of a number is not counted by it: “one of eight districts”."""
    parts = [found.span() for found in _ONE_OF.finditer(text)]
    found = quantities_in(text, 0, len(text))
    edges = [0, *(edge for figure in found for edge in (figure.start, figure.end)), len(text)]
    return tuple(
        Figure(figure, _told_of(text, edges[2 * at], figure, edges[2 * at + 3]))
        for at, figure in enumerate(found)
        if not any(start <= figure.start < end for start, end in parts)
    )


def _told_of(text: str, start: int, figure: Quantity, end: int) -> frozenset[str]:
    """The events between a figure and the next, up to a comma; else those before it."""
    behind = _events(_CLAUSE_ENDS.split(text[figure.end : end], maxsplit=1)[0])
    return behind or _events(_CLAUSE_ENDS.split(text[start : figure.start])[-1])


def _events(clause: str) -> frozenset[str]:
    return EVENTS & {sense for word in read(clause) for sense in senses(word.form, word.written)}


def clashing(mine: Sequence[Figure], theirs: Sequence[Figure]) -> tuple[str, ...]:
    """Say which of these figures count the same and cannot both be right; a figure that agrees settles it."""
    alike = [(here.quantity, there.quantity) for here in mine for there in theirs if _alike(here, there)]
    settled = {id(figure) for pair in alike if _meet(*pair) for figure in pair}
    return tuple(
        f"One says “{_written(here)}”, the other “{_written(there)}”."
        for here, there in alike
        if id(here) not in settled and id(there) not in settled
    )


def agreeing(mine: Sequence[Figure], theirs: Sequence[Figure]) -> bool:
    """Whether two claims count the same with figures that can both be right."""
    return any(
        _alike(here, there) and _meet(here.quantity, there.quantity) for here in mine for there in theirs
    )


def _written(figure: Quantity) -> str:
    return figure.text.strip()


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures count the same thing, as far as that can be told."""
    if one.quantity.unit != other.quantity.unit or (
        one.events and other.events and not one.events & other.events
    ):
        return False
    mine, theirs = (_counted(figure.quantity.what) for figure in (one, other))
    return bool(mine & theirs) or not mine or not theirs or _people(mine, theirs)


@lru_cache(maxsize=16_384)
def _counted(what: str) -> frozenset[str]:
    return frozenset(word.form for word in read(what))


_PEOPLE = frozenset(word.form for word in read(
    "people persons men women fighters soldiers troops civilians militants rebels insurgents members killed dead "
    "casualties victims deaths protesters demonstrators workers residents passengers children soldier officers police "
    "patients prisoners refugees migrants voters students employees relatives survivors firefighters"
))  # fmt: skip


def _people(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    return bool(mine & _PEOPLE) and bool(theirs & _PEOPLE)


def _meet(one: Quantity, other: Quantity) -> bool:
    (low, high), (least, most) = _range(one), _range(other)
    return low <= most and least <= high


def _range(figure: Quantity) -> tuple[float, float]:
    """The least and the most that a figure can mean."""
    if isinstance(figure.value, str):
        return _VAGUE.get(figure.value, (0.0, math.inf))
    value = float(figure.value)
    if figure.upper is not None:
        return value, float(figure.upper)
    bound = figure.bound.lower()
    if bound in _AT_LEAST:
        return value, math.inf
    if bound in _AT_MOST:
        return 0.0, value
    spread = abs(value) * _ROUGHLY if bound not in _EXACT else 0.0
    return value - (spread if bound != "just over" else 0.0), value + (spread if bound not in _BELOW else 0.0)


def bounds(text: str) -> Iterator[tuple[str, float, float]]:
    """Every figure of a claim as it is written, with the least and the most that it can mean."""
    for figure in quantities_in(text, 0, len(text)):
        yield (_written(figure), *_range(figure))
