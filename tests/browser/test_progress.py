"""The reading room of a long text tells how far its spotting is, and shows what was found when it is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.live import complaints, sit_down
from tests.cast import ARTICLE, make_person
from verify.articles import actions
from verify.db import db
from verify.jobs import queue
from verify.jobs.kinds import KINDS
from verify.jobs.queue import Claim
from verify.jobs.worker import run_pending


@dataclass(frozen=True)
class Long:
    """An article whose text is still to be spotted, and the email of who reads it."""

    address: str
    reader: str


@pytest.fixture
def long(app: Flask) -> Long:
    with app.app_context():
        checker = make_person(db.session, "Nadia Rahimi")
        described = actions.Description(title="Flood gates opened", language="en")
        taken = actions.take_in(db.session, checker, text=ARTICLE, described=described, later=True)
        db.session.commit()
        return Long(f"/articles/{taken.article.id}", checker.email)


@pytest.fixture
def context(browser: Browser, app: Flask, address: str, long: Long) -> Iterator[BrowserContext]:
    context = sit_down(browser, app, address, long.reader)
    yield context
    context.close()


def begin(app: Flask) -> Claim:
    with app.app_context():
        mine = queue.claim(db.session, KINDS, "the worker of this test")
        db.session.commit()
        assert mine is not None
        return mine


def tell(app: Flask, mine: Claim, done: int) -> None:
    with app.app_context():
        assert queue.keep(db.session, mine, done=done, total=100, told="Reading the text")
        db.session.commit()


def end(app: Flask, mine: Claim) -> None:
    with app.app_context():
        queue.give_back(db.session, mine)
        db.session.commit()
        assert run_pending() == 1


def bar(page: Page) -> object:
    return page.get_by_label("Spotting assertions").evaluate("bar => bar.value")


def test_the_bar_moves_by_itself_and_the_suggestions_appear(
    app: Flask, context: BrowserContext, long: Long
) -> None:
    page = context.new_page()
    complained = complaints(page)
    page.goto(long.address)
    expect(page.get_by_text("It waits for its turn.")).to_be_visible()
    mine = begin(app)
    for done in (20, 65):
        tell(app, mine, done)
        expect(page.locator(".job__share")).to_have_text(f"{done} %")
        assert bar(page) == done
    end(app, mine)
    expect(page.locator("[data-assertion]").first).to_be_visible()
    expect(page.locator("#spotting")).to_have_count(0)
    assert complained == []


def test_who_is_writing_is_not_disturbed_but_told(app: Flask, context: BrowserContext, long: Long) -> None:
    page = context.new_page()
    page.goto(long.address)
    page.get_by_text("Mark a passage").click()
    words = page.get_by_label("The exact words that make an assertion")
    words.fill("The gates of the Orta dam")
    end(app, begin(app))
    expect(page.get_by_text("The text is spotted")).to_be_visible()
    expect(words).to_have_value("The gates of the Orta dam")
    page.get_by_role("link", name="Show what was found").click()
    expect(page.locator("[data-assertion]").first).to_be_visible()


def test_without_script_a_link_looks_again(browser: Browser, app: Flask, address: str, long: Long) -> None:
    context = sit_down(browser, app, address, long.reader, script=False)
    page = context.new_page()
    page.goto(long.address)
    tell(app, begin(app), 40)
    page.get_by_role("link", name="Look again").click()
    expect(page.locator(".job__share")).to_have_text("40 %")
    context.close()
