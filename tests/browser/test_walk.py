"""The whole walk of a claim in Chromium: an article comes in, and a report with its verdict goes out.

Two reviewers disagree, a third person decides, an editor who did none of it publishes; at each step, what each of
them can see and what not.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.live import sit_down
from tests.browser.walkers import PEOPLE, Walker, hire, rate, story

FIRST_WORDS = "One voice of one side, in a message that others repeat word for word (evidence 1)."
SECOND_WORDS = "Two people in the valley tell the same, each in their own way (evidence 1)."
DECISION = "The two people had it from the same message; what looked like two voices is one."
WORDING = "Nobody outside one side of the fighting has been able to say how many."
Cast = dict[str, Walker]


@pytest.fixture
def cast(browser: Browser, app: Flask, address: str) -> Cast:
    hire(app)
    return {name.split()[0]: Walker(browser, app, address, name) for name in PEOPLE}


def test_a_claim_walks_from_the_article_to_the_report(
    browser: Browser, app: Flask, address: str, cast: Cast, tmp_path: Path
) -> None:
    take_in(cast["Ona"].page, story(tmp_path))
    reference = open_ticket(cast["Ona"].page)
    add_evidence(cast["Ona"].page, reference)
    assign(cast["Ona"].page, reference, "Rui Costa", "Mina Haas")

    outside = sit_down(browser, app, address).new_page()
    before = {name: walker.reads(f"/tickets/{reference}") for name, walker in cast.items()}
    review(cast["Rui"], reference, grades=(2, 3, 1), rating="unverified", rationale=FIRST_WORDS)
    the_first_review_is_sealed(cast, reference, before)

    review(
        cast["Mina"], reference, grades=(3, 3, 3), rating="mostly_right", rationale=SECOND_WORDS,
        reason="The count of origins does not know the second witness yet.",
    )  # fmt: skip
    both_are_open_and_no_name_stands_beside_a_grade(cast, reference)

    decide(cast["Tove"], reference)
    the_reviewers_see_where_they_were_overruled(cast, reference)

    nothing_is_public_yet(outside, reference)
    publish(cast, reference)
    the_verdict_is_public(outside, reference)
    build_the_report(cast["Edda"].page, reference, tmp_path)
    the_log_holds(cast, reference)
    assert [line for walker in cast.values() for line in walker.complaints] == []


def take_in(page: Page, file: Path) -> None:
    """A file is read, looked over and frozen; what it asserts stands in the margin."""
    page.goto("/articles/new")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_text(f"Read from {file.name}")).to_be_visible()
    page.get_by_role("button", name="Take in the article").click()
    expect(page).to_have_url(re.compile(r"/articles/\d+"))
    expect(page.locator(".assertion-card").first).to_be_visible()


def open_ticket(page: Page) -> str:
    """From an assertion with a figure, where there is one; the claim is offered in its words."""
    article = page.url
    page.goto("/investigations")
    page.get_by_label("Name").fill("The valley in September")
    page.get_by_label("Prefix").fill("VAL")
    page.get_by_role("button", name="Begin it").click()
    page.goto(article)
    cards = page.locator(".assertion-card:has(a[href*='/tickets/new'])")
    figure = cards.filter(has_text=re.compile(r"\b700\b|Forty"))
    (figure if figure.count() else cards).first.locator("a[href*='/tickets/new']").click()
    page.get_by_label("Investigation").select_option(label="The valley in September")
    page.get_by_role("button", name="Open the ticket").click()
    expect(page).to_have_url(re.compile(r"/tickets/VAL-0001"))
    return "VAL-0001"


def add_evidence(page: Page, reference: str) -> None:
    page.goto(f"/tickets/{reference}/evidence/new/note")
    page.get_by_label("Title").fill("Call to the hospital")
    page.get_by_label(re.compile("^Note|^What")).first.fill("The surgeon on duty counted four dead.")
    page.get_by_label("Context").check() if page.get_by_label("Context").count() else None
    page.get_by_role("button", name="Add a note").click()
    expect(page.locator("#evidence-1")).to_be_visible()


def assign(page: Page, reference: str, first: str, second: str) -> None:
    page.goto(f"/tickets/{reference}")
    panel = page.locator("#next")
    panel.locator("select[name=first]").select_option(
        label=page.locator("select[name=first] option", has_text=first).inner_text()
    )
    panel.locator("select[name=second]").select_option(
        label=page.locator("select[name=second] option", has_text=second).inner_text()
    )
    panel.get_by_role("button", name="Start the review").click()
    expect(panel.get_by_text("In review")).to_be_visible()
