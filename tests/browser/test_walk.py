"""The whole walk of a claim in Chromium: an article comes in, and a report with its verdict goes out.

Two reviewers disagree, a third person decides, an editor who did none of it publishes; at each step, what each of
them can see and what not.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect
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
        cast["Mina"], reference, grades=(3, 3, 3), rating="confirmed", rationale=SECOND_WORDS,
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
    page.locator("button.button--primary", has_text="Take in the article").click()
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
    card = (figure if figure.count() else cards).first
    card.locator("[data-open]").click()
    card.locator("a[href*='/tickets/new']").click()
    pick(page.get_by_label("Investigation"), "The valley in September")
    page.get_by_role("button", name="Open the ticket").click()
    expect(page).to_have_url(re.compile(r"/tickets/VAL-0001"))
    return "VAL-0001"


def pick(choice: Locator, words: str) -> None:
    """Choose the one entry of a list that reads so."""
    choice.select_option(value=choice.locator("option", has_text=words).get_attribute("value"))


def add_evidence(page: Page, reference: str) -> None:
    """A note on what a call brought, which says how many were hurt."""
    page.goto(f"/tickets/{reference}/evidence/new/note")
    page.get_by_label("Title").fill("Call to the hospital")
    page.locator("textarea[name=note]").fill("The surgeon on duty counted four dead and eleven wounded.")
    page.get_by_label("It gives context").check()
    page.get_by_role("button", name="Add a note").click()
    expect(page.locator("#evidence-1")).to_be_visible()


def assign(page: Page, reference: str, first: str, second: str) -> None:
    """Two reviewers are chosen by hand; who opened the ticket cannot be chosen."""
    page.goto(f"/tickets/{reference}")
    page.get_by_role("link", name="Choose by hand").click()
    expect(page.get_by_label("First reviewer").locator("option", has_text="Ona Vidal")).to_have_count(0)
    for label, name in (("First reviewer", first), ("Second reviewer", second)):
        pick(page.get_by_label(label), name)
    page.get_by_role("button", name="Start the review").click()
    expect(page.locator("#next").get_by_text("In review")).to_be_visible()


def review(
    walker: Walker,
    reference: str,
    *,
    grades: tuple[int, int, int],
    rating: str,
    rationale: str,
    reason: str = "",
) -> None:
    """From the queue to the form; the rule's proposal appears with the third grade, not before."""
    page = walker.page
    page.goto("/queue")
    due = page.locator("tbody", has_text="Reviews due")
    expect(due).to_contain_text(reference)
    due.get_by_role("link", name=re.compile(".+")).first.click()
    page.get_by_role("link", name="Write your review").click()
    expect(page.locator("[data-proposed]")).to_have_count(0)
    rate(page, grades=grades, rating=rating, confidence="moderate", rationale=rationale)
    expect(page.locator("[data-proposed]")).to_have_count(1)
    expect(page.get_by_label("Why your rating differs")).to_be_visible(visible=bool(reason))
    if reason:
        page.get_by_label("Why your rating differs").fill(reason)
    page.get_by_label("1: Call to the hospital").check()
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    page.get_by_role("button", name="Seal and send").click()
    expect(page).to_have_url(re.compile(f"/tickets/{reference}#grades"))


def the_first_review_is_sealed(cast: Cast, reference: str, before: dict[str, str]) -> None:
    """Its author reads it; everybody else sees the very page they saw before."""
    own = cast["Rui"].reads(f"/tickets/{reference}")
    assert FIRST_WORDS in own
    assert "Your review is sealed" in own
    for name in ("Ona", "Mina", "Tove", "Edda"):
        seen = cast[name].reads(f"/tickets/{reference}")
        assert without_times(seen) == without_times(before[name]), f"{name} can tell that a review is in"
        assert FIRST_WORDS not in cast[name].reads("/queue")
    assert cast["Mina"].status_of("/audit") == 403
    assert "Rui Costa" not in sealed_lines(cast["Edda"])
    assert reference not in sealed_lines(cast["Edda"])


def sealed_lines(editor: Walker) -> str:
    """What the log tells an editor about sealed reviews: that there is one."""
    editor.page.goto("/audit")
    lines = editor.page.locator("tr", has_text="review: sealed")
    expect(lines).to_have_count(1)
    return lines.first.text_content() or ""


