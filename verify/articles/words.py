"""What the reading room says about a suggestion, in words that a fact-checker uses. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from verify.articles.models import Act, Assertion, CueType, Decision, Ground, Mode, Polarity
from verify.spotting import methods

BY_HAND = "by hand"
MODES = {
    Mode.DIRECT: "quoted",
    Mode.MIXED: "partly quoted",
    Mode.INDIRECT: "paraphrased",
    Mode.OWN_VOICE: "the outlet’s own voice",
}
POLARITIES = {
    Polarity.ASSERTS: "asserts it",
    Polarity.DENIES: "denies it",
    Polarity.CANNOT_CONFIRM: "cannot confirm it",
}
CUE_TYPES = {
    CueType.NEUTRAL: "neutral",
    CueType.CLAIM: "claim",
    CueType.DENIAL: "denial",
    CueType.ADMISSION: "admission",
    CueType.PROMISE: "promise",
    CueType.BELIEF: "belief",
    CueType.QUESTION: "question",
}
_CUE_TELLS = {
    CueType.NEUTRAL: "tells only that somebody says it",
    CueType.CLAIM: "keeps a distance: the outlet does not vouch for it",
    CueType.DENIAL: "turns down what somebody else says",
    CueType.ADMISSION: "concedes something to the speaker’s own cost",
    CueType.PROMISE: "announces what is to come",
    CueType.BELIEF: "tells what somebody thinks, not what they know",
    CueType.QUESTION: "asks, and does not say",
}
_PARTS = {
    "heading": "Stands in a headline.",
    "caption": "Stands in the caption of a picture.",
    "embed": "Stands in an embedded post.",
}
GROUNDS = {
    Ground.NOT_A_CLAIM: "Asserts nothing",
    Ground.OPINION: "A view, a wish or a forecast",
    Ground.NOT_WORTH_IT: "Not worth checking",
    Ground.SAID_ELSEWHERE: "Said again elsewhere in the article",
    Ground.WRONG_PASSAGE: "The passage is cut wrongly",
    Ground.WRONG_SPEAKER: "The wrong speaker, or none found",
    Ground.OTHER: "Something else",
}
ACTS = {
    Act.MARKED: "Marked by hand",
    Act.EDITED: "Edited",
    Act.EDIT_UNDONE: "Edit taken back",
    Act.DISMISSED: "Dismissed",
    Act.RESTORED: "Restored",
}
FIELDS = {
    "span": "Passage",
    "statement": "What is asserted",
    "mode": "How it is said",
    "cue": "Reporting word",
    "cue_type": "Kind of reporting word",
    "polarity": "Stance",
    "channel": "Channel",
    "caveat": "Caveat",
    "chain": "Chain",
}


def method(name: str) -> str:
    """Return a method and version for people: “rules, version 1”."""
    return "a person, by hand" if name == BY_HAND else methods.in_words(name)


def what_it_is(name: str) -> str:
    """Return what a method is, for who has not met it; nothing for a person, or for one we do not know."""
    return methods.meaning(name)


def why_found(assertion: Assertion) -> list[str]:
    """Return, as whole sentences, what in the text made the machine suggest this."""
    told = [_PARTS[assertion.part]] if assertion.part in _PARTS else []
    if assertion.mode is Mode.OWN_VOICE:
        return [*told, "Nobody is named for it, so the outlet says it itself."]
    heard = assertion.method.partition("/")[0] == "tagger"
    if heard:
        told.append("The trained tagger heard a speaker here, where the rules heard none.")
    if assertion.cue:
        tells = _CUE_TELLS.get(assertion.cue_type or CueType.NEUTRAL, "")
        told.append(f"“{assertion.cue}” {tells}.")
    elif assertion.mode is Mode.INDIRECT and not heard:
        told.append("The text says whose word it is, without a reporting word.")
    if assertion.mode in (Mode.DIRECT, Mode.MIXED):
        told.append(
            "The words stand in quotation marks."
            if assertion.mode is Mode.DIRECT
            else "Some of the words stand in quotation marks."
        )
    return told


def worth(score: float) -> str:
    """Return how much a suggestion is worth checking, as a word beside the figure."""
    return "high" if score >= 0.6 else "middling" if score >= 0.4 else "low"


def quantity(one: Mapping[str, Any]) -> str:
    """Return a figure as it was understood: its bound, value, unit, and what it counts."""
    unit = one.get("unit") or ""
    value, upper = _figure(one["value"], unit), one.get("upper")
    bound = one.get("bound") or ""
    if upper is not None:
        said = f"from {value} to {_figure(upper, unit)}"
    else:
        said = f"{bound} {value}" if bound and bound != value else value
    return f"{said} {one.get('what') or ''}".strip()


def _figure(value: float | str, unit: str) -> str:
    if isinstance(value, str):
        return value
    number = f"{value:,.10g}" if isinstance(value, float) and not value.is_integer() else f"{int(value):,}"
    if unit in ("%", "per cent"):
        return f"{number} %"
    return f"{unit}{number}" if len(unit) == 1 else f"{number} {unit}".strip()


def day(one: Mapping[str, Any]) -> str:
    """Return the day, or the stretch of days, that a date means; nothing where the text does not settle it."""
    return " to ".join(_written_out(one[name]) for name in ("day", "until") if one.get(name))


def _written_out(stamp: str) -> str:
    try:
        found = date.fromisoformat(stamp)
    except ValueError:  # a month or a year
        return stamp
    return f"{found.day} {found:%B %Y}"


def value(name: str, said: Any) -> str:
    """Return one field of a suggestion or of a decision as people read it."""
    if name == "chain":
        return " › ".join(map(_hop, said)) or "nobody is named"
    if name == "span":
        return f"characters {said[0]:,} to {said[1]:,}"
    if name == "mode":
        return MODES[Mode(said)]
    if name == "polarity":
        return POLARITIES[Polarity(said)]
    return str(said or "")


def _hop(hop: Mapping[str, Any]) -> str:
    speaks_for = f"for {hop['speaks_for']}" if hop["speaks_for"] else ""
    about = ", ".join(part for part in (hop["role"], speaks_for, hop["terms"]) if part)
    return f"{hop['name']} ({about})" if about else str(hop["name"])


def dismissed_because(one: Assertion | Decision) -> str:
    """Return why something was dismissed: the reason from the list, and the person's own words."""
    listed = GROUNDS[one.ground] if one.ground else ""
    return ": ".join(part for part in (listed, one.reason if one.reason != listed else "") if part)
