"""What would settle the count: the question whose answer narrows the interval most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from verify.origins import steps as reasons
from verify.origins.cover import fewest
from verify.origins.graph import Edge, Key
from verify.origins.sides import Bounds, Group, Side
from verify.origins.voices import Strength

_ASKED = 24
"""Questions weighed at most; each costs a count of its own."""


@dataclass(frozen=True)
class Question:
    """One open question, and the count under either answer."""

    words: str
    if_so: Bounds
    if_not: Bounds
    edge: Key | None = None
    """The edge that a person may confirm or cut; None where the trail ends and somebody must be found."""
    node: str = ""
    states: Key | None = None
    """The step that a person may state where the answer is yes."""

    @property
    def sentence(self) -> str:
        """The question with both answers."""
        return f"{self.words} {self._then('If so', self.if_so)}; {self._then('if not', self.if_not)}."

    def _then(self, answer: str, bounds: Bounds) -> str:
        return f"{answer}, the count is {bounds}"

    def narrows(self, now: Bounds) -> tuple[int, int]:
        """By how much both answers together narrow the interval, and by how much the worse one does."""
        gains = (now.width - self.if_so.width, now.width - self.if_not.width)
        return sum(gains), min(gains)


def what_would_settle(side: Side) -> Question | None:
    """The question whose answer narrows the interval most; None where no answer would."""
    now = side.bounds
    if not now.width:
        return None
    asked = [*_about_edges(side), *_about_trails(side)]
    asked.sort(key=lambda one: (*(-gain for gain in one.narrows(now)), one.edge is None, one.words))
    return asked[0] if asked and asked[0].narrows(now)[0] > 0 else None


def _about_edges(side: Side) -> Iterator[Question]:
    """Ask whether each edge holds that only may hold, as far as voices lead over it."""
    edges: dict[Key, Edge] = {}
    for paths in side.maybe.values():
        for edge in paths.values():
            if edge is not None and not edge.holds:
                edges.setdefault(edge.key, edge)
    for key in sorted(edges)[:_ASKED]:
        edge = edges[key]
        so = Bounds(side.bounds.lower, _upper_with(side, key, edge))
        no = Bounds(_lower_without(side, key), side.bounds.upper)
        ends = key[1:] if edge.rests_on is None else (edge.child, edge.parent)
        told = reasons.told(side.registry, edge.kind, *ends)
        words = told if edge.kind == "pooled" else f"{told[0].upper()}{told[1:]}"
        yield Question(f"Is it so: {words.replace(' may be ', ' are ')}?", so, no, key)


def _upper_with(side: Side, key: Key, edge: Edge) -> int:
    """The upper bound if this edge holds."""
    graph = side.registry.graph
    ends = {edge.child, edge.parent}
    known = {
        node: frozenset(graph.behind(node, possible=False, sure=key))
        if ends.intersection(paths) or edge.rests_on
        else frozenset(paths)
        for node, paths in side.known.items()
    }
    return len(fewest(known))


def _lower_without(side: Side, key: Key) -> int:
    """The lower bound if this edge does not hold."""
    graph = side.registry.graph
    firm = side.of_strength(Strength.FIRM)
    if not firm:
        return side.bounds.lower
    maybe = {
        node: frozenset(graph.behind(node, possible=True, without=key))
        if any(edge is not None and edge.key == key for edge in side.maybe[node].values())
        else frozenset(side.maybe[node])
        for node in firm
    }
    return len(fewest(maybe))


def _about_trails(side: Side) -> Iterator[Question]:
    """Ask where each origin that counts in the upper bound alone has it from."""
    open_ones = (
        group
        for group in side.groups
        if not group.certain and any(side.strength[node] is not Strength.FIRM for node in group.nodes)
    )
    for group in islice(open_ones, _ASKED):
        lower, upper = side.bounds.lower, side.bounds.upper
        own = lower + 1 if side.of_strength(Strength.FIRM) or not lower else lower
        if upper - 1 < lower:
            continue
        name, counted = _wanted(side, group), [one.head for one in side.groups if one.certain]
        known = (
            reasons.call(side.registry, counted[0]) if len(counted) == 1 else "an origin that counts already"
        )
        who = group.head if len(group.nodes) > 1 else group.nodes[0]
        states = ("heard_from", who, counted[0]) if len(counted) == 1 else None
        so, no = Bounds(lower, upper - 1), Bounds(min(own, upper), upper)
        yield Question(f"Does {name} lead back to {known}?", so, no, node=group.head, states=states)


def _wanted(side: Side, group: Group) -> str:
    name = reasons.call(side.registry, group.head)
    return name[0].lower() + name[1:] if name.startswith("Unnamed witnesses") else name
