"""Spellings are found fuzzily, and confirmed or refused by people."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import assert_in, make_person, make_source, sign_in, take_in
from tests.pages import Visitor
from verify.articles.models import Hop
from verify.db import db
from verify.errors import Refused
from verify.origins.source_card import spellings_seen
from verify.sources import actions, apart, apart_actions, lookups, names
from verify.sources.models import SourceKind


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Fahim Dashti", "Fahim Dashty"),
        ("Dashti", "Dashty"),
        ("Rokha", "Rukhah"),
        ("Zabihullah Mujahid", "Zabiullah Mujahed"),
        ("Gaddafi", "Qadhafi"),
        ("Muhammad Atta", "Mohamed Ata"),
        ("NRF", "National Resistance Front"),
        ("National Resistance Front", "NRF"),
    ],
)
def test_another_spelling_is_found(app: Flask, one: str, other: str) -> None:
    with app.app_context():
        known = make_source(db.session, one)
        for number in range(30):
            make_source(db.session, f"Witness {number}")
        assert lookups.similar_sources(db.session, other) == [known]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Orta Courier", "Orta Post"),
        ("Kabul", "Kandahar"),
        ("Ministry of Defence", "Ministry of Justice"),
        ("7th Brigade", "8th Brigade"),
        ("Lale Demir", "Tarik Onal"),
    ],
)
def test_another_name_is_not(app: Flask, one: str, other: str) -> None:
    with app.app_context():
        make_source(db.session, one)
        assert lookups.similar_sources(db.session, other) == []


def test_sounds_are_kept_with_every_name(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        source = make_source(db.session, "Rokha")
        alias = actions.add_alias(db.session, nadia, source, "The Rukhah Council")
        assert source.aliases[0].sounds == names.sounds_of("rokha") == " rk "
        assert alias.sounds == " rk knkl =rc "


def test_a_refused_spelling_is_suggested_no_more_until_that_is_taken_back(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        source = make_source(db.session, "Rokha")
        article = take_in(db.session, nadia, text="At the ford\n\nThe ford is open, said Rukhah.\n")
        assertion = assert_in(db.session, article, "The ford is open", said_by=())
        assertion.hops.append(Hop(position=0, name="Rukhah", written="Rukhah", kind=SourceKind.PERSON))
        db.session.flush()
        assert spellings_seen(db.session, source) == ["Rukhah"]
        difference = apart_actions.refuse_spelling(db.session, nadia, source, "rukhah")
        assert apart_actions.refuse_spelling(db.session, nadia, source, "Rukhah") is difference
        assert spellings_seen(db.session, source) == []
        assert apart.told_apart(db.session, [source.id]).spellings == {(source.id, "rukhah")}
        apart_actions.take_back(db.session, nadia, source, difference)
        assert spellings_seen(db.session, source) == ["Rukhah"]
        with pytest.raises(Refused, match="goes by “Rokha”"):
            apart_actions.refuse_spelling(db.session, nadia, source, "Rokha")


def test_a_name_that_is_confirmed_after_all_is_refused_no_more(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        source = make_source(db.session, "Rokha")
        apart_actions.refuse_spelling(db.session, nadia, source, "Rukhah")
        actions.add_alias(db.session, nadia, source, "Rukhah")
        assert apart.told_apart(db.session, [source.id]).spellings == frozenset()


def test_two_sources_told_apart_are_not_suggested_to_each_other(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        one, other = make_source(db.session, "Fahim Dashti"), make_source(db.session, "Fahim Dashty")
        assert lookups.alike_to(db.session, one) == [other]
        with pytest.raises(Refused, match="apart from itself"):
            apart_actions.tell_apart(db.session, nadia, one, one)
        apart_actions.tell_apart(db.session, nadia, other, one)
        assert lookups.alike_to(db.session, one) == lookups.alike_to(db.session, other) == []
        assert apart.told_apart(db.session, [one.id]).pairs == {(one.id, other.id)}


def test_suggestions_are_decided_on_the_card(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        one = make_source(db.session, "Fahim Dashti")
        make_source(db.session, "Fahim Dashty")
        article = take_in(db.session, nadia, text="At the ford\n\nThe ford is open, said Fahim Dasti.\n")
        assertion = assert_in(db.session, article, "The ford is open", said_by=())
        assertion.hops.append(Hop(position=0, name="Fahim Dasti", written="he", kind=SourceKind.PERSON))
        db.session.commit()
        visitor, address = sign_in(Visitor(app), nadia), f"/sources/{one.id}"
    page = visitor.get(address).form(button="Two sources").submit()
    assert "are two sources." in page.text
    assert "Perhaps the same source" not in page.text
    page = page.form(button="Take back that Fahim Dashty").submit()
    assert "Perhaps the same source" in page.text
    page = page.form(button="Somebody else: “Fahim Dasti”").submit()
    assert "“Fahim Dasti” is somebody else" in page.text
    assert "Spellings seen in articles" not in page.text
    page = page.form(button="Take back that Fahim Dasti").submit()
    page = page.form(button="It is the same").submit()
    assert "Fahim Dashti also goes by “Fahim Dasti” now." in page.text


def test_a_search_that_finds_nothing_asks_for_another_spelling(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        make_source(db.session, "Fahim Dashti")
        db.session.commit()
        visitor = sign_in(Visitor(app), nadia)
    page = visitor.get("/sources?q=Dashty")
    assert "Perhaps in another spelling: Fahim Dashti" in page.text
