"""The public site: an index to search, one page a verdict, nothing that is not published."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests.pages import Visitor
from tests.publishing.samples import FIRST_DAY, content
from tests.publishing.walk import approve, graded, publish
from verify.db import db
from verify.publishing.content import content_hash
from verify.publishing.lookups import PAGE
from verify.publishing.models import Approval, Verdict, VerdictVersion, VersionKind
from verify.publishing.selection import Selection
from verify.tickets.models import Ticket
from verify.tickets.workflow import Rating, Status


def many_verdicts(count: int) -> None:
    """Verdicts by the row, as an old desk has them."""
    desk = graded(db.session)
    first = desk.ticket
    for number in range(1, count + 1):
        rating = Rating.FALSE if number % 2 else Rating.UNVERIFIED
        reference = f"OLD-{number:04}"
        ticket = Ticket(
            reference=reference, investigation_id=first.investigation_id, claim=f"Claim number {number} on the gates",
            status=Status.PUBLISHED, opened_by_id=desk.opener.id, opened_at=FIRST_DAY, updated_at=FIRST_DAY,
        )  # fmt: skip
        db.session.add(ticket)
        db.session.flush()
        told = content(reference=reference, claim=ticket.claim, rating=rating.value)
        day = FIRST_DAY + timedelta(days=number // 2)
        approval = Approval(
            ticket_id=ticket.id,
            approver_id=desk.editor.id,
            content_sha256=content_hash(told),
            rules=[],
            approved_at=day,
        )
        verdict = Verdict(
            ticket_id=ticket.id, reference=reference, investigation="Orta floods", claim=ticket.claim, rating=rating,
            claimant="Water board", published_at=day, changed_at=day,
        )  # fmt: skip
        db.session.add_all([verdict, approval])
        db.session.flush()
        db.session.add(
            VerdictVersion(
                verdict_id=verdict.id, number=1, kind=VersionKind.PUBLISHED, content=told,
                content_sha256=content_hash(told), published_by_id=desk.editor.id, published_at=day,
                approval_id=approval.id,
            )
        )  # fmt: skip
    db.session.commit()


def stories(page: object) -> list[str]:
    """The claims on a page of the index."""
    return [link.text_content() for link in page.select("//h2/a")]  # type: ignore[attr-defined]  # a Page


def test_an_empty_site_says_what_it_is_for(app: Flask) -> None:
    page = Visitor(app).get("/verdicts")
    assert page.status == 200
    assert "Nothing is published yet" in page.text


@pytest.mark.parametrize("state", ["graded", "approved"])
def test_a_verdict_that_is_not_published_is_not_there(app: Flask, state: str) -> None:
    with app.app_context():
        desk = graded(db.session)
        if state == "approved":
            approve(db.session, desk)
        db.session.commit()
        visitor = Visitor(app)
        assert visitor.get(f"/verdicts/{desk.ticket.reference}").status == 404
        assert desk.ticket.claim not in visitor.get("/verdicts").text


def test_unpublished_and_absent_look_the_same(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        db.session.commit()
        visitor = Visitor(app)
        hidden, absent = visitor.get(f"/verdicts/{desk.ticket.reference}"), visitor.get("/verdicts/XXX-0001")
        assert (hidden.status, hidden.text) == (absent.status, absent.text)


def test_a_version_that_does_not_exist_is_not_there(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        db.session.commit()
        for number in (0, 2, 99999999999):
            assert Visitor(app).get(f"/verdicts/{desk.ticket.reference}/versions/{number}").status == 404


def test_the_index_pages_by_key_and_loses_nothing(app: Flask) -> None:
    with app.app_context():
        many_verdicts(2 * PAGE + 3)
        visitor = Visitor(app)
        page, seen = visitor.get("/verdicts"), []
        first = stories(page)
        while True:
            seen += stories(page)
            older = page.select("//nav[@class='pager']//a[@rel='next']/@href")
            if not older:
                break
            page = visitor.get(older[0])
        assert len(seen) == len(set(seen)) == 2 * PAGE + 3
        while newer := page.select("//nav[@class='pager']//a[@rel='prev']/@href"):
            page = visitor.get(newer[0])
        assert stories(page) == first


def test_the_index_finds_by_word_rating_and_investigation(app: Flask) -> None:
    with app.app_context():
        many_verdicts(6)
        visitor = Visitor(app)
        assert stories(visitor.get("/verdicts?q=number+3+gates")) == ["Claim number 3 on the gates"]
        assert len(stories(visitor.get("/verdicts?rating=false"))) == 3
        assert len(stories(visitor.get("/verdicts?investigation=Orta+floods&rating=unverified"))) == 3
        assert "No verdict fits" in visitor.get("/verdicts?q=100%25").text
        assert len(stories(visitor.get("/verdicts?rating=nonsense&older=abc"))) == 6


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "query", ["q=%00", "older=99999999999999999999", "newer=-1", "older=%00", "rating=%00"]
)
def test_a_query_that_makes_no_sense_gets_a_page(app: Flask, query: str) -> None:
    assert Visitor(app).get(f"/verdicts?{query}").status == 200


@pytest.mark.sqlite
@pytest.mark.parametrize("query", ["", "?rating=false", "?investigation=Orta+floods", "?q=gates"])
def test_the_index_reads_through_database_indexes(app: Flask, query: str) -> None:
    with app.app_context():
        many_verdicts(3)
        asked: list[tuple[str, Any]] = []
        event.listen(
            db.engine, "before_cursor_execute", lambda _c, _cu, text, values, *_: asked.append((text, values))
        )
        Visitor(app).get(f"/verdicts{query}")
        for text, values in list(asked):
            plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
            steps = [step[3] for step in plan if "verdict" in step[3]]
            assert all("INDEX" in step or "PRIMARY KEY" in step for step in steps), steps


@pytest.mark.parametrize("count", [3, 25])
def test_the_index_takes_the_same_few_queries_however_long(app: Flask, count: int) -> None:
    with app.app_context():
        many_verdicts(count)
        asked: list[str] = []
        event.listen(
            db.engine, "before_cursor_execute", lambda _c, _cu, statement, *_: asked.append(statement)
        )
        Visitor(app).get("/verdicts?rating=false&q=number")
        assert len(asked) <= 3


def test_the_method_page_states_rubric_ratings_and_corrections(app: Flask) -> None:
    page = Visitor(app).get("/method")
    assert page.status == 200
    for words in (
        "verbatim, located at the origin",
        "The rule proposes it when",
        "An address never disappears.",
    ):
        assert words in page.text
    assert page.select("//*[@id='corrections']")
    assert page.select("//*[@id='unnamed-sources']")


def test_a_choice_is_told_in_a_sentence() -> None:
    assert Selection().sentence == "Every verdict that this desk has published."
    chosen = Selection(rating="false", investigation="Orta floods", until=FIRST_DAY.date())
    assert chosen.sentence == (
        "Every verdict rated False of the investigation “Orta floods” published up to 2 March 2026."
    )
