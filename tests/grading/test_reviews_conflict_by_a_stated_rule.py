"""When a third person is needed, and what two reviews settle when not."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from verify.grading import conflict
from verify.grading.rubric import CREDIBILITY, RELIABILITY, RUBRIC, Grades
from verify.tickets.workflow import Rating


@dataclass(frozen=True)
class Opinion:
    sourcing: int
    attribution: int
    confirmation: int
    rating: Rating = Rating.UNVERIFIED


steps = st.integers(0, 4)
opinions = st.builds(Opinion, steps, steps, steps, st.sampled_from(Rating))


def test_one_step_apart_is_agreement_and_two_steps_are_a_conflict() -> None:
    assert not conflict.in_conflict(Opinion(2, 3, 1), Opinion(3, 2, 0))
    assert conflict.in_conflict(Opinion(2, 3, 1), Opinion(2, 3, 3))


def test_ratings_that_differ_are_a_conflict_whatever_the_grades() -> None:
    assert conflict.in_conflict(Opinion(2, 3, 1), Opinion(2, 3, 1, Rating.FALSE))


@given(opinions, opinions)
def test_who_was_first_makes_no_difference(one: Opinion, other: Opinion) -> None:
    assert conflict.in_conflict(one, other) == conflict.in_conflict(other, one)
    assert conflict.lower_of(one, other) == conflict.lower_of(other, one)


@given(opinions, opinions)
def test_the_lower_grade_stands_on_every_scale(one: Opinion, other: Opinion) -> None:
    settled = conflict.lower_of(one, other)
    for name, grade in settled.each():
        assert grade == min(getattr(one, name), getattr(other, name))


@given(opinions)
def test_a_judgement_never_conflicts_with_itself(one: Opinion) -> None:
    assert conflict.differences(one, one) == ()


def test_every_difference_is_named_and_the_wide_ones_are_marked() -> None:
    found = conflict.differences(Opinion(2, 3, 1), Opinion(4, 2, 1, Rating.CONFIRMED))
    assert [(one.name, one.conflicts) for one in found] == [
        ("sourcing", True), ("attribution", False), ("rating", True)
    ]  # fmt: skip


def test_f_and_6_are_never_numbers() -> None:
    """Whoever found no basis to judge is no step below E or 5: without both there is no letter and no number."""
    for one, other in product(RELIABILITY, repeat=2):
        agreed = conflict.agreed_reliability(one, other)
        if "F" in (one, other):
            assert agreed == "F"
        else:
            assert agreed == max(one, other)
    for first, second in product(CREDIBILITY, repeat=2):
        number = conflict.agreed_credibility(first, second)
        assert number == (6 if 6 in (first, second) else max(first, second))
    assert RELIABILITY["F"].label == CREDIBILITY[6].label == "cannot be judged"


def test_of_two_confidences_the_lower_is_published() -> None:
    assert conflict.agreed_confidence("high", "moderate") == "moderate"
    assert conflict.agreed_confidence("low", "high") == "low"


def test_each_scale_has_five_described_steps_in_order() -> None:
    for scale in RUBRIC.scales:
        assert [level.number for level in scale.levels] == [0, 1, 2, 3, 4]
        assert len(set(scale.words)) == 5
        assert all(level.description.endswith(".") for level in scale.levels)


def test_grades_are_read_off_a_judgement() -> None:
    assert conflict.grades_of(Opinion(4, 3, 2)) == Grades(4, 3, 2)
