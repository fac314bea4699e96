"""Nothing typed is lost: drafts save themselves, and stay in the tab where the desk cannot be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.live import sit_down
from tests.cast import assign, make_person, open_ticket
from verify.accounts.models import AuthSession
from verify.db import db

RATIONALE = "The water board keeps a log of every gate. Evidence will have to show its page for Tuesday."


@dataclass(frozen=True)
class Due:
    """A review that is due: its ticket, and the email of the reviewer."""

    reference: str
    reviewer: str


@pytest.fixture
def due(app: Flask) -> Due:
    with app.app_context():
        opener, reviewer, other = (make_person(db.session, name) for name in ("Opener", "Reviewer", "Other"))
        ticket = open_ticket(db.session, opener)
        assign(db.session, opener, ticket, reviewer, other)
        db.session.commit()
        return Due(ticket.reference, reviewer.email)


@pytest.fixture
def context(browser: Browser, app: Flask, address: str, due: Due) -> Iterator[BrowserContext]:
    context = sit_down(browser, app, address, due.reviewer)
    yield context
    context.close()


@pytest.fixture
def review(context: BrowserContext, due: Due) -> Page:
    page = context.new_page()
    page.goto(f"/tickets/{due.reference}/review")
    return page


def test_a_draft_saves_itself_and_is_there_in_another_tab(
    context: BrowserContext, review: Page, due: Due
) -> None:
    review.get_by_role("group", name="Sourcing").get_by_role("radio").nth(1).check()
    review.get_by_label("Rationale").fill(RATIONALE)
    expect(review.locator("[data-saved]")).to_have_text(re.compile(r"^Saved \d\d:\d\d$"))
    other = context.new_page()
    other.goto(f"/tickets/{due.reference}/review")
    expect(other.get_by_label("Rationale")).to_have_value(RATIONALE)
    expect(other.get_by_role("group", name="Sourcing").get_by_role("radio").nth(1)).to_be_checked()


def test_a_digit_chooses_the_step_of_the_rubric_in_focus(review: Page) -> None:
    rubric = review.get_by_role("group", name="Attribution")
    rubric.get_by_role("radio").first.focus()
    review.keyboard.press("3")
    expect(rubric.locator("input[value='3']")).to_be_checked()
    expect(rubric.locator("input[value='3']")).to_be_focused()


def test_digits_typed_into_the_rationale_stay_digits(review: Page) -> None:
    review.get_by_label("Rationale").press_sequentially("700 of 23")
    expect(review.get_by_label("Rationale")).to_have_value("700 of 23")
    expect(review.locator("[data-rubric] input:checked")).to_have_count(0)


def test_what_was_typed_while_the_desk_was_away_is_back_after_a_reload(review: Page) -> None:
    review.route("**/draft*", lambda route: route.abort())
    review.route("**/review/**", lambda route: route.abort())
    review.get_by_label("Rationale").fill(RATIONALE)
    expect(review.locator("[data-saved]")).to_contain_text("Not saved yet")
    review.unroute_all()
    review.reload()
    expect(review.get_by_label("Rationale")).to_have_value(RATIONALE)
    expect(review.locator("[data-saved]")).to_have_text("What you typed before is back.")


def test_a_lost_session_costs_no_word_of_a_long_rationale(app: Flask, review: Page, due: Due) -> None:
    review.get_by_label("Rationale").fill(RATIONALE)
    expect(review.locator("[data-saved]")).to_contain_text("Saved")
    _sign_everybody_out(app)
    review.get_by_role("button", name="Seal and send").click()
    expect(review.get_by_label("E-mail address")).to_be_visible()
    expect(review.locator(f"input[type=hidden][value='{RATIONALE}']")).to_have_count(1)


def _sign_everybody_out(app: Flask) -> None:
    with app.app_context():
        db.session.query(AuthSession).delete()
        db.session.commit()


def test_a_double_click_on_comment_leaves_one_comment(context: BrowserContext, due: Due) -> None:
    page = context.new_page()
    page.goto(f"/tickets/{due.reference}")
    page.get_by_label("Your comment").fill("The board’s page is archived.")
    page.get_by_role("button", name="Comment", exact=True).dblclick()
    expect(page.locator(".comment")).to_have_count(1)
    expect(page.get_by_label("Your comment")).to_have_value("")


def test_a_comment_that_was_not_sent_is_back_when_the_page_is(context: BrowserContext, due: Due) -> None:
    page = context.new_page()
    page.goto(f"/tickets/{due.reference}")
    page.get_by_label("Your comment").fill("Half a thought")
    page.goto("/queue")
    page.goto(f"/tickets/{due.reference}")
    expect(page.get_by_label("Your comment")).to_have_value("Half a thought")
