"""What the reading room shows is the frozen text, whatever it holds, with every assertion beside its passage."""

from __future__ import annotations

from html import unescape

import pytest
from flask import Flask
from lxml.html import HtmlElement
from sqlalchemy import select

from tests.articles.conftest import TakenIn
from tests.cast import ARTICLE
from tests.pages import Page, Visitor
from verify.articles import actions, lookups
from verify.articles.models import Assertion, Mode
from verify.articles.passages import PART
from verify.articles.wording import Link, Wording, hops_for
from verify.db import db
from verify.sources.models import SourceKind


def read_back(page: Page) -> str:
    """The article's text as the page shows it, by the offsets that the runs carry."""
    runs = page.select("//*[@data-reading]//*[@data-start]")
    return (
        "\n\n".join(paragraph_text(element) for element in page.select("//p[@class='reading__text']"))
        if runs
        else ""
    )


def paragraph_text(paragraph: HtmlElement) -> str:
    for number in paragraph.xpath(".//a[@class='passage__number']"):
        number.drop_tree()
    for mark in paragraph.xpath(".//span[@class='control-mark']"):
        mark.text = chr(int(mark.text[2:], 16))
    text: str = paragraph.text_content()
    return text


def mark(app: Flask, article_id: int, start: int, end: int, statement: str) -> None:
    from tests.cast import make_person

    with app.app_context():
        person = make_person(db.session, "Nadia Rahimi")
        article = lookups.article(db.session, person, article_id)
        version = lookups.frozen_text(db.session, person, article)
        chain = (Link("Lale Demir", SourceKind.PERSON),)
        wording = Wording(statement, Mode.INDIRECT, chain)
        actions.mark_by_hand(db.session, person, version, start=start, end=end, wording=wording)
        db.session.commit()


def test_every_character_reads_back(checker: Visitor, taken_in: TakenIn) -> None:
    text = "He said <b>\U0001f30a</b> & “more”.\n\nقال \u202eإنه\u202c وصل.\n\nTab\there,\u200b zero width."
    assert read_back(checker.get(f"/articles/{taken_in(text)}")) == text


def test_runs_carry_their_offsets(checker: Visitor, taken_in: TakenIn) -> None:
    page = checker.get(f"/articles/{taken_in(ARTICLE)}")
    for run in page.select("//*[@data-start]"):
        start = int(run.get("data-start"))
        shown = paragraph_text(run)
        assert ARTICLE[start : start + len(shown)] == shown


def test_overlapping_assertions_are_both_shown(app: Flask, checker: Visitor, taken_in: TakenIn) -> None:
    article = taken_in("Alpha beta gamma delta epsilon.", spotted=False)
    mark(app, article, 0, 16, "First")
    mark(app, article, 6, 22, "Second")
    page = checker.get(f"/articles/{article}")
    covers = [run.get("data-assertions").split() for run in page.select("//span[@data-assertions]")]
    assert [len(numbers) for numbers in covers] == [1, 2, 1]
    assert len(page.select("//article[contains(@class, 'assertion-card')]")) == 2
    assert read_back(page) == "Alpha beta gamma delta epsilon."


def test_each_card_stands_beside_the_paragraph_of_its_passage(checker: Visitor, taken_in: TakenIn) -> None:
    page = checker.get(f"/articles/{taken_in(ARTICLE)}")
    for card in page.select("//article[contains(@class, 'assertion-card')]"):
        row = next(card.iterancestors("div", "div"))
        while "reading__row" not in row.get("class", ""):
            row = row.getparent()
        number = card.get("data-assertion")
        assert row.xpath(f".//span[contains(concat(' ', @data-assertions, ' '), ' {number} ')]")


def test_a_card_says_who_says_so_how_and_why_it_is_worth_checking(
    checker: Visitor, taken_in: TakenIn
) -> None:
    page = checker.get(f"/articles/{taken_in(ARTICLE, outlet='Orta Courier', published_on=None)}")
    card = page.select("//article[contains(@class, 'assertion-card')][contains(., 'Tarik Onal')]")[0]
    said = " ".join(card.text_content().split())
    for words in ("Orta Courier", "nobody had been warned", "paraphrased", "“said”", "rules, version"):
        assert words.lower() in said.lower(), said
    assert card.xpath(".//meter[@aria-label]")


