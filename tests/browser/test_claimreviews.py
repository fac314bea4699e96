"""What strangers write in their reviews breaks where it must: none of their pages scrolls sideways on a phone."""

from __future__ import annotations

import json

from flask import Flask
from playwright.sync_api import Browser

from tests.browser.live import PHONE, sit_down
from tests.cast import make_person
from tests.claimreviews.made import review
from verify.accounts.models import Person
from verify.claimreviews import actions, publisher_actions, subscription_actions
from verify.claimreviews.models import ReviewPublisher
from verify.claimreviews.reading import read
from verify.db import db
from verify.permissions import Role

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
ADDRESS = f"https://{'a' * 60}.{'b' * 60}.example/{'c' * 300}"


def much(edda: Person) -> list[str]:
    """Put long words wherever a review can hold them; the pages that show them."""
    rating = {
        "ratingValue": LONG,
        "bestRating": LONG,
        "worstRating": "1",
        "alternateName": LONG * 2,
        "ratingExplanation": LONG,
    }
    about = {"@type": "Claim", "author": {"name": LONG}, "appearance": [ADDRESS], "datePublished": LONG}
    long = review(1, claimReviewed=LONG * 3, url=ADDRESS, author={"name": LONG, "url": ADDRESS}, headline=LONG,
                  license=LONG, reviewRating=rating, itemReviewed=about, datePublished=LONG)  # fmt: skip
    for made in (long, {**long, "headline": LONG * 2}, {**long, "claimReviewed": LONG}):
        found = read(json.dumps([made, {"@type": "ClaimReview", "url": LONG, "claimReviewed": "a"}]).encode())
        actions.import_file(
            db.session, edda, name=f"{LONG}.json", sha256="0" * 64, licence=LONG, reading=found
        )
    subscription_actions.subscribe(db.session, edda, url=ADDRESS, title=LONG, licence=LONG, every_hours=24)
    gone = read(json.dumps(review(2, author={"name": f"{LONG}-Zwei"})).encode())
    actions.import_file(db.session, edda, name="b.json", sha256="0" * 64, licence="unknown", reading=gone)
    publisher_actions.remove(db.session, edda, db.session.get_one(ReviewPublisher, 2), reason=LONG)
    db.session.commit()
    pages = (
        "",
        "/1",
        "/2",
        "/new",
        "/imports",
        "/imports/2",
        "/subscriptions",
        "/publishers",
        "/publishers/1",
        "/publishers/2",
    )
    return [f"/claimreviews{page}" for page in pages]


def test_no_page_of_reviews_scrolls_sideways(app: Flask, browser: Browser, address: str) -> None:
    with app.app_context():
        edda = make_person(db.session, "Edda Editor", Role.EDITOR)
        addresses = much(edda)
        email = edda.email
    page, wide = sit_down(browser, app, address, email, width=PHONE).new_page(), []
    for one in addresses:
        page.goto(one)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        width = int(page.evaluate("document.documentElement.scrollWidth"))
        if width > PHONE or page.locator("h1").count() != 1:
            wide.append(f"{one} is {width} px wide")
    assert not wide, "\n".join(wide)
