"""Finds figures that count something, with their bound: "nearly 700 fighters", "hundreds of casualties"."""

from __future__ import annotations

import re

from verify.spotting.assertion import Quantity

_UNITS = {
    name: number
    for number, name in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    name: 10 * number
    for number, name in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
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
_SMALL = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_WORDED = rf"(?:{_SMALL})(?:[- ](?:{_SMALL}))?(?:[- ]hundred(?:\s+and\s+(?:{_SMALL})(?:-(?:{_SMALL}))?)?)?"
_DIGITS = r"\d{1,3}(?:[,\u00a0 ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?"
_VAGUE = (
    "tens of thousands|hundreds of thousands|tens of millions|hundreds "
    "of millions|thousands|hundreds|dozens|scores|millions|billions"
)
_BOUND = (
    "more than|fewer than|less than|up to|as many as|as much as|"
    "as few as|no more than|no fewer than|not more than|at least|"
    "at most|close to|upwards of|in excess of|just under|just over|"
    "well over|nearly|almost|about|around|approximately|roughly|"
    "some|over|under|above|below|an estimated|estimated|only|"
    "exactly|another|a further|an additional|additional|between|"
    "a total of|the first|possibly|circa|maybe"
)
_QUANTITY = re.compile(
    rf"(?<![\w.,/:-])(?:(?P<bound>{_BOUND})\s+)?"
    rf"(?:(?P<vague>{_VAGUE})\b"
    rf"|(?P<money>(?:US|A|C|NZ)?[$£€])?(?P<value>{_DIGITS}|{_WORDED}|"
    rf"a(?=\s+dozen\b|\s+(?:hundred|thousand|million|billion)\b))"
    rf"(?:\s?(?:-|–|—|to|and)\s?(?:US|A|C)?[$£€]?(?P<upper>{_DIGITS}))?"
    rf"(?:[\s-]?(?P<scale>hundred thousand|hundred|thousand|"
    rf"million|billion|trillion|dozen|mn|bn|tn|k|m|b)\b)?"
    rf"(?P<percent>\s?%|\s+per\s?cent\b|\s+percentage points?\b)?)(?![\w/:]|[.,]\d|-\d)",
    re.IGNORECASE,
)
_HINT = re.compile(rf"\d|\b(?:{_SMALL}|{_VAGUE}|dozen|million|billion|thousand|hundred)\b", re.IGNORECASE)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|"
    r"june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_MONTH_BEFORE = re.compile(
    rf"(?:\b{_MONTH}\.?|\b(?:since|in|from|until|by|to|of|and|"
    rf"early|late|mid|the|article|section|page|no\.?|number|"
    r"chapter|route|flight|room|channel|boeing|apollo|covid|"
    r"psalm|local|phase|level|class|grade|type|area|unit))\s+$",
    re.IGNORECASE,
)
_MONTH_AFTER = re.compile(rf"^(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b", re.IGNORECASE)
_CLOCK_AFTER = re.compile(r"^\s?(?:[ap]\.?m\b|o[’']clock|GMT|BST|EST|hrs?\b(?! ago))", re.IGNORECASE)
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
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word == "hundred":
            current = max(1, current) * 100
        elif word == "a":
            current = 1
        elif word != "and":
            return None
    return total + current


def _number(written: str, scale: str | None) -> int | float | None:
    digits = re.sub(r"[,\s\u00a0]", "", written)
    value: int | float | None
    if digits[:1].isdigit():
        if not digits.isascii() or len(digits) > 18:
            return None
        value = float(digits) if "." in digits else int(digits)
    else:
        value = _worded(written)
    if value is None:
        return None
    for part in (scale or "").lower().split():
        value = value * _SCALES[part]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _is_calendar(text: str, match: re.Match[str], value: int | float) -> bool:
    """Tells whether the figure is a year, a day, a clock time or a label rather than a count."""
    if match["money"] or match["percent"] or match["scale"] or not match["value"][0].isdigit():
        return False
    start = match.start("value")
    before, after = text[max(0, start - 14) : start], text[match.end() : match.end() + 16]
    if _CLOCK_AFTER.match(after) or _MONTH_AFTER.match(after):
        return True
    if (
        isinstance(value, int)
        and 1700 <= value <= 2099
        and "," not in match["value"]
        and (not match["bound"] or match["upper"] or match["bound"].lower() in ("about", "around", "between"))
    ):
        return True
    if re.search(r"\b[A-Z]{2,}\s$", before) and not match["bound"] and not _COUNTED.match(after):
        return True  # FTSE 100
    named = _MONTH_BEFORE.search(before)
    if named and re.search(rf"{_MONTH}\.?\s+$", before, re.IGNORECASE):
        return True
    return bool(named) and not _COUNTED.match(after)


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


def _one(text: str, match: re.Match[str], limit: int) -> Quantity | None:
    bound = " ".join((match["bound"] or "").lower().split())
    if bound in ("the first",):
        bound = ""
    if match["vague"]:
        value: int | float | str = " ".join(match["vague"].lower().split())
        return Quantity(
            value, _counted(text, match.end(), limit), bound, match.group(), match.start(), match.end()
        )
    number = _number(match["value"], match["scale"])
    if number is None or _is_calendar(text, match, number):
        return None
    if match["value"].lower() == "one" and not match["scale"] and not bound:
        return None
    joined = match["upper"] and (bound == "between" or not re.search(r"\band\b", match.group()))
    upper = _number(match["upper"], match["scale"]) if joined else None
    what = match["money"] or ("per cent" if match["percent"] else "") or _counted(text, match.end(), limit)
    return Quantity(
        number,
        what,
        "range" if upper is not None and not bound else bound,
        match.group(),
        match.start(),
        match.end(),
        upper,
    )


def quantities_in(text: str, start: int, end: int) -> tuple[Quantity, ...]:
    """Returns the figures inside `text[start:end]` in order; years, dates and clock times are left out."""
    if not _HINT.search(text, start, end):
        return ()
    found = (_one(text, match, end) for match in _QUANTITY.finditer(text, start, end))
    return tuple(quantity for quantity in found if quantity)
