"""One side of a claim, those who assert it or those who deny it: its voices, and the fewest origins behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from verify.origins.cover import fewest, matched
from verify.origins.graph import Edge
from verify.origins.material import Material
from verify.origins.records import read_records, record_strengths
from verify.origins.registry import Registry
from verify.origins.stakes import Stakes
from verify.origins.voices import Strength, Voice, hear, strengths

Paths = Mapping[str, Mapping[str, Edge | None]]


@dataclass(frozen=True, order=True)
class Bounds:
    """At least so many, at most so many."""

    lower: int = 0
    upper: int = 0

    @property
    def width(self) -> int:
        """How far the two are apart."""
        return self.upper - self.lower

    def __str__(self) -> str:
        return str(self.upper) if self.lower == self.upper else f"{self.lower}–{self.upper}"


NONE = Bounds()


@dataclass
class Group:
    """Voices that lead back to one origin."""

    head: str
    voices: list[Voice] = field(default_factory=list)
    certain: bool = False

    @property
    def nodes(self) -> list[str]:
        """The voices' nodes, each once, in order."""
        return sorted({voice.node for voice in self.voices})

    @property
    def articles(self) -> int:
        """How many articles carry one of these voices."""
        return len({voice.article for voice in self.voices if not voice.record})

    @property
    def records(self) -> int:
        """How many pieces of evidence lead here."""
        return len({voice.record for voice in self.voices if voice.record})


class Side:
    """The graph of one side, built in one order whatever the order of input."""

    def __init__(self, material: Material, *, denies: bool) -> None:
        self.stance = "denies" if denies else "asserts"
        self.appearances = [one for one in material.appearances if one.denies is denies]
        self.registry = Registry(material)
        self.registry.add_ties(material)
        self.voice_of = hear(self.registry, self.appearances, material)
        self.records = sorted(
            (one for one in material.records if one.denies is denies), key=lambda one: one.id
        )
        recorded = read_records(self.registry, self.records)
        self.voices = sorted({*self.voice_of, *recorded})
        self.registry.add_stated()
        self.registry.add_unnamed(voice.node for voice in self.voices)
        self.registry.add_possible()
        self.strength = strengths(self.registry, self.voice_of) | record_strengths(self.registry, recorded)
        self.strength = dict(sorted(self.strength.items()))
        behind = self.registry.graph.behind
        self.known: Paths = {node: behind(node, possible=False) for node in self.strength}
        self.maybe: Paths = {node: behind(node, possible=True) for node in self.strength}
        self.stakes = Stakes(self.registry, material)

    def of_strength(self, wanted: Strength) -> list[str]:
        """The voices' nodes that stand so firmly."""
        return [node for node, how in self.strength.items() if how is wanted]

    @cached_property
    def bounds(self) -> Bounds:
        """At least and at most how many independent origins this side has."""
        return self.bounds_of(self.strength)

    @cached_property
    def unstaked(self) -> Bounds:
        """The same among those who have no stake; one that may have a stake counts in the upper bound alone."""
        return self.bounds_of(
            {node for node in self.strength if not self.stakes.holds(self.known[node])},
            {node for node in self.strength if not self.stakes.holds(self.maybe[node])},
        )

    def bounds_of(self, above: Iterable[str], below: Iterable[str] | None = None) -> Bounds:
        """The bounds for some of the voices: these in the upper one, and those in the lower."""
        above = list(above)
        below = set(above if below is None else below)
        firm = [node for node in self.of_strength(Strength.FIRM) if node in below]
        lower = len(fewest({node: frozenset(self.maybe[node]) for node in firm}))
        if not self.of_strength(Strength.FIRM):
            lower = min(1, sum(node in below for node in self.of_strength(Strength.TRACED)))
        return Bounds(lower, len(fewest({node: frozenset(self.known[node]) for node in above})))

    @cached_property
    def groups(self) -> list[Group]:
        """The voices in the fewest groups that each lead back to one node, those that count surely first."""
        found = self._gather()
        self._mark_certain(found)
        return sorted(found, key=lambda group: (not group.certain, -group.articles, group.head))

    def _gather(self) -> list[Group]:
        chosen = fewest({node: frozenset(paths) for node, paths in self.known.items()})
        groups = {node: Group(node) for node in chosen}
        for voice in self.voices:
            nearest = next(node for node in self.known[voice.node] if node in groups)
            groups[nearest].voices.append(voice)
        spoken = [group for group in groups.values() if group.voices]
        for group in spoken:
            group.head = self._head(group)
        return sorted(spoken, key=lambda group: group.head)

    def _head(self, group: Group) -> str:
        """Choose, among the nodes that stand behind all of a group, the one that a reader would name."""
        first, *others = group.nodes
        shared = [node for node in self.known[first] if all(node in self.known[other] for other in others)]
        start = next((node for node in shared if "@source:" in node), shared[0])
        for kinds in _CLIMBED:
            climbed = {start}
            while True:
                edges = self.registry.graph.edges.get(start, {})
                upward = [
                    n for n in sorted(edges) if edges[n].kind in kinds and n in shared and n not in climbed
                ]
                if not upward:
                    break
                start = upward[0]
                climbed.add(start)
        return start

    @cached_property
    def falls_to(self) -> dict[str, str]:
        """The node to which each firm voice falls in the lower bound."""
        firm = {node: frozenset(self.maybe[node]) for node in self.of_strength(Strength.FIRM)}
        chosen = set(fewest(firm))
        return {node: next(one for one in self.maybe[node] if one in chosen) for node in firm}

    def _mark_certain(self, groups: list[Group]) -> None:
        """Mark the origins that the lower bound counts."""
        choices: dict[str, list[str]] = {node: [] for node in self.falls_to.values()}
        by_head = {group.head: group for group in groups}
        for group in sorted(groups, key=_weight):
            for node in sorted({self.falls_to[one] for one in group.nodes if one in self.falls_to}):
                choices[node].append(group.head)
        for head in matched(choices):
            by_head[head].certain = True
        if not self.falls_to:
            traced = set(self.of_strength(Strength.TRACED))
            for group in sorted((g for g in groups if traced.intersection(g.nodes)), key=_weight)[:1]:
                group.certain = True


_CLIMBED = (
    ("made_by",),
    ("copies", "translates"),
    ("credits", "republishes"),
    ("printed_in",),
    ("voice_of", "speaks_for"),
)
"""From whom to whom a reader would go to name an origin, one kind after the other."""


def _weight(group: Group) -> tuple[bool, int, str]:
    """Order groups so that the one to name comes first: registered, then in most articles."""
    return not group.head.startswith("source:"), -group.articles, group.head
