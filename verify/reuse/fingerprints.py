"""Fingerprints of a text: few numbers that another text holds too when it shares a passage.

Winnowing (Schleimer, Wilkerson and Aiken, 2003): of every eight neighbouring runs of six words, the one with the
smallest hash. Two texts that share thirteen words in a row share a fingerprint, whatever stands around them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b

METHOD = "winnow-6/8/1"
RUN = 6
WINDOW = 8
SURE = RUN + WINDOW - 1  # words in a row from which a shared passage is always found
_MASK = (1 << 64) - 1
_BASE = 0x9E3779B97F4A7C15
_LEAVING = pow(_BASE, RUN, 1 << 64)
_KEPT_BITS = 48  # of a hash: chance alone makes two runs equal once in 280,000,000,000,000


@lru_cache(maxsize=65_536)
def _number(form: str) -> int:
    """Return a number for a word, the same in every process and version."""
    return int.from_bytes(blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _stirred(value: int) -> int:
    """Spread the bits of a rolling hash, so that the smallest of a window is a fair draw."""
    value ^= value >> 31
    value = (value * 0xBF58476D1CE4E5B9) & _MASK
    value ^= value >> 29
    return value >> (64 - _KEPT_BITS)


def run_hashes(forms: Sequence[str]) -> list[int]:
    """Return the hash of every run of six words."""
    rolling = 0
    numbers = [_number(form) for form in forms]
    found: list[int] = []
    for at, number in enumerate(numbers):
        rolling = (rolling * _BASE + number) & _MASK
        if at >= RUN:
            rolling = (rolling - numbers[at - RUN] * _LEAVING) & _MASK
        if at >= RUN - 1:
            found.append(_stirred(rolling))
    return found


def fingerprints(forms: Sequence[str]) -> set[int]:
    """Return the fingerprints of a text, given its words; a text shorter than a run has none."""
    hashes = run_hashes(forms)
    if len(hashes) <= WINDOW:
        return {min(hashes)} if hashes else set()
    found: set[int] = set()
    smallest: deque[int] = deque()
    for at, value in enumerate(hashes):
        while smallest and hashes[smallest[-1]] >= value:
            smallest.pop()
        smallest.append(at)
        if smallest[0] <= at - WINDOW:
            smallest.popleft()
        if at >= WINDOW - 1:
            found.add(hashes[smallest[0]])
    return found
