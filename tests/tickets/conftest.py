"""A small desk for the rules of tickets: people with browsers, and a session for what happens outside a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from tests import cast
from tests.pages import Visitor
from verify.accounts.models import Person
from verify.db import db
from verify.permissions import Role
from verify.tickets import lookups
from verify.tickets.models import Ticket

CHECKERS = ("Nadia Rahimi", "Omar Haidari", "Lena Vogt", "Tomas Reyes")
CLAIMS = ("Forty houses stand under water", "The school of Orta is closed", "Nobody had been warned")


class Desk:
    """Four checkers and an editor, each with a browser, and what the database says of them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.ids: dict[str, int] = {}
        self.browsers: dict[str, Visitor] = {}
        with self.session() as session:
            for name in CHECKERS:
                self.add(session, name, Role.CHECKER)
            self.add(session, "Ines Duarte", Role.EDITOR)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session of its own, committed at the end; close it before a browser writes."""
        with self.app.app_context():
            yield db.session
            db.session.commit()

    def add(self, session: Session, name: str, *roles: Role) -> Person:
        """Somebody new on the desk."""
        person = cast.make_person(session, name, *roles)
        self.ids[name.split()[0]] = person.id
        return person

    def person(self, session: Session, first_name: str) -> Person:
        """Somebody of the desk by first name, in this session."""
        found = session.get(Person, self.ids[first_name])
        assert found is not None
        return found

    def ticket(self, session: Session, reference: str) -> Ticket:
        """A ticket by reference, in this session."""
        return lookups.ticket_by_reference(session, None, reference)

    def browser(self, first_name: str) -> Visitor:
        """The browser in which this person is signed in."""
        if first_name not in self.browsers:
            with self.app.app_context():
                visitor = cast.sign_in(Visitor(self.app), self.person(db.session, first_name))
            self.browsers[first_name] = visitor
        return self.browsers[first_name]

    def open(self, by: str = "Nadia", **more: Any) -> str:
        """An open ticket; its reference."""
        with self.session() as session:
            return cast.open_ticket(session, self.person(session, by), **more).reference

    def fill(self, count: int, **columns: object) -> list[str]:
        """Tickets opened one after another, with some columns set to the same values."""
        opened = [self.open(claim=f"{CLAIMS[number % 3]}, in ward {number}") for number in range(count)]
        if columns:
            with self.session() as session:
                session.execute(update(Ticket).where(Ticket.reference.in_(opened)).values(**columns))
        return opened

    def assign(self, reference: str, *first_names: str, by: str = "Nadia") -> None:
        """Reviewers for a ticket."""
        with self.session() as session:
            people = [self.person(session, name) for name in first_names]
            cast.assign(session, self.person(session, by), self.ticket(session, reference), *people)

    def status(self, reference: str) -> str:
        """Where a ticket stands."""
        with self.session() as session:
            return self.ticket(session, reference).status.value

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """The statements that the database is asked inside."""
        asked: list[str] = []
        with self.app.app_context():
            engine = db.engine

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            asked.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Nadia, Omar, Lena and Tomas check; Ines edits."""
    return Desk(app)
