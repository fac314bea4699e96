"""How reliability went over time, as a drawing: steps from E to A, and gaps where nothing could be judged. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from verify.sources.reliability import Reliability, Stretch, height

WIDTH, HEIGHT = 1000, 100
_LANE = HEIGHT / 5


@dataclass(frozen=True)
class Bar:
    """One stretch: from where to where, and how high; `top` is None where nothing could be judged."""

    left: float
    width: float
    top: float | None
    grade: Reliability


@dataclass(frozen=True)
class Chart:
    """The drawing with the days at its two ends."""

    bars: Sequence[Bar]
    steps: Sequence[tuple[float, float, float]]
    first: date
    last: date


def chart(held: Sequence[Stretch], today: date) -> Chart | None:
    """The drawing of at least two stretches; a single one needs none."""
    if len(held) < 2:
        return None
    first, days = held[0].since, max((today - held[0].since).days, 1)

    def at(day: date) -> float:
        return round(WIDTH * min((day - first).days / days, 1), 1)

    bars = []
    for one in held:
        left, right = at(one.since), at(one.until or today)
        level = height(one.grade)
        top = None if level is None else round((5 - level) * _LANE + _LANE / 2, 1)
        bars.append(Bar(left, max(round(right - left, 1), 4.0), top, one.grade))
    steps = [
        (after.left, before.top, after.top)
        for before, after in pairwise(bars)
        if before.top is not None and after.top is not None
    ]
    return Chart(bars, steps, first, today)
