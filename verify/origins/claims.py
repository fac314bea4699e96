"""Which assertions of some articles state the same claim, and which deny it, each read in its context. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.similarity.grouping import Group
from verify.similarity.grouping import grouped as put_together
from verify.similarity.saying import Saying, saying
from verify.similarity.shortforms import short_forms
from verify.spotting import Assertion

_STANDS_IN = re.compile(r"\b(?:they|their|it|its|he|his|she|her|we|our|i|my)\b", re.IGNORECASE)
_WISHES = re.compile(r"\b(?:call\w* (?:for|on|upon)|demand|urg|ask|request|appeal|want)", re.IGNORECASE)
_POINTS = re.compile(
    r"\b(?:the|this|that|these|those)\s+(?:claim|report|allegation|rumou?r|accusation|assertion|announcement|news)s?\b",
    re.IGNORECASE,
)


def grouped(
    assertions: Sequence[Assertion], articles: Sequence[int], texts: Sequence[str] = ()
) -> list[Group]:
    """Group the assertions that state one claim, denials with what they deny; the largest group first."""
    short = short_forms([*texts, *(one.statement for one in assertions)])
    sayings = [_said(number, assertions, articles, short) for number in range(len(assertions))]
    return put_together(sayings, _pointing(assertions, articles))


def _said(
    number: int, assertions: Sequence[Assertion], articles: Sequence[int], short: dict[str, str]
) -> Saying:
    """Take an assertion apart; “they” may be who speaks, or whom the sentence before it names."""
    one = assertions[number]
    context = ""
    if _STANDS_IN.search(one.statement):
        context = " ".join(hop.name for hop in one.chain)
        if not context and number and articles[number - 1] == articles[number]:
            context = assertions[number - 1].statement
    return saying(
        one.statement, context, short,
        denied=one.polarity == "denies", doubted=one.polarity == "cannot confirm",
        wished=_WISHES.search(one.cue or "") is not None,
    )  # fmt: skip


def _pointing(assertions: Sequence[Assertion], articles: Sequence[int]) -> dict[int, int]:
    """Denials that name nothing (“rejected the allegation”), and the assertion before them that they point at."""
    found: dict[int, int] = {}
    for number, one in enumerate(assertions):
        if not number or articles[number - 1] != articles[number] or one.polarity != "denies":
            continue
        if _POINTS.search(f"{one.cue or ''} {one.statement}"):
            found[number] = number - 1
    return found
