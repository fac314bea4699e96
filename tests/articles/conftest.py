"""People at the desk's intake, and articles to read."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from tests.cast import make_person, sign_in
from tests.pages import Page, Visitor
from verify.articles import actions
from verify.db import db
from verify.permissions import Role


@pytest.fixture
def checker(app: Flask) -> Visitor:
    """The browser of a checker."""
    with app.app_context():
        return sign_in(Visitor(app), make_person(db.session, "Nadia Rahimi", Role.CHECKER))


@pytest.fixture
def onlooker(app: Flask) -> Visitor:
    """The browser of somebody who may only read."""
    with app.app_context():
        return sign_in(Visitor(app), make_person(db.session, "Omar Sadat", Role.READER))


Uploads = Callable[..., Page]


@pytest.fixture
def upload(checker: Visitor) -> Uploads:
    """Choose a file in the intake form, with whatever else is typed, and press its button."""

    def choose(content: bytes, name: str, **typed: Any) -> Page:
        form = checker.get("/articles/new").form(button="Read the file")
        fields = form.fields()
        for field, value in typed.items():
            assert field in fields, field
            fields.setlist(field, [value])
        fields.setlist("upload", [(BytesIO(content), name)])
        return form.send(fields, "Read the file")

    return choose


TakenIn = Callable[..., int]


@pytest.fixture
def taken_in(app: Flask) -> TakenIn:
    """Take in a text with whatever the spotter finds, or with nothing spotted; return the article's number."""

    def take(text: str, *, spotted: bool = True, **described: Any) -> int:
        with app.app_context():
            described = {"title": "Flood gates opened", "language": "en"} | described
            intake = actions.take_in(
                db.session,
                None,
                text=text,
                described=actions.Description(**described),
                spotted=None if spotted else [],
            )
            db.session.commit()
            return intake.article.id

    return take
