"""The plain cases of five real articles, where the files are present; only short names and figures are named here."""

import os
from pathlib import Path

import pytest

from verify.spotting import Assertion, spot

SHARED = Path(os.environ.get("VERIFY_SHARED") or Path(__file__).parents[3] / "shared")
SEEDS = SHARED / "seeds"

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the sample articles are not here")


def assertions(number: str) -> list[Assertion]:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    text = path.read_bytes().decode("utf-8")
    found = spot(text)
    assert all(text[part.start : part.end].strip() for part in found)
    return found


def with_words(number: str, *words: str) -> Assertion:
    return next(
        found for found in assertions(number) if all(word in found.statement.lower() for word in words)
    )


def names(found: Assertion) -> list[str]:
    return [hop.name for hop in found.chain]


def test_the_drones_are_claimed_by_republic_tv() -> None:
    found = with_words("000", "drones", "helicopters")
    assert (names(found), found.cue, found.chain[0].kind) == (["Republic TV"], "claimed", "outlet")


def test_tass_quotes_a_source_in_kabul() -> None:
    found = with_words("000", "tajikistan", "four sides")
    assert (names(found), found.mode) == (["Tass", "a source in Kabul"], "direct")
    assert found.chain[-1].kind == "anonymous"


def test_mujahid_announces_for_the_taliban() -> None:
    hop = assertions("000")[0].chain[-1]
    assert (hop.name, hop.kind, hop.speaks_for) == ("Zabihullah Mujahid", "person", "Taliban")


def test_the_two_deaths_are_reported_in_a_tweet() -> None:
    assert with_words("000", "dashty", "zara").channel == "tweet"


def test_nearly_700_are_reported_by_the_front() -> None:
    found = with_words("001", "700")
    assert names(found) == ["National Resistance Front"]
    assert [(figure.value, figure.bound) for figure in found.quantities] == [
        (700, "nearly"),
        (600, "another"),
    ]


def test_witnesses_hide_their_names() -> None:
    found = with_words("002", "eight districts")
    assert found.chain[-1].kind == "anonymous"
    assert found.chain[-1].terms == "on condition of anonymity"
    assert [figure.value for figure in found.quantities] == ["thousands", 8]


def test_the_minister_finds_reports_hard_to_verify() -> None:
    found = with_words("002", "hard to verify")
    assert names(found)[-1] == "James Heappey"
    assert found.caveat


def test_the_associated_press_cites_witnesses() -> None:
    assert names(with_words("003", "eight districts", "overnight")) == ["Associated Press", "witnesses"]


def test_afp_carries_the_statement_of_mujahid() -> None:
    found = with_words("003", "quagmire")
    assert (names(found), found.channel, found.mode) == (["AFP", "Zabihullah Mujahid"], "statement", "direct")


def test_samaa_quotes_the_front() -> None:
    assert names(with_words("003", "eternal")) == ["Samaa News", "the Afghan resistance front"]


def test_hundreds_surrendered_according_to_massoud_and_nobody_could_confirm_it() -> None:
    found = with_words("004", "hundreds", "surrendered")
    assert (names(found), found.quantities[0].value) == (["Ahmad Massoud"], "hundreds")
    assert found.caveat
    assert any(day.text == "Sunday" for day in found.dates)


def test_he_is_the_spokesman_who_spoke_on_twitter() -> None:
    found = assertions("004")
    first = next(part for part in found if part.channel == "Twitter")
    after = found[found.index(first) + 1]
    assert names(first) == names(after) == ["Bilal Karimi"]
    assert after.caveat
