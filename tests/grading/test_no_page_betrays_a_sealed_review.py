"""Blindness by every way that a page could give: each page before and after the first review is the same page."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from tests.grading.bench import RATIONALE, Bench, at, dispute, fill, judged, lay_out, send, window
from tests.pages import Visitor
from verify.accounts.models import RoleGrant
from verify.audit.models import AuditEntry
from verify.db import db, now
from verify.permissions import Role

# What every page makes afresh: tokens against forgery and double clicks.
_FRESH = re.compile(r'(name="(?:csrf_token|form_key)"[^>]*value=")[^"]*')
PAGES = ("", "/review", "/adjudicate", "/approval")
LISTS = (
    "/queue",
    "/queue?status=in_review",
    "/queue?order=deadline",
    "/queue?q=gates",
    "/search?q=gates",
    "/search?q=rating:false",
    "/search?q=after:2000",
    "/articles",
    "/reports",
)


@pytest.fixture
def bench(app: Flask) -> Bench:
    return lay_out(app)


def as_seen(visitor: Visitor, bench: Bench) -> dict[str, str]:
    """Every page that touches the ticket, as this visitor sees it now."""
    addresses = [*(bench.address + page for page in PAGES), *LISTS]
    return {one: _FRESH.sub(r"\1", visitor.get(one).html) for one in addresses}


@pytest.mark.parametrize("button", ["Seal and send", "Save draft"])
def test_the_first_review_and_its_draft_change_no_page_of_anybody_else(
    app: Flask, bench: Bench, button: str
) -> None:
    others = {who: window(app, getattr(bench, who)) for who in ("second", "third", "opener", "editor")}
    before = {who: as_seen(visitor, bench) for who, visitor in others.items()}
    fill(window(app, bench.first).get(f"{bench.address}/review"), bench, button=button)
    for who, visitor in others.items():
        for address, page in as_seen(visitor, bench).items():
            assert page == before[who][address], f"{address} betrays to the {who} that a review is in"


def test_no_grade_no_word_and_no_rating_of_the_first_review_is_on_any_page_of_the_second(
    app: Flask, bench: Bench
) -> None:
    words = "Nine gates and a rusted wheel"
    fill(
        window(app, bench.first).get(f"{bench.address}/review"), bench, rationale=words, rating="false",
        override_reason="A wheel cannot lie.",
    )  # fmt: skip
    for address, page in as_seen(window(app, bench.second), bench).items():
        assert words not in page, address
        assert "A wheel cannot lie." not in page, address


def test_checkers_do_not_read_the_log(app: Flask, bench: Bench) -> None:
    for person in (bench.first, bench.second, bench.third):
        assert window(app, person).get("/audit").status == 403


def test_an_editor_who_reviews_learns_nothing_from_the_log(app: Flask, bench: Bench) -> None:
    """Editors read the log and may be reviewers: the sealed entry names no person, no ticket and no grade."""
    with at(app, bench) as here:
        db.session.add(RoleGrant(person_id=here.second.id, role=Role.EDITOR, granted_at=now()))
        send(db.session, here, here.first, judged())
        latest = db.session.scalars(select(AuditEntry).order_by(AuditEntry.sequence.desc()).limit(1)).one()
        sealed, sequence = latest.subject_id, latest.sequence
    page = window(app, bench.second).get("/audit")
    assert page.status == 200
    rows = [row.text_content() for row in page.select("//tr") if sealed[:8] in row.text_content()]
    assert len(rows) == 1, "the entry is there"
    for betrayed in (bench.first.name, bench.ticket.reference, "unverified", RATIONALE):
        assert betrayed not in rows[0]
    assert sequence > 0


def test_the_answer_to_a_saved_draft_betrays_nothing_of_the_other_review(app: Flask, bench: Bench) -> None:
    visitor = window(app, bench.second)
    fields = visitor.get(f"{bench.address}/review").form(button="Save draft").fields()
    sent = {"data": fields, "headers": {"X-Requested-With": "autosave"}}
    before = visitor.client.post(f"{bench.address}/review/draft", **sent)
    fill(window(app, bench.first).get(f"{bench.address}/review"), bench)
    after = visitor.client.post(f"{bench.address}/review/draft", **sent)
    assert (before.status_code, set(before.get_json())) == (after.status_code, set(after.get_json()))


def test_the_title_of_a_page_names_no_grade_and_no_rating(app: Flask, bench: Bench) -> None:
    with at(app, bench) as here:
        send(db.session, here, here.first, judged())
    for person in (bench.first, bench.second, bench.editor):
        (title,) = window(app, person).get(bench.address).select("//head/title")
        assert title.text_content() == f"{bench.ticket.reference} · Verify"


def test_both_reviews_open_to_everybody_at_the_same_moment(app: Flask, bench: Bench) -> None:
    with at(app, bench) as here:
        dispute(db.session, here)
    for person in (bench.first, bench.second, bench.third, bench.opener, bench.editor):
        page = window(app, person).get(bench.address)
        assert "Only the board says so." in page.text
        assert "Two engineers say the same." in page.text


def test_no_name_stands_beside_a_grade_before_the_dispute_is_decided(app: Flask, bench: Bench) -> None:
    with at(app, bench) as here:
        dispute(db.session, here)
    section = window(app, bench.third).get(bench.address).select("//*[@id='grades']")[0].text_content()
    assert bench.first.name not in section
    assert bench.second.name not in section
    assert "First review" in section
    own = window(app, bench.first).get(bench.address).select("//*[@id='grades']")[0].text_content()
    assert "Your review" in own
