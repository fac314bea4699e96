"""Figures of the spotter, to be run by hand: `python tests/benchmarks/spotting.py [--rules-only]`.

Reads the annotated articles and the corpora beside the checkout (../shared, or $VERIFY_SHARED), writes predictions to
a temporary folder, and prints what the scorers there say, with words a second of processor time on one core. All
figures of docs/spotting.md come from one such run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from verify.spotting import checkworthiness, method, spot
from verify.spotting.spot import find

SHARED = Path(os.environ.get("VERIFY_SHARED") or Path(__file__).parents[3] / "shared")
ATTRIBUTION = SHARED / "corpora" / "attribution"
WORTH = SHARED / "corpora" / "checkworthiness"


def _scored(script: Path, *arguments: str) -> str:
    command = [sys.executable, str(script), *arguments]
    return subprocess.run(command, cwd=script.parent, capture_output=True, text=True, check=True).stdout


def _lines(records: Iterable[dict[str, Any]]) -> str:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def gold(folder: Path, *, trained: bool) -> dict[str, Any]:
    """Scores the annotated articles; returns the figures by name."""
    pairs: list[str] = []
    for annotated in sorted((SHARED / "gold").glob("*.jsonl")):
        text = (SHARED / "seeds" / f"{annotated.stem}.txt").read_bytes().decode("utf-8")
        predicted = folder / annotated.name
        predicted.write_text(_lines(one.as_record() for one in spot(text, trained=trained)), encoding="utf-8")
        pairs += [str(annotated), str(predicted)]
    figures: dict[str, Any] = json.loads(_scored(SHARED / "gold" / "score.py", *pairs, "--json"))
    return figures


def corpus(name: str, folder: Path, *options: str, trained: bool) -> dict[str, Any]:
    """Scores one attribution corpus; returns its figures and the speed."""
    documents = _records(ATTRIBUTION / name)
    texts = [document["text"] for document in documents]
    began = time.process_time()
    found = [find(text, trained=trained) for text in texts]
    spent = time.process_time() - began
    words = sum(len(text.split()) for text in texts)
    answers = (
        {"id": document["id"], "attributions": [attribution.as_record() for attribution in one.attributions]}
        for document, one in zip(documents, found, strict=True)
    )
    predicted = folder / name
    predicted.write_text(_lines(answers), encoding="utf-8")
    script = SHARED / "scoring" / "score_attribution.py"
    figures: dict[str, Any] = json.loads(_scored(script, str(ATTRIBUTION / name), str(predicted), *options))
    return figures | {"words_per_second": round(words / spent)}


def worth(folder: Path) -> dict[str, Any]:
    """Scores check-worthiness; returns F1 at the threshold in use, average precision, and the speed."""
    source, predicted = WORTH / "claimbuster_test.jsonl", folder / "worth.jsonl"
    sentences = _records(source)
    texts = [sentence["text"] for sentence in sentences]
    began = time.process_time()
    ranked = checkworthiness.rank(texts)
    spent = time.process_time() - began
    answers = (
        {"id": one["id"], "score": score, "label": int(chosen)}
        for one, (score, chosen) in zip(sentences, ranked, strict=True)
    )
    predicted.write_text(_lines(answers), encoding="utf-8")
    figures = json.loads(_scored(SHARED / "scoring" / "score_ranking.py", str(source), str(predicted)))
    speed = round(sum(len(text.split()) for text in texts) / spent)
    return {"classified": figures["classified"], "MAP": figures["MAP"], "words_per_second": speed}


def _print(title: str, figures: dict[str, Any]) -> None:
    print(title)
    for key, value in figures.items():
        print(f"  {key:22}{value}")


def main() -> None:
    """Prints every set of figures."""
    parser = argparse.ArgumentParser(description="Prints the figures of the spotter.")
    parser.add_argument("--rules-only", action="store_true", help="leave the trained tagger out")
    trained = not parser.parse_args().rules_only
    if not (SHARED / "gold").is_dir():
        raise SystemExit(f"The annotated articles are not at {SHARED}. Set VERIFY_SHARED to their folder.")
    spot("The minister said that it had rained.", trained=trained)  # loads what is loaded once
    print(method() if trained else method(trained=False))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _print("annotated articles", gold(folder, trained=trained))
        _print("PolNeAR, development part", corpus("polnear_dev.jsonl", folder, trained=trained))
        cofenet = corpus("cofenet_polnear_dev.jsonl", folder, "--cofenet", trained=trained)
        _print("the same in single passages, exact match", cofenet)
        if trained:
            _print("ClaimBuster, test part", worth(folder))


if __name__ == "__main__":
    main()
