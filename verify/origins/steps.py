"""Why the count is what it is, in sentences that a person can follow and undo one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.origins.graph import BOTH_WAYS, Edge, Key
from verify.origins.material import CARRIERS, Decision
from verify.origins.registry import Registry
from verify.origins.summary import carriers
from verify.origins.voices import Strength

if TYPE_CHECKING:
    from verify.origins.count import Origin
    from verify.origins.sides import Group, Side


@dataclass(frozen=True)
class Step:
    """One step of the count: its kind, a whole sentence, and what it rests on: an edge, a tie of a source."""

    kind: str
    reason: str
    tie: str | None = None
    source: str | None = None
    edge: Key | None = None
    """The edge that a person may confirm or cut."""
    decision: str | None = None
    """What a person decided about it: `confirmed`, `added` or `cut`."""


_TOLD = {
    "made_by": ("{child} is the own record of {parent}", "the two count as one voice"),
    "alias": ("{child} is {parent}", "the two count as one voice"),
    "speaks_for": ("{child} speaks for {parent}", "the two count as one voice"),
    "voice_of": ("{parent} stands behind {child}", "the two count as one voice"),
    "owned_by": ("{child} belongs to {parent}", "the two count as one voice, as all newsrooms of one owner"),
    "same_family": ("{child} and {parent} are of one family of publishers", "they count as one voice"),
    "heard_from": ("{child} has it from {parent}", "it adds no origin"),
    "credits": ("{child} credits {parent} for the article", "it adds no origin"),
    "republishes": ("{child} republishes {parent}", "what it prints without a source adds no origin"),
    "translates": ("{child} translates {parent}", "it adds no origin"),
    "copies": ("{child} has this text from {parent}", "it adds no origin"),
    "same_statement": ("{child} and {parent} give the same statement", "it counts once"),
    "same_record": ("{child} and {parent} are the same file or page", "they count once"),
    "printed_in": ("{child} is an article of {parent}", "all of them count as one voice"),
    "member_of": ("{child} is a member of {parent}", "the lower bound counts the two once"),
    "partly_copies": ("{child} has part of its text from {parent}", "the lower bound counts the two once"),
    "perhaps_same": ("{child} and {parent} may be one name", "the lower bound counts the two once"),
    "pooled": (
        "The unnamed witnesses of two newsrooms may be the same", "the lower bound counts them once"
    ),
}  # fmt: skip
_ONCE_SURE = {
    "member_of": "the two count as one voice",
    "partly_copies": "it adds no origin",
    "perhaps_same": "the two count as one voice",
    "pooled": "they count once",
}
"""What follows from an edge that only may hold, once a person confirmed it."""


def call(registry: Registry, node: str) -> str:
    """Return what to call a node in a sentence or a table."""
    name = registry.graph.names.get(node, node)
    if node.startswith("original:"):
        return f"the original that {name} does not name"
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


def collapse(side: Side, group: Group) -> list[Step]:
    """Explain how these voices lead back to one origin."""
    steps = []
    registry = side.registry
    if group.articles + group.records > 1:
        carried = carriers(group.articles, group.records)
        reason = f"{carried} lead back to {call(registry, group.head)}, which counts once."
        steps.append(Step("repeated", reason))
    steps += _circles(side, group.nodes)
    for node in group.nodes:
        for edge in _path(side.known[node], group.head):
            if edge.kind != "printed_in":
                steps.append(edge_step(registry, edge))
    return steps


def told(registry: Registry, kind: str, child: str, parent: str) -> str:
    """Say what an edge states, without what follows from it."""
    if kind == "made_by":
        parent = parent.removeprefix("seen@")
    names = call(registry, child), call(registry, parent)
    if kind == "pooled" and not parent.startswith(("witnesses@", "pool:")):
        return f"{names[0]} may be {names[1]}"
    back = registry.graph.edges.get(parent, {}).get(child)
    if parent.startswith("original:"):
        return f"{names[0]} was adapted from an original that it does not name"
    if kind in _SHARED and back is not None and back.kind == kind:
        return f"{names[0]} and {names[1]} {_SHARED[kind]}"
    return _TOLD[kind][0].format(child=names[0], parent=names[1])


_SHARED = {"copies": "share this text", "partly_copies": "share part of their text"}
"""What two articles do of which nobody knows which was first."""


def edge_step(registry: Registry, edge: Edge) -> Step:
    """Say what an edge states, what follows from it, and what a person decided about it."""
    follows = _ONCE_SURE[edge.kind] if edge.confirmed and edge.kind in _ONCE_SURE else _TOLD[edge.kind][1]
    holder = edge.child.rpartition("source:")[2] if edge.tie else None
    kind, child, parent = edge.key
    if kind in BOTH_WAYS:
        child, parent = sorted((child, parent))
    reason = sentence(f"{told(registry, kind, child, parent)}, so {follows}.")
    decision = registry.graph.decided.get(edge.key)
    if decision is not None:
        reason += f" {_by(decision)}{_because(decision)}"
    verdict = decision.verdict if decision else None
    return Step(edge.kind, reason, edge.tie, holder, edge.key, verdict)


def sentence(words: str) -> str:
    """Begin with a capital."""
    return f"{words[:1].upper()}{words[1:]}"


def decided(side: Side) -> list[Step]:
    """Say which edges people cut, with their reasons."""
    graph = side.registry.graph
    return [
        Step("cut", f"{_by(one)} “{told(side.registry, *key)}”{_because(one)}", edge=key, decision="cut")
        for key, one in sorted(graph.decided.items())
        if one.verdict == "cut" and one.child in graph.names and one.kind in _TOLD
    ]


_DID = {"cut": "cut", "confirmed": "confirmed this", "added": "added this"}


def _by(decision: Decision) -> str:
    return f"{decision.by or 'A person'} {_DID[decision.verdict]}"


def _because(decision: Decision) -> str:
    reason = decision.reason.strip()
    if not reason:
        return "."
    return f": {reason}" if reason[-1] in ".!?" else f": {reason}."


def _path(paths: Mapping[str, Edge | None], target: str) -> Iterator[Edge]:
    edge = paths.get(target)
    while edge is not None:
        yield edge
        edge = paths[edge.child]


def _circles(side: Side, nodes: Sequence[str]) -> Iterator[Step]:
    """Name the voices that cite each other, or themselves, each circle once."""
    done: set[str] = set()
    registry, known = side.registry, side.known
    following = [node for node in nodes if registry.graph.cites(node)]
    for one in following:
        if one in registry.graph.looped:
            yield Step("circle", f"{sentence(call(registry, one))} cites itself, and a circle has no origin.")
        if one in done:
            continue
        ring = [other for other in following if other in known[one] and one in known[other]]
        done.update(ring)
        if len(ring) > 1:
            names = ", ".join(call(registry, node) for node in ring[:-1])
            names += f" and {call(registry, ring[-1])}"
            yield Step("circle", f"{sentence(names)} lead back to each other, and a circle has no origin.")


def weigh(side: Side, group: Group) -> Iterator[Step]:
    """Explain what an origin counts in either bound, by its firmest voice."""
    node = max(group.nodes, key=lambda one: (side.strength[one], one == group.head, one))
    name = call(side.registry, node)
    if side.strength[node] is Strength.OPEN:
        why = _why_open(side.registry, node, name)
        yield Step("unknown", f"{sentence(why)} It counts 0 in the lower bound and 1 in the upper.")
    elif side.strength[node] is Strength.TRACED:
        rest = (
            "since nothing firmer stands, it counts once"
            if group.certain
            else "beside firmer voices it counts 0"
        )
        yield Step("traced", f"The trail ends at {name}; {rest} in the lower bound.")
    elif node.startswith("evidence:"):
        yield from _alone(side, group, name)
    elif node.startswith("witnesses@"):
        yield Step("witnesses", f"{sentence(name)} were there; all those of one newsroom count once.")
    elif len(group.nodes) == 1 and node == group.head:
        yield Step("named", f"{sentence(name)} is named as the one who says so.")


def _alone(side: Side, group: Group, name: str) -> Iterator[Step]:
    """Say that a record is an origin by itself, where it leads back to nobody whom an article names."""
    if not group.articles and group.records == 1:
        denies = " that denies the claim" if side.stance == "denies" else ""
        yield Step(
            "record", f"{sentence(name)} leads back to nobody else, so it is an origin of its own{denies}."
        )


def _why_open(registry: Registry, node: str, name: str) -> str:
    source = registry.graph.sources.get(node)
    if source is not None and source.discredited:
        return f"{name} is not held to be reliable: {source.discredited.rstrip('.')}."
    if node.startswith("evidence:"):
        return _why_no_record(registry, node, name)
    if node.startswith("unheard:"):
        return f"Who stands behind “{name}” is not known, since the way there was cut."
    if node.startswith("article:"):
        return f"{name} says so in its own voice and names nobody."
    if node.startswith("unknown@"):
        return f"{name} leads to nobody."
    if registry.graph.follows(node) and kind_of(registry, node) in CARRIERS:
        return f"{name} passes on what others said."
    if kind_of(registry, node) in CARRIERS:
        return f"{name} is cited for it, but its own article names nobody."
    return f"{name} cannot be identified."


def _why_no_record(registry: Registry, node: str, name: str) -> str:
    for made_by in registry.graph.edges.get(node, {}):
        source = registry.graph.sources.get(made_by.removeprefix("seen@"))
        if source is not None and source.discredited:
            why = source.discredited.rstrip(".")
            return f"{source.name}, whose record {name} is, is not held to be reliable: {why}."
    return f"Whose record {name} is, is not known, since that step was cut."


def perhaps(side: Side, group: Group) -> Iterator[Step]:
    """Explain which voices the lower bound takes together although they may be two."""
    shared = Counter(side.falls_to.values())
    for node in group.nodes:
        if node in side.falls_to and shared[side.falls_to[node]] > 1:
            for edge in _path(side.maybe[node], side.falls_to[node]):
                if not edge.holds:
                    yield edge_step(side.registry, edge)


def stake(origin: Origin, side: Side) -> Iterator[Step]:
    """Say that an origin has a stake in what it says, or that it says it against its own interest."""
    if origin.party:
        verb = "denies" if origin.stance == "denies" else "asserts"
        yield Step(
            "party", f"{sentence(origin.name)} is a party to the event and has a stake in what it {verb}."
        )
    elif origin.tied and origin.node != side.stakes.claimant():
        name = call(side.registry, side.stakes.claimant())
        yield Step(
            "tied", f"{sentence(origin.name)} is tied to {name}, who made the claim, and has a stake in it."
        )
    if origin.concedes:
        reason = (
            f"{sentence(origin.name)} {origin.concedes}: a statement against its own interest weighs more."
        )
        yield Step("against_interest", reason)
