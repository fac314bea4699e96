"""Shares that say how sure they are, and the middle of some times. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

_Z95 = 1.959964
FEW = 10  # below this many, a share says little


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share, from 0 to 1; none of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval: where the true share lies, 95 times of a hundred, if these were drawn by chance."""
        if not self.whole:
            return None
        n, share, z2 = self.whole, self.part / self.whole, _Z95 * _Z95
        middle = (share + z2 / (2 * n)) / (1 + z2 / n)
        reach = _Z95 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
        low = 0.0 if self.part == 0 else max(0.0, middle - reach)
        high = 1.0 if self.part == n else min(1.0, middle + reach)
        return low, high

    @property
    def few(self) -> bool:
        """Whether these are too few to say much."""
        return 0 < self.whole < FEW


def quantile(sorted_values: Sequence[float], share: float) -> float | None:
    """Returns the smallest value that at least this share of all values do not exceed; none of nothing."""
    if not sorted_values:
        return None
    return sorted_values[max(0, ceil(share * len(sorted_values)) - 1)]
