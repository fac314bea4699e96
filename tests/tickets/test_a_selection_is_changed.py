"""Bulk acts: each ticket of a selection is changed, logged and refused on its own."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

from tests.pages import Page
from tests.tickets.conftest import Desk
from verify.audit.models import AuditEntry
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status


def ticked(desk: Desk, by: str, *chosen: str) -> Page:
    return desk.browser(by).get("/queue").form("/queue/selection").submit(ticket=list(chosen))


def test_a_selection_is_assigned_ticket_by_ticket_and_each_is_logged(desk: Desk) -> None:
    first, second, third = desk.fill(3)
    desk.assign(second, "Omar", "Lena")
    page = ticked(desk, "Nadia", first, second, third)
    assert "3 tickets selected" in page.text
    done = page.form("/queue/selection").submit(ticket=[first, second, third])
    assert "2 tickets changed." in done.text
    assert f"{second}: {second} is in review" in done.text
    assert [desk.status(one) for one in (first, second, third)] == ["in_review"] * 3
    with desk.session() as session:
        logged = session.query(AuditEntry).filter_by(action="ticket.assigned").all()
        assert sorted(one.subject_id for one in logged) == [first, second, third]


def test_a_deadline_is_set_on_a_selection_and_leads_back_to_the_view(desk: Desk) -> None:
    first, second = desk.fill(2)
    page = (
        desk.browser("Nadia")
        .get("/queue?status=open")
        .form("/queue/selection")
        .submit(ticket=[first, second])
    )
    back = page.form("/queue/selection").submit(
        act="deadline", deadline_on="2026-12-24", ticket=[first, second]
    )
    assert parse_qs(urlsplit(back.response.request.url).query) == {"status": ["open"]}
    with desk.session() as session:
        assert {one.deadline_on for one in session.query(Ticket)} == {date(2026, 12, 24)}


def test_a_selection_of_nothing_or_without_a_day_is_refused_and_kept(desk: Desk) -> None:
    (first,) = desk.fill(1)
    page = ticked(desk, "Nadia", first)
    again = page.form("/queue/selection").submit(act="deadline", ticket=[first])
    assert (again.status, "Choose a day." in again.text) == (422, True)
    assert again.form("/queue/selection").submit(ticket=None).status == 422
    assert desk.status(first) == Status.OPEN


def test_a_selection_never_leads_off_the_desk(desk: Desk) -> None:
    (first,) = desk.fill(1)
    page = ticked(desk, "Nadia", first).form("/queue/selection")
    done = page.submit(back="//evil.example/", ticket=[first])
    assert done.path == "/queue"
