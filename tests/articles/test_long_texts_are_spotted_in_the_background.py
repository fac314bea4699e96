"""A long text is in at once; its assertions follow from a job, whose progress the reading room tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.articles.test_people_decide_on_assertions import assertions, logged
from tests.cast import ARTICLE
from tests.pages import Page, Visitor
from verify.accounts.models import Person
from verify.articles import jobs as article_jobs
from verify.articles import spottings
from verify.articles.models import ArticleVersion
from verify.config import Settings
from verify.db import db, now
from verify.jobs import actions, queue
from verify.jobs.kinds import KINDS
from verify.jobs.models import Job, JobState
from verify.jobs.work import Lost, Work
from verify.jobs.worker import Heart, run_pending
from verify.permissions import Role


@pytest.fixture
def app(settings: Settings, applications: Callable[[Settings], Flask]) -> Iterator[Flask]:
    """A desk for which every text of more than forty words is long."""
    app = applications(replace(settings, long_text_words=40))
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


TakingIn = Callable[[str], Page]


@pytest.fixture
def take_in(checker: Visitor) -> TakingIn:
    """Paste a text, as a person does."""

    def paste(text: str) -> Page:
        form = checker.get("/articles/new").form(button="Take in the article")
        return form.submit("Take in the article", text=text, title="Flood gates opened")

    return paste


def the_job() -> Job:
    return db.session.scalars(select(Job)).one()


def test_a_short_text_is_spotted_at_once(app: Flask, take_in: TakingIn) -> None:
    page = take_in("The mayor of Orta said that nobody had been warned.")
    assert "1 assertion waits" in page.text
    assert not page.select("//*[@data-job]")
    with app.app_context():
        assert db.session.scalars(select(Job)).all() == []


def test_a_long_text_is_in_at_once_and_its_suggestions_follow(
    app: Flask, checker: Visitor, take_in: TakingIn
) -> None:
    page = take_in(ARTICLE)
    assert "its assertions are spotted in the background" in page.text
    assert "are still to be spotted" in page.text
    assert "It waits for its turn." in page.text
    assert assertions(app) == []
    assert "Being spotted" in checker.get("/articles").text
    with app.app_context():
        assert run_pending() == 1
        assert the_job().state is JobState.DONE
    after = checker.get(page.path)
    assert not after.select("//*[@data-job]")
    found = assertions(app)
    assert len(found) > 2
    assert {ARTICLE[one.start : one.end].strip() for one in found} == {
        ARTICLE[one.start : one.end] for one in found
    }
    assert "Being spotted" not in checker.get("/articles").text
    assert logged(app)[-2:] == ["article.taken_in", "article.spotted"]


def test_a_long_text_gets_the_very_suggestions_that_it_would_get_at_once(
    app: Flask, take_in: TakingIn
) -> None:
    from verify.articles.suggestions import spotted_in

    take_in(ARTICLE)
    with app.app_context():
        run_pending()
    assert [(one.start, one.end, one.statement) for one in assertions(app)] == [
        (one.start, one.end, one.statement) for one in spotted_in(ARTICLE)
    ]


def test_the_reading_room_tells_how_far_the_work_is_with_a_number(
    app: Flask, checker: Visitor, take_in: TakingIn
) -> None:
    page = take_in(ARTICLE)
    with app.app_context():
        mine = queue.claim(db.session, KINDS, "a worker")
        db.session.commit()
        assert mine is not None
        work = Work(mine)
        work.report(430, 1000, article_jobs.READING)
        Heart(app, work).beat()
    for shown in (checker.get(page.path), checker.get(f"{page.path}/spotting")):
        (piece,) = shown.select("//*[@data-progress]")
        assert piece.get("data-progress") == f"{page.path}/spotting"
        assert piece.xpath(".//progress")[0].get("value") == "43"
        assert "43 %" in shown.text
        assert "Reading the text" in shown.text
        assert shown.get_link("Look again").status == 200  # the way without a script


def test_the_piece_of_the_page_says_when_the_work_is_over(
    app: Flask, checker: Visitor, take_in: TakingIn
) -> None:
    page = take_in(ARTICLE)
    with app.app_context():
        run_pending()
    piece = checker.get(f"{page.path}/spotting")
    assert piece.select("//*[@data-over]")
    assert not piece.select("//*[@data-progress]")
    assert "suggestions. Show what was found" in piece.text
    assert piece.html.lstrip().startswith("<div")


def test_a_spotting_that_failed_says_so_and_can_be_tried_again(
    app: Flask, checker: Visitor, onlooker: Visitor, take_in: TakingIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_args: object) -> None:
        raise ZeroDivisionError

    page = take_in(ARTICLE)
    with app.app_context():
        monkeypatch.setattr(article_jobs, "spotted_in", breaks)
        run_pending(at=now() + timedelta(hours=1))
    monkeypatch.undo()
    failed = checker.get(page.path)
    assert "could not be spotted" in failed.text
    assert "Something went wrong inside the desk" in failed.text
    assert "Not spotted" in checker.get("/articles").text
    assert not onlooker.get(page.path).select("//form[contains(@action, '/spot')]")
    again = next(form for form in failed.tree.forms if "Try again" in form.text_content())
    assert again.get("action") == f"{page.path}/spot"
    answer = failed.form(button="Try again").submit()
    assert "is spotted in the background" in answer.text
    with app.app_context():
        run_pending()
    after = checker.get(page.path)
    assert "could not be spotted" not in after.text
    assert assertions(app)


def test_that_no_worker_comes_is_said_to_the_reader(app: Flask, checker: Visitor, take_in: TakingIn) -> None:
    page = take_in(ARTICLE)
    with app.app_context():
        the_job().due_at = now() - timedelta(minutes=5)
        db.session.commit()
    assert "no worker has come" in checker.get(page.path).text


def test_a_cancelled_spotting_is_told_where_nothing_was_spotted_and_keeps_nothing(
    app: Flask, checker: Visitor, take_in: TakingIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = take_in(ARTICLE)

    def cancelled_meanwhile(*_args: object) -> list[object]:
        with app.app_context():
            queue.cancel(the_job())
            db.session.commit()
        return []

    with app.app_context():
        monkeypatch.setattr(article_jobs, "spotted_in", cancelled_meanwhile)
        run_pending()
    assert "an administrator cancelled it" in checker.get(page.path).text
    assert logged(app)[-1] == "article.taken_in"


def test_what_a_person_marked_while_the_text_was_read_is_not_suggested_again(
    app: Flask, checker: Visitor, take_in: TakingIn
) -> None:
    from tests.articles.test_people_decide_on_assertions import PASSAGE, mark

    page = take_in(ARTICLE)
    mark(checker, int(page.path.rsplit("/", 1)[1]))
    with app.app_context():
        run_pending()
    over = [one for one in assertions(app) if ARTICLE[one.start : one.end] == PASSAGE]
    assert [one.method for one in over] == ["by hand"]


def test_who_lost_the_role_meanwhile_gets_no_suggestions(
    app: Flask, checker: Visitor, take_in: TakingIn
) -> None:
    page = take_in(ARTICLE)
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.name == "Nadia Rahimi")).one()
        person.grants = [grant for grant in person.grants if grant.role is not Role.CHECKER]
        db.session.commit()
        run_pending()
        assert the_job().state is JobState.FAILED
        assert "Your role does not let you" in the_job().error
    assert assertions(app) == []
    assert page.status == 200


def test_spotting_a_long_text_again_is_a_job_too_and_one_at_a_time(
    app: Flask, checker: Visitor, take_in: TakingIn
) -> None:
    page = take_in(ARTICLE)
    with app.app_context():
        run_pending()
    before = [one.id for one in assertions(app)]
    forms = [checker.get(page.path).form("/spot") for _ in range(2)]
    for form in forms:
        answer = form.submit()
        assert "is spotted in the background" in answer.text
        assert "This text is to be spotted anew" in answer.text
    assert [one.id for one in assertions(app)] == before
    with app.app_context():
        assert run_pending() == 1
    assert [one.id for one in assertions(app)] == before  # the same came out, so the same rows stand


def test_the_reading_stops_when_nobody_wants_it_any_more(app: Flask, take_in: TakingIn) -> None:
    take_in(ARTICLE)
    with app.app_context():
        mine = queue.claim(db.session, KINDS, "a worker")
        db.session.commit()
        assert mine is not None
        work = Work(mine)
        work.progress.lost = True
        with pytest.raises(Lost):
            article_jobs.spot_article(work)
        version = db.session.scalars(select(ArticleVersion)).one()
        assert spottings.last(db.session, version) is None
    assert actions.SOON < actions.WHEN_QUIET
