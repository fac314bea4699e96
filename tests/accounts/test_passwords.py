"""What is asked of a password, and what changing it does."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import select, update

from tests.cast import PASSWORD
from tests.pages import Page, Visitor
from verify.accounts import passwords
from verify.accounts.models import Person
from verify.config import Settings
from verify.db import db
from verify.errors import Refused

NEW = "seven herons over wet slate"


def change(visitor: Visitor, old: str, new: str) -> Page:
    form = visitor.get("/account").form("/account/password")
    return form.submit(password_present=old, password_new=new)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("fourteen chars", "15 characters"),
        ("x" * 201, "at most 200"),
        ("passwordpassword123", "among the first"),
        ("qwertyuiopasdfghjkl", "among the first"),
        ("aaaaaaaaaaaaaaaaaaaa", "among the first"),
        ("nadianadianadia", "among the first"),
    ],
)
def test_a_short_or_common_password_is_refused_with_what_to_do(password: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        passwords.refuse_weak(password, about=("Nadia Rahimi", "nadia@desk.example"))


@pytest.mark.parametrize("password", [NEW, "сім чапель над сланцем", "  spaces stay where they are  "])
def test_a_long_password_of_any_script_is_taken_as_typed(
    app: Flask, settings: Settings, password: str
) -> None:
    passwords.refuse_weak(password)
    stored = passwords.hash_password(settings, password)
    assert stored.startswith("$argon2id$")
    assert passwords.matches(settings, stored, password)
    assert not passwords.matches(settings, stored, password.strip() + ".")


def test_a_new_password_signs_every_other_browser_out_and_keeps_this_one(
    app: Flask, nadia: str, visitor: Visitor
) -> None:
    other = Visitor(app)
    other.sign_in(nadia, PASSWORD)
    visitor.sign_in(nadia, PASSWORD)
    assert "Your password is changed." in change(visitor, PASSWORD, NEW).text
    assert visitor.get("/account").path == "/account"
    assert other.get("/account").path == "/sign-in"
    assert other.sign_in(nadia, PASSWORD).status == 422
    other.sign_in(nadia, NEW)
    assert other.get("/account").path == "/account"


def test_the_present_password_is_asked_for_before_a_new_one(nadia: str, visitor: Visitor) -> None:
    visitor.sign_in(nadia, PASSWORD)
    page = change(visitor, "not the present one", NEW)
    assert page.status == 422
    assert "This is not your present password." in page.text


def test_the_present_password_cannot_be_guessed_at_leisure_on_a_borrowed_machine(
    nadia: str, visitor: Visitor
) -> None:
    visitor.sign_in(nadia, PASSWORD)
    tries = [change(visitor, f"guess number {number}", NEW) for number in range(7)]
    assert [page.status for page in tries] == [422] * 6 + [429]
    assert change(visitor, PASSWORD, NEW).status == 429
    assert "Wait a quarter of an hour" in tries[-1].text


def test_a_hash_made_with_lower_costs_is_renewed_at_the_next_sign_in(
    app: Flask, nadia: str, settings: Settings, visitor: Visitor
) -> None:
    with app.app_context():
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        db.session.execute(update(Person).values(password_hash=cheap))
        db.session.commit()
    visitor.sign_in(nadia, PASSWORD)
    with app.app_context():
        stored = db.session.scalars(select(Person.password_hash)).one()
        assert stored != cheap
        assert not passwords.needs_rehash(settings, stored)


def test_a_person_sees_their_browsers_and_signs_out_the_others(
    app: Flask, nadia: str, visitor: Visitor
) -> None:
    other = Visitor(app)
    other.client.environ_base["HTTP_USER_AGENT"] = (
        "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"
    )
    other.sign_in(nadia, PASSWORD)
    visitor.sign_in(nadia, PASSWORD)
    page = visitor.get("/account")
    assert "Firefox on Linux" in page.text
    page.form(button="Sign out everywhere else").submit()
    assert other.get("/account").path == "/sign-in"
    assert visitor.get("/account").path == "/account"


def test_nobody_ends_the_session_of_somebody_else(
    app: Flask, nadia: str, olga: str, visitor: Visitor
) -> None:
    mine, theirs = visitor, Visitor(app)
    theirs.sign_in(olga, PASSWORD)
    mine.sign_in(nadia, PASSWORD)
    extra = Visitor(app)
    extra.sign_in(nadia, PASSWORD)
    form = mine.get("/account").form("/end")
    number = int(form.address.split("/")[-2])
    for other in {1, 2, 3} - {number}:
        form.address = f"/account/sessions/{other}/end"
        form.submit()
    assert theirs.get("/account").path == "/account"
