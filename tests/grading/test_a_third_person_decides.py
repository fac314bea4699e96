"""The adjudication through HTTP: both reviews without names, and a record of its own."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.grading.bench import Bench, at, decide, dispute, errors_beside, form_of, judged, lay_out, window
from verify.db import db
from verify.tickets.actions import free_reviewer
from verify.tickets.workflow import Status

LONG = "The log of the board and the photograph of the gate agree to the minute. " * 20


@pytest.fixture
def bench(app: Flask) -> Bench:
    return lay_out(app)


def test_who_decides_sees_both_reviews_without_names(app: Flask, bench: Bench) -> None:
    with at(app, bench) as here:
        dispute(db.session, here)
    page = form_of(window(app, bench.third), bench, "adjudicate")
    assert page.status == 200
    assert "Only the board says so." in page.text
    assert "Two engineers say the same." in page.text
    assert bench.first.name not in page.text
    assert bench.second.name not in page.text
    assert "apart by 2" in page.text


def test_a_decision_is_sent_and_the_reviewers_see_where_they_were_overruled(app: Flask, bench: Bench) -> None:
    with at(app, bench) as here:
        dispute(db.session, here)
    page = form_of(window(app, bench.third), bench, "adjudicate")
    done = page.form(button="Decide").submit(
        button="Decide", sourcing="2", attribution="3", confirmation="1", rating="unverified", confidence="low",
        rationale="One voice, two mouths.",
    )  # fmt: skip
    assert done.path == bench.address
    with at(app, bench) as here:
        assert here.ticket.status is Status.GRADED
    seen = window(app, bench.second).get(bench.address)
    assert "Where the decision differs from your review" in seen.text
    assert "Confirmation: you gave 3, settled as 1" in seen.text
    assert "One voice, two mouths." in seen.text
    assert "Where the decision differs" not in window(app, bench.opener).get(bench.address).text


def test_an_empty_decision_comes_back_with_an_error_beside_every_field(app: Flask, bench: Bench) -> None:
    with at(app, bench) as here:
        dispute(db.session, here)
    page = (
        form_of(window(app, bench.third), bench, "adjudicate").form(button="Decide").submit(button="Decide")
    )
    assert page.status == 422
    assert errors_beside(page) == {
        "sourcing",
        "attribution",
        "confirmation",
        "rating",
        "confidence",
        "rationale",
    }


def test_a_second_adjudicator_learns_of_the_first_and_keeps_the_text(app: Flask, bench: Bench) -> None:
    with at(app, bench) as here:
        dispute(db.session, here)
    page = form_of(window(app, bench.editor), bench, "adjudicate")
    with at(app, bench) as here:
        decide(db.session, here, here.third, judged())
    late = page.form(button="Decide").submit(
        button="Decide", sourcing="2", attribution="3", confirmation="1", rating="unverified", confidence="low",
        rationale=LONG,
    )  # fmt: skip
    assert late.status == 409
    assert "somebody else has decided" in late.text
    assert LONG.strip() in late.form(button="Decide").fields()["rationale"]


def test_a_reviewer_finds_no_door_to_the_decision(app: Flask, bench: Bench) -> None:
    with at(app, bench) as here:
        dispute(db.session, here)
    page = form_of(window(app, bench.first), bench, "adjudicate")
    assert page.status == 403
    assert "You are a reviewer" in page.text


def test_a_draft_that_can_no_longer_be_sent_is_shown_to_its_author(app: Flask, bench: Bench) -> None:
    with at(app, bench) as here:
        dispute(db.session, here)
    page = form_of(window(app, bench.editor), bench, "adjudicate")
    page.form(button="Save draft").submit(button="Save draft", rationale=LONG)
    with at(app, bench) as here:
        decide(db.session, here, here.third, judged())
    late = form_of(window(app, bench.editor), bench, "adjudicate")
    assert late.status == 409
    assert LONG.strip() in late.text
    assert LONG.strip() not in form_of(window(app, bench.third), bench, "adjudicate").text


def test_a_freed_reviewer_still_finds_what_they_had_written(app: Flask, bench: Bench) -> None:
    visitor = window(app, bench.first)
    form_of(visitor, bench).form(button="Save draft").submit(button="Save draft", rationale=LONG)
    with at(app, bench) as here:
        free_reviewer(db.session, here.editor, here.ticket, here.first, reason="On leave.")
        db.session.commit()
    page = form_of(visitor, bench)
    assert page.status == 403
    assert LONG.strip() in page.text
