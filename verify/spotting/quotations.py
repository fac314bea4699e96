"""Quotations: straight, curly, single, nested, and those that run over several paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from verify.spotting.assertion import Span

_MARK = re.compile(r"``|''|[\"“”„«»‘’']")
_OPENERS = {"“": "”", "„": "”", "«": "»", "``": "''"}
_BEFORE_OPENING = " \t\n\r\u00a0([{-–—/:…\"“‘'"


class Quotation(NamedTuple):
    """An outermost quotation, marks included. `unclosed`: its paragraph ends before it does."""

    start: int
    end: int
    unclosed: bool

    def inner(self, text: str) -> Span:
        """Returns the span between the marks."""
        start = self.start + (2 if text.startswith("``", self.start) else 1)
        end = self.end if self.unclosed else self.end - (2 if text.endswith("''", start, self.end) else 1)
        return start, max(start, end)


def _may_open(text: str, at: int, end: int, low: int, high: int) -> bool:
    before = text[at - 1] if at > low else " "
    after = text[end] if end < high else " "
    return before in _BEFORE_OPENING and not after.isspace()


def _single_may_open(text: str, at: int, low: int, high: int) -> bool:
    """A single mark opens only before a letter, and never before a clipped word such as '90s or 'em."""
    if not _may_open(text, at, at + 1, low, high):
        return False
    return at + 1 < high and (text[at + 1].isalpha() or text[at + 1] in "[$£€.…")


def _single_may_close(text: str, at: int, low: int, high: int) -> bool:
    before = text[at - 1] if at > low else " "
    after = text[at + 1] if at + 1 < high else " "
    if before.isspace() or after.isalnum():
        return False
    return not (before == "s" and after == " " and at + 2 < high and text[at + 2].islower())


def quotations_in(text: str, paragraph: Span) -> Iterator[Quotation]:
    """Yields the outermost quotations of one paragraph in order. Linear in its length."""
    low, high = paragraph
    closing, opened, strong = "", -1, False
    for match in _MARK.finditer(text, low, high):
        mark, at, end = match.group(), match.start(), match.end()
        if not closing:
            if mark in _OPENERS:
                closing, opened, strong = _OPENERS[mark], at, True
            elif mark in ('"', "''") and _may_open(text, at, end, low, high):
                closing, opened, strong = mark, at, True
            elif mark in "‘'" and _single_may_open(text, at, low, high):
                closing, opened, strong = "’" if mark == "‘" else "'", at, False
        elif mark == closing or (strong and mark in ('"', "”", "''") and closing in ('"', "”", "''")):
            if mark in "’'" and not _single_may_close(text, at, low, high):
                continue
            yield Quotation(opened, end, False)
            closing = ""
        elif not strong and mark in ('"', "“") and _may_open(text, at, end, low, high):
            closing, opened, strong = _OPENERS.get(mark, mark), at, True
    if closing and strong:
        yield Quotation(opened, high, True)
