"""The publishing rules, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.publishing.samples import CONFIRMED, content
from verify.publishing.content import checked
from verify.publishing.rules import publishing_rules, unmet


def broken(verdict: Any) -> list[str]:
    """The names of the rules that this content does not meet."""
    return [rule.name for rule in unmet(publishing_rules(verdict))]


def test_a_whole_verdict_meets_every_rule() -> None:
    assert broken(content()) == []


def test_confirmed_needs_three_threes_and_two_origins() -> None:
    assert broken(content(CONFIRMED)) == ["confirmed"]
    two = content()["origins"] | {"lower": 2, "upper": 2}
    assert broken(content(CONFIRMED, origins=two)) == []
    low = {"sourcing": 3, "attribution": 2, "confirmation": 3}
    assert broken(content(CONFIRMED, origins=two, grades=low)) == ["confirmed"]


def test_other_ratings_need_no_three_threes() -> None:
    assert broken(content(rating="mostly_right")) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"summary": ""}, "explained"),
        ({"reviews": [], "adjudication": None}, "judged"),
        ({"reviews": content()["reviews"][:1], "adjudication": None}, "judged"),
        ({"appearances": []}, "passages"),
        ({"appearances": [content()["appearances"][0] | {"passage": " "}]}, "passages"),
        ({"evidence": []}, "evidence"),
        ({"claimant": None}, "claimant"),
        ({"claim": "It is false that the valley fell."}, "neutral"),
        ({"claim": "Debunked: the valley fell."}, "neutral"),
    ],
)
def test_each_rule_names_what_is_missing(changes: dict[str, Any], name: str) -> None:
    assert broken(content(**changes)) == [name]


def test_two_reviews_and_an_explanation_allow_no_exception() -> None:
    hard = {rule.name for rule in publishing_rules(checked(content())) if not rule.waivable}
    assert hard == {"judged", "explained"}
