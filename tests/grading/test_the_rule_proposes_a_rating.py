"""The stated rule: total, monotone, the same for two reviewers who follow it and for what they settle."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.grading.proposal import RULES, Contradiction, contradiction_of, propose
from verify.grading.rubric import Grades
from verify.tickets.workflow import Rating

# From what speaks most against a claim to what speaks most for it.
RANKED = [Rating.FALSE, Rating.MISLEADING, Rating.UNVERIFIED, Rating.MOSTLY_RIGHT, Rating.CONFIRMED]
EVERY_GRADING = [Grades(*steps) for steps in product(range(5), repeat=3)]
grades = st.builds(Grades, st.integers(0, 4), st.integers(0, 4), st.integers(0, 4))
counts = st.integers(0, 40)
contradictions = st.sampled_from(Contradiction)


def rank(grading: Grades, origins: int, contradiction: Contradiction) -> int:
    return RANKED.index(propose(grading, origins, contradiction).rating)


def test_every_grading_count_and_contradiction_has_one_rating_and_a_sentence() -> None:
    for grading, origins, contradiction in product(EVERY_GRADING, range(4), Contradiction):
        proposal = propose(grading, origins, contradiction)
        assert proposal.rating in Rating
        assert proposal.because.endswith(".")
        assert proposal.because[0].isupper()
        assert "  " not in proposal.because


def test_confirmed_needs_three_in_every_grade_two_certain_origins_and_nothing_against_it() -> None:
    for grading, origins, contradiction in product(EVERY_GRADING, range(4), Contradiction):
        confirmed = propose(grading, origins, contradiction).rating is Rating.CONFIRMED
        enough = min(grading.sourcing, grading.attribution, grading.confirmation) >= 3 and origins >= 2
        assert confirmed == (enough and contradiction is Contradiction.NONE)


def test_nothing_is_false_or_misleading_without_evidence_that_refutes_it() -> None:
    for grading, origins in product(EVERY_GRADING, range(4)):
        assert propose(grading, origins).rating not in {Rating.FALSE, Rating.MISLEADING}


def test_a_refuted_claim_without_confirmation_is_false_and_a_refuted_part_misleads() -> None:
    for sourcing, attribution, origins in product(range(5), range(5), range(4)):
        grading = Grades(sourcing, attribution, 0)
        assert propose(grading, origins, Contradiction.WHOLE).rating is Rating.FALSE
        assert propose(grading, origins, Contradiction.PART).rating is Rating.MISLEADING
        assert propose(grading, origins, Contradiction.NONE).rating is Rating.UNVERIFIED


def test_a_claim_that_only_parties_make_is_unverified_however_well_it_is_attributed() -> None:
    for sourcing, attribution, origins in product(range(5), range(5), range(4)):
        assert propose(Grades(sourcing, attribution, 1), origins).rating is Rating.UNVERIFIED


@given(grades, grades, counts, counts, contradictions)
def test_better_grades_and_more_origins_never_lower_the_proposed_rating(
    one: Grades, other: Grades, few: int, more: int, contradiction: Contradiction
) -> None:
    low = Grades(*(min(pair) for pair in zip(_steps(one), _steps(other), strict=True)))
    high = Grades(*(max(pair) for pair in zip(_steps(one), _steps(other), strict=True)))
    assert rank(low, min(few, more), contradiction) <= rank(high, max(few, more), contradiction)


@given(grades, counts)
def test_more_evidence_against_a_claim_never_raises_the_proposed_rating(
    grading: Grades, origins: int
) -> None:
    ranks = [rank(grading, origins, contradiction) for contradiction in Contradiction]
    assert ranks == sorted(ranks, reverse=True)


@given(grades, grades, counts, contradictions)
def test_two_reviewers_who_follow_the_rule_settle_on_what_the_rule_proposes(
    one: Grades, other: Grades, origins: int, contradiction: Contradiction
) -> None:
    first, second = (propose(grading, origins, contradiction).rating for grading in (one, other))
    if first is second:
        lower = Grades(*(min(pair) for pair in zip(_steps(one), _steps(other), strict=True)))
        assert propose(lower, origins, contradiction).rating is first


def test_the_sentence_says_what_is_missing() -> None:
    proposal = propose(Grades(4, 2, 3), 1)
    assert proposal.rating is Rating.MOSTLY_RIGHT
    assert "attribution is 2 and only 1 origin is independent for certain" in proposal.because
    assert "confirmation is 1" in propose(Grades(2, 3, 1), 1).because


def test_a_refuted_figure_refutes_a_part_and_a_refuted_event_the_whole() -> None:
    assert contradiction_of([]) is Contradiction.NONE
    assert contradiction_of(["figure", "place"]) is Contradiction.PART
    assert contradiction_of(["figure", "event"]) is Contradiction.WHOLE
    assert contradiction_of(["whole"]) is Contradiction.WHOLE


def test_the_rule_is_stated_for_every_rating() -> None:
    assert {rating for rating, _ in RULES} == set(Rating)


@pytest.mark.parametrize("wrong", [-1, 5])
def test_a_grade_outside_the_scale_is_no_grade(wrong: int) -> None:
    with pytest.raises(ValueError, match="grades run from 0 to 4"):
        Grades(wrong, 2, 2)


def _steps(grading: Grades) -> tuple[int, int, int]:
    return grading.sourcing, grading.attribution, grading.confirmation
