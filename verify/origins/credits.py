"""Where a text itself says that it comes from: datelines, closing credits, "adapted from". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from verify.spotting import credits_in

_EDGES = 600
"""How far from either end of a text a line of credit stands, in characters."""

_WHO = r"(?P<who>(?:the\s+)?[A-Z][\w.&'’-]*(?:\s+(?:of\s+|the\s+|for\s+|and\s+)?[A-Z][\w.&'’-]*){0,5})"
_THIS = r"(?:this|the)\s+(?:article|story|piece|report|text|item|post)"
_WAS = rf"(?:{_THIS}\s+(?:was|is|has\s+been)\s+)?"
_TAKEN = r"(?:adapted|republished|reprinted|syndicated|taken|reproduced)"
_LINES = (
    ("translates", rf"(?i:{_WAS}translated\s+from\s+(?:\w+\s+by\s+)?(?:by\s+)?)", ""),
    (
        "republishes",
        rf"(?i:{_WAS}(?:first\s+|originally\s+|also\s+)*{_TAKEN}\s+(?:with\s+permission\s+)?(?:from|by)\s+)",
        "",
    ),
    ("republishes", rf"(?i:{_WAS}(?:first|originally)\s+(?:published|appeared)\s+(?:in|on|by|at)\s+)", ""),
    ("republishes", r"^(?i:(?:courtesy|source|via|credit)\s*:\s*)", r"\s*\.?$"),
    ("credits", r"(?i:\(?\s*with\s+(?:additional\s+)?(?:inputs?|reporting|files|material)\s+from\s+)", ""),
    ("credits", r"^[(\[—–-]+\s*", r"\s*[)\]]?\.?$"),
)
_PATTERNS = tuple((how, re.compile(before + _WHO + after)) for how, before, after in _LINES)
_NAMELESS = re.compile(
    rf"{_THIS}\s+(?:was|is|has\s+been)\s+adapted\s+from\s+(?:its|the|an)\s+original", re.IGNORECASE
)


class CreditLine(NamedTuple):
    """One line of credit: whom it names (nobody: ""), how the text comes from there, and its words."""

    name: str
    how: str
    words: str


def credit_lines(text: str) -> list[CreditLine]:
    """Return the credits of a text, each name once; photographs' credits are not the text's."""
    found = [
        CreditLine(_written(one.agency), "credits", one.agency)
        for one in credits_in(text)
        if one.where != "caption"
    ]
    found += _written_out(text)
    return list({line.name.casefold(): line for line in reversed(found)}.values())[::-1]


def _written(agency: str) -> str:
    """An agency as it is written elsewhere: datelines shout."""
    return agency.title() if agency.isupper() and len(agency) > 4 else agency


def _written_out(text: str) -> Iterator[CreditLine]:
    ends = (text,) if len(text) <= 2 * _EDGES else (text[:_EDGES], text[-_EDGES:])
    for end in ends:
        if nameless := _NAMELESS.search(end):
            yield CreditLine("", "republishes", nameless[0])
        for line in end.splitlines():
            if len(line) > 240:
                continue
            for how, pattern in _PATTERNS:
                match = pattern.search(line.strip())
                if match:
                    yield CreditLine(match["who"].removesuffix("."), how, line.strip())
                    break
