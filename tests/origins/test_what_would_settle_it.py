"""The question that would settle a count names whom it is about, and leads to where it is answered."""

from __future__ import annotations

from flask import Flask

from tests.cast import make_person, open_ticket, sign_in
from tests.origins.test_tickets_are_counted import DEMIR, figures, file_under
from tests.pages import Visitor
from verify.db import db


def test_the_question_where_a_trail_ends_leads_to_a_form_that_states_the_answer(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        file_under(ticket, nadia, "Hill Post")
        assert figures(ticket) == (2, 1, 2)
        db.session.commit()
        visitor, address = sign_in(Visitor(app), nadia), f"/tickets/{ticket.reference}/origins"
    page = visitor.get(address)
    assert "Does Hill Post lead back to Lale Demir?" in page.text
    (link,) = page.select("//a[text()='If so, state it']")
    form = visitor.get(link.get("href")).form(button="State it")
    chosen = form.fields()
    assert chosen["kind"] == "heard_from"
    assert chosen["child"].startswith("article:")
    page = form.submit(reason="Their editor says so.")
    assert "1 origin" in page.text
    assert "What would settle it" not in page.text
    bogus = visitor.get(f"{address}/edges/new?kind=owned_by&child=source:9999&parent=<b>").form(
        button="State it"
    )
    assert not bogus.fields()["child"]
