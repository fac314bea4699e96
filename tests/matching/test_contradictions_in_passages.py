"""Passages under no ticket that say the opposite: a refusal is remembered, an opened ticket makes a pair."""

from __future__ import annotations

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests import cast
from tests.matching.claims import DENIED, GATES, HOUSES, MatchDesk
from verify.matching.contradiction_commands import contradictions
from verify.matching.contradiction_models import Contradiction, RefusedPassage


def passages(desk: MatchDesk, reference: str) -> str:
    """What the page says of passages under no ticket; the ticket's page names it, and its script fetches it."""
    browser = desk.browser("Lena")
    (piece,) = browser.get(f"/tickets/{reference}").select("//section[@id='contradictions']//@data-piece")
    return browser.get(str(piece)).text


def test_a_passage_that_denies_is_offered_until_somebody_refuses_it(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(DENIED)
    shown = passages(desk, reference)
    assert "Passages under no ticket" in shown
    assert DENIED in shown
    page = desk.browser("Lena").get(f"/tickets/{reference}/contradictions/passages/{number}")
    assert "Open a ticket for it" in page.text
    assert page.form_to(f"/passages/{number}").submit(reason=" ").status == 422
    page.form_to(f"/passages/{number}").submit(reason="He speaks of another night.")
    shown = passages(desk, reference)
    assert "Passages under no ticket" not in shown
    assert "He speaks of another night." in shown
    with desk.session() as session:
        kept = session.scalars(select(RefusedPassage)).one()
        assert kept.reasons
        assert kept.method.startswith("relation/")
    desk.browser("Lena").get(f"/tickets/{reference}").form(button="Offer it again").submit(
        button="Offer it again"
    )
    assert "Passages under no ticket" in passages(desk, reference)


def test_a_passage_that_is_filed_or_refused_meanwhile_is_a_conflict_in_words(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(DENIED)
    address = f"/tickets/{reference}/contradictions/passages/{number}"
    page = desk.browser("Lena").get(address)
    page.form_to(f"/passages/{number}").submit(reason="Another night.")
    late = desk.browser("Omar").get(address)
    assert late.status == 409
    assert "no longer offered" in late.text


def test_nothing_is_offered_where_nothing_denies(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    desk.assertion_of(HOUSES)
    assert "No passage that waits to be filed says the opposite." in passages(desk, reference)


def test_a_passage_becomes_a_pair_with_the_ticket_that_is_opened_for_it(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(DENIED)
    page = desk.browser("Lena").get(f"/tickets/{reference}/contradictions/passages/{number}")
    opened = page.get_link("Open a ticket for it").form_to("/tickets/").submit()
    assert "May say the opposite" in opened.text
    assert reference in opened.text
    assert "Passages under no ticket" not in passages(desk, reference)


def test_tickets_from_before_are_held_against_each_other_on_the_command_line(desk: MatchDesk) -> None:
    with desk.session() as session:
        for claim in (GATES, DENIED):
            cast.open_ticket(session, desk.person(session, "Nadia"), claim=claim)
        session.execute(text("DROP TRIGGER contradiction_no_delete" + _on(session)))
        session.execute(text("DELETE FROM contradiction"))
    desk.hold()
    for _ in range(2):
        told = desk.app.test_cli_runner().invoke(contradictions)
        assert "1 contradiction waits for a decision." in told.output
    with desk.session() as session:
        assert len(session.scalars(select(Contradiction)).all()) == 1


def _on(session: Session) -> str:
    return "" if session.get_bind().dialect.name == "sqlite" else " ON contradiction"
