"""How the weights of `verify match` were chosen: `python -m training.matching`, half a minute on a quiet core.

Every question of queries_train.jsonl is asked six times: with its day and without; and each time with the claim that
answers it among the candidates, without it, and among claims a month older alone (then “none” is right). The weights
are those under which the right answers are likeliest: a sum of the features of verify/similarity/features.py, straight
and through a few bends. Prints what they reach on queries_dev.jsonl, and writes verify/similarity/weights.json.
queries_devtest.jsonl is left to tests/benchmarks/matching.py.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verify.similarity.asking import ask
from verify.similarity.candidates import candidates
from verify.similarity.features import NAMES, beside_others, see
from verify.similarity.index import Index
from verify.similarity.reading import Claim, Question, day_in, question

CORPUS = Path(__file__).parents[2] / "shared" / "corpora" / "matching"
SHIPPED = Path(__file__).parents[1] / "verify" / "similarity" / "weights.json"
RIGHT, GONE, MISSED = 1.0, 0.5, 0.3
MONTH = 30
BENDS, DECAY, RATE = 12, 1e-3, 0.02

Array = NDArray[Any]
Weights = dict[str, Array]


@dataclass
class Case:
    """One question with its candidates: what was seen of each, which are right, and how much the case counts."""

    features: Array
    right: Array
    weight: float


def lines(name: str) -> list[dict[str, Any]]:
    """The records of a file."""
    with (CORPUS / name).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def claims() -> list[Claim]:
    """Every claim that may match."""
    return [
        Claim(one["id"], one["text"], one["title"], one["subtitle"], day_in(one["date"]))
        for one in lines("claims.jsonl")
    ]


def cases(index: Index, name: str, *, dated: bool) -> list[Case]:
    """The questions of a file, each as often as it is asked."""
    places = {claim.id: place for place, claim in enumerate(index.claims)}
    found = []
    for record in lines(name):
        wanted = question(record["text"])
        asked = ask(index, wanted if dated else Question(wanted.text, wanted.signed))
        chosen, words = candidates(index, asked)
        if not len(chosen):
            continue
        features = see(index, asked, chosen, words).features
        right = np.isin(chosen, [places[one] for one in record["relevant"]])
        found.append(Case(features, right, RIGHT if right.any() else MISSED))
        day = wanted.dated.toordinal() if wanted.dated else 0
        older = (index.days[chosen] < day - MONTH) & (index.days[chosen] > 0) & ~right
        for kept in (~right, older):
            if right.any() and kept.sum() > 2:
                found.append(Case(_beside_others_again(features[kept]), right[kept], GONE))
    return found


def _beside_others_again(features: Array) -> Array:
    """Measure the candidates that are left against each other."""
    left = features.copy()
    found, covered = np.expm1(left[:, NAMES.index("found")]), left[:, NAMES.index("covered")]
    for offset, column in enumerate(beside_others(found, covered), NAMES.index("found, of the best")):
        left[:, offset] = column
    return left


def scores(weights: Weights, features: Array) -> tuple[Array, Array]:
    """The score of each candidate, and its bends."""
    bent = np.tanh(features @ weights["into"] + weights["shift"])
    return features @ weights["straight"] + bent @ weights["out"], bent


def losses(weights: Weights, batch: list[Case]) -> tuple[float, Weights]:
    """How unlikely the right answers are, and in which direction each weight makes them likelier."""
    features = np.concatenate([one.features for one in batch])
    sizes = np.array([len(one.features) for one in batch])
    starts, owner = np.r_[0, np.cumsum(sizes)[:-1]], np.repeat(np.arange(len(batch)), sizes)
    right = np.concatenate([one.right for one in batch])
    nothing = np.array([not one.right.any() for one in batch])
    share = np.array([one.weight for one in batch])
    share = share / share.sum()
    score, bent = scores(weights, features)
    top = np.maximum(np.maximum.reduceat(score, starts), weights["none"])
    grown, none = np.exp(score - top[owner]), np.exp(weights["none"] - top)
    whole = np.add.reduceat(grown, starts) + none
    answer = np.add.reduceat(grown * right, starts) + none * nothing
    slope = ((grown / whole[owner] - grown * right / answer[owner]) * share[owner]).astype(np.float32)
    through = slope[:, None] * weights["out"] * (1 - bent**2)
    return float(-(share * np.log(answer / whole)).sum()), {
        "straight": features.T @ slope + DECAY * weights["straight"],
        "out": bent.T @ slope + DECAY * weights["out"],
        "into": features.T @ through + DECAY * weights["into"],
        "shift": through.sum(axis=0),
        "none": (share * (none / whole - none * nothing / answer)).sum(),
    }


def fit(batch: list[Case], steps: int) -> Weights:
    """The weights under which the right answers are likeliest (Adam, all questions at once)."""
    chance, many = np.random.default_rng(5), len(NAMES)
    weights: Weights = {
        "straight": np.zeros(many, np.float32),
        "into": (chance.normal(0, 0.5, (many, BENDS)) / np.sqrt(many)).astype(np.float32),
        "shift": np.zeros(BENDS, np.float32),
        "out": chance.normal(0, 0.1, BENDS).astype(np.float32),
        "none": np.zeros((), np.float32),
    }
    mean = {name: np.zeros_like(value) for name, value in weights.items()}
    spread = {name: np.zeros_like(value) for name, value in weights.items()}
    for step in range(1, steps + 1):
        loss, slopes = losses(weights, batch)
        rate = RATE * min(1.0, 2 * (1 - step / steps) + 0.02)
        for name, slope in slopes.items():
            mean[name] = 0.9 * mean[name] + 0.1 * slope
            spread[name] = 0.99 * spread[name] + 0.01 * slope**2
            move = mean[name] / (1 - 0.9**step) / (np.sqrt(spread[name] / (1 - 0.99**step)) + 1e-8)
            weights[name] = (weights[name] - rate * move).astype(np.float32)
        if step % 50 == 0:
            print(f"step {step}: loss {loss:.4f}", flush=True)
    return weights


def reached(weights: Weights, batch: list[Case]) -> str:
    """Precision of the first five answers, and how often “none” is told from a match."""
    precisions, with_answer, without = [], [], []
    for one in batch:
        score, _ = scores(weights, one.features)
        none = 1 / (1 + np.exp(score - weights["none"]).sum())
        if one.weight == GONE:
            without.append(none)
            continue
        with_answer.append(none)
        first = np.flatnonzero(one.right[np.argsort(-score)[:5]])
        precisions.append(1 / (first[0] + 1) if len(first) else 0.0)
    limit = np.quantile(with_answer, 0.9)
    alarms = float((np.array(without) <= limit).mean())
    return f"MRR@5 {np.mean(precisions):.4f}; false alarms {alarms:.3f} where none is over {limit:.2f}"


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=300)
    steps = parser.parse_args().steps
    index = Index(claims())
    batch = [one for dated in (True, False) for one in cases(index, "queries_train.jsonl", dated=dated)]
    weights = fit(batch, steps)
    for dated in (True, False):
        print("dev, with days:" if dated else "dev, without days:", end=" ")
        print(reached(weights, cases(index, "queries_dev.jsonl", dated=dated)))
    plain = {name: np.round(value.astype(float), 4).tolist() for name, value in weights.items()}
    SHIPPED.write_text(json.dumps({"features": list(NAMES)} | plain, indent=None) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
