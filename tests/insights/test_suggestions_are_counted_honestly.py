"""The page of insights says what people made of suggestions, by method and version, and how sure that is."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import make_person, open_ticket
from tests.insights.conftest import dismiss, file, suggest
from tests.pages import Page, Visitor
from verify.articles import actions
from verify.articles.models import CueType, Ground, Mode
from verify.articles.wording import Link, Wording
from verify.db import db
from verify.errors import Missing
from verify.insights import lookups
from verify.insights.figures import Share, quantile
from verify.insights.lookups import Period
from verify.permissions import Role
from verify.sources.models import SourceKind

EVER = Period()


def row(page: Page, name: str) -> list[str]:
    """The cells of the first line of a table with this name."""
    found = page.select(f"//tr[th[@scope='row'][normalize-space()='{name}']]")[0]
    return [" ".join(cell.text_content().split()) for cell in found.xpath("./td")]


def test_a_method_shows_what_was_filed_dismissed_and_waits(app: Flask, checker: Visitor) -> None:
    with app.app_context():
        ten = suggest(db.session, 10)
        file(db.session, *ten[:6])
        dismiss(db.session, ten[6], Ground.OPINION)
        dismiss(db.session, ten[7], Ground.WRONG_SPEAKER, "It was the mayor.")
        db.session.commit()
    page = checker.get("/insights")
    assert "Rules, version 1" in page.text
    assert row(page, "All of them") == ["10", "2", "6", "2", "0", "75 % 6 of 8 (41 to 93 %; few)"]
    assert row(page, "A view, a wish or a forecast")[0] == "1"
    assert "The wrong speaker, or none found: It was the mayor." in page.text
    assert page.select("//*[local-name()='svg'][@class='share']")
    assert not page.select("//main//*[@style]")


def test_modes_and_reporting_words_are_told_apart(app: Flask, checker: Visitor) -> None:
    with app.app_context():
        quoted = suggest(db.session, 2, mode=Mode.DIRECT, cue_type=CueType.CLAIM)
        file(db.session, *quoted)
        suggest(db.session, 3, mode=Mode.OWN_VOICE, cue_type=None)
        db.session.commit()
    page = checker.get("/insights")
    assert row(page, "Quoted")[:4] == ["2", "0", "2", "0"]
    assert row(page, "Claim")[:4] == ["2", "0", "2", "0"]
    assert row(page, "The outlet’s own voice")[:2] == ["3", "3"]
    assert row(page, "The outlet’s own voice")[-1] == "none decided"


def test_versions_of_a_method_stand_apart(app: Flask, checker: Visitor) -> None:
    with app.app_context():
        suggest(db.session, 2, method="rules/1")
        suggest(db.session, 5, method="rules+tagger/2")
        db.session.commit()
    headings = [title.text_content() for title in checker.get("/insights").select("//main//h3")]
    assert headings == ["Rules and trained tagger, version 2", "Rules, version 1"]


def test_an_edit_counts_under_the_mode_that_was_suggested(app: Flask) -> None:
    with app.app_context():
        actor = make_person(db.session, "Omar Sadat", Role.CHECKER)
        (one,) = suggest(db.session, mode=Mode.DIRECT, cue_type=CueType.CLAIM)
        wording = Wording("Another", Mode.INDIRECT, (Link("Lale Demir", SourceKind.PERSON),), cue="said")
        actions.edit_assertion(db.session, actor, one, wording=wording)
        (method,) = lookups.acceptance(db.session, None, EVER)
        assert set(method.by_mode) == {"direct"}
        assert set(method.by_cue_type) == {"claim"}
        assert (method.all.edited, method.all.waiting) == (1, 1)
        actions.undo_edit(db.session, actor, one)
        (method,) = lookups.acceptance(db.session, None, EVER)
        assert method.all.edited == 0


def test_what_was_filed_after_an_edit_is_told_from_what_was_right_at_once(app: Flask) -> None:
    with app.app_context():
        some = suggest(db.session, 4)
        some[0].suggested = {"mode": "indirect", "cue_type": "neutral"}
        file(db.session, *some[:3])
        (method,) = lookups.acceptance(db.session, None, EVER)
        assert (method.all.accepted, method.all.as_it_was) == (Share(3, 3), Share(2, 3))


def test_a_restored_dismissal_counts_as_waiting_again(app: Flask) -> None:
    with app.app_context():
        actor = make_person(db.session, "Omar Sadat", Role.CHECKER)
        (one,) = suggest(db.session)
        actions.dismiss(db.session, actor, one, ground=Ground.OPINION)
        actions.restore(db.session, actor, one)
        (method,) = lookups.acceptance(db.session, None, EVER)
        assert (method.all.waiting, method.all.dismissed) == (1, 0)


def test_a_period_holds_its_first_and_its_last_day(app: Flask, checker: Visitor) -> None:
    midnight = datetime(2026, 7, 1, tzinfo=UTC)
    with app.app_context():
        for moment in (
            midnight - timedelta(seconds=1), midnight, midnight + timedelta(hours=23, minutes=59),
            midnight + timedelta(days=1),
        ):  # fmt: skip
            suggest(db.session, found_at=moment)
        db.session.commit()
        (method,) = lookups.acceptance(db.session, None, Period(date(2026, 7, 1), date(2026, 7, 1)))
        assert method.all.suggested == 2
    page = checker.get("/insights?since=2026-07-01&until=2026-07-01")
    assert row(page, "All of them")[0] == "2"
    assert "No suggestions in this period" in checker.get("/insights?since=2027-01-01").text


@pytest.mark.parametrize(
    "query",
    ["since=x", "until=9999-12-31", "since=0001-01-01", "since=2027-01-01&until=2020-01-01", "since=%00"],
)
def test_an_address_with_odd_days_still_shows_the_page(app: Flask, checker: Visitor, query: str) -> None:
    with app.app_context():
        suggest(db.session)
        db.session.commit()
    page = checker.get(f"/insights?{query}")
    assert page.status == 200
    assert "Rules, version 1" in page.text


def test_what_people_marked_by_hand_is_no_suggestion(app: Flask, checker: Visitor) -> None:
    with app.app_context():
        suggest(db.session, 3)
        suggest(db.session, 2, method="by hand")
        db.session.commit()
    page = checker.get("/insights")
    assert row(page, "All of them")[0] == "3"
    assert "people marked 2 assertions by hand" in page.text


def test_the_table_downloads_with_every_count(app: Flask, checker: Visitor) -> None:
    with app.app_context():
        some = suggest(db.session, 4)
        file(db.session, some[0])
        dismiss(db.session, some[1], Ground.NOT_A_CLAIM)
        db.session.commit()
    page = checker.get("/insights?since=2026-01-01").get_link("Suggestions as CSV")
    assert page.response.content_type == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(StringIO(page.html)))
    assert [(one["grouped_by"], one["group"]) for one in lines] == [
        ("all", ""), ("mode", "indirect"), ("cue_type", "neutral"),
    ]  # fmt: skip
    first = lines[0]
    assert (first["method"], first["version"], first["since"], first["until"]) == (
        "rules",
        "1",
        "2026-01-01",
        "",
    )
    assert (first["suggested"], first["waiting"], first["filed"], first["dismissed"]) == ("4", "2", "1", "1")
    assert (first["accepted_share"], first["dismissed_not_a_claim"]) == ("0.5000", "1")


def test_who_may_not_read_the_desk_sees_no_figures(app: Flask) -> None:
    assert Visitor(app).get("/insights").path == "/sign-in"
    with app.app_context():
        stranger = make_person(db.session, "Gone")
        stranger.active = False
        for asked in (lookups.acceptance, lookups.pace, lookups.agreement, lookups.marked_by_hand):
            with pytest.raises(Missing):
                asked(db.session, stranger, EVER)


def test_an_empty_desk_says_what_the_page_is_for(checker: Visitor) -> None:
    page = checker.get("/insights")
    assert "No suggestions in this period" in page.text
    assert "No two reviews were opened" in page.text
    assert "No verdict was first published" in page.text


def test_a_ticket_that_is_not_published_has_no_pace(app: Flask) -> None:
    with app.app_context():
        actor = make_person(db.session, "Omar Sadat", Role.CHECKER)
        open_ticket(db.session, actor)
        pace = lookups.pace(db.session, None, EVER)
        assert (pace.many, pace.middle, pace.slowest) == (0, None, [])


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)],
)  # fmt: skip
def test_wilsons_interval_is_the_published_one(part: int, whole: int, low: float, high: float) -> None:
    interval = Share(part, whole).interval
    assert interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_share_lies_in_its_interval(part: int, more: int) -> None:
    share = Share(part, part + more)
    if share.value is None or share.interval is None:
        assert part + more == 0
        return
    low, high = share.interval
    assert 0 <= low <= share.value <= high <= 1


def test_the_middle_of_times_is_one_of_them() -> None:
    assert quantile([], 0.5) is None
    assert quantile([3.0], 0.9) == 3.0
    assert quantile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.0
    assert quantile([float(day) for day in range(1, 11)], 0.9) == 9.0
