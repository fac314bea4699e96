"""Drawing up the map of a count: what is drawn is what the count followed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from verify.origins import steps as reasons
from verify.origins.bundles import bundled
from verify.origins.count import Origin, Reading
from verify.origins.graph import Edge
from verify.origins.map import ARTICLE, EVIDENCE, HOP, ORIGIN, Map, MapEdge, MapNode
from verify.origins.records import TAG
from verify.origins.sides import Group, Side

_SPOKE = " who spoke to "
_SHARES = frozenset({"copies", "partly_copies", "same_statement", "same_record", "translates"})
_STANDS = frozenset({"speaks_for", "voice_of", "owned_by", "same_family", "member_of", "printed_in"})


@dataclass
class _Sketch:
    """A map in the making."""

    nodes: dict[str, MapNode] = field(default_factory=dict)
    edges: dict[tuple[str, str, bool], MapEdge] = field(default_factory=dict)

    def node(self, node: MapNode) -> None:
        known = self.nodes.get(node.id)
        if known is None or (known.role != ORIGIN and node.role == ORIGIN):
            self.nodes[node.id] = node

    def edge(self, edge: MapEdge) -> None:
        if edge.child != edge.parent:
            self.edges.setdefault((edge.child, edge.parent, edge.denies), edge)


def map_of(reading: Reading) -> Map:
    """Draw up the map of a count."""
    sketch = _Sketch()
    for side, origins in (
        (reading.asserting, reading.count.origins),
        (reading.denying, reading.count.denials),
    ):
        for group, origin in zip(side.groups, origins, strict=True):
            _add_origin(sketch, side, group, origin)
        _add_articles(sketch, side)
        _add_records(sketch, side)
        _add_doubts(sketch, side)
    return bundled(Map(tuple(sketch.nodes.values()), tuple(sketch.edges.values())))


def _add_origin(sketch: _Sketch, side: Side, group: Group, origin: Origin) -> None:
    denies = side.stance == "denies"
    node = _named(side, group.head, denies)
    notes = [origin.kind] if _SPOKE not in origin.name else []
    if origin.party:
        notes.append("a party")
    elif origin.tied:
        notes.append("tied to the claimant")
    notes += [] if origin.certain else ["counts 0 to 1"]
    name, spoke, newsroom = origin.name.partition(_SPOKE)
    notes = [f"{_SPOKE.strip()} {newsroom}", *notes] if spoke else notes
    own = MapNode(node, name, ORIGIN, ", ".join(notes), origin.certain, origin.party, denies, origin.articles)
    sketch.node(own)
    for voice in group.nodes:
        for edge in _way(side.known[voice], group.head):
            _draw(sketch, side, edge, group.head)


def _named(side: Side, node: str, denies: bool) -> str:
    """A node by itself; one that denies is drawn apart, so that a red line never ends where others begin."""
    return f"{node} denies" if denies and not node.startswith(("article:", TAG)) else node


def _draw(sketch: _Sketch, side: Side, edge: Edge, head: str = "") -> None:
    """Draw one edge and both its ends."""
    denies = side.stance == "denies"
    for end in (edge.child, edge.parent):
        if end != head:
            sketch.node(_plain(side, end, denies))
    words = reasons.told(side.registry, edge.kind, edge.child, edge.parent)
    ends = _named(side, edge.child, denies), _named(side, edge.parent, denies)
    sketch.edge(MapEdge(*ends, style_of(edge.kind, holds=edge.holds), words, denies, edge.key))


def _plain(side: Side, node: str, denies: bool) -> MapNode:
    name = reasons.call(side.registry, node)
    if node.startswith("article:"):
        return MapNode(node, name, ARTICLE, articles=1)
    if node.startswith(TAG):
        record = next(one for one in side.records if node == f"{TAG}{one.id}")
        return MapNode(node, record.title or name, EVIDENCE, f"evidence {record.number}", denies=denies)
    name, spoke, newsroom = name.partition(_SPOKE)
    note = f"{_SPOKE.strip()} {newsroom}" if spoke else reasons.kind_of(side.registry, node)
    return MapNode(_named(side, node, denies), name, HOP, note, denies=denies)


def style_of(kind: str, *, holds: bool = True) -> str:
    """How an edge is drawn."""
    if not holds:
        return "perhaps"
    if kind == "made_by":
        return "record"
    if kind in _SHARES:
        return "shares"
    return "stands" if kind in _STANDS else "heard"


def _add_articles(sketch: _Sketch, side: Side) -> None:
    """Draw each article, and its chain up to whoever speaks last in it."""
    denies = side.stance == "denies"
    for appearance, voice in zip(side.appearances, side.voice_of, strict=True):
        start = f"article:{appearance.article}"
        sketch.node(_plain(side, start, denies))
        if voice.node == start:
            continue
        way = _chain(side, start, voice.node)
        for edge in way:
            _draw(sketch, side, edge)
        if not way:
            sketch.node(_plain(side, voice.node, denies))
            sketch.edge(MapEdge(start, _named(side, voice.node, denies), "heard", denies=denies))


def _add_records(sketch: _Sketch, side: Side) -> None:
    """Draw each piece of evidence, and whose record it is."""
    for record in side.records:
        node = f"{TAG}{record.id}"
        sketch.node(_plain(side, node, side.stance == "denies"))
        for edge in side.registry.graph.edges.get(node, {}).values():
            if edge.kind == "made_by":
                _draw(sketch, side, edge)


def _chain(side: Side, start: str, end: str) -> list[Edge]:
    """The steps of a chain from an article to its last speaker."""
    reached: dict[str, Edge | None] = {start: None}
    waiting = [start]
    while waiting and end not in reached:
        for parent, edge in sorted(side.registry.graph.edges.get(waiting.pop(0), {}).items()):
            if edge.kind == "heard_from" and edge.rests_on is None and parent not in reached:
                reached[parent] = edge
                waiting.append(parent)
    return list(_way(reached, end))


def _way(paths: Mapping[str, Edge | None], end: str) -> Iterator[Edge]:
    edge = paths.get(end)
    while edge is not None:
        yield edge
        edge = paths[edge.child]


def _add_doubts(sketch: _Sketch, side: Side) -> None:
    """Draw between origins what may make them one: the lower bound follows it."""
    denies = side.stance == "denies"
    heads = {node: group.head for group in side.groups for node in group.nodes}
    for node, target in side.falls_to.items():
        for edge in _way(side.maybe[node], target):
            ends = [heads.get(end, end) for end in (edge.child, edge.parent)]
            drawn = [_named(side, end, denies) for end in ends]
            if not edge.holds and all(end in sketch.nodes for end in drawn):
                words = reasons.told(side.registry, edge.kind, edge.child, edge.parent)
                sketch.edge(MapEdge(drawn[0], drawn[1], "perhaps", words, denies, edge.key))
