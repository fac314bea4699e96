"""Verdict contents for the tests of publishing and reports, invented for them."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any

from verify.publishing.content import HistoryEntry, Kind, PublishedVersion, Publisher, checked, content_hash

DESK = Publisher("Kestrel Verification Desk", "https://verify.example")
FIRST_DAY = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_TEXT_HASH = "3b7c" * 16


def _node(name: str, role: str, note: str = "", *, articles: int = 0, **is_so: bool) -> dict[str, Any]:
    """One node of a sample's map."""
    marks = {"certain": False, "party": False, "denies": False} | is_so
    return {"name": name, "role": role, "note": note, "articles": articles} | marks


UNVERIFIED: dict[str, Any] = {
    "schema": "verify.verdict/1",
    "reference": "PAN-0012",
    "investigation": "Panjshir, September 2021",
    "claim": "Resistance fighters killed up to 700 Taliban in the Panjshir valley on one weekend.",
    "language": "en",
    "claimant": {"name": "National Resistance Front", "kind": "organisation"},
    "claimed_on": "2021-09-05",
    "rating": "unverified",
    "summary": "The only voice behind this figure is the Front itself, which was fighting there. Seven articles carry "
    "it, and every one of them leads back to a single message from its spokesman.\n\n"
    "No record, no witness outside the Front and no picture supports a number of this size. The other side gave none.",
    "grades": {"sourcing": 2, "attribution": 3, "confirmation": 1},
    "reliability": "C",
    "credibility": 3,
    "confidence": "moderate",
    "rubric_version": 1,
    "settled_by": "adjudication",
    "override_reason": None,
    "origins": {
        "articles": 7,
        "lower": 1,
        "upper": 2,
        "origins": [
            {"name": "National Resistance Front", "kind": "organisation", "party": True, "certain": True},
            {"name": "a source in Kabul", "kind": "anonymous", "party": False, "certain": False},
        ],
        "steps": [
            "The spokesman speaks for the National Resistance Front, so both are counted as one.",
            "Five articles carry the agency’s text and lead back to it.",
            "The source in Kabul is not named; it counts only in the upper bound.",
        ],
        "beside": {"unstaked_lower": 0, "unstaked_upper": 1, "denied_lower": 1, "denied_upper": 1},
        "map": {
            "nodes": [
                _node("6 articles", "article", "The Northern Courier and 5 more", articles=6),
                _node("Meridian", "article", articles=1),
                _node("A spokesman", "hop", "person"),
                _node("National Resistance Front", "origin", "organisation, a party", certain=True, party=True),
                _node("“a source in Kabul”", "origin", "counts 0 to 1"),
                _node("The other side", "origin", "organisation, a party", certain=True, party=True, denies=True),
            ],
            "lines": [
                {"child": 0, "parent": 2, "style": "heard", "denies": False},
                {"child": 1, "parent": 0, "style": "shares", "denies": False},
                {"child": 2, "parent": 3, "style": "stands", "denies": False},
                {"child": 1, "parent": 4, "style": "heard", "denies": False},
                {"child": 4, "parent": 3, "style": "perhaps", "denies": False},
                {"child": 1, "parent": 5, "style": "heard", "denies": True},
            ],
        },
    },
    "appearances": [
        {
            "title": "Fierce fighting as both sides claim gains in the last holdout valley",
            "outlet": "The Northern Courier",
            "byline": "Staff writer",
            "url": "https://courier.example/2021/09/05/valley",
            "published_on": "2021-09-05",
            "text_sha256": _TEXT_HASH,
            "start": 1204,
            "end": 1311,
            "passage": "As many as 700 of the attackers had been killed since Saturday, the Front’s spokesman wrote.",
            "chain": [
                {"name": "Tass", "kind": "agency", "role": None},
                {"name": "Fahim Dashti", "kind": "person", "role": "spokesman of the Front"},
            ],
            "mode": "indirect",
            "cue": "wrote",
            "channel": "Twitter",
            "caveat": "the figure could not be confirmed independently",
        },
        {
            "title": "Valley under attack",
            "outlet": "Radio Hindukush",
            "byline": None,
            "url": None,
            "published_on": "2021-09-06",
            "text_sha256": "91ee" * 16,
            "start": 40,
            "end": 120,
            "passage": "Hundreds of fighters were reported dead.",
            "chain": [{"name": "a source in Kabul", "kind": "anonymous", "role": None}],
            "mode": "own-voice",
            "cue": None,
            "channel": None,
            "caveat": None,
        },
    ],
    "evidence": [
        {
            "number": 1, "kind": "link", "title": "Message of the spokesman", "url": "https://archive.example/4711",
            "note": "The message gives the number and names no place.", "stance": "context", "facet": "figure",
            "sha256": None, "filename": None, "added_at": "2026-02-27T10:00:00Z",
        },
        {
            "number": 2, "kind": "file", "title": "Satellite pass of the valley floor", "url": None,
            "note": "No sign of fighting on this scale at the places named.", "stance": "refutes", "facet": "event",
            "sha256": "c0de" * 16, "filename": "pass-2021-09-05.tif", "added_at": "2026-02-28T16:20:00Z",
        },
    ],
    "reviews": [
        {
            "label": "First review", "sourcing": 2, "attribution": 3, "confirmation": 1, "rating": "unverified",
            "rationale": "One belligerent, one message. The chain is complete and ends there.",
        },
        {
            "label": "Second review", "sourcing": 2, "attribution": 3, "confirmation": 0, "rating": "misleading",
            "rationale": "The number is used as if it were a count. The pass shows nothing that fits it.",
        },
    ],
    "adjudication": {
        "sourcing": 2, "attribution": 3, "confirmation": 1, "rating": "unverified",
        "rationale": "The pass covers a third of the valley. It does not contradict the claim; nothing confirms it.",
    },
}  # fmt: skip

CONFIRMED: dict[str, Any] = UNVERIFIED | {
    "reference": "PAN-0003",
    "claim": "Drones struck positions in the valley before the ground attack.",
    "rating": "confirmed",
    "grades": {"sourcing": 3, "attribution": 3, "confirmation": 3},
    "summary": "Two witnesses, a record of the wreckage and a statement by the other side agree.",
    "settled_by": "agreement",
    "adjudication": None,
    "confidence": "high",
}


def content(base: dict[str, Any] = UNVERIFIED, **changes: Any) -> dict[str, Any]:
    """A copy of a content with some fields changed."""
    return copy.deepcopy(base) | changes


def version(base: dict[str, Any] | None = None, *kinds: tuple[Kind, str | None]) -> PublishedVersion:
    """A published version of a content; each further kind adds one version with its reason."""
    verdict = checked(base or content())
    digest = content_hash(verdict)
    history = tuple(
        HistoryEntry(number, kind, reason, FIRST_DAY + timedelta(days=number - 1), digest)
        for number, (kind, reason) in enumerate((("published", None), *kinds), start=1)
    )
    last = history[-1]
    return PublishedVersion(
        verdict["reference"], last.number, last.kind, last.reason, last.published_at, verdict, digest,
        f"{DESK.address}/verdicts/{verdict['reference']}", DESK, history,
    )  # fmt: skip
