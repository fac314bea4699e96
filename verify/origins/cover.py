"""The fewest origins that account for every voice.

Each voice comes with the set of all that may stand behind it (itself, whom it speaks for, whom it copies …).
The fewest sources such that every voice has one of them behind it is the number of origins. More ties, or two
sources merged into one, only enlarge these sets, so they can never raise the number: the bounds inherit that.
"""

from collections.abc import Mapping

_PATIENCE = 20_000
"""Search steps before the exact search gives way to the greedy one. Real tickets need fewer than ten."""


def fewest(behind: Mapping[str, frozenset[str]]) -> list[str]:
    """Return, in order, the fewest nodes such that every voice has one of them behind it."""
    sets = _smallest(set(behind.values()))
    chosen: list[str] = []
    for group in _separate(sets):
        nodes = _strongest(group)
        needed = _smallest({frozenset(nodes) & one for one in group})
        chosen += _search(needed)
    return sorted(chosen)


def _smallest(sets: set[frozenset[str]]) -> list[frozenset[str]]:
    """Keep the sets that contain no other one: who accounts for those accounts for the rest."""
    kept: list[frozenset[str]] = []
    at: dict[str, list[frozenset[str]]] = {}
    for one in sorted(sets, key=lambda s: (len(s), sorted(s))):
        rivals = (other for node in one for other in at.get(node, ()))
        if not any(other <= one for other in rivals):
            kept.append(one)
            for node in one:
                at.setdefault(node, []).append(one)
    return kept


def _separate(sets: list[frozenset[str]]) -> list[list[frozenset[str]]]:
    """Split the sets into groups that have no node in common."""
    group_of: dict[str, int] = {}
    groups: dict[int, list[frozenset[str]]] = {}
    for number, one in enumerate(sets):
        touched = sorted({group_of[node] for node in one if node in group_of})
        members = [one]
        for old in touched:
            members = groups.pop(old) + members
        groups[number] = members
        for member in members if touched else [one]:
            for node in member:
                group_of[node] = number
    return [groups[number] for number in sorted(groups)]


def _strongest(group: list[frozenset[str]]) -> list[str]:
    """Drop each node that accounts for nothing another one does not account for as well."""
    reach: dict[str, int] = {}
    for number, one in enumerate(group):
        for node in one:
            reach[node] = reach.get(node, 0) | 1 << number
    kept: dict[int, str] = {}
    for node in sorted(reach, key=lambda n: (-reach[n].bit_count(), n)):
        mask = reach[node]
        if not any(mask & other == mask for other in kept):
            kept[mask] = node
    return list(kept.values())


def _search(sets: list[frozenset[str]]) -> list[str]:
    """Find the smallest choice exactly, by allowing one node more at a time."""
    steps = [_PATIENCE]
    for allowed in range(1, len(sets) + 1):
        found = _within(sets, allowed, steps)
        if found is not None:
            return found
        if steps[0] <= 0:
            return _greedy(sets)
    return []


def _within(sets: list[frozenset[str]], allowed: int, steps: list[int]) -> list[str] | None:
    steps[0] -= 1
    if not sets:
        return []
    if allowed == 0 or steps[0] <= 0 or _apart(sets) > allowed:
        return None
    tightest = min(sets, key=len)
    for node in sorted(tightest):
        rest = _within([one for one in sets if node not in one], allowed - 1, steps)
        if rest is not None:
            return [node, *rest]
    return None


def _apart(sets: list[frozenset[str]]) -> int:
    """Count sets that share no node, one after the other: at least so many nodes are needed."""
    used: set[str] = set()
    count = 0
    for one in sets:
        if used.isdisjoint(one):
            used |= one
            count += 1
    return count


def _greedy(sets: list[frozenset[str]]) -> list[str]:
    chosen: list[str] = []
    while sets:
        weights: dict[str, int] = {}
        for one in sets:
            for node in one:
                weights[node] = weights.get(node, 0) + 1
        best = min(weights, key=lambda node: (-weights[node], node))
        chosen.append(best)
        sets = [one for one in sets if best not in one]
    return chosen


def matched(left: Mapping[str, list[str]]) -> dict[str, str]:
    """Give as many on the left as possible one partner each, no partner twice; return partner -> left."""
    partner: dict[str, str] = {}

    def place(name: str, seen: set[str]) -> bool:
        for choice in left[name]:
            if choice in seen:
                continue
            seen.add(choice)
            if choice not in partner or place(partner[choice], seen):
                partner[choice] = name
                return True
        return False

    for name in sorted(left):
        place(name, set())
    return partner
