"""The session ends in the middle of a long rationale: nothing that was typed is lost, with script and without."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import delete, select

from tests.browser.walkers import Walker, hire
from tests.cast import PASSWORD, assert_in, make_investigation, take_in
from verify.accounts.models import AuthSession, Person
from verify.db import db
from verify.grading.models import Review
from verify.tickets.actions import assign, open_ticket

PARAGRAPH = (
    "The gauge of the dam, the spokeswoman and a farmer below it all name the same quarter of an hour. "
)
LONG = "\n\n".join(PARAGRAPH * 6 for _ in range(8)).strip()


@pytest.fixture
def reference(app: Flask) -> str:
    """A ticket that Rui and Mina review."""
    hire(app)
    with app.app_context():
        people = {person.name: person for person in db.session.scalars(select(Person))}
        opener, pair = people["Ona Vidal"], [people["Rui Costa"], people["Mina Haas"]]
        assertion = assert_in(db.session, take_in(db.session, opener))
        ticket = open_ticket(
            db.session, opener, assertion=assertion, claim=assertion.statement,
            investigation=make_investigation(db.session),
        )  # fmt: skip
        assign(db.session, opener, ticket, pair)
        db.session.commit()
        return ticket.reference


def end_every_session(app: Flask) -> None:
    with app.app_context():
        db.session.execute(delete(AuthSession))
        db.session.commit()


def sealed_rationale(app: Flask) -> str:
    with app.app_context():
        return db.session.scalars(select(Review)).one().rationale


def write(page: Page, reference: str) -> None:
    """Fill the whole form with the mouse, as one also can without script."""
    page.goto(f"/tickets/{reference}/review")
    fill(page)


def fill(page: Page) -> None:
    page.get_by_label("I found no evidence").check()
    for scale, grade in (("sourcing", 3), ("attribution", 3), ("confirmation", 1)):
        page.locator(f"#{scale} input[value='{grade}']").check()
    page.locator("#rating input[value='unverified']").check()
    page.locator("#confidence input[value='low']").check()
    page.get_by_label("Rationale").fill(LONG)


def sign_in_again(page: Page) -> None:
    page.locator("input[name=again_email]").fill("rui@desk.example")
    page.locator("input[name=again_password]").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("Sign in")).click()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_review_sent_after_the_session_ended_arrives_whole(
    browser: Browser, app: Flask, address: str, reference: str, script: bool
) -> None:
    rui = Walker(browser, app, address, "Rui Costa", script=script)
    page = rui.page
    write(page, reference)
    end_every_session(app)
    page.get_by_role("button", name="Seal and send").click()
    expect(page.locator("main")).to_contain_text("Sign in to go on")
    sign_in_again(page)
    expect(page).to_have_url(re.compile(f"/tickets/{reference}"))
    expect(page.locator("#grades")).to_contain_text("Sealed: only you see this")
    assert sealed_rationale(app).replace("\r\n", "\n") == LONG


def test_a_draft_that_could_not_be_saved_says_so_and_comes_back_after_signing_in(
    browser: Browser, app: Flask, address: str, reference: str
) -> None:
    rui = Walker(browser, app, address, "Rui Costa")
    page = rui.page
    page.goto(f"/tickets/{reference}/review")
    end_every_session(app)
    fill(page)
    expect(page.locator("[data-saved]")).to_contain_text("Not saved yet: kept in this tab")
    page.reload()
    page.locator("input[name=email]").fill("rui@desk.example")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form.door button").click()
    expect(page).to_have_url(re.compile(f"/tickets/{reference}/review"))
    expect(page.get_by_label("Rationale")).to_have_value(LONG)
    expect(page.locator("#sourcing input[value='3']")).to_be_checked()
    expect(page.locator("[data-saved]")).to_contain_text("What you typed before is back")


def test_a_saved_draft_waits_in_any_browser(
    browser: Browser, app: Flask, address: str, reference: str
) -> None:
    rui = Walker(browser, app, address, "Rui Costa")
    write(rui.page, reference)
    expect(rui.page.locator("[data-saved]")).to_contain_text("Saved")
    elsewhere = Walker(browser, app, address, "Rui Costa").page
    elsewhere.goto(f"/tickets/{reference}/review")
    expect(elsewhere.get_by_label("Rationale")).to_have_value(LONG)
    expect(elsewhere.locator("#attribution input[value='3']")).to_be_checked()
    other = Walker(browser, app, address, "Mina Haas").page
    other.goto(f"/tickets/{reference}/review")
    expect(other.get_by_label("Rationale")).to_have_value("")
