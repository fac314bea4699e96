"""Addresses: fetched once or regularly, in the background, and never with a transaction open."""

from __future__ import annotations

import json
import socket
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.claimreviews.made import page_with, review
from tests.pages import Page, Visitor
from tests.web import Site, leads_to, page
from verify.accounts.models import Person, RoleGrant
from verify.claimreviews.models import ClaimReview, Import, Subscription
from verify.db import db, now
from verify.jobs.models import Job
from verify.jobs.worker import run_pending

JSON = "application/json"


def work(app: Flask, at: datetime | None = None) -> int:
    """Do what waits; or at a later time one thing, since the clock of what it asks for then stands still."""
    with app.app_context():
        return run_pending() if at is None else run_pending(at=at, most=1)


def claims(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(ClaimReview.claim).order_by(ClaimReview.id)))


def bring_in(visitor: Visitor, address: str) -> Page:
    form = visitor.get("/claimreviews/new").form("/claimreviews/new")
    return form.submit("Import", address=address, licence="CC BY 4.0", upload=None)


def subscribe(visitor: Visitor, address: str, **typed: str) -> Page:
    form = visitor.get("/claimreviews/subscriptions").form("/claimreviews/subscriptions")
    return form.submit("Subscribe", address=address, licence="CC BY 4.0", **typed)


def press(visitor: Visitor, act: str) -> Page:
    return visitor.get("/claimreviews/subscriptions").form(f"/claimreviews/subscriptions/1/{act}").submit()


def test_a_page_is_fetched_in_the_background_and_read(app: Flask, checker: Visitor, site: Site) -> None:
    site.answers |= {"/check": leads_to("/check/"), "/check/": page(page_with(review(1, url=None)))}
    shown = bring_in(checker, site.address + "/check")
    assert "Waits to be fetched" in shown.text
    assert not site.asked
    assert work(app) == 1
    assert "1 new." in checker.get(shown.path).text
    with app.app_context():
        assert db.session.scalars(select(ClaimReview.url)).one() == site.address + "/check/"


def test_nobody_waits_while_a_slow_site_answers(app: Flask, checker: Visitor, site: Site) -> None:
    taken: list[int] = []

    def slow(link: socket.socket) -> None:
        taken.append(checker.get("/account").form("/account/name").submit(name="Carla Checker").status)
        link.sendall(page(json.dumps(review(1)), JSON))

    site.answers["/slow"] = slow
    shown = bring_in(checker, site.address + "/slow")
    work(app)
    assert taken == [200], "somebody could write while the desk fetched"
    assert "1 new." in checker.get(shown.path).text


def test_an_address_that_answers_nothing_says_why(app: Flask, checker: Visitor, site: Site) -> None:
    shown = bring_in(checker, site.address + "/gone")
    work(app)
    assert "answered 404" in checker.get(shown.path).text
    inside = bring_in(checker, "http://10.0.0.1/")
    work(app)
    assert "not on the public internet" in checker.get(inside.path).text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://a.example/", "https://u:p@a.example/", "here"]
)
def test_what_is_no_address_is_refused_at_once(app: Flask, checker: Visitor, address: str) -> None:
    assert bring_in(checker, address).status == 422
    assert work(app) == 0


def test_a_feed_brings_its_pages_where_the_site_lets_programs(
    app: Flask, checker: Visitor, site: Site
) -> None:
    links = "".join(
        f"<item><link>{site.address}{path}</link></item>" for path in ("/a", "/private/b", "/c", "/gone")
    )
    site.answers |= {
        "/feed": page(f"<rss version='2.0'><channel>{links}</channel></rss>", "application/rss+xml"),
        "/robots.txt": page("User-agent: *\nDisallow: /private\n", "text/plain"),
        "/a": page(page_with(review(1))), "/private/b": page(page_with(review(2))), "/c": page("<p>No review.</p>"),
    }  # fmt: skip
    shown = bring_in(checker, site.address + "/feed")
    work(app)
    assert len(claims(app)) == 1
    said = checker.get(shown.path).text
    for words in (
        "1 new, 2 unreadable.",
        "asks programs to leave",
        "answered 404",
        "without any ClaimReview: 1",
    ):
        assert words in said, words
    assert "/private/b" not in site.paths()
    assert site.paths().count("/robots.txt") == 1


