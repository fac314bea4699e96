"""The box: one key leads there, results follow what is typed without a blink, and Enter gets the page itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk
from tests.browser.live import PHONE, sit_down


@pytest.fixture
def reader(browser: Browser, desk: Desk) -> Iterator[Page]:
    """The queue, before a checker."""
    context = sit_down(browser, desk.app, desk.address, desk.email("checker"))
    page = context.new_page()
    page.goto("/queue")
    yield page
    context.close()


def test_one_key_leads_from_any_page_to_the_results(reader: Page) -> None:
    reader.keyboard.press("/")
    reader.keyboard.type("panjsher")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/search?q=panjsher")
    expect(reader.locator("mark").first).to_have_text("Panjshir")
    expect(reader.get_by_role("searchbox")).to_have_value("panjsher")


def test_results_follow_what_is_typed_and_the_address_with_them(reader: Page) -> None:
    reader.goto("/search")
    box = reader.get_by_role("searchbox")
    box.press_sequentially("dashty")
    expect(reader.locator(".hit__title mark").first).to_have_text("Dashti")
    expect(box).to_be_focused()
    assert reader.url.endswith("/search?q=dashty")
    box.fill("")
    expect(reader.locator(".ways")).to_be_visible()
    expect(reader.locator(".hit")).to_have_count(0)


def test_a_reference_shows_its_ticket_while_it_is_typed_and_enter_leads_there(reader: Page) -> None:
    reader.goto("/search")
    box = reader.get_by_role("searchbox")
    box.press_sequentially("pan-0002")
    expect(reader.locator(".hit__reference").first).to_have_text("PAN-0002")
    box.press("Enter")
    reader.wait_for_url("**/tickets/PAN-0002")


def test_finds_are_walked_and_opened_by_keyboard(reader: Page) -> None:
    reader.goto("/search?q=taliban")
    reader.keyboard.press("j")
    reader.keyboard.press("j")
    expect(reader.locator("[data-row]").nth(1)).to_have_class(re.compile("is-current"))
    address = reader.locator("[data-row].is-current [data-open]").get_attribute("href")
    reader.keyboard.press("Enter")
    reader.wait_for_url(f"**{address}")


def test_a_phone_shows_it_all_without_scrolling_sideways(browser: Browser, desk: Desk) -> None:
    context = sit_down(browser, desk.app, desk.address, desk.email("checker"), width=PHONE)
    page = context.new_page()
    for address in (
        "/search",
        "/search?q=taliban",
        "/search?q=Nearly+700+Taliban+fighters+were+killed+in+Panjshir",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    context.close()
