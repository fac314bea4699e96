"""Which of many claims state the same, and which deny it: groups whose members are alike on the whole. Pure."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations

from verify.similarity.likeness import Likeness, likeness
from verify.similarity.reading import folded
from verify.similarity.saying import Saying

ALIKE = 0.39
"""From where two claims are the same; a group is one whose members are so on average."""
AGAINST = 0.3
"""From where one speaks of what the other denies outright."""
_ONCE = 0.6
"""How much a word tells that only one claim has: it may say in other words what others say."""
_MANY = 100
"""So many claims of one event are enough to tell frequent words from rare ones by counting."""
_OFTEN = 0.5
"""Share of the claims from which a word alone makes nobody look closer."""
_FEWEST_OFTEN = 40
_LEAST_SHARED = 2

Pairs = Mapping[tuple[int, int], Likeness]


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that state the same, and those that deny it, by their numbers."""

    stating: tuple[int, ...]
    denying: tuple[int, ...]


def grouped(sayings: Sequence[Saying], pointing: Mapping[int, int] | None = None) -> list[Group]:
    """Put together what states the same claim, denials with what they deny; the largest group first.

    `pointing` tells which claims deny another by pointing at it (“rejected the allegation”), and which one.
    """
    pairs = compared(sayings)
    kept = {
        pair: found.score
        for pair, found in pairs.items()
        if not (found.opposed or found.doubted or found.clash)
        and found.score > 0
        and sayings[pair[0]].refutes == sayings[pair[1]].refutes
        and not (pointing and (pair[0] in pointing or pair[1] in pointing))
    }
    barred = {pair for pair, found in pairs.items() if found.opposed or found.clash}
    groups = _Groups(len(sayings), kept, barred)
    groups.join()
    return _with_denials(sorted(groups.members.values(), key=min), pairs, pointing or {}, sayings)


def compared(sayings: Sequence[Saying]) -> dict[tuple[int, int], Likeness]:
    """Compare every two claims that have anything in common."""
    telling = tells(sayings)
    return {pair: likeness(sayings[pair[0]], sayings[pair[1]], telling) for pair in sorted(_near(sayings))}


def tells(sayings: Sequence[Saying]) -> dict[str, float]:
    """How much each sense tells among these claims: one that few have tells more than one that many have.

    Among few claims the counts are small and close together; what more have than others is then marked down further.
    """
    many = len(sayings)
    often = Counter(sense for one in sayings for sense in _senses(one))
    scale, steepness = math.log(1 + many / 2), 1 + max(0.0, 1 - many / _MANY)
    return {
        sense: (math.log(1 + many / count) / scale) ** steepness if count > 1 else _ONCE
        for sense, count in often.items()
    }


def _senses(one: Saying) -> set[str]:
    return {sense for unit in one.units for term in unit.terms for sense in term.senses}


def _near(sayings: Sequence[Saying]) -> set[tuple[int, int]]:
    """Every two claims that share two senses, the most frequent ones aside, or a whole sentence."""
    holders: dict[str, list[int]] = defaultdict(list)
    whole: dict[Hashable, list[int]] = defaultdict(list)
    for number, one in enumerate(sayings):
        for sentence in _sentences(one):
            whole[sentence].append(number)
        for sense in {sense for unit in one.units for sense in unit.known}:
            holders[sense].append(number)
    often = max(_FEWEST_OFTEN, int(_OFTEN * len(sayings)))
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        shared.update(combinations(numbers, 2) if len(numbers) <= often else ())
    near = {pair for pair, count in shared.items() if count >= _LEAST_SHARED}
    return near.union(*(combinations(numbers, 2) for numbers in whole.values()))


def _sentences(one: Saying) -> set[Hashable]:
    """What each sentence says, as a key; the text itself where no word says anything."""
    return {frozenset(term.senses for term in unit.terms) for unit in one.units} or {folded(one.text)}


