"""A desk on which people decided about suggestions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import ARTICLE, make_person, sign_in, take_in
from tests.pages import Visitor
from verify.accounts.models import Person
from verify.articles import actions
from verify.articles.models import Assertion, AssertionState, CueType, Ground, Mode
from verify.db import db
from verify.permissions import Role

SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)


def suggest(
    session: Session,
    many: int = 1,
    *,
    method: str = "rules/1",
    mode: Mode = Mode.INDIRECT,
    cue_type: CueType | None = CueType.NEUTRAL,
    found_at: datetime = SUMMER,
) -> list[Assertion]:
    """Suggestions over one article's text, each at a place of its own."""
    actor = session.scalars(select(Person)).first() or make_person(session, "Nadia Rahimi")
    version = take_in(session, actor, text=ARTICLE).versions[0]
    made = [
        Assertion(
            version_id=version.id, start=at, end=at + 1, statement=f"Statement {at}", mode=mode, cue_type=cue_type,
            cue="said" if cue_type else "", method=method, found_at=found_at, check_worthiness=0.5,
        )
        for at in range(many)
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    return made


def dismiss(session: Session, one: Assertion, ground: Ground, reason: str = "") -> None:
    """Set a suggestion aside, as a checker does."""
    actor = session.scalars(select(Person)).first()
    assert actor is not None
    actions.dismiss(session, actor, one, ground=ground, reason=reason)


def file(session: Session, *some: Assertion) -> None:
    """Have some suggestions stand in tickets."""
    for one in some:
        one.state = AssertionState.FILED
    session.flush()


@pytest.fixture
def checker(app: Flask) -> Visitor:
    """The browser of a checker."""
    with app.app_context():
        return sign_in(Visitor(app), make_person(db.session, "Nadia Rahimi", Role.CHECKER))
