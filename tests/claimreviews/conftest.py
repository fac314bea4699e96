"""Somebody who imports, and somebody who looks after what comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from tests.cast import make_person, sign_in
from tests.conftest import Databases
from tests.pages import Page, Visitor
from tests.web import Site, served
from verify.config import Settings
from verify.db import db
from verify.permissions import Role

Importing = Callable[..., Page]


@pytest.fixture
def settings(settings: Settings, databases: Databases) -> Settings:
    """Settings of a desk that may fetch from this very machine."""
    return replace(settings, fetch_loopback=True)


@pytest.fixture
def checker(app: Flask) -> Visitor:
    """The browser of somebody who may import."""
    with app.app_context():
        return sign_in(Visitor(app), make_person(db.session, "Carl Checker", Role.CHECKER))


@pytest.fixture
def editor(app: Flask) -> Visitor:
    """The browser of somebody who may subscribe and remove."""
    with app.app_context():
        return sign_in(Visitor(app), make_person(db.session, "Edda Editor", Role.EDITOR))


@pytest.fixture
def site() -> Iterator[Site]:
    """A web site on this machine."""
    with served() as one:
        yield one


@pytest.fixture
def importing(checker: Visitor) -> Importing:
    """Import a file through the form, and see what came of it."""

    def bring_in(content: bytes, name: str = "checks.json", **typed: Any) -> Page:
        form = checker.get("/claimreviews/new").form("/claimreviews/new")
        typed = {"licence": "CC BY 4.0", **typed}
        return form.submit("Import", upload=(BytesIO(content), name), **typed)

    return bring_in
