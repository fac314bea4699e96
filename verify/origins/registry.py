"""Who is meant by a name in a chain, and the edges that the registry, shared text and people add to a graph."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from verify.origins.graph import BOTH_WAYS, KINDS, Graph, key_of
from verify.origins.material import Material, Shared
from verify.origins.names import similar_pairs
from verify.sources.names import name_key

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


def _is_gathered(node: str) -> bool:
    """Tell whether a node is somebody unnamed, bound to whoever gathered them."""
    return "@" in node and not node.startswith(_WHOLE)


class Registry:
    """Finds the node for a name: by the link a person made, by a confirmed spelling, or as a new name."""

    def __init__(self, material: Material) -> None:
        decided = {key_of(one.kind, one.child, one.parent): one for one in material.decisions}
        self.graph = Graph({f"source:{source.id}": source for source in material.sources}, decided)
        self._apart = {frozenset(pair) for pair in material.apart}
        self.unnamed: set[str] = set()
        """Those whose own record the desk has, and whom it does not name."""
        self.bodies: dict[str, str] = {}
        """The bodies that chains name, by the key of the name."""
        self.newsrooms: dict[str, set[str]] = {}
        """For each article, who printed it and whom it credits."""
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

    def body(self, name: str) -> str | None:
        """Return the registered source that goes by this name, or the body that a chain of this claim calls so."""
        return self.known(name) or self.bodies.get(name_key(name))

    def add_ties(self, material: Material) -> None:
        """Add the registry's ties, for named sources and for the unnamed speakers behind newsrooms."""
        for tie in material.ties:
            ends = f"source:{tie.source}", f"source:{tie.target}"
            if tie.kind in KINDS and all(end in self.graph.sources for end in ends):
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
        for node in [node for node in list(self.graph.names) if _is_gathered(node)]:
            tag, _, gatherer = node.partition("@")
            self._carry(tag, gatherer, set())
        witnesses = sorted({node for node in speaking if node.startswith("witnesses@")})
        self._pool(witnesses)
        for node in witnesses:
            for known in sorted(self.unnamed):
                self.graph.add(node, known, "pooled")

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
            if _is_gathered(parent):
                continue
            if edge.kind in _CARRIED_OVER and not (tag == "seen" and edge.kind not in _KIN):
                name = self.graph.names[child]
                carried = self.graph.note(f"{tag}@{parent}", name, self.graph.kinds[child])
                self.graph.add(child, carried, edge.kind, edge.tie, rests_on=edge.key)
                for body, own in list(self.graph.edges[child].items()):
                    if own.kind == "voice_of":
                        self.graph.add(carried, body, "voice_of", rests_on=own.key)
                if parent not in done:
                    self._carry(tag, parent, done)
