"""Finding reviews: by words, by publisher, page by page."""

from __future__ import annotations

import pytest

from tests.claimreviews.conftest import Importing
from tests.claimreviews.made import as_bytes, review
from tests.pages import Page, Visitor
from verify.claimreviews import lookups


def claims(page: Page) -> list[str]:
    return [
        " ".join(link.text_content().split())
        for link in page.select("//td[contains(@class, 'queue__claim')]/a")
    ]


def test_words_are_found_in_claim_claimant_and_title(checker: Visitor, importing: Importing) -> None:
    importing(as_bytes(
        review(1, claimReviewed="Señor Ibáñez sold the lamp."), review(2, headline="The Ibáñez papers"),
        review(3, itemReviewed={"@type": "Claim", "author": {"name": "Ana Ibáñez"}}), review(4),
    ))  # fmt: skip
    assert len(claims(checker.get("/claimreviews", {"q": "ibáñez"}))) == 3
    assert claims(checker.get("/claimreviews", {"q": "sold lam"})) == ["Señor Ibáñez sold the lamp."]
    assert "No review fits" in checker.get("/claimreviews", {"q": "submarine"}).text
    for odd in ('"', "*", "a AND", "(", "%00", "-", "\u202e"):
        assert checker.get("/claimreviews", {"q": odd}).status == 200


def test_a_publisher_is_a_name_on_a_site(checker: Visitor, importing: Importing) -> None:
    elsewhere = review(2, url="https://other.example/2", claimReviewed="Elsewhere.")
    importing(as_bytes(review(1), elsewhere, review(3, author={"name": "LANTERN  check"})))
    page = checker.get("/claimreviews")
    offered = [one.text_content() for one in page.select("//select[@name='publisher']/option")][1:]
    assert offered == ["Lantern Check · lantern-check.example", "Lantern Check · other.example"]
    chosen = page.select("//select[@name='publisher']/option")[2].get("value")
    assert claims(checker.get("/claimreviews", {"publisher": chosen})) == ["Elsewhere."]
    assert claims(checker.get("/claimreviews", {"publisher": chosen, "q": "elsewhere"})) == ["Elsewhere."]


@pytest.mark.parametrize("words", ["", "gates"])
def test_pages_lead_through_all_of_them_and_back(
    checker: Visitor, importing: Importing, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setattr(lookups, "PAGE", 3)
    dates = [
        "2026-01-01",
        "2026-03-01",
        "nobody knows",
        "2026-03-01",
        "2026-02-01",
        "2026-03-01",
        "2026-01-02",
    ]
    importing(as_bytes(*(review(number, datePublished=day) for number, day in enumerate(dates))))
    page = checker.get("/claimreviews", {"q": words})
    first, seen = claims(page), claims(page)
    pages = [page]
    while page.select("//a[@rel='next']"):
        page = page.get_link("Next")
        pages.append(page)
        seen += claims(page)
    assert len(seen) == len(set(seen)) == 7
    if not words:
        numbers = [int(one.split(" lost ")[1].split()[0]) for one in seen]
        assert numbers == [2, 5, 3, 1, 4, 6, 0]
    for _ in pages[1:]:
        page = page.get_link("Previous")
    assert claims(page) == first


@pytest.mark.parametrize(
    "address", ["999", "99999999999999", "imports/99999999999", "publishers/99999999999"]
)
def test_what_is_not_there_is_not_found(checker: Visitor, address: str) -> None:
    assert checker.get(f"/claimreviews/{address}").status == 404


@pytest.mark.parametrize(
    "query",
    [
        "older=x", "older=20260101-", "older=99999999-1", "newer=20260101-99999999999999", "publisher=0",
        "publisher=99999999999999", "q=a&older=99999999999999", "q=%00", "after=²", "q=a&newer=²",
    ],
)  # fmt: skip
def test_odd_addresses_are_no_fault(checker: Visitor, query: str) -> None:
    for path in ("/claimreviews", "/claimreviews/imports", "/claimreviews/publishers"):
        assert checker.get(f"{path}?{query}").status == 200


def test_empty_pages_say_what_they_are_for(checker: Visitor) -> None:
    assert "No reviews yet" in checker.get("/claimreviews").text
    assert "No publishers yet" in checker.get("/claimreviews/publishers").text
    assert "Nothing was imported yet" in checker.get("/claimreviews/imports").text
    assert "No subscriptions yet" in checker.get("/claimreviews/subscriptions").text
