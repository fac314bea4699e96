"""How sure a desk may be that two claims are the same: the matcher's score and the relation of the two, weighed. Pure.

The matcher's own score was fitted to posts among thousands of checks. Among the few claims of a desk it is too sure of
itself, as any name is rare there; so the score counts beside what `relation` says of the two. The weights are those of
a logistic regression on marked pairs of assertions: `python -m tests.benchmarks.certainty --fit` finds them, and
docs/matching.md says what they reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, log

from verify.similarity import Kind, Relation

METHOD = "similarity/1"
"""Names the weights below together with the matcher they were fitted to; a decision keeps it."""
LIKELY = 0.5
"""From here on a claim is more likely the same than not."""
SHOWN = 0.2
"""Claims less likely than this are no suggestion."""
SIGHTED = 0.8
"""From here on an assertion that comes in is held for a sighting of a claim."""
_BASE, _SCORE, _SHARED = -3.18, 0.25, 4.29
_KIND = {Kind.SAME: 2.75, Kind.UNRELATED: 0.17, Kind.OPPOSITE: 0.0, Kind.OTHER_FIGURES: 0.0}
_LEAST = 1e-4
_WORD_FOR_WORD = 0.99
_WORDS = (
    (0.95, "almost certainly"),
    (0.8, "very likely"),
    (0.5, "likely"),
    (0.2, "perhaps"),
    (0.0, "hardly"),
)


def certainty(score: float, found: Relation, *, word_for_word: bool = False) -> float:
    """How likely it is that two claims are the same, from 0 to 1."""
    if word_for_word:
        return _WORD_FOR_WORD
    score = min(max(score, _LEAST), 1 - _LEAST)
    weight = _BASE + _SCORE * log(score / (1 - score)) + _SHARED * found.shared + _KIND[found.kind]
    return round(1 / (1 + exp(-weight)), 4)


def none_of(certainties: Iterable[float]) -> float:
    """How likely it is that none of some claims is the one, each as likely as said were it alone."""
    odds = sum(one / (1 - one) for one in certainties if one < 1)
    return round(1 / (1 + odds), 4)


def in_words(certain: float) -> str:
    """“very likely”, for 0.87."""
    return next(word for least, word in _WORDS if certain >= least)


def percent(certain: float) -> int:
    """87 for 0.87; never 0 or 100, for nothing here is certain."""
    return min(99, max(1, round(certain * 100)))
