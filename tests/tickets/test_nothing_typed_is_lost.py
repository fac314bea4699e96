"""Two people at once, and one person twice: a conflict shows the newer text and keeps the typed one."""

from __future__ import annotations

import pytest

from tests import cast
from tests.tickets.conftest import Desk
from verify.permissions import Role
from verify.tickets import actions
from verify.tickets.models import Comment, TicketEvent


def test_a_stale_save_keeps_the_text_shows_the_new_one_and_can_be_saved_again(desk: Desk) -> None:
    reference = desk.open()
    slow = desk.browser("Nadia").get(f"/tickets/{reference}/change").form("/claim")
    quick = desk.browser("Omar").get(f"/tickets/{reference}/change").form("/claim")
    quick.submit(claim="The gates of the Orta dam were opened at four")
    conflict = slow.submit(claim="The gates of the Orta dam were opened at five")
    assert conflict.status == 409
    assert "Somebody changed" in conflict.text
    assert conflict.form("/claim").fields()["claim"] == "The gates of the Orta dam were opened at five"
    assert "The claim now reads: The gates of the Orta dam were opened at four" in conflict.text
    saved = conflict.form("/claim").submit()
    assert saved.status == 200
    assert saved.select("//h1")[0].text_content() == "The gates of the Orta dam were opened at five"


def test_a_claim_too_long_comes_back_in_its_open_form(desk: Desk) -> None:
    reference = desk.open()
    typed = "The gates were opened early. " * 20
    again = desk.browser("Nadia").get(f"/tickets/{reference}/change").form("/claim").submit(claim=typed)
    assert again.status == 422
    assert again.form("/claim").fields()["claim"] == typed
    assert again.select("//details[@open]//textarea[@name='claim']")


def test_the_old_and_the_new_wording_stay_in_the_history(desk: Desk) -> None:
    reference = desk.open()
    form = desk.browser("Omar").get(f"/tickets/{reference}/change").form("/claim")
    page = form.submit(claim="The gates of the Orta dam were opened at four")
    assert f"The gates of the Orta dam were opened at four (before: {cast.CLAIM})" in page.text
    assert "reworded the claim" in page.text


def test_saving_the_same_wording_changes_nothing(desk: Desk) -> None:
    reference = desk.open()
    desk.browser("Omar").get(f"/tickets/{reference}/change").form("/claim").submit()
    with desk.session() as session:
        assert session.query(TicketEvent).filter_by(action="claim reworded").count() == 0


def test_a_double_click_on_comment_says_it_once(desk: Desk) -> None:
    reference = desk.open()
    form = desk.browser("Omar").get(f"/tickets/{reference}").form("/comment")
    form.submit(body="I have called the water board.")
    form.submit(body="I have called the water board.")
    with desk.session() as session:
        assert session.query(Comment).count() == 1


def test_a_comment_without_a_session_is_kept_for_after_the_sign_in(desk: Desk) -> None:
    reference = desk.open()
    form = desk.browser("Omar").get(f"/tickets/{reference}").form("/comment")
    desk.browser("Omar").client.delete_cookie("verify")
    page = form.submit(body="A long thought about the second gate.")
    assert page.status in (400, 401)
    assert "A long thought about the second gate." in page.html


def test_an_act_that_is_gone_from_the_page_still_shows_what_was_typed(desk: Desk) -> None:
    reference = desk.open()
    form = desk.browser("Omar").get(f"/tickets/{reference}/change").form("/claim")
    with desk.session() as session:
        nadia = desk.person(session, "Nadia")
        actions.drop(session, nadia, desk.ticket(session, reference), reason="Not checkable.")
    page = form.submit(claim="The gates of the Orta dam were opened at noon")
    assert page.status == 409
    assert page.form("/claim").fields()["claim"] == "The gates of the Orta dam were opened at noon"


def test_every_form_is_refused_without_its_token(desk: Desk) -> None:
    reference = desk.open()
    for path in (
        "claim",
        "deadline",
        "reviewers",
        "interest",
        "comment",
        "mentions",
        "drop",
        "merge",
        "reopen",
    ):
        page = desk.browser("Omar").post(f"/tickets/{reference}/{path}", {"reason": "x", "body": "x"})
        assert page.status == 400, path


@pytest.mark.parametrize("act", ["claim", "interest", "merge", "drop"])
def test_what_is_refused_comes_back_open_on_the_page_of_changes(desk: Desk, act: str) -> None:
    reference = desk.open()
    form = desk.browser("Omar").get(f"/tickets/{reference}/change").form(f"/{act}")
    typed = {"claim": "x" * 501} if act == "claim" else {"reason": "x" * 501}
    again = form.submit(**typed)
    assert again.status == 422
    assert again.select(f"//details[@open]//form[contains(@action, '/{act}')]")
    assert again.select("//div[@role='alert']")
    assert again.form(f"/{act}").fields()[next(iter(typed))] == "x" * 501


def test_the_page_of_changes_offers_what_the_ticket_takes_and_the_person_may(desk: Desk) -> None:
    reference = desk.open()
    with desk.session() as session:
        desk.add(session, "Rosa Lind", Role.READER)
    nadia = desk.browser("Nadia").get(f"/tickets/{reference}")
    assert nadia.select("//a[contains(@href, 'do=merge')]")
    assert not nadia.select("//a[contains(@href, 'do=appearances')]"), "a ticket keeps its only appearance"
    for path in ("", "/change?do=drop"):
        rosa = desk.browser("Rosa").get(f"/tickets/{reference}{path}")
        assert rosa.status == 200
        assert not rosa.select("//main//form[not(contains(@action, '/watch'))]"), (
            "who reads may watch, no more"
        )
