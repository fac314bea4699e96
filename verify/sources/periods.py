"""Periods with open ends, as ties have them. Pure."""

from __future__ import annotations

from datetime import date


def overlap(first: tuple[date | None, date | None], second: tuple[date | None, date | None]) -> bool:
    """Tell whether two periods have a day in common; an open end reaches for ever."""
    starts_in_time = first[0] is None or second[1] is None or first[0] <= second[1]
    ends_in_time = first[1] is None or second[0] is None or second[0] <= first[1]
    return starts_in_time and ends_in_time
