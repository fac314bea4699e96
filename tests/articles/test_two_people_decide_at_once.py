"""Whoever comes second is told so in words, and keeps theirs."""

from __future__ import annotations

from functools import partial

import pytest
from flask import Flask

from tests.articles.conftest import TakenIn
from tests.articles.test_people_decide_on_assertions import assertions
from tests.cast import ARTICLE, make_person, sign_in
from tests.meeting import at_once
from tests.pages import Visitor
from verify.db import db


def test_a_dismissal_that_was_overtaken_by_another_says_so_and_keeps_its_reason(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in(ARTICLE)
    one = assertions(app)[0]
    forms = [checker.get(f"/articles/{article}").form(f"/assertions/{one.id}/dismiss") for _ in range(2)]
    assert forms[0].submit(ground="not-a-claim", reason="A headline.").status == 200
    answer = forms[1].submit(ground="said-elsewhere", reason="Said again below.")
    assert answer.status == 409
    assert "Somebody changed this assertion" in answer.text
    assert "Said again below." in answer.text


def test_two_who_describe_an_article_at_once_do_not_overwrite_each_other(
    checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in(ARTICLE)
    place = f"/articles/{article}/edit"
    first, second = (checker.get(place).form(button="Save the description") for _ in range(2))
    assert first.submit(byline="Lena Vogt", language="de").status == 200
    told = second.submit(outlet="Hill Post")
    assert told.status == 409
    assert "Lena Vogt" in told.text  # to compare with
    assert told.select("//section[@aria-labelledby='as-it-is']//dd[text()='German']")
    form = told.form(button="Save the description")
    assert form.fields()["outlet"] == "Hill Post"
    assert form.submit(byline="Lena Vogt").status == 200
    assert {"Lena Vogt", "Hill Post"} <= set(checker.get(place).form(button="Save").fields().values())


@pytest.fixture
def colleague(app: Flask) -> Visitor:
    """The browser of another checker."""
    with app.app_context():
        return sign_in(Visitor(app), make_person(db.session, "Omar Haidari"))


@pytest.mark.postgresql
def test_of_two_who_describe_an_article_at_the_same_moment_one_is_told(
    checker: Visitor, colleague: Visitor, taken_in: TakenIn
) -> None:
    place = f"/articles/{taken_in(ARTICLE)}/edit"
    forms = [person.get(place).form(button="Save the description") for person in (checker, colleague)]
    answers = at_once(*(partial(form.submit, byline=f"Byline {at}") for at, form in enumerate(forms)))
    (late,) = (at for at, answer in enumerate(answers) if answer.status == 409)
    assert f"Byline {1 - late}" in answers[late].text  # to compare with
    assert answers[late].form(button="Save").fields()["byline"] == f"Byline {late}"


@pytest.mark.postgresql
def test_two_articles_of_a_new_outlet_come_in_at_the_same_moment(
    checker: Visitor, colleague: Visitor
) -> None:
    forms = [person.get("/articles/new").form(button="Take") for person in (checker, colleague)]
    told = [
        partial(
            form.submit, "Take", title=f"Edition {at}", outlet="Hill Post", text=f"{ARTICLE}Edition {at}."
        )
        for at, form in enumerate(forms)
    ]
    answers = at_once(*told)
    assert [answer.status for answer in answers] == [200, 200]
    assert all("The article is in." in answer.text and "Hill Post" in answer.text for answer in answers)
