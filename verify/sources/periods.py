"""Periods with open ends, as ties have them. Pure."""

from __future__ import annotations

from datetime import date

Period = tuple[date | None, date | None]


def shared(first: Period, second: Period) -> Period | None:
    """The days that two periods have in common; None when there are none."""
    if not overlap(first, second):
        return None
    starts = [day for day in (first[0], second[0]) if day]
    ends = [day for day in (first[1], second[1]) if day]
    return max(starts, default=None), min(ends, default=None)


def overlap(first: Period, second: Period) -> bool:
    """Tell whether two periods have a day in common; an open end reaches for ever."""
    starts_in_time = first[0] is None or second[1] is None or first[0] <= second[1]
    ends_in_time = first[1] is None or second[0] is None or second[0] <= first[1]
    return starts_in_time and ends_in_time
