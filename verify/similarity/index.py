"""Claims laid out for being found: for each word the claims that hold it, and for each claim its words in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from verify.similarity.reading import Claim, is_figure, read
from verify.similarity.spelling import Spellings

FIELDS = ("text", "title", "subtitle")
_WEIGHTS = np.array([1.0, 0.9, 0.5], dtype=np.float32)
"""How much a word counts by where it stands: in the claim, in the title of the page about it, under the title."""
_SATURATION, _LENGTH = 1.2, 0.5
UNDATED = -1

Integers = NDArray[np.int32]
Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of all claims one after the other, and where each field of each claim begins."""

    terms: Integers
    names: NDArray[np.bool_]
    bounds: NDArray[np.int64]


class Index:
    """What can be found. It never changes: to add claims, make another."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.claims: Sequence[Claim] = sorted(claims, key=lambda claim: claim.id)
        for one, other in pairwise(self.claims):
            if one.id == other.id:
                raise ValueError(f"Two claims have the id {one.id!r}.")
        self.vocabulary: dict[str, int] = {}
        self.words = self._read()
        self.days: Integers = np.array(
            [claim.dated.toordinal() if claim.dated else UNDATED for claim in self.claims], dtype=np.int32
        )
        self.rarity, self._starts, self._claims, self._counts = self._postings()
        self.figures = np.array([is_figure(form) for form in self.vocabulary] or [False], dtype=np.bool_)
        self.spellings = Spellings(list(self.vocabulary))

    def __len__(self) -> int:
        return len(self.claims)

    def _read(self) -> Words:
        terms: list[int] = []
        names: list[bool] = []
        bounds = [0]
        vocabulary = self.vocabulary
        for claim in self.claims:
            for text in (claim.text, claim.title, claim.subtitle):
                for word in read(text):
                    terms.append(vocabulary.setdefault(word.form, len(vocabulary)))
                    names.append(word.name)
                bounds.append(len(terms))
        return Words(np.array(terms, np.int32), np.array(names, np.bool_), np.array(bounds, np.int64))

    def _postings(self) -> tuple[Numbers, NDArray[np.int64], Integers, Numbers]:
        """For each word its weight, and the claims that hold it with how much it counts in each (as in BM25F)."""
        many, size = len(self.claims), max(1, len(self.vocabulary))
        lengths = np.diff(self.words.bounds)
        fields = np.repeat(np.arange(len(lengths)) % len(FIELDS), lengths)
        holders = np.repeat(np.arange(len(lengths)) // len(FIELDS), lengths)
        weights = _WEIGHTS[fields].astype(np.float64)
        keys, inverse = np.unique(
            self.words.terms.astype(np.int64) * max(1, many) + holders, return_inverse=True
        )
        counts = np.bincount(inverse, weights, minlength=len(keys))
        terms, holding = keys // max(1, many), keys % max(1, many)
        length = np.bincount(holders, weights, minlength=many) if len(holders) else np.zeros(many)
        mean = float(length.mean()) if many and length.any() else 1.0
        starts = np.searchsorted(terms, np.arange(size + 1))
        held = np.diff(starts)
        rarity = np.log1p((many - held + 0.5) / (held + 0.5)).astype(np.float32)
        long = _SATURATION * (1 - _LENGTH + _LENGTH * length[holding] / mean)
        saturated = (counts * (_SATURATION + 1) / (counts + long)).astype(np.float32)
        return rarity, starts, holding.astype(np.int32), saturated

    def gather(self, terms: Iterable[tuple[int, float]]) -> Numbers:
        """Return for every claim how well some weighted words are found in it."""
        found = np.zeros(len(self.claims), dtype=np.float32)
        for term, weight in terms:
            first, last = self._starts[term], self._starts[term + 1]
            found[self._claims[first:last]] += self._counts[first:last] * np.float32(
                weight * self.rarity[term]
            )
        return found

    def held_by(self, term: int) -> int:
        """How many claims hold a word."""
        return int(self._starts[term + 1] - self._starts[term])
