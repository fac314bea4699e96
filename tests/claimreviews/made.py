"""ClaimReviews for tests, of publishers that do not exist, about a valley that does not either."""

from __future__ import annotations

import json
from typing import Any

SITE = "https://lantern-check.example"


def review(number: int = 1, **changed: Any) -> dict[str, Any]:
    """A whole ClaimReview as JSON; a value of None leaves a property out."""
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"{SITE}/checks/{number}",
        "claimReviewed": f"The dam at Orta lost {number} of its gates in one night.",
        "author": {"@type": "Organization", "name": "Lantern Check", "url": SITE},
        "reviewRating": {
            "@type": "Rating", "ratingValue": 2, "bestRating": 5, "worstRating": 1, "alternateName": "Mostly false",
            "ratingExplanation": "The keeper’s log shows every gate in its place.",
        },
        "itemReviewed": {
            "@type": "Claim", "author": {"@type": "Person", "name": "Tarik Onal"}, "datePublished": "2026-03-04",
            "firstAppearance": {"@type": "NewsArticle", "url": "https://hill-post.example/dam", "headline": "The dam"},
            "appearance": ["https://valley-radio.example/12"],
        },
        "datePublished": "2026-03-06T09:00:00+01:00",
        "inLanguage": "en-GB",
        "headline": "No, the dam did not lose its gates",
    }  # fmt: skip
    made |= changed
    return {name: value for name, value in made.items() if value is not None}


def as_bytes(*reviews: dict[str, Any]) -> bytes:
    """Some reviews as a file."""
    return json.dumps(reviews[0] if len(reviews) == 1 else list(reviews)).encode()


def page_with(*reviews: dict[str, Any]) -> str:
    """A saved page that holds a review in a script each."""
    scripts = "\n".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in reviews)
    return f"<!doctype html><html><head><title>A check</title>\n{scripts}</head><body><p>Words.</p></body></html>"
