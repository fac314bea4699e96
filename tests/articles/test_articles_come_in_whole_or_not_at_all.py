"""Intake through the browser: what is taken in is frozen exactly, what is refused loses nothing typed."""

from __future__ import annotations

import hashlib

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.articles.conftest import Uploads
from tests.articles.documents import LEAD, SECOND, STORY, bomb, page, pdf, word_document
from tests.pages import Page, Visitor
from verify.articles.models import Article, ArticleVersion
from verify.audit.models import AuditEntry
from verify.db import db

TYPED = {
    "title": "Road closed",
    "outlet": "Valley Courier",
    "byline": "Mina Rahimi",
    "url": "https://c.example/1",
}


def paste(visitor: Visitor, text: str, **typed: str) -> Page:
    form = visitor.get("/articles/new").form(button="Take in the article")
    return form.submit("Take in the article", text=text, language="en", **typed)


def frozen(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        asked = select(ArticleVersion.text, ArticleVersion.sha256)
        return [(row.text, row.sha256) for row in db.session.execute(asked)]


def test_a_pasted_text_is_frozen_exactly_and_its_assertions_are_shown(app: Flask, checker: Visitor) -> None:
    answer = paste(checker, STORY.replace("\n", "\r\n"), **TYPED, published_on="2021-09-06")
    assert answer.status == 200
    assert frozen(app) == [(STORY, hashlib.sha256(STORY.encode()).hexdigest())]
    assert "The article is in." in answer.text
    assert "6 September 2021" in answer.text
    assert "Valley Courier" in answer.text
    assert answer.select("//*[contains(@class, 'assertion-card')]")


def test_taking_in_leaves_one_entry_in_the_log(app: Flask, checker: Visitor) -> None:
    paste(checker, STORY, title="Road closed")
    with app.app_context():
        assert list(db.session.scalars(select(AuditEntry.action))) == ["article.taken_in"]


def test_the_same_text_again_leads_to_the_article_it_is_in(app: Flask, checker: Visitor) -> None:
    first = paste(checker, STORY, **TYPED)
    again = paste(checker, STORY.replace("\n", "\r\n"), title="Another title")
    assert again.path == first.path
    assert "in already" in again.text
    assert len(frozen(app)) == 1


def test_a_double_click_takes_in_once(app: Flask, checker: Visitor) -> None:
    form = checker.get("/articles/new").form(button="Take in the article")
    first = form.submit("Take in the article", text=STORY, title="Road closed", language="en")
    second = form.submit("Take in the article", text=STORY, title="Road closed", language="en")
    assert (first.path, second.path, len(frozen(app))) == (first.path, first.path, 1)


def test_nearly_the_same_text_is_pointed_out_with_how_nearly(checker: Visitor) -> None:
    paragraphs = [
        f"Witness {n} of {n * 7} told the desk what happened on day {n} near bridge {n}." for n in range(40)
    ]
    paste(checker, "\n\n".join(paragraphs), title="First telling")
    near = paste(checker, "\n\n".join([*paragraphs[:36], "Something quite new was added."]), title="Second")
    assert "Text shared with other articles" in near.text
    assert "First telling" in near.text


def test_the_language_is_told_from_the_text_when_nobody_says_it(checker: Visitor) -> None:
    form = checker.get("/articles/new").form(button="Take in the article")
    german = "Die Straße nach Süden sei seit Montag gesperrt, sagte der Gouverneur dem Sender."
    answer = form.submit("Take in the article", text=german, title="Straße gesperrt")
    assert "German" in answer.text
    assert answer.select("//p[@class='reading__text']/@lang") == ["de"]


def test_a_file_is_read_and_offered_for_confirmation_before_it_is_taken_in(
    app: Flask, upload: Uploads
) -> None:
    offered = upload(page().encode(), "road.html")
    assert offered.status == 200
    assert "Read from road.html" in offered.text
    assert frozen(app) == []
    form = offered.form(button="Take in the article")
    assert form.fields()["outlet"] == "Valley Courier"
    assert form.fields()["published_on"] == "2021-09-06"
    answer = form.submit("Take in the article")
    assert LEAD in answer.text
    assert "read from road.html (text/html)" in answer.text


@pytest.mark.parametrize(
    ("content", "name"), [(STORY.encode("utf-16"), "r.txt"), (pdf(), "r.pdf"), (word_document(), "r.docx")]
)
def test_every_kind_of_file_comes_in(app: Flask, upload: Uploads, content: bytes, name: str) -> None:
    answer = upload(content, name).form(button="Take in").submit("Take in", title="Road closed")
    assert answer.status == 200
    ((text, _),) = frozen(app)
    assert LEAD in text
    assert SECOND in text


def test_a_text_read_as_windows_1252_carries_its_note_into_the_record(upload: Uploads) -> None:
    offered = upload("The “naïve” plan failed, a witness told the desk on Monday.".encode("cp1252"), "a.txt")
    assert "It was read as Windows-1252" in offered.text
    taken = offered.form(button="Take in the article").submit("Take in the article", title="Plan")
    assert "It was read as Windows-1252" in taken.text


def test_a_text_changed_after_reading_says_so(upload: Uploads) -> None:
    form = upload(STORY.encode(), "a.txt", title="Road closed").form(button="Take in")
    assert "changed by hand after it was read" in form.submit("Take in", text=STORY + "More.").text


def test_what_a_person_typed_stands_against_what_a_file_says(upload: Uploads) -> None:
    fields = (
        upload(page().encode(), "road.html", title="My own title", byline="").form(button="Take in").fields()
    )
    assert (fields["title"], fields["byline"]) == ("My own title", "Mina Rahimi")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.txt", "This file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt", "not a text file"),
        ("Талибан занял".encode("cp1251"), "a.txt", "encoding of this file cannot be told"),
        (b"x" * (20 * 2**20 + 1), "a.txt", "at most 20.0 MB are taken"),
        (pdf("#rect(width: 10pt)"), "a.pdf", "no text"),
        (bomb(entries=1_001), "a.docx", "1,001 parts"),
        (b"a,b", "a.csv", "Verify reads .txt, .html, .htm, .pdf and .docx"),
    ],
    ids=["empty", "binary", "encoding", "too large", "no text layer", "bomb", "kind"],
)
def test_a_refused_file_keeps_what_was_typed(
    app: Flask, upload: Uploads, content: bytes, name: str, sentence: str
) -> None:
    answer = upload(content, name, **TYPED)
    assert answer.status == 422
    assert sentence in answer.text
    assert {name: answer.form(button="Take in").fields()[name] for name in TYPED} == TYPED
    assert frozen(app) == []


