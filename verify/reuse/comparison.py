"""Two articles side by side: the passages they share, what these are, and what that makes of the two.

Only narrative counts. Two articles that print the same statement, tweet, caption or headline both had it from whoever
published it; only an article that tells the story in another's words had it from that other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from verify.reuse.alignment import Run, shared_runs
from verify.reuse.parts import RANK, Kind
from verify.reuse.reading import Reading, read
from verify.reuse.statements import Rendering, twins

METHOD = "reuse/1"
TOLD = 7  # words of narrative in a row: fewer agree by chance
_SHORTEST = {Kind.NARRATIVE: TOLD, Kind.QUOTATION: 6, Kind.HEADLINE: 5, Kind.CAPTION: 6, Kind.EMBED: 6,
             Kind.FURNITURE: 8}  # fmt: skip
_CRUMB = 3  # words: a shorter stretch of another kind inside a passage does not break it
_COPY, _PART = 0.5, 0.2  # of the shorter narrative
_PART_WORDS, _PART_RUN, _COPY_WORDS = 24, 13, 24
_WIDESPREAD = 0.25  # of the shorter narrative: more than that in common is no furniture, however many have it
_EDGE = 80  # characters
MOST_PASSAGES = 100


class Strength(StrEnum):
    """What two articles are to each other."""

    COPY = "copy"
    PARTLY_COPIED = "partly copied"
    SAME_STATEMENT = "same statement"
    INDEPENDENT = "independent"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of one text and the same passage of another, in code points; `words` is how many it has in `a`."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    kind: Kind
    words: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two texts share, and how strong that tie is; shares are of each text's own narrative."""

    passages: tuple[Passage, ...]
    strength: Strength
    share_a: float
    share_b: float
    reasons: tuple[str, ...]


def compare(
    one: str | Reading, other: str | Reading, common: Collection[int] = (), repeated: Collection[int] = ()
) -> Comparison:
    """Lay two texts side by side.

    `common`: fingerprints that very many texts hold, as stock phrases do; `repeated`: those that several hold, which
    is furniture where it stands at the beginning or the end of both.
    """
    a = read(one) if isinstance(one, str) else one
    b = read(other) if isinstance(other, str) else other
    passages = _without_furniture(a, b, list(_passages(a, b)), common, repeated)
    exact = [one for one in passages if one.words >= _SHORTEST[one.kind]]
    told = [one.words for one in exact if one.kind is Kind.NARRATIVE]
    shares = [min(1.0, sum(told) / each.narrative) if each.narrative else 0.0 for each in (a, b)]
    reworded = list(_reworded(a, b, exact))
    found = sorted([*exact, *reworded], key=lambda one: (one.a_start, one.b_start))
    strength = _strength(told, max(shares), found)
    return Comparison(
        tuple(found[:MOST_PASSAGES]), strength, shares[0], shares[1], _reasons(strength, found, shares)
    )


def _passages(a: Reading, b: Reading) -> Iterator[Passage]:
    """The runs that two texts share, cut where their kind changes."""
    for run in shared_runs(a.words.forms, b.words.forms):
        for kind, first, many in _pieces(a, b, run):
            low, high = a.words.span(run.a + first, many)
            yield Passage(low, high, *b.words.span(run.b + first, many), kind, many)


def _pieces(a: Reading, b: Reading, run: Run) -> list[tuple[Kind, int, int]]:
    pairs = zip(a.kinds[run.a : run.a + run.many], b.kinds[run.b : run.b + run.many], strict=True)
    kinds = [min(pair, key=RANK.__getitem__) for pair in pairs]
    pieces: list[tuple[Kind, int, int]] = []
    at = 0
    for kind, group in groupby(kinds):
        many = sum(1 for _ in group)
        if pieces and (many < _CRUMB or kind is pieces[-1][0]):
            last = pieces[-1]
            pieces[-1] = (last[0], last[1], last[2] + many)
        elif len(pieces) == 1 and pieces[0][2] < _CRUMB:
            pieces[0] = (kind, 0, pieces[0][2] + many)
        else:
            pieces.append((kind, at, many))
        at += many
    return pieces


