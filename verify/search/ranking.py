"""In which order finds are shown. Pure.

A fact-checker looks for a claim first: words in its wording count more than words in a text, what was typed more than
other forms and spellings of it, whole phrases more than scattered words, and what is recent a little. A claim that was
dropped or merged comes behind those that stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from verify.search.engine import Clause
from verify.search.models import Kind
from verify.search.snippets import Marker
from verify.search.words import words_of

_IN_TITLE, _IN_NAMES, _IN_BODY = 1.0, 0.8, 0.4
_AS_TYPED, _OTHERWISE = 1.0, 0.8
_WHOLE, _TOGETHER = 0.5, 0.25
_OF_KIND = {
    Kind.TICKET: 0.15,
    Kind.CLAIMREVIEW: 0.08,
    Kind.ARTICLE: 0.05,
    Kind.SOURCE: 0.05,
    Kind.EVIDENCE: 0.02,
}
_CLOSED = -0.2
_RECENT, _HALF_A_YEAR = 0.08, 182.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that was found: what stands in its head, and whether it holds all that was typed as it was typed."""

    id: int
    kind: Kind
    key: int
    title: str
    names: str
    dated: date
    worth: float = 0.0  # by the database’s own measure: the smaller the better
    as_typed: bool = True
    closed: bool = False  # a claim that nobody checks any more: dropped, or merged into another
    holds: frozenset[int] | None = None  # which clauses it meets, where it need not meet them all


def ranked(candidates: Sequence[Candidate], clauses: Sequence[Clause], today: date) -> list[Candidate]:
    """The best first; those alike by day and number, the newest first."""
    typed = [word for clause in clauses for word in clause.terms[0].words]
    every, exact = Marker(clauses), Marker([clause.typed for clause in clauses])
    scores = {
        one.id: _score(one, len(clauses), every, exact, typed) + _recent(one.dated, today)
        for one in candidates
    }
    return sorted(candidates, key=lambda one: (-scores[one.id], one.worth, -one.dated.toordinal(), -one.id))


def _score(one: Candidate, many: int, every: Marker, exact: Marker, typed: list[str]) -> float:
    if not many:
        return 0.0
    in_body = _IN_BODY * (_AS_TYPED if one.as_typed else _OTHERWISE)
    best = [in_body if one.holds is None or clause in one.holds else 0.0 for clause in range(many)]
    for text, worth in ((one.names, _IN_NAMES), (one.title, _IN_TITLE)):
        if text:
            for marker, share in ((every, _OTHERWISE), (exact, _AS_TYPED)):
                for place in marker.places(text):
                    best[place.clause] = max(best[place.clause], worth * share)
    kind = _OF_KIND.get(one.kind, 0.0) + (_CLOSED if one.closed else 0.0)
    return sum(best) / many + kind + _near(one.title, typed)


def _near(title: str, typed: list[str]) -> float:
    """More for a title that is what was typed, or holds it word after word."""
    words = words_of(title)
    if words == typed:
        return _WHOLE
    together = len(typed) > 1 and f" {' '.join(typed)} " in f" {' '.join(words)} "
    return _TOGETHER if together else 0.0


def _recent(dated: date, today: date) -> float:
    halves = max(0, (today - dated).days) / _HALF_A_YEAR
    return _RECENT * float(0.5**halves)
