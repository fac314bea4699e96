"""Figures of the comparison of texts, to be run by hand: `python -m tests.benchmarks.reuse`.

Reads the reuse corpora beside the checkout (../shared, or $VERIFY_SHARED), lets `verify reuse` and `verify stories`
answer as they do for everybody, and prints what the scorer there says, with the aim of each. Takes seconds.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from verify.reuse.commands import reuse, stories

SHARED = Path(os.environ.get("VERIFY_SHARED") or Path(__file__).parents[3] / "shared")
CORPORA = SHARED / "corpora" / "reuse"
PAIRS = (("news chains", "news_chains", 0.95), ("Clough-Stevenson, any reuse", "clough_stevenson", 0.97))
STORIES = (
    ("ECB+ dev, same story", "docs_dev.jsonl", 0.87),
    ("ECB+ train, same story", "docs_train.jsonl", None),
)


def scored(*arguments: str) -> dict[str, Any]:
    """What the scorer prints."""
    command = [sys.executable, "score_reuse.py", *arguments]
    answer = subprocess.run(command, cwd=SHARED / "scoring", capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(answer.stdout)
    return figures


def answered(command: Any, arguments: list[str], into: Path) -> float:
    """Write what a command prints to a file; return the seconds that it took."""
    began = time.process_time()
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    into.write_text(result.output, encoding="utf-8")
    return time.process_time() - began


def main() -> None:
    """Print a line for each corpus."""
    with tempfile.TemporaryDirectory(prefix="verify-reuse-") as folder:
        predicted = Path(folder) / "predicted.jsonl"
        for name, corpus, aim in PAIRS:
            documents, pairs = (str(CORPORA / corpus / part) for part in ("docs.jsonl", "pairs.jsonl"))
            spent = answered(reuse, [documents, pairs], predicted)
            figures = scored("pairs", pairs, str(predicted))
            decided, best = figures["decided"]["F1"], figures["best_F1_any_threshold"]["F1"]
            print(
                f"{name}: F1 {decided:.3f} by label, {best:.3f} at the best threshold; aim {aim} ({spent:.1f} s)"
            )
        for name, corpus, aim_of in STORIES:
            spent = answered(stories, [str(CORPORA / "ecbplus" / corpus)], predicted)
            found = scored("clusters", str(CORPORA / "ecbplus" / corpus), str(predicted))["bcubed"]["F1"]
            aimed = f"; aim {aim_of}" if aim_of else ""
            print(f"{name}: B-cubed F1 {found:.3f}{aimed} ({spent:.1f} s)")


if __name__ == "__main__":
    main()
