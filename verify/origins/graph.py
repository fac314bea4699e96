"""The provenance graph of one claim: who had it from whom, and who stands behind whom.

A node is a short string: `source:12` (in the registry), `name:tass` (not yet), `article:7` (an article's own
voice), `imagery:pictures on social media`, and unnamed speakers bound to whoever gathered them:
`witnesses@source:12`, `unknown@article:7`, `said:a source in kabul@name:tass`, `seen@source:5`. A piece of evidence
that is somebody's own record is `evidence:31`.
"""

from collections import deque
from dataclasses import dataclass, field

from verify.origins.material import Decision, Source

FOLLOWED = ("heard_from", "credits", "republishes", "copies", "translates")
"""Edges by which the claim itself travelled."""

_CITED = ("heard_from", "credits", "republishes")
_CERTAIN = (
    "alias",
    "made_by",
    "speaks_for",
    "voice_of",
    *FOLLOWED,
    "same_statement",
    "same_record",
    "printed_in",
    "owned_by",
    "same_family",
)
_UNSURE = ("member_of", "partly_copies", "perhaps_same", "pooled")
KINDS = (*_CERTAIN, *_UNSURE)
POSSIBLE = frozenset(_UNSURE)
"""Edges that may hold: they collapse in the lower bound only, until a person confirms them."""

BOTH_WAYS = frozenset({"same_family", "same_statement", "same_record", "perhaps_same"})
"""Edges that lead either way: a decision about one end is a decision about the other."""

_RANK = {kind: number for number, kind in enumerate(KINDS)}

Key = tuple[str, str, str]
"""Kind, child and parent: what a person's decision names."""


def key_of(kind: str, child: str, parent: str) -> Key:
    """Name an edge in one way only, whichever end it is seen from."""
    if kind in BOTH_WAYS:
        child, parent = sorted((child, parent))
    return kind, child, parent


@dataclass(frozen=True)
class Edge:
    """`child` leads back to `parent`; a derived edge names the one it rests on."""

    child: str
    parent: str
    kind: str
    tie: str | None = None
    rests_on: Key | None = None
    confirmed: bool = False

    @property
    def key(self) -> Key:
        """What a person confirms or cuts."""
        return self.rests_on or key_of(self.kind, self.child, self.parent)

    @property
    def holds(self) -> bool:
        """Whether it collapses in both bounds."""
        return self.confirmed or self.kind not in POSSIBLE

    def order(self) -> tuple[bool, int, str, Key]:
        """Sort the edges between two nodes: the one to keep comes first."""
        return not self.holds, _RANK[self.kind], self.tie or "~", self.key


@dataclass
class Graph:
    """Nodes with their names and kinds, and the edges that lead from each towards the origin."""

    sources: dict[str, Source]
    decided: dict[Key, Decision] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    edges: dict[str, dict[str, Edge]] = field(default_factory=dict)
    looped: set[str] = field(default_factory=set)
    _led_on: dict[str, tuple[Edge, ...]] = field(default_factory=dict)

    def cut(self, kind: str, child: str, parent: str) -> bool:
        """Tell whether a person cut this edge."""
        decision = self.decided.get(key_of(kind, child, parent))
        return decision is not None and decision.verdict == "cut"

    def add(
        self, child: str, parent: str, kind: str, tie: str | None = None, rests_on: Key | None = None
    ) -> None:
        """Record an edge once, under the strongest kind that is known for it, unless a person cut it."""
        self._led_on.clear()
        key = rests_on or key_of(kind, child, parent)
        decision = self.decided.get(key)
        if decision is not None and decision.verdict == "cut":
            return
        if child == parent:
            if kind in FOLLOWED:
                self.looped.add(child)
            return
        edge = Edge(child, parent, kind, tie, rests_on, confirmed=decision is not None)
        known = self.edges.setdefault(child, {}).get(parent)
        if known is None or edge.order() < known.order():
            self.edges[child][parent] = edge

    def note(self, node: str, name: str, kind: str) -> str:
        """Remember what a node is called (the first spelling in order, whatever the order of input)."""
        if (name, kind) < (self.names.get(node, "\U0010ffff"), self.kinds.get(node, "")):
            self.names[node], self.kinds[node] = name, kind
        return node

    def followed_from(self, node: str) -> set[str]:
        """Return whom a node has its text from: by credits, copies and translations, one after the other."""
        found: set[str] = set()
        waiting = [node]
        while waiting:
            for parent, edge in self.edges.get(waiting.pop(), {}).items():
                if edge.kind in FOLLOWED and parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        return found

    def follows(self, node: str) -> bool:
        """Tell whether the claim reached this node from somebody else, or from itself."""
        return node in self.looped or any(e.kind in FOLLOWED for e in self.edges.get(node, {}).values())

    def cites(self, node: str) -> bool:
        """Tell whether a node names somebody, or itself, as where it has the claim from."""
        return node in self.looped or any(e.kind in _CITED for e in self.edges.get(node, {}).values())

    def behind(
        self, node: str, *, possible: bool, sure: Key | None = None, without: Key | None = None
    ) -> dict[str, Edge | None]:
        """Return the nodes behind this one, nearest first, each with the edge by which it was reached.

        `sure` names an edge to follow as if it were known, `without` one to leave out.
        """
        found: dict[str, Edge | None] = {node: None}
        waiting = deque([node])
        while waiting:
            for edge in self._onward(waiting.popleft()):
                follow = possible or edge.holds or edge.key == sure
                if follow and edge.parent not in found and (without is None or edge.key != without):
                    found[edge.parent] = edge
                    waiting.append(edge.parent)
        return found

    def _onward(self, node: str) -> tuple[Edge, ...]:
        """The edges that lead on from a node, in order; kept, as every voice passes by the same nodes."""
        if node not in self._led_on:
            self._led_on[node] = tuple(edge for _, edge in sorted(self.edges.get(node, {}).items()))
        return self._led_on[node]
