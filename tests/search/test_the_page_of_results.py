"""The page of results: a link, with what was looked for marked, safe whatever stands in the texts, and bounded."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from tests import cast
from tests.pages import Visitor
from tests.publishing.walk import graded, publish
from tests.search.conftest import Archive
from tests.search.reviews import review_of_others
from verify.db import db
from verify.search.lookups import IN_ORDER, PAGE
from verify.tickets import actions as tickets
from verify.tickets.lookups import ticket_by_reference

CLAIM = "The gates of the Orta dam were opened before dawn"


@pytest.mark.parametrize("written", ["{}", " {} ", "{:l}", "{:s}"])
def test_a_reference_alone_leads_straight_to_its_ticket(archive: Archive, written: str) -> None:
    reference = archive.open(CLAIM)
    prefix, number = reference.split("-")
    typed = {"{:l}": reference.lower(), "{:s}": f"{prefix} {int(number)}"}.get(written) or written.format(
        reference
    )
    assert archive.page(typed).path == f"/tickets/{reference}"


def test_a_reference_that_is_none_is_searched_and_so_is_one_that_is_still_typed(archive: Archive) -> None:
    reference = archive.open(CLAIM)
    assert archive.page("ORT-4711").path == "/search"
    with archive.app.app_context():
        visitor = cast.sign_in(archive.page("x").visitor, archive.person(db.session, "Nadia"))
    answer = visitor.client.get("/search", query_string={"q": reference}, headers={"X-Live": "yes"})
    assert answer.status_code == 200
    assert CLAIM in answer.get_data(as_text=True).replace("<mark>", "").replace("</mark>", "")


def test_the_box_is_on_every_page_and_holds_what_was_typed(archive: Archive) -> None:
    archive.open(CLAIM)
    queue = archive.page("gates").visitor.get("/queue")
    page = queue.form_to("/search").submit(q='gates "before dawn" -flood')
    assert page.path == "/search"
    assert page.form_to("/search").fields()["q"] == 'gates "before dawn" -flood'
    assert len(page.select("//input[@type='search']")) == 1


def test_what_was_looked_for_is_marked_in_title_and_text(archive: Archive) -> None:
    archive.take_in(
        "Flood gates", f"{'Nothing here. ' * 60}At last the gate stood open. {'Nothing more. ' * 60}"
    )
    page = archive.page("gate ")
    assert [mark.text for mark in page.select("//h2//mark")] == ["gates"]
    (text,) = page.select("//p[@class='hit__text']")
    assert [mark.text for mark in text.xpath("./mark")] == ["gate"]
    assert text.text_content().startswith("… ")
    assert len(text.text_content()) < 300
    address = page.select("//h2/a/@href")[0]
    assert page.visitor.get(address).status == 200


def test_hostile_texts_stay_texts(archive: Archive) -> None:
    archive.take_in(
        "<script>gates()</script>", "A <b>gates</b> & \u202egates\u202c </mark><img src=x onerror=gates>"
    )
    page = archive.page("gates <script>alert(1)</script>")
    page = archive.page('gates "')
    assert "<script>gates" not in page.html
    assert "<img" not in page.html
    assert "U+202E" in page.text
    assert page.form_to("/search").fields()["q"] == 'gates "'


def test_every_kind_says_who_and_when_and_leads_to_its_place(archive: Archive) -> None:
    reference = archive.open(CLAIM)
    with archive.session() as session:
        omar, ticket = archive.person(session, "Omar"), ticket_by_reference(session, None, reference)
        number = tickets.add_comment(session, omar, ticket, body="Ask about the gates.").id
        review = review_of_others(session, claim="Herons opened the gates", publisher="Delta Facts").id
    page = archive.page("gates ")
    links = {str(link) for link in page.select("//ol[@class='hits']//h2/a/@href")}
    assert {
        f"/tickets/{reference}",
        f"/tickets/{reference}#comment-{number}",
        f"/claimreviews/{review}",
    } <= links
    for said in (
        "Omar Rahimi on " + reference,
        "Delta Facts",
        "Mostly false",
        "not this desk’s verdict",
        "Orta Courier",
    ):
        assert said in page.text, said
    for link in links - {f"/claimreviews/{review}"}:
        assert page.visitor.get(link.partition("#")[0]).status == 200


def test_kinds_are_tabs_with_their_numbers_and_narrow(archive: Archive) -> None:
    for number in range(3):
        archive.open(f"{CLAIM} in ward {number}")
    page = archive.page("dawn ")
    tabs = [" ".join(tab.text_content().split()) for tab in page.select("//nav[@class='tabs']//a")]
    assert tabs == ["All 6", "Claims 3", "Articles 3"]
    articles = page.visitor.get(page.select("//nav[@class='tabs']//a/@href")[2])
    assert len(articles.select("//li[contains(@class, 'hit--article')]")) == 3
    assert not articles.select("//li[contains(@class, 'hit--ticket')]")
    assert page.visitor.get(articles.select("//nav[@class='tabs']//a/@href")[0]).select(
        "//li[contains(@class, 'hit--ticket')]"
    )


def test_pages_show_each_find_once_and_end(archive: Archive) -> None:
    for number in range(PAGE + 5):
        archive.take_in(f"Report {number} on the sluice", "Nothing more.")
    first = archive.page("sluice ", kind="articles")
    second = first.get_link("Next")
    titles = [link.text_content() for page in (first, second) for link in page.select("//ol//h2/a")]
    assert len(titles) == len(set(titles)) == PAGE + 5
    assert f"1–{PAGE} of {PAGE + 5}" in first.text
    assert not second.select("//a[@rel='next']")
    assert archive.page("sluice ", page="9999").status == 200
    assert IN_ORDER // PAGE * PAGE == IN_ORDER


def test_no_find_says_what_to_do_and_shows_how_to_ask(archive: Archive) -> None:
    page = archive.page("zeppelin")
    assert "Nothing found" in page.text
    assert "status:open" in page.text
    empty = archive.page("")
    assert "one box for all that you may see" in empty.text
    for link in empty.select("//dl[@class='ways']//a/@href"):
        assert empty.visitor.get(link).status == 200


def test_odd_fields_are_said_on_the_page_and_the_rest_is_found(archive: Archive) -> None:
    archive.open(CLAIM)
    page = archive.page("colour:red status:shut gates")
    assert "There is no field “colour:”" in page.text
    assert "status: does not know “shut”" in page.text
    assert page.select("//ol[@class='hits']/li")


def test_a_whole_claim_is_told_whether_it_has_been_checked(app: Flask) -> None:
    with app.app_context():
        desk = graded(db.session)
        publish(db.session, desk)
        db.session.commit()
        reference = desk.ticket.reference
        visitor = cast.sign_in(Visitor(app), desk.third)
    page = visitor.get("/search", {"q": "The gates of the Orta dam were opened on Tuesday before dawn"})
    (checked,) = page.select("//section[@aria-labelledby='checked-title']")
    assert reference in checked.text_content()
    assert "Unverified" in checked.text_content()
    other = visitor.get("/search", {"q": "Submarines crossed the frozen lake of Marran twice"})
    assert "Nothing like it" in other.select("//section[@aria-labelledby='checked-title']")[0].text_content()
    for typed in ("gates dam", "status:open the gates of the Orta dam were opened before dawn"):
        assert not visitor.get("/search", {"q": typed}).select("//section[@aria-labelledby='checked-title']")


def test_a_page_asks_the_same_few_questions_however_much_it_shows(archive: Archive) -> None:
    def asked() -> int:
        heard: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            heard.append(statement)

        with archive.app.app_context():
            engine = db.engine
        archive.page("gates")
        event.listen(engine, "before_cursor_execute", note)
        assert visitor.get("/search?q=gates+dawn").status == 200
        event.remove(engine, "before_cursor_execute", note)
        return len(heard)

    archive.open(CLAIM)
    visitor = archive.page("gates").visitor
    few = asked()
    for number in range(6):
        archive.open(f"{CLAIM} in ward {number}")
        archive.take_in(f"Gates {number} at dawn", CLAIM)
    assert asked() == few
    assert few <= 16


def test_a_word_in_capitals_and_a_claim_of_ten_thousand_signs_are_no_fault(archive: Archive) -> None:
    archive.open(CLAIM)
    assert archive.page(CLAIM.upper()).select("//ol[@class='hits']/li")
    page = archive.page(f"{CLAIM} " * 250)
    assert page.status == 200
    assert "Only the first 1,000 characters were read." in page.text
