"""Noun phrases read from left to right, and the pieces between commas that only say what somebody is."""

from __future__ import annotations

from collections.abc import Sequence

from verify.spotting.grammar import (
    CHANNEL_NOUNS,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
)
from verify.spotting.names import ROLE_NOUNS, SOURCE_NOUNS
from verify.spotting.tokens import Token

Tokens = Sequence[Token]
Range = tuple[int, int]  # token indexes, end exclusive


def is_role_segment(tokens: Tokens, low: int, high: int) -> bool:
    """Tells whether a comma-bounded piece only says what somebody is ("the Taliban spokesman")."""
    words = [token.word for token in tokens[low:high]]
    if not words or len(words) > 16 or any(word in FINITE for word in words):
        return False
    return any(word in ROLE_NOUNS for word in words) and (
        words[0] in DETERMINERS or words[0] in POSSESSIVES or words[0] in ROLE_NOUNS or tokens[low].capital
    )


def noun_phrase_after(tokens: Tokens, at: int, limit: int | None = None) -> Range | None:
    """Returns the noun phrase that begins at `at`, postmodifiers included, up to a mark or a clause."""
    end = at
    stop = len(tokens) if limit is None else limit
    while end < stop:
        token = tokens[end]
        word = token.word
        if token.kind != "w":
            if word == "," and end > at and _has_name_after(tokens, at, end, stop):
                end += 1
                continue
            break
        if (
            word in SUBORDINATORS
            or word in FINITE
            or (word in CONJUNCTIONS and not _joins_names(tokens, end, stop))
        ):
            break
        if end > at and (
            word in PRONOUNS or (word in TIME_WORDS and tokens[end].word not in ("late", "last"))
        ):
            break
        if (
            end > at
            and word in PREPOSITIONS
            and end + 1 < stop
            and (
                tokens[end + 1].word in TIME_WORDS
                or tokens[end + 1].word in POSSESSIVES
                or any(tokens[k].word in CHANNEL_NOUNS for k in range(end + 1, min(stop, end + 4)))
            )
        ):
            break
        end += 1
    while end > at and tokens[end - 1].word in PREPOSITIONS | CONJUNCTIONS | {",", "on", "late", "last"}:
        end -= 1
    return (at, end) if end > at else None


def _joins_names(tokens: Tokens, at: int, stop: int) -> bool:
    """Tells "Smith and Jones" and "current and former officials" from an "and" that begins a clause."""
    if at + 1 >= stop:
        return False
    if tokens[at + 1].capital:
        return True
    return (
        tokens[at].word == "and"
        and any(
            tokens[step].word in SOURCE_NOUNS and tokens[at + 1].kind == "w"
            for step in range(at + 1, min(stop, at + 3))
        )
        and tokens[at + 1].word not in DETERMINERS
    )


def _has_name_after(tokens: Tokens, at: int, comma: int, stop: int) -> bool:
    """A role before the comma and a name after it: "the group's spokesman, Zabihullah Mujahid"."""
    if comma + 1 >= stop or not is_role_segment(tokens, at, comma):
        return False
    return (
        tokens[comma + 1].capital
        and tokens[comma - 1].word not in TIME_WORDS
        and not tokens[comma - 1].capital
    )
