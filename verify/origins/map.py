"""The map of a claim: articles on the left, origins on the right, and how the one leads to the other."""

from __future__ import annotations

from dataclasses import dataclass

from verify.origins.graph import Key

ARTICLE, HOP, ORIGIN = "article", "hop", "origin"


@dataclass(frozen=True)
class MapNode:
    """One node: an article or a bundle of them, somebody on the way, or an origin."""

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
    """One line: `heard`, `shares` (text or statement), `stands` (for whom), `perhaps`; red where it denies."""

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
