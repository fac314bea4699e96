"""Claims for tests of matching, and a desk on which they are opened, come in and are published."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import cast
from tests.pages import Page
from tests.publishing import walk
from tests.tickets.conftest import Desk
from verify.articles.models import Article, Assertion, AssertionState
from verify.claimreviews.models import Carrier, ClaimReview, Import, ReviewPublisher
from verify.db import now
from verify.matching import sightings, store
from verify.matching.store import Held
from verify.permissions import Role
from verify.tickets.models import Ticket

GATES = "The gates of the Orta dam were opened before dawn on Tuesday"
GATES_AGAIN = "The gates of the Orta dam were opened on Tuesday before dawn"
HOUSES = "Forty houses in the lower town of Orta stand under water"
OTHER = "The price of bread in Velm doubled within a month"
DENIED = "The gates of the Orta dam were not opened before dawn on Tuesday"


class MatchDesk(Desk):
    """A desk with Rosa, who only reads, and with an index that knows whatever stands on it."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        with self.session() as session:
            self.add(session, "Rosa Lind", Role.READER)

    def hold(self) -> None:
        """Put what cast made into the index, as spotting does."""
        with self.session() as session:
            for ticket in session.scalars(select(Ticket)):
                if ticket.status not in ("merged", "dropped"):
                    store.put(session, Held.TICKET, ticket.id, ticket.claim)
            for one in session.scalars(select(Assertion)):
                if one.state is not AssertionState.DISMISSED:
                    store.put(session, Held.ASSERTION, one.id, one.statement)

    def ticket_for(self, claim: str, by: str = "Nadia") -> str:
        """An open ticket; its reference."""
        reference = self.open(by, claim=claim)
        self.hold()
        return reference

    def assertion_of(self, statement: str, outlet: str = "Hill Post") -> int:
        """A suggestion in an article that came in; its number."""
        with self.session() as session:
            number = make_assertion(session, self, statement, outlet).id
        self.hold()
        return number

    def publish(self, claim: str = GATES) -> str:
        """A ticket with a public verdict; its reference."""
        with self.session() as session:
            done = walk.graded(session, claim=claim, text=f"Today\n\n{claim}, she said.\n", passage=claim)
            walk.publish(session, done)
            reference = done.ticket.reference
        self.hold()
        return reference

    def comes_in(self, statement: str, outlet: str = "Evening Bell") -> int:
        """An article that states something comes in and is looked through; how many sightings it gave."""
        with self.session() as session:
            assertion = make_assertion(session, self, statement, outlet)
            version = assertion.version_id
        self.hold()
        with self.session() as session:
            return len(sightings.look_and_log(session, version))

    def page(self, who: str, address: str) -> Page:
        """A page as somebody sees it."""
        return self.browser(who).get(address)

    def id_of(self, reference: str) -> int:
        """The number of a ticket."""
        with self.session() as session:
            return self.ticket(session, reference).id


def make_assertion(session: Session, desk: Desk, statement: str, outlet: str) -> Assertion:
    """A suggested assertion in an article of its own, published on a day."""
    nadia = desk.person(session, "Nadia")
    text = f"Of the day\n\n{statement}, a spokeswoman said.\n"
    article: Article = cast.take_in(session, nadia, text=text, outlet=outlet)
    article.published_on = date(2024, 5, 8)
    return cast.assert_in(session, article, statement)


def make_review(session: Session, claim: str = GATES, **changes: Any) -> ClaimReview:
    """Another organisation's verdict, as an import leaves it."""
    moment = now()
    publisher = ReviewPublisher(name="Hill Checkers", name_key="hill checkers", site="checks.example")
    brought = Import(carrier=Carrier.FILE, name="checks.json", name_hash="0" * 64, sha256="0" * 64, licence="CC BY 4.0",
                     imported_at=moment)  # fmt: skip
    session.add_all([publisher, brought])
    session.flush()
    review = ClaimReview(
        identity="1" * 64, url="https://checks.example/1", url_hash="2" * 64, publisher_id=publisher.id, claim=claim,
        rating_name="Mostly false", listed_on=date(2024, 5, 9), reviewed_on=date(2024, 5, 9), licence="CC BY 4.0",
        import_id=brought.id, imported_at=moment, **changes,
    )  # fmt: skip
    session.add(review)
    session.flush()
    store.put(session, Held.CLAIMREVIEW, review.id, review.claim)
    return review
