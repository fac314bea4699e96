"""Codes from an app, after the password."""

from __future__ import annotations

import time

import pyotp
import pytest
from flask import Flask

from tests.cast import PASSWORD
from tests.pages import Page, Visitor
from verify import create_app
from verify.accounts import actions
from verify.accounts.attempts import PER_ACCOUNT
from verify.config import Settings
from verify.db import db
from verify.permissions import Role


def code(page: Page, later: int = 0) -> str:
    """What an app shows that learnt the secret from this page."""
    secret = str(page.select("//figcaption/code/text()")[0]).replace(" ", "")
    return pyotp.TOTP(secret).at(int(time.time()) + later * 30)


@pytest.fixture
def shown(nadia: str, visitor: Visitor) -> Page:
    """The page with Nadia's secret, after she set it up with the code of the step before this one."""
    visitor.sign_in(nadia, PASSWORD)
    page = visitor.get("/account/second-factor")
    done = page.form("/second-factor").submit(code=code(page, later=-1))
    assert "From now on the desk asks for a code" in done.text
    return page


def test_with_a_second_factor_the_password_alone_opens_nothing(app: Flask, nadia: str, shown: Page) -> None:
    guest = Visitor(app)
    page = guest.sign_in(nadia, PASSWORD)
    assert "The password is right." in page.text
    assert guest.get("/account").path == "/sign-in"
    page.form("/sign-in/code").submit(again_code=code(shown))
    assert guest.get("/account").path == "/account"


def test_a_code_works_once(app: Flask, nadia: str, shown: Page) -> None:
    used = code(shown)
    Visitor(app).sign_in(nadia, PASSWORD).form("/sign-in/code").submit(again_code=used)
    page = Visitor(app).sign_in(nadia, PASSWORD).form("/sign-in/code").submit(again_code=used)
    assert page.status == 422
    assert "was used already" in page.text


def test_wrong_codes_are_limited_like_wrong_passwords(app: Flask, nadia: str, shown: Page) -> None:
    page = Visitor(app).sign_in(nadia, PASSWORD)
    for _ in range(PER_ACCOUNT):
        page = page.form("/sign-in/code").submit(again_code="000000")
        assert page.status == 422
    page = page.form("/sign-in/code").submit(again_code=code(shown))
    assert page.status == 429


def test_a_form_interrupted_by_the_end_of_a_session_survives_both_steps(
    app: Flask, nadia: str, shown: Page
) -> None:
    visitor = shown.visitor
    form = visitor.get("/account").form("/account/name")
    visitor.client.delete_cookie("verify")
    page = (
        form.submit(name="Nadia R.").form("/sign-in/again").submit(again_email=nadia, again_password=PASSWORD)
    )
    page = page.form("/sign-in/code").submit(again_code="000000")
    page = page.form("/sign-in/code").submit(again_code=code(shown))
    assert "Your name is changed." in page.text


def test_a_forged_note_that_the_password_was_right_opens_nothing(app: Flask, nadia: str, shown: Page) -> None:
    guest = Visitor(app)
    form = guest.sign_in(nadia, PASSWORD).form("/sign-in/code")
    page = form.submit(again_note="forged", again_code=code(shown))
    assert page.path == "/sign-in"
    assert guest.get("/account").path == "/sign-in"


def test_a_wrong_first_code_shows_the_same_secret_again(nadia: str, visitor: Visitor) -> None:
    visitor.sign_in(nadia, PASSWORD)
    page = visitor.get("/account/second-factor")
    again = page.form("/second-factor").submit(code="000000")
    assert again.status == 422
    assert again.select("//figcaption/code/text()") == page.select("//figcaption/code/text()")


def test_an_administrator_removes_a_second_factor_whose_app_is_lost(
    app: Flask, nadia: str, olga: str, shown: Page
) -> None:
    administrator = Visitor(app)
    administrator.sign_in(olga, PASSWORD)
    administrator.get("/people").get_link("Nadia Rahimi").form("/remove").submit()
    assert shown.visitor.get("/account").path == "/sign-in"
    shown.visitor.sign_in(nadia, PASSWORD)
    assert shown.visitor.get("/account").path == "/account"


def test_in_production_an_editor_sets_one_up_before_anything_else(settings: Settings) -> None:
    from dataclasses import replace

    strict = replace(settings, environment="production", base_url="https://localhost")
    strict.data_dir.mkdir(exist_ok=True)
    app = create_app(strict)
    with app.app_context():
        actions.add_person(
            db.session,
            strict,
            None,
            email="eva@desk.example",
            name="Eva",
            password=PASSWORD,
            roles=[Role.EDITOR],
        )
        db.session.commit()
    editor = Visitor(app)
    editor.client.environ_base["wsgi.url_scheme"] = "https"
    page = editor.sign_in("eva@desk.example", PASSWORD)
    assert page.path == "/account/second-factor"
    assert editor.get("/audit").path == "/account/second-factor"
    page.form("/second-factor").submit(code=code(page))
    assert editor.get("/audit").path == "/audit"
    with app.app_context():
        db.engine.dispose()
