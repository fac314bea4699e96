"""The order is one that a fact-checker expects: the claim before the text, the words as typed before others."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from tests.search.conftest import Archive
from verify.search.engine import Clause, Term
from verify.search.models import Kind, SearchEntry
from verify.search.ranking import Candidate, ranked
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status

TODAY = date(2026, 6, 1)


def clauses(*words: str) -> list[Clause]:
    return [Clause((Term((word,)),)) for word in words]


def one(number: int, title: str, names: str = "", **more: object) -> Candidate:
    wanted = {"kind": Kind.TICKET, "dated": TODAY, **more}
    return Candidate(number, key=number, title=title, names=names, **wanted)  # type: ignore[arg-type]  # as given


def order(found: list[Candidate], wanted: list[Clause]) -> list[int]:
    return [candidate.id for candidate in ranked(found, wanted, TODAY)]


def test_a_claim_s_wording_comes_before_who_says_so_and_that_before_a_text() -> None:
    found = [one(1, "Something else"), one(2, "Something else", "Gates Board"), one(3, "The gates opened")]
    assert order(found, clauses("gates")) == [3, 2, 1]


def test_more_of_the_words_in_the_wording_come_first() -> None:
    found = [one(1, "The gates opened"), one(2, "The dam’s gates opened"), one(3, "Nothing")]
    assert order(found, clauses("gates", "dam")) == [2, 1, 3]


def test_words_together_come_before_words_apart_and_the_very_words_first_of_all() -> None:
    found = [one(1, "Gates of the old dam"), one(2, "All dam gates opened"), one(3, "Dam gates")]
    assert order(found, clauses("dam", "gates")) == [3, 2, 1]


def test_what_was_typed_comes_before_other_spellings_in_the_wording_and_in_texts() -> None:
    wanted = [Clause((Term(("dashti",)), Term(("dashty",))))]
    assert order([one(1, "Dashty spoke"), one(2, "Dashti spoke")], wanted) == [2, 1]
    assert order([one(1, "A report", as_typed=False), one(2, "A report")], wanted) == [2, 1]


def test_of_those_alike_claims_come_before_articles_and_these_before_comments() -> None:
    kinds = (Kind.COMMENT, Kind.ARTICLE, Kind.TICKET)
    found = [one(number, "The gates opened", kind=kind) for number, kind in enumerate(kinds)]
    assert order(found, clauses("gates")) == [2, 1, 0]


def test_what_is_recent_counts_a_little_and_never_against_better_words() -> None:
    old, new = date(2019, 1, 1), TODAY
    assert order([one(1, "Gates", dated=old), one(2, "Gates", dated=new)], clauses("gates")) == [2, 1]
    assert order([one(1, "Old gates", dated=old), one(2, "Nothing", dated=new)], clauses("gates")) == [1, 2]


def test_a_claim_that_was_dropped_comes_behind_those_that_stand_and_before_mere_mentions() -> None:
    found = [
        one(1, "Nothing", kind=Kind.ARTICLE),
        one(2, "The gates opened", closed=True),
        one(3, "The gates opened"),
    ]
    assert order(found, clauses("gates")) == [3, 2, 1]


@pytest.mark.both_databases
def test_dropped_and_merged_claims_are_known_as_closed(archive: Archive) -> None:
    for word in ("dropped", "open"):
        archive.open(f"The gates of Orta opened, {word}")
    with archive.session() as session:
        first = session.scalars(select(Ticket).order_by(Ticket.id)).first()
        assert first is not None
        first.status = Status.DROPPED
    assert [(found.title.rsplit(" ", 1)[1], found.closed) for found in archive.finds("gates in:claims").best] == [
        ("open", False), ("dropped", True),
    ]  # fmt: skip


@pytest.mark.both_databases
def test_the_desk_shows_the_claim_first_whatever_lies_around_it(archive: Archive) -> None:
    claim = "The gates of the Orta dam were opened before dawn"
    for number in range(4):
        archive.take_in(
            f"Report {number}", f"Some say the gates of the dam were opened. {claim}, others say."
        )
    archive.open("Nobody knows who opened it", said_by=("Gates Board of the Dam",))
    reference = archive.open(claim)
    hits = archive.hits("gates dam dawn")
    assert hits[0].reference == reference


@pytest.mark.both_databases
def test_among_thousands_of_mentions_the_titles_are_found(archive: Archive) -> None:
    """Only some hundreds are put in order, and the right ones come among them."""
    archive.take_in("Gates of Orta", "Nothing more.")
    with archive.session() as session:
        session.execute(update(SearchEntry).values(dated=date(2001, 1, 1)))
        first = session.query(SearchEntry).first()
        assert first is not None
        session.add_all(
            SearchEntry(
                kind=Kind.COMMENT, key=number, dated=TODAY, title="", names="", person_id=first.person_id,
                body=f"Word {number}: the gates of Orta, again the gates of Orta.",
            )
            for number in range(1, 400)
        )  # fmt: skip
    finds = archive.finds("gates orta")
    assert finds.total >= 400
    assert finds.best[0].title == "Gates of Orta"
