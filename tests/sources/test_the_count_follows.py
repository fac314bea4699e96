"""What people change in the registry, the count of origins follows: forth and back."""

from __future__ import annotations

from datetime import date

from flask import Flask

from tests.cast import assert_in, make_person, make_source, open_ticket, take_in
from verify.accounts.models import Person
from verify.db import db
from verify.sources.apart_actions import tell_apart
from verify.sources.merge_actions import merge_sources, split_back
from verify.sources.models import Source, SourceKind, TieKind
from verify.sources.tie_actions import Statement, close_tie, state_tie
from verify.tickets import actions as tickets
from verify.tickets.models import Ticket

CLAIM = "The bridge at Orta is closed"


def two_say_so(one: str, other: str) -> tuple[Person, Source, Source, Ticket]:
    """One claim that two sources make, each in an article of its own."""
    nadia = make_person(db.session, "Nadia Rahimi")
    ticket = open_ticket(db.session, nadia, claim=CLAIM, said_by=(one,))
    article = take_in(db.session, nadia, text=f"Elsewhere\n\n{CLAIM}, we hear.\n", outlet="Hill Post")
    tickets.add_appearance(db.session, nadia, ticket, assert_in(db.session, article, CLAIM, said_by=(other,)))
    return nadia, make_source(db.session, one), make_source(db.session, other), ticket


def bounds(ticket: Ticket) -> tuple[int, int]:
    db.session.flush()
    return ticket.origins_lower, ticket.origins_upper


def test_two_cards_that_are_merged_are_one_origin_and_two_again_when_split(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, ticket = two_say_so("Lale Demir", "Tarik Onal")
        assert bounds(ticket) == (2, 2)
        merge_sources(db.session, nadia, one, other, reason="A pen name.")
        assert bounds(ticket) == (1, 1)
        split_back(db.session, nadia, one, reason="No pen name after all.")
        assert bounds(ticket) == (2, 2)


def test_a_tie_that_ended_before_the_articles_binds_nobody(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, ticket = two_say_so("Lale Demir", "Tarik Onal")
        for appearance in ticket.appearances:
            appearance.assertion.version.article.published_on = date(2021, 9, 5)
        stated = Statement(TieKind.SPEAKS_FOR, "Her page", other=other)
        tie = state_tie(db.session, nadia, one, stated)
        assert bounds(ticket) == (1, 1)
        close_tie(db.session, nadia, one, tie, until=date(2021, 9, 4), reason="Dismissed that day.")
        assert bounds(ticket) == (2, 2)


def test_spellings_that_people_told_apart_are_two_origins_for_certain(app: Flask) -> None:
    with app.app_context():
        nadia, one, other, ticket = two_say_so("Fahim Dashti", "Fahim Dashty")
        tell_apart(db.session, nadia, one, other)
        assert bounds(ticket) == (2, 2)
        assert one.kind is SourceKind.PERSON
