"""The map of a claim: articles on the left, origins on the right, and how the one leads to the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verify.origins.graph import Key

ARTICLE, EVIDENCE, HOP, ORIGIN = "article", "evidence", "hop", "origin"
CARRIERS = (ARTICLE, EVIDENCE)
"""What stands on the left: where the claim is told, and what was put in evidence for it."""


@dataclass(frozen=True)
class MapNode:
    """One node: an article or a bundle of them, a piece of evidence, somebody on the way, or an origin."""

    id: str
    name: str
    role: str
    note: str = ""
    certain: bool = False
    party: bool = False
    denies: bool = False
    articles: int = 0
    origins: int = 1
    """How many origins are drawn as this one."""


@dataclass(frozen=True)
class MapEdge:
    """One line: `heard`, `shares` (text or statement), `stands` (for whom), `record` (whose it is), `perhaps`.

    Red where it denies.
    """

    child: str
    parent: str
    style: str
    words: str = ""
    denies: bool = False
    key: Key | None = None


@dataclass(frozen=True)
class Map:
    """Nodes and lines, in order."""

    nodes: tuple[MapNode, ...] = ()
    edges: tuple[MapEdge, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes)


def as_record(drawn: Map) -> dict[str, Any]:
    """A map as a verdict keeps it: nodes in order, and lines between their places."""
    place = {node.id: number for number, node in enumerate(drawn.nodes)}
    return {
        "nodes": [
            {
                "name": node.name,
                "role": node.role,
                "note": node.note,
                "certain": node.certain,
                "party": node.party,
                "denies": node.denies,
                "articles": node.articles,
            }
            for node in drawn.nodes
        ],
        "lines": [
            {
                "child": place[edge.child],
                "parent": place[edge.parent],
                "style": edge.style,
                "denies": edge.denies,
            }
            for edge in drawn.edges
        ],
    }


def from_record(record: Mapping[str, Any]) -> Map:
    """The map that a verdict keeps."""
    nodes = tuple(MapNode(str(number), **node) for number, node in enumerate(record["nodes"]))
    edges = tuple(
        MapEdge(str(line["child"]), str(line["parent"]), line["style"], denies=line["denies"])
        for line in record["lines"]
    )
    return Map(nodes, edges)
