"""How near two texts are within a collection: what is common there says little, what is rare says much.

In a hundred reports about one event, all name the place and the speakers; what tells a copy apart is the words that
the others do not use. The same measure finds, among reports about many events, those that tell the same one.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from verify.reuse.alignment import SEED, shared_runs
from verify.reuse.comparison import TOLD
from verify.reuse.fingerprints import RUN
from verify.reuse.parts import Kind
from verify.reuse.reading import Reading

Vector = dict[Hashable, float]

# The weights of the measure, and from what value on it says that one text leans on the other. Chosen on public
# data by training/reuse.py; docs/origins.md tells what they mean and how well they do.
EXACT, BACKGROUND, GATE, LEANS = 0.5, 0.5, 0.5, 0.0525
ENOUGH = 30  # words of shared narrative, in passages of seven or more: more are no stronger a sign
NEIGHBOUR = 10  # the so-manieth nearest text shows how alike unrelated texts of this collection are
SAME = 0.5  # share of the shorter narrative from which the two are one text
_WIDESPREAD = 4  # texts of a collection that hold a run: from here on it may be furniture
_HOLDS_LITTLE = 0.25
_SAMPLE = 1_000  # texts against which the background is measured


@dataclass(frozen=True, slots=True)
class Nearness:
    """How sure it is that one text leans on the other (0.5: as likely as not), and what to call it."""

    score: float
    label: str  # "independent" | "partial" | "same"


def vectors(bags: Mapping[str, Iterable[Hashable]]) -> dict[str, Vector]:
    """Return each text's words, weighted by how rare they are in the collection, with length 1."""
    counted = {name: Counter(bag) for name, bag in bags.items()}
    held = Counter(word for bag in counted.values() for word in bag)
    rarity = {word: math.log((len(counted) + 1) / (many + 0.5)) for word, many in held.items()}
    found: dict[str, Vector] = {}
    for name, bag in counted.items():
        weighted = {word: (1 + math.log(many)) * rarity[word] for word, many in bag.items()}
        length = math.sqrt(sum(value * value for value in weighted.values())) or 1.0
        found[name] = {word: value / length for word, value in weighted.items()}
    return found


def cosine(one: Vector, other: Vector) -> float:
    """Return how alike two vectors of length 1 are: 0 for nothing in common, 1 for the same."""
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[word] for word, value in one.items() if word in other)


class Collection:
    """Texts by name, compared with each other in the light of all of them."""

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        self.readings = readings
        self._words = vectors({name: reading.telling for name, reading in readings.items()})
        self._turns = vectors({name: reading.turns for name, reading in readings.items()})
        names = list(readings)
        self._sample = names[:: max(1, len(names) // _SAMPLE)]
        self._backgrounds: dict[str, float] = {}

    @cached_property
    def _worn(self) -> set[int]:
        """The runs of words that several texts of the collection hold."""
        held = Counter(value for reading in self.readings.values() for value in set(reading.hashes))
        return {value for value, many in held.items() if many >= _WIDESPREAD}

    def nearness(self, one: str, other: str) -> Nearness:
        """Return how near two texts are, from all the evidence at once."""
        a, b = self.readings[one], self.readings[other]
        if not a.words.forms or not b.words.forms:
            return Nearness(0.0, "independent")
        told, told_in_passages = self._told(a, b)
        share = min(1.0, told / max(1, min(a.narrative, b.narrative)))
        near = self.likeness(one, other) + EXACT * share
        near -= BACKGROUND * (self._background(one) + self._background(other)) / 2
        near *= 1 - GATE + GATE * min(1.0, told_in_passages / ENOUGH)
        score = near / (near + LEANS) if near > 0 else 0.0
        label = "independent" if near < LEANS else "same" if share >= SAME else "partial"
        return Nearness(round(score, 4), label)

    def likeness(self, one: str, other: str) -> float:
        """Return how alike the narratives of two texts are, in words and in neighbouring words."""
        words = cosine(self._words[one], self._words[other])
        return (words + cosine(self._turns[one], self._turns[other])) / 2

    def _background(self, name: str) -> float:
        """How alike a text and its tenth neighbour are: about what unrelated texts of this collection share."""
        if name not in self._backgrounds:
            others = (self.likeness(name, other) for other in self._sample if other != name)
            nearest = sorted(others, reverse=True)
            at = min(NEIGHBOUR, len(nearest) - 1)
            self._backgrounds[name] = nearest[at] if at > 0 else 0.0
        return self._backgrounds[name]

    def _told(self, a: Reading, b: Reading) -> tuple[int, int]:
        """How many words of narrative both tell alike: in runs of five or more, and of seven or more."""
        rare, worn = Counter[bool](), Counter[bool]()
        for run in shared_runs(a.words.forms, b.words.forms):
            told = [
                at
                for at in range(run.many)
                if a.kinds[run.a + at] is Kind.NARRATIVE and b.kinds[run.b + at] is Kind.NARRATIVE
            ]
            if len(told) < SEED:
                continue
            hashes = a.hashes[run.a : run.a + run.many - RUN + 1]
            many = worn if hashes and all(value in self._worn for value in hashes) else rare
            many[False] += len(told)
            many[True] += len(told) if len(told) >= TOLD else 0
        if rare[True] >= TOLD or worn[False] >= _HOLDS_LITTLE * max(1, min(a.narrative, b.narrative)):
            rare += worn
        return rare[False], rare[True]


def similar_pairs(vectors: Mapping[str, Vector], least: float) -> dict[tuple[str, str], float]:
    """Return every pair at least so alike, without comparing those that have no word in common."""
    found: dict[tuple[str, str], float] = {}
    postings: defaultdict[Hashable, list[tuple[str, float]]] = defaultdict(list)
    for name, vector in vectors.items():
        sums: defaultdict[str, float] = defaultdict(float)
        for word, value in vector.items():
            for other, theirs in postings[word]:
                sums[other] += value * theirs
            postings[word].append((name, value))
        found.update({(other, name): total for other, total in sums.items() if total >= least})
    return found
