"""Which claims are worth a closer look: those that hold most of a question's words, and those of the same days."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from verify.similarity.asking import Asked
from verify.similarity.index import UNDATED, Index, Numbers

BY_WORDS, BY_DAYS = 100, 50
BEFORE, AFTER = 7, 45


def candidates(index: Index, asked: Asked) -> tuple[NDArray[np.int64], Numbers]:
    """Return the claims to look at closely, in the order of the index, and how well words are found in each."""
    found = index.gather(asked.weighted)
    chosen = _best(found, BY_WORDS)
    if asked.day >= 0:
        near = (
            (index.days != UNDATED) & (index.days >= asked.day - BEFORE) & (index.days <= asked.day + AFTER)
        )
        chosen = np.union1d(chosen, _best(np.where(near, found, 0), BY_DAYS))
    return chosen, found


def _best(found: Numbers, many: int) -> NDArray[np.int64]:
    """The claims in which most is found; of those alike, the first in the index."""
    if len(found) > many:
        limit = np.partition(found, len(found) - many)[len(found) - many]
        above = np.flatnonzero(found > limit)
        level = np.flatnonzero(found == limit)[: many - len(above)] if limit > 0 else above[:0]
        return np.sort(np.concatenate([above, level]))
    return np.flatnonzero(found > 0)
