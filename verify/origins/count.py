"""How many independent origins a claim has: at least so many, at most so many, and why.

The upper bound is the fewest origins that account for every voice, following only what is known. The lower
bound is the fewest that account for the firm voices alone, following also what may be. docs/origins.md has the
method.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.origins import steps as reasons
from verify.origins.material import Material
from verify.origins.sides import NONE, Bounds, Group, Side
from verify.origins.steps import Step
from verify.origins.summary import summary
from verify.origins.voices import Strength


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
    tied: bool = False
    """Whether it is tied to whoever made the claim."""
    concedes: str = ""
    """Why its statement runs against its own interest; empty when it does not."""
    node: str = ""
    records: int = 0
    """How many pieces of evidence are its own record, or lead back to it."""


@dataclass(frozen=True)
class OriginCount:
    """The count for one claim; denials are counted apart, for a denial confirms nothing."""

    articles: int
    lower: int
    upper: int
    origins: tuple[Origin, ...]
    denials: tuple[Origin, ...] = ()
    steps: tuple[Step, ...] = ()
    unstaked: Bounds = NONE
    denied: Bounds = NONE
    records: int = 0
    """How many pieces of evidence speak for the claim beside the articles."""

    @property
    def summary(self) -> str:
        """Return the count as one line: "7 articles → 1 origin (party)"."""
        return summary(self)


@dataclass(frozen=True)
class Reading:
    """A count with the two graphs it was read from, for those who draw it or ask what would settle it."""

    material: Material
    asserting: Side
    denying: Side
    count: OriginCount


def count_origins(material: Material) -> OriginCount:
    """Count the independent origins of one claim."""
    return read_origins(material).count


def read_origins(material: Material) -> Reading:
    """Count the independent origins of one claim, and keep what the count was read from."""
    asserting, denying = Side(material, denies=False), Side(material, denies=True)
    origins, denials = origins_of(asserting), origins_of(denying)
    steps = [*_steps(asserting, origins), *_steps(denying, denials)]
    count = OriginCount(
        articles=len({one.article for one in asserting.appearances}),
        lower=sum(origin.certain for origin in origins),
        upper=len(origins),
        origins=origins,
        denials=denials,
        steps=tuple(dict.fromkeys(steps)),
        unstaked=asserting.unstaked,
        denied=denying.bounds,
        records=len(asserting.records),
    )
    return Reading(material, asserting, denying, count)


def origins_of(side: Side) -> tuple[Origin, ...]:
    """The origins of one side, those that count surely first."""
    return tuple(_origin(side, group) for group in side.groups)


def _origin(side: Side, group: Group) -> Origin:
    registry = side.registry
    tag, _, source = group.head.partition(":")
    firm = [node for node in group.nodes if side.strength[node] is Strength.FIRM] or group.nodes
    firm = [group.head, *firm]
    nodes = set(group.nodes)
    said = [one for one, voice in zip(side.appearances, side.voice_of, strict=True) if voice.node in nodes]
    return Origin(
        name=reasons.call(registry, group.head),
        kind=reasons.kind_of(registry, group.head),
        party=side.stakes.party(firm),
        certain=group.certain,
        articles=group.articles,
        stance=side.stance,
        source=source if tag == "source" and group.head in registry.graph.sources else None,
        tied=side.stakes.tied(firm),
        concedes=side.stakes.against_interest(firm, said) if side.stance == "asserts" else "",
        node=group.head,
        records=group.records,
    )


def _steps(side: Side, origins: tuple[Origin, ...]) -> list[Step]:
    steps: list[Step] = []
    for group in side.groups:
        steps += reasons.collapse(side, group)
        steps += reasons.weigh(side, group)
        steps += reasons.perhaps(side, group)
    for origin in origins:
        steps += reasons.stake(origin, side)
    return steps + reasons.decided(side)
