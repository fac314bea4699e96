"""Whose record a piece of evidence is: it makes an origin of the claim, and the ticket says so."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.cast import make_person, make_source, open_ticket, sign_in
from tests.origins.test_tickets_are_counted import DEMIR, figures
from tests.pages import Visitor
from verify.accounts.models import Person
from verify.audit.models import AuditEntry
from verify.db import db
from verify.errors import Forbidden, Refused
from verify.evidence import actions, lookups
from verify.evidence.actions import Entry
from verify.evidence.models import Evidence, EvidenceKind, Facet, RestsOn, Stance
from verify.evidence.whose import state_source
from verify.origins import edge_actions
from verify.origins import lookups as origins
from verify.origins.edge_actions import Choice
from verify.origins.models import EdgeVerdict
from verify.permissions import Role
from verify.sources.merge_actions import merge_sources
from verify.sources.models import Source, SourceKind, TieKind
from verify.sources.reliability import Reliability
from verify.sources.reliability_actions import judge
from verify.sources.tie_actions import Statement, state_tie
from verify.tickets import actions as tickets
from verify.tickets.models import Ticket, TicketEvent

OWN, WORD = RestsOn.OWN_RECORD, RestsOn.THEIR_WORD


def entry(source: Source | None = None, rests_on: RestsOn | None = None, **more: object) -> Entry:
    given = {"stance": Stance.SUPPORTS, "url": "https://orbit.example/dam", **more}
    return Entry(EvidenceKind.LINK, title="The dam from orbit", source=source, rests_on=rests_on, **given)  # type: ignore[arg-type]  # as Entry


def orbit() -> Source:
    return make_source(db.session, "Orbit Pictures", SourceKind.MEDIA)


def ticket_of() -> tuple[Person, Ticket]:
    nadia = make_person(db.session, "Nadia Rahimi")
    return nadia, open_ticket(db.session, nadia, said_by=(DEMIR,))


def test_a_record_raises_the_count_and_its_withdrawal_lowers_it_again(app: Flask) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        assert figures(ticket) == (1, 1, 1)
        piece = actions.add_evidence(db.session, nadia, ticket, entry(orbit(), OWN))
        assert figures(ticket) == (1, 2, 2)
        count = origins.count(db.session, ticket)
        assert count.summary == "1 article and 1 piece of evidence → 2 origins"
        assert any(
            "Evidence 1 (“The dam from orbit”) is the own record of Orbit Pictures" in step.reason
            for step in count.steps
        )
        actions.withdraw_evidence(db.session, nadia, ticket, piece, reason="It shows another dam.")
        assert figures(ticket) == (1, 1, 1)


@pytest.mark.parametrize(
    ("whose", "rests_on", "more"),
    [
        (None, None, {}),
        ("Orbit Pictures", WORD, {}),
        ("Orbit Pictures", OWN, {"stance": Stance.CONTEXT}),
        ("Orbit Pictures", OWN, {"facet": Facet.PLACE}),
    ],
)
def test_what_is_nobodys_or_anothers_word_or_context_or_of_a_part_counts_nowhere(
    app: Flask, whose: str | None, rests_on: RestsOn | None, more: dict[str, object]
) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        source = make_source(db.session, whose, SourceKind.MEDIA) if whose else None
        actions.add_evidence(db.session, nadia, ticket, entry(source, rests_on, **more))
        assert figures(ticket) == (1, 1, 1)
        assert origins.count(db.session, ticket).records == 0


def test_a_record_that_refutes_denies(app: Flask) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        actions.add_evidence(db.session, nadia, ticket, entry(orbit(), OWN, stance=Stance.REFUTES))
        assert figures(ticket) == (1, 1, 1)
        assert str(origins.count(db.session, ticket).denied) == "1"


def test_whose_it_is_can_be_said_later_and_taken_back(app: Flask) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        piece = actions.add_evidence(db.session, nadia, ticket, entry())
        state_source(db.session, nadia, ticket, piece, orbit(), OWN)
        assert figures(ticket) == (1, 2, 2)
        with pytest.raises(Refused, match="says this already"):
            state_source(db.session, nadia, ticket, piece, orbit(), OWN)
        state_source(db.session, nadia, ticket, piece, None, None)
        assert figures(ticket) == (1, 1, 1)
        told = db.session.scalars(
            select(TicketEvent.new_value)
            .where(TicketEvent.action == "evidence sourced")
            .order_by(TicketEvent.id)
        ).all()
        assert told == ["1. Orbit Pictures, their own record", "1. nobody says whose it is"]
        db.session.commit()
        logged = db.session.scalars(select(AuditEntry.action)).all()
        assert logged.count("evidence.sourced") == 2


def test_a_source_without_its_part_and_a_part_without_a_source_are_refused(app: Flask) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        for source, rests_on, field in ((orbit(), None, "rests_on"), (None, OWN, "source")):
            with pytest.raises(Refused) as refused:
                actions.add_evidence(db.session, nadia, ticket, entry(source, rests_on))
            assert refused.value.field == field
        reader = make_person(db.session, "Rosa Klein", Role.READER)
        piece = actions.add_evidence(db.session, nadia, ticket, entry())
        with pytest.raises(Forbidden):
            state_source(db.session, reader, ticket, piece, orbit(), OWN)
        actions.withdraw_evidence(db.session, nadia, ticket, piece, reason="Another dam.")
        with pytest.raises(Refused, match="was withdrawn"):
            state_source(db.session, nadia, ticket, piece, orbit(), OWN)


def test_a_page_that_is_an_article_of_the_ticket_is_no_record_of_its_own(app: Flask) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        ticket.appearances[0].assertion.version.article.url = "https://orbit.example/dam"
        with pytest.raises(Refused, match="is an article of this ticket"):
            actions.add_evidence(db.session, nadia, ticket, entry(orbit(), OWN))
        actions.add_evidence(db.session, nadia, ticket, entry(orbit(), WORD))
        assert figures(ticket) == (1, 1, 1)


def test_what_is_known_of_the_source_recounts_the_ticket(app: Flask) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        actions.add_evidence(db.session, nadia, ticket, entry(orbit(), OWN))
        demir = make_source(db.session, DEMIR)
        state_tie(db.session, nadia, orbit(), Statement(TieKind.OWNED_BY, "https://shares.example", demir))
        assert figures(ticket) == (1, 1, 1)
    with app.app_context():
        nadia, ticket = ticket_of()
        lens = make_source(db.session, "Hill Lens", SourceKind.MEDIA)
        actions.add_evidence(db.session, nadia, ticket, entry(lens, OWN))
        judge(db.session, nadia, lens, grade=Reliability.E, reason="Two pictures were made up.", since=None)
        assert figures(ticket) == (1, 1, 2)


def test_evidence_goes_with_its_source_into_another_and_with_its_ticket(app: Flask) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        lens = make_source(db.session, "Orbit Lens", SourceKind.MEDIA)
        actions.add_evidence(db.session, nadia, ticket, entry(orbit(), OWN))
        piece = actions.add_evidence(
            db.session, nadia, ticket, entry(lens, OWN, url="https://lens.example/dam")
        )
        assert figures(ticket) == (1, 3, 3)
        merge_sources(db.session, nadia, lens, orbit(), reason="One company.")
        db.session.refresh(piece)
        assert piece.source_id == orbit().id
        assert figures(ticket) == (1, 2, 2)
        other = open_ticket(db.session, nadia, said_by=("Tarik Onal",))
        tickets.merge(db.session, nadia, ticket, into=other, reason="One claim.")
        assert figures(other) == (2, 3, 3)


def test_whose_record_it_is_is_a_step_that_a_person_cuts_and_a_record_leads_where_a_person_says(
    app: Flask,
) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        piece = actions.add_evidence(db.session, nadia, ticket, entry(orbit(), OWN))
        node, demir = f"evidence:{piece.id}", f"source:{make_source(db.session, DEMIR).id}"
        made_by = ("made_by", node, f"source:{orbit().id}")
        cut = edge_actions.decide_edge(
            db.session, nadia, ticket, made_by, Choice(EdgeVerdict.CUT, "It is a still of a film.")
        )
        assert figures(ticket) == (1, 1, 2)
        edge_actions.undo_decision(db.session, nadia, ticket, cut, reason="It is none.")
        assert figures(ticket) == (1, 2, 2)
        told = Choice(EdgeVerdict.ADDED, "She sent the picture to them.")
        edge_actions.decide_edge(db.session, nadia, ticket, ("heard_from", node, demir), told)
        assert figures(ticket) == (1, 1, 1)
        db.session.commit()
        visitor, address = sign_in(Visitor(app), nadia), f"/tickets/{ticket.reference}/origins"
    page = visitor.get(address)
    assert page.select(f"//*[local-name()='a'][contains(@href, '#evidence-{1}')]"), (
        "the map leads to the evidence"
    )
    assert "evidence 1 (“The dam from orbit”)" in visitor.get(f"{address}/edges/new").text


def test_the_form_registers_a_new_source_and_the_ticket_says_what_counts(app: Flask) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        db.session.commit()
        visitor, address = sign_in(Visitor(app), nadia), f"/tickets/{ticket.reference}"
    typed = {
        "url": "https://orbit.example/dam",
        "title": "The dam from orbit",
        "stance": "supports",
        "source": "Orbit Pictures",
    }
    form = visitor.get(f"{address}/evidence/new/link").form("/evidence/new/link")
    page = form.submit(**typed, rests_on="own_record")
    assert page.status == 422
    assert "Choose below what it is" in page.text
    page = page.form("/evidence/new/link").submit(new_kind="media")
    assert page.status == 200
    assert "Orbit Pictures’s own record: a voice in the count of origins." in page.text
    assert "2 origins" in page.text
    assert "Orbit Pictures" in visitor.get("/sources?q=orbit").text
    form = visitor.get(f"{address}/evidence/new/link").form("/evidence/new/link")
    page = form.submit(**typed | {"source": "Orbit Picture"}, rests_on="own_record", new_kind="media")
    assert page.status == 422
    assert "much like this is known: Orbit Pictures" in page.text
    page = (
        visitor.get(f"{address}/evidence/1/source")
        .form("/evidence/1/source")
        .submit(source="", rests_on="nobody")
    )
    assert "No origin: nobody says yet whose record it is." in page.text


def test_the_card_of_a_source_lists_its_records(app: Flask) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        actions.add_evidence(db.session, nadia, ticket, entry(orbit(), OWN))
        db.session.commit()
        visitor, address, reference = sign_in(Visitor(app), nadia), f"/sources/{orbit().id}", ticket.reference
    page = visitor.get(address)
    assert "The dam from orbit" in page.text
    assert reference in page.text


@pytest.mark.both_databases
def test_the_database_holds_no_source_without_its_part(app: Flask) -> None:
    with app.app_context():
        nadia, ticket = ticket_of()
        piece = actions.add_evidence(db.session, nadia, ticket, entry())
        db.session.commit()
        db.session.get_one(Evidence, piece.id).source_id = orbit().id
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
        assert lookups.counted(db.session, [ticket.id]) == []
