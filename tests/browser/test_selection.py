"""Whatever a person selects in the reading room becomes exactly that passage, on any Unicode text."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browser.live import sit_down
from tests.cast import assert_in, make_person, take_in
from verify.db import db

TEXT = (
    "Gates at Orta\n\n"
    "A 🛰️ picture shows the gates, said Lale Demir. Forty houses\u202e stand\u202c under water, a clerk said.\n\n"
    "قال المتحدث إن الطريق مقطوع منذ يومين 🚧 وإن الماء يرتفع.\n"
)
MARKED = "Forty houses\u202e stand\u202c under water"

SELECT = """([from, to]) => {
    const find = (words) => {
        const walker = document.createTreeWalker(document.querySelector("[data-reading]"), NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at >= 0) return [walker.currentNode, at];
        }
        throw new Error(`not in the text: ${words}`);
    };
    const [first, begin] = find(from), [last, end] = find(to), range = document.createRange();
    range.setStart(first, begin);
    range.setEnd(last, end + to.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    document.body.dispatchEvent(new PointerEvent("pointerup", { bubbles: true }));
}"""


def select(page: Page, first: str, last: str) -> tuple[int, int]:
    """Select from these words to those, make an assertion of it, and say which code points the desk was given."""
    page.evaluate(SELECT, [first, last])
    page.get_by_role("button", name="Make an assertion", exact=True).click()
    page.wait_for_url("**/assertions/new?**")
    asked = parse_qs(urlsplit(page.url).query)
    return int(asked["start"][0]), int(asked["end"][0])


@pytest.mark.parametrize(
    ("first", "last", "passage"),
    [
        ("picture shows", "the gates", "picture shows the gates"),
        ("gates, said", "Forty houses", "gates, said Lale Demir. Forty houses"),
        ("under water", "a clerk", "under water, a clerk"),
        ("الطريق", "يرتفع", "الطريق مقطوع منذ يومين 🚧 وإن الماء يرتفع"),
    ],
    ids=["after an emoji", "into a marked passage", "after hidden marks", "right to left"],
)
def test_selected_words_become_exactly_that_passage(
    browser: Browser, app: Flask, address: str, first: str, last: str, passage: str
) -> None:
    with app.app_context():
        checker = make_person(db.session, "Checker")
        article = take_in(db.session, checker, text=TEXT)
        assert_in(db.session, article, MARKED)
        db.session.commit()
        number, text, email = article.id, article.versions[0].text, checker.email
    context = sit_down(browser, app, address, email)
    page = context.new_page()
    page.goto(f"/articles/{number}")
    start, end = select(page, first, last)
    context.close()
    assert text[start:end] == passage
