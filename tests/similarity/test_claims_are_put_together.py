"""Articles that state one claim in other words are put together, whoever comes first; denials are filed with it."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.benchmarks import same_claim
from verify.similarity.grouping import Group, grouped
from verify.similarity.saying import saying
from verify.similarity.shortforms import short_forms

CLAIMS = (
    "The Sulan army has taken full control of Karsk, the last town in the valley.",
    "Sulan troops seized Karsk on Friday.",
    "The claim that the Sulan army took Karsk is false.",
    "At least 40 people were killed when the bridge at Ormu collapsed.",
    "More than forty people died as the Ormu bridge fell into the river.",
    "Only two people were killed at the Ormu bridge.",
    "Commander Teva Lund is ready for talks if the army leaves the valley.",
    "Teva Lund, the commander, is willing to negotiate if the army leaves the valley.",
    "Voters in Talen chose a new mayor.",
)


def sets(claims: tuple[str, ...] | list[str]) -> set[tuple[frozenset[str], frozenset[str]]]:
    short = short_forms(claims)
    groups = grouped([saying(claim, "", short) for claim in claims])
    return {
        (frozenset(claims[one] for one in group.stating), frozenset(claims[one] for one in group.denying))
        for group in groups
    }


def test_other_words_are_one_claim_and_its_denial_is_filed_with_it() -> None:
    found = sets(CLAIMS)
    assert (frozenset(CLAIMS[:2]), frozenset({CLAIMS[2]})) in found
    assert (frozenset(CLAIMS[6:8]), frozenset()) in found


def test_other_figures_are_never_one_claim() -> None:
    found = sets(CLAIMS)
    assert (frozenset(CLAIMS[3:5]), frozenset()) in found
    assert (frozenset({CLAIMS[5]}), frozenset()) in found


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(chance: random.Random) -> None:
    mixed = list(CLAIMS)
    chance.shuffle(mixed)
    assert sets(mixed) == sets(CLAIMS)


def test_likeness_is_not_handed_on_from_one_claim_to_the_next() -> None:
    first, last = "The army took Karsk.", "The mayor of Venn asked the council for money for a new school."
    between = "The army took Karsk, and the mayor of Venn asked the council for money for a new school."
    assert not any({first, last} <= stating for stating, _ in sets([first, between, last]))


def test_every_claim_stands_in_one_place_and_a_doubt_states_nothing() -> None:
    doubt = "It is hard to verify that the Sulan army has taken full control of Karsk."
    groups = grouped([saying(one) for one in (*CLAIMS, doubt, "", "The.", CLAIMS[0])])
    placed = sorted(number for group in groups for number in (*group.stating, *group.denying))
    assert placed == list(range(len(CLAIMS) + 4))
    assert Group((len(CLAIMS),), ()) in groups


def test_who_points_at_a_claim_and_denies_it_is_filed_with_it() -> None:
    claims = ["The Sulan army took Karsk.", "Leaders of the hills had the upper hand."]
    found = grouped([saying(claims[0]), saying(claims[1], denied=True)], {1: 0})
    assert found == [Group((0,), (1,))]


def test_denials_in_a_row_are_all_kept() -> None:
    claims = [
        saying("The Sulan army took Karsk."),
        saying("The hills are quiet.", denied=True),
        saying("Not so.", denied=True),
    ]
    found = grouped(claims, {1: 0, 2: 1})
    assert sorted(number for group in found for number in (*group.stating, *group.denying)) == [0, 1, 2]


def test_who_denies_outright_denies_whatever_their_number() -> None:
    claims = ["The Sulan army took Karsk.", "The claim that the Sulan army took Karsk is false."]
    found = grouped([saying(claims[0]), saying(claims[1]), saying(claims[1])])
    assert found == [Group((0,), (1, 2))]


def test_a_pronoun_stands_for_whom_the_context_names() -> None:
    short = short_forms(["The Free Hill Union (FHU) spoke."])
    one = saying("The FHU captured the village of Osk.", "", short)
    other = saying("Their troops took Osk.", "Free Hill Union", short)
    assert grouped([one, other]) == [Group((0, 1), ())]


def test_hundreds_of_claims_about_one_event_take_no_minutes() -> None:
    towns = ("Karsk", "Venn", "Osk", "Tresk", "Talen", "Ormu", "Bredow", "Tolva")
    claims = [
        saying(
            f"The Sulan army took {town} on day {day}, and {day} soldiers of the {town} front were killed."
        )
        for town in towns
        for day in range(40, 90)
    ]
    start = time.process_time()
    groups = grouped(claims)
    assert time.process_time() - start < 20
    assert sum(len(group.stating) + len(group.denying) for group in groups) == len(claims)


@pytest.mark.parametrize(("name", "same", "denials"), [("tuned", 0.8, 0.65), ("kept_aside", 0.8, 0.6)])
def test_the_marks_of_our_own_articles_are_met(name: str, same: float, denials: float) -> None:
    gold = same_claim.of_our_own(same_claim.GOLD / f"{name}.txt")
    spots, found = same_claim.found_by_groups(gold)
    home = same_claim.placed(gold, spots)
    assert same_claim.scored(gold, "same", found["same"], home).f1 >= same
    assert same_claim.scored(gold, "denials", found["denials"], home).f1 >= denials


@pytest.mark.parametrize(("name", "least"), [("seeds", 0.85), ("others", 0.8), ("fresh", 0.7)])
def test_real_articles_are_put_together_as_people_do(name: str, least: float) -> None:
    gold = same_claim.of_offsets(name)
    if gold is None:
        pytest.skip("the articles are not in this checkout")
    spots, found = same_claim.found_by_groups(gold)
    home = same_claim.placed(gold, spots)
    assert same_claim.scored(gold, "same", found["same"], home).f1 >= least
    assert same_claim.scored(gold, "denials", found["denials"], home).f1 >= 0.85