def _without_furniture(
    a: Reading, b: Reading, passages: list[Passage], common: Collection[int], repeated: Collection[int]
) -> list[Passage]:
    """Call furniture what many texts hold, unless these two share rarer narrative, or hold little else."""
    if not common and not repeated:
        return passages
    told = [one for one in passages if one.kind is Kind.NARRATIVE and one.words >= TOLD]
    at = {start: number for number, start in enumerate(a.words.starts)}
    worn: set[Passage] = set()
    rare = 0
    for one in told:
        held = a.fingerprints_within(at[one.a_start], one.words)
        often = sum(value in common or value in repeated for value in held)
        known = [value in common or (value in repeated and _at_an_edge(a, b, one)) for value in held]
        if held and sum(known) > len(held) / 2:  # near its ends, what stands beside a passage has a say too
            worn.add(one)
        elif 2 * often <= len(held):
            rare += one.words
    much = sum(one.words for one in worn)
    if rare >= _PART_RUN or much >= _WIDESPREAD * max(1, min(a.narrative, b.narrative)):
        return passages
    return [
        Passage(one.a_start, one.a_end, one.b_start, one.b_end, Kind.FURNITURE, one.words)
        if one in worn
        else one
        for one in passages
    ]


def _at_an_edge(a: Reading, b: Reading, one: Passage) -> bool:
    """Whether a passage begins or ends both texts, but for a few characters such as a title or a stop."""
    begins = one.a_start <= _EDGE and one.b_start <= _EDGE
    return begins or (len(a.text) - one.a_end <= _EDGE and len(b.text) - one.b_end <= _EDGE)


def _reworded(a: Reading, b: Reading, exact: Sequence[Passage]) -> Iterator[Passage]:
    """The quotations that render one statement in other words, where no longer passage shows it already."""
    if len(a.words) > 20_000 or len(b.words) > 20_000:
        return  # a book: its quotations against another's would take minutes
    spans = [(one.a_start, one.a_end) for one in exact], [(one.b_start, one.b_end) for one in exact]
    for mine, theirs in twins(a, b):
        if not _covered(mine, spans[0]) and not _covered(theirs, spans[1]):
            words = sum(mine.start <= start < mine.end for start in a.words.starts)
            yield Passage(mine.start, mine.end, theirs.start, theirs.end, Kind.STATEMENT, words)


def _covered(found: Rendering, spans: Sequence[tuple[int, int]]) -> bool:
    inside = sum(max(0, min(end, found.end) - max(start, found.start)) for start, end in spans)
    return inside >= 0.7 * (found.end - found.start)


def _strength(told: Sequence[int], share: float, passages: Sequence[Passage]) -> Strength:
    words = sum(told)
    if share >= _COPY and words >= _COPY_WORDS:
        return Strength.COPY
    if words >= _PART_WORDS or (share >= _PART and words >= 12) or max(told, default=0) >= _PART_RUN:
        return Strength.PARTLY_COPIED
    if any(one.kind in (Kind.QUOTATION, Kind.STATEMENT) for one in passages):
        return Strength.SAME_STATEMENT
    return Strength.INDEPENDENT


def _reasons(strength: Strength, passages: Sequence[Passage], shares: Sequence[float]) -> tuple[str, ...]:
    words = sum(one.words for one in passages if one.kind is Kind.NARRATIVE)
    quoted = sum(one.kind is Kind.QUOTATION for one in passages)
    reworded = sum(one.kind is Kind.STATEMENT for one in passages)
    lines = []
    if words:
        lines.append(
            f"{words} words of narrative stand in both: {shares[0]:.0%} of the first, {shares[1]:.0%} of the second."
        )
    if quoted:
        lines.append(f"{_many(quoted, 'quotation')} in common: anybody may quote what was said in public.")
    if reworded:
        lines.append(f"{_many(reworded, 'statement')} rendered in other words by each.")
    if strength in (Strength.INDEPENDENT, Strength.SAME_STATEMENT) and words:
        lines.append("So few words may agree by chance.")
    if not lines:
        lines.append("They share no passage of narrative.")
    return tuple(lines)


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
