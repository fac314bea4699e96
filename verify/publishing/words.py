"""The words that pages, reports and markup share for the values of a verdict."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verify.publishing.content import Appearance, Origins


@dataclass(frozen=True)
class RatingWord:
    """A rating as readers meet it: its word, its place on the scale (if it has one) and what it means."""

    label: str
    value: int | None
    meaning: str


RATINGS: dict[str, RatingWord] = {
    "confirmed": RatingWord(
        "Confirmed",
        5,
        "Independent origins establish the claim as it is worded; no weighty evidence speaks against it.",
    ),
    "mostly_right": RatingWord(
        "Mostly right",
        4,
        "The substance holds; a detail such as a figure, a time or a name is off or unsettled.",
    ),
    "unverified": RatingWord(
        "Unverified",
        None,
        "The evidence settles the claim neither way. This is a finding about the evidence, not about the claim.",
    ),
    "misleading": RatingWord(
        "Misleading",
        2,
        "Something in the claim holds, but as worded it leads a reader to a wrong conclusion.",
    ),
    "false": RatingWord("False", 1, "The evidence contradicts the claim."),
}
BEST_RATING, WORST_RATING = 5, 1

GRADE_NAMES = {"sourcing": "Sourcing", "attribution": "Attribution", "confirmation": "Confirmation"}
GRADE_QUESTIONS = {
    "sourcing": "Who is the origin, and how near to the event?",
    "attribution": "Does the text say exactly who, where and how, and does it hold at the origin?",
    "confirmation": "Which independent origins are there besides the claimant?",
}
GRADE_WORDS: dict[str, tuple[str, str, str, str, str]] = {
    "sourcing": (
        "none traceable", "anonymous or vague", "named, but second-hand or with a stake",
        "named and in a position to know", "record or first-hand witness, on the record",
    ),
    "attribution": (
        "missing or wrong", "“reports say”", "named but incomplete or loosely paraphrased",
        "named, channel known, faithful paraphrase", "verbatim, located at the origin",
    ),
    "confirmation": (
        "contradicted, or circular", "claimant or parties only", "one, or an adversary concedes it",
        "two", "two or more without a stake, by different means",
    ),
}  # fmt: skip
RELIABILITY = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable", "D": "not usually reliable",
    "E": "unreliable", "F": "cannot be judged",
}  # fmt: skip
CREDIBILITY = {
    1: "confirmed by other sources", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable",
    6: "cannot be judged",
}  # fmt: skip
CONFIDENCE = {"low": "Low", "moderate": "Moderate", "high": "High"}
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
    return f"{counted(origins['articles'], 'article')} → {bounds} {word}{note}"


def how_said(appearance: Appearance) -> str:
    """How the outlet passed the claim on: “paraphrased, with “said”, on Twitter”."""
    parts = [MODES[appearance["mode"]]]
    if appearance["cue"]:
        parts.append(f"with “{appearance['cue']}”")
    if appearance["channel"]:
        parts.append(f"through {appearance['channel']}")
    return ", ".join(parts)


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
