"""Every kind of page that the demo desk shows, to strangers and to people of each role."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

import html5lib
import pytest
from flask import Flask
from html5lib.html5parser import ParseError

from tests.site.crawl import DOORS, Seen

ENOUGH = 8  # pages of one view, whose validity takes long to read
pytestmark = pytest.mark.xdist_group("the walk")  # one process walks the desk for all of these


def test_the_walk_reaches_every_page_of_the_desk(app: Flask, seen: list[Seen]) -> None:
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and not rule.arguments
    }
    not_pages = {"static", "accounts.robots", "accounts.home"}
    not_pages.add("tickets.selection")  # a form of the queue leads there, with the tickets that were picked
    reached = {one.endpoint for one in seen}
    assert pages - not_pages - reached <= {"accounts.sign_in"} | downloads(app)
    assert {one.email for one in seen} >= {None}


def downloads(app: Flask) -> set[str]:
    """Views without a page of their own: they hand out files."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.rsplit(".", 1)[-1] in {"json", "xml", "atom", "csv"}
    }


def test_no_link_leads_nowhere(seen: list[Seen]) -> None:
    broken = {str(one): one.page.status for one in seen if one.page.status not in {200}}
    allowed = {address: status for address, status in broken.items() if status == 403}
    assert broken == allowed
    # The doors of other roles are tried on purpose; nobody is led to one by a link.
    assert all(address.split(" as ")[0] in DOORS for address in allowed)


def test_every_page_is_valid_html(seen: list[Seen]) -> None:
    broken, looked_at = {}, Counter[str]()
    for one in seen:
        looked_at[one.endpoint] += 1
        if looked_at[one.endpoint] > ENOUGH:
            continue
        try:
            html5lib.HTMLParser(strict=True).parse(one.page.html)
        except ParseError as error:
            broken[str(one)] = str(error)
    assert not broken


def test_no_page_holds_script_or_style_of_its_own(seen: list[Seen]) -> None:
    own = "//script[not(@src) and not(@type='application/ld+json')] | //style | //*[@style]"
    for one in seen:
        found = one.page.select(own)
        assert not found, f"{one}: {[element.tag for element in found]}"
        handlers = one.page.select("//@*[starts-with(name(), 'on')]")
        assert not handlers, f"{one}: {handlers}"


def test_everything_a_page_loads_comes_from_the_desk(seen: list[Seen]) -> None:
    for one in seen:
        loaded = one.page.select(
            "//script/@src | //link[@rel!='canonical' and @rel!='alternate']/@href | //img/@src | //iframe/@src"
        )
        assert all(not urlsplit(str(address)).netloc for address in loaded), str(one)


def test_links_to_other_sites_tell_them_nothing_and_lend_them_nothing(seen: list[Seen]) -> None:
    for one in seen:
        for link in one.page.select("//a[@href]"):
            address = urlsplit(link.get("href"))
            assert address.scheme in {"", "http", "https", "mailto"}, f"{one}: {link.get('href')}"
            if address.netloc and address.hostname != "localhost":
                assert {"noopener", "nofollow"} <= set((link.get("rel") or "").split()), (
                    f"{one}: {link.get('href')}"
                )


def test_no_two_things_on_a_page_share_an_id(seen: list[Seen]) -> None:
    for one in seen:
        doubled = [name for name, times in Counter(map(str, one.page.select("//@id"))).items() if times > 1]
        assert not doubled, f"{one}: {doubled}"


def test_what_a_label_or_description_points_at_is_there(seen: list[Seen]) -> None:
    for one in seen:
        ids = set(map(str, one.page.select("//@id")))
        pointed = one.page.select(
            "//label/@for | //@aria-labelledby | //@aria-describedby | //@aria-controls"
        )
        missing = {name for names in pointed for name in str(names).split()} - ids
        assert not missing, f"{one}: {missing}"
        anchors = {
            str(href)[1:]
            for href in one.page.select("//a/@href")
            if str(href).startswith("#") and len(href) > 1
        }
        assert anchors <= ids, f"{one}: {anchors - ids}"


def test_every_page_has_a_title_a_language_one_heading_and_a_main_part(seen: list[Seen]) -> None:
    titles: dict[str, set[str]] = {}
    for one in seen:
        assert one.page.select("/html/@lang"), str(one)
        assert len(one.page.select("//h1")) == 1, f"{one}: {len(one.page.select('//h1'))} first headings"
        assert len(one.page.select("//main")) == 1, str(one)
        title = one.page.select("//title")[0].text_content().strip()
        assert len(title) > len("Verify"), str(one)
        titles.setdefault(title, set()).add(one.endpoint)


def test_headings_do_not_skip_a_level(seen: list[Seen]) -> None:
    for one in seen:
        levels = [
            int(heading.tag[1])
            for heading in one.page.select("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")
        ]
        jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert not jumps, f"{one}: {jumps}"


def test_every_control_has_a_name(seen: list[Seen]) -> None:
    for one in seen:
        labelled = {str(name) for name in one.page.select("//label/@for")}
        for control in one.page.select(
            "//input[@type!='hidden' and @type!='submit'] | //select | //textarea"
        ):
            named = (
                control.get("aria-label") or control.get("aria-labelledby") or control.get("id") in labelled
            )
            wrapped = any(parent.tag == "label" for parent in control.iterancestors())
            assert named or wrapped, f"{one}: {control.get('name')} has no label"
        for button in one.page.select("//button"):
            words = button.text_content().strip() or button.get("aria-label") or button.get("title")
            spoken = button.xpath(".//svg/@aria-label")
            assert words or spoken, f"{one}: a button without words"


def test_every_form_that_changes_something_carries_its_token(seen: list[Seen]) -> None:
    for one in seen:
        for form in one.page.select("//form[@method='post']"):
            names = {str(name) for name in form.xpath(".//input/@name")}
            assert "csrf_token" in names, f"{one}: {form.get('action')}"


def test_empty_templates_and_leftovers_do_not_show(seen: list[Seen]) -> None:
    leftovers = re.compile(
        r"\{\{|\}\}|\{%|\bNone\b|<(?:\w+\.)+\w+ object at|Undefined|lorem ipsum", re.IGNORECASE
    )
    for one in seen:
        text = one.page.select("//main")[0].text_content()
        found = [match for match in leftovers.findall(text) if match != "none"]
        assert not found, f"{one}: {found}"
