"""The five articles about one weekend in September 2021, where they lie beside the checkout."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from verify.reuse import Comparison, Kind, Strength, compare

SEEDS = Path(os.environ.get("VERIFY_SHARED") or Path(__file__).parents[3] / "shared") / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not beside this checkout")


def compared(one: int, other: int) -> Comparison:
    texts = [path.read_bytes().decode("utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    return compare(texts[one], texts[other])


def test_the_first_and_the_third_share_narrative() -> None:
    found = compared(0, 2)
    assert found.strength is Strength.PARTLY_COPIED
    assert sum(one.words for one in found.passages if one.kind is Kind.NARRATIVE) > 100
    assert max(one.words for one in found.passages) == 36


def test_the_statements_that_were_translated_twice_are_one_statement() -> None:
    found = compared(2, 3)
    assert found.strength is Strength.SAME_STATEMENT
    assert Kind.STATEMENT in {one.kind for one in found.passages}


@pytest.mark.parametrize("pair", [(0, 3), (0, 4), (1, 2), (1, 3), (2, 4), (3, 4)])
def test_the_others_told_the_weekend_by_themselves(pair: tuple[int, int]) -> None:
    assert compared(*pair).strength is Strength.INDEPENDENT


@pytest.mark.parametrize("pair", [(0, 1), (1, 4)])
def test_the_leaders_statement_makes_no_copy(pair: tuple[int, int]) -> None:
    assert compared(*pair).strength is Strength.SAME_STATEMENT
