"""Paragraphs and sentences with exact offsets; a quotation is never cut at the stops inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.spotting.assertion import Span
from verify.spotting.grammar import words_of
from verify.spotting.quotations import Quotation

_LINE = re.compile(r"[^\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(r"(?<![.!?…؟。])[.!?…؟。]++(?:[\"”’'»)\]]*+(?=\s)|[\"”’'»)]*(?=[“\"][A-Z]))")
_ABBREVIATIONS = words_of(
    "mr mrs ms dr prof gen lt col sgt capt maj brig cmdr adm rev "
    "sen rep gov hon pres st sr jr vs etc no inc ltd co corp "
    "dept univ approx est fig ed vol jan feb mar apr jun jul aug sep sept oct nov dec mt ft e.g i.e p.m a.m"
)
_LONGEST = 1600  # characters; longer runs without a stop are not sentences
_BEFORE_NAME_ONLY = frozenset({"inc", "ltd", "co", "corp", "jr", "sr", "etc", "p.m", "a.m"})
_STARTER = re.compile(
    r"(?:The|A|An|He|She|It|They|We|I|In|On|At|But|And|This|That|These|Those|There|If|When|As)\b"
)
_SAID_AFTER = re.compile(
    r"\s+(?:[A-Z][\w'’.-]*\s+){1,4}(?:said|says|asked|told|"
    r"wrote|added|replied|tweeted|shouted|warned|declared)\b"
)


def _is_wrapped(lines: Sequence[Span]) -> bool:
    """Tells whether the text is hard-wrapped: most lines of one width, none longer."""
    if len(lines) < 6 or max(end - start for start, end in lines) > 110:
        return False
    return sum(50 <= end - start <= 100 for start, end in lines) >= 0.6 * len(lines)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def paragraphs_of(text: str) -> list[Span]:
    """Returns the spans of paragraphs. A line break ends one unless the next line goes on in mid-sentence."""
    lines = [
        span
        for span in (_trimmed(text, *match.span()) for match in _LINE.finditer(text))
        if span[0] < span[1]
    ]
    wrapped = _is_wrapped(lines)
    found: list[Span] = []
    for start, end in lines:
        if found and text.count("\n", found[-1][1], start) <= 1:
            last = text[found[-1][1] - 1]
            goes_on = last not in '.!?:"”’…' and (text[start].islower() or (wrapped and last not in ")]"))
            if goes_on or (wrapped and last.isalnum()):
                found[-1] = (found[-1][0], end)
                continue
        found.append((start, end))
    return found


def _is_abbreviation(text: str, start: int, stop: int, after: int) -> bool:
    """Tells whether the full stop at `stop` belongs to a shortened word, so that no sentence ends there."""
    at = stop
    while at > start and at > stop - 12 and (text[at - 1].isalpha() or text[at - 1] == "."):
        at -= 1
    word = text[at:stop]
    following = text[after] if after < len(text) else " "
    if word.lower() in _ABBREVIATIONS:
        return word.lower() not in _BEFORE_NAME_ONLY or not following.isupper()
    if len(word) == 1 and word.isupper():
        return following.isupper() or following.islower()
    if "." in word and word.replace(".", "").isalpha() and len(word) <= 7:
        return following.islower() or not _STARTER.match(text, after)
    return False


def _ends_sentence(text: str, match: re.Match[str], low: int, high: int) -> bool:
    after = match.end()
    while after < high and text[after].isspace():
        after += 1
    if after >= high:
        return False
    following, stop = text[after], match.group()
    if following.islower() or following in ",;:)":
        return False
    if stop == "." and _is_abbreviation(text, low, match.start(), after):
        return False
    if (
        following.isdigit()
        and stop == "."
        and text[max(low, match.start() - 2) : match.start()].lower() == "no"
    ):
        return False
    return not (
        stop[-1] in "\"”’'"
        and stop[0] in "!?"
        and _SAID_AFTER.match(text, match.end(), min(high, match.end() + 80))
    )


def sentences_of(text: str, paragraph: Span, quotes: Sequence[Quotation]) -> list[Span]:
    """Splits a paragraph into sentences; stops inside a quotation count only where the quotation ends."""
    low, high = paragraph
    found: list[Span] = []
    start, pending = low, list(reversed(quotes))
    for match in _STOP.finditer(text, low, high):
        while pending and pending[-1].end <= match.start():
            pending.pop()
        if pending and pending[-1].start < match.start() and match.end() < pending[-1].end:
            continue
        if _ends_sentence(text, match, start, high):
            found += _pieces(text, _trimmed(text, start, match.end()), quotes)
            start = match.end()
    last = _trimmed(text, start, high)
    return found + _pieces(text, last, quotes) if last[0] < last[1] else found


def _pieces(text: str, span: Span, quotes: Sequence[Quotation]) -> list[Span]:
    """Cuts what is too long to be a sentence (a list, a table, a text without stops) at its spaces."""
    start, end = span
    if end - start <= _LONGEST or (quotes and any(quote.end - quote.start > _LONGEST for quote in quotes)):
        return [span]
    found: list[Span] = []
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        found.append(_trimmed(text, start, cut))
        start = cut
    found.append(_trimmed(text, start, end))
    return [piece for piece in found if piece[0] < piece[1]]
