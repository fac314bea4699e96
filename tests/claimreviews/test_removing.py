"""A publisher may withdraw its licence: then its reviews go, and come back only when somebody allows it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.claimreviews.conftest import Importing
from tests.claimreviews.made import as_bytes, review
from tests.pages import Page, Visitor
from verify.audit.models import AuditEntry
from verify.claimreviews import publisher_actions
from verify.claimreviews.models import ClaimReview, ClaimReviewVersion
from verify.claimreviews.signals import claimreviews_removed
from verify.db import db
from verify.jobs.worker import run_pending


def remove(visitor: Visitor, reason: str = "It withdrew its licence by letter.") -> Page:
    page = visitor.get("/claimreviews/publishers").get_link("Lantern Check")
    return page.form("/remove").submit(reason=reason)


def count(app: Flask) -> tuple[int, int]:
    with app.app_context():
        rows = select(func.count(ClaimReview.id)), select(func.count(ClaimReviewVersion.id))
        return tuple(db.session.scalar(one) or 0 for one in rows)  # type: ignore[return-value]  # two of them


def test_its_reviews_go_with_their_json_and_the_page_says_who_and_why(
    app: Flask, editor: Visitor, importing: Importing
) -> None:
    importing(as_bytes(review(1), review(2), review(3, author={"name": "Somebody else"})))
    heard: list[str] = []

    def hear(sender: list[ClaimReview], **_more: Any) -> None:
        heard.extend(one.claim for one in sender)

    with claimreviews_removed.connected_to(hear):
        page = remove(editor)
    assert "2 reviews of Lantern Check removed" in page.text
    assert "Removed by Edda Editor" in page.text
    assert "withdrew its licence by letter" in page.text
    assert count(app) == (1, 1)
    assert len(heard) == 2
    with app.app_context():
        assert "claimreviews.publisher_removed" in db.session.scalars(select(AuditEntry.action)).all()


def test_they_do_not_come_back_by_themselves_and_do_when_somebody_allows_it(
    app: Flask, editor: Visitor, importing: Importing
) -> None:
    importing(as_bytes(review(1)))
    remove(editor)
    assert "1 refused." in importing(as_bytes(review(1))).text
    assert count(app) == (0, 0)
    page = editor.get("/claimreviews/publishers").get_link("Lantern Check").form("/readmit").submit()
    assert "taken in again" in page.text
    assert "1 new." in importing(as_bytes(review(1))).text


def test_a_reason_is_asked_for_and_a_checker_is_not_asked_at_all(
    app: Flask, editor: Visitor, checker: Visitor, importing: Importing
) -> None:
    importing(as_bytes(review(1)))
    assert remove(editor, reason=" ").status == 422
    page = checker.get("/claimreviews/publishers").get_link("Lantern Check")
    assert not page.select("//main//form")
    assert checker.post("/claimreviews/publishers/1/remove", {"reason": "x"}).status in (400, 403)
    assert count(app) == (1, 1)


def test_many_are_out_of_sight_at_once_and_deleted_by_a_job(
    app: Flask, editor: Visitor, importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher_actions, "AT_ONCE", 2)
    importing(as_bytes(*(review(number) for number in range(5))))
    page = remove(editor)
    assert "5 reviews still to be removed" in page.text
    assert "gates in one night" not in editor.get("/claimreviews").text
    assert editor.get("/claimreviews/1").status == 404
    assert page.form("/readmit").submit().status == 422
    with app.app_context():
        run_pending()
    assert count(app) == (0, 0)


def test_removing_twice_is_told(editor: Visitor, importing: Importing) -> None:
    importing(as_bytes(review(1)))
    form = editor.get("/claimreviews/publishers").get_link("Lantern Check").form("/remove")
    form.submit(reason="First.")
    fields = form.fields()
    fields["reason"], fields["form_key"] = "Second.", "another-key"
    again = form.send(fields)
    assert again.status == 422
    assert "removed already" in again.text
    assert "First." in again.text
