"""Addresses that nobody would type by hand: answered like any other address that leads nowhere."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import make_person, sign_in
from tests.pages import Visitor
from verify.db import db
from verify.permissions import Role


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "address",
    [
        "/articles/99999999999",
        "/articles/999999999999999999999999",
        "/sources/99999999999",
        "/tickets/NOPE-99999999999999999999",
        "/tickets/%00",
        "/verdicts/%00",
        "/queue?q=%00",
        "/queue?investigation=999999999999999999999",
        "/queue?after=%00",
        "/verdicts?q=%00",
        "/articles?q=%00",
        "/sources?q=%00",
        "/search?q=%00",
        "/search?q=gates&page=99999999999999999999",
        "/search?q=gates&kind=%00",
    ],
)
def test_an_odd_address_is_no_fault_of_the_desk(app: Flask, address: str) -> None:
    with app.app_context():
        person = make_person(db.session, "Carl Checker", Role.CHECKER)
        db.session.commit()
        visitor = Visitor(app)
        sign_in(visitor, person)
    assert visitor.get(address).status in {200, 302, 303, 404}


@pytest.mark.parametrize("body", ['{"name": 5}', '{"name": "Somebody else"}', "[1, 2]", "5", "{"])
def test_what_no_form_of_the_desk_sends_changes_nothing(app: Flask, body: str) -> None:
    with app.app_context():
        person = make_person(db.session, "Carl Checker", Role.CHECKER)
        db.session.commit()
        visitor = sign_in(Visitor(app), person)
    token = visitor.get("/account").form("/account/name").fields()["csrf_token"]
    headers = {"X-CSRFToken": token}
    answer = visitor.client.post("/account/name", data=body, headers=headers, content_type="application/json")
    assert answer.status_code == 422
    assert "Carl Checker" in visitor.get("/account").text


def test_what_a_list_does_not_offer_is_refused_in_whole_sentences(app: Flask) -> None:
    with app.app_context():
        person = make_person(db.session, "Carl Checker", Role.CHECKER)
        db.session.commit()
        visitor = sign_in(Visitor(app), person)
    form = visitor.get("/articles/new").form("/articles/new")
    fields = form.fields()
    fields["language"], fields["published_on"] = "tlh", "31/12/2026"
    answer = form.send(fields)
    assert answer.status == 422
    assert "Choose one of those offered" in answer.text
    assert "Write the day as year-month-day, such as 2026-05-31." in answer.text
    assert "Not a valid" not in answer.text
