"""A desk never misses that two parties contradict each other."""

from __future__ import annotations

import time

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
        (
            "The report that the gates of the Orta dam were opened before dawn is false.",
            "The gates of the Orta dam were opened before dawn.",
            "is false",
        ),
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
        ("Nearly 700 fighters died in the Ormu valley.", "Hundreds of fighters died in the Ormu valley."),
        ("Minister Lena Horvat stepped down on Monday.", "On Monday, Lena Horvat, the minister, resigned."),
        ("The Free Hill Union blew up the bridge at Karsk.", "The FHU destroyed the Karsk bridge."),
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
        ("At least 300 people died in the Ormu flood.", "Only 7 people died in the Ormu flood."),
        ("Nearly 700 people died in the Ormu flood.", "700 to 900 people died in the Ormu flood."),
        ("About 700 people died in the Ormu flood.", "A total of 640 people died in the Ormu flood."),
    ],
)
def test_bounds_decide_which_figures_meet(one: str, other: str) -> None:
    wanted = {"Only": Kind.OTHER_FIGURES, "A total": Kind.SAME, "700 to": Kind.SAME}
    assert relation(one, other).kind is next(kind for word, kind in wanted.items() if word in other)


@pytest.mark.parametrize(
    "other",
    [
        "The army captured 1,000 fighters in the Ormu valley.",
        "The army killed 700 fighters in the Ormu valley and captured another 600.",
        "One of 12 fighters in the Ormu valley was killed.",
    ],
)
def test_the_killed_and_the_captured_are_no_other_figures(other: str) -> None:
    one = "The army killed 700 fighters in the Ormu valley."
    assert relation(one, other).kind is not Kind.OTHER_FIGURES
    assert relation(one, "The army killed 9 fighters in the Ormu valley.").kind is Kind.OTHER_FIGURES


def test_captured_people_are_no_taken_place() -> None:
    held = "The front still holds every strategic position in Ormu province."
    for taken in (
        "another 600 captured",
        "the army captured hundreds of fighters",
        "60 fighters were captured",
    ):
        said = f"700 fighters were killed in Ormu province and {taken}."
        assert relation(said, held).kind is not Kind.OPPOSITE
    for taken in ("captured every position", "captured 12 villages"):
        said = f"The army has {taken} in Ormu province."
        assert relation(
            said, "The front still holds every position, and 12 villages, in Ormu province."
        ).kind is (Kind.OPPOSITE)


@pytest.mark.parametrize("negated", ["did not capture", "never captured", "has not captured"])
def test_one_negation_turns_a_claim_round_and_two_do_not(negated: str) -> None:
    said = f"The Sulan army {negated} the town of Karsk."
    assert relation(TAKEN, said).kind is Kind.OPPOSITE
    assert (
        relation(said, "The claim that the Sulan army captured the town of Karsk is false.").kind is Kind.SAME
    )
    assert relation(TAKEN, f"It is false that {said[0].lower()}{said[1:]}").kind is Kind.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The council urged Oskar Tamm to resign.", "Oskar Tamm has resigned."),
        (
            "Orlan is ready for talks on the valley.",
            "Orlan is ready for talks if the army leaves the valley.",
        ),
        ("In 1951 the army captured the town of Karsk.", "The army captured the town of Karsk in 2020."),
        ("The army captured the town of Venn.", "The army shelled a school in the town of Osk."),
    ],
)
def test_a_demand_a_condition_another_year_or_event_make_another_claim(one: str, other: str) -> None:
    assert relation(one, other).kind is Kind.UNRELATED


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


def test_what_is_unknown_of_somebody_leaves_open_nothing_else() -> None:
    one = "Teva Lund, whose age is unknown, was arrested in Karsk."
    assert relation(one, "Police arrested Teva Lund in Karsk.").kind is Kind.SAME


def test_who_cannot_confirm_a_claim_neither_states_nor_denies_it() -> None:
    found = relation(TAKEN, "It is hard to verify that the army captured the town of Karsk.")
    assert (found.kind, found.reasons) == (Kind.UNRELATED, ("One leaves open whether it is so.",))


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


@settings(max_examples=60, deadline=None)
@given(texts, texts)
def test_case_and_spaces_change_nothing(one: str, other: str) -> None:
    assert relation(f"  {one}\t", other) == relation(one, f"{other} ")


def test_texts_of_a_megabyte_do_not_hang() -> None:
    for sign in ("a", "a, and is ", "700 ", "is not ", "A ", " - ", "The NRF of the ", "one of "):
        text = sign * (1_000_000 // len(sign))
        start = time.perf_counter()
        relation(text, f"{text}x")
        relation(f"x {text}", TAKEN)
        assert time.perf_counter() - start < 5, sign


@settings(max_examples=100, deadline=None)
@given(texts)
def test_a_claim_says_the_same_as_itself(text: str) -> None:
    if text.split():
        assert relation(text, text).kind is Kind.SAME
