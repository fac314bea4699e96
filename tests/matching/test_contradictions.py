"""Claims that cannot both be right are shown on both tickets, and people decide about them."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from tests.matching.claims import DENIED, GATES, HOUSES, MatchDesk
from tests.pages import Page
from verify.articles.models import Polarity
from verify.audit.models import AuditEntry
from verify.db import db
from verify.errors import Refused
from verify.matching import contradiction_actions as actions
from verify.matching.contradiction import between, with_passage
from verify.matching.contradiction_models import Contradiction, Contrast, Standing
from verify.tickets import actions as tickets
from verify.tickets.models import Ticket

SEVEN = "Only 7 soldiers were killed at the Orta bridge"
SEVEN_HUNDRED = "Nearly 700 soldiers were killed at the Orta bridge"


def pair_of(desk: MatchDesk, one: str, other: str) -> Contradiction | None:
    with desk.session() as session:
        numbers = {desk.ticket(session, one).id, desk.ticket(session, other).id}
        found = session.scalars(select(Contradiction)).all()
        pair = next((pair for pair in found if {pair.one_id, pair.other_id} == numbers), None)
        if pair is not None:
            session.expunge(pair)
        return pair


def opposites(desk: MatchDesk) -> tuple[str, str, str]:
    """Two tickets that contradict each other, and the address of the pair on the second one's page."""
    first, second = desk.ticket_for(GATES), desk.ticket_for(DENIED, by="Omar")
    pair = pair_of(desk, first, second)
    assert pair is not None
    return first, second, f"/tickets/{second}/contradictions/{pair.id}"


def decide(
    desk: MatchDesk, address: str, verdict: str = "confirmed", reason: str = "", who: str = "Lena"
) -> Page:
    return desk.browser(who).get(address).form_to(address).submit(verdict=verdict, reason=reason)


def together(desk: MatchDesk, address: str, who: str = "Lena") -> Page:
    decide(desk, address)
    return desk.browser(who).get(address).form_to("/together").submit(reason="One night, one dam.")


def section(desk: MatchDesk, reference: str, who: str = "Lena") -> str:
    page = desk.browser(who).get(f"/tickets/{reference}")
    (card,) = page.select("//section[@id='contradictions']")
    return " ".join(card.text_content().split())


@pytest.mark.parametrize(
    ("one", "other", "contrast"),
    [
        (GATES, DENIED, Contrast.DENIAL),
        (
            "The report that the gates of the Orta dam were opened before dawn is false",
            GATES,
            Contrast.DENIAL,
        ),
        ("Rebels have taken control of the Orta dam", "The army still holds the Orta dam", Contrast.STATES),
        (SEVEN_HUNDRED, SEVEN, Contrast.FIGURES),
    ],
)
def test_a_denial_other_states_and_other_figures_contradict(one: str, other: str, contrast: Contrast) -> None:
    for found in (between(one, other), between(other, one)):
        assert found is not None
        assert found.contrast is contrast
        assert found.reasons
        assert 0 < found.weight <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (GATES, HOUSES),
        (SEVEN_HUNDRED, "At least 300 soldiers were killed at the Orta bridge"),
        (SEVEN_HUNDRED, "Hundreds of soldiers were killed at the Orta bridge"),
        ("700 soldiers were killed at the Orta bridge", "1,000 soldiers were captured at the Orta bridge"),
    ],
)
def test_what_may_both_be_right_contradicts_nothing(one: str, other: str) -> None:
    assert between(one, other) is None


def test_who_denies_a_claim_contradicts_it_and_who_cannot_confirm_it_does_not() -> None:
    denied = with_passage(GATES, GATES, Polarity.DENIES, "rejected")
    assert denied is not None
    assert denied.contrast is Contrast.DENIAL
    assert "“rejected”" in denied.reasons[-1]
    assert with_passage(GATES, GATES, Polarity.CANNOT_CONFIRM, "could not confirm") is None
    assert with_passage(GATES, GATES, Polarity.ASSERTS, "said") is None
    assert with_passage(GATES, DENIED, Polarity.DENIES, "denied") is None, (
        "who denies the opposite says the same"
    )


def test_both_tickets_show_the_other_with_why_who_and_when(desk: MatchDesk) -> None:
    first, second, _ = opposites(desk)
    for here, there, claim in ((first, second, DENIED), (second, first, GATES)):
        shown = section(desk, here)
        assert "May say the opposite" in shown
        assert there in shown
        assert claim in shown
        assert "One denies what the other says" in shown
        assert "Lale Demir" in shown


