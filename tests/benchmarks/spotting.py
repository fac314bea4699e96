"""Figures of the spotter, to be run by hand: `python tests/benchmarks/spotting.py`.

Reads the annotated articles and the attribution corpus beside the checkout (../shared, or $VERIFY_SHARED), writes
predictions to a temporary folder, and prints what the scorers there say, with words a second of processor time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from verify.spotting import Assertion, spot

SHARED = Path(os.environ.get("VERIFY_SHARED") or Path(__file__).parents[3] / "shared")


def attributions(found: Iterable[Assertion]) -> list[dict[str, list[list[int]]]]:
    """Returns source, cue and content spans as the attribution scorer reads them."""
    return [
        {
            "source": [list(one.source_span)] if one.source_span else [],
            "cue": [list(one.cue_span)] if one.cue_span else [],
            "content": [list(span) for span in one.content],
        }
        for one in found
        if one.content
    ]


def _scored(script: Path, *arguments: str) -> str:
    command = [sys.executable, str(script), *arguments]
    return subprocess.run(command, cwd=script.parent, capture_output=True, text=True, check=True).stdout


def gold(folder: Path) -> dict[str, Any]:
    """Scores the annotated articles; returns the figures by name."""
    pairs: list[str] = []
    for annotated in sorted((SHARED / "gold").glob("*.jsonl")):
        text = (SHARED / "seeds" / f"{annotated.stem}.txt").read_bytes().decode("utf-8")
        predicted = folder / annotated.name
        records = (json.dumps(found.as_record(), ensure_ascii=False) for found in spot(text))
        predicted.write_text("\n".join(records), encoding="utf-8")
        pairs += [str(annotated), str(predicted)]
    figures: dict[str, Any] = json.loads(_scored(SHARED / "gold" / "score.py", *pairs, "--json"))
    return figures


def corpus(folder: Path) -> dict[str, Any]:
    """Scores the development part of the attribution corpus; returns its figures and the speed."""
    source = SHARED / "corpora" / "attribution" / "polnear_dev.jsonl"
    words, spent, lines = 0, 0.0, []
    for line in source.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        began = time.process_time()
        found = spot(document["text"])
        spent += time.process_time() - began
        words += len(document["text"].split())
        lines.append(json.dumps({"id": document["id"], "attributions": attributions(found)}))
    predicted = folder / "predicted.jsonl"
    predicted.write_text("\n".join(lines), encoding="utf-8")
    figures: dict[str, Any] = json.loads(
        _scored(SHARED / "scoring" / "score_attribution.py", str(source), str(predicted))
    )
    return figures | {"words_per_second": round(words / spent)}


def main() -> None:
    """Prints both sets of figures."""
    if not (SHARED / "gold").is_dir():
        raise SystemExit(f"The annotated articles are not at {SHARED}. Set VERIFY_SHARED to their folder.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("annotated articles")
        for key, value in gold(folder).items():
            print(f"  {key:22}{value}")
        print("PolNeAR, development part")
        for key, value in corpus(folder).items():
            print(f"  {key:22}{value}")


if __name__ == "__main__":
    main()
