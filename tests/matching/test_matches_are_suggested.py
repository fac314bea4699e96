"""Where a claim is met, the desk says whether it was checked before, how sure it is, and why."""

from __future__ import annotations

from tests.matching.claims import GATES, GATES_AGAIN, HOUSES, OTHER, MatchDesk, make_review
from tests.publishing import walk
from verify.articles.models import Assertion
from verify.grading.actions import submit_review
from verify.tickets.workflow import Rating


def test_an_assertion_is_met_with_the_ticket_that_checks_it_its_state_and_why(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    desk.ticket_for(OTHER)
    number = desk.assertion_of(GATES_AGAIN)
    page = desk.page("Omar", f"/matches/assertions/{number}")
    assert page.status == 200
    assert reference in page.text
    assert "Open" in page.text
    assert "not rated yet" in page.text
    assert "almost certainly the same" in page.text or "very likely the same" in page.text
    assert "same names: " in page.text
    assert "Orta" in page.text
    assert OTHER not in page.text


def test_none_is_said_plainly_and_with_how_sure(desk: MatchDesk) -> None:
    desk.ticket_for(GATES)
    number = desk.assertion_of(OTHER)
    page = desk.page("Omar", f"/matches/assertions/{number}")
    assert "Nothing like it" in page.text
    assert " %" in page.text
    piece = desk.page("Omar", f"/matches/assertions/{number}/nearest")
    assert "Not checked before" in piece.text


def test_the_card_in_the_reading_room_leads_to_the_matches_and_names_the_nearest(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    with desk.session() as session:
        article = session.get_one(Assertion, number).version.article_id
    room = desk.page("Rosa", f"/articles/{article}")
    page = room.get_link("Checked before?")
    assert page.path == f"/matches/assertions/{number}"
    piece = desk.page("Rosa", f"/matches/assertions/{number}/nearest")
    assert f"Similar: {reference}" in piece.text
    assert "same names: " in piece.text


def test_the_form_of_a_new_ticket_shows_duplicates_and_never_blocks(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    form = desk.page("Omar", f"/tickets/new?assertion={number}")
    assert reference in form.text
    assert "File the passage there instead" in form.text
    opened = form.form("/tickets/").submit("Open the ticket")
    assert opened.path != f"/tickets/{reference}"
    assert "is open" in opened.text


def test_looking_again_without_script_opens_nothing_and_loses_nothing(desk: MatchDesk) -> None:
    reference = desk.ticket_for(HOUSES)
    number = desk.assertion_of("Forty people were told to leave the lower town of Orta")
    form = desk.page("Omar", f"/tickets/new?assertion={number}")
    assert "Nothing like it" in form.text or "none of these" in form.text
    back = form.form("/tickets/").submit(
        "Look for the claim",
        claim="Forty houses of Orta's lower town are under water",
        deadline_on="2030-01-02",
    )
    assert back.status == 200
    assert reference in back.text
    fields = back.form("/tickets/").fields()
    assert fields["claim"] == "Forty houses of Orta's lower town are under water"
    assert fields["deadline_on"] == "2030-01-02"
    assert "ORT-0002" not in desk.page("Omar", "/queue").text


def test_typed_words_are_looked_for_as_they_are_typed(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    address = f"/matches/assertions/{desk.assertion_of(OTHER)}/worded"
    for typed, said in ((GATES_AGAIN, reference), ("  ", "Word the claim"), ("\x00\u202e%_'\"", "Nothing like it"),
                        ("x" * 100_000, "Nothing like it")):  # fmt: skip
        piece = desk.browser("Omar").get(address, query={"claim": typed})
        assert piece.status == 200
        assert said in piece.text


def test_a_verdict_of_others_stands_apart_with_its_publisher_and_licence(desk: MatchDesk) -> None:
    with desk.session() as session:
        make_review(session)
    number = desk.assertion_of(GATES_AGAIN)
    page = desk.page("Omar", f"/matches/assertions/{number}")
    assert "Hill Checkers" in page.text
    assert "Mostly false" in page.text
    assert "licence: CC BY 4.0" in page.text
    assert "not this desk’s verdict" in page.text


def test_a_ticket_names_similar_tickets_and_assertions_that_state_its_claim(desk: MatchDesk) -> None:
    one, other = desk.ticket_for(GATES), desk.ticket_for(GATES_AGAIN, by="Omar")
    desk.assertion_of(GATES_AGAIN + " morning", outlet="Valley Bell")
    page = desk.page("Lena", f"/tickets/{one}").get_link("Look for similar claims")
    assert other in page.text
    assert "Valley Bell" in page.text
    assert "File it under" in page.text


def test_no_match_tells_of_a_review_that_is_sealed(desk: MatchDesk) -> None:
    with desk.session() as session:
        done = walk.in_review(session, claim=GATES)
        submit_review(
            session,
            done.first,
            done.ticket,
            walk.judged(Rating.MISLEADING, (2, 3, 0)),
            considered=done.evidence,
        )
    number = desk.assertion_of(GATES_AGAIN)
    for address in (f"/matches/assertions/{number}", f"/matches/assertions/{number}/nearest"):
        text = desk.page("Omar", address).text
        assert "Misleading" not in text
        assert "In review" in text


def test_whoever_only_reads_sees_matches_and_no_button(desk: MatchDesk) -> None:
    reference = desk.ticket_for(GATES)
    number = desk.assertion_of(GATES_AGAIN)
    page = desk.page("Rosa", f"/matches/assertions/{number}")
    assert reference in page.text
    assert not page.select("//main//form")
    pair = f"/matches/assertion-{number}/ticket-{desk.id_of(reference)}"
    assert desk.page("Rosa", pair).status == 200
    assert desk.browser("Rosa").post(pair, {}).status in (400, 403)


def test_odd_addresses_of_matches_lead_nowhere(desk: MatchDesk) -> None:
    for address in ("/matches/ticket-1/ticket-99999", "/matches/ticket-x/ticket-1", "/matches/watch-1/ticket-1",
                    "/matches/ticket-99999999999/ticket-1", "/matches/assertions/99999999999999"):  # fmt: skip
        assert desk.page("Omar", address).status == 404