def test_a_file_beside_a_pasted_text_is_not_taken_silently(upload: Uploads) -> None:
    answer = upload(STORY.encode(), "a.txt", text="Pasted before.")
    assert answer.status == 422
    assert "the file was left out" in answer.text
    assert answer.form(button="Take in").fields()["text"].strip() == "Pasted before."


@pytest.mark.parametrize(
    ("text", "typed", "sentence"),
    [
        ("  \n ", {}, "There is no text yet"),
        (" \u200b\u202e\n", {}, "There is no text yet"),
        (STORY, {"url": "javascript:alert(1)"}, "beginning with http"),
        (STORY, {"title": "t" * 301}, "under 300 characters"),
        (STORY, {"outlet": "o" * 201}, "under 200 characters"),
        (STORY, {"published_on": "2999-01-01"}, "has not come yet"),
        (STORY, {"published_on": "yesterday"}, "Write the day as year-month-day"),
        ("word " * 200_001, {}, "1,000,005 characters"),
    ],
    ids=["blank", "unseen", "script address", "long title", "long outlet", "future", "no date", "too long"],
)
def test_a_refused_paste_keeps_what_was_typed(
    app: Flask, checker: Visitor, text: str, typed: dict[str, str], sentence: str
) -> None:
    answer = paste(checker, text, **TYPED | typed)
    assert answer.status == 422
    assert sentence in answer.text
    fields = answer.form(button="Take in").fields()
    assert fields["text"].strip() == text.strip()
    assert {name: fields[name] for name in TYPED | typed} == TYPED | typed
    assert frozen(app) == []


def test_control_characters_are_shown_taken_out_before_anything_is_frozen(
    app: Flask, checker: Visitor
) -> None:
    answer = paste(checker, "He said\x00 that \x1bit fell, a witness told us.", title="Fall")
    assert answer.status == 422
    assert "2 control characters were taken out (U+0000, U+001B)" in answer.text
    answer.form(button="Take in").submit("Take in")
    assert frozen(app)[0][0] == "He said that it fell, a witness told us."


def test_direction_marks_are_frozen_and_shown_not_obeyed(app: Flask, checker: Visitor) -> None:
    text = "قال المتحدث \u202eabc\u202c إن الوادي سقط يوم الاثنين."
    answer = paste(checker, text, title="سقوط \u202e الوادي")
    assert frozen(app)[0][0] == text
    assert answer.text.count("U+202E") == 4  # in the text, its card, the title and the warning
    assert "\u202e" not in answer.html
    assert answer.select("//p[@class='reading__text']/@dir") == ["auto"]


def test_reading_a_file_that_was_not_chosen_freezes_nothing(app: Flask, checker: Visitor) -> None:
    form = checker.get("/articles/new").form(button="Read the file")
    answer = form.submit("Read the file", text=STORY, title="Road closed")
    assert answer.status == 422
    assert "Choose a file first" in answer.text
    assert answer.form(button="Take in").fields()["text"].strip() == STORY.strip()
    assert frozen(app) == []


def test_an_unknown_field_is_refused_with_everything_kept(app: Flask, checker: Visitor) -> None:
    form = checker.get("/articles/new").form(button="Take in the article")
    fields = form.fields()
    fields.setlist("text", [STORY])
    fields.setlist("taken_in_by_id", ["1"])
    answer = form.send(fields)
    assert answer.status == 422
    assert "no field named taken_in_by_id" in answer.text
    assert frozen(app) == []


def test_missing_fields_are_no_crash(checker: Visitor) -> None:
    form = checker.get("/articles/new").form(button="Take in the article")
    token = form.fields()["csrf_token"]
    assert checker.post("/articles/new", {"csrf_token": token}).status == 422


def test_a_reader_may_not_take_in(app: Flask, onlooker: Visitor) -> None:
    assert onlooker.get("/articles/new").status == 403
    assert "Take in an article" not in onlooker.get("/articles").text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Article)) == 0
