"""Walking the desk by its links, as everybody who may, and noting every kind of page and what it asked the database."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

from flask import Flask
from sqlalchemy import event, select

from tests.cast import sign_in
from tests.pages import Page, Visitor
from verify.accounts.models import Person
from verify.db import db

OF_A_KIND = 3  # pages of one view that a person looks at
OF_TICKETS = 20  # and of those on which every state of a ticket shows other forms
DOORS = (
    "/",
    "/queue",
    "/search",
    "/search?q=Taliban+forces+entered+Bazarak+the+capital",
    "/search?q=status:open+-in:comments+dashty",
    "/articles",
    "/sources",
    "/reports",
    "/insights",
    "/audit",
    "/people",
    "/account",
    "/verdicts",
    "/method",
)


@dataclass
class Seen:
    """A page, who saw it, and what it asked the database."""

    email: str | None
    address: str
    endpoint: str
    page: Page
    statements: list[tuple[str, Any]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.address} as {self.email or 'a stranger'}"


@contextmanager
def listening(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    """Note every statement that the desk sends to its database."""
    heard: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        heard.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", note)


def visitor_for(app: Flask, email: str | None) -> Visitor:
    """A browser in which this person is signed in; a stranger's for None."""
    visitor = Visitor(app)
    if email is not None:
        with app.app_context():
            sign_in(visitor, db.session.scalars(select(Person).where(Person.email == email)).one())
    return visitor


def links(page: Page) -> set[str]:
    """The addresses on this desk to which a page leads."""
    found = set()
    for href in page.select("//a/@href"):
        address = urldefrag(urljoin(page.path, str(href))).url
        if not urlsplit(address).netloc and address.startswith("/"):
            found.add(address)
    return found


def endpoint_of(app: Flask, address: str) -> str:
    """The view behind an address, with the names of its query, which may make it another kind of page."""
    with app.test_request_context(address) as context:
        rule = context.request.url_rule
        return f"{rule.endpoint}?{'&'.join(sorted(context.request.args))}" if rule else "nowhere"


def crawl(app: Flask, people: list[str | None]) -> list[Seen]:
    """Every kind of page that these people reach."""
    found: list[Seen] = []
    for email in people:
        visitor, waiting, known = visitor_for(app, email), deque(DOORS), set(DOORS)
        kinds: Counter[str] = Counter()
        while waiting:
            address = waiting.popleft()
            kind = endpoint_of(app, address)
            enough = OF_TICKETS if kind.startswith(("tickets.", "grading.", "publishing.")) else OF_A_KIND
            if kinds[kind] >= enough or kind.startswith("static"):
                continue
            kinds[kind] += 1
            with listening(app) as statements:
                answer = visitor.client.get(address)
            if answer.location:
                fresh = sorted({answer.location} - known)
            elif answer.content_type.startswith("text/html"):
                page = Page(visitor, answer)
                found.append(Seen(email, address, re.sub(r"\?.*", "", kind), page, statements))
                fresh = sorted(links(page) - known)
            else:
                fresh = []
            answer.close()
            known.update(fresh)
            waiting.extend(fresh)
    return found
