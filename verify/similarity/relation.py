"""How two claims stand to each other: the same, the opposite, other figures for one thing, or unrelated. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from verify.similarity.figures import differing
from verify.similarity.reading import LONGEST, is_figure, read
from verify.similarity.states import Denial, denial_in, incompatible

_RELATED, _OPPOSED, _NAME = 0.5, 0.34, 2.0
_EVENTS = (
    (
        "captur",
        "seiz",
        "taken",
        "took",
        "control",
        "overr",
        "occup",
        "conquer",
        "fallen",
        "fell",
        "hold",
        "held",
    ),
    ("kill", "dead", "death", "die", "dies", "died", "slain", "murder", "martyr"),
    ("fled", "flee", "escap", "left", "stay", "remain"),
    ("injur", "wound", "hurt"),
    ("bomb", "shell", "strike", "struck", "airstrik"),
    ("win", "won", "victor", "lose", "lost", "defeat"),
    ("arrest", "detain", "jail", "releas", "freed"),
    ("increas", "rose", "rise", "risen", "grew", "grow", "fall", "decreas", "drop", "decline", "declin"),
    ("open", "reopen", "close", "clos", "closur", "shut"),
)
_SIGN = {stem: f"\N{BULLET}{number}" for number, stems in enumerate(_EVENTS) for stem in stems}
_OF_DENIALS = re.compile(
    r"(?:den(?:y|i)|reject|refut|dismiss|fals|untru|basel|claim|alleg|report|rumo|truth|true|never|statem|spokes)"
)


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
    """How much of what the shorter of the two speaks of stands in the other, from 0 to 1."""


def relation(one: str, other: str) -> Relation:
    """Say how two claims stand to each other. The order of the two changes nothing but the order of the reasons."""
    one, other = one[:LONGEST], other[:LONGEST]
    mine, theirs = _topics(one), _topics(other)
    common = mine.keys() & theirs.keys()
    least = min(sum(mine.values()), sum(theirs.values()))
    share = min(1.0, sum(min(mine[word], theirs[word]) for word in common) / least) if least else 0.0
    if not least and one.split() and one.casefold().split() == other.casefold().split():
        return Relation(Kind.SAME, ("Both are written alike.",), 1.0)
    reasons = [f"Both speak of {', '.join(_shown(one, common))}."] if common else []
    against = list(_opposed(one, other)) if share >= _OPPOSED and len(common) > 1 else []
    if against:
        return Relation(Kind.OPPOSITE, (*reasons, *against), share)
    if share < _RELATED or (len(common) < 2 and mine.keys() != theirs.keys()):
        return Relation(Kind.UNRELATED, ("They have too little in common.",), share)
    apart = differing(one, other)
    if apart:
        return Relation(Kind.OTHER_FIGURES, (*reasons, *apart), share)
    return Relation(Kind.SAME, tuple(reasons), share)


def _topics(text: str) -> dict[str, float]:
    """What a claim speaks of: its words without figures and words of denial, names twice as heavy."""
    topics: dict[str, float] = {}
    for word in read(text):
        if is_figure(word.form) or _OF_DENIALS.match(word.form):
            continue
        key = _SIGN.get(word.form, word.form)
        topics[key] = max(topics.get(key, 0.0), _NAME if word.name else 1.0)
    return topics


def _shown(text: str, common: set[str]) -> list[str]:
    words = [word.written for word in read(text) if _SIGN.get(word.form, word.form) in common]
    return list(dict.fromkeys(words))[:8]


def _opposed(one: str, other: str) -> Iterator[str]:
    mine, theirs = denial_in(one), denial_in(other)
    if mine.doubts or theirs.doubts:
        return
    if mine.denies != theirs.denies:
        yield _denied(mine if mine.denies else theirs)
        return
    states = incompatible(one, other)
    if states:
        yield f"Both cannot be: “{states[0]}” and “{states[1]}”."


def _denied(denial: Denial) -> str:
    return f"One denies what the other says: “{denial.cue}”."
