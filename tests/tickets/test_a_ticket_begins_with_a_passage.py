"""Opening tickets: from an assertion, worded as a claim, with a reference of its investigation."""

from __future__ import annotations

import pytest

from tests import cast
from tests.tickets.conftest import Desk
from verify.articles.models import Assertion, AssertionState
from verify.audit.models import AuditEntry
from verify.errors import Refused
from verify.permissions import Role
from verify.tickets import actions
from verify.tickets.models import Appearance, Ticket


def an_assertion(desk: Desk, passage: str = cast.CLAIM) -> int:
    with desk.session() as session:
        article = cast.take_in(session, desk.person(session, "Nadia"))
        return cast.assert_in(session, article, passage, said_by=("Orta Courier", "Lale Demir")).id


def test_a_newcomer_opens_a_ticket_on_an_empty_desk(desk: Desk) -> None:
    number = an_assertion(desk)
    page = desk.browser("Nadia").get("/tickets/new", {"assertion": number})
    assert cast.CLAIM in page.text
    ticket = page.form("/tickets/").submit()
    assert ticket.path == "/tickets/GEN-0001"
    assert "Lale Demir" in ticket.text
    assert "Assign two reviewers" in ticket.text


def test_references_count_up_in_each_investigation(desk: Desk) -> None:
    with desk.session() as session:
        nadia = desk.person(session, "Nadia")
        harbour = actions.open_investigation(session, nadia, name="Harbour fire", prefix="har")
        first = cast.open_ticket(session, nadia, investigation=harbour)
        other = cast.open_ticket(session, nadia)
        second = cast.open_ticket(session, nadia, investigation=harbour)
        assert [first.reference, other.reference, second.reference] == ["HAR-0001", "ORT-0001", "HAR-0002"]


def test_opening_leaves_one_log_entry_and_files_the_assertion(desk: Desk) -> None:
    number = an_assertion(desk)
    desk.browser("Nadia").get("/tickets/new", {"assertion": number}).form("/tickets/").submit()
    with desk.session() as session:
        entries = session.query(AuditEntry).filter_by(action="ticket.opened").all()
        assert [entry.subject_id for entry in entries] == ["GEN-0001"]
        assertion = session.get(Assertion, number)
        assert assertion is not None
        assert assertion.state is AssertionState.FILED
        assert assertion.decided_by_id == desk.ids["Nadia"]


def test_the_claimant_is_the_origin_of_the_chain_and_the_outlet_in_its_own_voice(desk: Desk) -> None:
    with desk.session() as session:
        nadia = desk.person(session, "Nadia")
        said = cast.open_ticket(session, nadia, said_by=("Hill Radio", "Lale Demir"))
        own = cast.open_ticket(session, nadia, claim=cast.SECOND_CLAIM, said_by=())
        assert (said.claimant, own.claimant) == ("Lale Demir", "Orta Courier")


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        ("  ", "Please fill this in."),
        ("The gates were opened. " * 30, "Keep this under 500 characters."),
        ("Unrelated nonsense entirely", "have not a word in common"),
    ],
)
def test_a_claim_is_refused_beside_its_field_and_kept(desk: Desk, claim: str, sentence: str) -> None:
    number = an_assertion(desk)
    page = desk.browser("Nadia").get("/tickets/new", {"assertion": number})
    again = page.form("/tickets/").submit(claim=claim)
    assert again.status == 422
    assert sentence in again.text
    assert again.form("/tickets/").fields()["claim"].split() == claim.split()
    with desk.session() as session:
        assert session.query(Ticket).count() == 0


def test_a_claim_in_another_script_is_a_translation(desk: Desk) -> None:
    with desk.session() as session:
        nadia = desk.person(session, "Nadia")
        article = cast.take_in(session, nadia, text="خبر\n\nسد اورته پیش از سپیده دم باز شد.\n")
        assertion = cast.assert_in(session, article, "سد اورته پیش از سپیده دم باز شد")
        ticket = cast.open_ticket(session, nadia, claim=cast.CLAIM, assertion=assertion)
        assert ticket.claim == cast.CLAIM


def test_a_claim_holds_nothing_that_turns_the_page_around(desk: Desk) -> None:
    with desk.session() as session:
        nadia = desk.person(session, "Nadia")
        article = cast.take_in(session, nadia)
        claim = f"\u202e{cast.CLAIM}\u2069 by \u200bnight\u200d"
        ticket = cast.open_ticket(session, nadia, claim=claim, assertion=cast.assert_in(session, article))
        assert ticket.claim == f"{cast.CLAIM} by night\u200d"


def test_an_assertion_is_filed_under_one_ticket_only(desk: Desk) -> None:
    number = an_assertion(desk)
    stale = desk.browser("Omar").get("/tickets/new", {"assertion": number})
    desk.browser("Nadia").get("/tickets/new", {"assertion": number}).form("/tickets/").submit()
    late = stale.form("/tickets/").submit()
    assert late.status == 422
    assert "GEN-0001" in late.text
    assert (
        "filed under GEN-0001 already" in desk.browser("Omar").get("/tickets/new", {"assertion": number}).text
    )
    with desk.session() as session:
        assert session.query(Appearance).count() == 1


def test_a_double_click_opens_one_ticket(desk: Desk) -> None:
    number = an_assertion(desk)
    form = desk.browser("Nadia").get("/tickets/new", {"assertion": number}).form("/tickets/")
    first, second = form.submit(), form.submit()
    assert first.path == second.path == "/tickets/GEN-0001"
    with desk.session() as session:
        assert session.query(Ticket).count() == 1


def test_fields_that_the_form_does_not_list_are_refused(desk: Desk) -> None:
    form = desk.browser("Nadia").get("/tickets/new", {"assertion": an_assertion(desk)}).form("/tickets/")
    sent = form.fields()
    sent["status"] = "published"
    assert form.send(sent).status == 422


def test_a_reader_cannot_open_a_ticket(desk: Desk) -> None:
    with desk.session() as session:
        desk.add(session, "Rosa Lind", Role.READER)
    page = desk.browser("Rosa").get("/tickets/new", {"assertion": an_assertion(desk)})
    assert page.status == 403


@pytest.mark.parametrize(
    ("name", "prefix"), [("", "AB"), ("Fire", "A"), ("Fire", "1AB"), ("Fire", "TOOLONG"), ("Fire", "Ö-")]
)
def test_an_investigation_needs_a_name_and_a_plain_prefix(desk: Desk, name: str, prefix: str) -> None:
    with desk.session() as session, pytest.raises(Refused):
        actions.open_investigation(session, desk.person(session, "Nadia"), name=name, prefix=prefix)


def test_two_investigations_never_share_a_prefix(desk: Desk) -> None:
    page = desk.browser("Nadia").get("/investigations")
    first = page.form("/investigations").submit(name="Harbour fire", prefix="HAR")
    again = first.form("/investigations").submit(name="Harvest", prefix="har")
    assert again.status == 422
    assert "“Harbour fire” (HAR) has it already" in again.text
    assert again.form("/investigations").fields()["name"] == "Harvest"
