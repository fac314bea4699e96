"""The provenance graph of one claim: who had it from whom, and who stands behind whom.

A node is a short string: `source:12` (in the registry), `name:tass` (not yet), `article:7` (an article's own
voice), `imagery:pictures on social media`, and unnamed speakers bound to whoever gathered them:
`witnesses@source:12`, `unknown@article:7`, `said:a source in kabul@name:tass`, `seen@source:5`.
"""

from collections import deque
from dataclasses import dataclass, field

from verify.origins.material import Material, Source
from verify.origins.names import similar_pairs
from verify.sources.names import name_key

FOLLOWED = ("heard_from", "credits", "republishes")
"""Edges by which the claim itself travelled."""

_RANK = ("alias", "speaks_for", *FOLLOWED, "printed_in", "owned_by", "member_of", "perhaps_same", "pooled")
POSSIBLE = frozenset({"member_of", "perhaps_same", "pooled"})
"""Edges that may hold: they collapse in the lower bound only."""

_CARRIED_OVER = frozenset({"printed_in", "credits", "republishes", "owned_by"})
"""Edges between newsrooms that their unnamed speakers follow."""


@dataclass(frozen=True)
class Edge:
    """`child` leads back to `parent`."""

    child: str
    parent: str
    kind: str
    tie: str | None = None


@dataclass
class Graph:
    """Nodes with their names and kinds, and the edges that lead from each towards the origin."""

    sources: dict[str, Source]
    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    edges: dict[str, dict[str, Edge]] = field(default_factory=dict)
    looped: set[str] = field(default_factory=set)
    _led_on: dict[tuple[str, bool], tuple[Edge, ...]] = field(default_factory=dict)

    def add(self, child: str, parent: str, kind: str, tie: str | None = None) -> None:
        """Record an edge once, under the strongest kind that is known for it."""
        self._led_on.clear()
        if child == parent:
            if kind in FOLLOWED:
                self.looped.add(child)
            return
        known = self.edges.setdefault(child, {}).get(parent)
        if known is None or (_RANK.index(kind), tie or "") < (_RANK.index(known.kind), known.tie or ""):
            self.edges[child][parent] = Edge(child, parent, kind, tie)

    def note(self, node: str, name: str, kind: str) -> str:
        """Remember what a node is called (the first spelling in order, whatever the order of input)."""
        if (name, kind) < (self.names.get(node, "\U0010ffff"), self.kinds.get(node, "")):
            self.names[node], self.kinds[node] = name, kind
        return node

    def follows(self, node: str) -> bool:
        """Tell whether the claim reached this node from somebody else, or from itself."""
        return node in self.looped or any(e.kind in FOLLOWED for e in self.edges.get(node, {}).values())

    def behind(self, node: str, *, possible: bool) -> dict[str, Edge | None]:
        """Return the nodes behind this one, nearest first, each with the edge by which it was reached."""
        found: dict[str, Edge | None] = {node: None}
        waiting = deque([node])
        while waiting:
            for edge in self._onward(waiting.popleft(), possible):
                if edge.parent not in found:
                    found[edge.parent] = edge
                    waiting.append(edge.parent)
        return found

    def _onward(self, node: str, possible: bool) -> tuple[Edge, ...]:
        """The edges that lead on from a node, in order; kept, as every voice passes by the same nodes."""
        place = (node, possible)
        if place not in self._led_on:
            edges = (edge for _, edge in sorted(self.edges.get(node, {}).items()))
            self._led_on[place] = tuple(edge for edge in edges if possible or edge.kind not in POSSIBLE)
        return self._led_on[place]


class Registry:
    """Finds the node for a name: by the link a person made, by a confirmed spelling, or as a new name."""

    def __init__(self, material: Material) -> None:
        self.graph = Graph({f"source:{source.id}": source for source in material.sources})
        self._spelled: dict[str, set[str]] = {}
        for node, source in sorted(self.graph.sources.items()):
            self.graph.note(node, source.name, source.kind)
            for spelling in (source.name, *source.aliases):
                self._spelled.setdefault(name_key(spelling), set()).add(node)

    def find(self, name: str, kind: str, source: str | None) -> str:
        """Return the node of a named hop, outlet or credit."""
        if source is not None and f"source:{source}" in self.graph.sources:
            return f"source:{source}"
        known = self.known(name)
        if known is not None:
            return known
        form = name_key(name)
        node = self.graph.note(f"name:{form}", name, kind)
        for other in self._spelled.get(form, ()):
            self.graph.add(node, other, "perhaps_same")
        return node

    def known(self, name: str) -> str | None:
        """Return the registered source that alone goes by this name."""
        known = self._spelled.get(name_key(name), set())
        return next(iter(known)) if len(known) == 1 else None

    def add_ties(self, material: Material) -> None:
        """Add the registry's ties, for named sources and for the unnamed speakers behind newsrooms."""
        for tie in material.ties:
            ends = f"source:{tie.source}", f"source:{tie.target}"
            if tie.kind in _RANK and all(end in self.graph.sources for end in ends):
                self.graph.add(*ends, tie.kind, tie.id)

    def add_possible(self) -> None:
        """Add what may be: names a spelling apart, and unnamed witnesses nobody can tell apart."""
        called = {n.removeprefix("name:"): {n} for n in self.graph.names if n.startswith("name:")}
        bearers = self._spelled | called
        for first, second in similar_pairs(called, self._spelled):
            for one in sorted(bearers[first]):
                for other in sorted(bearers[second]):
                    self.graph.add(one, other, "perhaps_same")
                    self.graph.add(other, one, "perhaps_same")

    def add_unnamed(self) -> None:
        """Let unnamed speakers follow the newsroom that gathered them to whoever it copies or belongs to."""
        for node in [n for n in list(self.graph.names) if "@" in n and not n.startswith("name:")]:
            tag, _, gatherer = node.partition("@")
            self._carry(tag, gatherer, set())

    def _carry(self, tag: str, gatherer: str, done: set[str]) -> None:
        child = f"{tag}@{gatherer}"
        done.add(gatherer)
        if tag == "witnesses":
            self.graph.add(child, "pool:witnesses", "pooled")
        for parent, edge in sorted(self.graph.edges.get(gatherer, {}).items()):
            if edge.kind in _CARRIED_OVER and not (tag == "seen" and edge.kind != "owned_by"):
                name = self.graph.names[child]
                self.graph.note(f"{tag}@{parent}", name, self.graph.kinds[child])
                self.graph.add(child, f"{tag}@{parent}", edge.kind, edge.tie)
                if parent not in done:
                    self._carry(tag, parent, done)
