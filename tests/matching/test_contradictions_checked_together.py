"""Two claims in one check: both pages say so, the same people may review both, and the seals hold across the two."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.grading.bench import judged
from tests.matching.claims import DENIED, GATES, MatchDesk
from verify.db import db
from verify.errors import Refused
from verify.grading.actions import submit_review
from verify.matching import contradiction_actions as actions
from verify.matching.contradiction_models import Contradiction, Standing
from verify.tickets import actions as tickets
from verify.tickets import reviewers

_FRESH = re.compile(r'(name="(?:csrf_token|form_key)"[^>]*value=")[^"]*')


class Pair:
    """Two open tickets in one check, and what people do about them."""

    def __init__(self, desk: MatchDesk) -> None:
        self.desk = desk
        self.one, self.other = desk.ticket_for(GATES), desk.ticket_for(DENIED)
        with desk.session() as session:
            self.number = session.scalars(select(Contradiction.id)).one()
            pair, nadia = self.row(session), desk.person(session, "Nadia")
            actions.decide(session, nadia, pair, verdict=Standing.CONFIRMED, reason="")
            actions.check_together(session, nadia, pair, reason="One night, one dam.")

    def row(self, session: Session) -> Contradiction:
        return session.get_one(Contradiction, self.number)

    @property
    def address(self) -> str:
        return f"/tickets/{self.one}/contradictions/{self.number}"

    def assign(self, reference: str, *people: str) -> None:
        self.desk.assign(reference, *people)

    def send(self, who: str, reference: str) -> None:
        with self.desk.session() as session:
            person, ticket = self.desk.person(session, who), self.desk.ticket(session, reference)
            submit_review(session, person, ticket, judged(), found_nothing=True)

    def states(self) -> tuple[str, str]:
        return self.desk.status(self.one), self.desk.status(self.other)


@pytest.fixture
def pair(desk: MatchDesk) -> Pair:
    return Pair(desk)


def test_whoever_works_on_either_is_told_on_every_page_of_work(pair: Pair) -> None:
    pair.assign(pair.one, "Omar", "Lena")
    told = f"checked together with {pair.other}, which says the opposite: “{DENIED}”"
    for address in (f"/tickets/{pair.one}", f"/tickets/{pair.one}/review"):
        assert told in pair.desk.browser("Omar").get(address).text, address
    assert told in pair.desk.browser("Ines").get(f"/tickets/{pair.one}/approval").text


def test_the_same_two_are_assigned_to_both_and_nobody_who_opened_either(pair: Pair) -> None:
    page = pair.desk.browser("Ines").get(pair.address)
    page.form_to("/reviewers").submit()
    with pair.desk.session() as session:
        both = [
            {one.reviewer.name for one in reviewers.in_force(session, pair.desk.ticket(session, reference))}
            for reference in (pair.one, pair.other)
        ]
    assert both[0] == both[1]
    assert len(both[0]) == 2
    assert "Nadia Rahimi" not in both[0]
    assert pair.states() == ("in_review", "in_review")


def test_a_ticket_that_waits_takes_the_reviewers_of_the_other(pair: Pair) -> None:
    pair.assign(pair.one, "Omar", "Lena")
    pair.desk.browser("Ines").get(pair.address).form_to("/reviewers").submit()
    with pair.desk.session() as session:
        found = reviewers.in_force(session, pair.desk.ticket(session, pair.other))
        assert {one.reviewer.name for one in found} == {"Omar Haidari", "Lena Vogt"}


def test_reviewers_who_may_not_judge_the_other_are_told_in_words(desk: MatchDesk) -> None:
    pair = Pair(desk)
    with desk.session() as session:
        omar, other = desk.person(session, "Omar"), desk.ticket(session, pair.other)
        tickets.declare_interest(session, omar, other, reason="My brother keeps the gates.")
    pair.assign(pair.one, "Omar", "Lena")
    page = desk.browser("Ines").get(pair.address).form_to("/reviewers").submit()
    assert page.status == 422
    assert "Omar Haidari declared an interest in this ticket" in page.text
    assert pair.states() == ("in_review", "open")


def test_nobody_is_assigned_where_neither_ticket_waits(desk: MatchDesk) -> None:
    pair = Pair(desk)
    pair.assign(pair.one, "Omar", "Lena")
    pair.assign(pair.other, "Tomas", "Ines")
    with desk.app.app_context():
        ines, row = desk.person(db.session, "Ines"), pair.row(db.session)
        with pytest.raises(Refused, match="Neither ticket waits"):
            actions.same_reviewers(db.session, ines, row)


def test_no_review_opens_while_its_reviewer_owes_the_opposite_one(pair: Pair) -> None:
    for reference in (pair.one, pair.other):
        pair.assign(reference, "Omar", "Lena")
    pair.send("Omar", pair.one)
    pair.send("Omar", pair.other)
    pair.send("Lena", pair.one)
    assert pair.states() == ("in_review", "in_review"), "Lena would read what Omar thinks of the opposite"
    pair.send("Lena", pair.other)
    assert pair.states() == ("graded", "graded")


def test_a_held_review_looks_like_one_that_is_not_written(pair: Pair) -> None:
    for reference in (pair.one, pair.other):
        pair.assign(reference, "Omar", "Lena")
    pair.send("Omar", pair.one)

    def seen(who: str) -> list[str]:
        pages = (f"/tickets/{pair.one}", f"/tickets/{pair.other}", pair.address, "/queue")
        return [_FRESH.sub(r"\1", pair.desk.browser(who).get(page).html) for page in pages]

    before = {who: seen(who) for who in ("Omar", "Tomas", "Ines")}
    pair.send("Lena", pair.one)
    for who, pages in before.items():
        assert seen(who) == pages, who


def test_reviews_by_other_people_wait_for_nothing(pair: Pair) -> None:
    pair.assign(pair.one, "Omar", "Lena")
    pair.assign(pair.other, "Tomas", "Ines")
    pair.send("Omar", pair.one)
    pair.send("Lena", pair.one)
    assert pair.states() == ("graded", "in_review")


def test_one_shared_reviewer_holds_until_their_own_is_in(pair: Pair) -> None:
    pair.assign(pair.one, "Omar", "Lena")
    pair.assign(pair.other, "Omar", "Tomas")
    pair.send("Lena", pair.one)
    pair.send("Omar", pair.one)
    assert pair.states() == ("in_review", "in_review")
    pair.send("Omar", pair.other)
    assert pair.states() == ("graded", "in_review")


@pytest.mark.parametrize("way", ["apart", "dropped", "freed"])
def test_reviews_that_waited_open_when_nothing_is_awaited_any_more(pair: Pair, way: str) -> None:
    for reference in (pair.one, pair.other):
        pair.assign(reference, "Omar", "Lena")
    pair.send("Omar", pair.one)
    pair.send("Lena", pair.one)
    assert pair.states() == ("in_review", "in_review")
    with pair.desk.session() as session:
        ines, other = pair.desk.person(session, "Ines"), pair.desk.ticket(session, pair.other)
        if way == "apart":
            actions.take_apart(session, ines, pair.row(session), reason="Two events after all.")
        elif way == "dropped":
            tickets.drop(session, ines, other, reason="Nobody claims it.")
        else:
            lena = pair.desk.person(session, "Lena")
            tickets.free_reviewer(session, ines, other, lena, reason="Ill.")
    assert pair.desk.status(pair.one) == "graded"


def test_a_check_that_is_undone_leaves_both_and_its_record(pair: Pair) -> None:
    page = pair.desk.browser("Lena").get(pair.address)
    page = page.form_to("/apart").submit(reason="Two events after all.")
    assert "Two events after all." in page.text
    for reference in (pair.one, pair.other):
        shown = pair.desk.browser("Lena").get(f"/tickets/{reference}").text
        assert "is checked together with" not in shown
        assert "took this ticket out of a combined check" in shown
    page.form_to("/together").submit(reason="One night all the same.")
    assert "is checked together with" in pair.desk.browser("Lena").get(f"/tickets/{pair.one}").text


def test_what_is_checked_together_is_not_refused_before_it_is_taken_apart(pair: Pair) -> None:
    with pair.desk.app.app_context():
        nadia, row = pair.desk.person(db.session, "Nadia"), pair.row(db.session)
        with pytest.raises(Refused, match="Undo the combined check first"):
            actions.decide(db.session, nadia, row, verdict=Standing.REFUSED, reason="No.")
