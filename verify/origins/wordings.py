"""Passages of different articles that are one statement: the same words, however the sentence around them runs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from rapidfuzz.distance import LCSseq

_FEWEST = 7
"""Words below which two statements agree by chance: "the valley has fallen" is anybody's sentence."""

_RUN = 3
_SHARED = 0.8
_CROWD = 40
"""A run of words in more statements than this tells none of them from another."""

_WORD = re.compile(r"[^\W_]+")
_PLURAL = re.compile(r"(?<=[^\W_]{3})s$")


def words_said(statement: str) -> tuple[str, ...]:
    """Split a statement into the words that are compared."""
    return tuple(_PLURAL.sub("", word) for word in _WORD.findall(statement.casefold()))


def one_statement(first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether two statements have nearly all words of the shorter one in common, in the same order."""
    shorter = min(len(first), len(second))
    if shorter < _FEWEST or max(len(first), len(second)) > 4 * shorter:
        return False
    needed = -(-shorter * 4 // 5)
    return LCSseq.similarity(first, second, score_cutoff=needed) >= _SHARED * shorter


def same_statements(said: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Group the speakers who are given with one and the same statement; groups of one are left out."""
    speakers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for speaker, statement in said:
        speakers[words_said(statement)].add(speaker)
    wordings = sorted(words for words in speakers if len(words) >= _FEWEST)
    group_of = {words: {words} for words in wordings}
    for one, other in _alike(wordings):
        if group_of[one] is not group_of[other]:
            group_of[one] |= group_of[other]
            group_of.update(dict.fromkeys(group_of[one], group_of[one]))
    groups = {id(group): group for group in group_of.values()}
    found = (sorted(set().union(*(speakers[words] for words in group))) for group in groups.values())
    return sorted(group for group in found if len(group) > 1)


def _alike(wordings: Sequence[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the pairs of wordings that are one statement, found by runs of words they have in common."""
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, words in enumerate(wordings):
        for run in {words[at : at + _RUN] for at in range(len(words) - _RUN + 1)}:
            holding[run].append(number)
    pairs = {pair for found in holding.values() if len(found) <= _CROWD for pair in combinations(found, 2)}
    for first, second in sorted(pairs):
        if one_statement(wordings[first], wordings[second]):
            yield wordings[first], wordings[second]
