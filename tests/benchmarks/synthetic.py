"""A synthetic archive: any number of articles in made-up words, with the reuse that a real archive has.

Word frequencies follow Zipf's law over 60,000 words. Every outlet prints its own line under each article, stock
phrases turn up everywhere, and a fifth of the articles take whole paragraphs from an earlier one, half of these all of
them. The same seed gives the same archive. Fingerprints are reckoned for thousands of articles at a time; a sample is
compared with what the desk itself finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verify.reuse import fingerprints as method
from verify.reuse import read

Numbers = NDArray[np.int64]
WORDS, OUTLETS, PHRASES = 60_000, 300, 2_000
PARAGRAPH, SENTENCE, FOOTER, PHRASE = 60, 15, 24, 9
BLOCK = 1_000  # articles made at a time; one of them may take from another of the same thousand


@dataclass(frozen=True, slots=True)
class Made:
    """Some articles: the text of each, and the fingerprints of all with the number of their article."""

    texts: list[str]
    hashes: Numbers
    owners: Numbers


class Archive:
    """Makes articles in blocks; a block depends on nothing but its number."""

    def __init__(self, seed: int = 20210906) -> None:
        self.seed = seed
        random = np.random.default_rng(seed)
        self.words = _vocabulary(random)
        self.spoken = np.array(self.words, dtype=object)
        self.numbers = np.array([method._number(word) for word in self.words], dtype=np.uint64)
        weights = 1.0 / np.arange(1, WORDS + 1)
        self._steps = np.cumsum(weights / weights.sum())
        self.phrases = self._drawn(random, PHRASES * PHRASE).reshape(PHRASES, PHRASE)
        self.footers = self._drawn(random, OUTLETS * FOOTER).reshape(OUTLETS, FOOTER)

    def _drawn(self, random: np.random.Generator, many: int) -> Numbers:
        return np.minimum(np.searchsorted(self._steps, random.random(many)), WORDS - 1).astype(np.int64)

    def block(self, number: int, many: int = BLOCK) -> list[list[Numbers]]:
        """The paragraphs of the articles of a block, as numbers of words."""
        random = np.random.default_rng((self.seed, number + 1))  # zero would repeat the words’ own draw
        made: list[list[Numbers]] = []
        sizes = random.integers(4, 11, many)
        fresh = self._paragraphs(random, int(sizes.sum()))
        for at in range(many):
            paragraphs, fresh = fresh[: sizes[at]], fresh[sizes[at] :]
            if at > 10 and random.random() < 0.2:
                taken = made[int(random.integers(0, at))][:-1]
                some = taken if random.random() < 0.5 else taken[: max(1, len(taken) // 3)]
                paragraphs[: len(some)] = some
            made.append([*paragraphs, self.footers[int(random.integers(0, OUTLETS))]])
        return made

    def _paragraphs(self, random: np.random.Generator, many: int) -> list[Numbers]:
        drawn = self._drawn(random, many * PARAGRAPH).reshape(many, PARAGRAPH)
        for row in np.flatnonzero(random.random(many) < 0.3):
            at = int(random.integers(0, PARAGRAPH - PHRASE))
            drawn[row, at : at + PHRASE] = self.phrases[int(random.integers(0, PHRASES))]
        return list(drawn)

    def text(self, paragraphs: list[Numbers]) -> str:
        """An article as it is printed."""
        told = (self.spoken[paragraph].tolist() for paragraph in paragraphs)
        return "\n\n".join(
            " ".join(
                " ".join(some[at : at + SENTENCE]).capitalize() + "." for at in range(0, len(some), SENTENCE)
            )
            for some in told
        )

    def made(self, number: int) -> Made:
        """A block with its texts and fingerprints; a few are compared with what the desk finds."""
        articles = self.block(number)
        words = [np.concatenate(paragraphs) for paragraphs in articles]
        texts = [self.text(paragraphs) for paragraphs in articles]
        hashes, owners = self._fingerprints(words)
        for at in range(0, BLOCK, BLOCK // 2):
            assert set(hashes[owners == at].tolist()) == read(texts[at]).fingerprints
        return Made(texts, hashes, owners)

    def _fingerprints(self, articles: list[Numbers]) -> tuple[Numbers, Numbers]:
        """What `verify.reuse.fingerprints` finds in each article, for all of them at once."""
        lengths = np.array([len(words) for words in articles])
        numbers = self.numbers[np.concatenate(articles)]
        owner = np.repeat(np.arange(len(articles)), lengths)
        runs = len(numbers) - method.RUN + 1
        rolled = np.zeros(runs, dtype=np.uint64)
        for at in range(method.RUN):
            power = np.uint64(pow(method._BASE, method.RUN - 1 - at, 1 << 64))
            rolled += numbers[at : at + runs] * power
        rolled ^= rolled >> np.uint64(31)
        rolled *= np.uint64(0xBF58476D1CE4E5B9)
        rolled ^= rolled >> np.uint64(29)
        rolled >>= np.uint64(64 - method._KEPT_BITS)
        windows = np.lib.stride_tricks.sliding_window_view(rolled, method.WINDOW)
        smallest = windows.min(axis=1).astype(np.int64)
        inside = owner[: len(smallest)] == owner[method.SURE - 1 : method.SURE - 1 + len(smallest)]
        bits = method._KEPT_BITS
        keys = np.unique((owner[: len(smallest)][inside] << bits) | smallest[inside])
        return keys & ((1 << bits) - 1), keys >> bits

    def newcomers(self, stored: int, many: int) -> Iterator[str]:
        """Articles that are not in the archive: a third new, a third partly and a third wholly taken from it."""
        random = np.random.default_rng((self.seed, stored + 1, many))
        blocks = [self.block(int(random.integers(0, max(1, stored // BLOCK)))) for _ in range(8)]
        for at in range(many):
            paragraphs = self._paragraphs(random, 8)
            if at % 3:
                taken = blocks[at % len(blocks)][int(random.integers(0, BLOCK))][:-1]
                paragraphs = [*taken, paragraphs[0]] if at % 3 == 2 else [*taken[:2], *paragraphs[:5]]
            yield self.text([*paragraphs, self.footers[int(random.integers(0, OUTLETS))]])


def _vocabulary(random: np.random.Generator) -> list[str]:
    """Words that can be spoken and stand for nothing; the frequent ones are short."""
    sounds = [first + vowel for first in "bcdfghjklmnprstvwz" for vowel in "aeiou"]
    found: dict[str, None] = {}
    while len(found) < WORDS:
        many = 2 + min(3, len(found) // 4_000)
        found["".join(sounds[at] for at in random.integers(0, len(sounds), many))] = None
    return list(found)
