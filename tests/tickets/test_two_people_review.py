"""Assigning reviewers: exactly two, drawn or chosen, from those with no other part in the ticket."""

from __future__ import annotations

import pytest

from tests import cast
from tests.tickets.conftest import Desk
from verify.audit.models import AuditEntry
from verify.errors import Refused
from verify.permissions import Role
from verify.tickets import actions, moves, reviewers
from verify.tickets.models import Assignment
from verify.tickets.workflow import Move, Status


def names_on(desk: Desk, reference: str) -> set[str]:
    with desk.session() as session:
        pair = reviewers.in_force(session, desk.ticket(session, reference))
        return {one.reviewer.name.split()[0] for one in pair}


def assign(desk: Desk, reference: str, *names: str) -> None:
    """Assign exactly these people, none drawn."""
    with desk.session() as session:
        people = [desk.person(session, name) for name in names]
        actions.assign(session, desk.person(session, "Nadia"), desk.ticket(session, reference), people)


def test_two_drawn_reviewers_start_the_review(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    page = desk.browser("Nadia").get(f"/tickets/{reference}").form("/reviewers/draw").submit()
    assert page.status == 200
    assert desk.status(reference) == "in_review"
    drawn = names_on(desk, reference)
    assert len(drawn) == 2
    assert "Nadia" not in drawn


def test_the_draw_takes_those_with_the_lightest_load_and_spares_who_could_approve(desk: Desk) -> None:
    busy = desk.open(by="Nadia")
    desk.assign(busy, "Omar", "Lena")
    for _ in range(5):
        with desk.session() as session:
            opened = cast.open_ticket(session, desk.person(session, "Omar"))
            drawn = reviewers.draw(session, opened, 2)
            assert {person.name for person in drawn} == {"Nadia Rahimi", "Tomas Reyes"}
    with desk.session() as session:
        third = cast.open_ticket(session, desk.person(session, "Nadia"))
        names = [person.name for person in reviewers.draw(session, third, 3)]
        assert names[0] == "Tomas Reyes"
        assert set(names[1:]) == {"Omar Haidari", "Lena Vogt"}


def test_the_one_chosen_by_hand_is_joined_by_one_drawn(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    page = desk.browser("Nadia").get(f"/tickets/{reference}/change")
    page.form("/reviewers").submit(first=str(desk.ids["Omar"]))
    assert "Omar" in names_on(desk, reference)
    assert len(names_on(desk, reference)) == 2


@pytest.mark.parametrize("pair", [("Omar", "Omar"), ("Nadia", "Omar")])
def test_the_same_person_twice_or_the_opener_is_refused(desk: Desk, pair: tuple[str, str]) -> None:
    reference = desk.open(by="Nadia")
    with pytest.raises(Refused):
        assign(desk, reference, *pair)
    assert desk.status(reference) == "open"


def test_one_or_three_reviewers_are_refused(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    for pair in (["Omar"], ["Omar", "Lena", "Tomas"]):
        with pytest.raises(Refused, match="two different people"):
            assign(desk, reference, *pair)


def test_readers_and_closed_accounts_are_not_assigned(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    with desk.session() as session:
        rosa = desk.add(session, "Rosa Lind", Role.READER)
        desk.person(session, "Omar").active = False
        session.flush()
        ticket, nadia = desk.ticket(session, reference), desk.person(session, "Nadia")
        for somebody in (rosa, desk.person(session, "Omar")):
            with pytest.raises(Refused, match="does not review"):
                actions.assign(session, nadia, ticket, [somebody, desk.person(session, "Lena")])


def test_who_declared_an_interest_is_not_assigned(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    page = desk.browser("Omar").get(f"/tickets/{reference}/change")
    page.form("/interest").submit(reason="My brother works at the dam.")
    offered = desk.browser("Nadia").get(f"/tickets/{reference}/change")
    assert not offered.select("//select[@name='first']/option[contains(., 'Omar')]")
    assert "My brother works at the dam." in desk.browser("Nadia").get(f"/tickets/{reference}").text
    with pytest.raises(Refused, match="declared an interest"):
        assign(desk, reference, "Omar", "Lena")


def test_a_reviewer_who_declares_an_interest_is_freed(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    desk.assign(reference, "Omar", "Lena")
    desk.browser("Omar").get(f"/tickets/{reference}/change").form("/interest").submit(
        reason="I know the mayor."
    )
    assert desk.status(reference) == "open"
    assert names_on(desk, reference) == {"Lena"}


def test_freeing_a_reviewer_opens_the_ticket_for_another_and_bars_the_freed_one(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    desk.assign(reference, "Omar", "Lena")
    page = desk.browser("Nadia").get(f"/tickets/{reference}/change")
    page = page.form(f"/reviewers/{desk.ids['Omar']}/free").submit(reason="On leave until Monday.")
    assert desk.status(reference) == "open"
    assert "On leave until Monday." in page.text
    with pytest.raises(Refused, match="was freed from this round"):
        assign(desk, reference, "Omar")
    desk.browser("Nadia").get(f"/tickets/{reference}/change").form("/reviewers").submit(
        first=str(desk.ids["Tomas"])
    )
    assert desk.status(reference) == "in_review"
    assert names_on(desk, reference) == {"Lena", "Tomas"}


def test_freeing_needs_a_reason_and_keeps_the_form_open(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    desk.assign(reference, "Omar", "Lena")
    page = desk.browser("Nadia").get(f"/tickets/{reference}/change")
    again = page.form(f"/reviewers/{desk.ids['Omar']}/free").submit(reason="   ")
    assert again.status == 422
    assert again.select(f"//details[@open]//form[contains(@action, '/reviewers/{desk.ids['Omar']}/free')]")
    assert desk.status(reference) == "in_review"


def test_two_people_who_assign_at_once_end_with_two_reviewers(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    by_hand = desk.browser("Nadia").get(f"/tickets/{reference}/change").form("/reviewers")
    drawn = desk.browser("Tomas").get(f"/tickets/{reference}").form("/reviewers/draw")
    assert desk.browser("Omar").get(f"/tickets/{reference}").form("/reviewers/draw").submit().status == 200
    for late in (by_hand.submit(), drawn.submit()):
        assert late.status == 422
        assert "reviewers are assigned while it is open" in late.text
    with desk.session() as session:
        assert session.query(Assignment).count() == 2


def test_each_assignment_is_one_log_entry(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    desk.assign(reference, "Omar", "Lena")
    with desk.session() as session:
        assert (
            session.query(AuditEntry).filter_by(action="ticket.assigned", subject_id=reference).count() == 1
        )


def sent_back(desk: Desk, reference: str) -> None:
    with desk.session() as session:
        ticket, ines = desk.ticket(session, reference), desk.person(session, "Ines")
        moves.move(session, ines, ticket, Move.SETTLE)
        moves.move(session, ines, ticket, Move.SEND_BACK, reason="The place is not proven.")
        actions.renew_assignments(session, ines, ticket)


def test_a_ticket_sent_back_goes_to_the_same_two_in_a_new_round(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    desk.assign(reference, "Omar", "Lena")
    sent_back(desk, reference)
    assert desk.status(reference) == "in_review"
    assert names_on(desk, reference) == {"Omar", "Lena"}


def test_a_ticket_sent_back_waits_where_a_reviewer_has_left(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    desk.assign(reference, "Omar", "Lena")
    with desk.session() as session:
        desk.person(session, "Lena").active = False
    sent_back(desk, reference)
    assert desk.status(reference) == Status.OPEN
    assert names_on(desk, reference) == {"Omar"}
    assert "Omar Haidari stays; one more is needed" in desk.browser("Nadia").get(f"/tickets/{reference}").text
    assert "Returned to you" in desk.browser("Nadia").get("/queue").text


def test_a_deadline_is_set_cleared_and_told_in_the_history(desk: Desk) -> None:
    reference = desk.open(by="Nadia")
    page = (
        desk.browser("Nadia")
        .get(f"/tickets/{reference}/change")
        .form("/deadline")
        .submit(deadline_on="2026-12-24")
    )
    assert "24 December 2026" in page.text
    change = desk.browser("Nadia").get(f"/tickets/{reference}/change?do=deadline")
    assert change.form("/deadline").submit(deadline_on="soon").status == 422
    page = change.form("/deadline").submit(deadline_on="")
    assert "none (before: 24 December 2026)" in page.text
