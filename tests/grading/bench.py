"""A claim under review with its people, and what they do about it: for the tests of grading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import assert_in, make_investigation, make_person, sign_in, take_in
from tests.pages import Page, Visitor
from verify.accounts.models import Person
from verify.db import db
from verify.evidence.actions import Entry, add_evidence
from verify.evidence.models import Evidence, EvidenceKind, Facet, Stance
from verify.grading.actions import adjudicate, submit_review
from verify.grading.judgement import Judged
from verify.grading.models import Adjudication, Confidence, Reliability, Review
from verify.grading.rubric import Grades
from verify.permissions import Role
from verify.tickets.actions import assign, open_ticket
from verify.tickets.models import Ticket
from verify.tickets.workflow import Rating

RATIONALE = "The spokeswoman was at the dam; her words stand in the board's log (evidence 1)."


@dataclass
class Bench:
    """One ticket in review, who opened it, its two reviewers, a third checker and an editor."""

    ticket: Ticket
    opener: Person
    first: Person
    second: Person
    third: Person
    editor: Person
    log: Evidence

    @property
    def address(self) -> str:
        """Where the ticket is."""
        return f"/tickets/{self.ticket.reference}"


def make_bench(session: Session) -> Bench:
    """A claim with one piece of evidence, assigned to two reviewers; call inside an app context, commits."""
    people = [make_person(session, name) for name in ("Ona Vidal", "Rui Costa", "Mina Haas", "Tove Lind")]
    opener, first, second, third = people
    editor = make_person(session, "Edda Storm", Role.EDITOR)
    assertion = assert_in(session, take_in(session, opener))
    ticket = open_ticket(
        session,
        opener,
        assertion=assertion,
        claim=assertion.statement,
        investigation=make_investigation(session),
    )
    log = add_evidence(
        session,
        opener,
        ticket,
        Entry(EvidenceKind.NOTE, Stance.SUPPORTS, title="Log of the water board", note="04:10"),
    )
    assign(session, editor, ticket, [first, second])
    session.commit()
    return Bench(ticket, opener, first, second, third, editor, log)


def judged(
    sourcing: int = 3, attribution: int = 3, confirmation: int = 1, rating: Rating = Rating.UNVERIFIED, *,
    rationale: str = RATIONALE, override_reason: str = "", reliability: Reliability = Reliability.B,
    credibility: int = 3,
) -> Judged:  # fmt: skip
    """A judgement; by default one that the rule would propose as well."""
    return Judged(
        grades=Grades(sourcing, attribution, confirmation), rating=rating, confidence=Confidence.MODERATE,
        rationale=rationale, reliability=reliability, credibility=credibility, override_reason=override_reason,
    )  # fmt: skip


def send(
    session: Session, bench: Bench, person: Person, stated: Judged, seen: Iterable[Evidence] = ()
) -> Review:
    """Submit a review and commit; the log is considered unless other evidence is named."""
    review = submit_review(
        session, person, bench.ticket, stated, considered=[piece.id for piece in seen] or [bench.log.id]
    )
    session.commit()
    return review


def dispute(session: Session, bench: Bench) -> tuple[Review, Review]:
    """Two reviews that conflict on confirmation."""
    return (
        send(session, bench, bench.first, judged(confirmation=1, rationale="Only the board says so.")),
        send(
            session, bench, bench.second,
            judged(confirmation=3, rating=Rating.UNVERIFIED, override_reason="No origin is certain yet.",
                   rationale="Two engineers say the same."),
        ),
    )  # fmt: skip


def decide(session: Session, bench: Bench, person: Person, stated: Judged) -> Adjudication:
    """Adjudicate and commit."""
    record = adjudicate(session, person, bench.ticket, stated)
    session.commit()
    return record


def refuting(session: Session, bench: Bench, facet: Facet = Facet.WHOLE) -> Evidence:
    """Evidence against the claim, added by the one who opened the ticket."""
    entry = Entry(
        EvidenceKind.NOTE, Stance.REFUTES, title="Gate log of the dam", note="Gates shut.", facet=facet
    )
    piece = add_evidence(session, bench.opener, bench.ticket, entry)
    session.commit()
    return piece


def lay_out(app: Flask) -> Bench:
    """A bench whose rows were read and let go, for tests that walk pages; `at` takes it up again."""
    with app.app_context():
        bench = make_bench(db.session)
        rows = [getattr(bench, one.name) for one in fields(bench)]
        for row in rows:
            db.session.refresh(row)
        db.session.expunge_all()
    return bench


@contextmanager
def at(app: Flask, bench: Bench) -> Iterator[Bench]:
    """The bench as it is now, to act on it beside the browser; not to be held while pages are walked."""
    with app.app_context():
        rows = {one.name: getattr(bench, one.name) for one in fields(bench)}
        yield Bench(**{name: db.session.get_one(type(row), row.id) for name, row in rows.items()})


def window(app: Flask, person: Person) -> Visitor:
    """A browser in which this person sits."""
    with app.app_context():
        return sign_in(Visitor(app), person)


def fill(page: Page, bench: Bench, button: str = "Seal and send", **typed: object) -> Page:
    """Fill the review form of a page and press a button."""
    fields = {
        "sourcing": "3", "attribution": "3", "confirmation": "1", "rating": "unverified", "confidence": "high",
        "rationale": RATIONALE, "considered": [str(bench.log.id)], **typed,
    }  # fmt: skip
    return page.form(button=button).submit(button=button, **fields)


def form_of(visitor: Visitor, bench: Bench, path: str = "review") -> Page:
    """The page with the form: the review, or \"adjudicate\"."""
    return visitor.get(f"{bench.address}/{path}")


def errors_beside(page: Page) -> set[str]:
    """The names of the fields that have an error beside them."""
    return {element.get("id").removesuffix("-error") for element in page.select("//*[@class='field__error']")}
