"""How well claims are put together, to be run by hand: `python -m tests.benchmarks.same_claim [--misses]`.

Four golds, each written before the rules were run on it (the rule of annotation is in docs/matching.md): “seeds”, the
five articles beside the checkout (../shared, or $VERIFY_SHARED), kept as character offsets alone; “tuned”, an invented
ferry, used while the rules were written; “kept aside”, an invented fire and an invented valley; and “others”, sixteen
articles of agencies and papers about four events beside the checkout, kept aside too. For each: precision, recall and
F1 of the pairs of assertions that state the same claim, of denials with what they deny, and of other figures for one
thing, as `verify analyse` groups them, and as two assertions are judged alone. An assertion that spotting misses costs
its pairs.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, product
from pathlib import Path
from typing import Any

from verify import spotting
from verify.origins.analyse import Document, analyse
from verify.similarity import Kind, relation

SHARED = Path(os.environ.get("VERIFY_SHARED") or Path(__file__).parents[3] / "shared")
_FEW = 5
GOLD = Path(__file__).parent / "gold"
NAMES = ("seeds", "tuned", "kept_aside", "others", "fresh")
Mark = tuple[int, int, int]
Pairs = set[frozenset[int]]


@dataclass
class Gold:
    """Some articles, the assertions that were marked in them, and the pairs that stand in some relation."""

    name: str
    documents: list[Document]
    marks: list[Mark] = field(default_factory=list)
    same: Pairs = field(default_factory=set)
    denials: Pairs = field(default_factory=set)
    figures: Pairs = field(default_factory=set)
    uncounted: Pairs = field(default_factory=set)


def pairs(*groups: Iterable[int]) -> Pairs:
    """Every two of one group; or every one of the first with every one of the second."""
    if len(groups) == 1:
        return {frozenset(two) for two in combinations(groups[0], 2)}
    return {frozenset(two) for two in product(*groups) if two[0] != two[1]}


def of_offsets(name: str) -> Gold | None:
    """A gold of articles beside the checkout, kept as offsets alone; nothing where they are not at hand."""
    record = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    documents = list(_beside(record))
    if len(documents) < len(record["articles"]):
        return None
    gold = Gold(name, documents)
    gold.marks = [(int(at), *span) for at, spans in record["assertions"].items() for span in spans]
    number = {f"{article}/{start}": place for place, (article, start, _) in enumerate(gold.marks)}
    groups = {
        part: [[[number[one] for one in side] for side in sides] for sides in record[part]]
        for part in ("either", "denials", "either_denials", "figures")
    }
    for group in record["same"]:
        gold.same |= pairs([number[one] for one in group])
    for denying, denied in groups["denials"]:
        gold.denials |= pairs(denying, denied)
        gold.uncounted |= pairs(denying)
    for one, other in (*groups["either"], *groups["either_denials"]):
        gold.uncounted |= pairs(one, other)
    return gold


def _beside(record: dict[str, Any]) -> Iterator[Document]:
    """The articles that a gold speaks of, each in a file of its own or all in one."""
    if "lines" not in record:
        paths = [SHARED / "seeds" / name for name in record["articles"]]
        yield from (Document(path.name, path.read_text(encoding="utf-8")) for path in paths if path.exists())
    elif (SHARED / record["lines"]).exists():
        lines = (SHARED / record["lines"]).read_text(encoding="utf-8").splitlines()
        texts = {one["id"]: one["text"] for one in map(json.loads, lines)}
        yield from (Document(name, texts[name]) for name in record["articles"] if name in texts)


def of_our_own(path: Path) -> Gold:
    """A gold in our own words: a mark and a sentence a line."""
    labels: list[str] = []
    texts: list[tuple[str, list[str]]] = []
    either: list[tuple[str, str]] = []
    gold = Gold(path.stem.replace("_", " "), [])
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            texts.append((line[3:], []))
        elif line.startswith("either "):
            either.append((line.split()[1], line.split()[2]))
        elif line and not line.startswith("#"):
            label, sentence = line.split("\t")
            start = sum(len(one) + 2 for one in texts[-1][1])
            texts[-1][1].append(sentence)
            labels.append(label)
            gold.marks.append((len(texts) - 1, start, start + len(sentence)))
    gold.documents = [Document(name, "\n\n".join(sentences)) for name, sentences in texts]
    for one, other in combinations(range(len(labels)), 2):
        kind = _stands(labels[one], labels[other], either)
        if kind:
            getattr(gold, kind).add(frozenset((one, other)))
    return gold


def _stands(one: str, other: str, either: list[tuple[str, str]]) -> str | None:
    """Which set of pairs two marks belong to."""
    mine, theirs = one.strip("!?"), other.strip("!?")
    if mine == "." or theirs == "." or mine[0] != theirs[0]:
        return None
    if "?" in one + other or (mine, theirs) in either or (theirs, mine) in either:
        return "uncounted"
    if one[0] == other[0] == "!":
        return "uncounted"
    if "!" in (one[0], other[0]):
        return "denials"
    return "same" if mine == theirs else "figures"


def found_by_groups(gold: Gold) -> tuple[list[Mark], dict[str, Pairs]]:
    """What `verify analyse` says: the assertions, and the pairs of its claims."""
    analysis = analyse(gold.documents)
    spots = [(one.article, one.spotted.start, one.spotted.end) for one in analysis.assertions]
    same: Pairs = set()
    denials: Pairs = set()
    for claim in analysis.claims:
        same |= pairs(claim.members)
        denials |= pairs(claim.members, claim.denied_by)
    return spots, {"same": same, "denials": denials}


def found_alone(gold: Gold) -> tuple[list[Mark], dict[str, Pairs]]:
    """What two statements are to each other where nothing else is known, a denial as “denied that …”."""
    said = [
        (number, one)
        for number, document in enumerate(gold.documents)
        for one in spotting.spot(document.text)
    ]
    words = [
        f"It was denied that {one.statement}" if one.polarity == "denies" else one.statement
        for _, one in said
    ]
    sets: dict[Kind, Pairs] = {kind: set() for kind in Kind}
    for one, other in combinations(range(len(said)), 2):
        sets[relation(words[one], words[other]).kind].add(frozenset((one, other)))
    spots = [(article, one.start, one.end) for article, one in said]
    named = {"same": sets[Kind.SAME], "denials": sets[Kind.OPPOSITE], "figures": sets[Kind.OTHER_FIGURES]}
    return spots, named


def placed(gold: Gold, spots: list[Mark]) -> dict[int, int]:
    """Which mark each assertion stands for: the one that it shares most with, at least half of the two."""
    home: dict[int, int] = {}
    for spot, (article, start, end) in enumerate(spots):
        shares = [
            ((min(end, high) - max(start, low)) / (max(end, high) - min(start, low)), -mark)
            for mark, (where, low, high) in enumerate(gold.marks)
            if where == article
        ]
        share, mark = max(shares, default=(0.0, 0))
        if share >= 0.5:
            home[spot] = -mark
    return home


@dataclass(frozen=True)
class Score:
    """Right, wrong and missed pairs."""

    right: Pairs
    wrong: Pairs
    missed: Pairs

    @property
    def f1(self) -> float:
        """F1, 1 where there is nothing to find and nothing was found."""
        all_told = 2 * len(self.right) + len(self.wrong) + len(self.missed)
        return 2 * len(self.right) / all_told if all_told else 1.0

    def __str__(self) -> str:
        right = len(self.right)
        precision = right / (right + len(self.wrong)) if right + len(self.wrong) else 1.0
        recall = right / (right + len(self.missed)) if right + len(self.missed) else 1.0
        counts = f"{right:4d} right {len(self.wrong):3d} wrong {len(self.missed):3d} missed"
        return f"F1 {self.f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  {counts}"


def scored(gold: Gold, part: str, found: Pairs, home: dict[int, int]) -> Score:
    """Compare pairs of assertions with those of the gold."""
    told = {frozenset(home.get(one, -1 - one) for one in pair) for pair in found}
    truth = getattr(gold, part)
    counted = {pair for pair in told - gold.uncounted if len(pair) == 2}
    return Score(counted & truth, counted - truth, truth - counted)


def of_articles(gold: Gold, articles: tuple[int, ...]) -> Gold:
    """A gold of some of its articles alone."""
    place = {article: at for at, article in enumerate(articles)}
    kept = [mark for mark, (article, _, _) in enumerate(gold.marks) if article in place]
    number = {mark: at for at, mark in enumerate(kept)}

    def within(told: Pairs) -> Pairs:
        return {frozenset(number[mark] for mark in pair) for pair in told if pair <= number.keys()}

    marks = [(place[gold.marks[mark][0]], *gold.marks[mark][1:]) for mark in kept]
    return Gold(
        gold.name, [gold.documents[one] for one in articles], marks,
        within(gold.same), within(gold.denials), within(gold.figures), within(gold.uncounted),
    )  # fmt: skip


def in_parts(gold: Gold, size: int) -> float:
    """F1 of the same claim where only so many of the articles are read at a time, over all choices of them."""
    right = wrong = missed = 0
    for articles in combinations(range(len(gold.documents)), size):
        part = of_articles(gold, articles)
        spots, found = found_by_groups(part)
        score = scored(part, "same", found["same"], placed(part, spots))
        right, wrong, missed = right + len(score.right), wrong + len(score.wrong), missed + len(score.missed)
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def reports(gold: Gold, misses: bool) -> Iterator[str]:
    """One gold, line by line."""
    yield f"{gold.name}: {len(gold.documents)} articles, {len(gold.marks)} assertions, {len(gold.same)} pairs alike"
    for how, look in (("verify analyse", found_by_groups), ("two alone", found_alone)):
        start = time.perf_counter()
        spots, found = look(gold)
        seconds = time.perf_counter() - start
        home = placed(gold, spots)
        for part, told in found.items():
            score = scored(gold, part, told, home)
            yield f"  {how:15} {part:8} {score}  ({seconds:.2f} s)"
            if misses:
                yield from _named(gold, score)
    if len(gold.documents) <= _FEW:
        sizes = range(2, len(gold.documents))
        fewer = ", ".join(f"{size} at a time {in_parts(gold, size):.3f}" for size in sizes)
        yield f"  verify analyse  same, fewer articles, F1: {fewer}"


def _named(gold: Gold, score: Score) -> Iterator[str]:
    for sign, told in (("wrong", score.wrong), ("missed", score.missed)):
        for pair in sorted(map(sorted, told)):
            yield f"      {sign}: " + " | ".join(_words(gold, mark) for mark in pair)


def _words(gold: Gold, mark: int) -> str:
    if mark < 0:
        return f"(not marked: assertion {-1 - mark})"
    article, start, end = gold.marks[mark]
    return f"[{mark}] " + " ".join(gold.documents[article].text[start:end].split())[:150]


def main() -> None:
    """Print every gold that is at hand."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="name each pair that is wrong or missed")
    parser.add_argument("--only", choices=NAMES, help="one gold alone")
    chosen = parser.parse_args()
    for name in (chosen.only,) if chosen.only else NAMES:
        gold = of_offsets(name) if (GOLD / f"{name}.json").exists() else of_our_own(GOLD / f"{name}.txt")
        print("\n".join(reports(gold, chosen.misses)) if gold else f"{name}: the articles are not at hand.")


if __name__ == "__main__":
    main()
