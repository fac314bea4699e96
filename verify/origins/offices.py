"""Who speaks for a body: by an office that the text gives somebody, or as one of its officials who are not named."""

from __future__ import annotations

from collections.abc import Iterable

from verify.origins.material import CARRIERS, Appearance, Hop
from verify.origins.names import is_description, office, says_several, spoken_for
from verify.origins.registry import Registry
from verify.sources.names import name_key

ANSWERABLE = frozenset({"person", "organisation", "account"})
"""Kinds that answer for what they say themselves."""


def is_unnamed(hop: Hop) -> bool:
    """Tell whether the text keeps the name of this hop back, or merely describes somebody."""
    described = is_description if hop.kind in ANSWERABLE else says_several
    return hop.unnamed or (hop.kind in ANSWERABLE | CARRIERS and described(hop.name))


def name_bodies(registry: Registry, appearances: Iterable[Appearance]) -> None:
    """Note the bodies that the chains name, so that their officials are known for theirs."""
    for hop in (hop for one in appearances for hop in one.chain):
        if hop.kind == "organisation" and not is_unnamed(hop) and spoken_for(hop.name) is None:
            node, key = registry.find(hop.name, hop.kind, hop.source), name_key(hop.name)
            registry.bodies[key] = min(node, registry.bodies.get(key, node))


def spokesperson(registry: Registry, hop: Hop) -> str | None:
    """Return the node of somebody described as speaking for a body that is known."""
    role = spoken_for(hop.name)
    body = registry.body(role[1]) if role else None
    if role is None or role[0] != "speaks_for" or body is None or registry.known(hop.name) is not None:
        return None
    node = registry.graph.note(f"name:{hop.name.strip().casefold()}", hop.name, "person")
    registry.graph.add(node, body, role[0])
    return node


def body_of(registry: Registry, hop: Hop) -> str | None:
    """Return the body of which somebody unnamed is told to be: an official, a leader, a source of it."""
    role = spoken_for(hop.name)
    body = registry.body(role[1]) if role and role[0] == "member_of" else None
    if body is None or registry.known(hop.name) is not None or registry.graph.kinds.get(body, "") in CARRIERS:
        return None
    return body


def bodies_behind(registry: Registry, node: str) -> list[str]:
    """The body of which somebody unnamed is told to be."""
    return sorted(n for n, edge in registry.graph.edges.get(node, {}).items() if edge.kind == "voice_of")


def hold_office(registry: Registry, hop: Hop, node: str) -> None:
    """Let somebody named stand for the body whose office the text gives them."""
    if (
        hop.kind != "person"
        or not hop.speaks_for
        or is_unnamed(hop)
        or not node.startswith(("source:", "name:"))
    ):
        return
    body, kind = registry.body(hop.speaks_for), office(hop.role or "")
    if body is not None and kind and body != node:
        registry.graph.add(node, body, kind)
