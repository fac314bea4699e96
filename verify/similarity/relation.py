"""How two claims stand to each other: the same, the opposite, other figures for one thing, or unrelated. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from verify.similarity.likeness import Likeness, likeness
from verify.similarity.meanings import senses
from verify.similarity.reading import LONGEST, folded, is_figure, read
from verify.similarity.saying import Saying, saying
from verify.similarity.shortforms import short_forms

ALIKE, AGAINST, COUNTED = 0.45, 0.38, 0.3
"""From where two claims are the same, one speaks of what the other denies, and both count the same thing."""
_MOST_SHOWN = 8


class Kind(StrEnum):
    """How two claims stand to each other."""

    SAME = "same"
    OPPOSITE = "opposite"
    OTHER_FIGURES = "other figures"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Relation:
    """How two claims stand to each other, and why, in whole sentences."""

    kind: Kind
    reasons: tuple[str, ...]
    shared: float
    """How much of what each of the two speaks of stands in the other, from 0 to 1."""


def relation(one: str, other: str) -> Relation:
    """Say how two claims stand to each other. The order of the two changes nothing but the order of the reasons."""
    one, other = one[:LONGEST], other[:LONGEST]
    short = short_forms((one, other))
    mine, theirs = (_taken_apart(text, tuple(sorted(short.items()))) for text in (one, other))
    found = likeness(mine, theirs, {})
    if found.score < COUNTED:
        return Relation(Kind.UNRELATED, ("They have too little in common.",), found.score)
    if found.doubted and folded(one) != folded(other):
        return Relation(Kind.UNRELATED, ("One leaves open whether it is so.",), found.score)
    common = _shown(one, mine, theirs)
    reasons = [f"Both speak of {', '.join(common)}."] if common else []
    return _told(found, reasons) if common else Relation(Kind.SAME, ("Both are written alike.",), 1.0)


@lru_cache(maxsize=1024)
def _taken_apart(text: str, short: tuple[tuple[str, str], ...]) -> Saying:
    """A claim is mostly held against many."""
    return saying(text, "", dict(short))


def _told(found: Likeness, reasons: list[str]) -> Relation:
    if found.opposed and found.score >= AGAINST:
        return Relation(Kind.OPPOSITE, (*reasons, _against(found)), found.score)
    if found.clash and not found.opposed:
        return Relation(Kind.OTHER_FIGURES, (*reasons, *found.clash), found.score)
    if found.opposed or found.score < ALIKE:
        return Relation(Kind.UNRELATED, ("They have too little in common.",), found.score)
    return Relation(Kind.SAME, tuple(reasons), found.score)


def _against(found: Likeness) -> str:
    if found.states:
        return f"Both cannot be: “{found.states[0]}” and “{found.states[1]}”."
    return f"One denies what the other says: “{found.cue}”."


def _shown(text: str, mine: Saying, theirs: Saying) -> list[str]:
    """The words of a text whose meaning both have, as they are written."""
    common = _known(mine) & _known(theirs)
    words = [
        word.written
        for word in read(text)
        if not is_figure(word.form) and not common.isdisjoint(senses(word.form, word.written))
    ]
    return list(dict.fromkeys(words))[:_MOST_SHOWN]


def _known(one: Saying) -> set[str]:
    return {sense for unit in one.units for sense in unit.known}
