"""When two renderings are one statement: the same speaker, the same figures, and most of what it says.

A statement that was translated twice, or quoted in full here and in part there, shares its content words and not
its wording. It is one statement, and neither article is a copy of the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from verify.reuse.parts import Kind
from verify.reuse.reading import Reading
from verify.reuse.words import carries_meaning, stem, words_of

SHORTEST = 6  # words: less than that is a turn of phrase
_LEAST_IN_COMMON = 4  # words that carry meaning
_LIKE = 0.5  # share of the shorter rendering's weight that the other has too
_NEGATION = re.compile(r"\b(?:not|never|no|nor|neither|without)\b|n['’]t\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_TITLES = re.compile(r"\b(?:mr|mrs|ms|dr|gen|general|president|minister|spokes\w+)\b\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rendering:
    """One statement as an article renders it."""

    start: int
    end: int
    stems: frozenset[str]
    figures: frozenset[str]
    negated: bool
    speaker: str = ""


def rendering(text: str, start: int, end: int, speaker: str = "") -> Rendering:
    """Return what a stretch of text says, ready to be compared."""
    said = text[start:end]
    stems = frozenset(stem(form) for form in words_of(said).forms if carries_meaning(form))
    figures = frozenset(figure.replace(",", "") for figure in _FIGURE.findall(said))
    return Rendering(start, end, stems, figures, len(_NEGATION.findall(said)) % 2 == 1, speaker)


def same_statement(one: str, other: str, *, speakers: tuple[str, str] = ("", "")) -> bool:
    """Tell whether two texts render one statement, said by the same speaker where both are known."""
    first = rendering(one, 0, len(one), speakers[0])
    second = rendering(other, 0, len(other), speakers[1])
    return likeness(first, second, {}) >= _LIKE


def likeness(one: Rendering, other: Rendering, weights: Mapping[str, float]) -> float:
    """Return how much of the shorter rendering the other holds: 0 where they cannot be one statement."""
    common = one.stems & other.stems
    if len(common) < _LEAST_IN_COMMON or one.negated != other.negated:
        return 0.0
    if one.figures and other.figures and not one.figures & other.figures:
        return 0.0
    if not _may_be_one_speaker(one.speaker, other.speaker):
        return 0.0
    most = min(_weight(one.stems, weights), _weight(other.stems, weights))
    return _weight(common, weights) / most if most else 0.0


def renderings_in(reading: Reading, speakers: Mapping[int, str] | None = None) -> list[Rendering]:
    """Return the quotations of a text that are long enough to be told apart."""
    known = speakers or {}
    return [
        found
        for part in reading.parts
        if part.kind is Kind.QUOTATION
        and len((found := rendering(reading.text, part.start, part.end, known.get(part.start, ""))).stems)
        >= _LEAST_IN_COMMON
        and sum(1 for _ in re.finditer(r"\w+", reading.text[part.start : part.end])) >= SHORTEST
    ]


def twins(one: Reading, other: Reading) -> list[tuple[Rendering, Rendering]]:
    """Return the quotations that render one statement, each used once, the most alike first."""
    mine, theirs = renderings_in(one), renderings_in(other)
    if not mine or not theirs:
        return []
    weights = _weights([*mine, *theirs], [one, other])
    likely = [(likeness(first, second, weights), first, second) for first in mine for second in theirs]
    found: list[tuple[Rendering, Rendering]] = []
    taken: set[int] = set()
    for share, first, second in sorted(likely, key=lambda pair: (-pair[0], pair[1].start, pair[2].start)):
        if share >= _LIKE and id(first) not in taken and id(second) not in taken:
            taken |= {id(first), id(second)}
            found.append((first, second))
    return found


def _weights(renderings: Iterable[Rendering], readings: Iterable[Reading]) -> dict[str, float]:
    """A word that both articles use all the time, such as the name of the place, says little."""
    often = Counter(word for reading in readings for word in reading.telling)
    held = {word for found in renderings for word in found.stems}
    return {word: 1.0 / (1.0 + often[word]) ** 0.5 for word in held}


def _weight(stems: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights.get(word, 1.0) for word in stems)


def _may_be_one_speaker(one: str, other: str) -> bool:
    """Whether two names may be one person: one unknown, or a word of the name in common."""
    names = [set(words_of(_TITLES.sub(" ", name)).forms) for name in (one, other)]
    return not names[0] or not names[1] or bool(names[0] & names[1])
