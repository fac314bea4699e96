"""Names, addresses and texts without a blank in them break where they must: no page scrolls sideways on a phone."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browser.live import PHONE, sit_down
from tests.cast import make_person
from verify.accounts.models import Person
from verify.articles.actions import Description, take_in
from verify.db import db
from verify.sources import actions, apart_actions
from verify.sources.merge_actions import merge_sources
from verify.sources.models import Source, SourceKind, TieKind
from verify.sources.reliability import Reliability
from verify.sources.reliability_actions import judge
from verify.sources.tie_actions import Statement, state_tie
from verify.tickets import actions as tickets

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
ADDRESS = f"https://example.org/{'a' * 300}"
TEXT = f"{LONG * 2}\n\nThe gates were opened before dawn, said {LONG}, the board of {LONG}.\n\n{'d' * 400}\n"


def register(nadia: Person, name: str) -> Source:
    return actions.register_source(db.session, nadia, name=name, kind=SourceKind.OUTLET, note=ADDRESS)


def much(nadia: Person) -> list[str]:
    """Put long words wherever people write; the pages that show them."""
    one, other, third, fourth = (register(nadia, f"{LONG}{end}") for end in ("", "werk", " Zwei", " Drei"))
    state_tie(db.session, nadia, one, Statement(kind=TieKind.OWNED_BY, other=other, known_from=ADDRESS))
    party = Statement(kind=TieKind.PARTY_TO, event=LONG, known_from="c" * 300)
    state_tie(db.session, nadia, one, party)
    judge(db.session, nadia, one, grade=Reliability.E, since=date(2021, 1, 1), reason="c" * 400)
    actions.add_alias(db.session, nadia, one, f"{LONG}-Zentrale")
    apart_actions.refuse_spelling(db.session, nadia, one, f"{LONG}ei")
    merge_sources(db.session, nadia, third, fourth, reason="c" * 300)
    described = Description(title=LONG * 3, outlet=one.name, byline=LONG, url=ADDRESS)
    article = take_in(db.session, nadia, text=TEXT, described=described).article
    assertion = article.versions[0].assertions[0]
    tickets.open_investigation(db.session, nadia, name="Orta floods", prefix="ORT")
    cards = [f"/sources/{source.id}" for source in (one, other, third, fourth)]
    pages = [f"{cards[0]}/{page}" for page in ("edit", "merge", "split", "ties/new", "reliability/new")]
    text = f"/articles/{article.id}"
    rooms = [text, f"{text}?order=worth", f"{text}/edit", f"{text}/assertions/{assertion.id}/edit"]
    return ["/sources", *cards, *pages, "/articles", *rooms]


def width_of(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.fixture
def phone(app: Flask, browser: Browser, address: str) -> tuple[Page, list[str]]:
    """Nadia's phone, and the pages full of long words."""
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        pages = much(nadia)
        db.session.commit()
        email = nadia.email
    return sit_down(browser, app, address, email, width=PHONE).new_page(), pages


def test_no_page_of_sources_or_articles_scrolls_sideways(phone: tuple[Page, list[str]]) -> None:
    page, addresses = phone
    wide = []
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        if width_of(page) > PHONE:
            wide.append(f"{address} is {width_of(page)} px wide")
    assert not wide, "\n".join(wide)


def test_a_refusal_that_names_a_long_name_does_not_either(phone: tuple[Page, list[str]]) -> None:
    page, _ = phone
    page.goto("/sources/new")
    page.fill("main [name=name]", f"{LONG}werke")
    page.click("main button[type=submit]")
    assert "A name much like this is registered" in page.inner_text("main")
    assert width_of(page) <= PHONE
