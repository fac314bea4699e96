"""Scores the spotter's assertions against annotated articles.

An annotated assertion has `start`, `end`, `passage`, `chain` (hops nearest the reader first, each with the forms
that count), `mode`, `cue`, `channel`, `caveat`, and where they matter `quantities`, `dates` and `places`. `cue_ok`,
`mode_ok` and `channel_ok` name what counts too; `via_optional` and `optional` are hops that may stand in the chain;
`optional_attribution` says that two careful readers would differ on whether anybody is quoted.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from verify.spotting import Assertion, Hop, spot
from verify.spotting.grammar import words_of

GOLD = Path(__file__).parent / "gold"
_IGNORED = words_of("the a an mr mrs ms dr general gen president spokesman spokesperson minister")

Gold = dict[str, Any]


def _words(name: str) -> list[str]:
    plain = re.sub(r"'s\b", "", unicodedata.normalize("NFKC", name).replace("’", "'").lower())
    found = re.findall(r"[\w@]+", plain)
    return [word for word in found if word not in _IGNORED] or found


def same_name(predicted: str, accepted: str) -> bool:
    """Tells whether two forms name the same source, give or take articles, titles and a role before the name."""
    mine, theirs = _words(predicted), _words(accepted)
    if not mine or not theirs:
        return False
    same_end = mine[-1] == theirs[-1]
    if mine == theirs or (same_end and set(mine) <= set(theirs)):
        return True
    if set(theirs) <= set(mine) and ((same_end and len(mine) <= len(theirs) + 6) or len(theirs) > 1):
        return True
    return difflib.SequenceMatcher(None, " ".join(mine), " ".join(theirs)).ratio() >= 0.88


def _matches(hop: Hop, accepted: Iterable[str]) -> bool:
    return any(same_name(form, one) for form in (hop.name, *hop.aliases) for one in accepted)


def best_overlap(gold: Gold, found: Sequence[Assertion]) -> Assertion | None:
    """Returns the assertion that shares most with the annotated passage, and at least half of the shorter one."""
    best, size = None, 0
    for one in found:
        common = min(gold["end"], one.end) - max(gold["start"], one.start)
        enough = common * 2 >= min(gold["end"] - gold["start"], one.end - one.start)
        if enough and (common > size or (common == size and best and one.chain and not best.chain)):
            best, size = one, common
    return best


def _one_of(found: str | None, accepted: Sequence[str]) -> bool:
    mine = (found or "").lower()
    return bool(mine) and any(one.lower() in mine or mine in one.lower() for one in accepted)


class Score:
    """Counts of right and wrong by measure, and what was missed, in words."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.misses: list[str] = []

    def mark(self, measure: str, right: bool, gold: Gold, got: object) -> None:
        """Counts one case of a measure."""
        self.all[measure] += 1
        self.right[measure] += right
        if not right:
            self.misses.append(f"{measure:12}{gold['id']}: {gold['passage'][:70]!r} got {got!r}")

    def add(self, gold: Gold, found: Sequence[Assertion]) -> None:
        """Counts one annotated assertion."""
        one = best_overlap(gold, found)
        self.mark("coverage", one is not None, gold, None)
        chain = list(one.chain) if one else []
        self._add_mentions(gold, one)
        if not gold["chain"] or (gold.get("optional_attribution") and not chain):
            if not gold["chain"] and not gold.get("optional_attribution"):
                self.mark("own voice", not chain, gold, chain)
                self.all["predicted"] += bool(chain)
            return
        free = [*gold.get("optional", []), *gold.get("via_optional", [])]
        hops = [
            hop
            for hop in chain
            if not _matches(hop, free) or any(_matches(hop, one["accept"]) for one in gold["chain"])
        ]
        origin = bool(hops) and _matches(hops[-1], gold["chain"][-1]["accept"])
        self.mark("origin", origin, gold, [hop.name for hop in chain])
        self.all["predicted"] += bool(chain)
        whole = len(hops) == len(gold["chain"]) and all(
            _matches(hop, one["accept"]) for hop, one in zip(hops, gold["chain"], strict=True)
        )
        self.mark("chain", whole, gold, [hop.name for hop in chain])
        if whole:
            kinds = [hop.kind for hop in hops]
            self.mark("kind", kinds == [hop["kind"] for hop in gold["chain"]], gold, kinds)
        self._add_manner(gold, one)

    def _add_manner(self, gold: Gold, one: Assertion | None) -> None:
        mode = one.mode if one else None
        self.mark("mode", mode in (gold["mode"], *gold.get("mode_ok", [])), gold, mode)
        if gold["cue"]:
            cue = one.cue if one else None
            self.mark("cue", _one_of(cue, [gold["cue"], *gold.get("cue_ok", [])]), gold, cue)
        if gold["channel"]:
            channel = one.channel if one else None
            self.mark(
                "channel", _one_of(channel, [gold["channel"], *gold.get("channel_ok", [])]), gold, channel
            )
        if gold["caveat"]:
            self.mark("caveat", bool(one and one.caveat), gold, None)
        if "denies" in gold:
            self.mark("denial", bool(one and one.polarity == "denies"), gold, one and one.polarity)

    def _add_mentions(self, gold: Gold, one: Assertion | None) -> None:
        for value, bound in gold.get("quantities", []):
            figures = [(figure.value, figure.bound) for figure in one.quantities] if one else []
            self.mark("figure", (value, bound) in figures, gold, (value, bound, figures))
        days = [mention.text for mention in one.dates] if one else []
        for day in gold.get("dates", []):
            self.mark("date", day in days, gold, (day, days))
        places = [mention.text for mention in one.places] if one else []
        for place in gold.get("places", []):
            self.mark("place", place in places, gold, (place, places))
        for place in places:
            self.mark("place found", place in gold.get("places", []), gold, place)

    def figures(self) -> dict[str, float]:
        """Returns each measure from 0 to 1; attribution F1 counts an attribution as right when its origin is."""
        shares = {name: self.right[name] / self.all[name] for name in self.all if name != "predicted"}
        hits = self.right["origin"]
        precision = hits / max(1, self.all["predicted"])
        recall = hits / max(1, self.all["origin"])
        shares["attribution"] = 2 * precision * recall / (precision + recall) if hits else 0.0
        return shares


def score(stems: Iterable[str] | None = None, *, trained: bool = True) -> Score:
    """Scores our own annotated articles, or those named; by the rules alone where `trained` is false."""
    total = Score()
    for path in sorted(GOLD.glob("*.txt")):
        if stems is not None and path.stem not in stems:
            continue
        found = spot(path.read_bytes().decode("utf-8"), trained=trained)
        for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines():
            total.add(json.loads(line), found)
    return total


if __name__ == "__main__":
    import sys

    stems = [word for word in sys.argv[1:] if word != "--rules"]
    result = score(stems or None, trained="--rules" not in sys.argv)
    print("\n".join(result.misses))
    for name, share in result.figures().items():
        print(f"{name:12}{share:.3f}  of {result.all[name]}")