def test_nothing_is_claimed_where_nothing_contradicts(desk: MatchDesk) -> None:
    reference = desk.ticket_for(HOUSES)
    assert "No ticket says the opposite." in section(desk, reference)


def test_what_is_confirmed_stands_on_both_with_name_and_history(desk: MatchDesk) -> None:
    first, second, address = opposites(desk)
    page = decide(desk, address, reason="Both speak of the same night.")
    assert "Confirmed by Lena Vogt" in page.text
    for reference in (first, second):
        assert "Says the opposite" in section(desk, reference)
        history = desk.browser("Lena").get(f"/tickets/{reference}").text
        assert "confirmed that another ticket contradicts this one" in history
        assert "Both speak of the same night." in history


def test_a_refusal_needs_a_reason_and_is_remembered(desk: MatchDesk) -> None:
    first, second, address = opposites(desk)
    bare = decide(desk, address, verdict="refused")
    assert bare.status == 422
    assert "Say why" in bare.text
    decide(desk, address, verdict="refused", reason="Two different dams.")
    reword(desk, second, DENIED + " at all")
    reword(desk, second, DENIED)
    pair = pair_of(desk, first, second)
    assert pair is not None
    assert pair.standing is Standing.REFUSED
    assert pair.reasons
    assert pair.method.startswith("relation/")
    for reference in (first, second):
        shown = section(desk, reference)
        assert "May say the opposite" not in shown
        assert "Refused or lapsed: 1" in shown
        assert "Two different dams." in shown


def reword(desk: MatchDesk, reference: str, claim: str) -> None:
    with desk.session() as session:
        tickets.reword_claim(
            session, desk.person(session, "Omar"), desk.ticket(session, reference), claim=claim
        )
    desk.hold()


def test_a_suggestion_lapses_when_a_claim_says_something_else_and_comes_back_with_it(desk: MatchDesk) -> None:
    first, second, _ = opposites(desk)
    reword(desk, second, "A gate of the Orta dam is said to be rusty")
    lapsed = pair_of(desk, first, second)
    assert lapsed is not None
    assert lapsed.standing is Standing.LAPSED
    assert "Lapsed" in section(desk, first)
    reword(desk, second, DENIED)
    again = pair_of(desk, first, second)
    assert again is not None
    assert again.standing is Standing.SUGGESTED


def test_what_people_decided_is_told_to_be_about_older_words(desk: MatchDesk) -> None:
    first, second, address = opposites(desk)
    decide(desk, address)
    reword(desk, second, "The gates of the Orta dam were never opened on Tuesday")
    assert "worded anew since" in section(desk, first)
    assert DENIED in desk.browser("Lena").get(address).text


def test_readers_see_contradictions_and_decide_nothing(desk: MatchDesk) -> None:
    first, _, address = opposites(desk)
    assert "May say the opposite" in section(desk, first, who="Rosa")
    page = desk.browser("Rosa").get(address)
    assert page.status == 200
    assert not [form for form in page.tree.forms if "contradictions" in (form.get("action") or "")]
    assert desk.browser("Rosa").post(address, {"verdict": "confirmed"}).status == 403


def test_a_pair_is_absent_from_every_other_ticket(desk: MatchDesk) -> None:
    *_, address = opposites(desk)
    third = desk.ticket_for(HOUSES)
    number = address.rsplit("/", 1)[1]
    assert desk.browser("Lena").get(f"/tickets/{third}/contradictions/{number}").status == 404
    assert desk.browser("Lena").get(f"/tickets/{third}/contradictions/99999").status == 404


def test_people_state_what_the_machine_did_not_see(desk: MatchDesk) -> None:
    first, second = desk.ticket_for(GATES), desk.ticket_for("The dam stayed shut all week, workers insist")
    new = desk.browser("Lena").get(f"/tickets/{first}").get_link("Name a ticket that says the opposite")
    assert new.form_to("/new").submit(other="ORT-9999", reason="Shut.").status == 422
    assert "itself" in new.form_to("/new").submit(other=first, reason="Shut.").text
    page = new.form_to("/new").submit(other=second.lower(), contrast="states", reason="Shut is not opened.")
    assert "Stated by hand" in page.text
    assert "Says the opposite" in section(desk, second)


