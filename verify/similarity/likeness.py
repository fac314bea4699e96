"""How alike two claims are, from 0 to 1, and whether they speak against each other. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verify.similarity.figures import agreeing, clashing
from verify.similarity.reading import folded
from verify.similarity.saying import Saying, Term, Unit

Telling = Mapping[str, float]
"""How much a sense tells among the claims at hand; 1 where nothing is known of it."""

_LIGHTER = 0.15
"""Share of the better covered of the two: a long claim that holds a short one says more than the short one."""
_OTHER_EVENT, _FEW, _UNCOUNTED, _OTHER_WHO = 0.72, 0.85, 0.75, 0.88
"""What is left where the events differ, few words are shared, one counts what the other does not, the doers differ."""
_CONDITION, _WISHED, _OTHER_YEAR = 0.2, 0.5, 0.5
"""What is left where only one sets a condition, where one demands what the other reports, and of two other years."""
_PERSON, _AGREED, _EXCLUDED = 0.15, 0.4, 0.15
"""How far a rare name of two words, figures that agree, and states of one kind go towards 1 beside a shared event."""
_RARE, _LEAST = 0.6, 3


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the two most alike sentences of two claims are, and what stands between them."""

    score: float
    opposed: bool = False
    doubted: bool = False
    """One of the two leaves it open."""
    clash: tuple[str, ...] = ()
    """Figures for the same thing that cannot both be right."""
    states: tuple[str, str] | None = None
    """States that cannot be at once, as both write them."""
    cue: str = ""
    """The words by which one denies the other."""


NOTHING = Likeness(0.0)


def likeness(one: Saying, other: Saying, telling: Telling) -> Likeness:
    """Compare two claims by the two sentences that are most alike."""
    if not one.units or not other.units:
        return Likeness(1.0) if _written_alike(one, other) else NOTHING
    pairs = [(score(mine, theirs, telling), mine, theirs) for mine in one.units for theirs in other.units]
    best, mine, theirs = max(pairs, key=lambda pair: pair[0])
    return _judged(best, mine, theirs) if best else NOTHING


def _written_alike(one: Saying, other: Saying) -> bool:
    return bool(folded(one.text)) and folded(one.text) == folded(other.text)


def _judged(best: float, one: Unit, other: Unit) -> Likeness:
    states = one.states.against(other.states)
    opposed = (one.denial.denies != other.denial.denies) != (states is not None)
    cue = one.denial.cue if one.denial.denies else other.denial.cue
    return Likeness(
        best, opposed, one.denial.doubts or other.denial.doubts, clashing(one.figures, other.figures),
        states if opposed else None, cue if opposed and not states else "",
    )  # fmt: skip


def score(one: Unit, other: Unit, telling: Telling) -> float:
    """How much of what each of two sentences says stands in the other."""
    shared = max(_shared(one.terms, other.known), _shared(other.terms, one.known))
    if not shared:
        return 0.0
    worse, better = sorted(
        (_covered(one.terms, other.known, telling), _covered(other.terms, one.known, telling))
    )
    found = _LIGHTER * better + (1 - _LIGHTER) * worse
    if worse >= 1.0 and one.conditional == other.conditional:
        return 1.0
    excluded = one.states.against(other.states) is not None
    same_event = excluded or not one.events.isdisjoint(other.events)
    for holds, left in (
        (shared < _LEAST, _FEW),
        (one.events and other.events and not same_event, _OTHER_EVENT),
        (bool(one.figures) != bool(other.figures), _UNCOUNTED),
        (one.who and other.who and one.who.isdisjoint(other.who), _OTHER_WHO),
    ):
        found *= left if holds else 1.0
    found = _nearer(found, one, other, telling, excluded) if same_event else found
    for holds, left in (
        (one.conditional != other.conditional, _CONDITION),
        (one.wished != other.wished, _WISHED),
        (_of_other_years(one, other), _OTHER_YEAR),
    ):
        found *= left if holds else 1.0
    return found


def _of_other_years(one: Unit, other: Unit) -> bool:
    """Whether both name years, and others; or one names a year, and its figures are not those of the other."""
    if one.years and other.years:
        return one.years.isdisjoint(other.years)
    return bool(one.years or other.years) and bool(clashing(one.figures, other.figures))


def _nearer(found: float, one: Unit, other: Unit, telling: Telling, excluded: bool) -> float:
    """What else the two have in common beside the event."""
    for holds, part in (
        (max(_rare_names(one, other, telling), _rare_names(other, one, telling)) >= 2, _PERSON),
        (agreeing(one.figures, other.figures), _AGREED),
        (excluded, _EXCLUDED),
    ):
        found += (1.0 - found) * part if holds else 0.0
    return found


def _covered(terms: Sequence[Term], known: frozenset[str], telling: Telling) -> float:
    whole = found = 0.0
    for term in terms:
        weight = term.weight * _tells(term, telling)
        whole += weight
        if not known.isdisjoint(term.senses):
            found += weight
    return found / whole if whole else 0.0


def _tells(term: Term, telling: Telling) -> float:
    return min(telling.get(sense, 1.0) for sense in term.senses)


def _shared(terms: Sequence[Term], known: frozenset[str]) -> int:
    return sum(not known.isdisjoint(term.senses) for term in terms)


def _rare_names(one: Unit, other: Unit, telling: Telling) -> int:
    return sum(
        term.name and not other.known.isdisjoint(term.senses) and _tells(term, telling) >= _RARE
        for term in one.terms
    )
