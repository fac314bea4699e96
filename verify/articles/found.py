"""From one assertion that the spotter found to its row: every product that it gives is kept."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from verify.articles.models import ArticleVersion, Assertion, CueType, Mode, Polarity
from verify.articles.wording import Link, hops_for
from verify.sources.models import Source, SourceKind
from verify.spotting.assertion import Assertion as Spotted
from verify.spotting.assertion import Hop as SpottedHop


def row_of(
    version: ArticleVersion, found: Spotted, known: dict[str, Source], found_at: datetime
) -> Assertion:
    """Return the row of a suggestion; `known` holds the registered source of each name that has one."""
    return Assertion(
        version_id=version.id,
        start=found.start,
        end=found.end,
        statement=found.statement,
        mode=Mode(found.mode),
        cue=(found.cue or "")[:200],
        cue_type=CueType(found.cue_type) if found.cue_type else None,
        polarity=Polarity(found.polarity),
        channel=(found.channel or "")[:100],
        caveat=(found.caveat or "")[:500],
        part=found.part,
        quantities=[asdict(quantity) for quantity in found.quantities],
        dates=[asdict(mention) for mention in found.dates],
        places=[asdict(mention) for mention in found.places],
        spans=_spans(found),
        check_worthiness=found.check_worthiness,
        reasons=list(found.reasons),
        method=f"{found.method}/{found.version}"[:40],
        found_at=found_at,
        hops=hops_for([_link(hop) for hop in found.chain], known),
    )


def _link(hop: SpottedHop) -> Link:
    return Link(
        name=hop.name,
        kind=SourceKind(hop.kind),
        role=hop.role or "",
        terms="" if hop.terms == "named" else hop.terms,
        written=hop.written or (hop.aliases[0] if hop.aliases else hop.name),
        speaks_for=hop.speaks_for or "",
    )


def _spans(found: Spotted) -> dict[str, Any]:
    """Return where in the text each part of the attribution stands, as far as the spotter says."""
    stands = {
        "source": found.source_span,
        "cue": found.cue_span,
        "caveat": found.caveat_span,
        "content": found.content,
    }
    return {name: place for name, place in stands.items() if place}
