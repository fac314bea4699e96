"""A desk never misses that two parties contradict each other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.similarity import Kind, relation
from verify.similarity.figures import bounds

TAKEN = "The Sulan army has captured the town of Karsk."


@pytest.mark.parametrize(
    ("one", "other", "cue"),
    [
        (TAKEN, "The mayor denied that the army had captured Karsk.", "denied that"),
        (TAKEN, "The claim that the army captured Karsk is false.", "is false"),
        (TAKEN, "The army did not capture the town of Karsk.", "did not"),
        (TAKEN, "The front rejected the claim that Karsk was captured by the army.", "rejected the claim"),
        (TAKEN, "The defenders still hold the town of Karsk.", "still hold"),
        ("Prices of bread rose in Karsk in May.", "Bread prices in Karsk fell in May.", "fell"),
        (
            "President Orlo Vant fled the city of Karsk.",
            "President Orlo Vant remains in Karsk.",
            "remains in",
        ),
        ("Commander Teva Lund was killed at Karsk.", "Commander Teva Lund is alive, and at Karsk.", "alive"),
    ],
)
def test_denials_and_states_that_exclude_each_other_are_opposite(one: str, other: str, cue: str) -> None:
    found = relation(one, other)
    assert found.kind is Kind.OPPOSITE
    assert any(cue in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TAKEN, "Karsk town was seized by the Sulan army."),
        ("The army did not capture the town of Karsk.", "The claim that the army captured Karsk is false."),
        ("At least 300 people died in the Ormu flood.", "Some 700 people were killed by the flood in Ormu."),
        ("Hundreds died in the Ormu flood.", "About 400 people died in the Ormu flood."),
        ("Nearly 700 fighters were killed in the Ormu valley.", "700 fighters died in the Ormu valley."),
    ],
)
def test_other_words_and_looser_figures_are_the_same_claim(one: str, other: str) -> None:
    assert relation(one, other).kind is Kind.SAME


def test_figures_that_cannot_both_be_right_are_named() -> None:
    found = relation(
        "The army killed nearly 700 fighters in the Ormu valley.",
        "The front says only 7 fighters were killed in the Ormu valley.",
    )
    assert found.kind is Kind.OTHER_FIGURES
    assert "One says “nearly 700”, the other “only 7”." in found.reasons


def test_figures_for_other_things_are_no_contradiction() -> None:
    one = "The flood in Ormu destroyed 40 houses and 3 bridges."
    assert relation(one, "The flood in Ormu destroyed 3 bridges.").kind is Kind.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The bridge at Karsk reopened on Sunday.", "Voters in Talen chose a new mayor."),
        ("The minister is guilty.", "The minister bought a boat."),
        ("", TAKEN),
        ("The claim is false.", TAKEN),
    ],
)
def test_what_has_too_little_in_common_is_unrelated(one: str, other: str) -> None:
    assert relation(one, other).kind is Kind.UNRELATED


def test_who_cannot_confirm_a_claim_does_not_deny_it() -> None:
    assert relation(TAKEN, "It is hard to verify that the army captured the town of Karsk.").kind is Kind.SAME


def test_a_figure_keeps_its_bound() -> None:
    text = "Exactly 5 crows, hundreds of goats, at least 300 sheep and between 20 and 30 cows"
    found = {written: [low, high] for written, low, high in bounds(text)}
    wanted = {"at least 300": [300, float("inf")], "between 20 and 30": [20, 30], "hundreds": [200, 2000]}
    assert {written: found[written] for written in wanted} == wanted


WORDS = (
    *("army", "captured", "Karsk", "denied that", "is false", "still hold", "alive", "not"),
    *("7", "700", "nearly", "fighters", "killed", "at least"),
)
texts = st.text(max_size=80) | st.lists(st.sampled_from(WORDS)).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(texts, texts)
def test_it_does_not_matter_who_is_named_first(one: str, other: str) -> None:
    assert relation(one, other).kind is relation(other, one).kind


@settings(max_examples=100, deadline=None)
@given(texts)
def test_a_claim_says_the_same_as_itself(text: str) -> None:
    if text.split():
        assert relation(text, text).kind is Kind.SAME