def test_a_long_text_is_read_in_parts_and_a_card_leads_to_its_part(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    line = "The road was closed on Monday, the governor said, and nobody had passed it since dawn."
    text = "\n\n".join(f"{number}: {line}" for number in range(500))
    assert len(text) > 2 * PART
    article = taken_in(text)
    first = checker.get(f"/articles/{article}")
    assert "Part 1 of" in first.text
    last = checker.get(f"/articles/{article}?place={len(text) - 10}")
    assert "499: The road" in last.text
    assert "0: The road was closed on Monday" not in read_back(last).split("\n\n")[0]
    one = last.select("//article[contains(@class, 'assertion-card')]/@data-assertion")[-1]
    answer = last.form(f"/assertions/{one}/dismiss").submit(ground="said-elsewhere", reason="Said before.")
    assert "Said before." in answer.text


def test_a_text_of_one_million_characters_in_one_line_opens(checker: Visitor, taken_in: TakenIn) -> None:
    article = taken_in("x" * 1_000_000, spotted=False)
    page = checker.get(f"/articles/{article}")
    assert page.status == 200
    assert "Part 1 of 50" in page.text


def test_a_missing_article_is_absent(checker: Visitor) -> None:
    assert checker.get("/articles/999").status == 404


def test_a_description_can_be_corrected_but_not_the_text(
    app: Flask, checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in(ARTICLE, spotted=False)
    form = checker.get(f"/articles/{article}/edit").form(button="Save the description")
    assert "text" not in form.fields()
    answer = form.submit("Save the description", title="Gates opened", outlet="Orta Courier", language="tr")
    assert "Gates opened" in unescape(answer.html)
    assert "Orta Courier" in answer.text
    assert "Turkish" in answer.text
    form = checker.get(f"/articles/{article}/edit").form(button="Save")
    assert form.fields()["outlet"] == "Orta Courier"
    refused = form.submit("Save", title=" ", byline="Kept")
    assert refused.status == 422
    assert refused.form(button="Save").fields()["byline"] == "Kept"


def test_joiners_that_are_spelling_stay_and_stray_ones_are_shown(checker: Visitor, taken_in: TakenIn) -> None:
    text = "می\u200cگوید \U0001f469\u200d\U0001f4bb a\u200cb"
    page = checker.get(f"/articles/{taken_in(text, spotted=False)}")
    assert "می\u200cگوید \U0001f469\u200d\U0001f4bb a" in page.html
    assert page.text.count("U+200C") == 1
    assert read_back(page) == text


def test_what_turns_the_direction_is_warned_of_and_kept_out_of_new_wording(
    checker: Visitor, taken_in: TakenIn
) -> None:
    article = taken_in("He \u202eturned\u202c it.", title="A \u202e title", spotted=False)
    assert checker.get(f"/articles/{article}").select("//title")[0].text == "A  title · Verify"
    page = checker.get(f"/articles/{article}/assertions/new?start=0&end=15")
    assert page.form(button="Make the assertion").fields()["statement"] == "He turned it."


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("a teacher in Anabah", []),
        ("a teacher in Anabah, unnamed", ["unnamed"]),
        ("head of the school", ["head of the school"]),
    ],
)
def test_a_role_that_says_the_name_again_is_not_shown_twice(
    app: Flask, checker: Visitor, taken_in: TakenIn, role: str, shown: list[str]
) -> None:
    article = taken_in(ARTICLE)
    with app.app_context():
        one = db.session.scalars(select(Assertion).order_by(Assertion.id)).first()
        assert one is not None
        one.hops.clear()
        db.session.flush()
        one.hops.extend(hops_for([Link("a teacher in Anabah", SourceKind.ANONYMOUS, role=role)], {}))
        db.session.commit()
        card = f"assertion-{one.id}"
    roles = checker.get(f"/articles/{article}").select(
        f"//*[@id='{card}']//*[contains(@class, 'chain__role')]"
    )
    assert [" ".join(place.text_content().split()) for place in roles] == shown
