"""Where two texts agree word for word: every longest run of words that both hold, each word used once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

SEED = 5  # words in a row that start a run
_PLACES = (
    24  # a seed that one text holds more often is its refrain: it starts no run, but a run may go over it
)


class Run(NamedTuple):
    """`many` words in a row, from word `a` of one text and word `b` of the other."""

    a: int
    b: int
    many: int


def shared_runs(one: Sequence[str], other: Sequence[str], least: int = SEED) -> list[Run]:
    """Return the runs of at least so many words that two texts share, longest first chosen, in order of `one`."""
    found = sorted(_longest_runs(one, other), key=lambda run: (-run.many, run.a, run.b))
    used_a, used_b = bytearray(len(one)), bytearray(len(other))
    kept: list[Run] = []
    for run in found:
        free = _free_part(run, used_a, used_b)
        if free.many < least:
            continue
        used_a[free.a : free.a + free.many] = b"\1" * free.many
        used_b[free.b : free.b + free.many] = b"\1" * free.many
        kept.append(free)
    return sorted(kept)


def _seeds(forms: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(forms[at:] for at in range(SEED)), strict=False))


def _longest_runs(one: Sequence[str], other: Sequence[str]) -> list[Run]:
    """Every run that cannot be made longer at either end."""
    mine = _seeds(one)
    often = Counter(mine)
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, seed in enumerate(_seeds(other)):
        if 0 < often[seed] <= _PLACES:
            places[seed].append(at)
    found: list[Run] = []
    reached: dict[int, int] = {}  # by how far the texts are shifted: the end of the last run in `one`
    for a, seed in enumerate(mine):
        if len(places.get(seed, ())) > _PLACES:
            continue
        for b in places.get(seed, ()):
            if reached.get(b - a, -1) > a:
                continue
            end = _common_length(one, other, a, b)
            reached[b - a] = a + end - SEED + 1
            found.append(Run(a, b, end))
    return found


def _common_length(one: Sequence[str], other: Sequence[str], a: int, b: int) -> int:
    most = min(len(one) - a, len(other) - b)
    many = SEED
    while many < most and one[a + many] == other[b + many]:
        many += 1
    return many


def _free_part(run: Run, used_a: bytearray, used_b: bytearray) -> Run:
    """The longest stretch of a run whose words no longer run has taken."""
    best, start = Run(run.a, run.b, 0), 0
    taken = (
        [at for at in range(run.many) if used_a[run.a + at] or used_b[run.b + at]]
        if 1 in used_a[run.a : run.a + run.many] or 1 in used_b[run.b : run.b + run.many]
        else []
    )
    for stop in [*taken, run.many]:
        if stop - start > best.many:
            best = Run(run.a + start, run.b + start, stop - start)
        start = stop + 1
    return best
