"""A small desk to search: people with browsers, and what each of them finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import cast
from tests.pages import Page, Visitor
from tests.sources.conftest import keyed
from verify.accounts.models import Person
from verify.db import db
from verify.permissions import Role
from verify.search import details, lookups
from verify.search.details import Hit
from verify.search.lookups import Finds
from verify.search.models import Kind
from verify.search.query import read

__all__ = ["keyed"]  # a desk with a key to seal identities with


class Archive:
    """Nadia and Omar check, Ines edits, Grace reads."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.ids: dict[str, int] = {}
        with self.session() as session:
            roles = {"Nadia": Role.CHECKER, "Omar": Role.CHECKER, "Lena": Role.CHECKER, "Ines": Role.EDITOR}
            for name, role in {**roles, "Grace": Role.READER}.items():
                self.ids[name] = cast.make_person(session, f"{name} Rahimi", role).id

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session of its own, committed at the end."""
        with self.app.app_context():
            yield db.session
            db.session.commit()

    def person(self, session: Session, name: str) -> Person:
        """Somebody of the desk by first name."""
        return session.get_one(Person, self.ids[name])

    def add_person(self, person: Person) -> str:
        """Somebody made elsewhere, by a name for here."""
        self.ids[person.name] = person.id
        return person.name

    def finds(self, typed: str, reader: str = "Nadia", kind: Kind | None = None) -> Finds:
        """What a reader finds."""
        with self.session() as session:
            return lookups.find(session, self.person(session, reader), read(typed), kind=kind)

    def hits(self, typed: str, reader: str = "Nadia", kind: Kind | None = None) -> list[Hit]:
        """The finds in order, as a page shows them."""
        with self.session() as session:
            found = lookups.find(session, self.person(session, reader), read(typed), kind=kind)
            return details.hits(session, found.best)

    def titles(self, typed: str, reader: str = "Nadia", kind: Kind | None = None) -> list[str]:
        """The titles of the finds in order; the words of a comment, which has none."""
        return [hit.title or hit.body for hit in self.hits(typed, reader, kind)]

    def page(self, typed: str, reader: str = "Nadia", **more: str) -> Page:
        """The page of results."""
        with self.app.app_context():
            visitor = cast.sign_in(Visitor(self.app), self.person(db.session, reader))
        return visitor.get("/search", {"q": typed, **more})

    def open(self, claim: str, **more: object) -> str:
        """An open ticket; its reference."""
        with self.session() as session:
            return cast.open_ticket(session, self.person(session, "Nadia"), claim=claim, **more).reference  # type: ignore[arg-type]  # as the maker takes them

    def take_in(self, title: str, text: str, outlet: str = "Orta Courier") -> int:
        """An article that nobody has done anything about; its number."""
        with self.session() as session:
            actor = self.person(session, "Nadia")
            return cast.take_in(session, actor, title=title, text=text, outlet=outlet).id


@pytest.fixture
def archive(app: Flask) -> Archive:
    """A desk with nothing in it yet."""
    return Archive(app)
