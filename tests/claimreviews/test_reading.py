"""What strangers write is read as far as it can be, and what cannot be is told by place and reason."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.claimreviews.made import SITE, as_bytes, page_with, review
from verify.claimreviews import apart
from verify.claimreviews.apart import Limits
from verify.claimreviews.reading import Reading, as_lines, from_lines, read
from verify.claimreviews.review import Review
from verify.claimreviews.wording import day


def only(reading: Reading) -> Review:
    """The one review that was read, without any problem."""
    assert not reading.problems
    (one,) = reading.reviews
    return one


def problems(content: bytes | str, **options: Any) -> list[tuple[str, str]]:
    found = read(content.encode() if isinstance(content, str) else content, **options)
    return [(one.place, one.reason) for one in found.problems]


def test_everything_that_a_review_says_is_kept_as_written() -> None:
    one = only(read(as_bytes(review(7))))
    assert one.url == f"{SITE}/checks/7"
    assert one.claim == "The dam at Orta lost 7 of its gates in one night."
    assert (one.publisher, one.publisher_url) == ("Lantern Check", SITE)
    assert one.claimant == "Tarik Onal"
    assert (one.rating_name, one.rating_value, one.best_rating, one.worst_rating) == (
        "Mostly false",
        "2",
        "5",
        "1",
    )
    assert one.explanation.startswith("The keeper’s log")
    assert (one.claimed_on, one.reviewed_on) == (date(2026, 3, 4), date(2026, 3, 6))
    assert (one.language, one.title) == ("en-GB", "No, the dam did not lose its gates")
    assert one.appearances == [
        {"url": "https://hill-post.example/dam", "title": "The dam", "first": True},
        {"url": "https://valley-radio.example/12", "title": "", "first": False},
    ]
    assert json.loads(one.source_json)["reviewRating"]["ratingValue"] == 2


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (as_bytes(review(1), review(2)), 2),
        (json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, review(1)]}).encode(), 1),
        (json.dumps({"@type": "DataFeed", "dataFeedElement": [
            {"@type": "DataFeedItem", "url": f"{SITE}/a", "item": [review(1), review(2)]},
            {"@type": "DataFeedItem", "url": f"{SITE}/b", "item": [review(3, url=None)]}]}).encode(), 3),
        (json.dumps({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": review(1)}]}).encode(), 1),
        (b"\n".join(as_bytes(review(number)) for number in range(5)), 5),
        (b"\xef\xbb\xbf" + as_bytes(review(1)), 1),
        (json.dumps(review(1)).encode("utf-16"), 1),
        (page_with(review(1), review(2)).encode(), 2),
        (json.dumps([{"@type": ["Thing", "schema:ClaimReview"], "url": SITE,
                      "schema:claimReviewed": "Snow."}]).encode(), 1),
        (json.dumps({"@type": "http://schema.org/ClaimReview", "url": {"@id": SITE},
                     "http://schema.org/claimReviewed": [{"@value": "Snow.", "@language": "en"}]}).encode(), 1),
    ],
)  # fmt: skip
def test_reviews_are_found_wherever_linked_data_puts_them(content: bytes, count: int) -> None:
    found = read(content)
    assert not found.problems
    assert len(found.reviews) == count


def test_an_entry_of_a_feed_lends_its_address_to_a_review_without() -> None:
    feed = {"dataFeedElement": [{"url": f"{SITE}/entry", "item": [review(1, url=None)]}]}
    assert only(read(json.dumps(feed).encode())).url == f"{SITE}/entry"


def test_what_a_review_points_at_by_its_id_is_followed_and_kept() -> None:
    desk = {"@type": "Organization", "@id": "#desk", "name": "Lantern Check", "url": SITE}
    graph = {"@context": "https://schema.org", "@graph": [desk, review(1, author={"@id": "#desk"})]}
    one = only(read(json.dumps(graph).encode()))
    assert one.publisher == "Lantern Check"
    again = only(read(one.source_json.encode()))
    assert (again.digest, again.source_json) == (one.digest, one.source_json)


def test_a_person_who_wrote_it_is_not_its_publisher() -> None:
    writer = {"@type": "Person", "name": "Lale Demir"}
    both = review(1, author=[writer], publisher={"@type": "Organization", "name": "The Lantern"})
    assert only(read(as_bytes(both))).publisher == "The Lantern"
    assert only(read(as_bytes(review(1, author=writer)))).publisher == "Lale Demir"
    assert only(read(as_bytes(review(1, author=None)))).publisher == "lantern-check.example"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"claimReviewed": None}, "does not say which claim"),
        ({"claimReviewed": {"a": 1}}, "is no text"),
        ({"claimReviewed": "  "}, "is no text"),
        ({"claimReviewed": "x" * 5_001}, "longer than 5,000"),
        ({"url": None}, "has no address"),
        ({"url": "javascript:alert(1)"}, "only whole addresses of http and https"),
        ({"url": "//elsewhere"}, "only whole addresses of http and https"),
        ({"url": "https://name:word@lantern.example/"}, "only whole addresses"),
        ({"url": 12}, "only whole addresses"),
        ({"padding": "x" * 300_000}, "longer than 256 KB"),
    ],
)  # fmt: skip
def test_a_review_that_cannot_be_kept_is_told_with_its_place_and_the_others_are_taken(
    changed: dict[str, Any], reason: str
) -> None:
    found = read(as_bytes(review(1), review(2, **changed), review(3)))
    assert [one.url for one in found.reviews] == [f"{SITE}/checks/1", f"{SITE}/checks/3"]
    ((place, why),) = [(one.place, one.reason) for one in found.problems]
    assert place == "number 2"
    assert reason in why


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        (b"", "the whole file", "empty"),
        (b"\xff\xfe\x00", "the whole file", ""),
        (b"plain words", "the whole file", "neither JSON, nor a page"),
        (b'{"a": 1}', "the whole file", "holds no ClaimReview"),
        (b'{"@type": "ClaimReview",', "the whole file", "in line 1, column"),
        (b"[" * 100_000, "the whole file", "nested too deeply"),
        (b'{"@type": "ClaimReview", "x": NaN}', "the whole file", "NaN is no number"),
        (b'{"@type": "ClaimReview", "x": 1e999}', "the whole file", "too large"),
        (as_bytes(review(1)) + b"\n{broken\n" + as_bytes(review(3)), "line 2", "It is no JSON"),
        (as_bytes(review(1)) + b'\n{"a": 1}\n', "line 2", "holds no ClaimReview"),
        (b"<html><p>Nothing.</p></html>", "the whole file", "holds no ClaimReview"),
        (b"<div>" * 100_000, "the whole file", ""),
        (b"<rss version='2.0'><channel></channel></rss>", "the whole file", "no entries"),
    ],
)  # fmt: skip
def test_a_broken_file_says_where_and_why(content: bytes, place: str, reason: str) -> None:
    assert any(where == place and reason in why for where, why in problems(content)), problems(content)


def test_a_feed_that_was_cut_off_gives_what_came_before_the_cut() -> None:
    whole = json.dumps({"dataFeedElement": [{"item": [review(number)]} for number in range(10)]})
    found = read(whole[: int(len(whole) * 0.55)].encode())
    assert len(found.reviews) == 5
    assert found.problems[0].place.startswith("entry 6 (line 1)")


def test_a_broken_script_of_a_page_does_not_spoil_the_others() -> None:
    text = page_with(review(1)).replace(
        "</head>", '<script type="application/ld+json">{"@type": "ClaimReview",}</script></head>'
    )
    found = read(text.encode(), page=f"{SITE}/page")
    assert len(found.reviews) == 1
    assert found.problems[0].place.startswith("script 2 (line ")


def test_a_page_lends_its_own_address_and_may_mark_its_review_in_its_html() -> None:
    marked = """<html><head><link rel=canonical href="/checks/own"></head><body>
      <div itemscope itemtype="https://schema.org/ClaimReview"><h1 itemprop="claimReviewed">Snow fell upwards.</h1>
      <div itemprop="author" itemscope itemtype="https://schema.org/Organization">
      <span itemprop="name">Lantern</span></div>
      <p itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
      Rated <b itemprop="alternateName">False</b></p>
      <time itemprop="datePublished" datetime="2026-02-01">in February</time></div></body></html>"""
    one = only(read(marked.encode(), page=f"{SITE}/elsewhere?utm_source=x"))
    assert (one.url, one.claim) == (f"{SITE}/checks/own", "Snow fell upwards.")
    assert (one.publisher, one.rating_name, one.reviewed_on) == ("Lantern", "False", date(2026, 2, 1))


def test_a_feed_brings_the_reviews_inside_its_entries_and_leads_to_pages_for_the_others() -> None:
    inside = page_with(review(2)).replace("&", "&amp;").replace("<", "&lt;")
    feed = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Checks</title>
      <item><link>{SITE}/checks/1</link><description>Words.</description></item>
      <item><link>{SITE}/checks/2</link><description>{inside}</description></item>
      <item><link>javascript:alert(1)</link></item></channel></rss>"""
    found = read(feed.encode())
    assert [one.claim for one in found.reviews] == [review(2)["claimReviewed"]]
    assert found.pages == [f"{SITE}/checks/1"]
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="self" href="{SITE}/no"/>
      <link href="/checks/9"/></entry></feed>"""
    assert read(atom.encode(), page=f"{SITE}/atom").pages == [f"{SITE}/checks/9"]


def test_letters_are_read_as_the_page_declares_them() -> None:
    text = (
        page_with(review(1))
        .replace("The dam", "Der Dämm")
        .replace("<head>", '<head><meta charset="iso-8859-1">')
    )
    plain = text.replace("\\u00e4", "ä")
    assert only(read(plain.encode("iso-8859-1"))).claim.startswith("Der Dämm")
    assert only(read(plain.encode("utf-8"))).claim.startswith("Der Dämm"), "what it declares is not true"
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    feed = f"{head}<rss><channel><item><link>{SITE}/ä</link></item></channel></rss>"
    assert read(feed.encode("iso-8859-1")).pages == [f"{SITE}/ä"]


def test_entities_of_a_feed_are_not_resolved() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    feed = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "x">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>
      <rss version="2.0"><channel><item><link>{SITE}/&f;&e11;</link></item></channel></rss>"""
    found = read(feed.encode())
    assert "root:" not in str(found)
    assert not found.reviews


