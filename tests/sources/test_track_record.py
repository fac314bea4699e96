"""A track record counts the closed tickets whose claims lead back to a source; it never makes a rate of them."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import event

from tests.cast import assert_in, make_person, make_source, open_ticket, sign_in, take_in
from tests.pages import Visitor
from verify.accounts.models import Person
from verify.articles.models import Mode, Polarity
from verify.db import db
from verify.origins.source_card import Record, track_record
from verify.sources.models import Source, SourceKind, TieKind
from verify.sources.tie_actions import Statement, state_tie
from verify.tickets.models import Ticket
from verify.tickets.workflow import Rating, Status


def claim(actor: Person, words: str, *chain: str, rating: Rating | None = None) -> Ticket:
    """A ticket on one claim with this chain; published with the rating when one is given."""
    ticket = open_ticket(db.session, actor, claim=words, said_by=chain)
    if rating is not None:
        ticket.status, ticket.rating = Status.PUBLISHED, rating
    db.session.flush()
    return ticket


def record_of(actor: Person, source: Source) -> list[Record]:
    return list(track_record(db.session, actor, source)["records"])


def test_verdicts_of_claims_that_lead_back_to_a_source_are_counted(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        claim(nadia, "Gate one was open", "Lale Demir", rating=Rating.CONFIRMED)
        claim(nadia, "Gate two was open", "Hill Post", "Lale Demir", rating=Rating.CONFIRMED)
        claim(nadia, "Gate three was open", "Lale Demir", rating=Rating.FALSE)
        claim(nadia, "Gate four was open", "Lale Demir")
        claim(nadia, "Gate five was open", "Lale Demir", "Tarik Onal", rating=Rating.FALSE)
        dropped = claim(nadia, "Gate six was open", "Lale Demir")
        dropped.status = Status.DROPPED
        db.session.flush()
        (made,) = record_of(nadia, make_source(db.session, "Lale Demir"))
        assert made.counts == {Rating.CONFIRMED: 2, Rating.FALSE: 1}  # not gate five: she passed it on
        assert (made.closed, made.open) == (3, 1)
        assert [reference for reference, *_ in made.tickets] == ["ORT-0003", "ORT-0002", "ORT-0001"]
        assert record_of(nadia, make_source(db.session, "Hill Post")) == []


def test_denials_are_counted_apart_and_neither_is_one_who_cannot_confirm(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        for number, polarity in enumerate(Polarity):
            ticket = claim(nadia, f"Gate {number} was open", "Lale Demir", rating=Rating.FALSE)
            ticket.appearances[0].assertion.polarity = polarity
        db.session.flush()
        made, denied = record_of(nadia, make_source(db.session, "Lale Demir"))
        assert (made.label, made.closed) == ("Claims it made", 1)
        assert (denied.label, denied.closed) == ("Claims it denied", 1)


def test_who_speaks_for_a_source_adds_to_its_record(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        board = make_source(db.session, "Water Board", SourceKind.ORGANISATION)
        claim(nadia, "Gate one was open", "Lale Demir", rating=Rating.CONFIRMED)
        assert record_of(nadia, board) == []
        lale = make_source(db.session, "Lale Demir")
        state_tie(db.session, nadia, lale, Statement(TieKind.SPEAKS_FOR, "The board’s own page", other=board))
        assert [one.closed for one in record_of(nadia, board)] == [1]


def test_an_outlet_answers_for_what_it_says_in_its_own_voice(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        article = take_in(db.session, nadia, text="At the gates\n\nForty houses stand under water.\n")
        assertion = assert_in(db.session, article, "Forty houses stand under water", said_by=())
        assertion.mode = Mode.OWN_VOICE
        ticket = open_ticket(db.session, nadia, claim="Forty houses stand under water", assertion=assertion)
        ticket.status, ticket.rating = Status.PUBLISHED, Rating.MOSTLY_RIGHT
        db.session.flush()
        (made,) = record_of(nadia, make_source(db.session, "Orta Courier"))
        assert made.counts == {Rating.MOSTLY_RIGHT: 1}


def test_the_card_shows_counts_with_their_number_and_no_percentage(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        first = claim(nadia, "Gate one was open", "Lale Demir", rating=Rating.CONFIRMED)
        claim(nadia, "Gate two was open", "Lale Demir", rating=Rating.FALSE)
        address = f"/sources/{make_source(db.session, 'Lale Demir').id}"
        reference = first.reference
        db.session.commit()
        page = sign_in(Visitor(app), nadia).get(address)
    record = page.select("//section[@id='record']")[0].text_content()
    assert "n = 2" in record
    assert "1 confirmed, 1 false" in " ".join(record.split())
    assert "counts, not a rate" in record
    assert not re.search(r"%|per cent", record)
    assert page.select(f"//section[@id='record']//a[contains(@href, '{reference}')]")


def test_a_long_record_asks_no_more_questions_than_a_short_one(app: Flask) -> None:
    with app.app_context():
        nadia, asked = make_person(db.session, "Nadia Rahimi"), list[str]()

        def questions() -> int:
            asked.clear()
            record_of(nadia, make_source(db.session, "Lale Demir"))
            return len(asked)

        event.listen(db.engine, "before_cursor_execute", lambda *heard: asked.append(str(heard[2])))
        claim(nadia, "Gate one was open", "Lale Demir", rating=Rating.CONFIRMED)
        few = questions()
        for number in range(2, 9):
            claim(nadia, f"Gate {number} was open", "Lale Demir", rating=Rating.FALSE)
        assert questions() == few
