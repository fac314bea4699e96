"""Reports from the page and the command line: chosen, counted, built, kept, and downloaded unchanged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import make_person, sign_in
from tests.pages import Page, Visitor
from tests.publishing.walk import Desk, adjudicated, graded, publish
from verify.audit.models import AuditEntry
from verify.config import Settings
from verify.db import db
from verify.errors import Refused
from verify.evidence.blobs import path_of
from verify.permissions import Role
from verify.publishing.content import Publisher
from verify.publishing.selection import Selection
from verify.reports import actions
from verify.reports.commands import report as command
from verify.reports.formats import FORMATS
from verify.reports.models import Report


def two_published() -> tuple[Desk, Desk]:
    """A desk with two published verdicts."""
    desks = graded(db.session), adjudicated(db.session)
    for desk in desks:
        publish(db.session, desk)
    db.session.commit()
    return desks


def reports_page(app: Flask, query: str = "") -> Page:
    """The reports page as a reader of the desk sees it."""
    reader = make_person(db.session, "Roya Sadat", Role.READER)
    return sign_in(Visitor(app), reader).get(f"/reports{query}")


def build(page: Page, **typed: object) -> Page:
    """Press the button that builds."""
    return page.form(button="Build the report").submit(button="Build the report", **typed)


def test_an_empty_desk_is_told_what_reports_are_made_of(app: Flask) -> None:
    with app.app_context():
        page = reports_page(app)
        assert "Nothing is published yet" in page.text
        assert not page.select("//button[contains(., 'Build')]")


@pytest.mark.parametrize("name", list(FORMATS))
def test_a_built_report_comes_back_byte_for_byte(app: Flask, name: str) -> None:
    with app.app_context():
        two_published()
        page = build(reports_page(app), format=name, title="The dam")
        row = db.session.scalars(select(Report)).one()
        assert (row.verdict_count, row.title, row.format.value) == (2, "The dam", name)
        assert row.sha256 in page.text
        (address,) = page.select("//a[contains(@class, 'button--primary')]/@href")
        with page.visitor.client.get(address) as answer:
            assert hashlib.sha256(answer.data).hexdigest() == row.sha256
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert answer.mimetype == FORMATS[name].media_type
            assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_stored_file_that_was_altered_is_not_handed_out(app: Flask, settings: Settings) -> None:
    with app.app_context():
        two_published()
        page = build(reports_page(app), format="csv")
        (address,) = page.select("//a[contains(@class, 'button--primary')]/@href")
        stored = path_of(settings.blob_dir, db.session.scalars(select(Report.sha256)).one())
        stored.chmod(0o640)
        stored.write_bytes(b"something else")
        answer = page.visitor.get(address)
        assert answer.status == 422
        assert "no longer has the checksum" in answer.text


def test_the_same_choice_has_the_same_contents_in_every_format(app: Flask) -> None:
    with app.app_context():
        two_published()
        page = reports_page(app)
        for name in ("csv", "json", "html"):
            build(page.visitor.get("/reports"), format=name)
        assert len({row.content_sha256 for row in db.session.scalars(select(Report))}) == 1


def test_picked_verdicts_alone_are_in_the_report(app: Flask) -> None:
    with app.app_context():
        first, _ = two_published()
        build(reports_page(app), format="json", pick=[first.ticket.reference])
        row = db.session.scalars(select(Report)).one()
        assert row.criteria == {"references": [first.ticket.reference]}
        assert row.verdict_count == 1


def test_filters_hold_for_the_count_and_for_the_report(app: Flask) -> None:
    with app.app_context():
        two_published()
        page = reports_page(app, "?rating=unverified&source=Lale")
        assert "No verdict fits" in page.visitor.get("/reports?rating=false").text
        assert "Every verdict rated Unverified on claims made by Lale." in page.text
        build(page, format="csv")
        assert db.session.scalars(select(Report)).one().criteria == {"rating": "unverified", "source": "Lale"}


def test_what_was_picked_but_is_not_published_is_refused_with_the_form_kept(app: Flask) -> None:
    with app.app_context():
        two_published()
        form = reports_page(app).form(button="Build the report")
        fields = form.fields()
        fields.setlist("pick", ["ORT-0099"])
        fields["title"] = "My title"
        answer = form.send(fields)
        assert answer.status == 422
        assert "Nothing is published under ORT-0099" in answer.text
        assert not db.session.scalars(select(Report)).all()


def test_a_double_click_builds_one_report(app: Flask) -> None:
    with app.app_context():
        two_published()
        form = reports_page(app).form(button="Build the report")
        form.submit(format="csv")
        form.submit(format="csv")
        assert len(db.session.scalars(select(Report)).all()) == 1


def test_building_leaves_one_entry_in_the_log(app: Flask) -> None:
    with app.app_context():
        two_published()
        build(reports_page(app), format="csv")
        assert (
            db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)).all()[-1]
            == "report.built"
        )


def test_strangers_see_neither_reports_nor_files(app: Flask) -> None:
    with app.app_context():
        two_published()
        page = build(reports_page(app), format="csv")
        (address,) = page.select("//a[contains(@class, 'button--primary')]/@href")
        assert page.visitor.get("/reports/4711/nothing.pdf").status == 404
        assert page.visitor.get("/reports/99999999999999999999/nothing.pdf").status == 404
    for closed in (address, "/reports"):
        assert Visitor(app).client.get(closed).status_code == 303


def test_a_corrected_verdict_goes_out_as_it_stands_now(app: Flask) -> None:
    from verify.publishing.actions import correct

    with app.app_context():
        first, _ = two_published()
        correct(
            db.session,
            first.editor,
            first.ticket,
            claim=first.ticket.claim,
            summary="Put right.",
            reason="A slip.",
        )
        db.session.commit()
        composed = actions.compose(
            db.session,
            Selection(references=(first.ticket.reference,)),
            title="",
            publisher=Publisher("D", "http://d"),
        )
        (version,) = composed.versions
        assert (version.number, version.content["summary"], version.changes[0].reason) == (
            2,
            "Put right.",
            "A slip.",
        )


def test_more_verdicts_than_a_format_can_hold_are_refused(app: Flask) -> None:
    with app.app_context():
        two_published()
        composed = actions.compose(db.session, Selection(), title="", publisher=Publisher("D", "http://d"))
        few = replace(FORMATS["pdf"], most=1)
        with pytest.raises(Refused, match="too many for PDF"):
            actions.write(composed, few, BytesIO())


def test_the_command_line_writes_the_same_report(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        first, second = two_published()
        references = sorted([first.ticket.reference, second.ticket.reference])
    out = tmp_path / "verdicts.json"
    told = app.test_cli_runner().invoke(
        command, ["--format", "json", "--out", str(out), "--rating", "unverified"]
    )
    assert told.exit_code == 0, told.output
    read = json.loads(out.read_bytes())
    assert [verdict["reference"] for verdict in read["verdicts"]] == references
    assert read["contents_sha256"] in told.output
    assert hashlib.sha256(out.read_bytes()).hexdigest() in told.output
    assert not list(tmp_path.glob(".*part"))


def test_the_command_line_refuses_an_empty_choice_and_writes_nothing(app: Flask, tmp_path: Path) -> None:
    told = app.test_cli_runner().invoke(command, ["--out", str(tmp_path / "x.pdf"), "-q", "nothing"])
    assert isinstance(told.exception, Refused)
    assert not list(tmp_path.glob("*.pdf*"))
