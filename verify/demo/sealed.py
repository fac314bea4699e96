"""The content of a published verdict of the large desk, as publishing itself would put it together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from verify.origins.count import Reading, read_origins
from verify.origins.material import Appearance, Hop, Material, Source
from verify.publishing.claimreview import stamp
from verify.publishing.content import SCHEMA, VerdictContent
from verify.publishing.origin_content import origins_record

if TYPE_CHECKING:
    from verify.demo.careers import Filed, Work


def _reading(filed: Sequence[Filed]) -> Reading:
    """The count of origins, from the same rules as everywhere."""
    sources, appearances = {}, []
    for one in filed:
        speaker, outlet = str(one.speaker_id), str(one.outlet_id)
        sources[speaker] = Source(speaker, one.passage.speaker, "person", (one.passage.speaker,))
        sources[outlet] = Source(outlet, one.piece.outlet, "outlet", (one.piece.outlet,))
        chain = (Hop(one.passage.speaker, "person", speaker, one.passage.role, None),)
        printed, said = Hop(one.piece.outlet, "outlet", outlet), one.passage.claim
        appearances.append(Appearance(str(one.article), printed, chain, statement=said, cue="said"))
    claimant = str(filed[0].speaker_id)
    return read_origins(Material(tuple(appearances), tuple(sources.values()), claimant=claimant))


def origins_of(filed: Sequence[Filed]) -> tuple[int, int]:
    """The lower and upper bound of independent origins."""
    count = _reading(filed).count
    return count.lower, count.upper


def content(work: Work, investigation: str) -> VerdictContent:
    """What was approved and is published."""
    first = work.filed[0].passage
    sourcing, attribution, confirmation = work.grades
    judgement = {"sourcing": sourcing, "attribution": attribution, "confirmation": confirmation, "rating": "unverified",
                 "rationale": work.reviews[0].rationale}  # fmt: skip
    verdict: dict[str, Any] = {
        "schema": SCHEMA, "reference": work.reference, "investigation": investigation, "claim": first.claim,
        "language": "en", "claimant": {"name": first.speaker, "kind": "person"},
        "claimed_on": work.filed[0].published_on.isoformat(), "rating": "unverified", "summary": _summary(),
        "grades": {"sourcing": sourcing, "attribution": attribution, "confirmation": confirmation},
        "reliability": "C", "credibility": 3, "confidence": "moderate", "rubric_version": 1, "settled_by": "agreement",
        "override_reason": None,
        "origins": origins_record(_reading(work.filed)),
        "appearances": [_appearance(one) for one in work.filed],
        "evidence": [_evidence(work.evidence)],
        "reviews": [{"label": label} | judgement for label in ("First review", "Second review")],
        "adjudication": None,
    }  # fmt: skip
    return verdict  # type: ignore[return-value]  # a test compares it with what publishing puts together


def _summary() -> str:
    from verify.demo.careers import SUMMARY

    return SUMMARY


def _appearance(one: Filed) -> dict[str, Any]:
    passage = one.passage
    return {
        "title": one.piece.title, "outlet": one.piece.outlet, "byline": "Staff",
        "url": f"https://news.example/{one.sha256[:12]}", "published_on": one.published_on.isoformat(),
        "text_sha256": one.sha256, "start": passage.start, "end": passage.end,
        "passage": one.piece.text[passage.start : passage.end],
        "chain": [{"name": passage.speaker, "kind": "person", "role": passage.role}], "mode": "indirect",
        "cue": "said", "channel": None, "caveat": None,
    }  # fmt: skip


def _evidence(piece: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": piece["number"], "kind": piece["kind"].value, "title": piece["title"], "url": None,
        "note": piece["note"], "stance": piece["stance"].value, "facet": piece["facet"].value, "sha256": None,
        "filename": None, "added_at": stamp(piece["added_at"]),
    }  # fmt: skip
