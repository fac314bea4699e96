"""The claims that may be what a text says, best first, with why; and how likely it is that none of them is."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verify.similarity.asking import Asked, ask
from verify.similarity.candidates import candidates
from verify.similarity.corpus import Corpus
from verify.similarity.features import NAMES, Seen, see
from verify.similarity.index import UNDATED, Index
from verify.similarity.reading import Claim, Question, folded, shown

_SURE = 0.99
_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that may be the one: how likely, were it the only one, and what the two have in common."""

    claim: Claim
    score: float
    words: tuple[str, ...]
    names: tuple[str, ...]
    figures: tuple[str, ...]
    days: int | None
    """Days from what was asked about to the claim; None where one of the two has no day."""
    word_for_word: bool = False

    @property
    def why(self) -> tuple[str, ...]:
        """What speaks for it, in words."""
        reasons = ["the same, word for word"] if self.word_for_word else []
        for kind, shared in (("names", self.names), ("figures", self.figures), ("words", self.words)):
            if shared:
                reasons.append(f"{kind}: {', '.join(shared)}")
        if self.days is not None:
            many = f"{abs(self.days)} day{'' if abs(self.days) == 1 else 's'}"
            reasons.append(
                "the same day" if not self.days else f"{many} {'later' if self.days > 0 else 'earlier'}"
            )
        return tuple(reasons)


@dataclass(frozen=True, slots=True)
class Answer:
    """What matches, best first, and the probability that nothing does."""

    matches: tuple[Match, ...]
    none: float


class Matcher:
    """Claims in memory, ready to be asked; with a `corpus` the few of very many that a question may mean."""

    def __init__(self, claims: Iterable[Claim], corpus: Corpus | None = None) -> None:
        self.index = Index(claims, corpus)
        self._as_written: dict[str, list[int]] = {}
        for place, claim in enumerate(self.index.claims):
            self._as_written.setdefault(folded(claim.text), []).append(place)

    def match(self, wanted: Question, top: int = 20) -> Answer:
        """Return the claims that may be what a question says."""
        asked = ask(self.index, wanted)
        chosen, found = candidates(self.index, asked)
        whole = folded(wanted.text)
        equal = self._as_written.get(whole, []) if whole else []
        chosen = np.union1d(chosen, np.array(equal[: max(top, 1)], dtype=np.int64))
        if not len(chosen):
            return Answer((), 1.0)
        seen = see(self.index, asked, chosen, found)
        above = _above_none(seen)
        same = np.isin(chosen, equal)
        above[same] = np.maximum(above[same], np.log(_SURE / (1 - _SURE)))
        order = np.lexsort((chosen, -above, ~same))[:top]
        none = 1 / (1 + float(np.exp(np.minimum(above, 50)).sum()))
        return Answer(tuple(self._match(asked, seen, at, above, bool(same[at])) for at in order), none)

    def _match(self, asked: Asked, seen: Seen, at: int, above: NDArray[np.float64], same: bool) -> Match:
        claim = int(seen.candidates[at])
        shared = np.flatnonzero(seen.held[at].max(axis=0, initial=0.0) >= _ENOUGH)
        order = shared[np.argsort(-asked.weights[shared], kind="stable")]
        figures, names = asked.figures[order], asked.names[order] & ~asked.figures[order]
        day = int(self.index.days[claim])
        return Match(
            claim=self.index.claims[claim],
            score=float(1 / (1 + np.exp(-np.clip(above[at], -50, 50)))),
            words=_written(asked, order[~figures & ~names]),
            names=_written(asked, order[names]),
            figures=_written(asked, order[figures]),
            days=day - asked.day if day != UNDATED and asked.day >= 0 else None,
            word_for_word=same,
        )


def _written(asked: Asked, places: NDArray[np.int64]) -> tuple[str, ...]:
    return tuple(shown(asked.words[place].written) for place in places)


@cache
def _weights() -> dict[str, NDArray[np.float32]]:
    """The numbers that training/matching.py chose."""
    shipped = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    if shipped.pop("features") != list(NAMES):
        raise RuntimeError("weights.json was made for other features: run training/matching.py again.")
    return {name: np.array(value, dtype=np.float32) for name, value in shipped.items()}


def _above_none(seen: Seen) -> NDArray[np.float64]:
    """How much each candidate outweighs “none”."""
    weights = _weights()
    bent = np.tanh(seen.features @ weights["into"] + weights["shift"])
    score = seen.features @ weights["straight"] + bent @ weights["out"] - weights["none"]
    return np.asarray(score, dtype=np.float64)
