"""A question laid against an index: its words by the numbers they have there, misspelled and glued ones included."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.similarity.index import Index
from verify.similarity.reading import Question, Word, compared, is_figure, read

MOST_WORDS = 120
"""Different words of a question that are looked for; a longer text is no claim."""
_GUESSED = 0.8
SEEN_OFTEN = 2
"""A word of more claims than so many is not taken for a misspelled one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The different words of a question, and where each may be found."""

    words: list[Word]
    terms: list[list[tuple[int, float]]]
    weights: NDArray[np.float32]
    names: NDArray[np.bool_]
    figures: NDArray[np.bool_]
    order: list[int]
    signed: list[tuple[int, float]]
    day: int

    @property
    def weighted(self) -> list[tuple[int, float]]:
        """Every number that is looked for, with its weight."""
        return [one for found in self.terms for one in found]


def ask(index: Index, wanted: Question) -> Asked:
    """Lay a question against an index."""
    words = [one for word in read(wanted.text) for one in _apart(index, word)]
    different: dict[str, Word] = {}
    for word in words:
        known = different.get(word.form)
        if (known is None and len(different) < MOST_WORDS) or (known and word.name and not known.name):
            different[word.form] = word
    kept = list(different.values())
    places = {word.form: place for place, word in enumerate(kept)}
    terms = [_numbers(index, word) for word in kept]
    unknown = float(np.log1p(2 * index.many + 1.0))
    weights = [float(index.rarity[found[0][0]]) if found else unknown for found in terms]
    return Asked(
        words=kept,
        terms=terms,
        weights=np.array(weights, dtype=np.float32),
        names=np.array([word.name for word in kept], dtype=np.bool_),
        figures=np.array([is_figure(word.form) for word in kept], dtype=np.bool_),
        order=[places[word.form] for word in words if word.form in places],
        signed=[one for word in read(wanted.signed)[:12] for one in _numbers(index, word)],
        day=wanted.dated.toordinal() if wanted.dated else -1,
    )


def _apart(index: Index, word: Word) -> list[Word]:
    """Take a word apart that no claim holds, if it is run together from words that claims hold."""
    if word.form in index.vocabulary or len(word.written) < 7 or is_figure(word.form):
        return [word]
    parts = index.spellings.parts(word.written.lower())
    return [Word(compared(part), part, word.name) for part in parts] or [word]


def _numbers(index: Index, word: Word) -> list[tuple[int, float]]:
    known = index.vocabulary.get(word.form)
    if known is None:
        return [(number, _GUESSED * alike) for number, alike in index.spellings.like(word.form)]
    if index.held_by(known) > SEEN_OFTEN or is_figure(word.form):
        return [(known, 1.0)]
    near = [
        (number, _GUESSED * alike) for number, alike in index.spellings.like(word.form) if number != known
    ]
    return [(known, 1.0), *near[:2]]
