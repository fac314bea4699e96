"""Reviews come in once, change in the open, and what could not be read is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from tests.cast import make_person
from tests.claimreviews.conftest import Importing
from tests.claimreviews.made import SITE, as_bytes, review
from tests.pages import Visitor
from verify.audit.models import AuditEntry
from verify.claimreviews import actions, apart, lookups, taking_in
from verify.claimreviews.lookups import Filters
from verify.claimreviews.models import ClaimReview, ClaimReviewVersion, Import, ImportPart
from verify.claimreviews.reading import read
from verify.claimreviews.signals import claimreviews_imported
from verify.db import db
from verify.errors import Forbidden
from verify.jobs.worker import run_pending
from verify.permissions import Role


def held() -> list[ClaimReview]:
    """All reviews, in the order in which they came."""
    return list(db.session.scalars(select(ClaimReview).order_by(ClaimReview.id)))


def test_a_file_is_taken_in_and_says_what_came_of_it(app: Flask, importing: Importing) -> None:
    page = importing(as_bytes(review(1), review(2), review(3, claimReviewed=None)))
    assert "2 new, 1 unreadable." in page.text
    assert "number 3" in page.text
    assert "does not say which claim" in page.text
    shown = page.get_link("To the reviews").get_link("lost 1 of its gates")
    for words in ("Mostly false", "Lantern Check", "Tarik Onal", "CC BY 4.0", "6 March 2026", "4 March 2026", "en-GB",
                  "keeper’s log", "not this desk’s verdict", "Carl Checker"):  # fmt: skip
        assert words in shown.text, words
    links = {link.get("href"): link.get("rel") for link in shown.select("//main//a | //aside//a")}
    for address in (f"{SITE}/checks/1", "https://hill-post.example/dam", "https://valley-radio.example/12"):
        assert links[address] == "noopener nofollow ugc"
    with app.app_context():
        assert "claimreviews.imported" in db.session.scalars(select(AuditEntry.action)).all()


def test_imported_twice_is_there_once(app: Flask, importing: Importing) -> None:
    importing(as_bytes(review(1), review(1)))
    again = review(1, url=f"{SITE.replace('https', 'http')}/checks/1/?utm_source=feed#top")
    assert "1 known." in importing(as_bytes(review(1))).text
    assert "1 changed." in importing(as_bytes(again)).text, (
        "its address is written otherwise, and it is the same page"
    )
    assert "1 new." in importing(as_bytes(review(1, claimReviewed="Another claim on the same page."))).text
    with app.app_context():
        assert len(held()) == 2


def test_a_changed_review_keeps_what_it_said_before(
    app: Flask, importing: Importing, checker: Visitor
) -> None:
    importing(as_bytes(review(1)))
    rating = {**review(1)["reviewRating"], "alternateName": "True after all", "ratingValue": "5"}
    assert "1 changed." in importing(as_bytes(review(1, reviewRating=rating))).text
    with app.app_context():
        (one,) = held()
        assert (one.version, one.rating) == (2, "True after all (5 on a scale from 1 to 5)")
        number = one.id
    page = checker.get(f"/claimreviews/{number}")
    assert "imported it changed" in page.text
    row = [cell.text_content() for cell in page.select("//tr[th='Rating']/td")]
    assert row == ["Mostly false", "True after all"]
    first = json.loads(checker.get(f"/claimreviews/{number}/versions/1.json").html)
    assert first["reviewRating"]["alternateName"] == "Mostly false"
    answer = checker.client.get(f"/claimreviews/{number}/versions/2.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert checker.get(f"/claimreviews/{number}/versions/3.json").status == 404


def test_two_sources_that_tell_it_differently_do_not_change_it_for_ever(importing: Importing) -> None:
    other = as_bytes(review(1, headline="As another feed has it"))
    assert "1 new" in importing(as_bytes(review(1)), name="page.json").text
    assert "1 changed" in importing(other, name="feed.json").text
    assert "1 known" in importing(as_bytes(review(1)), name="page.json").text
    assert "1 known" in importing(other, name="feed.json").text


def test_a_licence_is_kept_as_stated_and_an_unknown_one_takes_none_away(
    app: Flask, importing: Importing
) -> None:
    importing(as_bytes(review(1)), licence="unknown")
    importing(as_bytes(review(2, license="https://lantern-check.example/licence")), licence="CC0 1.0")
    with app.app_context():
        assert [one.licence for one in held()] == ["unknown", "https://lantern-check.example/licence"]
    assert (
        "1 changed"
        in importing(as_bytes(review(1)), licence="other", licence_words="By letter of 3 May").text
    )
    assert "1 known" in importing(as_bytes(review(1)), licence="unknown").text
    with app.app_context():
        assert held()[0].licence == "By letter of 3 May"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"licence": "other"}, "Write which licence it is"),
        ({"address": "https://a.example/"}, "came together"),
        ({"licence": "mine, all mine"}, "Choose one of those offered"),
    ],
)
def test_a_form_that_cannot_be_taken_comes_back_with_its_reason(
    importing: Importing, typed: dict[str, Any], reason: str
) -> None:
    page = importing(as_bytes(review(1)), **typed)
    assert page.status == 422
    assert reason in page.text


def test_neither_file_nor_address_and_an_empty_file_are_refused(
    checker: Visitor, importing: Importing
) -> None:
    page = checker.get("/claimreviews/new").form("/claimreviews/new").submit("Import", upload=None)
    assert (page.status, "Choose a file, or write an address" in page.text) == (422, True)
    assert "This file is empty" in importing(b"").text


def test_what_this_desk_published_itself_is_no_other_organisations(app: Flask, importing: Importing) -> None:
    page = importing(as_bytes(review(1), review(2, url="http://localhost/verdicts/ORT-0001")))
    assert "1 new." in page.text
    assert "this desk’s own: 1" in page.text
    with app.app_context():
        assert len(held()) == 1


def test_a_file_above_the_limit_is_refused_with_its_size(
    importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "LIMITS", apart.Limits(file_bytes=apart.MEBIBYTE))
    page = importing(b" " * apart.MEBIBYTE + as_bytes(review(1)))
    assert (page.status, "larger than the 1 MB" in page.text) == (422, True)


def test_a_hostile_review_is_shown_and_not_obeyed(importing: Importing) -> None:
    evil = "<script>alert(1)</script>\u202e\u0000"
    page = importing(
        as_bytes(
            review(1, claimReviewed=evil, headline=evil, author={"name": evil, "url": "javascript:alert(2)"})
        ),
        name="<b>\u202e.json",
    )
    shown = page.get_link("To the reviews").get_link("alert(1)")
    for one in (page, shown):
        assert one.status == 200
        assert "<script>alert" not in one.html
        assert "\u202e" not in one.html
        assert "javascript:" not in one.html
    assert "U+202E" in shown.text


def test_a_long_file_is_taken_in_by_a_job_part_by_part(
    app: Flask, importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "AT_ONCE", 3)
    monkeypatch.setattr(taking_in, "A_PART", 4)
    reviews = [review(number) for number in range(10)] + [review(1)]
    page = importing(as_bytes(*reviews))
    assert "11 still to be taken in" in page.text
    with app.app_context():
        assert not held()
        run_pending()
        assert len(held()) == 10
        assert db.session.scalar(select(func.count(ImportPart.id))) == 0
    assert "10 new, 1 known." in page.visitor.get(page.path).text


def test_a_job_that_is_cut_off_goes_on_where_it_was(
    app: Flask, importing: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "AT_ONCE", 3)
    monkeypatch.setattr(taking_in, "A_PART", 4)
    importing(as_bytes(*(review(number) for number in range(10))))
    done = iter([True, False])
    taken_in = taking_in.take_in

    def breaks(*words: Any) -> None:
        if not next(done, True):
            raise ZeroDivisionError
        taken_in(*words)

    monkeypatch.setattr(taking_in, "take_in", breaks)
    with app.app_context():
        run_pending(most=1)
        assert len(held()) == 4
        db.session.rollback()
        from datetime import timedelta

        from verify.db import now

        run_pending(at=now() + timedelta(hours=1))
        assert len(held()) == 10
        one = db.session.scalars(select(Import)).one()
        assert (one.new, one.left) == (10, 0)


def test_the_index_hears_of_every_review_that_is_new_or_changed(app: Flask, importing: Importing) -> None:
    heard: list[tuple[str, bool]] = []

    def hear(sender: list[ClaimReview], **more: Any) -> None:
        heard.extend((one.claim, one.id is not None and more["session"] is not None) for one in sender)

    with claimreviews_imported.connected_to(hear):
        importing(as_bytes(review(1), review(2)))
        importing(as_bytes(review(1), review(2, headline="New words")))
    assert [claim[16:22] for claim, whole in heard if whole] == ["lost 1", "lost 2", "lost 2"]


def test_versions_are_never_changed(app: Flask, importing: Importing) -> None:
    importing(as_bytes(review(1)))
    with app.app_context(), pytest.raises(IntegrityError, match="never changed"):
        db.session.execute(text("UPDATE claimreview_version SET source_json = '{}'"))


def test_who_only_reads_may_not_import(app: Flask) -> None:
    with app.app_context():
        reader = make_person(db.session, "Rita Reader", Role.READER)
        found = read(as_bytes(review(1)))
        with pytest.raises(Forbidden):
            actions.import_file(
                db.session, reader, name="a", sha256="0" * 64, licence="unknown", reading=found
            )
        assert lookups.reviews(db.session, reader, Filters()).reviews == []
        assert db.session.scalar(select(func.count(ClaimReviewVersion.id))) == 0
