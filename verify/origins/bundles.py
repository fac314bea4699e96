"""Drawing many articles as few: those that lead the same way are one bundle, so that sixty are as legible as three."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from verify.origins.map import ARTICLE, EVIDENCE, HOP, ORIGIN, Map, MapEdge, MapNode

LOOSE = 12
"""Articles up to which each is drawn by itself."""

MOST = 24
"""Articles, and origins, that one map shows."""

_LINES = 64
"""Lines up to which the eye can follow each."""


def bundled(drawn: Map) -> Map:
    """Draw articles that lead the same way as one, then fold what is still too much to read."""
    drawn = _contracted(drawn)
    if _many(drawn, ARTICLE) > LOOSE:
        drawn = _joined(drawn, _by_way(drawn))
        drawn = _unnamed_joined(_unknown_folded(drawn))
        drawn = _joined(drawn, _by_way(drawn))
    if _many(drawn, ARTICLE) > MOST:
        straight = _without_hops(drawn)
        drawn = _joined(straight, _by_way(straight))
    for most in (MOST, 16, 12, 8):
        folded = _folded(drawn, most)
        if len(folded.edges) <= _LINES:
            break
    return folded


def _many(drawn: Map, role: str) -> int:
    return sum(node.role == role for node in drawn.nodes)


def _contracted(drawn: Map) -> Map:
    """Draw somebody unnamed once, where an article's is the outlet's as well."""
    by_id = {node.id: node for node in drawn.nodes}
    now = {
        edge.child: edge.parent
        for edge in drawn.edges
        if by_id[edge.child].role == HOP
        and by_id[edge.child].name == by_id[edge.parent].name
        and edge.style != "shares"
    }
    for _ in range(len(now)):
        now = {child: now.get(parent, parent) for child, parent in now.items()}
    kept = {node.id: node for node in drawn.nodes if now.get(node.id, node.id) == node.id}
    return _rewired(drawn, kept, now)


def _unknown_folded(drawn: Map) -> Map:
    """Draw the origins that only may count, and that an article or two lead to, as one."""
    few = [
        node for node in drawn.nodes if node.role == ORIGIN and not node.certain and node.articles <= 2
        and not node.denies
    ]  # fmt: skip
    if len(few) < 3:
        return drawn
    articles = sum(node.articles for node in few)
    name = f"{len(few)} that may be origins"
    note = f"together 0 to {len(few)}"
    one = MapNode(few[0].id, name, ORIGIN, note, articles=articles, origins=len(few))
    now = {node.id: few[0].id for node in few}
    kept = {node.id: node for node in drawn.nodes if node.id not in now} | {one.id: one}
    return _rewired(drawn, kept, now)


def _unnamed_joined(drawn: Map) -> Map:
    """Draw unnamed speakers who lead to the same origins as one."""
    onward: dict[str, set[str]] = defaultdict(set)
    for edge in drawn.edges:
        onward[edge.child].add(edge.parent)
    roles = {node.id: node.role for node in drawn.nodes}
    groups: dict[frozenset[str], list[MapNode]] = defaultdict(list)
    for node in drawn.nodes:
        if node.role == HOP and node.id.startswith(_UNNAMED):
            groups[frozenset(_reached(node.id, onward, roles))].append(node)
    now: dict[str, str] = {}
    more: dict[str, MapNode] = {}
    for members in groups.values():
        if len(members) > 2:
            first = members[0]
            now |= {member.id: first.id for member in members}
            more[first.id] = replace(first, name=f"{len(members)} who are not named", note="anonymous")
    kept = {node.id: node for node in drawn.nodes if node.id not in now} | more
    return _rewired(drawn, kept, now) if now else drawn


_UNNAMED = ("unknown@", "said:", "witnesses@")


def _reached(start: str, onward: Mapping[str, set[str]], roles: Mapping[str, str]) -> set[str]:
    """The origins that a node leads to."""
    seen, waiting = {start}, [start]
    while waiting:
        fresh = onward.get(waiting.pop(), set()) - seen
        seen |= fresh
        waiting += fresh
    return {node for node in seen if roles.get(node) == ORIGIN}


def _by_way(drawn: Map) -> list[list[str]]:
    """Group the articles by where their lines lead, the lines between articles of one group aside."""
    articles = {node.id for node in drawn.nodes if node.role == ARTICLE}
    leads: dict[str, set[tuple[str, str, bool]]] = defaultdict(set)
    for edge in drawn.edges:
        if edge.child in articles:
            parent = "" if edge.parent in articles else edge.parent
            leads[edge.child].add((parent, edge.style, edge.denies))
    groups: dict[frozenset[tuple[str, str, bool]], list[str]] = defaultdict(list)
    for node in drawn.nodes:
        if node.role == ARTICLE:
            ways = {way for way in leads[node.id] if way[0]} or leads[node.id]
            groups[frozenset(ways)].append(node.id)
    return [group for group in groups.values() if len(group) > 1]


def _joined(drawn: Map, groups: Iterable[list[str]]) -> Map:
    """Draw each group of articles as one node."""
    by_id = {node.id: node for node in drawn.nodes}
    now = {member: group[0] for group in groups for member in group}
    nodes = {node.id: node for node in drawn.nodes if now.get(node.id, node.id) == node.id}
    for group in groups:
        members = [by_id[member] for member in group]
        nodes[group[0]] = _bundle(group[0], members)
    return _rewired(drawn, nodes, now)


def _bundle(number: str, members: list[MapNode]) -> MapNode:
    articles = sum(member.articles for member in members)
    names = list(dict.fromkeys(member.name for member in members))
    shown = ", ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
    return MapNode(number, f"{articles} articles", ARTICLE, shown, articles=articles)


def _rewired(drawn: Map, nodes: Mapping[str, MapNode], now: Mapping[str, str]) -> Map:
    edges: dict[tuple[str, str, bool], MapEdge] = {}
    for edge in drawn.edges:
        moved = replace(edge, child=now.get(edge.child, edge.child), parent=now.get(edge.parent, edge.parent))
        if moved.child != moved.parent and moved.child in nodes and moved.parent in nodes:
            edges.setdefault((moved.child, moved.parent, moved.denies), moved)
    return Map(tuple(nodes.values()), tuple(edges.values()))


def _without_hops(drawn: Map) -> Map:
    """Lead every article straight to its origins."""
    onward: dict[str, list[MapEdge]] = defaultdict(list)
    for edge in drawn.edges:
        onward[edge.child].append(edge)
    roles = {node.id: node.role for node in drawn.nodes}
    edges: dict[tuple[str, str, bool], MapEdge] = {}
    for node in drawn.nodes:
        if node.role == HOP:
            continue
        waiting, seen = list(onward[node.id]), set()
        while waiting:
            edge = waiting.pop()
            if roles[edge.parent] != HOP:
                edges.setdefault((node.id, edge.parent, edge.denies), replace(edge, child=node.id))
            elif edge.parent not in seen:
                seen.add(edge.parent)
                waiting += onward[edge.parent]
    kept = tuple(node for node in drawn.nodes if node.role != HOP)
    return Map(kept, tuple(edges.values()))


def _folded(drawn: Map, most: int) -> Map:
    """Keep the origins with most articles, and the articles that lead to them; fold the rest into one line each."""
    now: dict[str, str] = {}
    more: dict[str, MapNode] = {}
    for role, word in ((ORIGIN, "origins"), (ARTICLE, "articles"), (EVIDENCE, "pieces of evidence")):
        nodes = [node for node in drawn.nodes if node.role == role]
        if len(nodes) > most:
            ranked = sorted(nodes, key=lambda one: (not one.certain, -one.articles, one.id))
            rest = ranked[most - 1 :]
            number = f"more:{word}"
            now |= {node.id: number for node in rest}
            many = sum(node.articles if role == ARTICLE else node.origins for node in rest)
            note = f"{sum(node.certain for node in rest)} count surely" if role == ORIGIN else ""
            certain = all(node.certain for node in rest)
            more[number] = MapNode(
                number, f"{many} more {word}", role, note, certain, articles=many, origins=many
            )
    if not now:
        return drawn
    kept = {node.id: node for node in drawn.nodes if node.id not in now} | more
    return _rewired(drawn, kept, now)
