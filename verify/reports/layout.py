"""A report as words on pages, ready for print: HTML and PDF lay out the same text in the same order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from verify.grading.proposal import RULES
from verify.grading.rubric import RATINGS, RUBRIC
from verify.publishing import words
from verify.publishing.method import METHOD
from verify.publishing.page import Page, claim_page
from verify.reports.contents import Report


def document(report: Report) -> Page:
    """The whole report; every text has its invisible controls written out."""
    claims = [claim_page(version) for version in report.versions]
    page: Page = _revealed(
        {
            "title": report.title,
            "publisher": report.publisher.name,
            "publisher_address": report.publisher.address,
            "method_address": report.publisher.method_address,
            "chosen": report.chosen,
            "built_on": words.long_day(report.built_at),
            "built_at": words.long_moment(report.built_at),
            "count": words.counted(report.count, "verdict"),
            "checksum": report.checksum,
            "tally": _tally(claims),
            "claims": claims,
            "method": [
                {"heading": s.heading, "anchor": s.anchor, "paragraphs": s.paragraphs} for s in METHOD
            ],
            "rubric": _rubric(),
            "ratings": _ratings(),
        }
    )
    return page


def _tally(claims: Iterable[Page]) -> list[Page]:
    counts = Counter(claim["rating"] for claim in claims)
    labels = {key: word.label for key, word in words.RATINGS.items()} | {"retracted": "Retracted"}
    return [
        {"rating": key, "label": label, "count": counts[key]} for key, label in labels.items() if counts[key]
    ]


def _rubric() -> list[Page]:
    return [
        {"name": scale.label, "question": scale.question, "levels": scale.words} for scale in RUBRIC.scales
    ]


def _ratings() -> list[Page]:
    return [
        {
            "rating": rating.value,
            "label": RATINGS[rating].label,
            "meaning": RATINGS[rating].meaning,
            "rule": rule,
        }
        for rating, rule in RULES
    ]


def _revealed(value: Any) -> Any:
    if isinstance(value, Markup):
        return value  # a drawing, in which every text was revealed before it was drawn
    if isinstance(value, str):
        return words.revealed(value)
    if isinstance(value, dict):
        return {key: _revealed(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_revealed(member) for member in value]
    return value
