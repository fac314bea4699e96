"""The list of articles: newest first, by key, narrowed by parameters that make every view a link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, text

from tests.articles.conftest import TakenIn
from tests.cast import ARTICLE
from tests.pages import Page, Visitor
from verify.articles import lookups
from verify.articles.lookups import Filters
from verify.db import db


def titles(page: Page) -> list[str]:
    return [" ".join(link.text_content().split()) for link in page.select("//td[@class='queue__claim']/a")]


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_an_empty_desk_says_what_to_do_first(checker: Visitor, onlooker: Visitor) -> None:
    assert "No articles yet" in checker.get("/articles").text
    assert checker.get("/articles").select("//main//a[@href='/articles/new']")
    assert not onlooker.get("/articles").select("//main//a[@href='/articles/new']")


def test_filters_narrow_and_are_shown_as_chosen(checker: Visitor, taken_in: TakenIn) -> None:
    taken_in(ARTICLE, title="Gates opened", outlet="Orta Courier")
    taken_in("Nichts.", title="Tore offen 100%", outlet="Orta Bote", language="de", spotted=False)
    assert titles(checker.get("/articles")) == ["Tore offen 100%", "Gates opened"]
    form = checker.get("/articles").form("/articles")
    chosen = form.submit(language="de")
    assert titles(chosen) == ["Tore offen 100%"]
    assert chosen.form("/articles").fields()["language"] == "de"
    assert titles(checker.get("/articles?waiting=yes")) == ["Gates opened"]
    assert titles(checker.get("/articles?q=opened gates")) == ["Gates opened"]
    assert titles(checker.get("/articles?q=0%25")) == ["Tore offen 100%"]
    (bote,) = form.element.xpath(".//select[@name='outlet']/option[text()='Orta Bote']/@value")
    assert titles(checker.get(f"/articles?outlet={bote}")) == ["Tore offen 100%"]
    assert "No article fits" in checker.get("/articles?q=nowhere").text


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "address",
    [
        "?outlet=x&older=y",
        "?language=%00",
        "?q=%25_%5C%00",
        "?older=-5",
        "?newer=99999999999",
        "/99999999999",
    ],
)
def test_odd_addresses_are_no_crash(checker: Visitor, taken_in: TakenIn, address: str) -> None:
    taken_in(ARTICLE, spotted=False)
    assert checker.get(f"/articles{address}").status in (200, 404)


def test_pages_follow_each_other_by_key_both_ways(app: Flask, checker: Visitor, taken_in: TakenIn) -> None:
    numbers = [taken_in(f"Text {number}.", title=f"Article {number}", spotted=False) for number in range(7)]
    with app.app_context():
        first = lookups.articles(db.session, None, Filters(), page=3)
        assert ([line.article.id for line in first.lines], first.newer) == (numbers[:3:-1], None)
        second = lookups.articles(db.session, None, Filters(), older_than=first.older, page=3)
        third = lookups.articles(db.session, None, Filters(), older_than=second.older, page=3)
        assert ([line.article.id for line in third.lines], third.older) == (numbers[:1], None)
        back = lookups.articles(db.session, None, Filters(), newer_than=third.newer, page=3)
        assert [line.article.id for line in back.lines] == [line.article.id for line in second.lines]
        assert lookups.articles(db.session, None, Filters(), newer_than=back.newer, page=3).newer is None


def test_the_number_of_queries_does_not_grow_with_the_list(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    for number in range(3):
        taken_in(f"{ARTICLE} {number}", outlet=f"Outlet {number}")
    checker.get("/articles")
    with app.app_context(), counted() as few:
        checker.get("/articles")
    for number in range(3, 12):
        taken_in(f"{ARTICLE} {number}", outlet=f"Outlet {number}")
    with app.app_context(), counted() as many:
        checker.get("/articles")
    assert len(many) == len(few) <= 7
    with app.app_context(), counted() as room:
        checker.get("/articles/5")
    assert len(room) <= 17


@pytest.mark.sqlite
def test_lists_go_through_an_index(app: Flask) -> None:
    plans = {
        "outlet_id = 1": "ix_article_outlet",
        "language = 'de'": "ix_article_language",
        "id < 100": "PRIMARY KEY",
    }
    with app.app_context():
        for condition, index in plans.items():
            asked = f"EXPLAIN QUERY PLAN SELECT * FROM article WHERE {condition} ORDER BY id DESC LIMIT 51"
            plan = " ".join(str(row) for row in db.session.execute(text(asked)))
            assert index in plan, plan
            assert "TEMP B-TREE" not in plan, plan
