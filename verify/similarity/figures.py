"""Figures that cannot both be right: what two claims count alike, with what bounds, and whether these meet."""

from __future__ import annotations

import math
from collections.abc import Iterator

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
     "just over", "a minimum of", "no less than")
)  # fmt: skip
_AT_MOST = frozenset(
    ("fewer than", "less than", "up to", "as many as", "as much as", "at most", "under", "below", "no more than",
     "not more than", "just under", "a maximum of", "or less")
)  # fmt: skip
_ROUGHLY = 0.1


def differing(one: str, other: str) -> tuple[str, ...]:
    """Say which figures of two claims count the same and cannot both be right; a figure that agrees settles it."""
    mine, theirs = quantities_in(one, 0, len(one)), quantities_in(other, 0, len(other))
    alike = [(here, there) for here in mine for there in theirs if _alike(here, there)]
    settled = {id(figure) for pair in alike if _meet(*pair) for figure in pair}
    return tuple(
        f"One says “{_written(here)}”, the other “{_written(there)}”."
        for here, there in alike
        if id(here) not in settled and id(there) not in settled
    )


def _written(figure: Quantity) -> str:
    return figure.text.strip()


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two figures count the same thing, as far as that can be told."""
    if one.unit != other.unit:
        return False
    mine, theirs = (frozenset(word.form for word in read(figure.what)) for figure in (one, other))
    return bool(mine & theirs) or not mine or not theirs or _people(mine, theirs)


_PEOPLE = frozenset(word.form for word in read(
    "people persons men women fighters soldiers troops civilians militants rebels insurgents members killed dead "
    "casualties victims deaths protesters demonstrators"
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
    spread = abs(value) * _ROUGHLY if bound else 0.0
    return value - spread, value + spread


def bounds(text: str) -> Iterator[tuple[str, float, float]]:
    """Every figure of a claim as it is written, with the least and the most that it can mean."""
    for figure in quantities_in(text, 0, len(text)):
        yield (_written(figure), *_range(figure))
