"""Whether two claims contradict each other, in what, and why: judged from their words by `verify.similarity`."""

from __future__ import annotations

from dataclasses import dataclass

from verify.articles.models import Polarity
from verify.matching.competing import apart
from verify.matching.contradiction_models import Contrast
from verify.similarity.relation import Kind, Relation, relation
from verify.similarity.states import denial_in

METHOD = "relation/1"
BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Contradicted:
    """In what two claims contradict each other, the reasons in whole sentences, and how much the two share."""

    contrast: Contrast
    reasons: tuple[str, ...]
    weight: float
    method: str = METHOD


def between(one: str, other: str) -> Contradicted | None:
    """Say in what two claims contradict each other; nothing where both may be right."""
    return _read(one, other, relation(one, other))


def _read(one: str, other: str, found: Relation) -> Contradicted | None:
    if found.kind is Kind.OTHER_FIGURES:
        return Contradicted(Contrast.FIGURES, found.reasons, found.shared) if apart(one, other) else None
    if found.kind is not Kind.OPPOSITE:
        return None
    denied = denial_in(one).denies != denial_in(other).denies
    return Contradicted(Contrast.DENIAL if denied else Contrast.STATES, found.reasons, found.shared)


def with_passage(claim: str, statement: str, polarity: Polarity, cue: str) -> Contradicted | None:
    """Say in what a passage contradicts a claim: it says something else, or it denies just this.

    What somebody can neither confirm nor deny contradicts nothing, and who denies the opposite says the same.
    """
    if polarity is Polarity.CANNOT_CONFIRM:
        return None
    found = relation(claim, statement)
    if polarity is Polarity.ASSERTS:
        return _read(claim, statement, found)
    if found.kind is not Kind.SAME:
        return None
    words = f"The passage denies it: “{cue}”." if cue else "The passage denies it."
    return Contradicted(Contrast.DENIAL, (*found.reasons, words), found.shared)
