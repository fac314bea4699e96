"""The origins of a claim as a verdict's content has them: the count, its steps, and the map."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

from verify.origins.count import Reading
from verify.origins.map import as_record
from verify.origins.sketch import map_of


class Origin(TypedDict):
    """One voice that the claim leads back to."""

    name: str
    kind: str
    party: bool
    certain: bool


class MapNode(TypedDict):
    """One node of the map: an article or a bundle of them, a piece of evidence, somebody on the way, or an origin."""

    name: str
    role: Literal["article", "evidence", "hop", "origin"]
    note: str
    certain: bool
    party: bool
    denies: bool
    articles: int


class MapLine(TypedDict):
    """One line of the map, from a node to another by their places in the list."""

    child: int
    parent: int
    style: Literal["heard", "shares", "stands", "record", "perhaps"]
    denies: bool


class ProvenanceMap(TypedDict):
    """How the articles lead to the origins."""

    nodes: list[MapNode]
    lines: list[MapLine]


class Stances(TypedDict):
    """Bounds beside the count: of origins without a stake, and of those who deny the claim."""

    unstaked_lower: int
    unstaked_upper: int
    denied_lower: int
    denied_upper: int


class Origins(TypedDict):
    """How many independent origins the claim has, and how they were counted.

    Versions published before the map was kept lack what may be lacking here; `records`, the number of pieces of
    evidence that speak for the claim beside the articles, stands only where there are any.
    """

    articles: int
    lower: int
    upper: int
    origins: list[Origin]
    steps: list[str]
    records: NotRequired[int]
    beside: NotRequired[Stances]
    map: NotRequired[ProvenanceMap]


def origins_record(reading: Reading) -> dict[str, Any]:
    """A count as a verdict says it."""
    count = reading.count
    return {
        "articles": count.articles,
        "lower": count.lower,
        "upper": count.upper,
        "origins": [
            {"name": origin.name, "kind": origin.kind, "party": origin.party, "certain": origin.certain}
            for origin in count.origins
        ],
        "steps": list(dict.fromkeys(step.reason for step in count.steps)),
        "beside": {
            "unstaked_lower": count.unstaked.lower,
            "unstaked_upper": count.unstaked.upper,
            "denied_lower": count.denied.lower,
            "denied_upper": count.denied.upper,
        },
        "map": as_record(map_of(reading)),
    } | ({"records": count.records} if count.records else {})
