"""The figures on a ticket follow its appearances, the names in them, and the ties of its sources."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import event, select

from tests.cast import CLAIM, assert_in, make_person, make_source, open_ticket, sign_in, take_in
from tests.pages import Visitor
from verify.accounts.models import Person
from verify.articles.models import Article, Hop, Polarity
from verify.db import db
from verify.origins import actions, lookups
from verify.permissions import Role
from verify.sources import actions as sources
from verify.sources.lookups import ties_of
from verify.sources.models import SourceKind, TieKind
from verify.sources.tie_actions import Statement, end_tie, state_tie
from verify.tickets import actions as tickets
from verify.tickets.models import Ticket, TicketEvent

BOARD, DEMIR, ONAL = "Orta Water Board", "Lale Demir", "Tarik Onal"


def figures(ticket: Ticket) -> tuple[int, int, int]:
    return ticket.articles, ticket.origins_lower, ticket.origins_upper


WORDS = {
    "Hill Post": "Water ran through the open gates of the dam while the town of Orta slept",
    "Valley Echo": "Somebody let the whole reservoir go in the small hours",
}


def file_under(ticket: Ticket, actor: Person, outlet: str, *chain: str, denies: bool = False) -> Article:
    words = WORDS.get(outlet, f"The gates stood open when {outlet} came by")
    article = take_in(db.session, actor, text=f"News from {outlet}\n\n{words}, it says.\n", outlet=outlet)
    assertion = assert_in(db.session, article, words, said_by=chain)
    assertion.polarity = Polarity.DENIES if denies else Polarity.ASSERTS
    tickets.add_appearance(db.session, actor, ticket, assertion)
    return article


def speaks_for(actor: Person, one: str, other: str, **more: date) -> None:
    pair = make_source(db.session, one), make_source(db.session, other, SourceKind.ORGANISATION)
    stated = Statement(TieKind.SPEAKS_FOR, "https://board.example", pair[1], **more)  # type: ignore[arg-type]  # dates
    state_tie(db.session, actor, pair[0], stated)


@contextmanager
def counting() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_figures_follow_appearances(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        assert figures(ticket) == (1, 1, 1)
        file_under(ticket, nadia, "Hill Post", ONAL)
        assert figures(ticket) == (2, 2, 2)
        file_under(ticket, nadia, "Valley Echo")
        assert figures(ticket) == (3, 2, 3)
        tickets.remove_appearance(db.session, nadia, ticket, ticket.appearances[-1], reason="Another gate.")
        assert figures(ticket) == (2, 2, 2)


def test_figures_follow_a_tie_and_its_end(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        file_under(ticket, nadia, "Hill Post", ONAL)
        speaks_for(nadia, DEMIR, BOARD)
        assert figures(ticket) == (2, 2, 2)
        speaks_for(nadia, ONAL, BOARD)
        assert figures(ticket) == (2, 1, 1)
        onal = make_source(db.session, ONAL)
        (tie,) = ties_of(db.session, onal)
        end_tie(db.session, nadia, onal, tie, reason="He speaks for the town.")
        assert tie.ended_at is not None
        assert figures(ticket) == (2, 2, 2)
        changes = db.session.scalars(
            select(TicketEvent.new_value)
            .where(TicketEvent.action == "origins recounted")
            .order_by(TicketEvent.id)
        ).all()
        assert changes == ["1", "2"]


def test_a_tie_of_another_time_collapses_nothing(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        for article in (
            ticket.appearances[0].assertion.version.article,
            file_under(ticket, nadia, "Hill Post", ONAL),
        ):
            article.published_on = date(2021, 9, 6)
        speaks_for(nadia, DEMIR, BOARD)
        speaks_for(nadia, ONAL, BOARD, until=date(2021, 8, 31))
        assert figures(ticket) == (2, 2, 2)
        speaks_for(nadia, ONAL, BOARD, since=date(2021, 9, 1))
        assert figures(ticket) == (2, 1, 1)


def test_a_party_is_marked_on_the_ticket(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        speaks_for(nadia, DEMIR, BOARD)
        assert not ticket.origins_party
        board = make_source(db.session, BOARD)
        state_tie(
            db.session, nadia, board, Statement(TieKind.PARTY_TO, "https://court.example", event="The flood")
        )
        assert ticket.origins_party


def test_an_agency_in_the_byline_is_credited(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        make_source(db.session, "Highland News Agency", SourceKind.AGENCY)
        ticket = open_ticket(db.session, nadia, said_by=())
        file_under(ticket, nadia, "Hill Post")
        assert figures(ticket) == (2, 0, 2)
        for appearance in ticket.appearances:
            appearance.assertion.version.article.byline = "Our staff and Highland News Agency"
        actions.recount(db.session, [ticket])
        assert figures(ticket) == (2, 0, 1)


def test_a_denial_is_listed_and_confirms_nothing(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        file_under(ticket, nadia, "Hill Post", ONAL, denies=True)
        assert figures(ticket) == (1, 1, 1)
        assert [one.name for one in lookups.count(db.session, ticket).denials] == [ONAL]


def test_registering_a_source_links_the_hops_that_have_its_name(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=())
        assertion = ticket.appearances[0].assertion
        assertion.hops.append(Hop(position=0, name="Ayse Kara", written="she", kind=SourceKind.PERSON))
        db.session.flush()
        source = sources.register_source(db.session, nadia, name="Ayse Kara", kind=SourceKind.PERSON)
        db.session.refresh(assertion.hops[0])
        assert assertion.hops[0].source_id == source.id


def test_a_count_takes_the_same_queries_however_many_appearances(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        speaks_for(nadia, DEMIR, BOARD)
        file_under(ticket, nadia, "Hill Post", ONAL)
        with counting() as few:
            lookups.count(db.session, ticket)
        for number in range(12):
            file_under(ticket, nadia, f"Paper {number}", f"Speaker {chr(97 + number) * 5}")
        with counting() as many:
            lookups.count(db.session, ticket)
        assert len(few) == len(many) <= 10


@pytest.mark.both_databases
def test_ties_are_followed_to_the_end_on_both_databases(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        file_under(ticket, nadia, "Hill Post", BOARD)
        speaks_for(nadia, DEMIR, "Press Office")
        speaks_for(nadia, "Press Office", "Engineers")
        assert figures(ticket) == (2, 2, 2)
        speaks_for(nadia, "Engineers", BOARD)
        assert figures(ticket) == (2, 1, 1)
        db.session.commit()
        assert BOARD in sign_in(Visitor(app), nadia).get("/sources?q=water").text


def test_a_name_is_linked_to_a_source_on_the_page_of_origins(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        article = file_under(ticket, nadia, "Hill Post")
        hop = Hop(position=0, name="Lale Demirr", written="she", kind=SourceKind.PERSON)
        article.versions[0].assertions[0].hops.append(hop)
        actions.recount(db.session, [ticket])
        assert figures(ticket) == (2, 1, 2)
        db.session.commit()
        visitor, address = sign_in(Visitor(app), nadia), f"/tickets/{ticket.reference}/origins"
    page = visitor.get(address)
    assert "may be one name, so the lower bound counts the two once." in page.text
    form = next(
        one
        for one in page.select("//form[contains(@action, '/origins/names')]")
        if "Lale Demirr" in str(one.form_values())
    )
    fields = dict(form.form_values())
    assert fields["source"] == "Lale Demir"
    page = visitor.post(form.get("action"), fields | {"source": "Nobody at all"})
    assert page.status == 422
    assert "No source goes by “Nobody at all”." in page.text
    page = visitor.post(form.get("action"), fields)
    assert "“Lale Demirr” is Lale Demir; the origins are counted anew." in page.text
    assert "1 origin" in page.text
    assert "Lale Demirr" in visitor.get("/sources?q=demirr").text


def test_a_reader_sees_the_origins_and_links_nothing(app: Flask) -> None:
    with app.app_context():
        ticket = open_ticket(db.session, make_person(db.session, "Nadia Rahimi"), said_by=(DEMIR,))
        visitor = sign_in(Visitor(app), make_person(db.session, "Rosa Klein", Role.READER))
        address = f"/tickets/{ticket.reference}"
    page = visitor.get(f"{address}/origins")
    assert page.status == 200
    assert not page.select("//form[contains(@action, '/origins/names')]")
    assert "Independent origins" in page.text
    assert "lead back to 1 origin" in visitor.get(address).text


def test_the_card_of_a_source_shows_where_it_speaks_and_spellings_that_may_be_its_own(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        article = file_under(ticket, nadia, "Hill Post")
        hop = Hop(position=0, name="Lale Demirr", written="she", kind=SourceKind.PERSON)
        article.versions[0].assertions[0].hops.append(hop)
        source, outlet = make_source(db.session, DEMIR), make_source(db.session, "Hill Post")
        db.session.commit()
        visitor, address, printed = (
            sign_in(Visitor(app), nadia),
            f"/sources/{source.id}",
            f"/sources/{outlet.id}",
        )
        reference = ticket.reference
    page = visitor.get(address)
    assert reference in page.text
    assert CLAIM in page.text
    assert "News from Hill Post" in visitor.get(printed).text
    page = page.form(button="It is the same").submit()
    assert "Lale Demir also goes by “Lale Demirr” now." in page.text


def test_a_spokesperson_without_a_name_is_the_registered_body(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        make_source(db.session, BOARD, SourceKind.ORGANISATION)
        ticket = open_ticket(db.session, nadia, said_by=(BOARD,))
        article = file_under(ticket, nadia, "Hill Post")
        hop = Hop(position=0, name=f"a spokeswoman for the {BOARD}", kind=SourceKind.PERSON, terms="unnamed")
        article.versions[0].assertions[0].hops.append(hop)
        actions.recount(db.session, [ticket])
        assert figures(ticket) == (2, 1, 1)


def test_the_card_of_a_body_shows_what_was_said_for_it(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        reference = open_ticket(db.session, nadia, said_by=(DEMIR,)).reference
        speaks_for(nadia, DEMIR, BOARD)
        address = f"/sources/{make_source(db.session, BOARD).id}"
        db.session.commit()
        visitor = sign_in(Visitor(app), nadia)
    page = visitor.get(address)
    assert reference in page.text
    assert "also where somebody speaks for Orta Water Board" in page.text
