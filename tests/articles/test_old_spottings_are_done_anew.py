"""`verify respot` asks for every text that an older method spotted, and for no other."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from tests.articles.conftest import TakenIn
from tests.cast import ARTICLE, make_person
from verify.articles import jobs as article_jobs
from verify.articles import spottings
from verify.articles.models import Assertion
from verify.articles.spotting_commands import respot
from verify.articles.spottings import Spotting
from verify.audit.models import AuditEntry
from verify.db import db
from verify.jobs import actions
from verify.jobs.models import Job, JobState
from verify.jobs.worker import run_pending
from verify.permissions import Role


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(respot, words)


def method_of(app: Flask, article: int) -> str:
    with app.app_context():
        return db.session.get_one(Spotting, article).method


@pytest.fixture
def old(app: Flask, taken_in: TakenIn) -> int:
    """An article that an older method spotted, beside one that today's method did."""
    first = taken_in(ARTICLE, spotted=False)
    taken_in(f"{ARTICLE}\nAnd more.")
    with app.app_context():
        db.session.get_one(Spotting, first).method = "rules/0"
        db.session.commit()
    return first


def test_only_what_an_older_method_spotted_is_asked_for(app: Flask, old: int) -> None:
    told = run(app)
    assert told.exit_code == 0, told.output
    assert "Asked for: 1." in told.output
    with app.app_context():
        (job,) = db.session.scalars(select(Job))
        assert job.payload["article"] == old
        assert job.urgency == actions.WHEN_QUIET
        assert run_pending() == 1
        assert job.state is JobState.DONE
        assert db.session.scalars(select(Assertion).where(Assertion.version_id == old)).all()
    assert method_of(app, old) == spottings.method_now()
    assert "by today’s method already" in run(app).output


def test_asking_twice_asks_once_and_is_logged(app: Flask, old: int) -> None:
    run(app)
    run(app)
    with app.app_context():
        assert run_pending() == 1
        done = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.sequence)))
        assert done[-3:] == ["articles.spotting_asked", "articles.spotting_asked", "article.spotted_again"]


def test_a_text_that_was_never_spotted_is_asked_for_too(app: Flask, old: int) -> None:
    with app.app_context():
        db.session.delete(db.session.get_one(Spotting, old))
        db.session.commit()
    assert "Asked for: 1." in run(app).output
    with app.app_context():
        run_pending()
    assert method_of(app, old) == spottings.method_now()


def test_everything_is_asked_for_when_that_is_wanted(app: Flask, old: int) -> None:
    assert "Asked for: 2." in run(app, "--all").output
    with app.app_context():
        assert run_pending() == 2


def test_what_was_spotted_meanwhile_is_not_read_again(
    app: Flask, old: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(app)
    with app.app_context():
        db.session.get_one(Spotting, old).method = spottings.method_now()
        db.session.commit()
        monkeypatch.setattr(article_jobs, "spotted_in", lambda *_more: pytest.fail("it was read again"))
        run_pending()
        assert db.session.scalars(select(Job.told)).one() == "Spotted by this method already."


def test_it_is_asked_on_behalf_of_somebody_who_may(app: Flask, old: int) -> None:
    with app.app_context():
        for name, role in (("Nadia Rahimi", Role.CHECKER), ("Ana Silva", Role.ADMINISTRATOR)):
            make_person(db.session, name, role).email = f"{role.value}@desk.example"
        db.session.commit()
    assert "Nobody on this desk" in run(app, "--as", "stranger@desk.example").output
    refused = run(app, "--as", "administrator@desk.example")
    assert refused.exit_code == 1
    assert "Your role does not let you" in str(refused.exception)
    assert "Asked for: 1." in run(app, "--as", "checker@desk.example").output
    with app.app_context():
        run_pending()
        assert db.session.scalars(select(Job)).one().asked_by is not None


def test_what_somebody_waits_for_goes_before_a_thousand_old_ones(
    app: Flask, old: int, taken_in: TakenIn
) -> None:
    from verify.articles.models import ArticleVersion
    from verify.articles.spotting_actions import spot_later

    run(app, "--all")
    other = taken_in("The mayor of Orta said that nobody had been warned.")
    with app.app_context():
        spot_later(db.session, None, db.session.get_one(ArticleVersion, other))
        db.session.commit()
        assert run_pending(most=1) == 1
        (first,) = db.session.scalars(select(Job).where(Job.state == JobState.DONE))
        assert first.payload["article"] == other
