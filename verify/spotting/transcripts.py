"""Recognises transcripts: paragraphs that open with the name of a speaker and a colon."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from verify.spotting.assertion import Span
from verify.spotting.grammar import words_of

_LABEL = re.compile(
    r"(?P<name>[A-Z][A-Z.'’-]*(?:[ ][A-Z][A-Z.'’-]*){0,5}|[A-Z][\w.'’-]*(?:[ ][A-Z][\w.'’-]*){0,3})"
    r"(?P<aside>[ ]?[(\[][^()\[\]\n]{1,60}[)\]]|,[ ][A-Za-z][\w .,'’-]{1,60})?[ ]?:[ \t]+(?=\S)"
)
_NO_SPEAKERS = words_of(
    "breaking update updated watch live exclusive photo photos video caption note correction read more related "
    "analysis opinion explainer source sources credit credits file image editor's topics tags share factbox "
    "timeline key warning listen review comment summary headline byline date time location score result results also"
)
_FEWEST_TURNS = 3


class Turn(NamedTuple):
    """Who has the word in a paragraph; `label` is None where an earlier speaker goes on."""

    name: str
    label: Span | None
    start: int


def _labels(text: str, paragraphs: Sequence[Span]) -> dict[int, re.Match[str]]:
    found = {}
    for number, (start, end) in enumerate(paragraphs):
        match = _LABEL.match(text, start, min(end, start + 140))
        if match and match["name"].split()[0].lower().rstrip(".") not in _NO_SPEAKERS:
            found[number] = match
    return found


def turns_of(text: str, paragraphs: Sequence[Span]) -> dict[int, Turn]:
    """Returns whose turn each paragraph is, by its number; empty for a text that is no transcript."""
    labels = _labels(text, paragraphs)
    counted = Counter(match["name"] for match in labels.values())
    kept = {
        number: match
        for number, match in labels.items()
        if counted[match["name"]] > 1 or match["name"].isupper()
    }
    if len(kept) < _FEWEST_TURNS:
        return {}
    first, last = min(kept), max(kept)
    whole = len(kept) * 3 >= last - first + 1  # else only what is labelled counts
    turns: dict[int, Turn] = {}
    name = ""
    for number in range(first, len(paragraphs) if whole else last + 1):
        start = paragraphs[number][0]
        if match := kept.get(number):
            name = match["name"]
            turns[number] = Turn(name, (start, match.end("name")), match.end())
        elif whole and number < last and text[start] not in "([":
            turns[number] = Turn(name, None, start)
    return turns