def test_controls_are_shown_and_turning_characters_stay_for_the_page_to_show() -> None:
    one = only(read(as_bytes(review(1, claimReviewed="It\u0000 \u202eturns\ud800\n round &amp; round"))))
    assert one.claim == "It␀ \u202eturns\ufffd round & round"
    assert "\\u0000" in one.source_json
    assert "\x00" not in one.source_json


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021-03-05", date(2021, 3, 5)), ("2021-03-05T23:30:00-08:00", date(2021, 3, 5)),
        ("20210305", date(2021, 3, 5)),
        ("2021/3/5", date(2021, 3, 5)), ("5.3.2021", date(2021, 3, 5)), ("25/03/2021", date(2021, 3, 25)),
        ("03/25/2021", date(2021, 3, 25)), ("05/05/2021", date(2021, 5, 5)), ("03/04/2021", None),
        ("March 5th, 2021", date(2021, 3, 5)), ("5 Mar 2021", date(2021, 3, 5)),
        ("Fri, 5 March 2021", date(2021, 3, 5)),
        ("Fri, 05 Mar 2021 10:00:00 +0000", date(2021, 3, 5)), ("1614938400", date(2021, 3, 5)),
        ("1614938400000", date(2021, 3, 5)), ("2021", None), ("2021-03", None), ("2021-13-45", None), ("soon", None),
        ("0001-01-01", None), ("9999-01-01", None), ("", None), ("5 Foo 2021", None), ("31 February 2021", None),
    ],
)  # fmt: skip
def test_a_day_is_told_only_where_it_is_certain(written: str, meant: date | None) -> None:
    assert day(written) == meant


