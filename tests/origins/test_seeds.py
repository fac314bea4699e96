"""The articles that the desk was given, spotted by the machine, where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.origins.test_panjshir import SOURCES, TIES
from verify import spotting
from verify.origins.count import OriginCount, count_origins
from verify.origins.material import Appearance, Hop, Material

SHARED = Path(os.environ.get("VERIFY_SHARED") or Path(__file__).parents[2].parent / "shared")
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
pytestmark = pytest.mark.skipif(not SEEDS, reason="the articles are not in this checkout")


def claimed(*words: str) -> OriginCount:
    """Count the origins of every assertion that holds all of these words."""
    found = []
    for path in SEEDS:
        for one in spotting.spot(path.read_text(encoding="utf-8")):
            if all(word in one.statement for word in words):
                chain = tuple(Hop(hop.name, hop.kind, role=hop.role, terms=hop.terms) for hop in one.chain)
                outlet = Hop(f"Outlet {path.stem}", "outlet")
                found.append(Appearance(path.stem, outlet, chain, denies=one.polarity == "denies"))
    return count_origins(Material(tuple(found), SOURCES, TIES))


def test_the_drones_come_from_one_broadcaster() -> None:
    result = claimed("drones")
    assert (result.lower, result.upper) == (1, 1)
    assert [origin.name for origin in result.origins] == ["Republic TV"]


def test_the_seven_hundred_come_from_one_party() -> None:
    result = claimed("700 Taliban fighters")
    assert (result.lower, result.upper) == (1, 1)
    assert [(origin.name, origin.party) for origin in result.origins] == [("National Resistance Front", True)]


def test_the_pictures_at_the_gate_are_one_origin_in_two_articles() -> None:
    result = claimed("gate of the Panjshir provincial")
    assert (result.articles, result.lower, result.upper) == (2, 1, 1)


def test_the_victory_is_one_origin_however_it_reached_the_reader() -> None:
    result = claimed("quagmire of war")
    assert result.articles == 2
    assert [(origin.name, origin.certain) for origin in result.origins] == [("Taliban", True)]


def test_the_eight_districts_are_at_least_one_group_of_witnesses() -> None:
    result = claimed("eight districts of Panjshir overnight")
    assert (result.articles, result.lower) == (2, 1)
    assert result.upper <= 2
