"""The map as a page or a report shows it: the drawing, and the same as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from verify.origins.graph import Key
from verify.origins.layout import laid_out
from verify.origins.map import EVIDENCE, ORIGIN, Map
from verify.origins.svg import draw

WORDS = {
    "heard": "has it from",
    "shares": "shares its text with",
    "stands": "stands for",
    "record": "is the own record of",
    "perhaps": "may be one with",
}


def map_shown(
    drawn: Map,
    *,
    links: Mapping[str, str] | None = None,
    edge_link: Callable[[Key], str] | None = None,
) -> dict[str, Any] | None:
    """The map for `components/map.html`; nothing where there is nothing to draw."""
    if not drawn:
        return None
    drawing = laid_out(drawn)
    by_id = {node.id: node for node in drawn.nodes}
    origins = sum(node.role == ORIGIN for node in drawn.nodes)
    told = "articles, records and speakers" if _holds(drawn, EVIDENCE) else "articles and speakers"
    label = f"Map from {sum(node.role != ORIGIN for node in drawn.nodes)} {told} to {origins} origins"
    return {
        "svg": draw(drawing, label, links=links, edge_link=edge_link),
        "width": drawing.width,
        "height": drawing.height,
        "label": label,
        "denies": any(edge.denies for edge in drawn.edges),
        "evidence": _holds(drawn, EVIDENCE),
        "perhaps": any(edge.style == "perhaps" for edge in drawn.edges),
        "open": any(node.role == ORIGIN and not node.certain for node in drawn.nodes),
        "rows": [
            {
                "child": by_id[edge.child].name,
                "child_note": by_id[edge.child].note,
                "words": WORDS[edge.style],
                "parent": by_id[edge.parent].name,
                "parent_note": by_id[edge.parent].note,
                "denies": edge.denies,
                "url": edge_link(edge.key) if edge_link and edge.key else None,
            }
            for edge in drawn.edges
        ],
    }


def _holds(drawn: Map, role: str) -> bool:
    return any(node.role == role for node in drawn.nodes)
