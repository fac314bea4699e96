"""How many independent origins a claim has: at least so many, at most so many, and why.

The upper bound is the fewest origins that account for every voice, following only what is known. The lower
bound is the fewest that account for the firm voices alone, following also what may be. docs/origins.md has the
method.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from verify.origins import steps as reasons
from verify.origins.cover import fewest, matched
from verify.origins.graph import Edge, Registry
from verify.origins.material import Material
from verify.origins.steps import Step
from verify.origins.voices import Strength, Voice, hear, strengths


@dataclass(frozen=True)
class Origin:
    """One independent origin: certain ones make up the lower bound, all of one stance the upper."""

    name: str
    kind: str
    party: bool
    certain: bool
    articles: int
    stance: str
    source: str | None = None


@dataclass(frozen=True)
class OriginCount:
    """The count for one claim; denials are counted apart, for a denial confirms nothing."""

    articles: int
    lower: int
    upper: int
    origins: tuple[Origin, ...]
    denials: tuple[Origin, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def summary(self) -> str:
        """Return the count as one line: "7 articles → 1 origin (party)"."""
        return reasons.summary(self)


@dataclass
class _Group:
    """Voices that lead back to one origin."""

    head: str
    voices: list[Voice] = field(default_factory=list)
    certain: bool = False

    @property
    def nodes(self) -> list[str]:
        return sorted({voice.node for voice in self.voices})

    @property
    def articles(self) -> int:
        return len({voice.article for voice in self.voices})


Paths = Mapping[str, Mapping[str, Edge | None]]


def count_origins(material: Material) -> OriginCount:
    """Count the independent origins of one claim."""
    origins, steps = _count(material, denies=False)
    denials, denial_steps = _count(material, denies=True)
    return OriginCount(
        articles=len({one.article for one in material.appearances if not one.denies}),
        lower=sum(origin.certain for origin in origins),
        upper=len(origins),
        origins=tuple(origins),
        denials=tuple(denials),
        steps=tuple(dict.fromkeys(steps + denial_steps)),
    )


def _count(material: Material, *, denies: bool) -> tuple[list[Origin], list[Step]]:
    appearances = [one for one in material.appearances if one.denies is denies]
    if not appearances:
        return [], []
    registry = Registry(material)
    registry.add_ties(material)
    voices = hear(registry, appearances, material.credits)
    registry.add_unnamed()
    registry.add_possible()
    strength = strengths(registry, voices)
    known = {node: registry.graph.behind(node, possible=False) for node in strength}
    maybe = {node: registry.graph.behind(node, possible=True) for node in strength}
    groups = _groups(registry, voices, known)
    joined = _mark_certain(groups, strength, maybe)
    stance = "denies" if denies else "asserts"
    groups.sort(key=lambda group: (not group.certain, -group.articles, group.head))
    origins = [_origin(registry, group, strength, stance) for group in groups]
    steps: list[Step] = []
    for group in groups:
        steps += reasons.collapse(registry, group.head, group.voices, known)
        steps += reasons.weigh(registry, group.head, group.nodes, strength, counted=group.certain)
        steps += reasons.perhaps(registry, group.nodes, joined, maybe)
    steps += [reasons.party(origin.name, stance) for origin in origins if origin.party]
    return origins, steps


def _groups(registry: Registry, voices: list[Voice], known: Paths) -> list[_Group]:
    """Sort the voices into the fewest groups that each lead back to one node."""
    chosen = fewest({node: frozenset(paths) for node, paths in known.items()})
    groups: dict[str, _Group] = {node: _Group(node) for node in chosen}
    for voice in voices:
        nearest = next(node for node in known[voice.node] if node in groups)
        groups[nearest].voices.append(voice)
    spoken = [group for group in groups.values() if group.voices]
    for group in spoken:
        group.head = _head(registry, group, known)
    return sorted(spoken, key=lambda group: group.head)


def _head(registry: Registry, group: _Group, known: Paths) -> str:
    """Choose, among the nodes that stand behind all of a group, the one that a reader would name."""
    first, *others = group.nodes
    shared = [node for node in known[first] if all(node in known[other] for other in others)]
    start = shared[0]
    for kinds in (("credits",), ("printed_in",), ("speaks_for",)):
        climbed = {start}
        while True:
            edges = registry.graph.edges.get(start, {})
            upward = [n for n in sorted(edges) if edges[n].kind in kinds and n in shared and n not in climbed]
            if not upward:
                break
            start = upward[0]
            climbed.add(start)
    return start


def _weight(group: _Group) -> tuple[bool, int, str]:
    """Order groups so that the one to name comes first: registered, then in most articles."""
    return not group.head.startswith("source:"), -group.articles, group.head


def _mark_certain(groups: list[_Group], strength: Mapping[str, Strength], maybe: Paths) -> dict[str, str]:
    """Mark the origins that the lower bound counts; return which node each firm voice falls to in it."""
    firm = {node: frozenset(maybe[node]) for node, how in strength.items() if how is Strength.FIRM}
    chosen = set(fewest(firm))
    falls_to = {node: next(one for one in maybe[node] if one in chosen) for node in firm}
    choices: dict[str, list[str]] = {node: [] for node in chosen}
    by_head = {group.head: group for group in groups}
    for group in sorted(groups, key=_weight):
        for node in sorted({falls_to[one] for one in group.nodes if one in falls_to}):
            choices[node].append(group.head)
    for head in matched(choices):
        by_head[head].certain = True
    if not firm:
        traced = [g for g in groups if any(strength[node] is Strength.TRACED for node in g.nodes)]
        for group in sorted(traced, key=_weight)[:1]:
            group.certain = True
    return falls_to


def _origin(registry: Registry, group: _Group, strength: Mapping[str, Strength], stance: str) -> Origin:
    graph = registry.graph
    tag, _, source = group.head.partition(":")
    return Origin(
        name=reasons.call(registry, group.head),
        kind=reasons.kind_of(registry, group.head),
        party=_is_party(registry, [group.head, *(n for n in group.nodes if strength[n] is Strength.FIRM)]),
        certain=group.certain,
        articles=group.articles,
        stance=stance,
        source=source if tag == "source" and group.head in graph.sources else None,
    )


def _is_party(registry: Registry, nodes: list[str]) -> bool:
    """Tell whether one of these, or an institution it speaks for or belongs to, is a party to the event."""
    waiting, seen = list(nodes), set(nodes)
    while waiting:
        node = waiting.pop()
        if node in registry.graph.sources and registry.graph.sources[node].party:
            return True
        for parent, edge in registry.graph.edges.get(node, {}).items():
            if edge.kind in ("speaks_for", "member_of", "owned_by") and parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return False
