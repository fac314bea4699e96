"""Quotations: straight, curly, single, nested, and those that run over several paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from verify.spotting.assertion import Span

_MARK = re.compile(r"``|''|[\"“”„«»‘’']")
_OPENERS = {"“": "”", "„": "”", "«": "»", "``": "''"}
_BEFORE_OPENING = " \t\n\r\u00a0([{-–—/:…\"“‘'"
_STRONG_CLOSERS = frozenset({'"', "”", "''"})
_CLIPPED = re.compile(r"(?:em|til|tis|twas|cause|cos|bout|round|n)\b[’']?(?! [A-Z])", re.IGNORECASE)


class Quotation(NamedTuple):
    """An outermost quotation, marks included. `unclosed`: its paragraph ends before it does."""

    start: int
    end: int
    unclosed: bool

    def inner(self, text: str) -> Span:
        """Returns the span between the marks."""
        start = self.start + (2 if text.startswith(("``", "''"), self.start) else 1)
        end = self.end if self.unclosed else self.end - (2 if text.endswith("''", start, self.end) else 1)
        return start, max(start, end)


def _may_open(text: str, at: int, end: int, low: int, high: int) -> bool:
    before = text[at - 1] if at > low else " "
    after = text[end] if end < high else " "
    return before in _BEFORE_OPENING and not after.isspace()


def _single_may_open(text: str, at: int, low: int, high: int) -> bool:
    """A single mark opens only before a letter, and never before a clipped word such as '90s or 'em."""
    if not _may_open(text, at, at + 1, low, high) or at + 1 >= high:
        return False
    after = text[at + 1]
    if after.isalpha():
        return not _CLIPPED.match(text, at + 1, high)
    if after.isdigit():  # '90s, but '12 people died'
        return not (text[at + 2 : at + 3].isdigit() and text[at + 3 : at + 4] in ("s", " ", ",", ".", ""))
    return after in '[$£€.…“"#@('


def _single_may_close(text: str, at: int, low: int, high: int) -> bool:
    before = text[at - 1] if at > low else " "
    after = text[at + 1] if at + 1 < high else " "
    return not (before.isspace() or after.isalnum())


def _may_be_apostrophe(text: str, at: int, high: int) -> bool:
    """Tells whether a closing single mark may only make a plural a possessive: the officials' view."""
    return text[at - 1 : at] == "s" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()


class _Reader:
    """Reads the marks of one paragraph. A single mark holds back the double ones inside it until it closes."""

    def __init__(self, text: str, paragraph: Span) -> None:
        self.text, (self.low, self.high) = text, paragraph
        self.closing, self.opened = "", -1  # the double mark waited for
        self.single, self.single_at = "", -1  # the single mark waited for
        self.doubtful = -1  # where it may have closed, if that was no apostrophe
        self.held: list[Quotation] = []
        self.done: list[Quotation] = []

    def read(self) -> list[Quotation]:
        """Returns the outermost quotations in order."""
        for match in _MARK.finditer(self.text, self.low, self.high):
            mark, at, end = match.group(), match.start(), match.end()
            if self.closing:
                self._inside_double(mark, end)
            elif mark in "‘’'" and len(mark) == 1:
                self._at_single(mark, at, end)
            elif mark in _OPENERS or (
                mark in ('"', "''") and _may_open(self.text, at, end, self.low, self.high)
            ):
                self.closing, self.opened = _OPENERS.get(mark, mark), at
        if self.closing:
            self._give(Quotation(self.opened, self.high, True))
        if self.single and self.single_at == self.low and self.doubtful < 0:
            self.done.append(Quotation(self.low, self.high, True))
        else:
            self._drop_single()
        return self.done

    def _give(self, quotation: Quotation) -> None:
        (self.held if self.single else self.done).append(quotation)

    def _inside_double(self, mark: str, end: int) -> None:
        if mark == self.closing or (mark in _STRONG_CLOSERS and self.closing in _STRONG_CLOSERS):
            self._give(Quotation(self.opened, end, False))
            self.closing = ""

    def _at_single(self, mark: str, at: int, end: int) -> None:
        opens = mark in "‘'" and _single_may_open(self.text, at, self.low, self.high)
        if not self.single:
            if opens:
                self.single, self.single_at, self.doubtful = "’" if mark == "‘" else "'", at, -1
        elif mark == self.single and _single_may_close(self.text, at, self.low, self.high):
            if _may_be_apostrophe(self.text, at, self.high):
                self.doubtful = end
            else:
                self._close_single(end)
        elif opens:
            self._drop_single()
            self.single, self.single_at, self.doubtful = "’", at, -1

    def _close_single(self, end: int) -> None:
        self.done.append(Quotation(self.single_at, end, False))
        self.single, self.held = "", []

    def _drop_single(self) -> None:
        """Gives up on a single mark that never closed for sure: its doubtful end counts, else what it held."""
        if self.single and self.doubtful > 0:
            inside = [one for one in self.held if one.start >= self.doubtful]
            self.done.append(Quotation(self.single_at, self.doubtful, False))
            self.done += inside
        else:
            self.done += self.held
        self.single, self.held = "", []


def quotations_in(text: str, paragraph: Span) -> Iterator[Quotation]:
    """Yields the outermost quotations of one paragraph in order. Linear in its length."""
    return iter(_Reader(text, paragraph).read())
