"""The records that people put in evidence, as voices of a claim: each speaks for whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from verify.origins.material import CARRIERS, Record
from verify.origins.registry import Registry
from verify.origins.voices import Strength, Voice

TAG = "evidence:"
_SEEN = "seen@"


def read_records(registry: Registry, records: Iterable[Record]) -> list[Voice]:
    """Add records to the graph, each with whose it is, and return their voices.

    A newsroom's own record is what it saw itself, whatever its articles pass on. Somebody whom the desk does not name
    may be one of the witnesses that a newsroom does not name. One file or page put in twice is one record.
    """
    graph, voices = registry.graph, []
    same: dict[str, list[str]] = {}
    for record in records:
        node = graph.note(f"{TAG}{record.id}", record.name, "record")
        made_by = registry.find(record.source.name, record.source.kind, record.source.source)
        kind = graph.kinds[made_by]
        if kind in CARRIERS:
            made_by = graph.note(f"{_SEEN}{made_by}", record.source.name, kind)
        graph.add(node, made_by, "made_by")
        if kind == "anonymous" and not graph.cut("made_by", node, made_by):
            registry.unnamed.add(made_by)
        same.setdefault(record.content or node, []).append(node)
        voices.append(Voice("", node, cited=False, record=record.id))
    for one, other in (pair for nodes in same.values() for pair in pairwise(nodes)):
        graph.add(one, other, "same_record")
        graph.add(other, one, "same_record")
    return voices


def record_strengths(registry: Registry, voices: Iterable[Voice]) -> dict[str, Strength]:
    """A record is as firm as the word of whose it is, unless that step was cut or they are not reliable."""
    return {voice.node: _strength(registry, voice.node) for voice in sorted(voices)}


def _strength(registry: Registry, node: str) -> Strength:
    made_by = [n for n, edge in registry.graph.edges.get(node, {}).items() if edge.kind == "made_by"]
    known = [registry.graph.sources.get(one.removeprefix(_SEEN)) for one in made_by]
    doubted = any(source is not None and source.discredited for source in known)
    return Strength.OPEN if doubted or not made_by else Strength.FIRM
