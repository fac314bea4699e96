"""Claims laid out for being found: for each word the claims that hold it, and for each claim its words in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from verify.similarity.corpus import Corpus, Fields, fields_of
from verify.similarity.reading import Claim, is_figure
from verify.similarity.spelling import GivenSpellings, Spellings

FIELDS = ("text", "title", "subtitle")
_WEIGHTS = np.array([1.0, 0.9, 0.5], dtype=np.float32)
"""How much a word counts by where it stands: in the claim, in the title of the page about it, under the title."""
_SATURATION, _LENGTH = 1.2, 0.5
MOST_COUNTED = _SATURATION + 1
"""What a word counts at most in a claim."""
UNDATED = -1

Integers = NDArray[np.int32]
Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of all claims one after the other, and where each field of each claim begins."""

    terms: Integers
    bounds: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Postings:
    """Which claims hold which words, word by word, and how much each counts there; and how long the claims are."""

    terms: NDArray[np.int64]
    holders: NDArray[np.int64]
    counts: NDArray[np.float64]
    lengths: NDArray[np.float64]

    def saturated(self, mean: float) -> Numbers:
        """What a word counts in a claim, as in BM25F: more where it stands often, less where the claim is long."""
        long = _SATURATION * (1 - _LENGTH + _LENGTH * self.lengths[self.holders] / mean)
        return (self.counts * MOST_COUNTED / (self.counts + long)).astype(np.float32)


def postings(
    terms: Integers, holders: NDArray[np.int64], fields: NDArray[np.int64], many: int
) -> Postings:  # fmt: skip
    """Lay out words that stand in some fields of some of `many` claims, word by word."""
    weights = _WEIGHTS[fields].astype(np.float64)
    keys, inverse = np.unique(terms.astype(np.int64) * many + holders, return_inverse=True)
    counts = np.bincount(inverse, weights, minlength=len(keys)).astype(np.float64)
    lengths = np.bincount(holders, weights, minlength=many).astype(np.float64)
    return Postings(keys // many, keys % many, counts, lengths)


def weighted_length(fields: Fields) -> float:
    """How long a claim is by the words of its fields, each with the weight of its field."""
    return sum(len(words) * float(weight) for words, weight in zip(fields, _WEIGHTS, strict=True))


def rarity_of(held: Integers, many: int) -> Numbers:
    """What words weigh that so many of all claims hold."""
    return np.log1p((np.maximum(many - held, 0) + 0.5) / (held + 0.5)).astype(np.float32)


class Index:
    """What can be found. It never changes: to add claims, make another.

    With a `corpus` it holds a few of very many claims, and weighs their words as if it held them all.
    """

    def __init__(self, claims: Iterable[Claim], corpus: Corpus | None = None) -> None:
        self.corpus = corpus
        self.claims: Sequence[Claim] = sorted(claims, key=lambda claim: claim.id)
        for one, other in pairwise(self.claims):
            if one.id == other.id:
                raise ValueError(f"Two claims have the id {one.id!r}.")
        self.vocabulary: dict[str, int] = {}
        self.words = self._read()
        self.days: Integers = np.array(
            [claim.dated.toordinal() if claim.dated else UNDATED for claim in self.claims], dtype=np.int32
        )
        self.many = corpus.many if corpus else len(self.claims)
        self.rarity, self._held, self._starts, self._claims, self._counts = self._postings()
        self.rarest = (
            float(rarity_of(np.ones(1, np.int32), self.many)[0]) if corpus else self.rarity.max(initial=1.0)
        )
        self.figures = np.array([is_figure(form) for form in self.vocabulary] or [False], dtype=np.bool_)
        self.spellings: Spellings | GivenSpellings = (
            GivenSpellings(self.vocabulary, corpus.alike, corpus.parts)
            if corpus
            else Spellings(list(self.vocabulary))
        )

    def __len__(self) -> int:
        return len(self.claims)

    def _read(self) -> Words:
        terms: list[int] = []
        bounds = [0]
        vocabulary = self.vocabulary
        for claim in self.claims:
            for field in self.corpus.words[claim.id] if self.corpus else fields_of(claim):
                terms.extend([vocabulary.setdefault(form, len(vocabulary)) for form in field])
                bounds.append(len(terms))
        for form in self.corpus.held if self.corpus else ():
            vocabulary.setdefault(form, len(vocabulary))
        return Words(np.array(terms, np.int32), np.array(bounds, np.int64))

    def _postings(self) -> tuple[Numbers, Integers, NDArray[np.int64], Integers, Numbers]:
        """For each word its weight and in how many claims it is; and the claims that hold it, with what it counts."""
        many, size = len(self.claims), max(1, len(self.vocabulary))
        lengths = np.diff(self.words.bounds)
        places = np.repeat(np.arange(len(lengths)), lengths)
        found = postings(self.words.terms, places // len(FIELDS), places % len(FIELDS), max(1, many))
        total = float(found.lengths.sum())
        mean = self.corpus.mean if self.corpus else total / many if total else 1.0
        starts = np.searchsorted(found.terms, np.arange(size + 1))
        held = np.diff(starts).astype(np.int32)
        if self.corpus:
            known = np.zeros(size, np.int32)
            known[: len(self.vocabulary)] = [self.corpus.held.get(form, 0) for form in self.vocabulary]
            held = np.maximum(held, known)
        return rarity_of(held, self.many), held, starts, found.holders.astype(np.int32), found.saturated(mean)

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
        return int(self._held[term])
