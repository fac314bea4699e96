"""The words of a text as the trained tagger reads them: word pieces, letter case and whether they are quoted.

Word pieces are those of BERT (uncased; greedy, longest first: Wu et al. 2016, Devlin et al. 2019). All double
quotation marks, and the single ones that quote, become one and the same mark, so that British, American, straight
and curly style look alike to the tagger.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

from verify.spotting.assertion import Span
from verify.spotting.quotations import Quotation, quotations_in
from verify.spotting.sentences import paragraphs_of, sentences_of

WINDOW = 112  # pieces the tagger reads at once; a longer paragraph is cut between sentences
FEATURES, IN_QUOTES = 8, 4  # four letter shapes; in a quotation four more
_LONGEST = 40  # characters; a longer run of letters is no word
_WORD = re.compile(r"``|''|[^\W_]+|[^\w\s]|_")
_MARKS = dict.fromkeys(("“", "”", "„", "«", "»", "``", "''"), '"') | {"’": "'", "‘": "'"}
_DASHES = dict.fromkeys("–—―", "-")


class Word(NamedTuple):
    """A word or mark: `text[start:end]`, the numbers of its pieces, and its letter shape and quotation."""

    start: int
    end: int
    pieces: tuple[int, ...]
    feature: int


Window = list[Word]


def _shape(word: str) -> int:
    """Returns 3 for a number, 2 for capitals throughout, 1 for a capital first, else 0."""
    if word[0].isdigit():
        return 3
    if not word[0].isupper():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


class Vocabulary:
    """The word pieces by number, and every word seen so far already cut."""

    def __init__(self, path: Path) -> None:
        """Reads one piece a line; the line's number, from 0, is the piece's."""
        self._numbers = {
            piece: number
            for number, piece in enumerate(path.read_text(encoding="utf-8").split("\n"))
            if piece
        }
        self._longest = max(map(len, self._numbers))
        self._unknown = self._numbers["[UNK]"]
        self.first, self.last = self._numbers["[CLS]"], self._numbers["[SEP]"]
        self.quote = (self._numbers['"'],)
        self._seen: dict[str, tuple[int, ...]] = {}

    def pieces(self, word: str) -> tuple[int, ...]:
        """Returns the numbers of a word's pieces; a word that cannot be cut is one unknown piece."""
        found = self._seen.get(word)
        if found is None:
            found = self._cut(word)
            if len(self._seen) < 200_000 and len(word) <= _LONGEST:
                self._seen[word] = found
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        plain = _MARKS.get(word) or _DASHES.get(word) or word.lower()
        if not plain.isascii():
            plain = "".join(
                one for one in unicodedata.normalize("NFD", plain) if unicodedata.category(one) != "Mn"
            )
        if not plain or len(plain) > _LONGEST:
            return (self._unknown,)
        found: list[int] = []
        start = 0
        while start < len(plain):
            for end in range(min(len(plain), start + self._longest), start, -1):
                piece = plain[start:end] if start == 0 else "##" + plain[start:end]
                if piece in self._numbers:
                    found.append(self._numbers[piece])
                    start = end
                    break
            else:
                return (self._unknown,)
        return tuple(found)

    def words(self, text: str, span: Span, quotes: Sequence[Quotation]) -> Window:
        """Returns the words of `text[span]` in order; `quotes` are the quotations of the paragraph, in order."""
        found: Window = []
        at, last = 0, len(quotes)
        for match in _WORD.finditer(text, *span):
            start, end = match.span()
            while at < last and quotes[at].end <= start:
                at += 1
            word = match.group()
            pieces = self.pieces(word)
            feature = _shape(word)
            if at < last and quotes[at].start <= start:
                feature += IN_QUOTES
                if start == quotes[at].start or end == quotes[at].end:
                    pieces = self.quote if len(pieces) == 1 and not word[0].isalnum() else pieces
            found.append(Word(start, end, pieces, feature))
        return found

    def windows(self, text: str) -> Iterator[Window]:
        """Yields what the tagger reads at once: paragraphs, and pieces of those too long for it."""
        for paragraph in paragraphs_of(text):
            quotes = list(quotations_in(text, paragraph))
            words = self.words(text, paragraph, quotes)
            if _size(words) <= WINDOW:
                yield words
            else:
                yield from _cut_up(words, [start for start, _ in sentences_of(text, paragraph, quotes)])


def _size(words: Window) -> int:
    return sum(len(word.pieces) for word in words)


def first_pieces(window: Window) -> list[int]:
    """Returns where each word's first piece stands; the encoder's own mark stands before them all."""
    return list(accumulate((len(word.pieces) for word in window[:-1]), initial=1))


def _cut_up(words: Window, sentences: Sequence[int]) -> Iterator[Window]:
    """Fills windows with whole sentences; a sentence too long for one is cut where the window is full."""
    starts = [word.start for word in words]
    cuts = sorted({0, len(words), *(bisect_right(starts, at - 1) for at in sentences)})
    window: Window = []
    room = WINDOW
    for low, high in pairwise(cuts):
        size = _size(words[low:high])
        if size > room and window:
            yield window
            window, room = [], WINDOW
        for word in words[low:high]:
            if len(word.pieces) > room:
                yield window
                window, room = [], WINDOW
            window.append(word)
            room -= len(word.pieces)
    if window:
        yield window
