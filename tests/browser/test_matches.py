"""Whether a claim was checked before is there without being asked for, and follows what one types."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk
from tests.browser.live import sit_down

AGAIN = "Six weeks on"  # the article of the demo desk that repeats what was checked


@pytest.fixture
def room(browser: Browser, desk: Desk) -> Iterator[Page]:
    """The reading room of that article, before a checker."""
    context = sit_down(browser, desk.app, desk.address, desk.email("checker"))
    page = context.new_page()
    page.goto("/articles")
    page.get_by_role("link", name=AGAIN).first.click()
    yield page
    context.close()


def test_cards_in_sight_say_what_they_repeat_and_a_key_leads_to_why(room: Page) -> None:
    line = room.locator(".assertion-card__similar", has_text="PAN-0002")
    expect(line).to_contain_text("%")
    expect(line).to_contain_text("Unverified")
    for _ in range(3):
        room.keyboard.press("j")
    room.keyboard.press("s")
    room.wait_for_url("**/matches/assertions/*")
    expect(room.locator(".match__reference", has_text="PAN-0002")).to_be_visible()


def test_a_card_that_one_reads_says_that_nothing_like_it_was_checked(room: Page) -> None:
    card = room.locator(".assertion-card").filter(has_text="Schools in Panjshir")
    none = card.get_by_text(re.compile(r"Not checked before: \d+ %"))
    card.scroll_into_view_if_needed()
    card.get_by_role("link").first.focus()
    expect(none).to_be_visible()


def test_the_form_of_a_new_ticket_follows_the_wording(room: Page) -> None:
    card = room.locator(".assertion-card", has_text="Schools in Panjshir")
    room.goto(str(card.locator("[data-key=t]").get_attribute("href")))
    found = room.locator("[data-similar] .before")
    expect(found).to_contain_text("Nothing like it")
    room.get_by_role("textbox", name="Claim").fill(
        "Pakistan sent drones and helicopters to Panjshir to help the Taliban"
    )
    expect(found).to_contain_text("PAN-0003")
    expect(found).to_contain_text("Misleading")
    room.get_by_role("textbox", name="Claim").fill("")
    expect(found).to_contain_text("Word the claim")


def test_a_tickets_similar_claims_come_when_their_place_does(room: Page) -> None:
    room.goto("/tickets/PAN-0002#similar")
    expect(room.locator("#similar")).to_contain_text("Checked before?")
    expect(room.locator("#similar")).to_contain_text(re.compile("Stated elsewhere"))
