"""Every screen holds together: from phone to wide, without script errors, with nothing on top of anything else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Desk
from tests.browser.live import DESK, PHONE, TABLET, WIDE, complaints, sit_down
from tests.browser.screens import Screen, Walk

# Controls that a finger must hit are 44 px high and 24 px wide or more; links in running text are excepted.
SMALL = """() => [...document.querySelectorAll('button, .button, input, select, textarea, summary, nav a')]
    .filter((control) => control.checkVisibility() && !['hidden', 'checkbox', 'radio'].includes(control.type))
    .map((control) => [control.getBoundingClientRect(), control.outerHTML.slice(0, 120)])
    .filter(([box]) => box.width > 1 && (box.height < 43.5 || box.width < 24))
    .map(([box, html]) => `${Math.round(box.width)} × ${Math.round(box.height)}: ${html}`)"""

# How far what is in view moves while a page loads, as the browser measures it; 0.1 is called good elsewhere.
WATCH = """window.moved = 0; new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.moved += entry.value;
}).observe({ type: "layout-shift", buffered: true });"""
STILL = 0.05


@pytest.mark.parametrize("width", [PHONE, TABLET, DESK, WIDE])
def test_no_screen_scrolls_sideways_moves_or_complains(
    browser: Browser, desk: Desk, screens: list[Screen], width: int
) -> None:
    found: list[str] = []
    for email in sorted({screen.email for screen in screens}, key=str):
        context = sit_down(browser, desk.app, desk.address, email, width=width)
        page = context.new_page()
        page.add_init_script(WATCH)
        said = complaints(page)
        for screen in (screen for screen in screens if screen.email == email):
            page.goto(screen.address)
            across = page.evaluate("document.documentElement.scrollWidth")
            if across > width:
                found.append(f"{screen.address} as {email} is {across} px wide")
            if (moved := page.evaluate("window.moved")) > STILL:
                found.append(f"{screen.address} as {email} moves by {moved:.3f} while it loads")
            found += [f"{screen.address} as {email}: {line}" for line in said if screen.endpoint]
            said.clear()
        context.close()
    assert not found, "\n".join(found)


def test_a_finger_hits_every_control_on_a_phone(browser: Browser, desk: Desk, screens: list[Screen]) -> None:
    found: list[str] = []
    for email in sorted({screen.email for screen in screens}, key=str):
        context = sit_down(browser, desk.app, desk.address, email, width=PHONE)
        page = context.new_page()
        for screen in (screen for screen in screens if screen.email == email):
            page.goto(screen.address)
            found += [f"{screen.address} as {email}: {line}" for line in page.evaluate(SMALL)]
        context.close()
    assert not found, "\n".join(found)


def test_no_link_of_the_desk_leads_nowhere(walks: list[Walk]) -> None:
    broken = sorted({line for walk in walks for line in walk.broken})
    assert not broken, "\n".join(broken)


def _reading_rooms(screens: list[Screen]) -> list[Screen]:
    return [screen for screen in screens if screen.endpoint == "articles.show"]


def test_margin_cards_stand_beside_their_passage_and_never_overlap(
    browser: Browser, desk: Desk, screens: list[Screen]
) -> None:
    context = sit_down(browser, desk.app, desk.address, desk.email("checker"))
    page = context.new_page()
    for screen in _reading_rooms(screens):
        page.goto(screen.address)
        cards = page.locator(".assertion-card")
        expect(cards.first).to_be_visible()
        boxes = [box for card in cards.all() if (box := card.bounding_box())]
        text = page.locator(".reading__text").first.bounding_box()
        assert text
        for above, below in pairwise(boxes):
            assert above["y"] + above["height"] <= below["y"] + 1, screen.address
        assert all(box["x"] >= text["x"] + text["width"] for box in boxes), screen.address
    context.close()


def test_margin_cards_fall_below_their_passage_on_a_phone(
    browser: Browser, desk: Desk, screens: list[Screen]
) -> None:
    context = sit_down(browser, desk.app, desk.address, desk.email("checker"), width=PHONE)
    page = context.new_page()
    for screen in _reading_rooms(screens):
        page.goto(screen.address)
        for row in page.locator(".reading__row:has(.assertion-card)").all():
            text = row.locator(".reading__text").bounding_box()
            cards = row.locator(".reading__cards").bounding_box()
            assert text
            assert cards
            assert cards["y"] >= text["y"] + text["height"] - 1, screen.address
    context.close()
