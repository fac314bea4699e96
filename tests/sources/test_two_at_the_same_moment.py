"""Two people who do something to the same sources at the same moment: one does it, the other reads why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import make_person, make_source, sign_in
from tests.meeting import at_once
from tests.pages import Visitor
from verify.audit.models import AuditEntry
from verify.db import db
from verify.sources import actions
from verify.sources.merge_actions import merge_sources
from verify.sources.models import Source, SourceDifference, SourceMove

pytestmark = pytest.mark.postgresql
Both = tuple[Visitor, Visitor]


@pytest.fixture
def both(app: Flask) -> Both:
    """Two people who keep sources, each in a browser of their own."""
    with app.app_context():
        nadia, omar = make_person(db.session, "Nadia Rahimi"), make_person(db.session, "Omar Haidari")
        for name in ("Fahim Dashty", "Fahim Dashti"):
            make_source(db.session, name)
        return sign_in(Visitor(app), nadia), sign_in(Visitor(app), omar)


@pytest.fixture
def number_of(app: Flask) -> Callable[[str], int]:
    """The number of a source."""

    def number(name: str) -> int:
        with app.app_context():
            return make_source(db.session, name).id

    return number


def test_a_name_goes_to_one_source_and_the_other_is_told_whose_it_is(
    both: Both, number_of: Callable[[str], int]
) -> None:
    cards = [f"/sources/{number_of(name)}" for name in ("Fahim Dashty", "Fahim Dashti")]
    forms = [person.get(card).form("/names") for person, card in zip(both, cards, strict=True)]
    answers = at_once(*(partial(form.submit, name="The Lion") for form in forms))
    (late,) = (answer for answer in answers if answer.status == 422)
    assert "“The Lion” is already known" in late.text


def test_a_name_is_removed_once(app: Flask, both: Both, number_of: Callable[[str], int]) -> None:
    with app.app_context():
        source, nadia = make_source(db.session, "Fahim Dashty"), make_person(db.session, "Aiko Tanaka")
        alias = actions.add_alias(db.session, nadia, source, "The Lion").id
        db.session.commit()
    forms = [
        person.get(f"/sources/{number_of('Fahim Dashty')}").form(f"/names/{alias}/remove") for person in both
    ]
    answers = at_once(*(form.submit for form in forms))
    (late,) = (answer for answer in answers if answer.status == 422)
    assert "Somebody removed this name, or split it off, already." in late.text


def test_a_card_that_two_save_keeps_what_both_typed(both: Both, number_of: Callable[[str], int]) -> None:
    card = f"/sources/{number_of('Fahim Dashty')}/edit"
    forms = [person.get(card).form("/edit") for person in both]
    answers = at_once(*(partial(form.submit, note=f"Note {at}.") for at, form in enumerate(forms)))
    (late,) = (at for at, answer in enumerate(answers) if answer.status == 409)
    assert "Somebody changed Fahim Dashty while you were at it." in answers[late].text
    assert answers[late].form("/edit").fields()["note"] == f"Note {late}."


def test_two_sources_are_told_apart_once(app: Flask, both: Both, number_of: Callable[[str], int]) -> None:
    one, other = number_of("Fahim Dashty"), number_of("Fahim Dashti")
    forms = [person.get(f"/sources/{one}").form(f"/apart/{other}") for person in both]
    assert [answer.status for answer in at_once(*(form.submit for form in forms))] == [200, 200]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SourceDifference)) == 1


def test_a_source_is_split_back_once_and_for_one_reason(
    app: Flask, both: Both, number_of: Callable[[str], int]
) -> None:
    one, other = number_of("Fahim Dashty"), number_of("Fahim Dashti")
    with app.app_context():
        nadia, pair = (
            make_person(db.session, "Aiko Tanaka"),
            [db.session.get_one(Source, at) for at in (one, other)],
        )
        merge_sources(db.session, nadia, *pair, reason="One man, two spellings.")
        db.session.commit()
    forms = [person.get(f"/sources/{one}").form("/split-back") for person in both]
    answers = at_once(*(partial(form.submit, reason=f"Reason {at}.") for at, form in enumerate(forms)))
    (late,) = (at for at, answer in enumerate(answers) if answer.status == 422)
    assert "it was not merged, or was split off again already" in answers[late].text
    with app.app_context():
        assert db.session.scalars(select(SourceMove.undone_reason)).one() == f"Reason {1 - late}."
        acts = list(db.session.scalars(select(AuditEntry.action)))
        assert acts.count("source.split_back") == 1
