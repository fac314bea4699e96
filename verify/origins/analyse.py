"""A handful of articles, read without a desk: every claim, who said it through whom, and its independent origins. Pure.

There is no registry here. Who speaks for whom, which names are one and who is a party is taken from the articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from verify import spotting
from verify.origins.claims import grouped
from verify.origins.count import Reading, read_origins
from verify.origins.credits import credit_lines
from verify.origins.material import Appearance, Credit, Hop, Material, Shared
from verify.origins.text_registry import TextRegistry
from verify.reuse import Comparison, Kind, Strength, compare, read
from verify.similarity.grouping import Group

_LONGEST_TITLE = 90


@dataclass(frozen=True)
class Document:
    """One article as it was given."""

    name: str
    text: str

    @cached_property
    def title(self) -> str:
        """Its first line, or the beginning of it."""
        first = next((line.strip() for line in self.text.splitlines() if line.strip()), self.name)
        return first if len(first) <= _LONGEST_TITLE else f"{first[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True)
class Assertion:
    """One assertion, by the number of its article."""

    article: int
    spotted: spotting.Assertion
    denies: bool


@dataclass(frozen=True)
class Claim:
    """Assertions that state one claim, those that deny it, and the count of its origins."""

    statement: str
    members: tuple[int, ...]
    denied_by: tuple[int, ...]
    articles: tuple[int, ...]
    reading: Reading


@dataclass(frozen=True)
class SharedPassage:
    """A passage that two articles share, and what it is."""

    a: int
    b: int
    a_span: tuple[int, int]
    b_span: tuple[int, int]
    kind: str


@dataclass(frozen=True)
class Analysis:
    """All that was found in some articles."""

    documents: tuple[Document, ...]
    assertions: tuple[Assertion, ...]
    claims: tuple[Claim, ...]
    shared: tuple[SharedPassage, ...]
    pairs: tuple[tuple[int, int, Comparison], ...]


def letter(number: int) -> str:
    """The letter by which an article goes: A … Z, AA …"""
    return ("" if number < 26 else letter(number // 26 - 1)) + chr(65 + number % 26)


def analyse(documents: Sequence[Document]) -> Analysis:
    """Read some articles against each other."""
    spotted = [
        (number, one) for number, document in enumerate(documents) for one in spotting.spot(document.text)
    ]
    groups = grouped(
        [one for _, one in spotted],
        [number for number, _ in spotted],
        [document.text for document in documents],
    )
    denying = {number for group in groups for number in group.denying}
    assertions = [Assertion(article, one, place in denying) for place, (article, one) in enumerate(spotted)]
    pairs = _compared(documents)
    registry = TextRegistry([one.spotted for one in assertions], [one.article for one in assertions])
    credits = tuple(
        Credit(str(number), line.name, registry.known(line.name), line.how)
        for number, document in enumerate(documents)
        for line in credit_lines(document.text)
    )
    claims = [_claim(group, assertions, registry, credits, pairs) for group in groups]
    return Analysis(tuple(documents), tuple(assertions), tuple(claims), tuple(_passages(pairs)), tuple(pairs))


def _compared(documents: Sequence[Document]) -> list[tuple[int, int, Comparison]]:
    """Every two articles side by side; those that share nothing are left out."""
    readings = [read(document.text) for document in documents]
    found = ((a, b, compare(readings[a], readings[b])) for a, b in combinations(range(len(readings)), 2))
    return [(a, b, comparison) for a, b, comparison in found if comparison.passages]


def _passages(pairs: Iterable[tuple[int, int, Comparison]]) -> list[SharedPassage]:
    return [
        SharedPassage(a, b, (one.a_start, one.a_end), (one.b_start, one.b_end), one.kind.value)
        for a, b, comparison in pairs
        for one in comparison.passages
    ]


def _claim(
    group: Group, assertions: Sequence[Assertion], registry: TextRegistry, credits: tuple[Credit, ...],
    pairs: Sequence[tuple[int, int, Comparison]],
) -> Claim:  # fmt: skip
    """One claim with its count; its words are those of the member most worth checking."""
    stating, denying = group.stating, group.denying
    members = sorted((*stating, *denying))
    chosen = max(stating, key=lambda number: (assertions[number].spotted.check_worthiness, -number))
    filed = {one.article for one in (assertions[number] for number in members)}
    material = Material(
        appearances=tuple(_appearance(assertions[number], registry, number in denying) for number in members),
        sources=registry.sources,
        ties=registry.ties,
        credits=tuple(credit for credit in credits if int(credit.article) in filed),
        shared=tuple(_shared(pairs, [assertions[number] for number in members])),
    )
    articles = tuple(sorted({assertions[number].article for number in stating}))
    statement = assertions[chosen].spotted.statement
    return Claim(statement, stating, denying, articles, read_origins(material))


def _appearance(one: Assertion, registry: TextRegistry, denies: bool) -> Appearance:
    chain = tuple(
        Hop(
            hop.name,
            hop.kind,
            registry.known(hop.name),
            hop.role,
            hop.terms if hop.terms != "named" else None,
        )
        for hop in one.spotted.chain
    )
    admits = one.spotted.cue_type == "admission"
    outlet = Hop(f"Article {letter(one.article)}", "outlet")
    return Appearance(
        str(one.article), outlet, chain, denies, one.spotted.statement, one.spotted.cue or "", admits
    )


def _shared(pairs: Iterable[tuple[int, int, Comparison]], group: Sequence[Assertion]) -> Iterable[Shared]:
    """What the articles of a claim share; of two without dates nobody knows who had it first."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for one in group:
        spans.setdefault(one.article, []).append((one.spotted.start, one.spotted.end))
    for a, b, comparison in pairs:
        if a not in spans or b not in spans or comparison.strength not in _TOLD:
            continue
        strength = _TOLD[comparison.strength]
        told = (one for one in comparison.passages if one.kind is Kind.NARRATIVE)
        if strength != "copy" and any(
            _stands(spans[a], one.a_start, one.a_end) and _stands(spans[b], one.b_start, one.b_end)
            for one in told
        ):
            strength = "passage"
        yield Shared(str(b), str(a), strength, Hop(f"Article {letter(a)}", "outlet"), ordered=False)


_TOLD = {Strength.COPY: "copy", Strength.PARTLY_COPIED: "partly copied"}


def _stands(spans: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(2 * (min(end, high) - max(start, low)) >= high - low for low, high in spans)


def as_record(found: Analysis) -> dict[str, Any]:
    """The analysis as plain JSON values."""
    kinds = Counter(one.article for one in found.assertions)
    return {
        "articles": [
            {
                "id": number,
                "label": letter(number),
                "file": document.name,
                "title": document.title,
                "length": len(document.text),
                "assertions": kinds[number],
            }
            for number, document in enumerate(found.documents)
        ],
        "assertions": [{"article": one.article, **asdict(one.spotted)} for one in found.assertions],
        "claims": [
            {
                "statement": claim.statement,
                "members": list(claim.members),
                "denied_by": list(claim.denied_by),
                "origins": {
                    "lower": claim.reading.count.lower,
                    "upper": claim.reading.count.upper,
                    "names": [origin.name for origin in claim.reading.count.origins],
                    "steps": list(dict.fromkeys(step.reason for step in claim.reading.count.steps)),
                },
            }
            for claim in found.claims
        ],
        "shared": [
            {"a": one.a, "b": one.b, "a_span": list(one.a_span), "b_span": list(one.b_span), "kind": one.kind}
            for one in found.shared
        ],
    }