def test_a_subscription_is_fetched_now_and_from_then_on(app: Flask, editor: Visitor, site: Site) -> None:
    site.answers["/data"] = page(json.dumps(review(1)), JSON, ETag='"1"')
    shown = subscribe(editor, site.address + "/data", title="Lantern", every_hours="6")
    assert "Not fetched yet" in shown.text
    work(app)
    assert "1 new." in editor.get("/claimreviews/subscriptions").text
    assert work(app) == 0, "the next time has not come"
    site.answers["/data"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    assert work(app, now() + timedelta(hours=6, minutes=1)) == 1
    assert 'If-None-Match: "1"' in site.asked[-1]
    assert "Nothing there has changed" in editor.get("/claimreviews/subscriptions").text
    site.answers["/data"] = page(json.dumps([review(1), review(2)]), JSON)
    assert "being fetched" in press(editor, "fetch").text
    assert work(app) == 1
    assert "If-None-Match" not in site.asked[-1], "somebody asked for all of it"
    assert "1 new, 1 known." in editor.get("/claimreviews/subscriptions").text
    with app.app_context():
        assert len(db.session.scalars(select(Import)).all()) == 2


def test_a_paused_subscription_rests_until_somebody_lets_it_go_on(
    app: Flask, editor: Visitor, site: Site
) -> None:
    site.answers["/data"] = page(json.dumps(review(1)), JSON)
    subscribe(editor, site.address + "/data")
    assert "Paused" in press(editor, "pause").text
    assert work(app, now() + timedelta(days=9)) == 0
    press(editor, "go-on")
    assert work(app) == 1
    assert len(claims(app)) == 1
    assert "has ended" in press(editor, "end").text
    assert work(app, now() + timedelta(days=9)) == 0
    assert len(claims(app)) == 1, "what it brought stays"
    assert "No subscriptions yet" in editor.get("/claimreviews/subscriptions").text


def test_one_whose_job_was_lost_says_so_and_is_fetched_when_asked(
    app: Flask, editor: Visitor, site: Site
) -> None:
    site.answers["/data"] = page(json.dumps(review(1)), JSON)
    subscribe(editor, site.address + "/data")
    with app.app_context():
        db.session.delete(db.session.scalars(select(Job)).one())
        db.session.scalars(select(Subscription)).one().due_at = now() - timedelta(hours=1)
        db.session.commit()
    assert "Overdue since" in editor.get("/claimreviews/subscriptions").text
    press(editor, "fetch")
    work(app)
    assert "Overdue" not in editor.get("/claimreviews/subscriptions").text
    assert len(claims(app)) == 1


def test_the_same_address_is_subscribed_once(editor: Visitor, site: Site) -> None:
    subscribe(editor, site.address + "/data")
    again = subscribe(editor, site.address + "/data/?utm_medium=x")
    assert again.status == 422
    assert "subscribed already" in again.text
    assert subscribe(editor, "file:///etc/passwd").status == 422


def test_one_that_fails_is_tried_again_and_paused_in_the_end(app: Flask, editor: Visitor, site: Site) -> None:
    subscribe(editor, site.address + "/gone", every_hours="1")
    for hours in range(12):
        work(app, now() + timedelta(hours=hours + 1))
    said = editor.get("/claimreviews/subscriptions").text
    assert "answered 404" in said
    assert "Paused after 10 failures in a row" in said
    assert len(site.asked) == 10


def test_who_may_no_longer_look_after_it_is_not_acted_for(app: Flask, editor: Visitor, site: Site) -> None:
    site.answers["/data"] = page(json.dumps(review(1)), JSON)
    subscribe(editor, site.address + "/data")
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.name == "Edda Editor")).one()
        for grant in db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id)):
            db.session.delete(grant)
        db.session.commit()
    work(app)
    assert not site.asked
    with app.app_context():
        one = db.session.scalars(select(Subscription)).one()
        assert one.due_at is None
        assert "in your own name" in one.outcome
        assert not db.session.scalars(select(Job).where(Job.state.in_(["waiting", "failed"]))).all()


def test_a_checker_sees_subscriptions_and_cannot_touch_them(
    checker: Visitor, editor: Visitor, site: Site
) -> None:
    subscribe(editor, site.address + "/data")
    shown = checker.get("/claimreviews/subscriptions")
    assert "kept by Edda Editor" in shown.text
    assert not shown.select("//main//form")
