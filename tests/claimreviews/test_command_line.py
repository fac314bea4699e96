"""`verify claimreviews import`: says what came of each file, and ends with 1 where something could not be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from tests.cast import make_person
from tests.claimreviews.made import as_bytes, review
from verify.claimreviews import taking_in
from verify.claimreviews.commands import claimreviews
from verify.claimreviews.models import Import
from verify.db import db, now
from verify.jobs.worker import run_pending
from verify.permissions import Role


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "good.json").write_bytes(as_bytes(review(1), review(2)))
    (tmp_path / "half.jsonl").write_bytes(as_bytes(review(3)) + b"\nbroken\n" + as_bytes(review(4)))
    (tmp_path / "bad.json").write_bytes(b"{")
    return tmp_path


def run(app: Flask, *words: str) -> Result:
    from flask.cli import ScriptInfo

    return CliRunner().invoke(claimreviews, ["import", *words], obj=ScriptInfo(create_app=lambda: app))


def test_a_file_is_taken_in_and_told_in_a_line(app: Flask, files: Path) -> None:
    done = run(app, str(files / "good.json"), "--licence", "CC BY 4.0")
    assert done.exit_code == 0, done.output
    assert done.stdout == "good.json: 2 new. See /claimreviews/imports/1.\n"
    assert "2 known." in run(app, str(files / "good.json"), "--licence", "unknown").stdout


def test_what_could_not_be_read_is_told_and_the_command_ends_with_1(app: Flask, files: Path) -> None:
    names = [str(files / name) for name in ("half.jsonl", "bad.json", "missing.json", "good.json")]
    done = run(app, *names, "--licence", "unknown")
    assert done.exit_code == 1
    assert "half.jsonl: 2 new, 1 unreadable." in done.stdout
    assert "line 2: It is no JSON" in done.stderr
    assert "missing.json: refused. It cannot be read: No such file" in done.stderr
    assert "good.json: 2 new." in done.stdout, "one bad file does not keep the others out"


def test_programs_get_lines_of_json(app: Flask, files: Path) -> None:
    done = run(app, str(files / "half.jsonl"), "--licence", "unknown", "--json")
    told = json.loads(done.stdout)
    assert (told["new"], told["problems"][0]["place"]) == (2, "line 2")


def test_a_licence_must_be_said_and_whoever_it_is_for_must_be_allowed(app: Flask, files: Path) -> None:
    assert run(app, str(files / "good.json")).exit_code == 2
    assert "Write which licence" in run(app, str(files / "good.json"), "--licence", " ").stderr
    with app.app_context():
        email = make_person(db.session, "Rita Reader", Role.READER).email
        db.session.commit()
    refused = run(app, str(files / "good.json"), "--licence", "unknown", "--as", email)
    assert (refused.exit_code, "does not let you import claimreviews" in refused.stderr) == (1, True)
    assert run(app, str(files / "good.json"), "--licence", "x", "--as", "nobody@desk.example").exit_code == 2


def test_a_long_file_is_finished_here_and_its_job_is_not_needed(
    app: Flask, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking_in, "AT_ONCE", 3)
    monkeypatch.setattr(taking_in, "A_PART", 4)
    (files / "long.json").write_bytes(as_bytes(*(review(number) for number in range(10))))
    done = run(app, str(files / "long.json"), "--licence", "unknown")
    assert done.exit_code == 0, done.output
    assert "10 new." in done.stdout
    from datetime import timedelta

    with app.app_context():
        assert run_pending(at=now() + timedelta(days=1)) == 0
        assert db.session.scalars(select(Import)).one().new == 10
