"""Fields narrow what is found, alone or with words, and a minus before one asks for everything else."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from tests import cast
from tests.search.conftest import Archive
from tests.search.reviews import review_of_others
from verify.articles.models import Article
from verify.evidence.actions import Entry, add_evidence, withdraw_evidence
from verify.evidence.models import Evidence, EvidenceKind, RestsOn, Stance
from verify.search.models import Kind
from verify.sources import actions as sources
from verify.tickets import actions as tickets
from verify.tickets.lookups import ticket_by_reference
from verify.tickets.models import Ticket
from verify.tickets.workflow import Rating, Status

pytestmark = pytest.mark.both_databases
GATES, HOUSES = "The gates of the Orta dam were opened", "Forty houses stand under water"


@pytest.fixture
def desk(archive: Archive) -> Archive:
    """Two claims by two people, one of them graded false, with a comment and two articles around them."""
    first = archive.open(GATES, said_by=("Lale Demir",))
    second = archive.open(HOUSES, said_by=("Tarik Onal",))
    with archive.session() as session:
        nadia, omar = archive.person(session, "Nadia"), archive.person(session, "Omar")
        ticket = ticket_by_reference(session, None, second)
        tickets.add_comment(session, omar, ticket, body="Count them again.")
        add_evidence(
            session, nadia, ticket, Entry(EvidenceKind.NOTE, Stance.REFUTES, "Roll of houses", "Twelve.")
        )
        session.execute(
            update(Ticket).where(Ticket.reference == second).values(status=Status.GRADED, rating=Rating.FALSE)
        )
    assert first != second
    return archive


def claims(desk: Archive, typed: str) -> set[str]:
    return set(desk.titles(f"{typed} in:claims"))


NARROWED: tuple[tuple[str, set[str]], ...] = (
    ("status:open", {GATES}),
    ("status:graded", {HOUSES}),
    ("status:open,graded", {GATES, HOUSES}),
    ("-status:open", {HOUSES}),
    ("rating:false", {HOUSES}),
    ("-rating:false", {GATES}),
    ("rating:confirmed", set()),
    ('source:"Lale Demir"', {GATES}),
    ('-source:"Lale Demir"', {HOUSES}),
    ("source:demir", {GATES}),
    ("source:nobody", set()),
    ("by:nadia", {GATES, HOUSES}),
    ("by:omar", set()),
    ("by:me", {GATES, HOUSES}),
    ("investigation:ort", {GATES, HOUSES}),
    ("investigation:floods status:open", {GATES}),
    ("investigation:none", set()),
    ("has:evidence", {HOUSES}),
    ("-has:evidence", {GATES}),
    ("has:verdict", set()),
    ("houses status:graded -gates", {HOUSES}),
    ("houses status:open", set()),
    ("after:2000 before:2001", set()),
    ("-orta", {HOUSES}),
)


def test_claims_are_narrowed(desk: Archive) -> None:
    for typed, expected in NARROWED:
        assert claims(desk, typed) == expected, typed


def test_what_lies_on_a_ticket_is_narrowed_with_it(desk: Archive) -> None:
    found = {hit.kind for hit in desk.hits("rating:false")}
    assert found == {Kind.TICKET, Kind.COMMENT, Kind.EVIDENCE}
    assert {hit.kind for hit in desk.hits("status:open")} == {Kind.TICKET}


def test_each_kind_can_be_asked_for_and_left_out(desk: Archive) -> None:
    with desk.session() as session:
        review_of_others(session, claim="Herons opened the sluice", publisher="Delta Facts")
    words = {"claims": Kind.TICKET, "articles": Kind.ARTICLE, "sources": Kind.SOURCE, "evidence": Kind.EVIDENCE,
             "comments": Kind.COMMENT, "elsewhere": Kind.CLAIMREVIEW}  # fmt: skip
    everything = desk.finds("after:1900").counts
    assert set(everything) == set(words.values())
    for word, kind in words.items():
        assert desk.finds(f"in:{word}").counts == {kind: everything[kind]}
        assert desk.finds(f"-in:{word}").counts == {k: n for k, n in everything.items() if k is not kind}
    assert set(desk.finds("in:claims,articles").counts) == {Kind.TICKET, Kind.ARTICLE}


def test_articles_are_found_by_outlet_and_by_whom_they_quote_under_any_name(desk: Archive) -> None:
    number = desk.take_in("Quiet night", "Nothing happened.", outlet="Hill Post")
    assert {hit.key for hit in desk.hits('source:"Hill Post" in:articles')} == {number}
    quoted = {hit.key for hit in desk.hits("source:demir in:articles")}
    assert len(quoted) == 1
    with desk.session() as session:
        sources.add_alias(
            session, desk.person(session, "Nadia"), cast.make_source(session, "Lale Demir"), "Mrs L. D."
        )
    assert {hit.key for hit in desk.hits('source:"L. D." in:articles')} == quoted
    assert claims(desk, 'source:"L. D."') == {GATES}


def test_evidence_is_found_by_whose_record_it_is(desk: Archive) -> None:
    with desk.session() as session:
        board = cast.make_source(session, "Gauge Board of Orta")
        ticket = session.scalars(select(Ticket).where(Ticket.claim == GATES)).one()
        add_evidence(
            session, desk.person(session, "Nadia"), ticket,
            Entry(EvidenceKind.NOTE, Stance.SUPPORTS, "Gauge log", "04:10", source=board, rests_on=RestsOn.OWN_RECORD),
        )  # fmt: skip
    assert desk.titles('source:"Gauge Board of Orta" in:evidence') == ["Gauge log"]


def test_a_name_in_another_spelling_is_taken_for_the_source_and_said(desk: Archive) -> None:
    finds = desk.finds('source:"Lale Demirr" in:claims')
    assert [one.title for one in finds.best] == [GATES]
    assert finds.notes == ("No source goes by “Lale Demirr”; it is taken for Lale Demir.",)


def test_nobody_of_that_name_is_said(desk: Archive) -> None:
    assert desk.finds("by:zelda").notes == ("Nobody on the desk goes by “zelda”.",)
    assert desk.finds("investigation:zzz").notes == ("No investigation has the prefix or the name “zzz”.",)


def test_days_are_those_of_publication_where_it_is_known(desk: Archive) -> None:
    number = desk.take_in("Old news", "Nothing happened.")
    with desk.session() as session:
        session.get_one(Article, number).published_on = date(2021, 9, 6)
    for typed, found in {
        "after:2021-09-06 before:2021-09-07": True,
        "after:2021-09 before:2021-10": True,
        "before:2021-09-06": False,
        "after:2021-09-07 before:2022": False,
        "-after:2021-09-07": True,
    }.items():
        assert (number in {hit.key for hit in desk.hits(f"{typed} in:articles")}) is found, typed


def test_evidence_that_was_withdrawn_counts_no_more(desk: Archive) -> None:
    with desk.session() as session:
        session.execute(update(Ticket).values(status=Status.OPEN, rating=None))
    with desk.session() as session:
        piece = session.scalars(select(Evidence)).one()
        ticket = session.get_one(Ticket, piece.ticket_id)
        withdraw_evidence(session, desk.person(session, "Nadia"), ticket, piece, reason="Another roll.")
    assert claims(desk, "has:evidence") == set()
    assert not desk.finds("has:file").total
