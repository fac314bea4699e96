"""However often a text is spotted anew, and whatever comes out: what people decided stands, once, to the letter."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import inspect, select

from tests.articles.conftest import TakenIn
from tests.cast import make_person, make_source
from verify.accounts.models import Person
from verify.articles import actions, decisions, wording
from verify.articles.models import ArticleVersion, Assertion, AssertionState, Ground, Mode
from verify.articles.spotting_actions import put_spotted
from verify.articles.suggestions import Passages, Put, spotted_in
from verify.db import Base, db
from verify.errors import Conflict
from verify.spotting.assertion import Assertion as Spotted
from verify.spotting.assertion import Hop as SpottedHop

# With characters beyond the basic plane, combining marks and a right-to-left line, so that offsets are put to the test.
TEXT = (
    "\U0001f30a Flood gates at Orta opened, engineers say\n\n"
    "The gates of the Orta dam were opened before dawn, said Lale Demir, a spokeswoman for the water board. "
    "“Forty houses stand under water,” she told the Orta Courier.\n\n"
    "Mayor Tarik Onal said that nobody had been warned. Cafe\u0301 owners said that they had lost everything. "
    "A farmer said that his sheep had drowned.\n\n"
    "شهردار گفت که کسی خبردار نشده بود. Engineers said that the gates would stay open until Friday.\n"
)
DEMIR = (
    "The gates of the Orta dam were opened before dawn, said Lale Demir, a spokeswoman for the water board."
)
ONAL = "Mayor Tarik Onal said that nobody had been warned."
OWNERS = "Cafe\u0301 owners said that they had lost everything."
FARMER = "A farmer said that his sheep had drowned."
LAST = "Engineers said that the gates would stay open until Friday."
SAMPLE = spotted_in("A mayor said that nobody had been warned.")[0]


def found(passage: str, statement: str = "", by: str = "somebody", **more: Any) -> Spotted:
    """What a spotter may say about a passage of the text."""
    start = TEXT.index(passage)
    chain = (SpottedHop(by, "person"),)
    fresh = replace(
        SAMPLE, start=start, end=start + len(passage), statement=statement or passage, chain=chain
    )
    return replace(fresh, **more)


FIRST = [found(DEMIR, by="Lale Demir"), found(ONAL), found(OWNERS), found(FARMER), found(LAST)]


def version() -> ArticleVersion:
    return db.session.scalars(select(ArticleVersion)).one()


def spot(*spotted: Spotted) -> Put:
    put = put_spotted(db.session, None, version(), list(spotted))
    db.session.commit()
    return put


def rows() -> list[Assertion]:
    db.session.expire_all()
    return list(db.session.scalars(select(Assertion).order_by(Assertion.start, Assertion.end, Assertion.id)))


def over(passage: str) -> Assertion:
    """The assertion that stands over exactly this passage."""
    (one,) = [one for one in rows() if TEXT[one.start : one.end] == passage]
    return one


def letter_for_letter(one: Assertion) -> dict[str, Any]:
    """All that the database holds of an assertion, its chain and its history included."""
    hops, history = [columns(hop) for hop in one.hops], [columns(act) for act in one.decisions]
    return {**columns(one), "hops": hops, "decisions": history}


def columns(row: Base) -> dict[str, Any]:
    return {attribute.key: getattr(row, attribute.key) for attribute in inspect(type(row)).column_attrs}


def edit(person: Person, one: Assertion, **more: Any) -> None:
    said = wording.Wording(statement="As a person words it", mode=Mode.INDIRECT, chain=wording.links_of(one))
    decisions.edit_assertion(db.session, person, one, wording=said, **more)


def dismiss(person: Person, one: Assertion) -> None:
    decisions.dismiss(db.session, person, one, ground=Ground.NOT_A_CLAIM)


def file(person: Person, one: Assertion) -> None:
    decisions.mark_filed(db.session, person, one)


def restore(person: Person, one: Assertion) -> None:
    dismiss(person, one)
    decisions.restore(db.session, person, one)


def unfile(person: Person, one: Assertion) -> None:
    file(person, one)
    decisions.unmark_filed(db.session, one)


def undo(person: Person, one: Assertion) -> None:
    edit(person, one)
    decisions.undo_edit(db.session, person, one)


DECISIONS: list[Callable[[Person, Assertion], None]] = [edit, dismiss, file, restore, unfile, undo]
AFTERWARDS: dict[str, list[Spotted]] = {
    "the same": FIRST,
    "nothing": [],
    "other words": [replace(one, statement="Quite another statement") for one in FIRST],
    "another speaker": [replace(one, chain=(SpottedHop("Another", "outlet"),)) for one in FIRST],
    "shorter": [replace(one, end=one.end - 9) for one in FIRST],
    "a little elsewhere": [replace(one, start=one.start + 4, end=one.end - 1) for one in FIRST],
    "two for one": [
        half
        for one in FIRST
        for half in (replace(one, end=one.start + 20), replace(one, start=one.start + 21))
    ],
    "twice the same": [*FIRST, *FIRST],
}


@pytest.fixture
def person(app: Flask, taken_in: TakenIn) -> int:
    """A checker beside a text that was spotted once."""
    taken_in(TEXT, spotted=False)
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi").id
        spot(*FIRST)
        return nadia


@pytest.mark.parametrize("decide", DECISIONS)
@pytest.mark.parametrize("afterwards", AFTERWARDS)
def test_what_a_person_decided_stands_to_the_letter_and_once(
    app: Flask, person: int, decide: Callable[[Person, Assertion], None], afterwards: str
) -> None:
    with app.app_context():
        decide(db.session.get_one(Person, person), over(ONAL))
        db.session.commit()
        before = letter_for_letter(over(ONAL))
        for _ in range(2):
            spot(*AFTERWARDS[afterwards])
            there = [one for one in rows() if one.start < before["end"]]
            overlapping = [one for one in there if one.end > before["start"]]
            assert [letter_for_letter(one) for one in overlapping] == [before]


def test_what_a_person_marked_by_hand_stands_and_is_not_suggested_beside_it(app: Flask, person: int) -> None:
    with app.app_context():
        nadia = db.session.get_one(Person, person)
        passage = "“Forty houses stand under water,” she told the Orta Courier."
        start = TEXT.index(passage)
        said = wording.Wording("Forty houses stand under water", Mode.OWN_VOICE, [])
        decisions.mark_by_hand(
            db.session, nadia, version(), start=start, end=start + len(passage), wording=said
        )
        db.session.commit()
        before = letter_for_letter(over(passage))
        spot(*FIRST, found(passage), found("“Forty houses stand under water,”"))
        assert letter_for_letter(over(passage)) == before
        assert len(rows()) == len(FIRST) + 1


def test_a_passage_that_a_person_made_smaller_does_not_come_back_in_its_old_size(
    app: Flask, person: int
) -> None:
    with app.app_context():
        start = TEXT.index("before dawn")
        edit(db.session.get_one(Person, person), over(DEMIR), start=start, end=start + len("before dawn"))
        db.session.commit()
        spot(*FIRST)
        assert [one.statement for one in rows() if one.start < TEXT.index("“Forty")] == [
            "As a person words it"
        ]


def test_a_longer_passage_that_is_mostly_undecided_is_suggested(app: Flask, person: int) -> None:
    with app.app_context():
        dismiss(db.session.get_one(Person, person), over(ONAL))
        db.session.commit()
        longer = TEXT[TEXT.index(ONAL) : TEXT.index(FARMER) + len(FARMER)]
        spot(found(longer))
        assert over(longer).state is AssertionState.SUGGESTED
        assert over(ONAL).state is AssertionState.DISMISSED


def test_what_comes_out_the_same_keeps_its_number_and_an_open_page_stays_right(
    app: Flask, person: int
) -> None:
    with app.app_context():
        before = [letter_for_letter(one) for one in rows()]
        put = spot(*FIRST)
        assert (put.new, put.same, put.withdrawn) == (0, len(FIRST), 0)
        assert [letter_for_letter(one) for one in rows()] == before
        seen = over(ONAL)
        number, row_version = seen.id, seen.row_version
        spot(*(replace(one, check_worthiness=0.9, version="99") for one in FIRST))
        assert (over(ONAL).id, over(ONAL).method) == (number, f"{SAMPLE.method}/99")
        with pytest.raises(Conflict):  # what the page shows of it is old: the person is told
            decisions.dismiss(
                db.session, db.session.get_one(Person, person), over(ONAL), ground=Ground.OPINION,
                row_version=row_version,
            )  # fmt: skip


def test_what_comes_out_otherwise_is_another_suggestion_with_a_number_never_used_before(
    app: Flask, person: int
) -> None:
    with app.app_context():
        highest = max(one.id for one in rows())
        put = spot(*(replace(one, statement=f"Anew: {one.statement}") for one in FIRST))
        assert (put.new, put.same, put.withdrawn) == (len(FIRST), 0, len(FIRST))
        assert min(one.id for one in rows()) > highest


def test_a_source_that_people_linked_to_a_hop_stays_linked(app: Flask, person: int) -> None:
    with app.app_context():
        source = make_source(db.session, "The water board’s Demir").id
        over(DEMIR).hops[0].source_id = source
        db.session.commit()
        make_source(db.session, "Lale Demir")
        make_source(db.session, "somebody")
        db.session.commit()
        spot(*FIRST)
        assert over(DEMIR).hops[0].source_id == source
        assert over(ONAL).hops[0].source is not None  # and one nobody had linked is linked by its name


def test_every_span_reads_back_exactly_after_many_spottings(app: Flask, person: int) -> None:
    with app.app_context():
        dismiss(db.session.get_one(Person, person), over(OWNERS))
        db.session.commit()
        for _ in range(3):
            spot(*spotted_in(TEXT))
        undecided = [one for one in rows() if one.state is AssertionState.SUGGESTED]
        decided = over(OWNERS)
        wanted = [one for one in spotted_in(TEXT) if one.end <= decided.start or one.start >= decided.end]
        assert [(one.start, one.end, one.statement) for one in undecided] == [
            (one.start, one.end, one.statement) for one in wanted
        ]
        assert TEXT[decided.start : decided.end] == OWNERS


@pytest.mark.both_databases
def test_two_spottings_and_a_person_at_the_same_moment_leave_each_passage_once(
    app: Flask, person: int
) -> None:
    def spots() -> str:
        with app.app_context():
            spot(*FIRST)
            return "spotted"

    def dismisses() -> str:
        with app.app_context():
            try:
                dismiss(db.session.get_one(Person, person), over(ONAL))
                db.session.commit()
            except Conflict:
                return "was told"
            return "dismissed"

    for _ in range(5):
        with ThreadPoolExecutor(3) as pool:
            outcomes = [job.result() for job in [pool.submit(act) for act in (spots, dismisses, spots)]]
        with app.app_context():
            passages = [TEXT[one.start : one.end] for one in rows()]
            assert sorted(passages) == sorted(TEXT[one.start : one.end] for one in FIRST)
            if "dismissed" in outcomes:
                assert over(ONAL).state is AssertionState.DISMISSED
                actions.restore(db.session, db.session.get_one(Person, person), over(ONAL))
                db.session.commit()


SPANS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda one: (one[0], one[0] + one[1])), max_size=12
)


@given(SPANS, st.integers(0, 70), st.integers(1, 25))
def test_how_much_of_a_passage_was_decided_on_is_counted_character_by_character(
    spans: list[tuple[int, int]], start: int, length: int
) -> None:
    held = {place for low, high in spans for place in range(low, high)}
    expected = len(held & set(range(start, start + length))) / length
    assert Passages(spans).share(start, start + length) == pytest.approx(expected)
