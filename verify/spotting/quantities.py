"""Finds figures that count something, with their bound: "nearly 700 fighters", "hundreds of casualties"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from verify.spotting.assertion import Quantity, Span
from verify.spotting.grammar import words_of
from verify.spotting.numbers import TENS, UNITS

_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 1000,
    "m": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "tn": 10**12,
    "dozen": 12,
}
_SMALL = "|".join(sorted([*UNITS, *TENS], key=len, reverse=True))
_WORDED = rf"(?:{_SMALL})(?:[- ](?:{_SMALL}))?(?:[- ]hundred(?:\s+and\s+(?:{_SMALL})(?:-(?:{_SMALL}))?)?)?"
_DIGITS = r"\d{1,3}(?:[,\u00a0 ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_VAGUE = (
    "tens of thousands|hundreds of thousands|tens of millions|hundreds of millions|tens of billions|"
    "(?:several|a few) (?:dozen|hundred|thousand|million)|"
    "thousands|hundreds|dozens|scores|millions|billions"
)
_BOUND = (
    "more than|fewer than|less than|up to|as many as|as much as|"
    "as few as|no more than|no fewer than|not more than|at least|"
    "at most|close to|upwards of|in excess of|just under|just over|"
    "well over|nearly|almost|about|around|approximately|roughly|"
    "some|over|under|above|below|an estimated|estimated|only|"
    "exactly|another|a further|an additional|additional|between|"
    "a total of|the first|possibly|circa|maybe|perhaps|as little as|a maximum of|a minimum of"
)
_QUANTITY = re.compile(
    rf"(?<![\w.,/:-])(?:(?P<bound>{_BOUND})\s+)?"
    rf"(?:(?P<vague>{_VAGUE})\b"
    rf"|(?P<money>(?:US|A|C|NZ)?[$£€])?(?P<value>{_DIGITS}|{_WORDED}|"
    rf"a(?=\s+dozen\b|\s+(?:hundred|thousand|million|billion)\b))"
    rf"(?:\s?(?:-|–|—|\bto|\band|\bor)\s?(?:US|A|C)?[$£€]?(?P<upper>{_DIGITS}|(?:{_SMALL})\b))?"
    rf"(?:[\s-]?(?P<scale>hundred thousand|hundred|thousand|"
    rf"million|billion|trillion|dozen|mn|bn|tn|k|m|b)\b)?"
    rf"(?P<percent>\s?%|\s+per\s?cent\b|\s+percentage points?\b)?)(?![\w/:]|[.,]\d|-\d)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_WORDS = (frozenset([*UNITS, *TENS, *_SCALES]) - {"one", "k", "m", "b"}) | words_of(
    "hundreds thousands millions billions dozens scores tens half third thirds quarter quarters fifth tenth"
)
_MARKS = str.maketrans(dict.fromkeys("-–—,.;:!?()\"“”‘’'", " "))
_SHARE = re.compile(
    r"\b(?:(?P<bound>almost|nearly|about|around|roughly|more than|less than|over|under|up to|at least|some)\s+)?"
    r"(?:(?P<half>half)|(?:(?P<top>a|one|two|three)[ -])(?P<part>third|quarter|fifth|tenth)s?)\b"
    r"(?=\s+(?:of|the|its|their|all)\b)"
    r"|\bone in (?P<every>three|four|five|six|seven|eight|nine|ten|\d{1,4})\b",
    re.IGNORECASE,
)
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_OR_MORE = re.compile(
    r"\s+or\s+(?:(?P<least>more|over|above|older|longer|higher)|(?P<about>so)|"
    r"(?P<most>fewer|less|under|below|younger))\b|(?P<odd>-odd)\b"
)
_MEASURE = re.compile(
    r"[\s-](?P<unit>kilomet(?:re|er)s?|km|miles?|met(?:re|er)s?|centimet(?:re|er)s?|cm|feet|foot|ft|inch(?:es)?|yards?|"
    r"tonnes?|tons?|kilograms?|kilos?|kg|grams?|pounds?|lbs?|ounces?|lit(?:re|er)s?|gallons?|barrels?|acres?|"
    r"hectares?|square\s(?:kilomet(?:re|er)s|miles|met(?:re|er)s|feet)|degrees?|"
    r"seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|centuries|"
    r"dollars?|euros?|cents?|pence|pounds|crowns?|kron[ae]|roubles?|rubles?|rupees?|yen|yuan|lira|dirhams?|pesos?|francs?|"
    r"megawatts?|gigawatts?|MW|GW|volts?|calories|mph|km/h|knots)\b(?![’']\s?\w*\s+imprison)",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|"
    r"june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_SHOUTED_BEFORE = re.compile(r"\b[A-Z]{2,}\s\Z")
_LABEL_BEFORE = re.compile(
    rf"(?:\b(?P<month>{_MONTH}\.?)|\b(?:since|until|"
    rf"early|late|mid|article|section|page|no\.?|number|"
    r"chapter|route|flight|room|channel|boeing|apollo|covid|"
    r"psalm|local|phase|level|class|grade|type|area|unit))\s+$",
    re.IGNORECASE,
)
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b", re.IGNORECASE)
_CLOCK_AFTER = re.compile(r"\s?(?:[ap]\.?m\b|o[’']clock|GMT|BST|EST|hrs?\b(?! ago))", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:\s+(?:of|more|other|additional|further|the|its|their|his|these|those|"
    r"about|people who))*((?:[\s-]+(?!(?:and|or|had|have|has|were|was|are|is|be|"
    r"in|on|at|by|to|from|for|with|during|since|as|after|before|"
    r"while|who|that|which|when|per|over|arrested|captured|killed|fled|died|fell|left|took|came|went|got|had|overran|overrun|wounded|"
    r"injured|said|into|near|across|inside|between|against|under|out|up|"
    r"down|but|than|then|ago|would|will|could)\b)\w+(?:[’'-]\w+)*){1,3})"
)


def _worded(words: str) -> int | None:
    total = current = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in UNITS:
            current += UNITS[word]
        elif word in TENS:
            current += TENS[word]
        elif word == "hundred":
            current = max(1, current) * 100
        elif word == "a":
            current = 1
        elif word != "and":
            return None
    return total + current


def _number(written: str, scale: str | None) -> int | float | None:
    if not scale and len(written) <= 18 and written.isascii() and written.isdigit():
        return int(written)
    digits = re.sub(r"[,\s\u00a0]", "", written)
    value: int | Decimal | None
    if digits[:1].isdigit():
        if not digits.isascii() or len(digits) > 18:
            return None
        value = Decimal(digits) if "." in digits else int(digits)
    else:
        value = _worded(written)
    if value is None:
        return None
    for part in (scale or "").lower().split():
        value = value * _SCALES[part]
    return int(value) if value == int(value) else float(value)


def _is_calendar(text: str, match: re.Match[str], value: int | float) -> bool:
    """Tells whether the figure is a year, a day, a clock time or a label rather than a count."""
    if match["money"] or match["percent"] or match["scale"] or not match["value"][0].isdigit():
        return False
    start = match.start("value")
    end, limit = match.end(), match.end() + 16
    if _CLOCK_AFTER.match(text, end, limit) or _MONTH_AFTER.match(text, end, limit):
        return True
    if (
        isinstance(value, int)
        and 1700 <= value <= 2099
        and "," not in match["value"]
        and (not match["bound"] or match["upper"] or match["bound"].lower() in ("about", "around", "between"))
    ):
        return True
    before = text[max(0, start - 14) : start]
    if not before or not before[-1].isspace() or (not before[-2:-1].isalpha() and before[-2:-1] != "."):
        return False
    if _SHOUTED_BEFORE.search(before) and not match["bound"] and not _COUNTED.match(text, end, limit):
        return True  # FTSE 100
    named = _LABEL_BEFORE.search(before)
    if named and named["month"]:
        return True
    return bool(named) and not _COUNTED.match(text, end, limit)


def _counted(text: str, end: int, limit: int) -> str:
    match = _COUNTED.match(text, end, min(limit, end + 60))
    words = match.group(1).split() if match else []
    plural = next(
        (
            at
            for at, word in enumerate(words)
            if word.endswith("s") or word in ("people", "men", "women", "children")
        ),
        None,
    )
    return " ".join(words[: plural + 1] if plural is not None else words)


def _bound(text: str, match: re.Match[str], limit: int) -> tuple[str, int]:
    """Returns the bound, before the figure or behind it ("60 or over"), and where the figure ends."""
    bound = " ".join((match["bound"] or "").lower().split())
    after = _OR_MORE.match(text, match.end(), min(limit, match.end() + 20))
    if after and not bound:
        bound = "at least" if after["least"] else "at most" if after["most"] else "about"
    return "" if bound == "the first" else bound, after.end() if after else match.end()


def _one(text: str, match: re.Match[str], limit: int) -> Quantity | None:
    bound, end = _bound(text, match, limit)
    if match["vague"]:
        value = " ".join(match["vague"].lower().split())
        return _quantity(text, (match.start(), end), limit, value, bound)
    number = _number(match["value"], match["scale"])
    if number is None or _is_calendar(text, match, number):
        return None
    if match["value"].lower() == "one" and not match["scale"] and not bound:
        return None
    joined = match["upper"] and (bound == "between" or not re.search(r"\band\b", match.group()))
    upper = _number(match["upper"], match["scale"]) if joined else None
    unit = match["money"] or ("%" if match["percent"] else "")
    if upper is not None and upper < number:
        return None  # won 3-2
    bound = "range" if upper is not None and not bound else bound
    return _quantity(text, (match.start(), end), limit, number, bound, upper, unit)


def _quantity(
    text: str,
    span: Span,
    limit: int,
    value: int | float | str,
    bound: str,
    upper: int | float | None = None,
    unit: str = "",
) -> Quantity:
    """Reads the unit and what is counted from behind the figure."""
    start, end = span
    behind = end
    if not unit and (measure := _MEASURE.match(text, end, min(limit, end + 24))):
        unit, behind = measure["unit"], measure.end()
        what = _counted(text, behind, limit) if text[behind : behind + 4] == " of " else ""
    elif unit and unit != "share":
        what = _counted(text, end, limit) if text[end : end + 4] == " of " else ""
    else:
        what = _counted(text, end, limit)
    return Quantity(value, what, bound, text[start:end], start, end, upper, unit)


def _shares_in(text: str, start: int, end: int) -> list[Quantity]:
    """Finds "half of the voters", "two-thirds of its staff" and "one in three pensioners"."""
    found = []
    for match in _SHARE.finditer(text, start, end):
        if match["every"]:
            of = _number(match["every"], None)
            value = round(1 / of, 4) if of else 0.0
        else:
            top = 0.5 if match["half"] else (_worded(match["top"]) or 1)
            value = round(top / _PARTS.get((match["part"] or "").lower(), 1), 4)
        bound = " ".join((match["bound"] or "").lower().split())
        found.append(_quantity(text, match.span(), end, value, bound, unit="share"))
    return found


def quantities_in(text: str, start: int, end: int) -> tuple[Quantity, ...]:
    """Returns the figures inside `text[start:end]` in order; years, dates and clock times are left out."""
    if not _DIGIT.search(text, start, end) and _WORDS.isdisjoint(
        text[start:end].lower().translate(_MARKS).split()
    ):
        return ()
    shares = _shares_in(text, start, end)
    found = [one for match in _QUANTITY.finditer(text, start, end) if (one := _one(text, match, end))]
    return tuple(_apart(sorted([*shares, *found], key=lambda one: (one.start, one.unit != "share"))))


def _apart(figures: list[Quantity]) -> Iterator[Quantity]:
    """Yields the figures that do not overlap one before them: "one in three" leaves no "three"."""
    end = -1
    for figure in figures:
        if figure.start >= end:
            yield figure
            end = figure.end