def both_are_open_and_no_name_stands_beside_a_grade(cast: Cast, reference: str) -> None:
    """Both reviews are read by everybody; the two reviewers find no door to the decision."""
    for walker in cast.values():
        seen = walker.reads(f"/tickets/{reference}")
        assert FIRST_WORDS in seen
        assert SECOND_WORDS in seen
    for name in ("Rui", "Mina", "Ona"):
        assert cast[name].status_of(f"/tickets/{reference}/adjudicate") == 403
    grades = cast["Tove"].page.locator("#grades").text_content() or ""
    assert "Rui Costa" not in grades
    assert "Mina Haas" not in grades


def decide(walker: Walker, reference: str) -> None:
    """The adjudicator reads both without names, and decides on their own."""
    page = walker.page
    page.goto(f"/tickets/{reference}")
    page.get_by_role("link", name="Decide").click()
    expect(page.locator(".review")).to_have_count(2)
    shown = page.locator("main").text_content() or ""
    assert "Rui Costa" not in shown
    assert "Mina Haas" not in shown
    expect(page.locator(".difference--wide").first).to_be_visible()
    rate(page, grades=(2, 3, 1), rating="unverified", confidence="high", rationale=DECISION)
    page.get_by_role("button", name="Decide").click()
    expect(page.locator("#grades")).to_contain_text("by adjudication")


def the_reviewers_see_where_they_were_overruled(cast: Cast, reference: str) -> None:
    seen = cast["Mina"].reads(f"/tickets/{reference}")
    assert "Confirmation: you gave 3, settled as 1" in seen
    assert "Rating: you gave Confirmed, settled as Unverified" in seen
    assert DECISION in seen
    assert "Where the decision differs" not in cast["Rui"].reads(f"/tickets/{reference}")


def nothing_is_public_yet(outside: Page, reference: str) -> None:
    assert outside.context.request.get(f"/verdicts/{reference}").status == 404
    outside.goto("/verdicts")
    expect(outside.locator("body")).not_to_contain_text(reference)


def publish(cast: Cast, reference: str) -> None:
    """Nobody with a part in the ticket may approve; the editor words it, reads it, approves it, publishes it."""
    for name in ("Ona", "Rui", "Tove"):
        assert cast[name].status_of(f"/tickets/{reference}/approval") == 403
    page = cast["Edda"].page
    page.goto(f"/tickets/{reference}")
    page.get_by_role("link", name="Open the approval page").click()
    page.locator("#wording textarea").fill(WORDING)
    page.get_by_role("button", name="Save the wording").click()
    expect(page.locator("#preview")).to_contain_text(WORDING)
    excuse = page.locator("#next textarea[name=exception_reason]")
    if excuse.count():
        excuse.fill("The article is the only one that carries it so far.")
    page.get_by_role("button", name="Approve", exact=True).click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page).to_have_url(re.compile(f"/verdicts/{reference}"))


def the_verdict_is_public(outside: Page, reference: str) -> None:
    """With the rating, the wording, and one ClaimReview that gives Unverified no number."""
    outside.goto(f"/verdicts/{reference}")
    shown = outside.locator("main")
    expect(shown).to_contain_text("Unverified")
    expect(shown).to_contain_text(WORDING)
    blocks = outside.locator("script[type='application/ld+json']")
    expect(blocks).to_have_count(1)
    markup = json.loads(blocks.first.text_content() or "")
    assert markup["@type"] == "ClaimReview"
    assert markup["reviewRating"]["alternateName"] == "Unverified"
    assert "ratingValue" not in markup["reviewRating"]


def build_the_report(page: Page, reference: str, folder: Path) -> None:
    """A PDF that names the claim, the verdict and every reason, whole."""
    page.goto("/reports")
    page.locator("input[name=format][value=pdf]").check()
    page.get_by_role("button", name="Build the report").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download PDF").first.click()
    file = folder / "report.pdf"
    download.value.save_as(file)
    told = " ".join(" ".join(part.extract_text().split()) for part in PdfReader(file).pages)
    assert reference in told
    assert "Unverified" in told
    for words in (WORDING, DECISION, FIRST_WORDS, SECOND_WORDS):
        assert words[:40] in told


def the_log_holds(cast: Cast, reference: str) -> None:
    """Every act is in the log, and its chain verifies."""
    page = cast["Edda"].page
    page.goto("/audit")
    for act in ("ticket: opened", "reviews: opened", "ticket: adjudicated"):
        expect(page.locator("tr", has_text=act).filter(has_text=reference)).to_have_count(1)
    page.get_by_role("link", name="Check the whole log").click()
    expect(page.locator(".note--good")).to_be_visible()


def without_times(text: str) -> str:
    """What a page says, in single spaces."""
    return " ".join(text.split())
