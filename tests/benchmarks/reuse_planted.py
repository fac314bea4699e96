"""Reuse planted in real articles about one subject, to be run by hand: `python -m tests.benchmarks.reuse_planted`.

Articles about one election from the attribution corpus beside the checkout (../shared, or $VERIFY_SHARED), a month at a
time. Into some of them go sentences of another article, each word left out with 7 % (reuse); into others the quotations
of another with a line of site furniture (no reuse). Pairs that share more than 25 runs of five words by themselves
are left out: nobody has judged them. Prints F1 of `verify reuse` and of the Jaccard similarity of five-word runs.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from random import Random

from verify.reuse import read
from verify.reuse.collection import Collection
from verify.reuse.words import words_of

SHARED = Path(os.environ.get("VERIFY_SHARED") or Path(__file__).parents[3] / "shared")
CORPUS = SHARED / "corpora" / "attribution" / "polnear_train.jsonl"
A_MONTH, LEAST, COPIES, QUOTERS, UNJUDGED = 40, 25, 12, 14, 25
FURNITURE = (
    "Sign up for our newsletter and never miss a story.",
    "This article has been updated with further details from officials.",
    "Follow our coverage of the election on our website and on Twitter.",
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_QUOTED = re.compile(r"[“\"]([^“”\"]{60,400})[”\"]")
_MARKS = ("“", '"', "''")

Pair = frozenset[str]


def months() -> list[dict[str, str]]:
    """The articles of each month that has enough of them."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    with CORPUS.open(encoding="utf-8") as file:
        for record in map(json.loads, file):
            month = found[record["date"][:7]]
            if len(month) < A_MONTH:
                month[record["id"]] = record["text"]
    return [found[month] for month in sorted(found) if len(found[month]) >= LEAST]


def edited(random: Random, sentence: str) -> str:
    """A sentence as somebody in a hurry makes it his own."""
    return " ".join(word for word in sentence.split() if random.random() > 0.07)


def plant_copies(random: Random, texts: dict[str, str], planted: dict[Pair, bool]) -> None:
    """Let some articles tell three to six sentences of another."""
    for _ in range(COPIES):
        one, other = random.sample(sorted(texts), 2)
        told = [said for said in _SENTENCE.split(texts[one]) if 6 < len(said.split()) < 45]
        told = [said for said in told if not any(mark in said for mark in _MARKS)]
        many = random.randint(3, 6)
        if len(told) >= many + 2:
            at = random.randint(0, len(told) - many)
            taken = " ".join(edited(random, said) for said in told[at : at + many])
            texts[other] += f"\n\n{taken}"
            planted[frozenset((one, other))] = True


def plant_quotations(random: Random, texts: dict[str, str], planted: dict[Pair, bool]) -> None:
    """Let some articles quote whom another quotes, and end as it does."""
    for _ in range(QUOTERS):
        one, other = random.sample(sorted(texts), 2)
        quoted = _QUOTED.findall(texts[one])[:3]
        if quoted:
            lines = [f"“{said}” he said." for said in quoted]
            texts[other] += "\n\n" + "\n\n".join([*lines, random.choice(FURNITURE)])
            planted.setdefault(frozenset((one, other)), False)


def fives(text: str) -> set[tuple[str, ...]]:
    """The runs of five words of a text."""
    forms = words_of(text).forms
    return {tuple(forms[at : at + 5]) for at in range(len(forms) - 4)}


def best_f1(scores: list[tuple[float, bool]]) -> float:
    """The F1 at the threshold that suits best."""
    positive, right, best = sum(reused for _, reused in scores), 0, 0.0
    for many, (_, reused) in enumerate(sorted(scores, key=lambda one: -one[0]), 1):
        right += reused
        best = max(best, 2 * right / (many + positive))
    return best


def main() -> None:
    """Print how many pairs there are, and what each measure makes of them."""
    random = Random(20161108)
    ours: list[tuple[float, bool]] = []
    jaccard: list[tuple[float, bool]] = []
    labels = Counter[tuple[bool, bool]]()
    for texts in months():
        planted: dict[Pair, bool] = {}
        plant_copies(random, texts, planted)
        plant_quotations(random, texts, planted)
        collection = Collection({name: read(text) for name, text in texts.items()})
        runs = {name: fives(text) for name, text in texts.items()}
        for one, other in combinations(texts, 2):
            common = len(runs[one] & runs[other])
            reused = planted.get(frozenset((one, other)))
            if reused is None and common > UNJUDGED:
                continue
            near = collection.nearness(one, other)
            ours.append((near.score, bool(reused)))
            jaccard.append((common / (len(runs[one] | runs[other]) or 1), bool(reused)))
            labels[near.label != "independent", bool(reused)] += 1
    right, wrong, missed = labels[True, True], labels[True, False], labels[False, True]
    print(f"{len(ours):,} pairs, {right + missed} with planted reuse")
    print(
        f"verify reuse: F1 {2 * right / (2 * right + wrong + missed):.3f} by label, {best_f1(ours):.3f} at best"
    )
    print(f"five-word Jaccard: F1 {best_f1(jaccard):.3f} at best")


if __name__ == "__main__":
    main()
