"""Where the nodes of a map stand: columns from articles to origins, ordered so that few lines cross. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from verify.origins.map import CARRIERS, ORIGIN, Map, MapEdge, MapNode

WIDTH, HEIGHT = 208, 46
"""Of a node."""

GAP, STEP = 84, 62
"""Between columns, and from one node of a column to the next."""

MARGIN = 12
_SWEEPS = 6


@dataclass(frozen=True)
class Placed:
    """A node with the place of its upper left corner."""

    node: MapNode
    x: int
    y: int


@dataclass(frozen=True)
class Line:
    """A line with its course, from the right of one node to the left of another."""

    edge: MapEdge
    path: str


@dataclass(frozen=True)
class Drawing:
    """A map with a place for everything."""

    width: int
    height: int
    nodes: tuple[Placed, ...]
    lines: tuple[Line, ...]
    columns: int = 1


BEND = "bend"
"""The role of a place that a long line passes through, so that it runs between the nodes and not behind them."""

_ROOM = {BEND: 24}


def laid_out(drawn: Map) -> Drawing:
    """Give every node of a map a place."""
    columns = _columns(drawn)
    wired, ways = _bent(drawn, columns)
    columns = _ordered(wired, columns)
    heights = [sum(_ROOM.get(node.role, STEP) for node in column) for column in columns]
    height = max(heights, default=0) + 2 * MARGIN - (STEP - HEIGHT)
    places: dict[str, Placed] = {}
    for number, column in enumerate(columns):
        at = MARGIN + (max(heights) - heights[number]) / 2
        for node in column:
            places[node.id] = Placed(node, MARGIN + number * (WIDTH + GAP), round(at))
            at += _ROOM.get(node.role, STEP)
    width = 2 * MARGIN + max(0, len(columns) - 1) * (WIDTH + GAP) + WIDTH
    lines = tuple(
        Line(edge, _course([places[one] for one in way])) for edge, way in zip(drawn.edges, ways, strict=True)
    )
    shown = tuple(place for place in places.values() if place.node.role != BEND)
    return Drawing(width, max(height, 2 * MARGIN), shown, lines, len(columns))


def _bent(drawn: Map, columns: list[list[MapNode]]) -> tuple[Map, list[list[str]]]:
    """Put a bend into every column that a line passes; return the map of single steps, and the way of each line."""
    at = {node.id: number for number, column in enumerate(columns) for node in column}
    steps, ways = [], []
    for number, edge in enumerate(drawn.edges):
        first, last = at[edge.child], at[edge.parent]
        between = range(first + 1, last) if first < last else range(0)
        bends = [MapNode(f"bend {number} {column}", "", BEND) for column in between]
        for column, bend in zip(between, bends, strict=True):
            columns[column].append(bend)
        way = [edge.child, *(bend.id for bend in bends), edge.parent]
        steps += [replace(edge, child=one, parent=other) for one, other in pairwise(way)]
        ways.append(way)
    return Map(drawn.nodes, tuple(steps)), ways


def _columns(drawn: Map) -> list[list[MapNode]]:
    """Articles first, origins last, and everybody else as far from the articles as their longest chain."""
    depth = _depths(drawn)
    last = max([2, *(number + 1 for number in depth.values())]) if len(drawn.nodes) > 1 else 1
    if not any(node.role not in (*CARRIERS, ORIGIN) for node in drawn.nodes):
        last = 1
    columns: list[list[MapNode]] = [[] for _ in range(last + 1)]
    for node in drawn.nodes:
        if node.role in CARRIERS:
            columns[0].append(node)
        else:
            columns[last if node.role == ORIGIN else max(1, min(depth.get(node.id, 1), last - 1))].append(
                node
            )
    return [column for column in columns if column]


def _depths(drawn: Map) -> dict[str, int]:
    """How many steps each node in between is from an article; circles are walked once."""
    between = {node.id for node in drawn.nodes if node.role not in (*CARRIERS, ORIGIN)}
    before: dict[str, list[str]] = defaultdict(list)
    for edge in drawn.edges:
        if edge.parent in between and edge.style in ("heard", "stands"):
            before[edge.parent].append(edge.child)
    known: dict[str, int] = {}

    def depth(node: str, walked: frozenset[str]) -> int:
        if node not in between:
            return 0
        if node not in known:
            ways = [depth(one, walked | {node}) for one in before[node] if one not in walked]
            known[node] = 1 + max(ways, default=0)
        return known[node]

    for node in sorted(between):
        depth(node, frozenset({node}))
    return known


def _ordered(drawn: Map, columns: list[list[MapNode]]) -> list[list[MapNode]]:
    """Sort each column by where its neighbours stand, to and fro, so that few lines cross."""
    near: dict[str, list[str]] = defaultdict(list)
    for edge in drawn.edges:
        near[edge.child].append(edge.parent)
        near[edge.parent].append(edge.child)
    for sweep in range(_SWEEPS):
        order = columns if sweep % 2 else columns[::-1]
        for column in order:
            places = _places(columns)
            column.sort(key=lambda node: (_mean(near[node.id], places, node.id), node.denies, node.id))
    return columns


def _places(columns: Sequence[Sequence[MapNode]]) -> dict[str, float]:
    """How far down its column each node stands, from 0 to 1."""
    return {node.id: (row + 0.5) / len(column) for column in columns for row, node in enumerate(column)}


def _mean(near: Sequence[str], places: Mapping[str, float], own: str) -> float:
    found = [places[node] for node in near]
    return round(sum(found) / len(found), 6) if found else places[own]


def _course(way: Sequence[Placed]) -> str:
    """A smooth line over its bends; between two nodes of one column it bows out to the side."""
    start, end = way[0], way[-1]
    if start.x == end.x:
        low, high = start.y + HEIGHT // 2, end.y + HEIGHT // 2
        x, out = start.x + WIDTH, min(GAP - 10, 26 + abs(high - low) // 8)
        if start.node.role == ORIGIN:
            x, out = start.x, -out
        return f"M{x} {low}C{x + out} {low} {x + out} {high} {x} {high}"
    forward = end.x > start.x
    x, y = (start.x + WIDTH if forward else start.x), start.y + HEIGHT // 2
    path = f"M{x} {y}"
    for place in way[1:]:
        bend = place.node.role == BEND
        to, down = (place.x if forward else place.x + WIDTH), place.y + (_ROOM[BEND] if bend else HEIGHT) // 2
        reach = max(30, abs(to - x) // 2) * (1 if forward else -1)
        path += f"C{x + reach} {y} {to - reach} {down} {to} {down}"
        x, y = to, down
        if bend:
            x += WIDTH
            path += f"L{x} {y}"
    return path
