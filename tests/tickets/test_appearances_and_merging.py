"""One claim, many appearances: filing, taking off, and making one ticket of two."""

from __future__ import annotations

from typing import Any

import pytest

from tests import cast
from tests.tickets.conftest import Desk
from verify.articles.models import Assertion, AssertionState
from verify.errors import Conflict, Refused
from verify.tickets import actions, moves
from verify.tickets.models import Ticket
from verify.tickets.workflow import Move


def file_another(desk: Desk, reference: str) -> None:
    with desk.session() as session:
        cast.another_appearance(session, desk.person(session, "Omar"), desk.ticket(session, reference))


def test_an_assertion_is_filed_from_the_reading_room_and_counted(desk: Desk) -> None:
    reference = desk.open()
    with desk.session() as session:
        article = cast.take_in(session, desk.person(session, "Omar"), outlet="Hill Post")
        assertion = cast.assert_in(session, article).id
    room = desk.browser("Omar").get(f"/articles/{article_of(desk, assertion)}")
    back = room.form("/tickets/appearances").submit(reference=reference.lower())
    assert back.path.startswith("/articles/")
    ticket = desk.browser("Omar").get(f"/tickets/{reference}")
    assert "Hill Post" in ticket.text
    assert "2 articles" in ticket.text


def article_of(desk: Desk, assertion: int) -> int:
    with desk.session() as session:
        found = session.get(Assertion, assertion)
        assert found is not None
        return found.version.article_id


def test_a_reference_that_leads_nowhere_comes_back_with_what_was_typed(desk: Desk) -> None:
    with desk.session() as session:
        article = cast.take_in(session, desk.person(session, "Omar"))
        cast.assert_in(session, article)
        number = article.id
    page = (
        desk.browser("Omar")
        .get(f"/articles/{number}")
        .form("/tickets/appearances")
        .submit(reference="ORT-9999")
    )
    assert page.status == 404
    assert page.form("/tickets/appearances").fields()["reference"] == "ORT-9999"


def test_an_appearance_taken_off_goes_back_to_the_reading_room_with_the_reason_kept(desk: Desk) -> None:
    reference = desk.open()
    file_another(desk, reference)
    page = desk.browser("Nadia").get(f"/tickets/{reference}/change?do=appearances")
    forms = page.select("//form[contains(@action, '/appearances/')]/@action")
    assert len(forms) == 2
    page = page.form(str(forms[-1])).submit(reason="It speaks of another dam.")
    assert "It speaks of another dam." in page.text
    assert "1 article" in page.text
    with desk.session() as session:
        states = [one.state for one in session.query(Assertion).order_by(Assertion.id)]
        assert states == [AssertionState.FILED, AssertionState.SUGGESTED]


def test_a_ticket_keeps_its_last_appearance(desk: Desk) -> None:
    reference = desk.open()
    with desk.session() as session:
        ticket, nadia = desk.ticket(session, reference), desk.person(session, "Nadia")
        with pytest.raises(Refused, match="only appearance"):
            actions.remove_appearance(session, nadia, ticket, ticket.appearances[0], reason="x")


def test_the_content_of_a_published_ticket_stays_as_it_is(desk: Desk) -> None:
    reference = desk.open()
    with desk.session() as session:
        ticket = desk.ticket(session, reference)
        for move in (Move.START_REVIEW, Move.SETTLE, Move.APPROVE, Move.PUBLISH):
            moves.move(session, None, ticket, move)
        nadia = desk.person(session, "Nadia")
        with pytest.raises(Refused, match="Reopen it first"):
            actions.reword_claim(session, nadia, ticket, claim="The gates stayed shut")
        with pytest.raises(Refused, match="Reopen it first"):
            cast.another_appearance(session, nadia, ticket)
        session.rollback()


def merge(desk: Desk, ticket: str, into: str, **more: Any) -> None:
    with desk.session() as session:
        actions.merge(
            session, desk.person(session, "Nadia"), desk.ticket(session, ticket), into=desk.ticket(session, into),
            reason="The same claim.", **more,
        )  # fmt: skip


def test_merging_moves_the_appearances_and_leaves_a_signpost(desk: Desk) -> None:
    first, second = desk.open(), desk.open(by="Omar")
    form = desk.browser("Nadia").get(f"/tickets/{second}/change").form("/merge")
    page = form.submit(into=first.lower(), reason="The same claim.")
    assert f"merged into {first}" in page.text
    assert desk.status(second) == "merged"
    with desk.session() as session:
        assert len(desk.ticket(session, first).appearances) == 2
        assert desk.ticket(session, first).articles == 2
        assert desk.ticket(session, second).articles == 0
    assert second in desk.browser("Omar").get(f"/tickets/{first}").text


