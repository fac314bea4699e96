"""Why the count is what it is, in sentences that a person can follow and undo one by one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from verify.origins.graph import POSSIBLE, Edge, Registry
from verify.origins.material import CARRIERS
from verify.origins.voices import Strength, Voice


@dataclass(frozen=True)
class Step:
    """One step of the count: its kind, a whole sentence, and the tie it rests on with the source that has it."""

    kind: str
    reason: str
    tie: str | None = None
    source: str | None = None


_EDGES = {
    "speaks_for": "{child} speaks for {parent}, so the two count as one voice.",
    "owned_by": "{child} belongs to {parent}; newsrooms of one owner count as one voice.",
    "heard_from": "{child} has it from {parent}, so it adds no origin.",
    "credits": "{child} credits {parent} for the article, so it adds no origin.",
    "republishes": "{child} republishes {parent}, so what it prints without a source adds no origin.",
    "member_of": "{child} is a member of {parent}, so the lower bound counts the two once.",
    "perhaps_same": "{child} and {parent} may be one name, so the lower bound counts the two once.",
    "pooled": "The unnamed witnesses of two newsrooms may be the same, so the lower bound counts them once.",
}


def call(registry: Registry, node: str) -> str:
    """Return what to call a node in a sentence or a table."""
    name = registry.graph.names.get(node, node)
    tag, bound, gatherer = node.partition("@")
    if not bound or node.startswith("name:"):
        return name
    newsroom = registry.graph.names.get(gatherer, gatherer)
    if tag == "witnesses":
        return f"Unnamed witnesses who spoke to {newsroom}"
    if tag == "seen":
        return f"{newsroom} as its own witness"
    if tag.startswith("said:") and kind_of(registry, node) == "anonymous":
        return f"“{name}” who spoke to {newsroom}"
    return f"“{name}” in {newsroom}"


def kind_of(registry: Registry, node: str) -> str:
    """Return the source kind of a node; an article in its own voice is its outlet's."""
    kind = registry.graph.kinds.get(node, "anonymous")
    return "outlet" if kind == "article" else kind


def collapse(
    registry: Registry, head: str, voices: Sequence[Voice], known: Mapping[str, Mapping[str, Edge | None]]
) -> list[Step]:
    """Explain how these voices lead back to one origin."""
    steps = []
    articles = len({voice.article for voice in voices})
    nodes = sorted({voice.node for voice in voices})
    if articles > 1:
        reason = f"{articles} articles lead back to {call(registry, head)}, which counts once."
        steps.append(Step("repeated", reason))
    steps += _circles(registry, nodes, known)
    for node in nodes:
        for edge in _path(known[node], head):
            if edge.kind != "printed_in":
                steps.append(_edge_step(registry, edge))
    return steps


def _edge_step(registry: Registry, edge: Edge) -> Step:
    names = {"child": call(registry, edge.child), "parent": call(registry, edge.parent)}
    holder = edge.child.rpartition("source:")[2] if edge.tie else None
    return Step(edge.kind, _EDGES[edge.kind].format(**names), edge.tie, holder)


def _path(paths: Mapping[str, Edge | None], target: str) -> Iterator[Edge]:
    edge = paths.get(target)
    while edge is not None:
        yield edge
        edge = paths[edge.child]


def _circles(
    registry: Registry, nodes: Iterable[str], known: Mapping[str, Mapping[str, Edge | None]]
) -> Iterator[Step]:
    """Name the voices that cite each other, or themselves, each circle once."""
    told: set[str] = set()
    following = [node for node in nodes if registry.graph.follows(node)]
    for one in following:
        if one in registry.graph.looped:
            yield Step("circle", f"{call(registry, one)} cites itself, and a circle has no origin.")
        if one in told:
            continue
        ring = [other for other in following if other in known[one] and one in known[other]]
        told.update(ring)
        if len(ring) > 1:
            names = ", ".join(call(registry, node) for node in ring[:-1])
            names += f" and {call(registry, ring[-1])}"
            yield Step("circle", f"{names} lead back to each other, and a circle has no origin.")


def weigh(
    registry: Registry, head: str, nodes: Sequence[str], strength: Mapping[str, Strength], *, counted: bool
) -> Iterator[Step]:
    """Explain what an origin counts in either bound, by its firmest voice."""
    node = max(nodes, key=lambda one: (strength[one], one == head, one))
    name = call(registry, node)
    if strength[node] is Strength.OPEN:
        why = _why_open(registry, node, name)
        yield Step("unknown", f"{why} It counts 0 in the lower bound and 1 in the upper.")
    elif strength[node] is Strength.TRACED:
        rest = (
            "since nothing firmer stands, it counts once" if counted else "beside firmer voices it counts 0"
        )
        yield Step("traced", f"The trail ends at {name}; {rest} in the lower bound.")
    elif node.startswith("witnesses@"):
        yield Step("witnesses", f"{name} were there; all those of one newsroom count once.")
    elif len(nodes) == 1 and node == head:
        yield Step("named", f"{name} is named as the one who says so.")


def _why_open(registry: Registry, node: str, name: str) -> str:
    if node.startswith("article:"):
        return f"{name} says so in its own voice and names nobody."
    if node.startswith("unknown@"):
        return f"{name} leads to nobody."
    if registry.graph.follows(node):
        return f"{name} passes on what others said."
    if kind_of(registry, node) in CARRIERS:
        return f"{name} is cited for it, but its own article names nobody."
    return f"{name} cannot be identified."


def perhaps(
    registry: Registry,
    nodes: Iterable[str],
    falls_to: Mapping[str, str],
    maybe: Mapping[str, Mapping[str, Edge | None]],
) -> Iterator[Step]:
    """Explain which voices the lower bound takes together although they may be two."""
    shared = list(falls_to.values())
    for node in nodes:
        if node in falls_to and shared.count(falls_to[node]) > 1:
            for edge in _path(maybe[node], falls_to[node]):
                if edge.kind in POSSIBLE:
                    yield _edge_step(registry, edge)


def party(name: str, stance: str) -> Step:
    """Say that an origin has a stake in what it says."""
    verb = "denies" if stance == "denies" else "asserts"
    return Step("party", f"{name} is a party to the event and has a stake in what it {verb}.")


class _Named(Protocol):
    @property
    def party(self) -> bool: ...


class _Counted(Protocol):
    @property
    def articles(self) -> int: ...
    @property
    def lower(self) -> int: ...
    @property
    def upper(self) -> int: ...
    @property
    def origins(self) -> Sequence[_Named]: ...
    @property
    def denials(self) -> Sequence[_Named]: ...


def summary(count: _Counted) -> str:
    """Write the count as one line: "7 articles → 1 origin (party)"."""
    bounds = str(count.upper) if count.lower == count.upper else f"{count.lower}–{count.upper}"
    line = f"{_number(count.articles, 'article')} → {bounds} origin{'' if bounds == '1' else 's'}"
    line += _parties(count.origins)
    if count.denials:
        line += f"; denied by {len(count.denials)}{_parties(count.denials)}"
    return line


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _parties(origins: Sequence[_Named]) -> str:
    parties = sum(origin.party for origin in origins)
    if not parties:
        return ""
    if parties == len(origins):
        return " (party)" if parties == 1 else " (all parties)"
    return f" ({parties} of {len(origins)} a party)"
