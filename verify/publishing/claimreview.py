"""A verdict page's structured markup: one page, one ClaimReview, saying nothing that the page does not show."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from verify.publishing import words
from verify.publishing.content import Appearance, Evidence, HistoryEntry, PublishedVersion, Publisher

CONTEXT = "https://schema.org"
_KIND_TYPES = {
    "person": "Person", "account": "Person", "organisation": "Organization", "outlet": "NewsMediaOrganization",
    "agency": "NewsMediaOrganization", "media": "NewsMediaOrganization",
}  # fmt: skip
Node = dict[str, Any]


def markup(version: PublishedVersion) -> Node:
    """What the page of this version carries as JSON-LD.

    A verdict that stands is a ClaimReview. A retracted one makes no claim about the claim any more, so its page
    says only that it was withdrawn, when and why.
    """
    node = _withdrawn_page(version) if version.retracted else _claim_review(version)
    return {"@context": CONTEXT, **node}


def _claim_review(version: PublishedVersion) -> Node:
    content = version.content
    node = {
        "@type": "ClaimReview",
        "@id": f"{version.address}#claimreview",
        "url": version.address,
        "inLanguage": content["language"],
        "claimReviewed": content["claim"],
        "reviewRating": _rating(version),
        "reviewBody": content["summary"],
        "itemReviewed": _claim(version),
        "author": organization(version.publisher),
        "publisher": organization(version.publisher),
        "datePublished": stamp(version.first_published_at),
        "publishingPrinciples": version.publisher.method_address,
        "version": str(version.number),
    }
    if version.number > 1:
        node["dateModified"] = stamp(version.published_at)
    return (
        node
        | _present("correction", _corrections(version))
        | _present("citation", _citations(content["evidence"]))
    )


def _rating(version: PublishedVersion) -> Node:
    word = words.RATINGS[version.content["rating"]]
    node: Node = {
        "@type": "Rating",
        "alternateName": word.label,
        "ratingExplanation": words.paragraphs(version.content["summary"])[0],
    }
    if word.value is not None:
        node |= {
            "ratingValue": word.value,
            "bestRating": words.BEST_RATING,
            "worstRating": words.WORST_RATING,
        }
    return node


def _claim(version: PublishedVersion) -> Node:
    content = version.content
    node: Node = {"@type": "Claim", "@id": f"{version.address}#claim", "text": content["claim"]}
    claimant = content["claimant"]
    if claimant and claimant["kind"] in _KIND_TYPES:
        node["author"] = {"@type": _KIND_TYPES[claimant["kind"]], "name": claimant["name"]}
    if content["claimed_on"]:
        node["datePublished"] = content["claimed_on"]
    dated = sorted(
        (a for a in content["appearances"] if a["published_on"]), key=lambda a: a["published_on"] or ""
    )
    if dated:
        node["firstAppearance"] = _work(dated[0])
    return node | _present("appearance", [_work(appearance) for appearance in content["appearances"]])


def _work(appearance: Appearance) -> Node:
    node: Node = {
        "@type": "NewsArticle",
        "headline": appearance["title"],
        "publisher": {"@type": "NewsMediaOrganization", "name": appearance["outlet"]},
    }
    if appearance["byline"]:
        node["author"] = {"@type": "Person", "name": appearance["byline"]}
    return node | _present("url", appearance["url"]) | _present("datePublished", appearance["published_on"])


def _citations(evidence: list[Evidence]) -> list[Node]:
    return [
        {"@type": "MediaObject" if piece["sha256"] else "CreativeWork", "name": piece["title"]}
        | _present("url", piece["url"])
        | _present("sha256", piece["sha256"])
        for piece in evidence
        if piece["kind"] != "note"
    ]


def _corrections(version: PublishedVersion) -> list[Node]:
    return [_correction(version, entry) for entry in version.changes]


def _correction(version: PublishedVersion, entry: HistoryEntry) -> Node:
    return {
        "@type": "CorrectionComment",
        "text": entry.reason,
        "datePublished": stamp(entry.published_at),
        "url": f"{version.address}/versions/{entry.number}",
    }


def _withdrawn_page(version: PublishedVersion) -> Node:
    return {
        "@type": "WebPage",
        "@id": version.address,
        "url": version.address,
        "name": f"Retracted: {version.reference}",
        "creativeWorkStatus": "Retracted",
        "inLanguage": version.content["language"],
        "publisher": organization(version.publisher),
        "datePublished": stamp(version.first_published_at),
        "dateModified": stamp(version.published_at),
        "correction": _corrections(version),
    }


def organization(publisher: Publisher) -> Node:
    """The desk, with the addresses of its policies."""
    return {
        "@type": "NewsMediaOrganization",
        "name": publisher.name,
        "url": publisher.address,
        "correctionsPolicy": publisher.corrections_address,
        "verificationFactCheckingPolicy": publisher.method_address,
        "unnamedSourcesPolicy": f"{publisher.method_address}#unnamed-sources",
    }


def stamp(moment: datetime) -> str:
    """2021-09-07T10:00:00Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _present(name: str, value: Any) -> Node:
    return {name: value} if value else {}
