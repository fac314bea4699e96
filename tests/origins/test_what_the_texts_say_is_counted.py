"""On a desk: shared text, credits in a text and a source's reliability reach the count of the tickets."""

from __future__ import annotations

from datetime import date

from flask import Flask
from sqlalchemy import select

from tests.cast import assert_in, forget_shared_text, make_person, make_source, open_ticket, take_in
from tests.origins.test_tickets_are_counted import DEMIR, ONAL, counting, figures, file_under
from verify.accounts.models import Person
from verify.articles import shared_text
from verify.articles.models import Article, Hop
from verify.articles.shared_text_commands import fingerprint
from verify.db import db
from verify.origins import actions, lookups
from verify.sources.models import SourceKind, TieKind
from verify.sources.reliability import Reliability
from verify.sources.reliability_actions import judge
from verify.sources.tie_actions import Statement, state_tie
from verify.tickets import actions as tickets
from verify.tickets.models import Ticket, TicketEvent

STORY = """The water came over the road at four in the morning, and the first houses stood in it by dawn. People carried
mattresses and hens up the hill behind the mill, where the school was opened for them before anybody had asked for it.
A bus that had been parked below the church was found in the orchard of the priest, upright, with its lamps still on."""


def history(ticket: Ticket) -> list[TicketEvent]:
    return list(db.session.scalars(select(TicketEvent).where(TicketEvent.ticket_id == ticket.id)))


def story_in(
    ticket: Ticket, actor: Person, outlet: str, said: str, *, end: str = "", day: int = 0
) -> Article:
    article = take_in(db.session, actor, text=f"{outlet}\n\n{said}\n\n{STORY}\n\n{end}\n", outlet=outlet)
    article.published_on = date(2026, 3, day) if day else None
    db.session.flush()
    db.session.refresh(article)
    shared_text.record(db.session, article.versions[0])  # as intake does
    tickets.add_appearance(db.session, actor, ticket, assert_in(db.session, article, said, said_by=()))
    return article


def test_an_article_with_another_ones_text_adds_no_origin(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        story_in(ticket, nadia, "Hill Post", "Somebody let the water out.", day=2)
        assert figures(ticket) == (2, 1, 2)
        story_in(ticket, nadia, "Valley Echo", "The reservoir was emptied in the night.", day=3)
        assert figures(ticket) == (3, 1, 2)
        count = lookups.count(db.session, ticket)
        assert "Valley Echo has this text from Hill Post" in " ".join(step.reason for step in count.steps)


def test_old_articles_that_are_compared_only_now_recount_their_tickets(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        for outlet, said in (
            ("Hill Post", "Somebody let the water out."),
            ("Valley Echo", "It was emptied."),
        ):
            story_in(ticket, nadia, outlet, said)
        forget_shared_text(db.session)
        actions.recount(db.session, [ticket])
        assert figures(ticket) == (3, 1, 3)
        db.session.commit()
        number = ticket.id
    result = app.test_cli_runner().invoke(fingerprint, ["--again"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        assert figures(db.session.get_one(Ticket, number)) == (3, 1, 2)


def test_comparing_an_archive_anew_leaves_a_count_that_stands_as_it_is(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        for outlet in ("Hill Post", "Delta Courier"):
            story_in(ticket, nadia, outlet, "Somebody let the water out.")
        for number in range(20):  # more than are compared in one transaction
            take_in(db.session, nadia, text=f"Nothing happened on day {number}.\n", outlet="Orta Courier")
        story_in(ticket, nadia, "Valley Echo", "It was emptied.")
        assert figures(ticket) == (4, 1, 2)
        db.session.commit()
        number, lines = ticket.id, len(history(ticket))
    result = app.test_cli_runner().invoke(fingerprint, ["--again"])
    assert result.exit_code == 0, result.output
    with app.app_context():
        ticket = db.session.get_one(Ticket, number)
        assert figures(ticket) == (4, 1, 2)
        assert len(history(ticket)) == lines


def test_a_closing_line_of_a_text_is_read_once_and_credited(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        make_source(db.session, "Highland News Agency", SourceKind.AGENCY)
        ticket = open_ticket(db.session, nadia, said_by=())
        end = "This article was first published by Highland News Agency."
        story_in(ticket, nadia, "Hill Post", "Somebody let the water out.", end=end)
        assert "Hill Post republishes Highland News Agency" in " ".join(
            step.reason for step in lookups.count(db.session, ticket).steps
        )
        with counting() as asked:
            actions.recount(db.session, [ticket])
        assert not [statement for statement in asked if "INSERT INTO article_credits" in statement]


def test_a_source_judged_unreliable_counts_for_nothing_certain(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        file_under(ticket, nadia, "Hill Post", ONAL)
        assert figures(ticket) == (2, 2, 2)
        source = make_source(db.session, ONAL)
        judge(
            db.session, nadia, source, grade=Reliability.E, since=date(2026, 1, 5), reason="He invented it."
        )
        assert figures(ticket) == (2, 1, 2)
        assert "He invented it." in " ".join(step.reason for step in lookups.count(db.session, ticket).steps)


def test_the_same_words_as_a_named_speakers_add_nothing(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=(DEMIR,))
        article = take_in(
            db.session, nadia, text=f"Elsewhere\n\n{ticket.claim}, it was reported.\n", outlet="Far Post"
        )
        assertion = assert_in(db.session, article, ticket.claim, said_by=())
        assertion.hops.append(Hop(position=0, name="reports", written="reports", kind=SourceKind.ANONYMOUS))
        tickets.add_appearance(db.session, nadia, ticket, assertion)
        assert figures(ticket) == (2, 1, 1)


def test_who_holds_an_office_in_the_text_is_one_voice_with_the_body(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia, said_by=("Orta Water Board",))
        article = file_under(ticket, nadia, "Hill Post")
        hop = Hop(
            position=0,
            name="Mina Sahil",
            kind=SourceKind.PERSON,
            role="spokeswoman",
            speaks_for="Orta Water Board",
        )
        article.versions[0].assertions[0].hops.append(hop)
        actions.recount(db.session, [ticket])
        assert figures(ticket) == (2, 1, 1)
        board = make_source(db.session, "Orta Water Board")
        alone = open_ticket(db.session, nadia, said_by=())
        hop = Hop(
            position=0, name="Mina Sahil", kind=SourceKind.PERSON, role="head", speaks_for="Orta Water Board"
        )
        alone.appearances[0].assertion.hops.append(hop)
        db.session.flush()
        stated = Statement(TieKind.PARTY_TO, "https://court.example", event="The flood")
        state_tie(db.session, nadia, board, stated)
        assert alone.origins_party
