"""Who speaks last in each appearance, and how firmly that can be held to be an origin."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from verify.origins.graph import Registry
from verify.origins.material import CARRIERS, Appearance, Credit, Hop
from verify.origins.names import is_description, only_witness, says_nobody, says_witness, spoken_for
from verify.sources.names import name_key

_ANSWERABLE = frozenset({"person", "organisation", "account"})


class Strength(IntEnum):
    """How firmly a voice stands as an origin of its own."""

    OPEN = 0
    """Nobody can tell where it comes from: at most an origin."""
    TRACED = 1
    """The trail ends at a newsroom or a picture: counted in the lower bound only where nothing firmer is."""
    FIRM = 2
    """Somebody who can be named, or who was there."""


@dataclass(frozen=True, order=True)
class Voice:
    """The last speaker of one appearance."""

    article: str
    node: str
    cited: bool
    """Whether a text attributes the claim to this speaker, rather than printing it in its own voice."""


def hear(registry: Registry, appearances: Iterable[Appearance], credits: Iterable[Credit]) -> list[Voice]:
    """Add the chains of these appearances to the graph and return their voices, each once, in order."""
    of_article: dict[str, list[Credit]] = {}
    for credit in credits:
        of_article.setdefault(credit.article, []).append(credit)
    voices = set()
    for appearance in appearances:
        start = _print(registry, appearance, of_article.get(appearance.article, []))
        voices.add(_follow(registry, appearance, start))
    return sorted(voices)


def _print(registry: Registry, appearance: Appearance, credits: list[Credit]) -> str:
    """Tie an article to its outlet and to whoever it credits; return the article's node."""
    graph, outlet = registry.graph, appearance.outlet
    start = graph.note(f"article:{appearance.article}", outlet.name, "article")
    graph.add(start, registry.find(outlet.name, outlet.kind, outlet.source), "printed_in")
    for credit in credits:
        graph.add(start, registry.find(credit.name, "agency", credit.source), "credits")
    return start


def _follow(registry: Registry, appearance: Appearance, start: str) -> Voice:
    """Walk the chain from the outlet to its last speaker, adding each step to the graph."""
    outlet = registry.find(appearance.outlet.name, appearance.outlet.kind, appearance.outlet.source)
    if not appearance.chain:
        node = _seen(registry, appearance.outlet.name, outlet) if appearance.outlet.saw_it else start
        return Voice(appearance.article, node, cited=False)
    gatherer, previous = start, outlet
    for hop in appearance.chain:
        node = _node(registry, hop, gatherer)
        registry.graph.add(previous, node, "heard_from")
        previous = node
        gatherer = gatherer if "@" in node or node.startswith("imagery:") else node
    last = appearance.chain[-1]
    if last.saw_it and _kind(registry, previous) in CARRIERS:
        previous = _seen(registry, last.name, previous)
    return Voice(appearance.article, previous, cited=True)


def _node(registry: Registry, hop: Hop, gatherer: str) -> str:
    """Return the node of a hop; somebody unnamed behind a named speaker is that speaker's word."""
    note = registry.graph.note
    if hop.source is not None and f"source:{hop.source}" in registry.graph.sources:
        return f"source:{hop.source}"
    named = not _unnamed(hop) and (hop.kind in _ANSWERABLE or hop.kind in CARRIERS)
    if (spokesperson := _spokesperson(registry, hop)) is not None:
        return spokesperson
    nobody, witness = says_nobody(hop.name), only_witness(hop.name)
    if named and not nobody and not witness:
        return registry.find(hop.name, hop.kind, None)
    if _kind(registry, gatherer) in _ANSWERABLE:
        return gatherer
    if nobody:
        return note(f"unknown@{gatherer}", hop.name, "anonymous")
    if witness or (_unnamed(hop) and (hop.saw_it or says_witness(hop.name))):
        return note(f"witnesses@{gatherer}", hop.name, "anonymous")
    if hop.kind == "media":
        return note(f"imagery:{name_key(hop.name)}", hop.name, "media")
    kind = "anonymous" if _unnamed(hop) else hop.kind
    return note(f"said:{name_key(hop.name)}@{gatherer}", hop.name, kind)


def _unnamed(hop: Hop) -> bool:
    """Tell whether the text keeps the name of this hop back, or merely describes somebody."""
    return hop.unnamed or (hop.kind in _ANSWERABLE and is_description(hop.name))


def _spokesperson(registry: Registry, hop: Hop) -> str | None:
    """Return the node of somebody described by the registered body they speak for or belong to."""
    role = spoken_for(hop.name)
    body = registry.known(role[1]) if role else None
    if role is None or body is None or registry.known(hop.name) is not None:
        return None
    if _unnamed(hop) and role[0] != "speaks_for":
        return None
    node = registry.graph.note(f"name:{hop.name.strip().casefold()}", hop.name, "person")
    registry.graph.add(node, body, role[0])
    return node


def _seen(registry: Registry, name: str, newsroom: str) -> str:
    return registry.graph.note(f"seen@{newsroom}", name, _kind(registry, newsroom))


def _kind(registry: Registry, node: str) -> str:
    return registry.graph.kinds.get(node, "")


def strengths(registry: Registry, voices: Iterable[Voice]) -> dict[str, Strength]:
    """Weigh each voice's node; a newsroom whose own article in hand names nobody proves nothing."""
    voices = list(voices)
    unsourced = {
        parent
        for voice in voices
        if not voice.cited and voice.node.startswith("article:")
        for parent in registry.graph.edges.get(voice.node, {})
    }
    return {node: _strength(registry, node, unsourced) for node in sorted({voice.node for voice in voices})}


def _strength(registry: Registry, node: str, unsourced: set[str]) -> Strength:
    tag, kind = node.partition(":")[0].partition("@")[0], _kind(registry, node)
    if tag in ("seen", "witnesses"):
        return Strength.FIRM
    if tag == "imagery":
        return Strength.TRACED
    if tag not in ("source", "name") or kind == "anonymous":
        return Strength.OPEN
    if kind in CARRIERS:
        return Strength.OPEN if node in unsourced or registry.graph.follows(node) else Strength.TRACED
    return Strength.FIRM
