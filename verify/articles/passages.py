"""How a frozen text is laid out for reading: paragraphs, and in them the runs that assertions cover.

Pure, and exact: joining the runs of all paragraphs and the newlines between them gives the text back.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_AROUND = 60
PART = 20_000  # characters of text on one page of the reading room


@dataclass(frozen=True, slots=True)
class Covered:
    """One assertion's span, by its number on the page."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that the same assertions cover, with those that begin and end in it."""

    start: int
    text: str
    covers: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with its runs, and the assertions whose cards stand beside it."""

    start: int
    end: int
    runs: tuple[Run, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage occurs, with the words around it."""

    start: int
    end: int
    before: str
    passage: str
    after: str


def parts_of(text: str, size: int = PART) -> list[tuple[int, int]]:
    """Return the spans that a long text is read in, cut between paragraphs, or between words where none ends."""
    parts, start = [], 0
    while len(text) - start > size:
        cut = text.rfind("\n", start, start + size) + 1
        if cut <= start:
            cut = text.rfind(" ", start, start + size) + 1
        if cut <= start:
            cut = start + size
        parts.append((start, cut))
        start = cut
    return [*parts, (start, len(text))]


def paragraphs(text: str, covered: Iterable[Covered], part: tuple[int, int] | None = None) -> list[Paragraph]:
    """Lay a part of the text out, or all of it; every assertion has its card beside one paragraph."""
    spans = sorted(covered, key=lambda span: (span.start, -span.end, span.number))
    first, last = part or (0, len(text))
    blocks = [match.span() for match in _PARAGRAPH.finditer(text, first, last)]
    block_starts = [start for start, _ in blocks]
    beside: dict[int, list[int]] = {}
    for span in spans:
        beside.setdefault(max(0, bisect_right(block_starts, span.start) - 1), []).append(span.number)
    span_starts = [span.start for span in spans]
    longest = max((span.end - span.start for span in spans), default=0)
    laid_out = []
    for at, (start, end) in enumerate(blocks):
        near = spans[bisect_left(span_starts, start - longest) : bisect_left(span_starts, end)]
        touching = [span for span in near if span.end > start]
        laid_out.append(Paragraph(start, end, _runs(text, start, end, touching), tuple(beside.get(at, ()))))
    return laid_out


def _runs(text: str, start: int, end: int, spans: Sequence[Covered]) -> tuple[Run, ...]:
    edges = {start, end}
    for span in spans:
        edges.update((max(start, span.start), min(end, span.end)))
    runs, begun = [], {span.number for span in spans if span.start < start}
    for here, there in pairwise(sorted(edges)):
        covering = tuple(span.number for span in spans if span.start < there and span.end > here)
        begins = tuple(number for number in covering if number not in begun)
        ends = tuple(span.number for span in spans if span.number in covering and span.end == there)
        begun.update(begins)
        runs.append(Run(here, text[here:there], covering, begins, ends))
    return tuple(runs)


def places_of(text: str, passage: str, limit: int = 20) -> list[Place]:
    """Return where a passage occurs, at most `limit` times; exact, except that runs of spaces match any."""
    wanted = passage.split()
    if not wanted:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, wanted)))
    found = []
    for match in pattern.finditer(text):
        found.append(place_at(text, match.start(), match.end()))
        if len(found) == limit:
            break
    return found


def place_at(text: str, start: int, end: int) -> Place:
    """Return a span with the words around it: whole ones, and a sign where the text goes on."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = f"… {before.partition(' ')[2] or before}"
    if len(text) > end + _AROUND:
        after = f"{after.rpartition(' ')[0] or after} …"
    return Place(start, end, before, text[start:end], after)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the blanks at its ends; a selection often takes one in."""
    passage = text[start:end]
    return start + len(passage) - len(passage.lstrip()), end - len(passage) + len(passage.rstrip())


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Return the share of two spans' common length in their joint length: 1.0 for the same span."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    if common <= 0:
        return 0.0
    return common / (max(one[1], other[1]) - min(one[0], other[0]))
