"""The publishing rules: what a verdict should meet before it goes out, each met or not with the reason. Pure."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from verify.publishing import words
from verify.publishing.content import VerdictContent

_VERDICT_WORDS = re.compile(
    r"\b(falsely|false|fake|hoax|debunk\w*|misleading|unverified|mostly right|confirmed|myth|lies|lied|lying)\b",
    re.I,
)
CONFIRMED_GRADE, CONFIRMED_ORIGINS = 3, 2


@dataclass(frozen=True)
class RuleResult:
    """One rule, whether this verdict meets it, and what was found; some rules allow no exception."""

    name: str
    label: str
    met: bool
    found: str
    waivable: bool = True

    def as_json(self) -> dict[str, Any]:
        """The result as an approval keeps it."""
        return asdict(self)


def publishing_rules(content: VerdictContent) -> list[RuleResult]:
    """Every rule, in the order in which an editor thinks of them."""
    return [
        _judged(content),
        _explained(content),
        _confirmed(content),
        _passages(content),
        _evidence(content),
        _claimant(content),
        _neutral(content),
    ]


def unmet(results: list[RuleResult]) -> list[RuleResult]:
    """The rules that are not met."""
    return [result for result in results if not result.met]


def _judged(content: VerdictContent) -> RuleResult:
    adjudicated = content["adjudication"] is not None
    count = len(content["reviews"])
    found = (
        "Adjudicated after two reviews that differed."
        if adjudicated
        else f"{words.counted(count, 'review')} in."
    )
    label = "Two reviewers agree, or a third person adjudicated"
    return RuleResult("judged", label, adjudicated or count >= 2, found, waivable=False)


def _explained(content: VerdictContent) -> RuleResult:
    length = len(content["summary"].split())
    found = f"{words.counted(length, 'word')}." if length else "Nothing is written yet."
    return RuleResult("explained", "The public explanation is written", length > 0, found, waivable=False)


def _confirmed(content: VerdictContent) -> RuleResult:
    label = f"“Confirmed” has at least {' · '.join([str(CONFIRMED_GRADE)] * 3)} and two independent origins"
    if content["rating"] != "confirmed":
        return RuleResult("confirmed", label, True, "Does not apply: the rating is another one.")
    grades, lower = content["grades"], content["origins"]["lower"]
    triad = (grades["sourcing"], grades["attribution"], grades["confirmation"])
    found = f"Grades {' · '.join(map(str, triad))}; at least {words.counted(lower, 'independent origin')}."
    return RuleResult("confirmed", label, min(triad) >= CONFIRMED_GRADE and lower >= CONFIRMED_ORIGINS, found)


def _passages(content: VerdictContent) -> RuleResult:
    appearances = content["appearances"]
    bare = [appearance for appearance in appearances if not appearance["passage"].strip()]
    found = f"{words.counted(len(appearances), 'appearance')}, {len(bare)} without a passage."
    label = "The claim stands in an article, and every appearance shows its passage"
    return RuleResult("passages", label, bool(appearances) and not bare, found)


def _evidence(content: VerdictContent) -> RuleResult:
    count = len(content["evidence"])
    found = f"{words.counted(count, 'piece')} of evidence."
    return RuleResult("evidence", "At least one piece of evidence stands", count > 0, found)


def _claimant(content: VerdictContent) -> RuleResult:
    claimant = content["claimant"]
    found = f"{claimant['name']}." if claimant else "No chain leads to anybody."
    return RuleResult("claimant", "Somebody is named as having made the claim", claimant is not None, found)


def _neutral(content: VerdictContent) -> RuleResult:
    hit = _VERDICT_WORDS.search(content["claim"])
    found = (
        f"It says “{hit[0]}”: check that this is the claim’s own word."
        if hit
        else "No word of judgement in it."
    )
    return RuleResult("neutral", "The claim’s wording passes no verdict itself", hit is None, found)
