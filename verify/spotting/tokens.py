"""Tokens of one sentence, in which every quotation is a single token."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from verify.spotting.assertion import Span

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S.
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Prof|Rev|Sen|Rep|"
    r"Gov|St|Sr|Jr|No|vs|Sept|Aug|Oct|Nov|Dec|Jan|Feb)\.(?=\s)"
    r"|\w+(?:-\w+)*\.(?=,)"  # D-Mass.,
    r"|[@#$€£]?\w+(?:[-‑'’.,&/]\w+)*[’'](?=\s)"  # the officials' view
    r"|[@#$€£]?\w+(?:[-‑'’.,&/]\w+)*%?"
    r"|--+|[–—―]+|\.\.\.|\S"
)
_SENTENCE_POSSESSIVE = ("s'", "s’")


_BEFORE_MONTH = frozenset(
    (
        "in",
        "since",
        "until",
        "by",
        "late",
        "early",
        "last",
        "this",
        "next",
        "of",
        "from",
        "to",
        "and",
        "through",
    )
)


class Token(NamedTuple):
    """A word, a mark, or a whole quotation; `word` is lower case, marks stand for themselves."""

    start: int
    end: int
    word: str
    kind: str  # "w" word, "p" mark, "q" quotation
    capital: bool
    upper: bool = False


def _token(match_text: str, start: int) -> Token:
    end = start + len(match_text)
    first = match_text[0]
    if first.isalnum() or (first in "@#$€£" and len(match_text) > 1):
        word = match_text.lower().replace("’", "'")
        return Token(
            start,
            end,
            word.rstrip("'") if not word.endswith("s'") else word,
            "w",
            first.isupper() or first == "@",
            match_text.isupper(),
        )
    if match_text[0] in "-–—―" and (len(match_text) > 1 or first in "–—―"):
        return Token(start, end, ",", "p", False)
    return Token(start, end, match_text, "p", False)


def tokens_of(text: str, span: Span, quotes: Sequence[Span] = ()) -> list[Token]:
    """Splits `text[span]` into tokens; each quotation that lies inside becomes one token of kind "q"."""
    found: list[Token] = []
    at, end = span
    for quote_start, quote_end in quotes:
        if quote_start < at or quote_end > end:
            continue
        found += [_token(match.group(), match.start()) for match in _TOKEN.finditer(text, at, quote_start)]
        found.append(Token(quote_start, quote_end, "“”", "q", False))
        at = quote_end
    found += [_token(match.group(), match.start()) for match in _TOKEN.finditer(text, at, end)]
    if "May" in text[span[0] : end] or "Will" in text[span[0] : end]:
        _tell_names(text, found)
    return found


def _tell_names(text: str, tokens: list[Token]) -> None:
    """Keeps Mrs May and Will Smith apart from the verbs and the month: their word stays capital."""
    for at in range(1, len(tokens)):
        token, before = tokens[at], tokens[at - 1]
        if token.word in ("may", "will") and token.capital and not token.upper:
            follows = text[token.end : token.end + 4].strip()[:1]
            if before.word not in _BEFORE_MONTH and not follows.isdigit():
                tokens[at] = token._replace(word=text[token.start : token.end])
