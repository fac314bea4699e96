"""One verdict as words on a page: public page, preview and reports lay out the same text in the same order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from verify.origins.map import from_record
from verify.origins.map_page import map_shown
from verify.publishing import words
from verify.publishing.content import Adjudication, Appearance, Evidence, PublishedVersion
from verify.publishing.origin_content import Origins

Page = dict[str, Any]


def claim_page(version: PublishedVersion) -> Page:
    """One verdict: what is claimed, by whom, what we found, and everything that it rests on."""
    content, rubric_version = version.content, version.content["rubric_version"]
    word = words.RATINGS[content["rating"]]
    adjudication = content["adjudication"]
    return {
        "reference": version.reference,
        "investigation": content["investigation"],
        "claim": content["claim"],
        "language": content["language"],
        "claimed": _claimed(version),
        "rating": "retracted" if version.retracted else content["rating"],
        "rating_label": "Retracted" if version.retracted else word.label,
        "rating_meaning": _meaning(version),
        "summary": words.paragraphs(content["summary"]),
        "grades": _grades(content["grades"], rubric_version),
        "beside": _beside(version),
        "settled": _settled(version),
        "origin_count": words.origin_count(content["origins"]),
        "origins": [_origin(origin) for origin in content["origins"]["origins"]],
        **_way(content["origins"]),
        "appearances": [_appearance(appearance) for appearance in content["appearances"]],
        "evidence": [_evidence(piece) for piece in content["evidence"]],
        "reviews": [_review(review["label"], review, rubric_version) for review in content["reviews"]],
        "adjudication": adjudication and _review("Adjudication", adjudication, rubric_version),
        "changes": [
            {
                "kind": words.VERSION_KINDS[entry.kind] if entry.kind != "published" else "Published again",
                "number": entry.number,
                "on": words.long_day(entry.published_at),
                "reason": entry.reason,
            }
            for entry in version.changes
        ],
        "number": version.number,
        "published_at": words.long_moment(version.published_at),
        "first_published": words.long_day(version.first_published_at),
        "content_sha256": version.content_sha256,
        "rubric_version": rubric_version,
        "address": version.address,
    }


def evidence_cards(version: PublishedVersion) -> list[Page]:
    """The evidence as the site's evidence card takes it, with real times."""
    return [
        {**piece, "added_at": datetime.fromisoformat(piece["added_at"].replace("Z", "+00:00"))}
        for piece in version.content["evidence"]
    ]


def _claimed(version: PublishedVersion) -> str:
    claimant, first_seen = version.content["claimant"], version.content["claimed_on"]
    by = f"Claimed by {claimant['name']} ({claimant['kind']})" if claimant else "Claimant not known"
    return f"{by}, first seen by us on {words.long_day(first_seen)}" if first_seen else by


def _meaning(version: PublishedVersion) -> str:
    label, meaning = (
        words.RATINGS[version.content["rating"]].label,
        words.RATINGS[version.content["rating"]].meaning,
    )
    if version.retracted:
        return f"This verdict was withdrawn and no longer stands. Before that, the rating was “{label}”."
    return meaning


def _grades(triad: Any, rubric_version: int) -> list[Page]:
    return [
        {
            "key": key,
            "name": name,
            "value": triad[key],
            "word": words.grade_word(key, triad[key], rubric_version),
        }
        for key, name in words.GRADE_NAMES.items()
    ]


def _beside(version: PublishedVersion) -> list[Page]:
    content = version.content
    found = [{"name": "Confidence", "word": words.CONFIDENCE[content["confidence"]]}]
    if content["reliability"]:
        reliability = f"{content['reliability']} · {words.RELIABILITY[content['reliability']]}"
        found.append({"name": "Reliability of the source", "word": reliability})
    if content["credibility"]:
        credibility = f"{content['credibility']} · {words.CREDIBILITY[content['credibility']]}"
        found.append({"name": "Credibility of the information", "word": credibility})
    return found


def _settled(version: PublishedVersion) -> str:
    content = version.content
    how = {
        "agreement": "Two reviewers who could not see each other’s work agreed.",
        "adjudication": "Two reviewers who could not see each other’s work differed; a third person adjudicated.",
    }[content["settled_by"]]
    reason = content["override_reason"]
    return how + (f" The rating departs from the one that the rule proposes: {reason}" if reason else "")


def _way(origins: Origins) -> Page:
    """How the origins were counted: beside the count, step by step, and as a map."""
    return {"steps": origins["steps"], "beside_count": _beside_count(origins), "map": _map(origins)}


def _beside_count(origins: Origins) -> str:
    """How many of the origins have no stake, and how many deny the claim; nothing for older versions."""
    bounds = origins.get("beside")
    if bounds is None:
        return ""
    said = f"Without a stake in it: {_bounds(bounds['unstaked_lower'], bounds['unstaked_upper'])}."
    if bounds["denied_upper"]:
        said += f" Denied by {_bounds(bounds['denied_lower'], bounds['denied_upper'])}."
    return said


def _bounds(lower: int, upper: int) -> str:
    return str(lower) if lower == upper else f"{lower}–{upper}"


def _map(origins: Origins) -> Page | None:
    """The map of a version, to be drawn; none in versions published before maps were kept."""
    if "map" not in origins:
        return None
    drawn = from_record(origins["map"])
    nodes = (
        replace(one, name=words.revealed(one.name), note=words.revealed(one.note)) for one in drawn.nodes
    )
    return map_shown(replace(drawn, nodes=tuple(nodes)))


def _origin(origin: Any) -> Page:
    notes = [origin["kind"]]
    if origin["party"]:
        notes.append("party to the event")
    if not origin["certain"]:
        notes.append("own source unknown: counts only in the upper bound")
    return {"name": origin["name"], "notes": ", ".join(notes)}


def _appearance(appearance: Appearance) -> Page:
    details = [
        words.long_day(appearance["published_on"]),
        f"by {appearance['byline']}" if appearance["byline"] else "",
    ]
    return {
        "title": appearance["title"],
        "outlet": appearance["outlet"],
        "details": ", ".join(filter(None, details)),
        "url": appearance["url"],
        "passage": appearance["passage"],
        "hops": [_hop(hop) for hop in appearance["chain"]],
        "how": words.how_said(appearance),
        "caveat": appearance["caveat"],
        "span": f"characters {appearance['start']:,} to {appearance['end']:,}",
        "sha256": appearance["text_sha256"],
    }


def _hop(hop: Any) -> Page:
    notes = [hop["role"], hop["kind"] if hop["kind"] in {"anonymous", "account", "document"} else None]
    note = ", ".join(part for part in notes if part and part.casefold() not in hop["name"].casefold())
    return {"name": hop["name"], "note": note}


def _evidence(piece: Evidence) -> Page:
    return {
        "number": piece["number"],
        "kind": words.EVIDENCE_KINDS[piece["kind"]],
        "title": piece["title"],
        "url": piece["url"],
        "note": piece["note"],
        "stance": piece["stance"],
        "stance_label": words.STANCES[piece["stance"]],
        "facet": words.FACETS[piece["facet"]],
        "sha256": piece["sha256"],
        "filename": piece["filename"],
        "added": words.long_moment(piece["added_at"]),
    }


def _review(label: str, record: Adjudication, rubric_version: int) -> Page:
    return {
        "label": label,
        "rating": record["rating"],
        "rating_label": words.RATINGS[record["rating"]].label,
        "grades": _grades(record, rubric_version),
        "rationale": words.paragraphs(record["rationale"]),
    }
