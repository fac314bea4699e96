"""One card that holds two sources is split: chosen names become a source of their own."""

from __future__ import annotations

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import assert_in, make_person, make_source, sign_in, take_in
from tests.meeting import at_once
from tests.pages import Visitor
from verify.articles.models import Hop
from verify.db import db
from verify.errors import Refused
from verify.sources import actions, lookups
from verify.sources.merge_actions import merge_sources, split_back, split_off
from verify.sources.models import Source, SourceKind

WHY = "Two names that were taken for one; the article has both."


def linked(source: Source) -> set[str]:
    """The names of all hops that lead to a source."""
    return set(db.session.scalars(select(Hop.name).where(Hop.source_id == source.id)))


def test_names_of_somebody_else_are_split_off_and_passages_follow(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        source = make_source(db.session, "Rokha")
        alias = actions.add_alias(db.session, nadia, source, "Rukhah")
        article = take_in(db.session, nadia, text="At the ford\n\nThe ford is open, said Rukhah.\n")
        assert_in(db.session, article, "The ford is open", said_by=("Rukhah",))
        with pytest.raises(Refused, match="Choose at least one name"):
            split_off(db.session, nadia, source, [], kind=source.kind, reason=WHY)
        with pytest.raises(Refused, match="is the name this source is shown by"):
            split_off(db.session, nadia, source, source.aliases, kind=source.kind, reason=WHY)
        fresh = split_off(db.session, nadia, source, [alias], kind=SourceKind.ORGANISATION, reason=WHY)
        assert lookups.resolve(db.session, "Rukhah") is fresh
        assert (linked(source), linked(fresh)) == (set(), {"Rukhah"})


@pytest.mark.postgresql
def test_two_who_split_the_same_name_off_at_once_make_one_source(app: Flask) -> None:
    with app.app_context():
        nadia, one = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Fahim Dashty")
        number = str(actions.add_alias(db.session, nadia, one, "The Panjshir Voice").id)
        address = f"/sources/{one.id}/split"
        people = [
            sign_in(Visitor(app), person) for person in (nadia, make_person(db.session, "Omar Haidari"))
        ]
    forms = [person.get(address).form("/split") for person in people]
    answers = at_once(*(partial(form.submit, names=[number], reason=WHY) for form in forms))
    assert sorted(answer.status for answer in answers) == [200, 409]
    assert any("Somebody moved or removed one of these names meanwhile" in answer.text for answer in answers)
    with app.app_context():
        assert len(db.session.scalars(select(Source).where(Source.name == "The Panjshir Voice")).all()) == 1


def test_names_are_split_off_in_the_browser(app: Flask) -> None:
    with app.app_context():
        nadia, one = make_person(db.session, "Nadia Rahimi"), make_source(db.session, "Fahim Dashty")
        alias = actions.add_alias(db.session, nadia, one, "The Panjshir Voice")
        number = str(alias.id)
        db.session.commit()
        visitor, address = sign_in(Visitor(app), nadia), f"/sources/{one.id}/split"
    page = visitor.get(address).form("/split").submit(reason=WHY)
    assert page.status == 422
    assert "Choose at least one name" in page.text
    page = page.form("/split").submit(names=[number], kind="outlet", reason=WHY)
    assert "The Panjshir Voice is a source of its own now." in page.text
    assert "Split off from Fahim Dashty" in page.text
    again = visitor.get(address)
    assert "It goes by one name only" in again.text


def test_the_name_of_a_merged_source_goes_with_it_alone(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        spelt = ("Fahim Dashty", "Fahim Dashti", "Fahim Dachti")
        one, other, third = (make_source(db.session, name) for name in spelt)
        merge_sources(db.session, nadia, one, other, reason=WHY)
        merge_sources(db.session, nadia, other, third, reason=WHY)
        names = [alias for alias in third.aliases if alias.name == "Fahim Dashty"]
        with pytest.raises(
            Refused, match="“Fahim Dashty” is the name of a source that was merged into Fahim Dachti"
        ):
            split_off(db.session, nadia, third, names, kind=third.kind, reason=WHY)
        with pytest.raises(Refused, match="Split that source off again on its old card instead"):
            actions.remove_alias(db.session, nadia, third, names[0])
        split_back(db.session, nadia, one, reason="They are brothers.")
        assert [alias.name for alias in one.aliases] == ["Fahim Dashty"]
