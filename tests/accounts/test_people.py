"""Joining by an invitation, roles, and closing an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.cast import PASSWORD
from tests.pages import Page, Visitor
from verify.accounts.models import Invitation, Person
from verify.audit.models import AuditEntry
from verify.config import Settings
from verify.db import db, now
from verify.permissions import Role


@pytest.fixture
def administrator(olga: str, visitor: Visitor) -> Visitor:
    """Olga, signed in."""
    visitor.sign_in(olga, PASSWORD)
    return visitor


def invite(
    administrator: Visitor, *, email: str = "karim@desk.example", roles: list[str] | None = None
) -> Page:
    form = administrator.get("/people").form("/people/invitations")
    return form.submit(email=email, roles=roles or ["checker"])


def link_in(page: Page) -> str:
    return str(page.select("//input[@id='link']/@value")[0]).removeprefix("http://localhost")


def number_of(app: Flask, email: str) -> int:
    with app.app_context():
        return db.session.scalars(select(Person.id).where(Person.email == email)).one()


@pytest.mark.both_databases
def test_somebody_invited_joins_by_the_link_with_a_name_and_password_of_their_own(
    app: Flask, administrator: Visitor
) -> None:
    link = link_in(invite(administrator, roles=["checker", "editor"]))
    guest = Visitor(app)
    page = guest.get(link).form(button="Join").submit(name="Karim Aziz", password=PASSWORD)
    assert page.status == 200
    assert "Karim Aziz" in guest.get("/account").html
    with app.app_context():
        karim = db.session.scalars(select(Person).where(Person.email == "karim@desk.example")).one()
        assert karim.roles == [Role.CHECKER, Role.EDITOR]


def test_the_link_is_shown_once_and_stored_as_a_hash(app: Flask, administrator: Visitor) -> None:
    page = invite(administrator)
    token = link_in(page).rsplit("/", 1)[1]
    assert token not in administrator.get("/people").html
    with app.app_context():
        assert token not in db.session.scalars(select(Invitation.token_hash)).all()


def test_a_link_works_once(app: Flask, administrator: Visitor) -> None:
    link = link_in(invite(administrator))
    form = Visitor(app).get(link).form(button="Join")
    form.submit(name="Karim Aziz", password=PASSWORD)
    page = Visitor(app).get(link)
    assert page.status == 404
    assert "accepted already" in page.text


def test_a_link_ends_after_a_week(app: Flask, administrator: Visitor) -> None:
    link = link_in(invite(administrator))
    with app.app_context():
        db.session.execute(update(Invitation).values(expires_at=now() - timedelta(seconds=1)))
        db.session.commit()
    assert "expired" in Visitor(app).get(link).text


def test_a_withdrawn_link_leads_nowhere(app: Flask, administrator: Visitor) -> None:
    link = link_in(invite(administrator))
    administrator.get("/people").form("/withdraw").submit()
    assert Visitor(app).get(link).status == 404


def test_a_weak_password_keeps_the_name_that_was_typed(app: Flask, administrator: Visitor) -> None:
    form = Visitor(app).get(link_in(invite(administrator))).form(button="Join")
    page = form.submit(name="Karim Aziz", password="short")
    assert page.status == 422
    assert page.form(button="Join").fields()["name"] == "Karim Aziz"
    assert "15 characters" in page.text


@pytest.mark.parametrize(
    ("email", "roles", "words"),
    [
        ("olga@desk.example", ["checker"], "account with this address"),
        ("not an address", ["checker"], "must have an @-sign"),
        ("karim@desk.example", [], "Choose at least one role."),
        ("karim@desk.example", ["owner"], "Choose one of those offered"),
    ],
)
def test_an_invitation_that_cannot_be_says_why_beside_the_field(
    administrator: Visitor, email: str, roles: list[str], words: str
) -> None:
    form = administrator.get("/people").form("/people/invitations")
    fields = form.fields()
    fields["email"] = email
    fields.setlist("roles", roles)
    page = form.send(fields)
    assert page.status == 422
    assert words in page.text
    assert page.form("/people/invitations").fields()["email"] == email


def test_roles_change_what_a_person_may_open(app: Flask, administrator: Visitor, nadia: str) -> None:
    checker = Visitor(app)
    checker.sign_in(nadia, PASSWORD)
    assert checker.get("/audit").status == 403
    number = number_of(app, nadia)
    page = administrator.get(f"/people/{number}").form("/roles").submit(roles=["checker", "editor"])
    assert "The roles are set." in page.text
    assert checker.get("/audit").status == 200


def test_the_desk_keeps_an_administrator(app: Flask, administrator: Visitor, olga: str) -> None:
    number = number_of(app, olga)
    page = administrator.get(f"/people/{number}").form("/roles").submit(roles=["reader"])
    assert page.status == 422
    assert "needs an administrator" in page.text
    assert administrator.get("/people").status == 200


def test_nobody_closes_their_own_account(app: Flask, administrator: Visitor, olga: str) -> None:
    page = administrator.get(f"/people/{number_of(app, olga)}")
    assert "Close this account" not in page.text


def test_closing_an_account_ends_its_sessions_and_opening_it_lets_it_in_again(
    app: Flask, administrator: Visitor, nadia: str
) -> None:
    checker = Visitor(app)
    checker.sign_in(nadia, PASSWORD)
    address = f"/people/{number_of(app, nadia)}"
    administrator.get(address).form("/close").submit()
    assert checker.get("/account").path == "/sign-in"
    assert checker.sign_in(nadia, PASSWORD).status == 422
    administrator.get(address).form("/open").submit()
    checker.sign_in(nadia, PASSWORD)
    assert checker.get("/account").path == "/account"


def test_an_administrator_gets_no_say_over_verdicts(administrator: Visitor) -> None:
    assert administrator.get("/articles/new").status == 403


@pytest.mark.both_databases
def test_every_act_leaves_one_entry_in_the_log(app: Flask, administrator: Visitor, nadia: str) -> None:
    before = count_entries(app)
    invite(administrator)
    administrator.get(f"/people/{number_of(app, nadia)}").form("/roles").submit(roles=["reader"])
    administrator.get(f"/people/{number_of(app, nadia)}").form("/close").submit()
    administrator.get("/account").form("/account/name").submit(name="Olga B.")
    with app.app_context():
        acts = db.session.scalars(
            select(AuditEntry.action).order_by(AuditEntry.sequence).offset(before)
        ).all()
    assert acts == ["invitation.made", "person.roles_set", "person.closed", "person.renamed"]


def count_entries(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(AuditEntry.sequence)).all())


def test_the_first_administrator_comes_in_by_the_command_line(
    app: Flask, settings: Settings, visitor: Visitor
) -> None:
    from verify.accounts.commands import people

    ran = app.test_cli_runner().invoke(people, ["invite", "olga@desk.example", "--role", "administrator"])
    assert ran.exit_code == 0, ran.output
    link = ran.stdout.strip().removeprefix("http://localhost")
    visitor.get(link).form(button="Join").submit(name="Olga Brandt", password=PASSWORD)
    assert visitor.get("/people").status == 200
    assert "olga@desk.example" in app.test_cli_runner().invoke(people, ["list"]).stdout


@pytest.mark.both_databases
def test_somebody_who_lost_their_password_chooses_a_new_one_by_a_link(
    app: Flask, administrator: Visitor, nadia: str
) -> None:
    elsewhere, owner = Visitor(app), Visitor(app)
    elsewhere.sign_in(nadia, PASSWORD)
    page = administrator.get(f"/people/{number_of(app, nadia)}").form("/new-password").submit()
    owner.get(link_in(page)).form(button="Save and sign in").submit(password="seven herons over wet slate")
    assert "Nadia Rahimi" in owner.get("/account").html
    assert elsewhere.get("/account").path == "/sign-in"
    assert elsewhere.sign_in(nadia, PASSWORD).status == 422


def test_a_link_for_a_new_password_does_not_go_round_the_second_factor(
    app: Flask, administrator: Visitor, nadia: str
) -> None:
    with app.app_context():
        db.session.execute(update(Person).where(Person.email == nadia).values(second_factor_salt="ab" * 16))
        db.session.commit()
    page = administrator.get(f"/people/{number_of(app, nadia)}").form("/new-password").submit()
    owner = Visitor(app)
    page = (
        owner.get(link_in(page))
        .form(button="Save and sign in")
        .submit(password="seven herons over wet slate")
    )
    assert page.path == "/sign-in"
    assert owner.get("/account").path == "/sign-in"


def test_of_several_links_for_a_new_password_only_the_newest_leads_anywhere_and_only_once(
    app: Flask, administrator: Visitor, nadia: str
) -> None:
    place = f"/people/{number_of(app, nadia)}"
    old, new = (link_in(administrator.get(place).form("/new-password").submit()) for _ in range(2))
    owner = Visitor(app)
    assert owner.get(old).status == 404
    owner.get(new).form(button="Save and sign in").submit(password="seven herons over wet slate")
    assert [Visitor(app).get(link).status for link in (old, new)] == [404, 404]


def test_changing_the_password_or_closing_the_account_ends_a_link_that_waits(
    app: Flask, administrator: Visitor, nadia: str
) -> None:
    place = f"/people/{number_of(app, nadia)}"
    link = link_in(administrator.get(place).form("/new-password").submit())
    owner = Visitor(app)
    owner.sign_in(nadia, PASSWORD)
    words = {"password_present": PASSWORD, "password_new": "seven herons over wet slate"}
    owner.get("/account").form("/account/password").submit(**words)
    assert Visitor(app).get(link).status == 404
    link = link_in(administrator.get(place).form("/new-password").submit())
    closed = administrator.get(place).form("/close").submit()
    assert Visitor(app).get(link).status == 404
    with app.app_context():
        assert db.session.scalars(select(Person.active).where(Person.email == nadia)).one() is False
    assert closed.status == 200
