"""Who has a stake in what they say, and who says something against their own interest."""

from __future__ import annotations

import re
from collections.abc import Iterable

from verify.origins.material import Appearance, Material
from verify.origins.registry import Registry
from verify.sources.names import words_of

_BELONGS = frozenset({"made_by", "speaks_for", "voice_of", "member_of", "owned_by"})
_SEEN = "seen@"
"""A newsroom as its own witness: its stake is the newsroom's."""

_ADMITS = re.compile("acknowledg(e[ds]?|ing)|admit(s|ted|ting)?|conced(e[ds]?|ing)|confess(e[ds]|ing)?")


def admits(cue: str) -> bool:
    """Tell whether a reporting word says that the speaker would rather not have said it."""
    return any(_ADMITS.fullmatch(word) for word in words_of(cue))


class Stakes:
    """The nodes of one graph that are parties to the event, or tied to whoever made the claim."""

    def __init__(self, registry: Registry, material: Material) -> None:
        self._graph = registry.graph
        self._allied = self._pairs(material, "allied_with")
        self._hostile = self._pairs(material, "hostile_to")
        claimant = f"source:{material.claimant}" if material.claimant else ""
        self._claimant = claimant if claimant in self._graph.sources else ""
        self._camp = self._kin([self._claimant]) if self._claimant else set()
        self._camp |= {other for node in self._camp for other in self._allied.get(node, ())}

    @staticmethod
    def _pairs(material: Material, kind: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for tie in material.ties:
            if tie.kind == kind:
                ends = f"source:{tie.source}", f"source:{tie.target}"
                found.setdefault(ends[0], set()).add(ends[1])
                found.setdefault(ends[1], set()).add(ends[0])
        return found

    def _kin(self, nodes: Iterable[str]) -> set[str]:
        """These nodes and the institutions they speak for, belong to or are owned by."""
        waiting = list(nodes)
        seen = set(waiting)
        while waiting:
            node = waiting.pop()
            onward = [n for n, edge in self._graph.edges.get(node, {}).items() if edge.kind in _BELONGS]
            onward += [node.removeprefix(_SEEN)] if node.startswith(_SEEN) else []
            for parent in onward:
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        return seen

    def party(self, nodes: Iterable[str]) -> bool:
        """Tell whether one of these, or whom it speaks for or belongs to, is a party to the event."""
        return any(
            self._graph.sources[node].party for node in self._kin(nodes) if node in self._graph.sources
        )

    def tied(self, nodes: Iterable[str]) -> bool:
        """Tell whether one of these is tied to the claimant: by office, membership, owner or alliance."""
        return not self._camp.isdisjoint(self._kin(nodes))

    def holds(self, nodes: Iterable[str]) -> bool:
        """Tell whether one of these has a stake of either kind."""
        nodes = list(nodes)
        return self.party(nodes) or self.tied(nodes)

    def claimant(self) -> str:
        """The node of the claimant, where it is registered."""
        return self._claimant

    def against_interest(self, nodes: Iterable[str], said: Iterable[Appearance]) -> str:
        """Say why this statement runs against its speaker's own interest; nothing when it does not."""
        nodes, said = list(nodes), list(said)
        kin = self._kin(nodes)
        if self._claimant and self._claimant not in kin:
            foes = {other for node in kin for other in self._hostile.get(node, ())}
            if not foes.isdisjoint(self._kin([self._claimant])):
                return "says what its adversary claims"
        word = next((one.cue for one in said if one.admits or admits(one.cue)), "")
        if word and self.party(nodes):
            return f"is a party, and the text has it say so with “{word}”"
        return ""
