"""Figures of the search for earlier claims, to be run by hand: `python -m tests.benchmarks.matching`.

Reads the matching corpus beside the checkout (../shared, or $VERIFY_SHARED), lets `verify match` answer as it does for
everybody, and prints what the scorer there says, with the aim of each; then how often it is mistaken where nothing can
match; then how well the claims of the five articles are put together; then how long a question takes among 100,000
synthetic claims. Takes about a minute.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from click.testing import CliRunner

from tests.benchmarks import same_claim
from verify.similarity import Claim, Matcher, Question
from verify.similarity.commands import match
from verify.similarity.records import Asking, claims_of, questions_of

SHARED = Path(os.environ.get("VERIFY_SHARED") or Path(__file__).parents[3] / "shared")
CORPUS = SHARED / "corpora" / "matching"
KEPT = 0.9
BEFORE = timedelta(days=30)


def scored(part: str) -> dict[str, Any]:
    """What the scorer says of the command's answers."""
    queries = str(CORPUS / f"queries_{part}.jsonl")
    result = CliRunner().invoke(match, [str(CORPUS / "claims.jsonl"), queries], catch_exceptions=False)
    with tempfile.TemporaryDirectory(prefix="verify-matching-") as folder:
        predicted = Path(folder) / "predicted.jsonl"
        predicted.write_text(result.stdout, encoding="utf-8")
        command = [sys.executable, "score_matching.py", queries, str(predicted)]
        answer = subprocess.run(command, cwd=SHARED / "scoring", capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(answer.stdout)
    return figures


def read(part: str) -> tuple[list[Claim], list[Asking], list[set[str]]]:
    """The claims, the questions of a part, and which claims answer each."""
    with (CORPUS / "claims.jsonl").open("rb") as lines:
        claims = claims_of(lines)[0]
    path = CORPUS / f"queries_{part}.jsonl"
    with path.open("rb") as lines:
        asked = list(questions_of(lines))
    with path.open(encoding="utf-8") as records:
        return claims, asked, [set(json.loads(line)["relevant"]) for line in records]


def undated(wanted: Question) -> Question:
    """A question without its day."""
    return replace(wanted, dated=None)


def alarms(part: str) -> Iterator[str]:
    """How often a match is announced for what was said late, among claims dated a month before any of it.

    Late is what was said after the first fifth of the questions: a few of these are years older than the others.
    """
    claims, asked, relevant = read(part)
    whole = Matcher(claims)
    said = [one.question.dated for one in asked]
    border = sorted(day for day in said if day)[len(said) // 5]
    late = [number for number, day in enumerate(said) if day and day >= border]
    answers = {claim for number in late for claim in relevant[number]}
    older = Matcher(
        one for one in claims if one.dated and one.dated < border - BEFORE and one.id not in answers
    )
    for days in (True, False):
        questions = [one.question if days else undated(one.question) for one in asked]
        found = [whole.match(one) for one in questions]
        true = np.array([one.none for one in found])
        limit = float(np.quantile(true, KEPT))
        false = np.array([older.match(questions[number]).none for number in late])
        how = "with days" if days else "without days"
        yield (
            f"{part}, {how}: {np.mean(false <= limit):.1%} of {len(late)} false alarms among {len(older.index)} older "
            f"claims, where {KEPT:.0%} of the true ones are kept (none up to {limit:.2f}); aim under 10%"
        )
        ranked = [[match.claim.id for match in one.matches] for one in found]
        mean = np.mean([precision(one, right) for one, right in zip(ranked, relevant, strict=True)])
        yield f"{part}, {how}: MAP@5 {mean:.4f}"
        yield f"{part}, {how}: “none” was said to be {np.mean(true):.2f} likely where it was wrong, and " + (
            f"{np.mean(false):.2f} where it was right"
        )


def precision(ranked: Sequence[str], relevant: set[str]) -> float:
    """Average precision over the first five, as the scorer has it."""
    hits = [place for place, name in enumerate(ranked[:5], 1) if name in relevant]
    return sum(number / place for number, place in enumerate(hits, 1)) / min(5, len(relevant))


def synthetic(many: int) -> list[Claim]:
    """Claims of made-up words, as often as words of a language are used: few very often, most hardly ever."""
    chance = random.Random(11)
    parts = [start + vowel for start in (*"bdfgklmnprstvz", "st", "tr") for vowel in "aeiou"]
    words = list(dict.fromkeys("".join(chance.choices(parts, k=chance.randint(2, 4))) for _ in range(60_000)))
    weights = np.cumsum([1 / (place + 10) for place in range(len(words))]).tolist()
    claims = []
    for number in range(many):
        drawn = chance.choices(words, cum_weights=weights, k=36)
        text = (
            " ".join([drawn[0].title(), *drawn[1:16], str(chance.randint(2, 5000)), drawn[16].title()]) + "."
        )
        day = date(2015, 1, 1) + timedelta(days=chance.randint(0, 2500))
        title, subtitle = " ".join(drawn[8:15]), " ".join(drawn[17:])
        claims.append(Claim(f"claim-{number}", text, title, subtitle, day))
    return claims


def speed(many: int) -> Iterator[str]:
    """How fast claims are indexed and questions answered, in memory, in one thread."""
    claims = synthetic(many)
    began, cpu = time.perf_counter(), time.process_time()
    matcher = Matcher(claims)
    took, spent = time.perf_counter() - began, time.process_time() - cpu
    yield (
        f"indexing {many:,} claims: {many / took:,.0f} a second ({many / spent:,.0f} a second of processor time); "
        "aim 2,000"
    )
    chance, times, right = random.Random(12), [], 0
    for _ in range(300):
        one = chance.choice(claims)
        words = chance.sample(one.text.split(), 9) + chance.choice(claims).text.split()[:6]
        chance.shuffle(words)
        began = time.perf_counter()
        answer = matcher.match(Question(" ".join(words), dated=one.dated))
        times.append(1000 * (time.perf_counter() - began))
        right += answer.matches[0].claim.id == one.id
    p95 = float(np.quantile(times, 0.95))
    yield (
        f"a question of 15 words, half of them a claim's: {np.median(times):.1f} ms, p95 {p95:.1f} ms "
        f"({right} of 300 right)"
    )


def put_together() -> Iterator[str]:
    """How well the assertions of the five articles are put together; more in tests/benchmarks/same_claim.py."""
    gold = same_claim.of_offsets("seeds")
    if gold:
        spots, found = same_claim.found_by_groups(gold)
        score = same_claim.scored(gold, "same", found["same"], same_claim.placed(gold, spots))
        yield f"pairs of the five articles that state the same claim: {score}; aim F1 0.85"


def main() -> None:
    """Print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", default="devtest", choices=["dev", "devtest"])
    parser.add_argument("--claims", type=int, default=100_000, help="how many synthetic claims")
    options = parser.parse_args()
    figures = scored(options.part)
    print(
        f"{options.part}: MAP@5 {figures['MAP_at']['5']}, hit@20 {figures['hit_at']['20']}; BM25 0.816, aim 0.88"
    )
    for line in [*alarms(options.part), *put_together(), *speed(options.claims)]:
        print(line, flush=True)


if __name__ == "__main__":
    main()
