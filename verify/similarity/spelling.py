"""Words that are spelled otherwise, or run together: found by the runs of three letters they share."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from verify.similarity.reading import compared

ALIKE = 0.6
"""The share of their runs of letters that two words alike have in common."""
SHORTEST = 4
MOST_ALIKE = 3
_PARTS = 3


def runs(word: str) -> list[str]:
    """The runs of three letters of a word, its edges included, each once."""
    edged = f"^{word}$"
    return list(dict.fromkeys(edged[at : at + 3] for at in range(len(edged) - 2)))


def may_be_misspelled(word: str) -> bool:
    """Whether a word is long enough to be known by its runs of letters, and no figure."""
    return len(word) >= SHORTEST and not word[0].isdigit()


class Spellings:
    """The words of an index by their runs of letters."""

    def __init__(self, words: Sequence[str]) -> None:
        self.numbers: dict[str, int] = {}
        flat: list[int] = []
        self.bounds = np.zeros(len(words) + 1, dtype=np.int64)
        for at, word in enumerate(words):
            for run in runs(word):
                flat.append(self.numbers.setdefault(run, len(self.numbers)))
            self.bounds[at + 1] = len(flat)
        self.words = words
        self.known = frozenset(words)
        self.flat: NDArray[np.int32] = np.array(flat, dtype=np.int32)
        self.sizes = np.diff(self.bounds)
        holders = np.repeat(np.arange(len(words), dtype=np.int32), self.sizes)
        order = np.argsort(self.flat, kind="stable")
        self._holders = holders[order]
        self._starts = np.searchsorted(self.flat[order], np.arange(len(self.numbers) + 1))

    def like(self, word: str) -> list[tuple[int, float]]:
        """Return the numbers of the words that are spelled almost alike, with how much they are."""
        if not may_be_misspelled(word):
            return []
        mine = runs(word)
        parts = [
            self._holders[self._starts[number] : self._starts[number + 1]]
            for number in (self.numbers.get(run) for run in mine)
            if number is not None
        ]
        if not parts:
            return []
        found, shared = np.unique(np.concatenate(parts), return_counts=True)
        alike = 2 * shared / (self.sizes[found] + len(mine))
        order = np.lexsort((found, -alike))[: MOST_ALIKE * 3]
        near = [(int(found[at]), float(alike[at])) for at in order if alike[at] >= ALIKE]
        return [one for one in near if not self.words[one[0]][0].isdigit()][:MOST_ALIKE]

    def parts(self, word: str) -> Sequence[str]:
        """Return the parts of an unknown word that is run together from known ones; nothing where it is not."""
        return parts_of(word, self.known)

    def closeness(self, words: Sequence[str], terms: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return how much each of some known words (rows) is spelled like each of some others (columns)."""
        held = np.zeros((len(self.numbers) + 1, len(words)), dtype=np.float32)
        sizes = np.ones(len(words), dtype=np.float32)
        for column, word in enumerate(words):
            mine = runs(word)
            sizes[column] = len(mine)
            for run in mine:
                if run in self.numbers:
                    held[self.numbers[run], column] = 1
        if not len(terms) or not len(words):
            return np.zeros((len(terms), len(words)), dtype=np.float32)
        lengths = self.sizes[terms]
        ends = np.cumsum(lengths)
        rows = np.repeat(self.bounds[terms] - (ends - lengths), lengths) + np.arange(ends[-1])
        shared = np.add.reduceat(held[self.flat[rows]], ends - lengths, axis=0)
        return np.asarray(2 * shared / (lengths[:, None] + sizes[None, :]), dtype=np.float32)


class GivenSpellings:
    """A few words of a vocabulary, and what the whole of it gave for the words of a question."""

    def __init__(
        self,
        words: Mapping[str, int],
        alike: Mapping[str, Sequence[tuple[str, float]]],
        parts: Mapping[str, Sequence[str]],
    ) -> None:
        self._places, self._alike, self._parts = words, alike, parts

    def like(self, word: str) -> list[tuple[int, float]]:
        """Return what the whole vocabulary holds that is spelled almost alike."""
        return [(self._places[form], alike) for form, alike in self._alike.get(word, ())]

    def parts(self, word: str) -> Sequence[str]:
        """Return the parts that the whole vocabulary knows."""
        return self._parts.get(word, ())

    def closeness(self, words: Sequence[str], terms: NDArray[np.int32]) -> NDArray[np.float32]:
        """Return how much each of some known words (rows) is spelled like each of some others (columns)."""
        listed = list(self._places)
        known = [listed[term] for term in terms.tolist()]
        asked = sorted({run for word in words for run in runs(word)})
        if not known or not asked:
            return np.zeros((len(known), len(words)), dtype=np.float32)
        wanted = _codes("".join(asked))[::3]
        order = np.argsort(wanted)
        codes = _codes("".join(f"^{word}$" for word in known))
        lengths = np.array([len(word) for word in known])
        owners = np.repeat(np.arange(len(known)), lengths)
        codes = codes[np.arange(len(owners)) + np.repeat(2 * np.arange(len(known)), lengths)]
        at = np.minimum(np.searchsorted(wanted[order], codes), len(asked) - 1)
        hit = np.flatnonzero(wanted[order][at] == codes)
        pairs = np.unique(owners[hit] * len(asked) + order[at[hit]])
        sets = [set(runs(word)) for word in words]
        held = np.array([[run in mine for mine in sets] for run in asked], np.float32)
        shared = np.zeros((len(known), len(words)), dtype=np.float32)
        np.add.at(shared, pairs // len(asked), held[pairs % len(asked)])
        mine = np.array([_many_runs(word) for word in words])
        near: list[bool] = np.any(shared, axis=1).tolist()
        theirs = np.array([_many_runs(word) if some else 1 for word, some in zip(known, near, strict=True)])
        return np.asarray(2 * shared / (theirs[:, None] + mine[None, :]), dtype=np.float32)


def _codes(text: str) -> NDArray[np.int64]:
    """Every three letters that follow each other, as one number."""
    letters = np.frombuffer(text.encode("utf-32-le"), np.int32).astype(np.int64)
    return (letters[:-2] << 42) | (letters[1:-1] << 21) | letters[2:]


@lru_cache(maxsize=65_536)
def _many_runs(word: str) -> int:
    return len(runs(word))


def parts_of(word: str, known: Container[str]) -> list[str]:
    """Take a word apart into as few as possible that are known; nothing where that cannot be."""
    best: dict[int, list[str]] = {0: []}
    for end, start in _cuts(word):
        if start in best and len(best[start]) < _PARTS:
            key = compared(word[start:end])
            if key in known and (end not in best or len(best[start]) + 1 < len(best[end])):
                best[end] = [*best[start], word[start:end]]
    return best.get(len(word), []) if len(best.get(len(word), [])) > 1 else []


def pieces(word: str) -> set[str]:
    """Return everything that `parts_of` may ask for."""
    return {compared(word[start:end]) for end, start in _cuts(word)} - {""}


def _cuts(word: str) -> Iterator[tuple[int, int]]:
    for end in range(3, len(word) + 1):
        for start in range(max(0, end - 14), end - 2):
            yield end, start
