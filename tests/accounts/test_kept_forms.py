"""Nothing typed is lost when a session ends, or a password is asked for again, in the middle of a form."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from tests.cast import PASSWORD
from tests.pages import Form, Page, Visitor
from verify.accounts.models import AuthSession, Person
from verify.db import db, now

LONG_NAME = "Nadia\u2066 Rahimi-Šarić"


def end_sessions(app: Flask) -> None:
    """As when the night has passed."""
    with app.app_context():
        db.session.execute(delete(AuthSession))
        db.session.commit()


def name_of(app: Flask, email: str) -> str:
    with app.app_context():
        return db.session.scalars(select(Person.name).where(Person.email == email)).one()


@pytest.fixture
def interrupted(app: Flask, nadia: str, visitor: Visitor) -> Page:
    """The page after a form was sent from a session that had ended."""
    visitor.sign_in(nadia, PASSWORD)
    form = visitor.get("/account").form("/account/name")
    end_sessions(app)
    return form.submit(name=LONG_NAME)


def test_a_form_sent_after_the_session_ended_is_kept_and_changes_nothing(
    app: Flask, nadia: str, interrupted: Page
) -> None:
    assert interrupted.status == 401
    assert "Nothing you typed is lost" in interrupted.text
    assert interrupted.form("/sign-in/again").fields()["name"] == LONG_NAME
    assert name_of(app, nadia) == "Nadia Rahimi"


def test_signing_in_again_sends_the_form_to_where_it_was_going(
    app: Flask, nadia: str, interrupted: Page
) -> None:
    page = interrupted.form("/sign-in/again").submit(again_email=nadia, again_password=PASSWORD)
    assert page.path == "/account"
    assert "Your name is changed." in page.text
    assert name_of(app, nadia) == LONG_NAME


def test_a_wrong_password_on_the_way_keeps_everything(app: Flask, nadia: str, interrupted: Page) -> None:
    again = interrupted.form("/sign-in/again").submit(again_email=nadia, again_password="not this one at all")
    assert again.status == 422
    assert again.form("/sign-in/again").fields()["name"] == LONG_NAME
    again.form("/sign-in/again").submit(again_email=nadia, again_password=PASSWORD)
    assert name_of(app, nadia) == LONG_NAME


def test_what_was_typed_is_shown_with_its_invisible_characters(interrupted: Page) -> None:
    assert "U+2066" in interrupted.text


def test_a_form_that_another_site_sends_in_somebodys_name_is_not_kept(nadia: str, visitor: Visitor) -> None:
    answer = visitor.client.post(
        "/account/name", data={"name": "Mallory"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 303
    assert "Mallory" not in visitor.client.get(answer.location or "").get_data(as_text=True)


def test_a_form_cannot_be_sent_on_to_another_site(nadia: str, interrupted: Page) -> None:
    form = interrupted.form("/sign-in/again")
    fields = form.fields()
    fields["again_action"], fields["again_email"], fields["again_password"] = (
        "//evil.example/",
        nadia,
        PASSWORD,
    )
    answer = interrupted.visitor.client.post("/sign-in/again", data=fields)
    assert answer.location == "/"


def test_an_old_token_asks_to_send_again_and_keeps_what_was_typed(
    app: Flask, nadia: str, visitor: Visitor
) -> None:
    visitor.sign_in(nadia, PASSWORD)
    form = visitor.get("/account").form("/account/name")
    page = form.submit(name=LONG_NAME, csrf_token="from long ago")
    assert page.status == 400
    page = page.form("/account/name").send(page.form("/account/name").fields())
    assert "Your name is changed." in page.text
    assert name_of(app, nadia) == LONG_NAME


def test_an_upload_that_could_not_be_kept_is_named(nadia: str, visitor: Visitor) -> None:
    sent = {"title": "Flood gates", "file": (BytesIO(b"text"), "gates.txt")}
    page = visitor.post("/articles/new", sent)
    assert page.status == 401
    assert "gates.txt" in page.text


@pytest.fixture
def long_ago(app: Flask, olga: str, nadia: str, visitor: Visitor) -> Form:
    """The form that closes Nadia's account, before an administrator who typed a password an hour ago."""
    visitor.sign_in(olga, PASSWORD)
    with app.app_context():
        db.session.execute(update(AuthSession).values(confirmed_at=now() - timedelta(hours=1)))
        db.session.commit()
        number = db.session.scalars(select(Person.id).where(Person.email == nadia)).one()
    return visitor.get(f"/people/{number}").form("/close")


def test_a_grave_act_asks_for_the_password_when_it_was_typed_long_ago(
    app: Flask, nadia: str, long_ago: Form
) -> None:
    page = long_ago.submit()
    assert page.status == 403
    page = page.form("/account/confirm").submit(again_password="wrong, quite wrong")
    assert page.status == 403
    page = page.form("/account/confirm").submit(again_password=PASSWORD)
    assert "The account is closed." in page.text


def test_a_grave_act_does_not_ask_twice_in_a_quarter_of_an_hour(long_ago: Form) -> None:
    page = long_ago.submit().form("/account/confirm").submit(again_password=PASSWORD)
    page = page.form("/open").submit()
    assert "The account is open again." in page.text
