"""The review and adjudication screens through HTTP, as a browser without JavaScript meets them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.grading.bench import (
    Bench,
    at,
    errors_beside,
    fill,
    form_of,
    judged,
    lay_out,
    refuting,
    send,
    window,
)
from verify.db import db
from verify.grading.models import Review, ReviewDraft
from verify.tickets import moves
from verify.tickets.actions import drop, renew_assignments
from verify.tickets.workflow import Move, Rating

LONG = "The log of the board and the photograph of the gate agree to the minute. " * 20


@pytest.fixture
def bench(app: Flask) -> Bench:
    return lay_out(app)


def count_of(app: Flask, table: type[Review] | type[ReviewDraft]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_review_is_sent_and_the_reviewer_led_to_the_grades(app: Flask, bench: Bench) -> None:
    page = fill(form_of(window(app, bench.first), bench), bench)
    assert (page.status, page.path) == (200, bench.address)
    assert "Your review is sealed. It opens when the other one is in." in page.text
    assert page.select("//*[@id='grades']//article[@class='review']")


def test_an_empty_form_comes_back_with_an_error_beside_every_field(app: Flask, bench: Bench) -> None:
    page = (
        form_of(window(app, bench.first), bench).form(button="Seal and send").submit(button="Seal and send")
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


def test_what_was_typed_comes_back_with_the_errors(app: Flask, bench: Bench) -> None:
    page = fill(
        form_of(window(app, bench.first), bench), bench, rationale=LONG * 9, considered=[], sourcing="4"
    )
    assert page.status == 422
    assert errors_beside(page) == {"rationale"}
    assert "the desk keeps up to 10,000" in page.text
    fields = page.form(button="Seal and send").fields()
    assert (fields["rationale"].strip(), fields["sourcing"]) == ((LONG * 9).strip(), "4")


@pytest.mark.both_databases
def test_control_characters_do_no_harm_and_right_to_left_text_stays_as_it_is(
    app: Flask, bench: Bench
) -> None:
    words = "\x00The gates\x1b\r\nدروازه\u202e were open\x07"
    visitor = window(app, bench.first)
    drafted = fill(form_of(visitor, bench), bench, button="Save draft", rationale=words)
    assert drafted.status == 200
    sealed = fill(drafted, bench, rationale=words)
    assert "Your review is sealed" in sealed.text
    with app.app_context():
        assert db.session.scalars(select(Review)).one().rationale == "The gates\nدروازه\u202e were open"
    assert sealed.select("//article[@class='review']//span[@class='control-mark']")


def test_missing_evidence_is_said_beside_the_list(app: Flask, bench: Bench) -> None:
    page = fill(form_of(window(app, bench.first), bench), bench, considered=[])
    assert page.status == 422
    assert errors_beside(page) == {"considered"}


def test_without_script_the_proposed_rating_is_told_when_a_reason_is_asked(app: Flask, bench: Bench) -> None:
    empty = form_of(window(app, bench.first), bench)
    assert not empty.select("//*[@data-proposed]"), "nothing is proposed before grades are chosen"
    page = fill(empty, bench, rating="confirmed")
    assert page.status == 422
    assert errors_beside(page) == {"override_reason"}
    assert "For these grades the rule proposes Unverified" in page.text
    done = page.form(button="Seal and send").submit(
        button="Seal and send", override_reason="I saw the gates."
    )
    assert "sealed" in done.text


def test_the_rule_answers_only_for_three_chosen_grades(app: Flask, bench: Bench) -> None:
    visitor = window(app, bench.first)
    assert not visitor.get(f"{bench.address}/proposal?sourcing=3&attribution=3").select("//*[@data-proposed]")
    assert not visitor.get(f"{bench.address}/proposal?sourcing=9&attribution=x&confirmation=1").select(
        "//*[@data-proposed]"
    )
    found = visitor.get(f"{bench.address}/proposal?sourcing=3&attribution=3&confirmation=1")
    assert [one.get("data-proposed") for one in found.select("//*[@data-proposed]")] == ["unverified"]


def test_a_changed_ticket_holds_the_review_back_and_keeps_every_word(app: Flask, bench: Bench) -> None:
    page = form_of(window(app, bench.first), bench)
    with at(app, bench) as here:
        refuting(db.session, here)
    held = fill(page, bench)
    assert held.status == 409
    assert "Somebody changed" in held.text
    assert "evidence added: 2. Gate log of the dam" in held.text
    assert held.form(button="Seal and send").fields()["rationale"].strip().startswith("The spokeswoman")
    assert "sealed" in held.form(button="Seal and send").submit(button="Seal and send").text


def test_a_double_click_sends_one_review(app: Flask, bench: Bench) -> None:
    visitor = window(app, bench.first)
    page = form_of(visitor, bench)
    once, twice = fill(page, bench), fill(page, bench)
    assert once.path == twice.path == bench.address
    assert count_of(app, Review) == 1


@pytest.mark.both_databases
def test_two_clicks_at_the_same_moment_send_one_review_and_lead_to_one_place(
    app: Flask, bench: Bench
) -> None:
    windows = [window(app, bench.first) for _ in range(2)]
    forms = [form_of(visitor, bench) for visitor in windows]
    with ThreadPoolExecutor(2) as clicks:
        pages = list(clicks.map(lambda page: fill(page, bench), forms))
    assert [(page.status, page.path) for page in pages] == [(200, bench.address)] * 2
    assert count_of(app, Review) == 1


def test_two_open_windows_send_one_review(app: Flask, bench: Bench) -> None:
    visitor = window(app, bench.first)
    one, other = form_of(visitor, bench), form_of(visitor, bench)
    fill(one, bench)
    assert fill(other, bench).path == bench.address
    assert count_of(app, Review) == 1


def test_a_field_that_the_form_does_not_list_is_refused(app: Flask, bench: Bench) -> None:
    page = form_of(window(app, bench.first), bench)
    fields = page.form(button="Seal and send").fields()
    fields["reviewer_id"] = str(bench.second.id)
    assert page.form(button="Seal and send").send(fields).status == 422
    assert page.form(button="Save draft").send(fields, "Save draft").status == 422


def test_a_draft_is_saved_by_button_and_found_again(app: Flask, bench: Bench) -> None:
    visitor = window(app, bench.first)
    page = fill(form_of(visitor, bench), bench, button="Save draft", rationale="Half a thought", rating=None)
    assert (page.status, page.path) == (200, f"{bench.address}/review")
    assert "Your draft is saved" in page.text
    fields = page.form(button="Seal and send").fields()
    assert (fields["rationale"].strip(), fields["sourcing"], fields.getlist("considered")) == (
        "Half a thought", "3", [str(bench.log.id)]
    )  # fmt: skip
    assert "rating" not in fields


def test_a_draft_saved_by_script_answers_with_the_time_and_nothing_else(app: Flask, bench: Bench) -> None:
    visitor = window(app, bench.first)
    fields = form_of(visitor, bench).form(button="Save draft").fields()
    fields["rationale"] = "Half a thought"
    answer = visitor.client.post(
        f"{bench.address}/review/draft", data=fields, headers={"X-Requested-With": "autosave"}
    )
    assert answer.status_code == 200
    assert set(answer.get_json()) == {"saved_at"}
    assert count_of(app, ReviewDraft) == 1


def test_a_draft_after_the_review_is_refused_in_words(app: Flask, bench: Bench) -> None:
    visitor = window(app, bench.first)
    page = form_of(visitor, bench)
    fields = page.form(button="Save draft").fields()
    fill(page, bench)
    answer = visitor.client.post(
        f"{bench.address}/review/draft",
        data={**fields, "form_key": "another"},
        headers={"X-Requested-With": "autosave"},
    )
    assert answer.status_code == 409
    assert "no draft to keep" in answer.get_json()["message"]


def test_a_review_whose_ticket_was_dropped_meanwhile_keeps_its_text(app: Flask, bench: Bench) -> None:
    page = form_of(window(app, bench.first), bench)
    with at(app, bench) as here:
        drop(db.session, here.editor, here.ticket, reason="Not ours to check.")
        db.session.commit()
    held = fill(page, bench, rationale=LONG)
    assert held.status == 409
    assert "is over" in held.text
    assert LONG.strip() in held.form(button="Seal and send").fields()["rationale"]


def test_who_is_not_a_reviewer_is_told_so(app: Flask, bench: Bench) -> None:
    for person in (bench.third, bench.opener, bench.editor):
        page = form_of(window(app, person), bench)
        assert page.status == 403
        assert "You are not a reviewer" in page.text


def test_reviewers_of_a_returned_ticket_start_from_their_own_last_review(app: Flask, bench: Bench) -> None:
    with at(app, bench) as here:
        send(db.session, here, here.first, judged(rationale="First words."))
        send(db.session, here, here.second, judged(2, 3, 1, rationale="Other words."))
        moves.move(
            db.session, here.editor, here.ticket, Move.SEND_BACK, reason="Which gate?",
            sourcing=None, attribution=None, confirmation=None, rating=None,
        )  # fmt: skip
        renew_assignments(db.session, here.editor, here.ticket)
        db.session.commit()
    page = form_of(window(app, bench.first), bench)
    assert "Which gate?" in page.text
    fields = page.form(button="Seal and send").fields()
    assert (fields["rationale"].strip(), fields["sourcing"], fields["rating"]) == (
        "First words.", "3", Rating.UNVERIFIED.value
    )  # fmt: skip
    assert "Round 1: earlier reviews" in window(app, bench.first).get(bench.address).text
