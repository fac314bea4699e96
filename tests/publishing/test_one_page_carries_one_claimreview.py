"""The markup of a verdict page: one ClaimReview, honest about what has no number, gone when the verdict is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.publishing.samples import CONFIRMED, DESK, content, version
from verify.publishing import words
from verify.publishing.claimreview import markup
from verify.publishing.page import claim_page


def nodes_of(kind: str, node: Any) -> list[dict[str, Any]]:
    """Every node of one type, wherever it stands."""
    if isinstance(node, list):
        return [found for member in node for found in nodes_of(kind, member)]
    if not isinstance(node, dict):
        return []
    return ([node] if node.get("@type") == kind else []) + nodes_of(kind, list(node.values()))


def test_one_page_holds_one_claimreview_for_its_own_address() -> None:
    node = markup(version())
    assert len(nodes_of("ClaimReview", node)) == 1
    assert node["@context"] == "https://schema.org"
    assert node["url"] == f"{DESK.address}/verdicts/PAN-0012"


@pytest.mark.parametrize("rating", list(words.RATINGS))
def test_the_claim_reviewed_is_the_claim_as_worded_without_a_rating_word(rating: str) -> None:
    node = markup(version(content(rating=rating)))
    assert node["claimReviewed"] == content()["claim"]
    assert node["reviewRating"]["alternateName"] == words.RATINGS[rating].label


def test_unverified_has_no_place_on_the_scale() -> None:
    rating = markup(version())["reviewRating"]
    assert not {"ratingValue", "bestRating", "worstRating"} & rating.keys()


@pytest.mark.parametrize(
    ("rating", "value"), [("confirmed", 5), ("mostly_right", 4), ("misleading", 2), ("false", 1)]
)
def test_other_ratings_stand_on_a_scale_from_one_to_five(rating: str, value: int) -> None:
    found = markup(version(content(rating=rating)))["reviewRating"]
    assert (found["ratingValue"], found["worstRating"], found["bestRating"]) == (value, 1, 5)


def test_a_correction_is_told_with_its_reason_and_day() -> None:
    node = markup(version(content(), ("correction", "It is seven articles, not eight.")))
    (correction,) = nodes_of("CorrectionComment", node)
    assert correction["text"] == "It is seven articles, not eight."
    assert correction["url"].endswith("/verdicts/PAN-0012/versions/2")
    assert node["datePublished"] == "2026-03-02T09:30:00Z"
    assert node["dateModified"] == "2026-03-03T09:30:00Z"


def test_a_first_version_claims_no_change() -> None:
    assert not {"dateModified", "correction"} & markup(version()).keys()


def test_a_retracted_verdict_rates_nothing_and_says_why() -> None:
    node = markup(version(content(), ("retraction", "The passage was not in the article.")))
    assert node["@type"] == "WebPage"
    assert node["creativeWorkStatus"] == "Retracted"
    assert not nodes_of("ClaimReview", node)
    assert not nodes_of("Rating", node)
    assert [c["text"] for c in node["correction"]] == ["The passage was not in the article."]


def test_the_claim_names_who_made_it_and_where_it_first_stood() -> None:
    claim = markup(version())["itemReviewed"]
    assert claim["author"] == {"@type": "Organization", "name": "National Resistance Front"}
    assert claim["firstAppearance"]["url"] == "https://courier.example/2021/09/05/valley"
    assert len(claim["appearance"]) == 2
    assert claim["datePublished"] == "2021-09-05"


def test_an_unknown_claimant_is_left_out() -> None:
    claim = markup(version(content(claimant=None, claimed_on=None)))["itemReviewed"]
    assert not {"author", "datePublished"} & claim.keys()


def test_the_publisher_states_its_policies() -> None:
    author = markup(version())["author"]
    assert author["correctionsPolicy"] == f"{DESK.address}/method#corrections"
    assert author["verificationFactCheckingPolicy"] == f"{DESK.address}/method"
    assert author["unnamedSourcesPolicy"] == f"{DESK.address}/method#unnamed-sources"


def test_no_reviewer_and_no_rationale_is_in_the_markup() -> None:
    assert "belligerent" not in json.dumps(markup(version()))


@pytest.mark.parametrize("verdict", [content(), content(CONFIRMED)])
def test_the_markup_says_only_what_the_page_shows(verdict: dict[str, Any]) -> None:
    page = json.dumps(claim_page(version(verdict)), ensure_ascii=False)
    node = markup(version(verdict))
    said = [
        node["claimReviewed"],
        node["reviewRating"]["alternateName"],
        node["reviewRating"]["ratingExplanation"],
    ]
    said += [work["headline"] for work in nodes_of("NewsArticle", node)]
    said += [work["name"] for work in node["citation"]]
    for words_said in said:
        assert json.dumps(words_said, ensure_ascii=False)[1:-1] in page
