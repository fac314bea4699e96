"""Which of many claims state the same, and which deny it: groups whose members are alike on the whole. Pure."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from verify.similarity.likeness import Likeness, likeness
from verify.similarity.saying import Saying

ALIKE = 0.4
"""From where two claims are the same; a group is one whose members are so on average."""
AGAINST = 0.3
"""From where one speaks of what the other denies."""
_ONCE = 0.6
"""How much a word tells that only one claim has: it may say in other words what others say."""
_OFTEN = 0.5
"""Share of the claims from which a word alone makes nobody look closer."""
_FEWEST_OFTEN = 40

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
    homes = _gathered(len(sayings), kept, barred)
    return _with_denials(homes, pairs, pointing or {})


def compared(sayings: Sequence[Saying]) -> dict[tuple[int, int], Likeness]:
    """Compare every two claims that have anything in common."""
    telling = tells(sayings)
    return {pair: likeness(sayings[pair[0]], sayings[pair[1]], telling) for pair in sorted(_near(sayings))}


def tells(sayings: Sequence[Saying]) -> dict[str, float]:
    """How much each sense tells among these claims: one that few have tells more than one that many have."""
    many = len(sayings)
    often = Counter(sense for one in sayings for sense in _senses(one))
    scale = math.log(1 + many / 2)
    return {
        sense: math.log(1 + many / count) / scale if count > 1 else _ONCE for sense, count in often.items()
    }


def _senses(one: Saying) -> set[str]:
    return {sense for unit in one.units for term in unit.terms for sense in term.senses}


def _near(sayings: Sequence[Saying]) -> set[tuple[int, int]]:
    """Every two claims that share two words, or one that not many have."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(sayings):
        for sense in _senses(one):
            holders[sense].append(number)
    often = max(_FEWEST_OFTEN, int(_OFTEN * len(sayings)))
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        shared.update(combinations(numbers, 2) if len(numbers) <= often else ())
    return set(shared)


def _gathered(
    many: int, kept: Mapping[tuple[int, int], float], barred: set[tuple[int, int]]
) -> list[frozenset[int]]:
    """Join the two groups most alike on average, again and again, while they are alike enough."""
    groups: dict[int, frozenset[int]] = {number: frozenset([number]) for number in range(many)}
    links: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), score in kept.items():
        links[one][other] = links[other][one] = score
    apart: dict[int, set[int]] = defaultdict(set)
    for one, other in barred:
        apart[one].add(other)
        apart[other].add(one)
    while True:
        best = max(
            (
                (total / (len(groups[one]) * len(groups[other])), -one, -other)
                for one, others in links.items()
                for other, total in others.items()
                if one < other and other not in apart[one]
            ),
            default=(0.0, 0, 0),
        )
        if best[0] < ALIKE:
            return sorted(groups.values(), key=min)
        kept_one, gone = -best[1], -best[2]
        groups[kept_one] |= groups.pop(gone)
        for third, total in links.pop(gone).items():
            del links[third][gone]
            if third != kept_one:
                links[kept_one][third] = links[third][kept_one] = links[kept_one].get(third, 0.0) + total
        for third in apart.pop(gone, set()):
            apart[third].discard(gone)
            apart[third].add(kept_one)
            apart[kept_one].add(third)


def _with_denials(groups: list[frozenset[int]], pairs: Pairs, pointing: Mapping[int, int]) -> list[Group]:
    """File each group that speaks against a larger one, or that points at it, with that one as its denial."""
    home = {number: place for place, group in enumerate(groups) for number in group}
    against: dict[tuple[int, int], list[float]] = defaultdict(list)
    for (one, other), found in pairs.items():
        if found.opposed and not found.doubted and home[one] != home[other]:
            against[home[one], home[other]].append(found.score)
            against[home[other], home[one]].append(found.score)
    filed: dict[int, int] = {}
    for denying, denied in sorted(pointing.items()):
        if home[denied] != home[denying] and len(groups[home[denying]]) == 1:
            filed[home[denying]] = home[denied]
    ranked = sorted(((_most(scores), one, other) for (one, other), scores in against.items()), reverse=True)
    for score, one, other in ranked:
        smaller = (len(groups[one]), -min(groups[one])) < (len(groups[other]), -min(groups[other]))
        if (
            score >= AGAINST
            and smaller
            and one not in filed
            and other not in filed
            and one not in filed.values()
        ):
            filed[one] = other
    return _told(groups, filed)


def _most(scores: Sequence[float]) -> float:
    """The mean of the better half: a denial need not speak in the words of every member."""
    best = sorted(scores, reverse=True)[: (len(scores) + 1) // 2]
    return sum(best) / len(best)


def _told(groups: list[frozenset[int]], filed: Mapping[int, int]) -> list[Group]:
    found = []
    for place, group in enumerate(groups):
        if place in filed:
            continue
        denying = sorted(number for one, other in filed.items() if other == place for number in groups[one])
        found.append(Group(tuple(sorted(group)), tuple(denying)))
    return sorted(found, key=lambda one: (-len(one.stating) - len(one.denying), one.stating[0]))
