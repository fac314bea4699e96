"""What a person typed into the box, read: words, “phrases”, -exclusions and fields. Pure; nothing typed is an error.

What cannot be meant as written is said in a note, and the rest is searched all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from verify.search.words import says_something, words_of

LONGEST, MOST_WORDS, LONGEST_WORD = 1_000, 24, 60
_UNFINISHED = 3  # letters from which the last word may be the beginning of a longer one
FIELDS = ("status", "rating", "source", "by", "before", "after", "in", "has", "investigation")
_PART = re.compile(
    r"""(?P<no>[-\u2212](?=[^\s-]))?
    (?:(?P<name>[^\W\d_]+):(?!//))?
    (?: ["\u201c\u201d\u201e\u00ab](?P<phrase>[^"\u201c\u201d\u00bb]*)["\u201c\u201d\u00bb] | (?P<word>\S*) )""",
    re.VERBOSE,
)
_QUOTES = re.compile('["\u201c\u201d\u201e\u00ab\u00bb]')


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word, or words that stand side by side. `exact` leaves other forms and spellings aside."""

    words: tuple[str, ...]
    exact: bool = False
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field with what it is to be; `excluded` asks for anything else."""

    name: str
    value: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, read."""

    typed: str = ""
    wanted: tuple[Wanted, ...] = ()
    excluded: tuple[Wanted, ...] = ()
    fields: tuple[Field, ...] = ()
    notes: tuple[str, ...] = ()

    def asks(self) -> bool:
        """Whether there is anything to look for: exclusions alone would leave nearly everything."""
        return bool(self.wanted or self.fields)

    @property
    def text(self) -> str:
        """The words alone, as a claim would be worded; nothing where fields or exclusions say it is a search."""
        return "" if self.fields or self.excluded else self.typed


def read(typed: str) -> Query:
    """Read what a person typed."""
    plain = "".join(sign if sign.isprintable() else " " for sign in typed[: LONGEST + 1])
    notes: list[str] = []
    if len(typed) > LONGEST:
        plain = plain[:LONGEST].rsplit(" ", 1)[0] + " "
        notes.append(f"Only the first {LONGEST:,} characters were read.")
    if len(_QUOTES.findall(plain)) % 2:
        notes.append("One quotation mark has no partner, so the words after it are searched one by one.")
    parts = _parts(plain)
    fields, unknown = _fields(parts)
    wanted, excluded = _wanted(plain, parts)
    if unknown:
        known = ", ".join(f"{name}:" for name in FIELDS)
        notes.append(f"There is no field {' or '.join(unknown)}. Known are {known}.")
    if sum(len(one.words) for one in wanted) > MOST_WORDS:
        notes.append(f"Only the first {MOST_WORDS} words are searched.")
        wanted = _first(wanted)
    if not wanted and not fields:
        notes += _nothing(plain, excluded, bool(unknown))
    return Query(" ".join(plain.split()), tuple(wanted), tuple(excluded), tuple(fields), tuple(notes))


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    text: str
    quoted: bool
    excluded: bool
    end: int


def _parts(plain: str) -> list[_Part]:
    return list(_each(plain))


def _each(plain: str) -> Iterator[_Part]:
    at = 0
    while at < len(plain):
        if plain[at].isspace():
            at += 1
            continue
        found = _PART.match(plain, at)
        if found is None or found.end() == at:  # no sign can lead here, and none may stop the reading
            at += 1
            continue
        name, phrase, word = (found["name"] or "").lower(), found["phrase"], found["word"] or ""
        quoted = phrase is not None
        if name and not quoted and not word and name not in FIELDS:
            name, word = "", found["name"]  # “Taliban: we hold the valley” names no field
        yield _Part(name, phrase if quoted else word, quoted, bool(found["no"]), found.end())
        at = found.end()


def _fields(parts: list[_Part]) -> tuple[list[Field], list[str]]:
    fields = [Field(part.name, part.text.strip(), part.excluded) for part in parts if part.name in FIELDS]
    unknown = [f"“{part.name}:”" for part in parts if part.name and part.name not in FIELDS]
    return fields, list(dict.fromkeys(unknown))


def _wanted(plain: str, parts: list[_Part]) -> tuple[list[Wanted], list[Wanted]]:
    """What is asked for and what is left out. Words that say nothing stay only where there are no others."""
    wanted: list[Wanted] = []
    excluded: list[Wanted] = []
    for part in parts:
        words = tuple(word[:LONGEST_WORD] for word in words_of(part.text))[:MOST_WORDS]
        if part.name or not words:
            continue
        last = part.end == len(plain) and len(words[-1]) >= _UNFINISHED
        unfinished = not part.quoted and (part.text.endswith("*") or (last and not part.excluded))
        one = Wanted(words, part.quoted or len(words) > 1, unfinished)
        (excluded if part.excluded else wanted).append(one)
    telling = [one for one in wanted if len(one.words) > 1 or one.exact or says_something(one.words[0])]
    return _once(telling or wanted), _once(excluded)


def _once(wanted: list[Wanted]) -> list[Wanted]:
    """Each as it was typed first."""
    first: dict[tuple[tuple[str, ...], bool], Wanted] = {}
    for one in wanted:
        first.setdefault((one.words, one.exact), one)
    return list(first.values())


def _first(wanted: list[Wanted]) -> list[Wanted]:
    kept: list[Wanted] = []
    for one in wanted:
        if sum(len(other.words) for other in kept) + len(one.words) > MOST_WORDS:
            break
        kept.append(one)
    return kept


def _nothing(plain: str, excluded: list[Wanted], named: bool) -> list[str]:
    if excluded:
        return ["Say what to look for as well: leaving words out alone would show nearly everything."]
    return [] if named or not plain.strip() else ["There is no word in this to look for."]
