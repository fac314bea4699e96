"""Evidence: what is added stays, what is withdrawn says why, and files are what they were."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from tests.cast import make_person, open_ticket, sign_in
from tests.pages import Page, Visitor
from verify.accounts.models import Person
from verify.config import Settings
from verify.db import db
from verify.errors import Forbidden, Refused
from verify.evidence import actions, blobs, lookups
from verify.evidence.actions import Entry
from verify.evidence.filenames import safe_name
from verify.evidence.models import Blob, Evidence, EvidenceKind, Facet, Stance
from verify.permissions import Role
from verify.tickets import actions as tickets
from verify.tickets import moves
from verify.tickets.models import Ticket

LINK = Entry(
    EvidenceKind.LINK, Stance.SUPPORTS, "Gate log", url="https://board.example/log", facet=Facet.TIME
)


@pytest.fixture
def page_of_ticket(app: Flask) -> Page:
    """The page of a fresh ticket, as its opener sees it."""
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        reference = open_ticket(db.session, nadia).reference
        db.session.commit()
        visitor = sign_in(Visitor(app), nadia)
    return visitor.get(f"/tickets/{reference}")


def upload(page: Page, content: bytes, name: str, **typed: str) -> Page:
    form = page.visitor.get(f"{page.path}/evidence/new/file").form("/evidence/new/file")
    fields = form.fields()
    for field, value in {
        "stance": "supports",
        "upload": FileStorage(BytesIO(content), name),
        **typed,
    }.items():
        fields[field] = value
    return form.send(fields)


def test_evidence_is_numbered_on_its_ticket_and_changes_its_content(app: Flask) -> None:
    heard = []

    def listen(ticket: Ticket, **told: object) -> None:
        heard.append(told["what"])

    with app.app_context(), moves.content_changed.connected_to(listen):
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia)
        before = ticket.version
        first = actions.add_evidence(db.session, nadia, ticket, LINK)
        second = actions.add_evidence(
            db.session,
            nadia,
            ticket,
            Entry(EvidenceKind.NOTE, Stance.REFUTES, "Call", note="The board denies it."),
        )
        assert (first.number, second.number) == (1, 2)
        assert ticket.version == before + 2
        actions.withdraw_evidence(db.session, nadia, ticket, first, reason="The log is of another gate.")
        assert lookups.standing(db.session, ticket) == [second]
    assert heard == ["evidence added", "evidence added", "evidence withdrawn"]


def test_evidence_is_never_deleted(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia)
        evidence = actions.add_evidence(db.session, nadia, ticket, LINK)
        with pytest.raises(Refused, match="Say why"):
            actions.withdraw_evidence(db.session, nadia, ticket, evidence, reason="  ")
        actions.withdraw_evidence(db.session, nadia, ticket, evidence, reason="Another gate.")
        with pytest.raises(Refused, match="withdrawn already"):
            actions.withdraw_evidence(db.session, nadia, ticket, evidence, reason="Again.")
        assert [one.withdrawn_reason for one in lookups.evidence_of(db.session, nadia, ticket)] == [
            "Another gate."
        ]
        assert actions.add_evidence(db.session, nadia, ticket, LINK).number == 2


@pytest.mark.parametrize(
    "url",
    [
        "", "board.example", "ftp://board.example/x", "javascript:alert(1)", "https://", "https://u:p@board.example/",
        "https://board.example/a b", "https://board.example/\u202efdp", "data:text/html,x", "http://[broken",
    ],
)  # fmt: skip
def test_only_a_plain_web_address_is_linked(app: Flask, url: str) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia)
        with pytest.raises(Refused) as refused:
            actions.add_evidence(
                db.session, nadia, ticket, Entry(EvidenceKind.LINK, Stance.CONTEXT, "Log", url=url)
            )
        assert refused.value.field == "url"


def test_a_dropped_ticket_takes_no_evidence(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia)
        tickets.drop(db.session, nadia, ticket, reason="Nobody can check this.")
        with pytest.raises(Refused, match="dropped"):
            actions.add_evidence(db.session, nadia, ticket, LINK)


def test_a_reader_adds_no_evidence(app: Flask) -> None:
    with app.app_context():
        ticket = open_ticket(db.session, make_person(db.session, "Nadia Rahimi"))
        with pytest.raises(Forbidden):
            actions.add_evidence(db.session, make_person(db.session, "Rosa Klein", Role.READER), ticket, LINK)


def test_a_link_is_added_and_withdrawn_in_the_browser(page_of_ticket: Page) -> None:
    visitor, address = page_of_ticket.visitor, page_of_ticket.path
    form = visitor.get(f"{address}/evidence/new/link").form("/evidence/new/link")
    page = form.submit(title="Gate log", url="https://board.example/log", stance=None)
    assert page.status == 422
    assert "Choose which way it points." in page.text
    page = page.form("/evidence/new/link").submit(stance="refutes", facet="time")
    assert page.status == 200
    (link,) = page.select("//a[@href='https://board.example/log']")
    assert link.get("rel") == "noopener nofollow ugc"
    page = visitor.get(f"{address}/evidence/1/withdraw").form("/withdraw").submit(reason="Another gate.")
    assert "Evidence 1 is withdrawn." in page.text
    assert "Another gate." in page.text


def test_a_file_is_kept_under_its_hash_and_only_ever_handed_out_to_be_saved(
    page_of_ticket: Page, settings: Settings
) -> None:
    content = b"<script>alert('gate')</script>"
    sha256 = hashlib.sha256(content).hexdigest()
    page = upload(page_of_ticket, content, "../../etc/gate\u202elog.html")
    assert page.status == 200
    assert sha256[:12] in page.text
    assert (settings.blob_dir / sha256[:2] / sha256).read_bytes() == content
    with page.visitor.client.get(f"{page_of_ticket.path}/evidence/1/file") as answer:
        assert answer.data == content
        assert answer.headers["Content-Disposition"] == "attachment; filename=gatelog.html"
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "no-store" in answer.headers["Cache-Control"]


def test_the_same_file_twice_is_stored_once(page_of_ticket: Page, app: Flask, settings: Settings) -> None:
    for name in ("a.txt", "b.txt"):
        assert upload(page_of_ticket, b"the same", name).status == 200
    with app.app_context():
        assert len(db.session.scalars(select(Blob)).all()) == 1
        assert [one.title for one in db.session.scalars(select(Evidence).order_by(Evidence.number))] == [
            "a.txt",
            "b.txt",
        ]
    assert len([place for place in settings.blob_dir.rglob("*") if place.is_file()]) == 1


def test_a_file_that_was_altered_on_the_disk_is_not_handed_out(
    page_of_ticket: Page, settings: Settings
) -> None:
    upload(page_of_ticket, b"as it was", "log.txt")
    place = blobs.path_of(settings.blob_dir, hashlib.sha256(b"as it was").hexdigest())
    place.chmod(0o600)
    place.write_bytes(b"as it is not")
    answer = page_of_ticket.visitor.get(f"{page_of_ticket.path}/evidence/1/file")
    assert answer.status == 500
    assert "was altered" in answer.text


def test_an_empty_file_is_refused_and_the_note_is_kept(page_of_ticket: Page, settings: Settings) -> None:
    page = upload(page_of_ticket, b"", "empty.txt", note="Page 4, second column.")
    assert page.status == 422
    assert "The file is empty." in page.text
    assert "Page 4, second column." in page.html
    assert not [place for place in settings.blob_dir.rglob("*") if place.is_file()]


def test_a_file_over_the_limit_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="larger than 1 MB") as refused:
        blobs.keep(tmp_path, BytesIO(b"x" * (blobs.MEBIBYTE + 1)), largest=blobs.MEBIBYTE)
    assert refused.value.field == "upload"
    assert list(tmp_path.iterdir()) == []


def test_a_form_without_its_file_asks_for_it(page_of_ticket: Page) -> None:
    form = page_of_ticket.visitor.get(f"{page_of_ticket.path}/evidence/new/file").form("/evidence/new/file")
    page = form.submit(stance="context", upload=None)
    assert page.status == 422
    assert "Choose the file." in page.text


def test_a_kind_of_evidence_that_does_not_exist_is_missing(page_of_ticket: Page) -> None:
    for address in ("evidence/new/rumour", "evidence/9/withdraw", "evidence/9/file"):
        assert page_of_ticket.visitor.get(f"{page_of_ticket.path}/{address}").status == 404


def test_a_double_click_adds_evidence_once(page_of_ticket: Page, app: Flask) -> None:
    form = page_of_ticket.visitor.get(f"{page_of_ticket.path}/evidence/new/note").form("/evidence/new/note")
    fields = form.fields()
    fields["stance"], fields["title"], fields["note"] = "supports", "Call", "They said so."
    assert form.send(fields.copy()).status == 200
    assert form.send(fields.copy()).status == 200
    with app.app_context():
        assert len(db.session.scalars(select(Evidence)).all()) == 1


def test_a_merged_tickets_evidence_goes_along(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        kept, gone = open_ticket(db.session, nadia), open_ticket(db.session, nadia)
        actions.add_evidence(db.session, nadia, kept, LINK)
        moved = actions.add_evidence(db.session, nadia, gone, LINK)
        tickets.merge(db.session, nadia, gone, into=kept, reason="The same claim.")
        assert [one.number for one in lookups.standing(db.session, kept)] == [1, 2]
        assert moved.ticket_id == kept.id


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("report.pdf", "report.pdf"), ("C:\\Users\\x\\report.pdf", "report.pdf"), ("../../passwd", "passwd"),
        ("", "file"), (None, "file"), ("...", "file"), ("a\x00b\u202ecod.exe", "abcod.exe"),
        ('a"b<c>.txt', "a_b_c_.txt"), ("x" * 400 + ".pdf", "x" * 146 + ".pdf"), ("گزارش.pdf", "گزارش.pdf"),
    ],
)  # fmt: skip
def test_a_file_name_can_neither_lead_elsewhere_nor_lie(given: str | None, safe: str) -> None:
    assert safe_name(given) == safe


def test_a_control_character_in_a_note_is_refused(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia)
        note = Entry(EvidenceKind.NOTE, Stance.CONTEXT, "Call", note="They said\x00 so.")
        with pytest.raises(Refused, match="control character") as refused:
            actions.add_evidence(db.session, nadia, ticket, note)
        assert refused.value.field == "note"


@pytest.mark.postgresql
def test_two_people_who_add_evidence_at_once_both_get_a_number(app: Flask) -> None:
    with app.app_context():
        nadia = make_person(db.session, "Nadia Rahimi")
        ticket = open_ticket(db.session, nadia)
        db.session.commit()
        number, actor_id = ticket.id, nadia.id
        assert ticket.version == 1  # loaded, and about to be out of date
        with Session(db.engine) as other:
            first = actions.add_evidence(
                other, other.get_one(Person, actor_id), other.get_one(Ticket, number), LINK
            )
            other.commit()
            assert first.number == 1
        second = actions.add_evidence(db.session, nadia, ticket, LINK)
        assert second.number == 2
