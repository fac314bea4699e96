"""How the few weights of `verify reuse` and `verify stories` were chosen: `python -m training.reuse`.

Tries each weight around the shipped one on the reuse corpora beside the checkout, and prints the F1 by label that
both sets of pairs reach, and the B-cubed F1 of the stories. Nothing is fitted to single pairs: there are five numbers,
and the shipped ones lie in the middle of a range that does about as well.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from verify.reuse import collection, read
from verify.reuse.collection import Collection
from verify.reuse.stories import stories

CORPORA = Path(__file__).parents[2] / "shared" / "corpora" / "reuse"
INDEPENDENT = (0, "none")
WEIGHTS: dict[str, tuple[float, ...]] = {
    "LEANS": (0.040, 0.046, 0.0525, 0.058, 0.065),
    "EXACT": (0.25, 0.5, 0.75, 1.0),
    "BACKGROUND": (0.25, 0.5, 0.75),
    "GATE": (0.25, 0.5, 0.75),
    "NEIGHBOUR": (5, 8, 10, 15),
}
THRESHOLDS = (0.14, 0.15, 0.16, 0.165, 0.17, 0.18, 0.19)


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def by_label(texts: Collection, pairs: list[dict[str, Any]]) -> float:
    """The F1 of the labels that the shipped measure gives, with the weights as they are set just now."""
    texts._backgrounds.clear()
    counts = Counter(
        (texts.nearness(pair["a"], pair["b"]).label != "independent", pair["label"] not in INDEPENDENT)
        for pair in pairs
    )
    return 2 * counts[True, True] / (2 * counts[True, True] + counts[True, False] + counts[False, True])


def b_cubed(gold: dict[str, str], found: dict[str, int]) -> float:
    """How well groups agree with those of people."""
    both = Counter((gold[name], found[name]) for name in gold)
    held, grouped = Counter(gold.values()), Counter(found.values())
    precision = sum(both[gold[name], found[name]] / grouped[found[name]] for name in gold) / len(gold)
    recall = sum(both[gold[name], found[name]] / held[gold[name]] for name in gold) / len(gold)
    return 2 * precision * recall / (precision + recall)


def main() -> None:
    """Print a table for each weight."""
    sets = []
    for name in ("news_chains", "clough_stevenson"):
        documents = {one["id"]: read(one["text"]) for one in lines(CORPORA / name / "docs.jsonl")}
        sets.append((name, Collection(documents), lines(CORPORA / name / "pairs.jsonl")))
    for weight, values in WEIGHTS.items():
        shipped = getattr(collection, weight)
        for value in values:
            setattr(collection, weight, value)
            figures = ", ".join(f"{name} {by_label(texts, pairs):.3f}" for name, texts, pairs in sets)
            print(f"{weight} {value}{' (shipped)' if value == shipped else ''}: {figures}")
        setattr(collection, weight, shipped)
    for part in ("train", "dev"):
        records = lines(CORPORA / "ecbplus" / f"docs_{part}.jsonl")
        gold = {one["id"]: one["cluster"] for one in records}
        documents = {one["id"]: read(one["text"]) for one in records}
        reached = (f"{limit}: {b_cubed(gold, stories(documents, limit)):.3f}" for limit in THRESHOLDS)
        print(f"ECB+ {part} by threshold: {', '.join(reached)}")


if __name__ == "__main__":
    main()
