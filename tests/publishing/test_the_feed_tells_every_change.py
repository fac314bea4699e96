"""The feed: publications, corrections and retractions, each once, newest first."""

from __future__ import annotations

from xml.etree import ElementTree

from flask import Flask, render_template

from tests.pages import Visitor
from tests.publishing.samples import DESK, FIRST_DAY, content
from tests.publishing.walk import graded, publish
from verify.db import db
from verify.publishing import actions
from verify.publishing.content import HistoryEntry, checked
from verify.publishing.feed import entry

IN = {"a": "http://www.w3.org/2005/Atom"}


def titles(feed: bytes) -> list[str]:
    """The titles of the entries."""
    return [title.text or "" for title in ElementTree.fromstring(feed).findall("a:entry/a:title", IN)]


def test_each_version_is_one_entry_and_the_newest_is_first(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        reason = "It left out the stake."
        actions.correct(
            db.session, desk.editor, desk.ticket, claim=desk.ticket.claim, summary="Put right.", reason=reason
        )
        actions.retract(db.session, desk.editor, desk.ticket, reason="Forged.")
        db.session.commit()
        answer = Visitor(app).client.get("/verdicts/feed.atom")
        claim = desk.ticket.claim
        assert answer.mimetype == "application/atom+xml"
        assert titles(answer.data) == [
            f"Retracted: {claim}",
            f"Correction: Unverified: {claim}",
            f"Unverified: {claim}",
        ]
        assert "It left out the stake." in answer.text


def test_an_empty_feed_is_a_feed(app: Flask) -> None:
    assert titles(Visitor(app).client.get("/verdicts/feed.atom").data) == []


def test_markup_and_controls_in_a_claim_leave_the_feed_well_formed(app: Flask) -> None:
    claim = "</title><script>&\x07\x00\u202e ]]> it fell"
    change = HistoryEntry(2, "correction", claim, FIRST_DAY, "0" * 64)
    with app.test_request_context():
        feed = render_template(
            "public/feed.xml", entries=[entry(checked(content(claim=claim)), change, DESK)], publisher=DESK
        )
    (title,) = titles(feed.encode())
    assert title == "Correction: Unverified: </title><script>&[U+0007][U+0000][U+202E] ]]> it fell"