def test_merging_from_both_sides_ends_in_one_merge_and_one_refusal(desk: Desk) -> None:
    first, second = desk.open(), desk.open(by="Omar")
    there = desk.browser("Nadia").get(f"/tickets/{first}/change").form("/merge")
    back = desk.browser("Omar").get(f"/tickets/{second}/change").form("/merge")
    assert there.submit(into=second, reason="The same.").status == 200
    refused = back.submit(into=first, reason="The same, I think.")
    assert refused.status in (409, 422)
    assert "The same, I think." in refused.html
    assert (desk.status(first), desk.status(second)) == ("merged", "open")


@pytest.mark.parametrize("into", ["itself", "merged", "dropped", "published"])
def test_a_ticket_merges_neither_into_itself_nor_into_a_closed_one(desk: Desk, into: str) -> None:
    ticket, other, third = desk.open(), desk.open(by="Omar"), desk.open(by="Lena")
    if into == "merged":
        merge(desk, other, third)
    with desk.session() as session:
        target = desk.ticket(session, other)
        if into == "dropped":
            actions.drop(session, desk.person(session, "Omar"), target, reason="Not checkable.")
        if into == "published":
            for move in (Move.START_REVIEW, Move.SETTLE, Move.APPROVE, Move.PUBLISH):
                moves.move(session, None, target, move)
    with pytest.raises(Refused):
        merge(desk, ticket, ticket if into == "itself" else other)
    assert desk.status(ticket) == "open"


def test_a_merge_of_a_ticket_that_changed_meanwhile_is_a_conflict(desk: Desk) -> None:
    first, second = desk.open(), desk.open(by="Omar")
    with desk.session() as session:
        version = desk.ticket(session, second).version
    file_another(desk, second)
    with pytest.raises(Conflict):
        merge(desk, second, first, version=version)
    with pytest.raises(Conflict):
        merge(desk, first, second, into_version=version)


def test_an_assertion_edited_in_the_reading_room_is_an_edit_of_its_ticket(desk: Desk) -> None:
    from verify.articles import actions as articles
    from verify.articles.models import Mode
    from verify.articles.wording import Link, Wording
    from verify.sources.models import SourceKind

    reference = desk.open()
    with desk.session() as session:
        ticket = desk.ticket(session, reference)
        before = ticket.version
        wording = Wording(cast.CLAIM, Mode.INDIRECT, (Link("Tarik Onal", SourceKind.PERSON),), cue="said")
        articles.edit_assertion(
            session, desk.person(session, "Omar"), ticket.appearances[0].assertion, wording=wording
        )
    with desk.session() as session:
        ticket = desk.ticket(session, reference)
        assert ticket.version > before
        assert ticket.claimant == "Tarik Onal"


def test_dropping_needs_a_reason_and_can_be_undone(desk: Desk) -> None:
    reference = desk.open()
    nadia = desk.browser("Nadia")
    page = nadia.get(f"/tickets/{reference}/change?do=drop")
    assert page.form("/drop").submit(reason="").status == 422
    page = page.form("/drop").submit(reason="Nobody can check it.")
    assert desk.status(reference) == "dropped"
    assert "Nobody can check it." in page.text
    nadia.get(f"/tickets/{reference}/change").form("/reopen").submit(reason="A film has come up.")
    assert desk.status(reference) == "open"
    with desk.session() as session:
        assert session.query(Ticket).one().round == 2


def test_who_opened_a_merged_ticket_does_not_review_the_one_it_went_into(desk: Desk) -> None:
    own, other = desk.open(by="Omar"), desk.open(by="Nadia")
    with desk.session() as session:
        nadia, omar = desk.person(session, "Nadia"), desk.person(session, "Omar")
        actions.merge(
            session, nadia, desk.ticket(session, own), into=desk.ticket(session, other), reason="Same."
        )
        with pytest.raises(Refused, match="Omar Haidari opened a ticket that was merged into this one"):
            actions.assign_or_draw(session, nadia, desk.ticket(session, other), [omar])


def test_a_merge_by_which_a_reviewer_would_judge_their_own_claim_is_refused(desk: Desk) -> None:
    own, other = desk.open(by="Omar"), desk.open(by="Nadia")
    desk.assign(other, "Omar", "Lena")
    form = {"into": other, "reason": "The same claim."}
    page = desk.browser("Nadia").get(f"/tickets/{own}/change?do=merge").form("/merge").submit(**form)
    assert page.status == 422
    assert "Free Omar Haidari from" in page.text
    assert desk.status(own) == "open"
    other_way = desk.browser("Nadia").get(f"/tickets/{other}/change?do=merge").form("/merge")
    assert other_way.submit(into=own, reason="The same claim.").status == 200
    assert desk.status(other) == "merged"
