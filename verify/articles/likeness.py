"""Which texts are nearly the same: shingles, MinHash and bands for candidates, Jaccard for the answer.

An article's bands are rows with an index, so candidates are found without reading other texts, and only
the candidates' texts are compared.
"""

import hashlib
import re
from collections.abc import Iterable

METHOD = "shingles-5/minhash-126/bands-42x3/1"
# Share of common five-word runs from which a person is told; the bands find such a pair 99.6 % of the time.
NEAR = 0.5
BANDS = 42
ROWS = 3
_SHINGLE = 5
_SEED = 20210906
# Scripts written without spaces between words: one character stands for a word.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a frozen text: equal only for exactly the same text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def shingles(text: str) -> frozenset[str]:
    """Return the runs of five words in a text, case and punctuation aside."""
    words = _WORD.findall(text.casefold())
    if len(words) <= _SHINGLE:
        return frozenset({" ".join(words)} if words else ())
    return frozenset(" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def bands(runs: Iterable[str]) -> list[int]:
    """Return the bucket of each band, the same in every process; no runs, no bands."""
    # Imported here: only intake needs it.
    from rensa import RMinHash

    tokens = sorted(runs)
    if not tokens:
        return []
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    sketch.update(tokens)
    digest = sketch.digest()
    return [_bucket(digest[at : at + ROWS]) for at in range(0, BANDS * ROWS, ROWS)]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Jaccard similarity of two sets of runs: 1.0 for the same, 0.0 for nothing in common."""
    if not one or not other:
        return 0.0
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def _bucket(rows: list[int]) -> int:
    """Return a signed 64-bit number for a band, as both databases store one."""
    packed = b"".join(value.to_bytes(8, "big") for value in rows)
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "big", signed=True)
