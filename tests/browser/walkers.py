"""The people of a walk, each in a window of their own, and an article for them to check."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.live import complaints, sit_down
from tests.cast import ARTICLE, PASSWORD
from verify.accounts import actions
from verify.accounts.sessions import settings
from verify.db import db
from verify.permissions import Role

SHARED = Path(os.environ.get("VERIFY_SHARED", Path(__file__).parents[2].parent / "shared"))
PEOPLE = {
    "Ona Vidal": Role.CHECKER,  # takes the article in and opens the ticket
    "Rui Costa": Role.CHECKER,  # reviews
    "Mina Haas": Role.CHECKER,  # reviews, and sees it otherwise
    "Tove Lind": Role.CHECKER,  # decides between them
    "Edda Storm": Role.EDITOR,  # approves and publishes
}


def story(folder: Path) -> Path:
    """A real article where the shared seeds are present; else one of our own, as a file."""
    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    if seeds:
        return next((seed for seed in seeds if "700" in seed.read_text(encoding="utf-8")), seeds[0])
    own = folder / "gates.txt"
    own.write_text(ARTICLE, encoding="utf-8")
    return own


def email_of(name: str) -> str:
    """The address under which somebody signs in."""
    return f"{name.split()[0].lower()}@desk.example"


def hire(app: Flask) -> None:
    """Give everybody an account with PASSWORD."""
    with app.app_context():
        for name, role in PEOPLE.items():
            actions.add_person(
                db.session, settings(), None, email=email_of(name), name=name, password=PASSWORD, roles=[role]
            )
        db.session.commit()


class Walker:
    """Somebody at the desk, in a window of their own, who signs in as people do."""

    def __init__(self, browser: Browser, app: Flask, address: str, name: str, *, script: bool = True) -> None:
        self.name = name
        self.page: Page = sit_down(browser, app, address, script=script).new_page()
        self.complaints = complaints(self.page)
        self.sign_in()

    def sign_in(self) -> None:
        """Through the form."""
        self.page.goto("/sign-in")
        self.page.locator("input[name=email]").fill(email_of(self.name))
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.locator("form.door button").click()
        expect(self.page.locator(".account")).to_be_visible()

    def reads(self, address: str) -> str:
        """Everything that a page says to this person: hidden words, its title, and what comes when it is in sight."""
        self.page.goto(address)
        pieces = "places => places.map((one) => one.dataset.piece)"
        for piece in self.page.locator("[data-piece]").evaluate_all(pieces):
            place = self.page.locator(f"[data-piece='{piece}']")
            place.evaluate_all("places => places.forEach((one) => one.scrollIntoView())")
            expect(place).to_have_count(0)
        return f"{self.page.title()} {self.page.locator('body').text_content()}"

    def status_of(self, address: str) -> int:
        """How the desk answers this person there."""
        return self.page.context.request.get(address).status


def rate(page: Page, *, grades: tuple[int, int, int], rating: str, confidence: str, rationale: str) -> None:
    """Fill a review or a decision as somebody at the keyboard does: one key a scale."""
    for scale, grade in zip(("sourcing", "attribution", "confirmation"), grades, strict=True):
        page.locator(f"#{scale} input").first.focus()
        page.keyboard.press(str(grade))
        expect(page.locator(f"#{scale} input[value='{grade}']")).to_be_checked()
    page.get_by_label("Rationale").fill(rationale)
    page.locator(f"#rating input[value='{rating}']").check()
    page.locator(f"#confidence input[value='{confidence}']").check()
