"""People confirm, refuse or merge; what was offered is kept as it was shown, and every decision can be taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from tests.matching.claims import GATES, GATES_AGAIN, OTHER, MatchDesk, make_review
from tests.pages import Page
from verify.articles.models import Assertion, AssertionState
from verify.audit.models import AuditEntry
from verify.matching.models import MatchDecision, MatchVerdict
from verify.tickets.actions import drop
from verify.tickets.models import Appearance, Ticket


def press(page: Page, say: str) -> Page:
    """Press the one button that says this of the first match on a page."""
    forms = [one for one in page.tree.forms if dict(one.form_values()).get("say") == say]
    assert forms, page.html
    return page.visitor.post(forms[0].get("action"), dict(forms[0].form_values()))


def decision(desk: MatchDesk) -> MatchDecision:
    with desk.session() as session:
        found = session.scalars(select(MatchDecision).order_by(MatchDecision.id.desc())).first()
        assert found is not None
        session.expunge(found)
        return found


def test_one_press_on_the_ticket_files_an_assertion_and_keeps_what_was_offered(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    after = press(desk.page("Omar", f"/tickets/{reference}/similar"), "filed")
    assert after.path == f"/tickets/{reference}"
    assert "It is filed" in after.text
    assert "Hill Post" in after.text
    kept = decision(desk)
    assert (kept.one, kept.other) == (f"assertion:{number}", f"ticket:{desk.id_of(reference)}")
    assert kept.verdict is MatchVerdict.FILED
    assert kept.method == "similarity/1"
    assert 0.5 < kept.score < 1
    assert any(reason.startswith("same names") for reason in kept.why)
    assert (kept.one_words, kept.other_words) == (GATES_AGAIN, GATES)
    assert kept.decided_by_id == desk.ids["Omar"]
    with desk.session() as session:
        assert session.get_one(Assertion, number).state is AssertionState.FILED
        assert session.scalar(select(AuditEntry.sequence).where(AuditEntry.action == "match.decided"))


def test_one_press_on_the_card_files_under_the_likeliest_ticket_and_leads_back_to_the_card(
    desk: MatchDesk,
) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    after = press(desk.page("Omar", f"/matches/assertions/{number}/nearest"), "filed")
    assert after.path.startswith("/articles/")
    assert "It is filed" in after.text
    assert reference in after.text


def test_what_was_refused_is_not_suggested_again_but_can_be_opened_and_taken_back(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    after = press(desk.page("Omar", f"/matches/assertions/{number}"), "refused")
    assert "will not be suggested again" in after.text
    again = desk.page("Lena", f"/matches/assertions/{number}")
    assert "Nothing like it" in again.text
    assert "Decided: 1" in again.text
    assert "Omar Haidari said that it is another claim" in again.text
    assert f"Similar: {reference}" not in desk.page("Lena", f"/matches/assertions/{number}/nearest").text
    assert "File it under" not in desk.page("Lena", f"/tickets/{reference}/similar").text
    match = again.get_link("Look, or take it back")
    back = match.form("/undo").submit("Take it back", reason="I looked at the wrong day.")
    assert "taken back" in back.text
    assert "I looked at the wrong day." in back.text
    assert reference in desk.page("Lena", f"/matches/assertions/{number}").text


def test_taking_a_filing_back_takes_the_appearance_off_with_the_reason(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    press(desk.page("Omar", f"/matches/assertions/{number}"), "filed")
    address = f"/matches/assertion-{number}/ticket-{desk.id_of(reference)}"
    refused = desk.page("Lena", address).form("/undo").submit("Take it back")
    assert refused.status == 422
    assert "give a reason" in refused.text
    done = desk.page("Lena", address).form("/undo").submit("Take it back", reason="Another dam.")
    assert done.status == 200
    with desk.session() as session:
        assert session.scalar(select(Appearance.id).where(Appearance.assertion_id == number)) is None
    assert "Another dam." in desk.page("Lena", f"/tickets/{reference}").text


def test_a_filing_that_was_taken_off_by_hand_is_suggested_again_and_may_be_filed_again(
    desk: MatchDesk,
) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    press(desk.page("Omar", f"/matches/assertions/{number}"), "filed")
    change = desk.page("Omar", f"/tickets/{reference}/change?do=appearances")
    forms = [one for one in change.tree.forms if one.get("action").endswith("/remove")]
    fields = {**dict(forms[-1].form_values()), "reason": "Not sure."}
    desk.browser("Omar").post(forms[-1].get("action"), fields)
    assert "File it under" in desk.page("Omar", f"/tickets/{reference}/similar").text
    assert "It is filed" in press(desk.page("Omar", f"/matches/assertions/{number}"), "filed").text


def test_a_public_verdict_takes_nothing_in_and_the_repeat_is_logged_instead(desk: MatchDesk) -> None:
    reference = desk.publish(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    page = desk.page("Tomas", f"/matches/assertions/{number}")
    assert "File it under" not in page.text
    press(page, "seen")
    assert f"Same claim: {reference}" in desk.page("Rosa", f"/matches/assertions/{number}/nearest").text
    assert (
        "The same claim, seen again, said Tomas Reyes"
        in desk.page("Rosa", f"/matches/assertions/{number}").text
    )
    ticket = desk.page("Tomas", f"/tickets/{reference}")
    assert "Published" in ticket.text
    assert "Confirmed by Tomas Reyes" in ticket.text
    with desk.session() as session:
        assert session.get_one(Assertion, number).state is AssertionState.SUGGESTED


def test_two_tickets_are_merged_from_the_match_by_the_rules_of_merging(desk: MatchDesk) -> None:
    one, other = desk.ticket_for(GATES), desk.ticket_for(GATES_AGAIN, by="Omar")
    address = f"/matches/ticket-{desk.id_of(one)}/ticket-{desk.id_of(other)}"
    page = desk.page("Lena", address)
    refused = page.form(address).submit("Decide", say=f"merged:{one}")
    assert refused.status == 422
    assert "give a reason" in refused.text
    done = refused.form(address).submit("Decide", reason="The same morning, the same gates.")
    assert done.status == 200
    assert "are one now" in done.text
    assert desk.status(other) == "merged"
    assert "merged stay one" in done.text
    assert not [form for form in done.tree.forms if "undo" in (form.get("action") or "")]


def test_two_tickets_are_kept_apart_only_with_a_reason_that_both_show(desk: MatchDesk) -> None:
    one, other = desk.ticket_for(GATES), desk.ticket_for(GATES_AGAIN, by="Omar")
    address = f"/matches/ticket-{desk.id_of(one)}/ticket-{desk.id_of(other)}"
    refused = desk.page("Lena", address).form(address).submit("Decide", say="same")
    assert refused.status == 422
    assert "Say why the two are kept apart" in refused.text
    refused.form(address).submit("Decide", reason="Two investigations for two papers.")
    for reference in (one, other):
        text = desk.page("Nadia", f"/tickets/{reference}/similar").text
        assert "The same claim, kept apart, said Lena Vogt" in text
        assert "Two investigations for two papers." in text


def test_a_verdict_of_others_is_confirmed_or_refused_by_one_press(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    with desk.session() as session:
        make_review(session)
    after = press(desk.page("Omar", f"/tickets/{reference}/similar"), "same")
    assert after.status == 200
    text = desk.page("Lena", f"/tickets/{reference}/similar").text
    assert "The same claim, said Omar Haidari" in text
    assert "licence: CC BY 4.0" in text


def test_an_offer_cannot_be_made_up(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    address = f"/matches/assertion-{number}/ticket-{desk.id_of(reference)}"
    form = desk.page("Omar", address).form(address)
    refused = form.submit("Decide", say="refused", offer=form.fields()["offer"][:-4] + "AAAA")
    assert refused.status == 422
    assert "from before" in refused.text


def test_an_offer_decides_about_its_own_two_claims_alone(desk: MatchDesk) -> None:
    reference, third = desk.ticket_for(GATES), desk.ticket_for(OTHER)
    number = desk.assertion_of(GATES_AGAIN)
    address = f"/matches/assertion-{number}/ticket-{desk.id_of(reference)}"
    elsewhere = f"/matches/assertion-{number}/ticket-{desk.id_of(third)}"
    fields = dict(desk.page("Omar", address).form(address).fields()) | {"say": "filed"}
    refused = desk.browser("Omar").post(elsewhere, fields)
    assert refused.status == 422
    with desk.session() as session:
        assert session.scalar(select(MatchDecision.id)) is None


def test_the_second_of_two_who_decide_at_once_is_told_and_loses_no_word(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    address = f"/matches/assertion-{number}/ticket-{desk.id_of(reference)}"
    omar, lena = (desk.page(name, address).form(address) for name in ("Omar", "Lena"))
    omar.submit("Decide", say="refused", reason="Another dam.")
    told = lena.submit("Decide", say="filed", reason="It is the same dam.")
    assert told.status == 409
    assert "Somebody decided about this match already" in told.text
    assert "It is the same dam." in told.html
    assert "Another dam." in told.text


def test_the_second_of_two_who_take_a_decision_back_is_told(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    press(desk.page("Omar", f"/matches/assertions/{number}"), "refused")
    address = f"/matches/assertion-{number}/ticket-{desk.id_of(reference)}"
    first, second = (desk.page(name, address).form("/undo") for name in ("Omar", "Lena"))
    assert first.submit("Take it back").status == 200
    told = second.submit("Take it back", reason="The same dam after all.")
    assert told.status == 409
    assert "took this decision back already" in told.text
    assert "The same dam after all." in told.text


def test_a_second_press_of_the_same_button_does_nothing_twice(desk: MatchDesk) -> None:
    desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    page = desk.page("Omar", f"/matches/assertions/{number}")
    press(page, "refused")
    assert press(page, "refused").status == 200
    with desk.session() as session:
        assert len(session.scalars(select(MatchDecision)).all()) == 1


def test_what_a_fellow_reviewer_writes_about_a_match_is_held_back(desk: MatchDesk) -> None:
    one, other = desk.ticket_for(GATES), desk.ticket_for(GATES_AGAIN, by="Tomas")
    desk.assign(one, "Omar", "Lena")
    address = f"/matches/ticket-{desk.id_of(one)}/ticket-{desk.id_of(other)}"
    desk.page("Omar", address).form(address).submit("Decide", say="same", reason="Both look false to me.")
    for shown in (address, f"/tickets/{one}/similar"):
        assert "Both look false to me." not in desk.page("Lena", shown).text
        assert "held back until both reviews are in" in desk.page("Lena", shown).text
        assert "Both look false to me." in desk.page("Nadia", shown).text


def test_what_a_fellow_reviewer_writes_is_held_back_on_the_other_claim_too(desk: MatchDesk) -> None:
    one, other = desk.ticket_for(GATES), desk.ticket_for(GATES_AGAIN, by="Tomas")
    number = desk.assertion_of(GATES_AGAIN)
    desk.assign(one, "Omar", "Lena")
    for first in (
        f"ticket-{desk.id_of(one)}/ticket-{desk.id_of(other)}",
        f"assertion-{number}/ticket-{desk.id_of(one)}",
    ):
        address = f"/matches/{first}"
        desk.page("Omar", address).form(address).submit(
            "Decide", say="refused", reason="It looks false to me."
        )
    for shown in (f"/tickets/{other}/similar", f"/matches/assertions/{number}"):
        assert "It looks false to me." not in desk.page("Lena", shown).text
        assert "It looks false to me." in desk.page("Nadia", shown).text


def test_who_only_reads_decides_nothing(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    address = f"/matches/assertion-{number}/ticket-{desk.id_of(reference)}"
    fields = dict(desk.page("Omar", address).form(address).fields()) | {"say": "refused"}
    token = desk.page("Rosa", "/watch-list").form("/watch-list").fields()["csrf_token"]
    assert desk.browser("Rosa").post(address, fields | {"csrf_token": token}).status == 403


def test_a_decision_outlives_the_suggestion_that_it_was_about(desk: MatchDesk) -> None:
    desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    press(desk.page("Omar", f"/matches/assertions/{number}"), "refused")
    with desk.session() as session:
        session.delete(session.get_one(Assertion, number))
    assert decision(desk).one_words == GATES_AGAIN
    assert desk.page("Omar", "/queue").status == 200


def test_the_database_keeps_decisions_as_they_were_made(desk: MatchDesk) -> None:
    desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    press(desk.page("Omar", f"/matches/assertions/{number}"), "refused")
    for statement in (delete(MatchDecision), update(MatchDecision).values(verdict=MatchVerdict.FILED),
                      update(MatchDecision).values(score=0.1)):  # fmt: skip
        with pytest.raises(DBAPIError), desk.session() as session:
            session.execute(statement)


def test_a_closed_ticket_is_no_suggestion(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    with desk.session() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.reference == reference)).one()
        drop(session, desk.person(session, "Nadia"), ticket, reason="No interest.")
    assert reference not in desk.page("Omar", f"/matches/assertions/{number}").text
