"""Made-up claims, any number of them: words as often as words of a language are used, names, figures and days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from verify.similarity import Question

WORDS, NAMES = 250_000, 60_000
_SAYS_NOTHING = [
    "the",
    "of",
    "in",
    "that",
    "and",
    "to",
    "was",
    "had",
    "by",
    "for",
    "on",
    "with",
    "from",
    "at",
    "as",
]
_FIRST = date(2012, 1, 1)


@dataclass(frozen=True, slots=True)
class Made:
    """A claim: its words that say something, as they are written, and its day."""

    words: list[str]
    text: str
    title: str
    dated: date


class Claims:
    """Makes claims, some thousands at a time; those of one number are always the same."""

    def __init__(self, seed: int = 5, words: int = WORDS, names: int = NAMES) -> None:
        self.seed = seed
        random = np.random.default_rng(seed)
        self.words = _made_up(random, words)
        self.names = [word.title() for word in _made_up(random, names)]
        self._of_words = _steps(words, 30.0, 1.02)
        self._of_names = _steps(names, 20.0, 0.9)

    def some(self, number: int, many: int) -> list[Made]:
        """Some claims; a sixth of them on what a title says too."""
        random = np.random.default_rng((self.seed, number + 1))
        sizes = random.integers(7, 20, many)
        drawn = [self.words[at] for at in _drawn(random, self._of_words, int(sizes.sum()))]
        named = [self.names[at] for at in _drawn(random, self._of_names, 3 * many)]
        figures = random.integers(1, 5000, many).tolist()
        chances = random.random((many, 2)).tolist()
        days = random.integers(0, 4500, many).tolist()
        filling = [
            _SAYS_NOTHING[at] for at in random.integers(0, len(_SAYS_NOTHING), int(sizes.sum())).tolist()
        ]
        made, at = [], 0
        for place in range(many):
            words = [*named[3 * place : 3 * place + 3], *drawn[at : at + sizes[place]]]
            if chances[place][0] < 0.5:
                words.append(str(figures[place]))
            text = " ".join(word for pair in zip(words[1:], filling[at:], strict=False) for word in pair)
            title = " ".join(["Did", *words[1:8]]) + "?" if chances[place][1] < 1 / 6 else ""
            made.append(Made(words, f"{words[0]} {text}.", title, _FIRST + timedelta(days=days[place])))
            at += int(sizes[place])
        return made

    def reworded(self, random: np.random.Generator, claim: Made, other: Made) -> Question:
        """A claim as somebody else would say it: two thirds of its words in another order, other words, a slip."""
        words = list(random.permutation(claim.words))[: max(4, len(claim.words) * 2 // 3)]
        at = int(random.integers(0, len(words)))
        if random.random() < 0.3 and len(words[at]) > 5:
            words[at] = words[at][:2] + words[at][3:]
        words += list(random.permutation(other.words))[: len(words) // 2]
        dated = claim.dated - timedelta(days=int(random.integers(0, 5))) if random.random() < 0.5 else None
        return Question(" ".join(str(word) for word in random.permutation(words)), dated=dated)


def _made_up(random: np.random.Generator, many: int) -> list[str]:
    parts = np.array(
        [start + vowel for start in [*"bcdfghjklmnprstvz", "st", "tr", "br", "sh"] for vowel in "aeiou"]
    )
    words: dict[str, None] = {}
    while len(words) < many:
        ends = np.array(["", "n", "r", "k", "t", "l", "m"])[random.integers(0, 7, many)]
        sizes = random.integers(2, 5, many)
        drawn = parts[random.integers(0, len(parts), (many, 4))]
        words |= dict.fromkeys(
            "".join(row[:size]) + end
            for row, size, end in zip(drawn.tolist(), sizes.tolist(), ends.tolist(), strict=True)
        )
    return list(words)[:many]


def _steps(many: int, shift: float, power: float) -> NDArray[np.float64]:
    weights = 1 / (np.arange(many) + shift) ** power
    return np.cumsum(weights / weights.sum())


def _drawn(random: np.random.Generator, steps: NDArray[np.float64], many: int) -> Sequence[int]:
    drawn: list[int] = np.minimum(np.searchsorted(steps, random.random(many)), len(steps) - 1).tolist()
    return drawn


def unheard(claims: Claims) -> Iterator[Made]:
    """Claims that are made nowhere else."""
    number = 1_000_000_000
    while True:
        yield from claims.some(number, 100)
        number += 1
