"""What each stretch of an article is: its own narrative, or what any article on the subject may carry.

Only narrative tells who wrote what first. A public quotation, an embedded post, a caption, a headline or what a
site prints around every article is shared by writers who never saw each other's text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from verify.reuse.words import Words
from verify.spotting.assertion import Span
from verify.spotting.furniture import dateline_of, place_of
from verify.spotting.quotations import Quotation, quotations_in
from verify.spotting.sentences import paragraphs_of, sentences_of


class Kind(StrEnum):
    """What a shared passage is."""

    NARRATIVE = "narrative"
    QUOTATION = "quotation"
    HEADLINE = "headline"
    CAPTION = "caption"
    FURNITURE = "furniture"
    EMBED = "embedded post"
    STATEMENT = "same statement"  # reworded or translated: the two do not read alike


# Where two texts disagree about what a passage is, the earlier of these stands.
PRECEDENCE = (Kind.FURNITURE, Kind.CAPTION, Kind.EMBED, Kind.HEADLINE, Kind.QUOTATION, Kind.NARRATIVE)
RANK = {kind: number for number, kind in enumerate(PRECEDENCE)}

_PARTS = {
    "heading": Kind.HEADLINE,
    "caption": Kind.CAPTION,
    "furniture": Kind.FURNITURE,
    "signature": Kind.EMBED,
}
_POST_LINK = re.compile(r"(?:pic\.twitter\.com|t\.co)/\w+")
_WORD = re.compile(r"\w+")
_SCARE = 4  # words: a shorter quotation is part of the sentence that holds it
_MOSTLY = 0.6  # of a sentence's words inside quotation marks: the rest is only who said so


class Part(NamedTuple):
    """A stretch of text of one kind."""

    start: int
    end: int
    kind: Kind


def parts_of(text: str) -> list[Part]:
    """Return the parts of a text in order; they cover every word of it."""
    paragraphs = paragraphs_of(text)
    places = [place_of(text, paragraph) for paragraph in paragraphs]
    found: list[Part] = []
    for number, (paragraph, place) in enumerate(zip(paragraphs, places, strict=True)):
        signed = number + 1 < len(places) and places[number + 1].part == "signature"
        kind = Kind.EMBED if signed or _POST_LINK.search(text, *paragraph) else _PARTS.get(place.part)
        if kind is not None:
            found.append(Part(*paragraph, kind))
        else:
            found += _prose(text, paragraph)
    return found


def kinds_of(words: Words, parts: Sequence[Part]) -> list[Kind]:
    """Return the kind of each word."""
    starts = [part.start for part in parts]
    found: list[Kind] = []
    for start in words.starts:
        at = bisect_right(starts, start) - 1
        found.append(parts[at].kind if at >= 0 and start < parts[at].end else Kind.FURNITURE)
    return found


def _prose(text: str, paragraph: Span) -> Iterator[Part]:
    """The parts of a paragraph: its dateline, what is quoted with who said so, and what is told."""
    start = dateline_of(text, paragraph)[0]
    if start > paragraph[0]:
        yield Part(paragraph[0], start, Kind.FURNITURE)
    quotes = [one for one in quotations_in(text, paragraph) if _long(text, one)]
    if not quotes:
        yield Part(start, paragraph[1], Kind.NARRATIVE)
        return
    at = start
    for low, high in sentences_of(text, (start, paragraph[1]), quotes):
        if low > at:
            yield Part(at, low, Kind.NARRATIVE)
        yield from _sentence(text, (low, high), quotes)
        at = high


def _sentence(text: str, sentence: Span, quotes: Sequence[Quotation]) -> Iterator[Part]:
    low, high = sentence
    inside = [
        (max(low, one.start), min(high, one.end)) for one in quotes if one.start < high and one.end > low
    ]
    quoted = sum(_count(text, span) for span in inside)
    if quoted >= _MOSTLY * _count(text, sentence):
        yield Part(low, high, Kind.QUOTATION)
        return
    at = low
    for first, last in inside:
        if first > at:
            yield Part(at, first, Kind.NARRATIVE)
        yield Part(first, last, Kind.QUOTATION)
        at = last
    if high > at:
        yield Part(at, high, Kind.NARRATIVE)


def _count(text: str, span: Span) -> int:
    return sum(1 for _ in _WORD.finditer(text, *span))


def _long(text: str, quotation: Quotation) -> bool:
    return _count(text, quotation.inner(text)) >= _SCARE
