"""Finds dates and, where the publication date settles it, the day they mean or the stretch of days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from verify.spotting.assertion import DateMention
from verify.spotting.grammar import MONTHS, WEEKDAYS, words_of

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_FULL_MONTH = "|".join(
    month.capitalize() for month in MONTHS if len(month) > 4 or month in ("june", "july", "may")
)
_WEEKDAY = "|".join(WEEKDAYS)
_SMALL = {
    word: at
    for at, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1
    )
}
_SMALL |= {"a": 1, "an": 1, "a couple of": 2}
_COUNT = "|".join(sorted(_SMALL, key=len, reverse=True))
_PART = r"(?:\s+(?:night|morning|evening|afternoon)\b)?"
_DATE = re.compile(
    rf"\b(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    rf"|(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}}))?(?!\d|:)"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{_MONTH})\b\.?(?:,?\s+(?P<year2>\d{{4}}))?"
    rf"|(?:(?P<shift>last|next|this)\s+)?(?P<weekday>{_WEEKDAY})\b{_PART}"
    rf"|(?P<relative>yesterday|today|tomorrow)\b{_PART}|(?P<tonight>tonight)\b"
    r"|(?:earlier\s+)?(?P<turn>last|this|next)\s+(?P<unit>week|month|year|weekend|night|summer|winter|spring|autumn)\b"
    rf"|(?P<count>{_COUNT}|\d{{1,2}})\s+(?P<units>day|week|month|year)s?\s+(?P<way>ago|earlier|later)\b)",
    re.IGNORECASE,
)
_STRETCH = re.compile(
    rf"\b(?:(?P<part>[Ll]ate|[Ee]arly|[Mm]id)[- ])?(?P<name>{_FULL_MONTH})\b(?!\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d))"
    r"(?:,?\s+(?P<of>\d{4}))?(?!\s+[A-Z])"
)
_BEFORE_MONTH = words_of(
    "in since until by before after from to during through of and last next this between"
)
_DIGIT = re.compile(r"\d")
_STEMS = (
    *("day", "night", "week", "month", "year", "ago", "earlier", "later", "tomorrow"),
    *("janu", "febr", "march", "april", "may", "june", "july", "augu", "sept", "octo", "nove", "dece"),
    *("summer", "winter", "spring", "autumn"),
)
_OFFSETS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_FAR_AHEAD = timedelta(days=90)

Stretch = tuple[date, date]


def _month(year: int, month: int) -> Stretch:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _day(found: date | None) -> Stretch | None:
    return (found, found) if found else None


def _resolve(match: re.Match[str], published_on: date | None, before: date | None) -> Stretch | None:
    if match["iso"]:
        return _day(date.fromisoformat(match["iso"]))
    name = match["month"] or match["month2"]
    if name:
        return _day(_calendar_day(match, MONTHS[name.lower()], published_on))
    if match["way"]:
        return _counted(match, published_on, before)
    if published_on is None:
        return None
    if match["relative"] or match["tonight"]:
        return _day(published_on + timedelta(days=_OFFSETS.get((match["relative"] or "").lower(), 0)))
    if match["weekday"]:
        return _day(_weekday(match, published_on))
    return _turn(match["turn"].lower(), match["unit"].lower(), published_on)


def _weekday(match: re.Match[str], published_on: date) -> date:
    back = (published_on.weekday() - WEEKDAYS[match["weekday"].lower()]) % 7
    shift = (match["shift"] or "").lower()
    if shift == "next":
        return published_on + timedelta(days=7 - back)
    return published_on - timedelta(days=back + (7 if shift == "last" and back == 0 else 0))


def _turn(turn: str, unit: str, published_on: date) -> Stretch | None:
    """The week, month or year before, of or after the publication date; seasons are left open."""
    step = {"last": -1, "this": 0, "next": 1}[turn]
    if unit == "night":
        return _day(published_on + timedelta(days=step))
    if unit in ("week", "weekend"):
        monday = published_on - timedelta(days=published_on.weekday()) + timedelta(weeks=step)
        return monday + timedelta(days=0 if unit == "week" else 5), monday + timedelta(days=6)
    if unit == "month":
        return _month(published_on.year, published_on.month + step)
    if unit == "year":
        return date(published_on.year + step, 1, 1), date(published_on.year + step, 12, 31)
    return None


def _counted(match: re.Match[str], published_on: date | None, before: date | None) -> Stretch | None:
    """ "Three days ago" counts from the publication, "two days earlier" from the date named before it."""
    way, unit = match["way"].lower(), match["units"].lower()
    base = published_on if way == "ago" else before
    if base is None:
        return None
    written = match["count"].lower()
    count = int(written) if written.isdigit() else _SMALL[written]
    count = count if way == "later" else -count
    if unit == "day":
        return _day(base + timedelta(days=count))
    if unit == "week":
        found = base + timedelta(weeks=count)
        return found - timedelta(days=found.weekday()), found + timedelta(days=6 - found.weekday())
    if unit == "month":
        return _month(base.year, base.month + count)
    return date(base.year + count, 1, 1), date(base.year + count, 12, 31)


def _calendar_day(match: re.Match[str], month: int, published_on: date | None) -> date | None:
    """A day without a year is the nearest one to the publication date that is not far ahead of it."""
    day = int(match["day"] or match["day2"])
    written = match["year"] or match["year2"]
    if written:
        return date(int(written), month, day)
    if published_on is None:
        return None
    found = date(published_on.year, month, day)
    return date(published_on.year - 1, month, day) if found - published_on > _FAR_AHEAD else found


def _whole_month(match: re.Match[str], published_on: date | None) -> Stretch | None:
    """ "In August" or "late August 2020": a month without a year is the nearest, past before future."""
    month = MONTHS[match["name"].lower()]
    if match["of"]:
        first, last = _month(int(match["of"]), month)
    elif published_on is None:
        return None
    else:
        first, last = _month(published_on.year, month)
        if first - published_on > _FAR_AHEAD:
            first, last = _month(published_on.year - 1, month)
    part = (match["part"] or "").lower()
    if part == "early":
        return first, first.replace(day=10)
    if part == "late":
        return first.replace(day=21), last
    return (first.replace(day=11), first.replace(day=20)) if part else (first, last)


def _mention(match: re.Match[str], found: Stretch | None) -> DateMention:
    day = found[0].isoformat() if found else None
    until = found[1].isoformat() if found and found[1] != found[0] else None
    return DateMention(match.group(), match.start(), match.end(), day, until)


def dates_in(
    text: str, start: int, end: int, published_on: date | None, before: date | None = None
) -> tuple[DateMention, ...]:
    """Returns the dates inside `text[start:end]`; a weekday is the latest one up to the publication date.

    "Two days earlier" counts from the date named before it, at first from `before`.
    """
    if not _DIGIT.search(text, start, end):
        lowered = text[start:end].lower()
        if not any(stem in lowered for stem in _STEMS):
            return ()
    found: list[DateMention] = []
    for match in _DATE.finditer(text, start, end):
        try:
            stretch = _resolve(match, published_on, before)
        except (OverflowError, ValueError):
            stretch = None
        found.append(_mention(match, stretch))
        before = stretch[0] if stretch else before
    found += _months(text, start, end, published_on, found)
    return tuple(sorted(found, key=lambda mention: mention.start))


def _months(
    text: str, start: int, end: int, published_on: date | None, taken: list[DateMention]
) -> list[DateMention]:
    months: list[DateMention] = []
    spans = iter(taken)
    last = next(spans, None)
    for match in _STRETCH.finditer(text, start, end):
        while last and last.end <= match.start("name"):
            last = next(spans, None)
        if last and last.start <= match.start("name"):
            continue
        if not match["part"] and not match["of"] and _is_name(text, match, start):
            continue
        try:
            stretch = _whole_month(match, published_on)
        except (OverflowError, ValueError):
            stretch = None
        months.append(_mention(match, stretch))
    return months


def _is_name(text: str, match: re.Match[str], start: int) -> bool:
    """Tells a person called April or June from a month: no word before it that a date takes."""
    before = text[max(start, match.start() - 12) : match.start()].lower().split()
    return not before or before[-1] not in _BEFORE_MONTH
