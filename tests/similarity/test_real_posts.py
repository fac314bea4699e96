"""Real posts find the check that belongs to them; the corpus is read where it lies beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.benchmarks import matching

CORPUS = (
    Path(os.environ.get("VERIFY_SHARED") or Path(__file__).parents[3] / "shared") / "corpora" / "matching"
)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside this checkout")
def test_most_posts_find_their_check_among_the_first_five() -> None:
    assert matching.scored("dev")["MAP_at"]["5"] > 0.95


def test_synthetic_claims_are_found_again() -> None:
    assert any("(300 of 300 right)" in line for line in matching.speed(500))
