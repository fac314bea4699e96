"""A person with a password, whom the tests of accounts let in."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import PASSWORD
from verify.accounts import actions
from verify.config import Settings
from verify.db import db
from verify.permissions import Role

NADIA = "nadia@desk.example"


@pytest.fixture
def nadia(app: Flask, settings: Settings) -> str:
    """A checker who can sign in with PASSWORD; her address."""
    with app.app_context():
        actions.add_person(
            db.session,
            settings,
            None,
            email=NADIA,
            name="Nadia Rahimi",
            password=PASSWORD,
            roles=[Role.CHECKER],
        )
        db.session.commit()
    return NADIA


@pytest.fixture
def olga(app: Flask, settings: Settings) -> str:
    """An administrator who can sign in with PASSWORD; her address."""
    with app.app_context():
        actions.add_person(
            db.session, settings, None, email="olga@desk.example", name="Olga Brandt", password=PASSWORD,
            roles=[Role.ADMINISTRATOR],
        )  # fmt: skip
        db.session.commit()
    return "olga@desk.example"
