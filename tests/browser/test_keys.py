"""Whoever works all day works by keyboard: the queue, the search, the rubric."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Desk
from tests.browser.live import sit_down

CURRENT = "[data-row].is-current"
CURRENT_CLASS = re.compile("is-current")


@pytest.fixture
def queue(browser: Browser, desk: Desk) -> Iterator[Page]:
    """All tickets of the demo desk, before a checker."""
    context = sit_down(browser, desk.app, desk.address, desk.email("checker"))
    page = context.new_page()
    page.goto("/queue?view=all")
    expect(page.locator("[data-row]").nth(3)).to_be_visible()
    yield page
    context.close()


def test_j_and_k_walk_the_queue_and_enter_opens_the_ticket(queue: Page) -> None:
    rows = queue.locator("[data-row]")
    queue.keyboard.press("j")
    expect(rows.nth(0)).to_have_class(CURRENT_CLASS)
    queue.keyboard.press("j")
    queue.keyboard.press("j")
    queue.keyboard.press("k")
    expect(rows.nth(1)).to_have_class(CURRENT_CLASS)
    reference = rows.nth(1).locator(".queue__reference").inner_text().strip()
    queue.keyboard.press("Enter")
    queue.wait_for_url(f"**/tickets/{reference}")


def test_k_at_the_first_line_stays_there(queue: Page) -> None:
    queue.keyboard.press("j")
    queue.keyboard.press("k")
    expect(queue.locator("[data-row]").nth(0)).to_have_class(CURRENT_CLASS)


def test_x_selects_and_a_goes_to_the_assignment(queue: Page) -> None:
    bar = queue.locator("[data-bulk]")
    expect(bar).to_be_hidden()
    queue.keyboard.press("j")
    queue.keyboard.press("x")
    expect(bar.locator("[data-bulk-count]")).to_have_text("1 selected")
    queue.keyboard.press("j")
    queue.keyboard.press("x")
    expect(bar.locator("[data-bulk-count]")).to_have_text("2 selected")
    queue.keyboard.press("a")
    expect(queue.locator("[data-assign]")).to_be_focused()


def test_the_box_at_the_head_selects_every_line_and_none(queue: Page) -> None:
    count = queue.locator("[data-pick]").count()
    queue.locator("[data-pick-all]").check()
    expect(queue.locator("[data-bulk-count]")).to_have_text(f"{count} selected")
    queue.locator("[data-pick-all]").uncheck()
    expect(queue.locator("[data-bulk]")).to_be_hidden()


def test_slash_searches_and_letters_typed_there_stay_letters(queue: Page) -> None:
    queue.keyboard.press("/")
    search = queue.get_by_role("searchbox", name="Search the desk")
    expect(search).to_be_focused()
    queue.keyboard.type("jxa?")
    expect(search).to_have_value("jxa?")
    expect(queue.locator(CURRENT)).to_have_count(0)
    queue.keyboard.press("Escape")
    expect(search).not_to_be_focused()


def test_a_question_mark_shows_the_keys_and_escape_hides_them(queue: Page) -> None:
    queue.keyboard.press("?")
    dialog = queue.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    queue.keyboard.press("j")
    expect(queue.locator(CURRENT)).to_have_count(0)
    queue.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_menus_close_on_escape_and_give_the_focus_back(queue: Page) -> None:
    account = queue.locator("details.account")
    account.locator("summary").click()
    expect(account.get_by_role("button", name="Sign out")).to_be_visible()
    queue.keyboard.press("Escape")
    expect(account.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(account.locator("summary")).to_be_focused()


def test_paper_and_night_are_remembered(queue: Page) -> None:
    queue.locator("details.account summary").click()
    queue.get_by_role("button", name="Dark").click()
    queue.reload()
    expect(queue.locator("html")).to_have_attribute("data-theme", "dark")
    assert queue.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 23, 26)"
