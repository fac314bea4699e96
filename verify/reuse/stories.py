"""Which articles tell the same story: groups in which each is, on average, alike to all the others."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping

from verify.reuse.collection import similar_pairs, vectors
from verify.reuse.parts import Kind
from verify.reuse.reading import Reading
from verify.reuse.words import carries_meaning

ONE_STORY = 0.165  # chosen on public data by training/reuse.py
_LEAST = 0.02  # pairs less alike than this count as having nothing in common
_LEFT_OUT = (Kind.FURNITURE, Kind.CAPTION)


def stories(readings: Mapping[str, Reading], one_story: float = ONE_STORY) -> dict[str, int]:
    """Return the number of each text's story; numbers follow the order of the first text of each."""
    alike = similar_pairs(vectors({name: _subjects(reading) for name, reading in readings.items()}), _LEAST)
    groups = _joined(list(readings), alike, one_story)
    numbers: dict[int, int] = {}
    return {name: numbers.setdefault(groups[name], len(numbers) + 1) for name in readings}


def _subjects(reading: Reading) -> list[str]:
    """What a text is about: its words that carry meaning, names and figures twice, quotations and headlines too."""
    found: list[str] = []
    words = reading.words
    for form, start, kind in zip(words.forms, words.starts, reading.kinds, strict=True):
        if kind in _LEFT_OUT or not carries_meaning(form):
            continue
        found.append(form)
        if reading.text[start].isupper() or reading.text[start].isdigit():
            found.append(f"{form} as a name")
    return found


def _joined(names: list[str], alike: Mapping[tuple[str, str], float], least: float) -> dict[str, int]:
    """Join the two groups most alike on average, again and again, until none are alike enough."""
    place = {name: at for at, name in enumerate(names)}
    sums: defaultdict[int, dict[int, float]] = defaultdict(dict)
    members = {at: [name] for at, name in enumerate(names)}
    queue: list[tuple[float, int, int]] = []
    for (one, other), value in alike.items():
        a, b = place[one], place[other]
        sums[a][b] = sums[b][a] = value
        queue.append((-value, min(a, b), max(a, b)))
    heapq.heapify(queue)
    following = len(names)
    while queue and -queue[0][0] >= least:
        _, a, b = heapq.heappop(queue)
        if a not in members or b not in members:
            continue
        members[following] = members.pop(a) + members.pop(b)
        for group in (sums[a].keys() | sums[b].keys()) - {a, b}:
            total = sums[a].get(group, 0.0) + sums[b].get(group, 0.0)
            sums[group].pop(a, None)
            sums[group].pop(b, None)
            sums[group][following] = sums[following][group] = total
            mean = total / (len(members[group]) * len(members[following]))
            heapq.heappush(queue, (-mean, min(group, following), max(group, following)))
        del sums[a], sums[b]
        following += 1
    return {name: group for group, held in members.items() for name in held}
