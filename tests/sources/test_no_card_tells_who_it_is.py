"""The card of a protected source: whoever knows who it is cannot write it there by mistake."""

from __future__ import annotations

from flask import Flask

from tests.cast import make_person, sign_in
from tests.pages import Visitor
from tests.sources.sealing import sealed
from verify.db import db


def test_whoever_knows_it_is_kept_from_writing_it_on_the_card(keyed: Flask) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        visitor, card = sign_in(Visitor(keyed), nadia), f"/sources/{source.id}"
        other = sign_in(Visitor(keyed), make_person(db.session, "Omar Haidari"))
    tie = {"kind": "party_to", "event": "The flood", "known_from": "Zeynep’s own word"}
    for page, form, typed in (
        (card, "/names", {"name": "Z. Aksungur"}),
        (f"{card}/edit", "/edit", {"note": "Zeynep works nights."}),
        (f"{card}/ties/new", "/ties/new", tie),
        (
            f"{card}/reliability/new",
            "/reliability/new",
            {"grade": "B", "reason": "Aksungur was right twice."},
        ),
    ):
        refused = visitor.get(page).form(form).submit(**typed)
        assert refused.status == 422
        assert "This holds a word of who it is" in refused.text
    # Nobody else can find out by trying names.
    assert other.get(card).form("/names").submit(name="Aksungur").status == 200


def test_whoever_knows_it_is_kept_from_writing_it_into_the_reason_for_taking_something_back(
    keyed: Flask,
) -> None:
    with keyed.app_context():
        nadia, source = sealed()
        visitor, card = sign_in(Visitor(keyed), nadia), f"/sources/{source.id}"
    tie = {"kind": "party_to", "event": "The flood", "known_from": "Her own word"}
    assert visitor.get(f"{card}/ties/new").form("/ties/new").submit(**tie).status == 200
    grade = {"grade": "B", "reason": "Was right twice."}
    assert visitor.get(f"{card}/reliability/new").form("/reliability/new").submit(**grade).status == 200
    for form in ("/ties/1/end", "/reliability/1/end"):
        refused = visitor.get(card).form(form).submit(reason="Zeynep told us otherwise.")
        assert refused.status == 422
        assert "This holds a word of who it is" in refused.text