class _Groups:
    """Groups that are joined step by step; `links` holds the sum of the likenesses between two of them."""

    def __init__(
        self, many: int, kept: Mapping[tuple[int, int], float], barred: Iterable[tuple[int, int]]
    ) -> None:
        self.members = {number: frozenset([number]) for number in range(many)}
        self.links: dict[int, dict[int, float]] = defaultdict(dict)
        self.apart: dict[int, set[int]] = defaultdict(set)
        for (one, other), score in kept.items():
            self.links[one][other] = self.links[other][one] = score
        for one, other in barred:
            self.apart[one].add(other)
            self.apart[other].add(one)
        self.waiting = [self._offer(one, other) for one, other in kept]
        heapify(self.waiting)

    def _offer(self, one: int, other: int) -> tuple[float, int, int, int]:
        """Two groups, the most alike on average first, and how many members they have now."""
        one, other = sorted((one, other))
        many, others = len(self.members[one]), len(self.members[other])
        return -self.links[one][other] / (many * others), one, other, many + others

    def join(self) -> None:
        """Join the two groups most alike on average, again and again, while they are alike enough."""
        while self.waiting:
            likeness, one, other, many = heappop(self.waiting)
            if -likeness < ALIKE:
                return
            as_offered = one in self.members and other in self.members
            if not as_offered or other in self.apart[one]:
                continue
            if many == len(self.members[one]) + len(self.members[other]):
                self._take_in(one, other)

    def _take_in(self, one: int, other: int) -> None:
        self.members[one] |= self.members.pop(other)
        for third in self.apart.pop(other, set()):
            self.apart[third].discard(other)
            self.apart[third].add(one)
            self.apart[one].add(third)
        for third, total in self.links.pop(other).items():
            del self.links[third][other]
            if third != one:
                self.links[one][third] = self.links[third][one] = self.links[one].get(third, 0.0) + total
        for third in self.links[one]:
            heappush(self.waiting, self._offer(one, third))


def _with_denials(
    groups: list[frozenset[int]], pairs: Pairs, pointing: Mapping[int, int], sayings: Sequence[Saying]
) -> list[Group]:
    """File each group that speaks against another, or points at it, with that one as its denial.

    Who says outright that it is not so denies, whatever their number; else the smaller group does.
    """
    home = {number: place for place, group in enumerate(groups) for number in group}
    against: dict[tuple[int, int], list[float]] = defaultdict(list)
    for (one, other), found in pairs.items():
        if found.opposed and not found.doubted and home[one] != home[other]:
            against[home[one], home[other]].append(found.score)
            against[home[other], home[one]].append(found.score)
    filed: dict[int, int] = {}
    for denying, denied in sorted(pointing.items()):
        if (
            home[denied] != home[denying]
            and home[denied] not in filed
            and home[denying] not in filed.values()
        ):
            filed[home[denying]] = home[denied]
    refutes = [any(sayings[number].refutes for number in group) for group in groups]
    ranks = [(not no, len(group), -min(group)) for no, group in zip(refutes, groups, strict=True)]
    ranked = [
        (_most(scores, len(groups[one]) * len(groups[other])), one, other)
        for (one, other), scores in against.items()
        if ranks[one] < ranks[other]
    ]
    for score, one, other in sorted(ranked, reverse=True):
        least = AGAINST if refutes[one] else ALIKE
        if score >= least and one not in filed and other not in filed and one not in filed.values():
            filed[one] = other
    return _told(groups, filed)


def _most(scores: Sequence[float], many: int) -> float:
    """The mean of the better half of so many: a denial need not speak in the words of every member."""
    half = (many + 1) // 2
    return sum(sorted(scores, reverse=True)[:half]) / half


def _told(groups: list[frozenset[int]], filed: Mapping[int, int]) -> list[Group]:
    found = []
    for place, group in enumerate(groups):
        if place in filed:
            continue
        denying = sorted(number for one, other in filed.items() if other == place for number in groups[one])
        found.append(Group(tuple(sorted(group)), tuple(denying)))
    return sorted(found, key=lambda one: (-len(one.stating) - len(one.denying), one.stating[0]))
