"""A claim or a question, read for matching: its words without their endings, its names, its figures, its day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from verify.reuse.words import carries_meaning, stem, words_of
from verify.spotting.grammar import MONTHS
from verify.spotting.numbers import TENS, UNITS

LONGEST = 5_000
"""Characters of a text that are read: a claim is a sentence or two, not a book."""
_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S*", re.IGNORECASE)
_SIGNED = re.compile(r"[—–-]{1,2}\s*(?P<who>[^\n—]{1,80}?\(@\w{1,30}\))\s*(?P<day>[^()@]{0,40})\s*\Z")
_DAY = re.compile(
    r"\b(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})"
    r"|(?P<day2>\d{1,2}) (?P<month2>[A-Za-z]{3,9})\.?,? (?P<year2>\d{4}))\b"
)
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d)")
_TAG = re.compile(r"[#@](\w+)")
_THOUSANDS = re.compile(r"(?<=\d)[,\u00a0\u202f](?=\d{3}(?!\d))")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_WORDED = re.compile(
    r"\b(?:(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](one|two|three|four|five|six|seven|"
    r"eight|nine))?|(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that may match: what it says, what a page about it is called, and the day it was checked or made."""

    id: str
    text: str
    title: str = ""
    subtitle: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: a text, who signed it, and the day it was said."""

    text: str
    signed: str = ""
    dated: date | None = None


def question(text: str, dated: date | None = None) -> Question:
    """Read a text that is looked for; a post's own signature, “— Name (@name) May 4, 2016”, is no part of it."""
    found = _SIGNED.search(text[-200:])
    if not found:
        return Question(text, "", dated)
    body = text[: max(0, len(text) - 200) + found.start()]
    return Question(body, found["who"], dated or day_in(found["day"]))


def day_in(written: str) -> date | None:
    """The day that stands in a short text such as “4 May 2016”, “May 4, 2016” or “2016-05-04”."""
    found = _DAY.search(written)
    if not found:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        month = MONTHS.get((found["month"] or found["month2"]).lower())
        day, year = found["day"] or found["day2"], found["year"] or found["year2"]
        return date(int(year), month, int(day)) if month else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Word:
    """One word: what it is compared by, how it is written, and whether it is written as a name."""

    form: str
    written: str
    name: bool


def read(text: str) -> list[Word]:
    """Return the words of a text that say something by themselves, in order."""
    plain = prepared(text)
    found = words_of(plain)
    words: list[Word] = []
    last = 0
    opens = True
    for form, start, end in zip(found.forms, found.starts, found.ends, strict=True):
        opens = opens or _ends_sentence(plain, last, start)
        key = compared(form)
        if key:
            words.append(Word(key, plain[start:end], plain[start].isupper() and not opens))
        last, opens = end, False
    return words


def prepared(text: str) -> str:
    """Take addresses out, tags apart, and write every figure in one way."""
    text = text[:LONGEST]
    if "/" in text or "www" in text:
        text = _ADDRESS.sub(" ", text)
    if "#" in text or "@" in text:
        text = _TAG.sub(lambda tag: " " + _GLUED.sub(" ", tag[1].replace("_", " ")) + " ", text)
    text = _WORDED.sub(_in_digits, text)
    return _POINT.sub("p", _THOUSANDS.sub("", text))


def _in_digits(worded: re.Match[str]) -> str:
    if worded[3]:
        return str(UNITS[worded[3].lower()])
    return str(TENS[worded[1].lower()] + (UNITS[worded[2].lower()] if worded[2] else 0))


def _ends_sentence(text: str, last: int, start: int) -> bool:
    between = text[last:start]
    return any(mark in between for mark in ".!?:\n")


@lru_cache(maxsize=262_144)
def compared(form: str) -> str:
    """Return what a word is compared by; nothing for one that says nothing by itself."""
    if not carries_meaning(form):
        return ""
    if form[0].isdigit():
        return form.removesuffix("th") if form[:-2].isdigit() else form
    return stem(form) if len(form) > 1 or not form.isascii() else ""


def folded(text: str) -> str:
    """A text whatever its case and spaces: what is alike then is the same, word for word."""
    return " ".join(text.casefold().split())


def is_figure(form: str) -> bool:
    """Whether a word is a number."""
    return form[0].isdigit()


def shown(written: str) -> str:
    """A word as people read it: a decimal point is a point again."""
    return re.sub(r"(?<=\d)p(?=\d)", ".", written)
