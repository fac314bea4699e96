"""Where the words that were looked for stand in a text, and the part of it that shows most of them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from verify.search.engine import Clause, Term
from verify.search.words import folded

LENGTH = 240  # characters of a snippet
_MOST = 2_000  # places that are weighed
_WORD = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked where it is what was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a text with what was looked for marked, and the code point at which the first of it stands."""

    pieces: tuple[Piece, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause is met: by its number."""

    start: int
    end: int
    clause: int


class Marker:
    """Finds what some clauses look for."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._by_first: dict[str, list[tuple[Term, int]]] = {}
        self._beginnings: list[tuple[Term, int]] = []
        for number, clause in enumerate(clauses):
            for term in clause.terms:
                if term.unfinished and len(term.words) == 1:
                    self._beginnings.append((term, number))
                else:
                    self._by_first.setdefault(term.words[0], []).append((term, number))

    def places(self, text: str) -> list[Place]:
        """The places of a text in order; none overlaps another."""
        flat = _flat(text)
        tokens = [(found.start(), found.end()) for found in _WORD.finditer(flat)]
        places: list[Place] = []
        for at, (start, end) in enumerate(tokens):
            word = flat[start:end]
            if word not in self._by_first and not self._beginnings:
                continue
            if places and start < places[-1].end:
                continue
            met = next(self._met(flat, tokens, at, word), None)
            if met is not None:
                places.append(met)
                if len(places) >= _MOST:
                    break
        return places

    def _met(self, flat: str, tokens: list[tuple[int, int]], at: int, word: str) -> Iterator[Place]:
        for term, number in self._by_first.get(word, ()):
            last = at + len(term.words) - 1
            if last < len(tokens) and all(
                _is(flat, tokens[at + step], wanted, term.unfinished and at + step == last)
                for step, wanted in enumerate(term.words)
            ):
                yield Place(tokens[at][0], tokens[last][1], number)
        for term, number in self._beginnings:
            if word.startswith(term.words[0]):
                yield Place(*tokens[at], number)

    def marked(self, text: str) -> tuple[Piece, ...]:
        """A whole text, such as a title, with what was looked for marked."""
        return tuple(_cut(text, 0, len(text), self.places(text)))

    def snippet(self, text: str) -> Snippet | None:
        """The part of a text that shows most of what was looked for; nothing where it shows none of it."""
        places = self.places(text)
        if not places:
            return None
        best = _best(places)
        start, end = _around(text, places[best].start)
        inside = [place for place in places if place.start >= start and place.end <= end]
        pieces = list(_cut(text, start, end, inside))
        before = [Piece("… ")] if start else []
        after = [Piece(" …")] if end < len(text) else []
        return Snippet((*before, *pieces, *after), places[best].start)


def beginning(text: str) -> tuple[Piece, ...]:
    """The first words of a text."""
    start, end = _around(text, 0)
    return (Piece(_SPACES.sub(" ", text[start:end]) + (" …" if end < len(text) else "")),) if text else ()


def held(pieces: Iterable[Piece]) -> dict[str, str]:
    """The words that are marked, folded, each as it is written."""
    return {folded(piece.text): piece.text for piece in pieces if piece.marked}


def _flat(text: str) -> str:
    """Text as the index folds it, sign by sign, so that every place stays where it is."""
    if text.isascii():
        return text.lower()
    signs = {ord(sign): _plain(sign) for sign in set(text)}
    return text.translate(signs)


def _plain(sign: str) -> str:
    plain = folded(sign)
    return plain if len(plain) == 1 else sign


def _is(flat: str, token: tuple[int, int], wanted: str, unfinished: bool) -> bool:
    word = flat[token[0] : token[1]]
    return word.startswith(wanted) if unfinished else word == wanted


def _best(places: Sequence[Place]) -> int:
    """The place from which a snippet's length shows most clauses, then most places; the first of those alike."""
    best, most, last = 0, (0, 0), 0
    for first, place in enumerate(places):
        last = max(last, first)
        while last + 1 < len(places) and places[last + 1].end <= place.start + LENGTH * 2 // 3:
            last += 1
        shown = places[first : last + 1][:40]
        worth = (len({one.clause for one in shown}), len(shown))
        if worth > most:
            best, most = first, worth
    return best


def _around(text: str, place: int) -> tuple[int, int]:
    """A stretch around a place that cuts no word where it can be helped."""
    start = max(0, place - LENGTH // 3)
    if start:
        space = text.rfind(" ", max(0, start - 30), start + 1)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + LENGTH)
    if end < len(text):
        space = text.find(" ", end, end + 30)
        end = space if space >= 0 else end
    return start, end


def _cut(text: str, start: int, end: int, places: Sequence[Place]) -> Iterator[Piece]:
    at = start
    for place in places:
        if place.start > at:
            yield Piece(_SPACES.sub(" ", text[at : place.start]))
        yield Piece(_SPACES.sub(" ", text[place.start : place.end]), marked=True)
        at = place.end
    if at < end:
        yield Piece(_SPACES.sub(" ", text[at:end]))
