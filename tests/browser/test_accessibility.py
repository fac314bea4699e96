"""Nobody is shut out: no screen of the demo desk breaks a rule of WCAG 2.2 AA that a machine can test."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Desk
from tests.browser.live import DESK, PHONE, sit_down
from tests.browser.screens import Screen

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page, screen: Screen) -> list[str]:
    """What axe finds on the page, a line each."""
    answer: dict[str, Any] = Axe().run(page, options=RULES).response
    return [
        f"{screen.address} as {screen.email}: {rule['id']}: {node['html'][:160]}"
        for rule in answer["violations"]
        for node in rule["nodes"][:3]
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", DESK), ("dark", DESK), ("light", PHONE)])
def test_axe_finds_nothing_on_any_screen(
    browser: Browser, desk: Desk, screens: list[Screen], scheme: str, width: int
) -> None:
    found: list[str] = []
    for email in sorted({screen.email for screen in screens}, key=str):
        context = sit_down(browser, desk.app, desk.address, email, width=width, scheme=scheme)
        page = context.new_page()
        for screen in screens:
            if screen.email == email:
                page.goto(screen.address)
                found += violations(page, screen)
        context.close()
    assert not found, "\n".join(found)
