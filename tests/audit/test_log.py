"""The log: what a reader sees of it, what its check finds, and what nobody can do to it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.cast import make_person, sign_in
from tests.pages import Visitor
from verify.accounts.models import Person
from verify.audit import actions, chain, lookups
from verify.audit.commands import audit
from verify.audit.models import AuditEntry, AuditPayload
from verify.db import db
from verify.permissions import Role

MANY = 120


@pytest.fixture
def editor(app: Flask, visitor: Visitor) -> Visitor:
    """Eva, an editor, signed in, on a desk whose log holds many entries of hers."""
    with app.app_context():
        eva = make_person(db.session, "Eva Lund", Role.EDITOR)
        for number in range(MANY):
            actions.record(
                db.session, eva, f"desk.act_{number % 3}", f"thing {number % 7}", {"number": number}
            )
        db.session.commit()
        return sign_in(visitor, eva)


def command(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(audit, list(words))


def break_triggers(sql: str) -> None:
    """Change the log as somebody could who owns the database: without its triggers."""
    if db.engine.dialect.name == "sqlite":
        names = db.session.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit%'")
        )
        for name in names.scalars().all():
            db.session.execute(text(f"DROP TRIGGER {name}"))
    else:
        db.session.execute(text("SET session_replication_role = replica"))
    db.session.execute(text(sql))
    db.session.commit()


def sequences(visitor: Visitor, address: str) -> list[int]:
    return [int(cell.text_content()) for cell in visitor.get(address).select("//tbody//th[@scope='row']")]


@pytest.mark.both_databases
def test_the_log_is_read_in_pages_newest_first(editor: Visitor) -> None:
    page = editor.get("/audit")
    first = sequences(editor, "/audit")
    assert first == list(range(MANY, MANY - lookups.A_PAGE, -1))
    older = page.get_link("Next")
    seen = [int(cell.text_content()) for cell in older.select("//tbody//th[@scope='row']")]
    assert seen == list(range(MANY - lookups.A_PAGE, MANY - 2 * lookups.A_PAGE, -1))
    back = older.get_link("Previous")
    assert [int(cell.text_content()) for cell in back.select("//tbody//th[@scope='row']")] == first


def test_the_log_is_filtered_by_act_subject_and_person(app: Flask, editor: Visitor) -> None:
    assert len(sequences(editor, "/audit?action=desk.act_1")) == MANY // 3
    assert len(sequences(editor, "/audit?subject=desk+thing+3")) == 17
    with app.app_context():
        eva = db.session.scalars(select(Person.id)).one()
    assert len(sequences(editor, f"/audit?actor={eva}")) == lookups.A_PAGE
    page = editor.get("/audit?action=no.such_act")
    assert "No entry fits" in page.text


def test_the_choice_of_acts_holds_each_once(editor: Visitor) -> None:
    offered = editor.get("/audit").select("//select[@id='action']/option/@value")
    assert offered == ["", "desk.act_0", "desk.act_1", "desk.act_2"]


@pytest.mark.parametrize("act", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"])
@pytest.mark.both_databases
def test_the_database_refuses_to_change_or_delete_an_entry(app: Flask, editor: Visitor, act: str) -> None:
    with app.app_context():
        with pytest.raises(DBAPIError):
            db.session.execute(text(f"{act} WHERE sequence = 5"))
        db.session.rollback()
        assert lookups.check(db.session).fault is None


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("UPDATE audit_entry SET action = 'x' WHERE sequence = 7", "Entry 7 was changed"),
        ("UPDATE audit_payload SET payload = '{}' WHERE sequence = 9", "payload of entry 9"),
        ("DELETE FROM audit_entry WHERE sequence = 7", "Entry 7 is missing"),
        (f"DELETE FROM audit_entry WHERE sequence = {MANY}", "the end was cut off"),
    ],
)
@pytest.mark.both_databases
def test_the_check_names_the_first_bad_entry(app: Flask, editor: Visitor, damage: str, fault: str) -> None:
    assert f"All {MANY} entries hold" in editor.get("/audit/check").text
    with app.app_context():
        if "DELETE" in damage:
            number = damage.rsplit(" ", 1)[1]
            break_triggers(f"DELETE FROM audit_payload WHERE sequence = {number}")
        break_triggers(damage)
    assert fault in editor.get("/audit/check").text
    ran = command(app, "check")
    assert ran.exit_code == 1
    assert fault in ran.stderr


def test_what_was_erased_leaves_a_tombstone_and_the_chain_holds(app: Flask, editor: Visitor) -> None:
    with app.app_context():
        db.session.execute(
            text(
                "UPDATE audit_payload SET payload = '', erased_at = '2026-01-01 00:00:00' WHERE sequence = :n"
            ),
            {"n": MANY},
        )
        db.session.commit()
    assert "erased" in editor.get("/audit").text
    assert f"All {MANY} entries hold" in editor.get("/audit/check").text


def test_an_export_is_checked_by_a_program_that_needs_nothing_else(
    app: Flask, editor: Visitor, tmp_path: Path
) -> None:
    ran = command(app, "export", str(tmp_path / "log.jsonl"))
    assert ran.exit_code == 0, ran.output
    alone = [sys.executable, "-I", "-S", str(tmp_path / "chain.py"), str(tmp_path / "log.jsonl")]
    good = subprocess.run(alone, capture_output=True, text=True, check=False)
    assert (good.returncode, good.stdout) == (0, f"All {MANY} entries hold.\n")
    lines = (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()
    forged = json.loads(lines[10]) | {"action": "desk.nothing"}
    lines[10] = json.dumps(forged)
    (tmp_path / "log.jsonl").write_text("\n".join(lines), encoding="utf-8")
    bad = subprocess.run(alone, capture_output=True, text=True, check=False)
    assert bad.returncode == 1
    assert "Entry 11 was changed" in bad.stdout
    assert "Entry 11 was changed" in command(app, "check", "--export", str(tmp_path / "log.jsonl")).stderr


def test_a_noted_hash_shows_that_the_end_was_cut_off(app: Flask, editor: Visitor, tmp_path: Path) -> None:
    noted = command(app, "check").stdout.split()[-1].rstrip(".")
    command(app, "export", str(tmp_path / "log.jsonl"))
    lines = (tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "log.jsonl").write_text("\n".join(lines[:-1]), encoding="utf-8")
    ran = command(app, "check", "--export", str(tmp_path / "log.jsonl"), "--head", noted)
    assert ran.exit_code == 1
    assert "cut off" in ran.stderr


def test_the_export_page_packs_log_and_checker_and_is_logged_itself(app: Flask, editor: Visitor) -> None:
    form = editor.get("/audit").form("/audit/export")
    leads_to = editor.client.post("/audit/export", data=form.fields()).location or ""
    answer = editor.client.get(leads_to)
    packed = io.BytesIO(answer.data)
    answer.close()
    with zipfile.ZipFile(packed) as archive:
        assert sorted(archive.namelist()) == ["README.txt", "chain.py", "log.jsonl"]
        lines = archive.read("log.jsonl").decode().splitlines()
        assert archive.read("chain.py") == Path(chain.__file__).read_bytes()
    assert chain.first_fault(json.loads(line) for line in lines) == (MANY + 1, None)
    assert json.loads(lines[-1])["action"] == "audit.exported"


def test_the_address_of_a_download_is_for_the_person_who_asked(app: Flask, editor: Visitor) -> None:
    form = editor.get("/audit").form("/audit/export")
    leads_to = editor.client.post("/audit/export", data=form.fields()).location or ""
    with app.app_context():
        other = sign_in(Visitor(app), make_person(db.session, "Omar Nuri", Role.EDITOR))
    assert other.get(leads_to).status == 404
    assert editor.get("/audit/export/forged").status == 404


@pytest.mark.parametrize("role", [Role.READER, Role.CHECKER])
def test_the_log_is_not_for_everybody(app: Flask, role: Role) -> None:
    with app.app_context():
        somebody = sign_in(Visitor(app), make_person(db.session, "Sam", role))
    assert {somebody.get(address).status for address in ("/audit", "/audit/check")} == {403}


@pytest.mark.both_databases
def test_an_act_that_is_rolled_back_leaves_no_entry(app: Flask) -> None:
    with app.app_context():
        actions.record(db.session, None, "desk.tried", "thing 1")
        db.session.rollback()
        actions.record(db.session, None, "desk.done", "thing 1", {"words": "Ä “quoted” \u2066"})
        db.session.commit()
        assert db.session.scalars(select(AuditEntry.action)).all() == ["desk.done"]
        assert "quoted" in db.session.scalars(select(AuditPayload.payload)).one()
        assert lookups.check(db.session).fault is None
