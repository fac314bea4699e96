"""Who speaks last in each appearance, and how firmly that can be held to be an origin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from verify.origins.graph import key_of
from verify.origins.material import CARRIERS, Appearance, Credit, Hop, Material
from verify.origins.names import only_witness, says_nobody, says_witness, speaks_by_office
from verify.origins.offices import (
    ANSWERABLE,
    bodies_behind,
    body_of,
    hold_office,
    is_unnamed,
    name_bodies,
    spokesperson,
)
from verify.origins.registry import Registry
from verify.origins.wordings import same_statements
from verify.sources.names import name_key


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
    doubted: bool = False
    """Whether somebody cut this way to the speaker in the article that this one follows."""
    record: str = ""
    """The piece of evidence that speaks, where no article does."""
    for_body: bool = False
    """Whether a body speaks here through its officials or its head, in the open and without their names."""


def hear(registry: Registry, appearances: Sequence[Appearance], material: Material) -> list[Voice]:
    """Add the chains of these appearances to the graph and return the voice of each, in their order."""
    of_article: dict[str, list[Credit]] = {}
    for credit in material.credits:
        of_article.setdefault(credit.article, []).append(credit)
    name_bodies(registry, appearances)
    printed = {one.article for one in appearances}
    for article, outlet in {(one.article, one.outlet) for one in appearances}:
        _print(registry, article, outlet, of_article.get(article, []))
    registry.add_shared(material, printed)
    doubts = _doubts(registry, sorted(printed))
    voices = [_follow(registry, one, doubts[one.article]) for one in appearances]
    said = ((voice.node, one.statement) for voice, one in zip(voices, appearances, strict=True))
    _join_statements(registry, (one for one in said if not one[0].startswith("unheard:")))
    return voices


Doubts = Mapping[str, set[tuple[str, str]]]


def _doubts(registry: Registry, articles: Sequence[str]) -> dict[str, Doubts]:
    """For each article, which steps of its chains are cut in what it copies: a copy repeats an original's mistake.

    Where somebody cut a step in an article, it is doubted for who copies the article or cites its outlet. Steps are
    kept under who tells them, and as seen from there.
    """
    graph = registry.graph
    cuts: dict[str, set[tuple[str, str]]] = {}
    for (kind, child, parent), decision in graph.decided.items():
        if decision.verdict == "cut" and kind in ("heard_from", "voice_of"):
            teller = child.rpartition("@")[2]
            step = _seen_from(teller, child), _seen_from(teller, parent)
            cuts.setdefault(teller, set()).add(step)
            for outlet, edge in graph.edges.get(teller, {}).items():
                if edge.kind == "printed_in":
                    cuts.setdefault(outlet, set()).add(step)
    found: dict[str, Doubts] = {}
    for article in articles:
        start = f"article:{article}"
        copied = graph.followed_from(start) if cuts else ()
        found[article] = cuts | {start: set().union(*(cuts.get(node, ()) for node in copied))}
    return found


def _seen_from(teller: str, node: str) -> str:
    """Name a node by what it is to whoever tells of it: itself, somebody unnamed, or the same for everybody."""
    if node == teller:
        return "@"
    return node.removesuffix(teller) if node.endswith(f"@{teller}") else node


def _join_statements(registry: Registry, said: Iterable[tuple[str, str]]) -> None:
    """Let those whom nobody names, and who say one thing in the same words, follow each other or who is firmer.

    Witnesses who are given with the same words are the same witnesses. Two who are named stay apart: each of them is
    held to have said it.
    """
    add = registry.graph.add
    for group in same_statements(said):
        witnesses = [node for node in group if node.startswith("witnesses@")]
        named = [node for node in group if _named(registry, node)]
        others = [node for node in group if node not in named and node not in witnesses]
        for alike in (others, witnesses):
            for first, second in pairwise(alike):
                add(first, second, "same_statement")
                add(second, first, "same_statement")
        for node in [*witnesses, *named] if others else ():
            add(others[0], node, "same_statement")


def _named(registry: Registry, node: str) -> bool:
    """Tell whether a node is somebody in particular, whose word stands apart even in the same words."""
    named = node.startswith(("source:", "name:")) and _kind(registry, node) in ANSWERABLE
    return named or node.startswith("seen@")


def _print(registry: Registry, article: str, outlet: Hop, credits: Iterable[Credit]) -> None:
    """Tie an article to its outlet and to whoever it credits."""
    graph = registry.graph
    start = graph.note(f"article:{article}", outlet.name, "article")
    newsroom = registry.find(outlet.name, outlet.kind, outlet.source)
    graph.add(start, newsroom, "printed_in")
    behind = registry.newsrooms.setdefault(start, set())
    behind.add(newsroom)
    for credit in credits:
        if not credit.name:
            graph.add(start, graph.note(f"original:{article}", outlet.name, "article"), credit.how)
            continue
        credited = registry.find(credit.name, "agency", credit.source)
        if credited != newsroom:
            graph.add(start, credited, credit.how)
            behind |= set() if graph.cut(credit.how, start, credited) else {credited}


def _follow(registry: Registry, appearance: Appearance, doubts: Doubts) -> Voice:
    """Walk the chain from the article to its last speaker, adding each step to the graph.

    The outlet has it from wherever its article has it, so that its other articles lead there too. Where a person
    cut a step, nobody knows who stands behind it: a voice of its own that leads nowhere.
    """
    graph, start = registry.graph, f"article:{appearance.article}"
    outlet = registry.find(appearance.outlet.name, appearance.outlet.kind, appearance.outlet.source)
    if not appearance.chain:
        node = _seen(registry, appearance.outlet.name, outlet) if appearance.outlet.saw_it else start
        return Voice(appearance.article, node, cited=False)
    gatherer, previous, cut, doubted = start, start, "", False
    for hop in appearance.chain:
        node = _node(registry, hop, gatherer)
        hold_office(registry, hop, node)
        step = _seen_from(gatherer, previous), _seen_from(gatherer, node)
        behind = [(step[1], body) for body in bodies_behind(registry, node)]
        doubted |= not doubts.get(gatherer, set()).isdisjoint([step, *behind])
        if cut or graph.cut("heard_from", previous, node):
            cut = cut or f"{previous}>{node}"
        else:
            _step(registry, (start, outlet), previous, node)
        previous = node
        gatherer = gatherer if "@" in node or node.startswith("imagery:") else node
    last = appearance.chain[-1]
    if last.saw_it and _kind(registry, previous) in CARRIERS:
        previous = _seen(registry, last.name, previous)
    if cut:
        name = graph.names.get(previous, last.name)
        return Voice(
            appearance.article, graph.note(f"unheard:{cut}>{previous}", name, "anonymous"), cited=True
        )
    spoke = speaks_by_office(last.name) and bool(bodies_behind(registry, previous)) and not last.secret
    return Voice(appearance.article, previous, cited=True, doubted=doubted, for_body=spoke)


def _step(registry: Registry, printed: tuple[str, str], previous: str, node: str) -> None:
    """Add one step of a chain; what an article has from somebody, its outlet has from them as well."""
    start, outlet = printed
    if previous != start:
        registry.graph.add(previous, node, "heard_from")
        return
    if node != outlet:
        registry.graph.add(start, node, "heard_from")
    registry.graph.add(outlet, node, "heard_from", rests_on=key_of("heard_from", start, node))


def _node(registry: Registry, hop: Hop, gatherer: str) -> str:
    """Return the node of a hop; somebody unnamed behind a named speaker is that speaker's word."""
    note = registry.graph.note
    if hop.source is not None and f"source:{hop.source}" in registry.graph.sources:
        return f"source:{hop.source}"
    body = body_of(registry, hop)
    named = not is_unnamed(hop) and body is None and (hop.kind in ANSWERABLE or hop.kind in CARRIERS)
    if (speaker := spokesperson(registry, hop)) is not None:
        return speaker
    nobody, witness = says_nobody(hop.name), only_witness(hop.name)
    if named and not nobody and not witness:
        return registry.find(hop.name, hop.kind, None)
    if _kind(registry, gatherer) in ANSWERABLE:
        return gatherer
    if nobody:
        return note(f"unknown@{gatherer}", hop.name, "anonymous")
    if witness or (is_unnamed(hop) and (hop.saw_it or says_witness(hop.name))):
        return note(f"witnesses@{gatherer}", hop.name, "anonymous")
    if body is not None:
        member = note(f"said:{name_key(hop.name)}@{gatherer}", hop.name, "anonymous")
        registry.graph.add(member, body, "voice_of")
        return member
    if hop.kind == "media":
        return note(f"imagery:{name_key(hop.name)}", hop.name, "media")
    kind = "anonymous" if is_unnamed(hop) else hop.kind
    return note(f"said:{name_key(hop.name)}@{gatherer}", hop.name, kind)


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
        for parent in registry.newsrooms.get(voice.node, ())
    }
    heard = {voice.node for voice in voices if not voice.doubted}
    bodies = {voice.node for voice in voices if voice.for_body and not voice.doubted}
    return {
        node: _strength(registry, node, unsourced, node in bodies) if node in heard else Strength.OPEN
        for node in sorted({voice.node for voice in voices})
    }


def _strength(registry: Registry, node: str, unsourced: set[str], for_body: bool) -> Strength:
    tag, kind = node.partition(":")[0].partition("@")[0], _kind(registry, node)
    if node in registry.graph.sources and registry.graph.sources[node].discredited:
        return Strength.OPEN
    if tag in ("seen", "witnesses") or for_body:
        return Strength.FIRM
    if tag == "imagery":
        return Strength.TRACED
    if tag not in ("source", "name") or kind == "anonymous":
        return Strength.OPEN
    if kind in CARRIERS:
        return Strength.OPEN if node in unsourced or registry.graph.follows(node) else Strength.TRACED
    return Strength.FIRM