json_like = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False)
    | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
PROPERTIES = (
    "url", "claimReviewed", "author", "reviewRating", "itemReviewed", "datePublished", "inLanguage", "headline",
    "publisher", "license", "@context", "@id",
)  # fmt: skip


@given(some.dictionaries(some.sampled_from(PROPERTIES), json_like, max_size=6))
def test_whatever_stands_in_a_review_is_read_or_refused_and_never_a_fault(changed: dict[str, Any]) -> None:
    found = read(as_bytes({**review(1), **changed}))
    assert found.reviews or found.problems
    for one in found.reviews:
        assert one.claim
        assert one.url.startswith(("http://", "https://"))
        again = read(one.source_json.encode(), page=one.url)
        assert [two.digest for two in again.reviews][:1] == [one.digest]


@given(some.binary(max_size=300))
def test_no_bytes_are_a_fault(content: bytes) -> None:
    for beginning in (b"", b"{", b"[", b"<rss>", b"<html>"):
        read(beginning + content)


def test_a_file_is_read_in_a_process_of_its_own_that_ends_when_it_wants_too_much() -> None:
    there = apart.read(as_bytes(review(1), review(2, claimReviewed=None)), page=SITE)
    here = read(as_bytes(review(1), review(2, claimReviewed=None)), page=SITE)
    assert list(as_lines(there)) == list(as_lines(here))
    assert from_lines(as_lines(here)) == here
    greedy = apart.read(b"[" + b"[]," * 4_000_000 + b"[]]", limits=Limits(memory_bytes=200 * 1024 * 1024))
    assert "more time or memory" in greedy.problems[0].reason
