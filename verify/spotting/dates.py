"""Finds dates and, where the publication date settles it, the day they mean."""

from __future__ import annotations

import re
from datetime import date, timedelta

from verify.spotting.assertion import DateMention
from verify.spotting.grammar import MONTHS, WEEKDAYS

_MONTH = "|".join(sorted((name for name in MONTHS), key=len, reverse=True))
_DAY = "|".join(WEEKDAYS)
_DATE = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})"
    rf"|(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?(?!\d|:)"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_MONTH})\b\.?(?:,?\s+(?P<year2>\d{{4}}))?"
    rf"|(?:(?P<shift>last|next|this)\s+)?(?P<weekday>{_DAY})\b(?:\s+(?:night|morning|evening|afternoon)\b)?"
    r"|(?P<relative>yesterday|today|tonight|tomorrow)\b)",
    re.IGNORECASE,
)
_HINT = re.compile(r"\d|day\b|night\b|tomorrow", re.IGNORECASE)
_OFFSETS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}


def _calendar_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _resolve(match: re.Match[str], published_on: date | None) -> date | None:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return _calendar_day(year, month, day)
    name = match["month"] or match["month2"]
    if name:
        return _resolve_day(match, MONTHS[name.lower()], published_on)
    if published_on is None:
        return None
    if match["relative"]:
        return published_on + timedelta(days=_OFFSETS[match["relative"].lower()])
    back = (published_on.weekday() - WEEKDAYS[match["weekday"].lower()]) % 7
    shift = (match["shift"] or "").lower()
    if shift == "next":
        return published_on + timedelta(days=7 - back)
    return published_on - timedelta(days=back + (7 if shift == "last" and back == 0 else 0))


def _resolve_day(match: re.Match[str], month: int, published_on: date | None) -> date | None:
    """A day without a year is the nearest one to the publication date that is not far ahead of it."""
    day = int(match["day"] or match["day2"])
    written = match["year"] or match["year2"]
    if written:
        return _calendar_day(int(written), month, day)
    if published_on is None:
        return None
    found = _calendar_day(published_on.year, month, day)
    if found and found - published_on > timedelta(days=90):
        return _calendar_day(published_on.year - 1, month, day)
    return found


def _iso(found: date | None) -> str | None:
    return found.isoformat() if found else None


def dates_in(text: str, start: int, end: int, published_on: date | None) -> tuple[DateMention, ...]:
    """Returns the dates inside `text[start:end]`; a weekday is the latest one up to the publication date."""
    if not _HINT.search(text, start, end):
        return ()
    return tuple(
        DateMention(match.group(), match.start(), match.end(), _iso(_resolve_safely(match, published_on)))
        for match in _DATE.finditer(text, start, end)
    )


def _resolve_safely(match: re.Match[str], published_on: date | None) -> date | None:
    try:
        return _resolve(match, published_on)
    except (OverflowError, ValueError):
        return None
