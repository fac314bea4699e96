"""Assertions as a table for the terminal: side by side where there is room, one below the other where not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

import click

from verify.spotting.assertion import Assertion, DateMention, Hop, Quantity
from verify.spotting.methods import in_words

WIDE, WIDEST, NARROWEST = 96, 148, 32
_GUTTER = 13  # number, worth
_MODES = {"direct": "quoted", "mixed": "partly quoted", "indirect": "paraphrased", "own-voice": "own voice"}
_WORTH_MARKS = "▁▂▃▄▅▆▇█"
_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
Style = Callable[..., str]


def table(assertions: Sequence[Assertion], width: int, *, colour: bool = False) -> str:
    """Returns the table, at most `width` columns wide; without colour it holds no control sequence at all."""
    style: Style = click.style if colour else _plain
    width = min(max(width, NARROWEST), WIDEST)
    lines = [*_head(width, style)] if assertions else []
    for number, found in enumerate(assertions, 1):
        lines += _entry(number, found, width, style)
        lines.append("")
    return "\n".join([*lines, *_foot(assertions, width, style)])


def _plain(text: str, **_style: object) -> str:
    return text


def _columns(width: int) -> tuple[int, int]:
    """How wide what is asserted and who says so are; they are the same column where it is narrow."""
    room = width - _GUTTER
    if width < WIDE:
        return room, room
    left = (room - 2) * 11 // 20
    return left, room - 2 - left


def _head(width: int, style: Style) -> Iterator[str]:
    left, _ = _columns(width)
    words = "   No  worth ".ljust(_GUTTER)
    words += (
        "what is asserted".ljust(left + 2) + "who says so, and how" if width >= WIDE else "what is asserted"
    )
    yield style(words.rstrip(), dim=True)
    yield style("─" * width, dim=True)


Cell = tuple[str, dict[str, object]]


def _entry(number: int, found: Assertion, width: int, style: Style) -> list[str]:
    left, right = _columns(width)
    said: list[Cell] = [(line, {"bold": True}) for line in wrapped(found.statement, left)]
    said.append((f"characters {found.start}–{found.end}", {"dim": True}))
    who: list[Cell] = [(line, {"fg": "cyan"}) for line in wrapped(f"— {_chain(found)}", right)]
    how: list[Cell] = [(line, {}) for line in wrapped(_manner(found), right)]
    notes: list[Cell] = (
        [(line, {"dim": True}) for line in wrapped(_notes(found), right)] if _notes(found) else []
    )
    caveat = _caveat(found, right)
    cells: list[tuple[Cell | None, Cell | None]]
    if width < WIDE:
        cells = [(cell, None) for cell in [*said[:-1], *who, *how, *notes, *caveat, said[-1]]]
    else:
        beside = [*who, *how, *notes, *caveat]
        long = max(len(said), len(beside))
        cells = [
            (said[at] if at < len(said) else None, beside[at] if at < len(beside) else None)
            for at in range(long)
        ]
    gutter = _gutter(number, found, style)
    return [
        ((gutter if at == 0 else " " * _GUTTER) + _row(one, other, left, style)).rstrip()
        for at, (one, other) in enumerate(cells)
    ]


def _row(one: Cell | None, other: Cell | None, left: int, style: Style) -> str:
    words = style(one[0], **one[1]) if one and one[0] else ""
    if other is None:
        return words
    return words + " " * (left + 2 - columns_of(one[0] if one else "")) + style(other[0], **other[1])


def _gutter(number: int, found: Assertion, style: Style) -> str:
    worth = found.check_worthiness
    colour = {"fg": "red"} if worth >= 0.6 else {"fg": "yellow"} if worth >= 0.4 else {"dim": True}
    mark = _WORTH_MARKS[min(7, int(worth * 8))]
    return f"{number:>4}  {style(f'{mark} {round(worth * 100):>3}', **colour)}  "


def _chain(found: Assertion) -> str:
    return " › ".join(map(_hop, found.chain)) or "the outlet itself"


def _hop(hop: Hop) -> str:
    about = [hop.role] if hop.role and hop.role != hop.name else []
    about += [f"for {hop.speaks_for}"] if hop.speaks_for else []
    about += [hop.terms] if hop.terms != "named" else []
    bare = hop.written.lower().removeprefix("the ")
    about += [f"“{hop.written}”"] if bare and bare != hop.name.lower().removeprefix("the ") else []
    return f"{hop.name} ({', '.join(about)})" if about else hop.name


def _manner(found: Assertion) -> str:
    told = [_MODES[found.mode]]
    if found.cue:
        told.append(f"“{found.cue}”" + (f" ({found.cue_type})" if found.cue_type else ""))
    if found.polarity != "asserts":
        told.append(found.polarity)
    if found.channel:
        told.append(f"by {found.channel}")
    if found.part != "body":
        told.append(found.part)
    return ", ".join(told)


def _notes(found: Assertion) -> str:
    notes = [f"figure {_figure(one)}" for one in found.quantities]
    notes += [f"day {_day(one)}" for one in found.dates]
    places = list(dict.fromkeys(one.text for one in found.places))
    notes += [f"{'places' if len(places) > 1 else 'place'} {', '.join(places)}"] if places else []
    return " · ".join(notes)


def _figure(one: Quantity) -> str:
    return f"{one.text.strip()} {one.what}".strip()


def _day(one: DateMention) -> str:
    settled = " to ".join(part for part in (one.day, one.until) if part)
    return f"{one.text} ({settled})" if settled else one.text


def _caveat(found: Assertion, width: int) -> list[Cell]:
    words = f"caveat: {found.caveat}" if found.caveat else ""
    return [(line, {"fg": "yellow"}) for line in wrapped(words, width)] if words else []


def _foot(assertions: Sequence[Assertion], width: int, style: Style) -> Iterator[str]:
    attributed = sum(bool(found.chain) for found in assertions)
    many = f"{len(assertions)} assertion{'s' if len(assertions) != 1 else ''}"
    yield from wrapped(f"{many}, {attributed} of them attributed to somebody.", width)
    methods = sorted({f"{found.method}/{found.version}" for found in assertions})
    if methods:
        told = "Found by " + "; ".join(map(in_words, methods)) + "."
        yield from (style(line, dim=True) for line in wrapped(told, width))


def columns_of(words: str) -> int:
    """Returns how many columns of a terminal some words take: a Chinese letter two, a combining accent none."""
    return sum(map(_columns_of_letter, words))


def _columns_of_letter(letter: str) -> int:
    if letter < "\u0300":
        return 1
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def harmless(words: str) -> str:
    """Returns words on one line, without what a terminal would obey: escapes, controls, turns of direction."""
    return _OBEYED.sub("\ufffd", " ".join(words.split()))


def wrapped(words: str, width: int) -> list[str]:
    """Returns words in lines of at most `width` columns; a longer word is cut."""
    lines, line = [], ""
    for word in harmless(words).split(" "):
        while columns_of(word) > width:
            if line:
                lines.append(line)
                line = ""
            cut = _fitting(word, width)
            lines.append(word[:cut])
            word = word[cut:]
        if line and columns_of(line) + 1 + columns_of(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line] if line or not lines else lines


def _fitting(word: str, width: int) -> int:
    """Returns how many letters of a word fit."""
    taken = 0
    for at, letter in enumerate(word):
        taken += columns_of(letter)
        if taken > width:
            return max(1, at)
    return len(word)
