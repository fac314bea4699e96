"""The registry: one source for each name, and names that people confirm."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cast import make_person, make_source, sign_in
from tests.pages import Visitor
from verify.db import db
from verify.errors import Conflict, Forbidden, Refused
from verify.permissions import Role
from verify.sources import actions, lookups
from verify.sources.models import SourceKind


def test_a_source_is_found_by_every_spelling_people_confirmed(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        source = actions.register_source(db.session, nadia, name="Lale Demir", kind=SourceKind.PERSON)
        actions.add_alias(db.session, nadia, source, "Lâle Demirci")
        found = lookups.resolve_all(db.session, ["the LALE DEMIR’s", "Lale Demirci", "Somebody else", ""])
        assert found == {"the LALE DEMIR’s": source, "Lale Demirci": source}


def test_a_name_belongs_to_one_source_only(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        actions.register_source(db.session, nadia, name="Water Board", kind=SourceKind.ORGANISATION)
        with pytest.raises(
            Refused, match=r"is already known: Water Board goes by “Water Board”\."
        ) as refused:
            actions.register_source(db.session, nadia, name="the water board", kind=SourceKind.PERSON)
        assert refused.value.field == "name"


def test_renaming_a_source_keeps_the_old_name_among_those_it_goes_by(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        source = actions.register_source(db.session, nadia, name="Water Board", kind=SourceKind.ORGANISATION)
        actions.describe_source(
            db.session,
            nadia,
            source,
            name="Orta Water Authority",
            kind=source.kind,
            note="",
            version=source.version,
        )
        assert lookups.resolve(db.session, "Water Board") is source
        assert lookups.resolve(db.session, "Orta Water Authority") is source
        with pytest.raises(Refused, match="is the name of this source"):
            actions.remove_alias(db.session, nadia, source, source.aliases[-1])


def test_a_stale_save_of_a_card_is_refused_and_nothing_typed_is_lost(app: Flask) -> None:
    with app.app_context():
        nadia, omar = make_person(db.session, "Nadia Rahimi"), make_person(db.session, "Omar Haidari")
        source = make_source(db.session, "Water Board")
        db.session.commit()
        address = f"/sources/{source.id}/edit"
        first, second = sign_in(Visitor(app), nadia), sign_in(Visitor(app), omar)
    stale = second.get(address)
    assert first.get(address).form("/edit").submit(name="Orta Water Board").status == 200
    page = stale.form("/edit").submit(note="They answer the telephone only on Mondays.")
    assert page.status == 409
    assert "Somebody changed" in page.text
    assert "They answer the telephone only on Mondays." in page.html
    assert "Orta Water Board" in page.text  # to compare with
    assert page.form("/edit").submit().status == 200
    assert "They answer the telephone only on Mondays." in first.get(address.removesuffix("/edit")).text


def test_describing_with_an_old_version_is_a_conflict(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        source = make_source(db.session, "Water Board")
        with pytest.raises(Conflict):
            actions.describe_source(
                db.session, nadia, source, name="Water Board", kind=source.kind, note="x", version=99
            )


def test_a_reader_changes_nothing_in_the_registry(app: Flask) -> None:
    with app.app_context():
        rosa = make_person(db.session, "Rosa Klein", Role.READER)
        source = make_source(db.session, "Water Board")
        with pytest.raises(Forbidden):
            actions.add_alias(db.session, rosa, source, "The Board")
        db.session.commit()
        visitor, address = sign_in(Visitor(app), rosa), f"/sources/{source.id}"
    assert visitor.get(address).status == 200
    assert visitor.get("/sources/new").status == 403


@pytest.mark.parametrize(
    ("name", "why"), [("", "at least one letter"), ("…", "at least one letter"), ("x" * 201, "200")]
)
def test_a_name_that_tells_nobody_is_refused(app: Flask, name: str, why: str) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        with pytest.raises(Refused, match=why):
            actions.register_source(db.session, nadia, name=name, kind=SourceKind.PERSON)


def test_a_bidi_override_in_a_name_is_refused(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        with pytest.raises(Refused, match="cannot be seen"):
            actions.register_source(db.session, nadia, name="Water\u202eBoard", kind=SourceKind.PERSON)


def test_a_persian_name_keeps_its_joiners_and_a_latin_one_takes_none(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        name = "علی\u200cرضا دشتی"
        source = actions.register_source(db.session, nadia, name=name, kind=SourceKind.PERSON)
        assert (source.name, lookups.resolve(db.session, name)) == (name, source)
        for spoof in ("Tali\u200cban", "\u200cTaliban", "Taliban\u200d"):
            with pytest.raises(Refused, match="cannot be seen"):
                actions.register_source(db.session, nadia, name=spoof, kind=SourceKind.ORGANISATION)


def test_a_lookalike_is_pointed_out_before_a_source_is_registered_twice(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        make_source(db.session, "Fahim Dashti")
        db.session.commit()
        visitor = sign_in(Visitor(app), nadia)
    page = visitor.get("/sources/new?name=Fahim+Dashty").form("/sources/new").submit(kind="person")
    assert page.status == 422
    assert "A name much like this is registered: Fahim Dashti." in page.text
    page = page.form("/sources/new").submit(different="y")
    assert page.status == 200
    assert "Fahim Dashty is registered." in page.text


def test_the_registry_pages_by_name_in_both_directions(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        for number in range(7):
            make_source(db.session, f"Witness {number}")
        first = lookups.page_of_sources(db.session, nadia, size=3)
        assert [one.name for one in first.sources] == ["Witness 0", "Witness 1", "Witness 2"]
        assert first.before is None
        second = lookups.page_of_sources(db.session, nadia, after=first.after or "", size=3)
        assert [one.name for one in second.sources] == ["Witness 3", "Witness 4", "Witness 5"]
        last = lookups.page_of_sources(db.session, nadia, after=second.after or "", size=3)
        assert [one.name for one in last.sources] == ["Witness 6"]
        assert last.after is None
        back = lookups.page_of_sources(db.session, nadia, before=last.before or "", size=3)
        assert [one.name for one in back.sources] == [one.name for one in second.sources]
        assert lookups.page_of_sources(db.session, nadia, after="nonsense", size=3).sources == first.sources


def test_the_registry_is_searched_by_any_name_and_by_kind(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        board = make_source(db.session, "Water Board", SourceKind.ORGANISATION)
        actions.add_alias(db.session, nadia, board, "Su İdaresi 100%")
        make_source(db.session, "Board Games Weekly", SourceKind.OUTLET)
        db.session.commit()
        visitor = sign_in(Visitor(app), nadia)
    page = visitor.get("/sources?q=board")
    assert "Board Games Weekly" in page.text
    assert (
        len(page.select("//table[@data-queue]//tr[@data-row]//a[@data-open]")) == 2
    )  # what j, k and Enter need
    assert "Board Games Weekly" not in visitor.get("/sources?q=board&kind=organisation").text
    assert "Water Board" in visitor.get("/sources?q=idaresi").text
    assert "No source fits" in visitor.get("/sources?q=%25").text
    assert visitor.get("/sources?kind=nonsense&after=%00").status == 200


def test_an_empty_registry_says_what_it_is_for(app: Flask) -> None:
    with app.app_context():
        visitor = sign_in(Visitor(app), make_person(db.session, "Nadia Rahimi"))
    assert "No sources yet" in visitor.get("/sources").text


def test_a_card_that_does_not_exist_is_missing(app: Flask) -> None:
    with app.app_context():
        visitor = sign_in(Visitor(app), make_person(db.session, "Nadia Rahimi"))
    assert visitor.get("/sources/99").status == 404


def test_a_spelling_is_confirmed_and_taken_back_on_the_card(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        source = make_source(db.session, "Lale Demir")
        db.session.commit()
        visitor, address = sign_in(Visitor(app), nadia), f"/sources/{source.id}"
    page = visitor.get(address).form("/names").submit(name="Lale Demirci")
    assert "Lale Demir also goes by “Lale Demirci” now." in page.text
    page = page.form("/names").submit(name="LALE DEMIRCI")
    assert page.status == 422
    assert "already goes by this name" in page.text
    page = visitor.get(address).form("/remove").submit()
    assert "“Lale Demirci” is no name of Lale Demir any more." in page.text


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "query", ["q=%00", "q=O%00rta", "after=1:%00", "after=99999999999999999:x", "before=x"]
)
def test_no_address_of_the_list_leads_astray(app: Flask, query: str) -> None:
    with app.app_context():
        make_source(db.session, "Orta Courier")
        visitor = sign_in(Visitor(app), make_person(db.session, "Nadia Rahimi"))
    page = visitor.get(f"/sources?{query}")
    assert page.status == 200
    assert "Orta Courier" in page.text
