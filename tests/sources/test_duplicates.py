"""Sources that may be one are found over the whole registry, to be merged or told apart."""

from __future__ import annotations

import time

from flask import Flask
from sqlalchemy import select

from tests.cast import make_person, make_source, sign_in
from tests.pages import Visitor
from verify.audit.models import AuditEntry
from verify.db import db
from verify.permissions import Role
from verify.sources.duplicates import NAMES, Name, alike, likely_duplicates
from verify.sources.merge_actions import merge_sources
from verify.sources.models import SourceKind
from verify.sources.names import name_key, sounds_of

PERSON, BODY = SourceKind.PERSON, SourceKind.ORGANISATION


def name(written: str, number: int, kind: SourceKind = PERSON) -> Name:
    key = name_key(written)
    return Name(key, sounds_of(key), number, kind)


def test_like_names_are_found_by_spelling_surname_sound_and_initials() -> None:
    pairs = [
        ("Fahim Dashti", "Fahim Dashty"), ("Zabihullah Mujahid", "Mujahid"), ("Rokha Council", "Rukhah Council"),
        ("National Resistance Front", "NRF"),
    ]  # fmt: skip
    for one, other in pairs:
        assert list(alike([name(one, 2, BODY), name(other, 1, BODY)])) == [(1, 2)], (one, other)
    assert alike([name("Lale Demir", 1), name("Tarik Onal", 2)]) == {}
    assert alike([name("1st Brigade", 1, BODY), name("2nd Brigade", 2, BODY)]) == {}


def test_two_names_of_one_source_and_a_person_and_a_body_are_no_pair() -> None:
    assert alike([name("Fahim Dashti", 1), name("Fahim Dashty", 1)]) == {}
    assert alike([name("Mina Sahil", 1), name("Mina Sahel", 2, BODY)]) == {}
    assert (
        alike([name("A resident", 1, SourceKind.ANONYMOUS), name("A resident of", 2, SourceKind.ANONYMOUS)])
        == {}
    )


def test_as_many_names_as_are_compared_take_less_than_a_second() -> None:
    first = ["Ayse", "Lale", "Tarik", "Mina", "Yusuf", "Omar", "Farid", "Sanam", "Rosa", "Jonas"]
    last = [
        f"{a}{b}{c}{d}"
        for a in "BDKMS"
        for b in "aeiou"
        for c in ("rn", "lm", "shk", "tt")
        for d in ("ar", "i", "oz")
    ]
    names = [name(f"{first[n % 10]} {last[n % 300]}{chr(97 + n // 300)}", n) for n in range(NAMES)]
    started = time.process_time()
    alike(names)
    assert time.process_time() - started < 2


def test_the_page_offers_pairs_until_they_are_merged_or_told_apart(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        for one in ("Fahim Dashti", "Fahim Dashty", "Rokha Council", "Rukhah Council"):
            make_source(db.session, one)
        db.session.commit()
        assert [pair.first.name for pair in likely_duplicates(db.session, nadia).pairs] == [
            "Fahim Dashti",
            "Rokha Council",
        ]
        visitor = sign_in(Visitor(app), nadia)
        reader = sign_in(Visitor(app), make_person(db.session, "Rosa Klein", Role.READER))
    assert reader.get("/sources/duplicates").status in (403, 404)
    assert "Perhaps the same" in visitor.get("/sources").text
    page = visitor.get("/sources/duplicates")
    forms = page.select("//form[contains(@action, 'duplicates')]")
    assert len(forms) == 2
    page = visitor.post("/sources/duplicates", dict(forms[0].form_values()))
    assert "are two sources, and are listed no more." in page.text
    (link,) = page.select("//a[contains(., 'They are one')]")
    page = visitor.get(link.get("href")).form("/merge").submit(reason="One town council.")
    assert "is merged into Rokha Council." in page.text
    assert "No names much alike" in visitor.get("/sources/duplicates").text
    with app.app_context():
        logged = list(db.session.scalars(select(AuditEntry.action)))
        assert "source.told_apart" in logged


def test_odd_numbers_in_the_form_are_refused(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        for one in ("Fahim Dashti", "Fahim Dashty"):
            make_source(db.session, one)
        db.session.commit()
        visitor = sign_in(Visitor(app), nadia)
    (form,) = visitor.get("/sources/duplicates").select("//form[contains(@action, 'duplicates')]")
    fields = dict(form.form_values())
    for odd, status in (
        ("0", 422),
        ("x", 422),
        ("99999999999999", 422),
        ("4711", 404),
        (fields["other"], 422),
    ):
        assert visitor.post("/sources/duplicates", fields | {"one": odd}).status == status


def test_what_was_merged_is_no_pair_any_more(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        one, other = make_source(db.session, "Fahim Dashti"), make_source(db.session, "Fahim Dashty")
        merge_sources(db.session, nadia, other, one, reason="One man.")
        assert likely_duplicates(db.session, nadia).found == 0
