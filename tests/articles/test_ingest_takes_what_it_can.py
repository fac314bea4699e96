"""`verify ingest`: each file stands for itself; one that is refused keeps no other out."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.cli import ScriptInfo
from sqlalchemy import select

from tests.articles.documents import LEAD, STORY, page, pdf
from tests.cast import make_person
from verify.articles.commands import ingest
from verify.articles.models import Article
from verify.audit.models import AuditEntry
from verify.db import db
from verify.permissions import Role


def run(app: Flask, *arguments: str | Path) -> Result:
    runner = CliRunner()
    return runner.invoke(ingest, [str(one) for one in arguments], obj=ScriptInfo(create_app=lambda: app))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "road.txt").write_text(STORY, "utf-8")
    (tmp_path / "page.html").write_text(page(), "utf-8")
    (tmp_path / "print.pdf").write_bytes(pdf())
    (tmp_path / "broken.pdf").write_bytes(pdf()[:500])
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\x00")
    return tmp_path


def test_good_files_are_in_and_bad_ones_are_named_with_a_reason(app: Flask, files: Path) -> None:
    names = ("road.txt", "broken.pdf", "page.html", "picture.txt", "print.pdf", "absent.txt")
    result = run(app, *(files / name for name in names))
    assert result.exit_code == 1
    assert "road.txt: taken in at /articles/1" in result.output
    assert "broken.pdf: refused. This PDF is damaged" in result.output
    assert "picture.txt: refused. This is not a text file" in result.output
    assert "absent.txt: refused. It cannot be read" in result.output
    assert "3 of 6 files are in." in result.output
    with app.app_context():
        outlets = [article.outlet and article.outlet.name for article in db.session.scalars(select(Article))]
        assert outlets == [None, "Valley Courier", None]


def test_assertions_are_listed_with_who_says_so(app: Flask, files: Path) -> None:
    result = run(app, files / "road.txt", "--outlet", "Valley Courier", "--published", "2021-09-06")
    assert result.exit_code == 0
    assert any(line.startswith("  0-") and "governor" in line for line in result.output.splitlines())
    assert "  0-" not in run(app, files / "page.html", "--quiet").output
    with app.app_context():
        article = db.session.scalars(select(Article).limit(1)).one()
        assert (article.outlet and article.outlet.name, str(article.published_on)) == (
            "Valley Courier",
            "2021-09-06",
        )
        assert LEAD.startswith(article.title.rstrip("…"))


def test_the_same_files_again_are_in_already(app: Flask, files: Path) -> None:
    run(app, files / "road.txt")
    again = run(app, files / "road.txt")
    assert (again.exit_code, "in already, at /articles/1" in again.output) == (0, True)


def test_it_can_be_done_on_behalf_of_a_person_who_may(app: Flask, files: Path) -> None:
    with app.app_context():
        checker, onlooker = (
            make_person(db.session, "Nadia", Role.CHECKER),
            make_person(db.session, "Omar", Role.READER),
        )
        db.session.commit()
        names, person = (checker.email, onlooker.email), checker.id
    assert run(app, files / "road.txt", "--as", names[0]).exit_code == 0
    assert "refused. Your role does not let you" in run(app, files / "page.html", "--as", names[1]).output
    assert run(app, files / "page.html", "--as", "nobody@desk.example").exit_code == 2
    with app.app_context():
        assert db.session.scalar(select(Article.taken_in_by_id)) == person
        assert list(db.session.scalars(select(AuditEntry.actor_id))) == [person]
