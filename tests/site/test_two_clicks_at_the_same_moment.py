"""A second click that comes while the first is still being answered ends where that one went, not in a refusal."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from tests.cast import make_person, open_ticket, sign_in
from tests.pages import Visitor
from tests.publishing.walk import approve, graded
from verify.accounts.models import Person
from verify.db import db
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status

Scene = Callable[[Session], tuple[Person, Ticket]]


def an_open_ticket(session: Session) -> tuple[Person, Ticket]:
    nadia = make_person(session, "Nadia Rahimi")
    for name in ("Omar Haidari", "Lena Vogt"):
        make_person(session, name)
    return nadia, open_ticket(session, nadia)


def an_approved_one(session: Session) -> tuple[Person, Ticket]:
    desk = graded(session)
    approve(session, desk)
    return desk.other_editor, desk.ticket


def click_twice(
    app: Flask, token: str, address: str, fields: MultiDict[str, str]
) -> set[tuple[int, str | None]]:
    """What two hands get that press the same button at the same moment."""
    answers: set[tuple[int, str | None]] = set()
    ready = Barrier(2)

    def click() -> None:
        hand = Visitor(app)
        hand.client.set_cookie("verify", token)
        ready.wait()
        answer = hand.client.post(address, data=fields)
        answers.add((answer.status_code, answer.location))

    hands = [Thread(target=click) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return answers


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("scene", "page", "action", "typed", "end"),
    [
        (an_open_ticket, "/change?do=drop", "/drop", {"reason": "Nobody asks any more."}, Status.DROPPED),
        (an_open_ticket, "", "/reviewers/draw", {}, Status.IN_REVIEW),
        (an_approved_one, "/approval", "/approval/publish", {}, Status.PUBLISHED),
    ],
)
def test_two_clicks_at_once_lead_to_one_place(
    app: Flask, scene: Scene, page: str, action: str, typed: dict[str, str], end: Status
) -> None:
    with app.app_context():
        person, ticket = scene(db.session)
        address = f"/tickets/{ticket.reference}"
        visitor = sign_in(Visitor(app), person)
    form = visitor.get(address + page).form(action)
    fields = form.fields()
    for name, value in typed.items():
        fields[name] = value
    cookie = visitor.client.get_cookie("verify")
    assert cookie is not None
    answers = click_twice(app, cookie.value, form.address, fields)
    assert len(answers) == 1
    assert next(iter(answers))[0] == 303
    with app.app_context():
        assert db.session.scalars(select(Ticket.status)).one() is end


def test_a_refusal_of_what_was_never_taken_in_stays_a_refusal(app: Flask) -> None:
    with app.app_context():
        nadia, ticket = an_open_ticket(db.session)
        address = f"/tickets/{ticket.reference}/change?do=drop"
        visitor = sign_in(Visitor(app), nadia)
    form = visitor.get(address).form("/drop")
    assert [form.submit(reason=" ").status for _ in range(2)] == [422, 422]
