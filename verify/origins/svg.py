"""A map as SVG, styled by classes alone: the same drawing on the desk, on the public page and in reports."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from markupsafe import Markup

from verify.origins.graph import Key
from verify.origins.layout import HEIGHT, WIDTH, Drawing, Line, Placed
from verify.origins.map import ARTICLE, EVIDENCE, ORIGIN, MapNode

_NAME, _NOTE = 25, 32
"""Letters of a name and of a note that fit a node."""

_ROLES = {ARTICLE: "article", EVIDENCE: "evidence", "hop": "on the way", ORIGIN: "origin"}

_OPEN = Markup(
    '<svg class="map map--{columns}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
    'height="{height}" role="{role}" aria-label="{label}">'
)
_LINE = Markup('<path class="map__line map__line--{style}{denies}" d="{path}"><title>{words}</title></path>')
_HEAD = Markup('<path class="map__tip{denies}" d="M{x} {y}l-8 -4.5v9z"/>')
_NODE = Markup(
    '<g class="map__node map__node--{role}{more}" transform="translate({x} {y})"><title>{full}</title>{ring}'
    '<rect class="map__box" width="{width}" height="{height}" rx="{round}"/>'
    '<text class="map__name" x="10" y="{name_y}">{name}</text>{note}</g>'
)
_NOTE_LINE = Markup('<text class="map__note" x="10" y="36">{note}</text>')
_RING = Markup('<rect class="map__ring" x="-4" y="-4" width="{width}" height="{height}" rx="7"/>')
_LINK = Markup('<a href="{href}" class="map__link" aria-label="{label}">{inside}</a>')


def draw(
    drawing: Drawing,
    label: str,
    *,
    links: Mapping[str, str] | None = None,
    edge_link: Callable[[Key], str] | None = None,
) -> Markup:
    """Write a drawing as SVG. With links, nodes and lines can be reached by keyboard and opened."""
    linked = bool(links or edge_link)
    role = "group" if linked else "img"
    size = {"width": drawing.width, "height": drawing.height}
    parts = [_OPEN.format(**size, columns=min(drawing.columns, 6), label=label, role=role)]
    parts += [_line(line, edge_link) for line in drawing.lines]
    parts += [_node(placed, (links or {}).get(placed.node.id)) for placed in drawing.nodes]
    return Markup("").join([*parts, Markup("</svg>")])


def _line(line: Line, edge_link: Callable[[Key], str] | None) -> Markup:
    edge = line.edge
    denies = " map__line--denies" if edge.denies else ""
    drawn = _LINE.format(style=edge.style, denies=denies, path=line.path, words=edge.words)
    if edge.style != "perhaps":
        x, y = line.path.rsplit(" ", 2)[-2:]
        if float(x) > float(line.path[1:].split(" ")[0]):
            drawn += _HEAD.format(x=x, y=y, denies=" map__tip--denies" if edge.denies else "")
    if edge_link is None or edge.key is None:
        return drawn
    return _LINK.format(href=edge_link(edge.key), label=edge.words, inside=drawn)


def _node(placed: Placed, href: str | None) -> Markup:
    node = placed.node
    more = (
        f"{' map__node--denies' if node.denies else ''}{' map__node--party' if node.party else ''}"
        f"{' map__node--open' if node.role == ORIGIN and not node.certain else ''}"
    )
    ring = _RING.format(width=WIDTH + 8, height=HEIGHT + 8) if node.role == ORIGIN else ""
    drawn = _NODE.format(
        role=node.role, more=more, x=placed.x, y=placed.y, full=told(node), ring=ring, width=WIDTH, height=HEIGHT,
        round=14 if node.role == EVIDENCE else 4,
        name=_cut(node.name, _NAME), name_y=20 if node.note else 28,
        note=_NOTE_LINE.format(note=_cut(node.note, _NOTE)) if node.note else "",
    )  # fmt: skip
    return _LINK.format(href=href, label=told(node), inside=drawn) if href else drawn


def told(node: MapNode) -> str:
    """A node in words, for who does not see it."""
    note = f" ({node.note})" if node.note else ""
    stance = ", denies the claim" if node.denies else ""
    return f"{_ROLES[node.role].capitalize()}: {node.name}{note}{stance}"


def _cut(words: str, most: int) -> str:
    """Shorten a text that would run out of its box; wide scripts take two places a letter."""
    room = 0
    for number, letter in enumerate(words):
        room += 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        if room > most:
            return words[: number - 1].rstrip() + "…"
    return words
