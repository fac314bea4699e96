"""Signing in and out, and how many tries a stranger gets."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.cast import PASSWORD
from tests.pages import Visitor
from verify.accounts.attempts import PER_ACCOUNT, network_of
from verify.accounts.models import AuthSession, Person, SignInAttempt
from verify.db import db, now

WRONG = "a lamp in no window"


@pytest.mark.both_databases
def test_the_right_password_leads_to_where_one_wanted_to_go(nadia: str, visitor: Visitor) -> None:
    page = visitor.get("/account")
    assert page.path == "/sign-in"
    page = page.form("/sign-in").submit(email=nadia.upper(), password=PASSWORD)
    assert page.path == "/account"
    assert "Nadia Rahimi" in page.html


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(nadia: str, visitor: Visitor) -> None:
    known = visitor.sign_in(nadia, WRONG)
    unknown = visitor.sign_in("nobody@desk.example", WRONG)
    assert known.status == unknown.status == 422
    assert (
        known.select("//*[@role='alert']")[0].text_content()
        == unknown.select("//*[@role='alert']")[0].text_content()
    )


def test_the_address_that_was_typed_comes_back_and_the_password_does_not(
    nadia: str, visitor: Visitor
) -> None:
    fields = visitor.sign_in(nadia, WRONG).form("/sign-in").fields()
    assert fields["email"] == nadia
    assert not fields["password"]


def test_a_closed_account_cannot_sign_in(app: Flask, nadia: str, visitor: Visitor) -> None:
    with app.app_context():
        db.session.execute(update(Person).values(active=False))
        db.session.commit()
    assert visitor.sign_in(nadia, PASSWORD).status == 422


def test_an_address_of_another_site_is_not_followed_after_signing_in(nadia: str, visitor: Visitor) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example", "/a\r\nX: y"):
        response = visitor.client.get("/sign-in", query_string={"next": elsewhere})
        assert "evil" not in response.get_data(as_text=True).split("<main")[1]


@pytest.mark.both_databases
def test_too_many_tries_from_one_network_wait_also_with_the_right_password(
    nadia: str, visitor: Visitor
) -> None:
    for _ in range(PER_ACCOUNT):
        assert visitor.sign_in(nadia, WRONG).status == 422
    page = visitor.sign_in(nadia, PASSWORD)
    assert page.status == 429
    assert "quarter of an hour" in page.text


def test_the_owner_comes_in_from_elsewhere_while_somebody_guesses(
    app: Flask, nadia: str, visitor: Visitor
) -> None:
    for _ in range(PER_ACCOUNT + 1):
        visitor.sign_in(nadia, WRONG)
    owner = Visitor(app)
    owner.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert owner.sign_in(nadia, PASSWORD).status != 429
    assert owner.get("/account").path == "/account"


def test_the_owner_comes_in_from_a_known_browser_in_the_same_building(
    app: Flask, nadia: str, visitor: Visitor
) -> None:
    owner = Visitor(app)
    owner.sign_in(nadia, PASSWORD)
    owner.get("/account").form("/sign-out").submit()
    for _ in range(PER_ACCOUNT + 1):
        visitor.sign_in(nadia, WRONG)
    owner.sign_in(nadia, PASSWORD)
    assert owner.get("/account").path == "/account"


def test_tries_are_forgotten_after_a_quarter_of_an_hour(app: Flask, nadia: str, visitor: Visitor) -> None:
    for _ in range(PER_ACCOUNT):
        visitor.sign_in(nadia, WRONG)
    with app.app_context():
        db.session.execute(update(SignInAttempt).values(failed_at=now() - timedelta(minutes=16)))
        db.session.commit()
    visitor.sign_in(nadia, PASSWORD)
    assert visitor.get("/account").path == "/account"


def test_neighbours_in_one_ipv6_network_share_their_tries() -> None:
    assert (
        network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9") != network_of("2001:db8:1:3::1")
    )
    assert network_of("192.0.2.1") == "192.0.2.1"
    assert network_of(None) == "unknown"


def test_signing_out_ends_the_session_in_the_database(app: Flask, nadia: str, visitor: Visitor) -> None:
    visitor.sign_in(nadia, PASSWORD)
    stolen = visitor.client.get_cookie("verify")
    assert stolen is not None
    visitor.get("/account").form("/sign-out").submit()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(AuthSession)) == 0
    visitor.client.set_cookie("verify", stolen.value)
    assert visitor.get("/account").path == "/sign-in"


def test_only_the_hash_of_a_session_is_stored(app: Flask, nadia: str, visitor: Visitor) -> None:
    visitor.sign_in(nadia, PASSWORD)
    with visitor.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with app.app_context():
        stored = db.session.scalars(select(AuthSession)).one()
        assert token not in (stored.token_hash, stored.browser, stored.address)


@pytest.mark.parametrize("column", ["seen_at", "created_at"])
def test_a_session_ends_when_unused_for_long_and_after_long_in_any_case(
    app: Flask, nadia: str, visitor: Visitor, column: str
) -> None:
    visitor.sign_in(nadia, PASSWORD)
    with app.app_context():
        db.session.execute(update(AuthSession).values({column: now() - timedelta(days=15)}))
        db.session.commit()
    assert visitor.get("/account").path == "/sign-in"


def test_the_way_in_leads_strangers_to_the_verdicts_and_colleagues_to_the_queue(
    nadia: str, visitor: Visitor
) -> None:
    assert visitor.client.get("/").location == "/verdicts"
    visitor.sign_in(nadia, PASSWORD)
    assert visitor.client.get("/").location == "/queue"


def test_search_engines_are_told_to_read_only_what_is_published(visitor: Visitor) -> None:
    rules = visitor.client.get("/robots.txt").get_data(as_text=True)
    assert "Disallow: /\n" in rules
    assert "Allow: /verdicts\n" in rules
