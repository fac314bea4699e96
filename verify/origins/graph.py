"""The provenance graph of one claim: who had it from whom, and who stands behind whom.

A node is a short string: `source:12` (in the registry), `name:tass` (not yet), `article:7` (an article's own
voice), `imagery:pictures on social media`, and unnamed speakers bound to whoever gathered them:
`witnesses@source:12`, `unknown@article:7`, `said:a source in kabul@name:tass`, `seen@source:5`.
"""

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from verify.origins.material import Decision, Material, Shared, Source
from verify.origins.names import similar_pairs
from verify.sources.names import name_key

FOLLOWED = ("heard_from", "credits", "republishes", "copies", "translates")
"""Edges by which the claim itself travelled."""

_CITED = ("heard_from", "credits", "republishes")
_CERTAIN = ("alias", "speaks_for", *FOLLOWED, "same_statement", "printed_in", "owned_by", "same_family")
_UNSURE = ("member_of", "partly_copies", "perhaps_same", "pooled")
KINDS = (*_CERTAIN, *_UNSURE)
POSSIBLE = frozenset(_UNSURE)
"""Edges that may hold: they collapse in the lower bound only, until a person confirms them."""

BOTH_WAYS = frozenset({"same_family", "same_statement", "perhaps_same"})
"""Edges that lead either way: a decision about one end is a decision about the other."""

_RANK = {kind: number for number, kind in enumerate(KINDS)}
_CARRIED_OVER = frozenset(
    {
        "printed_in",
        "credits",
        "republishes",
        "copies",
        "translates",
        "partly_copies",
        "owned_by",
        "same_family",
    }
)
"""Edges between newsrooms that their unnamed speakers follow."""

_KIN = frozenset({"owned_by", "same_family"})
"""Edges between newsrooms of one house, which see with the same eyes."""

_WHOLE = ("name:", "unheard:")
"""Tags of nodes in whose rest an @ is no more than a sign."""

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
        return not self.holds, _RANK[self.kind], self.tie or "", self.key


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


class Registry:
    """Finds the node for a name: by the link a person made, by a confirmed spelling, or as a new name."""

    def __init__(self, material: Material) -> None:
        decided = {key_of(one.kind, one.child, one.parent): one for one in material.decisions}
        self.graph = Graph({f"source:{source.id}": source for source in material.sources}, decided)
        self._apart = {frozenset(pair) for pair in material.apart}
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
            if frozenset((node, other)) not in self._apart:
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
                if tie.kind in BOTH_WAYS:
                    self.graph.add(ends[1], ends[0], tie.kind, tie.id)

    def add_shared(self, material: Material, carrying: Collection[str]) -> None:
        """Let an article that has its text from another one follow it; where nobody knows which way, follow both."""
        for one in material.shared:
            kind = "partly_copies" if one.strength == "partly copied" else "copies"
            ends = f"article:{one.article}", f"article:{one.other}"
            if one.article in carrying:
                if one.other not in carrying:
                    self._print_elsewhere(ends[1], one)
                self.graph.add(*ends, kind)
            if not one.ordered and one.other in carrying and one.article in carrying:
                self.graph.add(ends[1], ends[0], kind, rests_on=key_of(kind, *ends))

    def _print_elsewhere(self, node: str, shared: Shared) -> None:
        """Note an article that others have their text from, though it does not carry the claim itself."""
        self.graph.note(node, shared.printed_by.name, "article")
        outlet = self.find(shared.printed_by.name, shared.printed_by.kind, shared.printed_by.source)
        self.graph.add(node, outlet, "printed_in")

    def add_stated(self) -> None:
        """Add the edges that people stated by hand, between nodes that this claim has."""
        for (kind, child, parent), decision in sorted(self.graph.decided.items()):
            if decision.verdict == "added" and child in self.graph.names and parent in self.graph.names:
                self.graph.add(child, parent, kind)
                if kind in BOTH_WAYS:
                    self.graph.add(parent, child, kind)

    def add_possible(self) -> None:
        """Add what may be: names a spelling apart, and unnamed witnesses nobody can tell apart."""
        called = {n.removeprefix("name:"): {n} for n in self.graph.names if n.startswith("name:")}
        bearers = self._spelled | called

        def alike(first: str, second: str) -> list[tuple[str, str]]:
            pairs = ((one, other) for one in sorted(bearers[first]) for other in sorted(bearers[second]))
            return [pair for pair in pairs if frozenset(pair) not in self._apart]

        for first, second in similar_pairs(called, self._spelled, lambda *keys: bool(alike(*keys))):
            for one, other in alike(first, second):
                self.graph.add(one, other, "perhaps_same")
                self.graph.add(other, one, "perhaps_same")

    def add_unnamed(self, speaking: Iterable[str]) -> None:
        """Let unnamed speakers follow the newsroom that gathered them to whoever it copies or belongs to."""
        for node in [n for n in list(self.graph.names) if "@" in n and not n.startswith(_WHOLE)]:
            tag, _, gatherer = node.partition("@")
            self._carry(tag, gatherer, set())
        self._pool(sorted({node for node in speaking if node.startswith("witnesses@")}))

    def _pool(self, witnesses: list[str]) -> None:
        """Unnamed witnesses of two newsrooms may be the same people."""
        if len(witnesses) == 2:
            first, second = witnesses
            self.graph.add(first, second, "pooled")
            self.graph.add(second, first, "pooled", rests_on=key_of("pooled", first, second))
            return
        for node in witnesses:
            self.graph.add(node, "pool:witnesses", "pooled")

    def _carry(self, tag: str, gatherer: str, done: set[str]) -> None:
        child = f"{tag}@{gatherer}"
        done.add(gatherer)
        for parent, edge in sorted(self.graph.edges.get(gatherer, {}).items()):
            if edge.kind in _CARRIED_OVER and not (tag == "seen" and edge.kind not in _KIN):
                name = self.graph.names[child]
                self.graph.note(f"{tag}@{parent}", name, self.graph.kinds[child])
                self.graph.add(child, f"{tag}@{parent}", edge.kind, edge.tie, rests_on=edge.key)
                if parent not in done:
                    self._carry(tag, parent, done)
