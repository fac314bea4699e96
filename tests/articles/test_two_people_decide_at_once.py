"""Whoever comes second is told so in words, and keeps theirs."""

from __future__ import annotations

from flask import Flask

from tests.articles.conftest import TakenIn
from tests.articles.test_people_decide_on_assertions import assertions
from tests.cast import ARTICLE
from tests.pages import Visitor


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
    assert first.submit(byline="Lena Vogt").status == 200
    told = second.submit(outlet="Hill Post")
    assert told.status == 409
    assert "Lena Vogt" in told.text  # to compare with
    form = told.form(button="Save the description")
    assert form.fields()["outlet"] == "Hill Post"
    assert form.submit(byline="Lena Vogt").status == 200
    assert {"Lena Vogt", "Hill Post"} <= set(checker.get(place).form(button="Save").fields().values())