def test_every_decision_is_in_the_log_with_weight_and_method(desk: MatchDesk) -> None:
    *_, address = opposites(desk)
    together(desk, address)
    desk.browser("Lena").get(address).form_to("/apart").submit(reason="Two events after all.")
    with desk.session() as session:
        logged = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)))
    wanted = ["contradiction.confirmed", "contradiction.combined", "contradiction.parted"]
    assert [one for one in logged if one.startswith("contradiction.")] == wanted


def test_the_database_keeps_what_was_decided(desk: MatchDesk) -> None:
    *_, address = opposites(desk)
    together(desk, address)
    for statement in (
        "DELETE FROM contradiction",
        "DELETE FROM combined_check",
        "UPDATE contradiction SET decided_at = NULL, decided_by_id = NULL, standing = 'suggested'",
        "UPDATE combined_check SET reason = 'another'",
    ):
        with desk.app.app_context(), pytest.raises(DatabaseError):
            db.session.execute(text(statement))


def test_a_pair_goes_on_with_the_ticket_that_another_was_merged_into(desk: MatchDesk) -> None:
    first, second, address = opposites(desk)
    together(desk, address)
    third = desk.ticket_for("The Orta dam kept its gates closed on Tuesday night", by="Omar")
    with desk.session() as session:
        tickets.merge(
            session, desk.person(session, "Omar"), desk.ticket(session, second), into=desk.ticket(session, third),
            reason="The same denial.",
        )  # fmt: skip
    shown = section(desk, first)
    assert f"Checked together {third}" in shown
    assert second not in shown
    assert "checked together with" in desk.browser("Lena").get(f"/tickets/{third}").text


def test_a_suggestion_stays_when_a_ticket_comes_in_that_lapsed_beside_the_same_one(desk: MatchDesk) -> None:
    first, second, _ = opposites(desk)
    third = desk.ticket_for("The Orta dam kept its gates closed on Tuesday night", by="Omar")
    reword(desk, second, "A gate of the Orta dam is said to be rusty")
    with desk.session() as session:
        goes, stays = desk.ticket(session, second), desk.ticket(session, third)
        tickets.merge(session, desk.person(session, "Omar"), goes, into=stays, reason="One dam.")
    assert f"May say the opposite {third}" in section(desk, first)


def test_a_combined_check_wants_a_confirmed_contradiction(desk: MatchDesk) -> None:
    first, second, _ = opposites(desk)
    with desk.session() as session:
        pair = session.scalars(select(Contradiction)).one()
        with pytest.raises(Refused, match="Confirm first"):
            actions.check_together(session, desk.person(session, "Lena"), pair, reason="One night.")
    for reference in (first, second):
        assert "Checked together" not in section(desk, reference)


def test_a_dropped_ticket_is_not_checked_together(desk: MatchDesk) -> None:
    first, _, address = opposites(desk)
    decide(desk, address)
    with desk.session() as session:
        tickets.drop(session, desk.person(session, "Lena"), desk.ticket(session, first), reason="Off topic.")
    page = desk.browser("Lena").get(address)
    assert not [form for form in page.tree.forms if (form.get("action") or "").endswith("/together")]
    with desk.session() as session:
        assert session.scalars(select(Ticket).where(Ticket.reference == first)).one().status == "dropped"


def test_who_decides_on_an_older_page_is_told_what_was_decided_meanwhile(desk: MatchDesk) -> None:
    *_, address = opposites(desk)
    mine = desk.browser("Lena").get(address)
    decide(desk, address, verdict="refused", reason="Two different dams.", who="Omar")
    late = mine.form_to(address).submit(verdict="confirmed", reason="The same night.")
    assert late.status == 409
    assert "it is refused now" in late.text
    assert "Two different dams." in late.text
    assert late.form_to(address).fields()["reason"] == "The same night."
    assert "Confirmed by Lena Vogt" in late.form_to(address).submit().text


def test_opposites_are_not_merged(desk: MatchDesk) -> None:
    first, second, address = opposites(desk)
    decide(desk, address)
    page = desk.browser("Lena").get(f"/tickets/{second}/change?do=merge")
    refused = page.form_to("/merge").submit(into=first, reason="One dam.")
    assert refused.status == 422
    assert "opposites are not merged" in refused.text
    assert desk.status(second) == "open"
