"""Whether “87 % the same” is right 87 times of 100, to be run by hand: `python -m tests.benchmarks.certainty [--fit]`.

Every assertion of a gold (those of same_claim.py) is asked for among the assertions of the other articles, as it is on
a desk; the five nearest are weighed by verify/matching/certainty.py. Printed are the log loss of that, of the matcher's
score alone, and how often each band of certainty was right. `--fit` also prints the weights that a logistic regression
finds on the five articles and the invented ferry; the gold kept aside takes no part in it.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.same_claim import GOLD, Gold, of_offsets, of_our_own
from verify.matching import certainty
from verify.similarity import Claim, Kind, Matcher, Question, Relation, relation

BANDS = (0.0, 0.05, 0.2, 0.5, 0.8, 0.95, 1.01)
NEAREST = 5
_LEAST = 1e-4


@dataclass(frozen=True)
class Judged:
    """Two assertions that the matcher put together, and whether people marked them as the same claim."""

    score: float
    found: Relation
    same: bool

    @property
    def certain(self) -> float:
        """What the desk says of them."""
        return certainty.certainty(self.score, self.found)


def judged(gold: Gold) -> list[Judged]:
    """Each assertion with those of other articles that are most like it."""
    words = [gold.documents[article].text[start:end] for article, start, end in gold.marks]
    pairs = []
    for asked, (article, _, _) in enumerate(gold.marks):
        others = [mark for mark, one in enumerate(gold.marks) if one[0] != article]
        matcher = Matcher(Claim(str(mark), words[mark]) for mark in others)
        for match in matcher.match(Question(words[asked]), NEAREST).matches:
            pair = frozenset((asked, int(match.claim.id)))
            if pair not in gold.uncounted:
                found = relation(words[asked], match.claim.text)
                pairs.append(Judged(match.score, found, pair in gold.same))
    return pairs


def log_loss(said: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """The mean surprise at what is right; 0 for an oracle."""
    said = np.clip(said, _LEAST, 1 - _LEAST)
    return float(-np.mean(right * np.log(said) + (1 - right) * np.log(1 - said)))


def report(name: str, pairs: list[Judged]) -> None:
    """Print how far certainty can be believed on one gold."""
    right = np.array([one.same for one in pairs], dtype=float)
    certain = np.array([one.certain for one in pairs])
    score = np.array([one.score for one in pairs])
    print(f"{name}: {len(pairs)} pairs, {int(right.sum())} the same claim")
    print(f"  log loss {log_loss(certain, right):.3f}; of the score alone {log_loss(score, right):.3f}")
    for low, high in pairwise(BANDS):
        inside = (certain >= low) & (certain < high)
        if inside.any():
            said, true = certain[inside].mean(), right[inside].mean()
            print(
                f"  {low:.2f} to {min(high, 1):.2f}: {inside.sum():4d} pairs, said {said:.2f}, right {true:.2f}"
            )


def fit(pairs: list[Judged], ridge: float = 0.3) -> NDArray[np.float64]:
    """The weights of a logistic regression: base, score, what is shared, same, unrelated."""
    score = np.clip([one.score for one in pairs], _LEAST, 1 - _LEAST)
    columns = [
        np.ones(len(pairs)),
        np.log(score / (1 - score)),
        [one.found.shared for one in pairs],
        [one.found.kind is Kind.SAME for one in pairs],
        [one.found.kind is Kind.UNRELATED for one in pairs],
    ]
    seen = np.array(columns, dtype=float).T
    right = np.array([one.same for one in pairs], dtype=float)
    weights = np.zeros(seen.shape[1])
    held = np.diag([0.0, *[ridge] * (seen.shape[1] - 1)])
    for _ in range(100):
        said = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (said - right) + held @ weights
        weights -= np.linalg.solve((seen.T * (said * (1 - said))) @ seen + held, slope)
    return weights


def main() -> None:
    """Print every gold that is at hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true", help="also find the weights anew")
    chosen = parser.parse_args()
    learned = [
        one for gold in (of_offsets("seeds"), of_our_own(GOLD / "tuned.txt")) if gold for one in judged(gold)
    ]
    report("the five articles and the ferry", learned)
    report("kept aside", judged(of_our_own(GOLD / "kept_aside.txt")))
    if (others := of_offsets("others")) is not None:
        report("other articles, which took no part either", judged(others))
    if chosen.fit:
        print("base, score, shared, same, unrelated:", np.round(fit(learned), 2))


if __name__ == "__main__":
    main()
