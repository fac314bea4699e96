"""The words that pages, reports and markup share for the values of a verdict."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from verify.grading import rubric
from verify.origins.summary import carriers

if TYPE_CHECKING:
    from verify.publishing.content import Appearance
    from verify.publishing.origin_content import Origins


@dataclass(frozen=True)
class RatingWord:
    """A rating as readers meet it: its word, its place on the scale (if it has one) and what it means."""

    label: str
    value: int | None
    meaning: str


_SCALE = {"confirmed": 5, "mostly_right": 4, "unverified": None, "misleading": 2, "false": 1}
BEST_RATING, WORST_RATING = 5, 1
RATINGS: dict[str, RatingWord] = {
    rating.value: RatingWord(word.label, _SCALE[rating.value], word.meaning)
    for rating, word in rubric.RATINGS.items()
}
GRADE_NAMES = {scale.name: scale.label for scale in rubric.RUBRIC.scales}
RELIABILITY = {letter: word.label for letter, word in rubric.RELIABILITY.items()}
CREDIBILITY = {number: word.label for number, word in rubric.CREDIBILITY.items()}
CONFIDENCE = {name: word.label for name, word in rubric.CONFIDENCE.items()}
MODES = {
    "direct": "quoted",
    "indirect": "paraphrased",
    "mixed": "partly quoted",
    "own-voice": "in the outlet’s own voice",
}
STANCES = {"supports": "Supports", "refutes": "Refutes", "context": "Context"}
FACETS = {
    "whole": "whole claim", "event": "event", "actor": "actor", "time": "time", "place": "place", "figure": "figure",
    "means": "means",
}  # fmt: skip
EVIDENCE_KINDS = {"link": "Link", "note": "Note", "file": "File"}
VERSION_KINDS = {"published": "Published", "correction": "Correction", "retraction": "Retraction"}

_KEPT_JOINERS = {0x200C, 0x200D}  # Dari spelling and joined emoji need them


def long_day(value: date | datetime | str | None) -> str:
    """5 September 2021, from a date, a moment or an ISO date."""
    if not value:
        return ""
    found = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{found.day} {found:%B %Y}"


def long_moment(value: datetime | str | None) -> str:
    """5 September 2021, 10:04 UTC."""
    if not value:
        return ""
    found = datetime.fromisoformat(value.replace("Z", "+00:00")) if isinstance(value, str) else value
    return f"{long_day(found)}, {found:%H:%M} UTC"


def counted(count: int, one: str, many: str | None = None) -> str:
    """“1 article”, “7 articles”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def origin_count(origins: Origins) -> str:
    """The signature line: “7 articles → 1 origin (party)”."""
    lower, upper = origins["lower"], origins["upper"]
    bounds = str(lower) if lower == upper else f"{lower}–{upper}"
    word = "origin" if upper == 1 else "origins"
    known = origins["origins"]
    note = ""
    if known and all(origin["party"] for origin in known):
        note = " (party)" if len(known) == 1 else " (parties only)"
    carried = carriers(origins["articles"], origins.get("records", 0))
    return f"{carried} → {bounds} {word}{note}"


def how_said(appearance: Appearance) -> str:
    """How the outlet passed the claim on: “paraphrased, with “said”, on Twitter”."""
    parts = [MODES[appearance["mode"]]]
    if appearance["cue"]:
        parts.append(f"with “{appearance['cue']}”")
    if appearance["channel"]:
        parts.append(f"through {appearance['channel']}")
    return ", ".join(parts)


def grade_word(scale: str, grade: int, rubric_version: int) -> str:
    """The few words beside a grade, in the rubric version that it was given under."""
    found = next(one for one in rubric.RUBRICS.get(rubric_version, rubric.RUBRIC).scales if one.name == scale)
    return found.levels[grade].words


def paragraphs(text: str) -> list[str]:
    """A text cut at its blank lines."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def revealed(text: str) -> str:
    """Text with its bidi and other invisible controls written out as [U+202E] instead of obeyed."""
    return "".join(_revealed_character(character) for character in text)


def _revealed_character(character: str) -> str:
    code = ord(character)
    if character in "\n\t" or code in _KEPT_JOINERS:
        return character
    if unicodedata.category(character) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}:
        return f"[U+{code:04X}]"
    return character
