"""Each suggestion says what found it and why, and all that was found; a person sorts and narrows them."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.articles.conftest import TakenIn
from tests.pages import Page, Visitor
from verify.articles import words
from verify.articles.models import Assertion, CueType, Mode
from verify.db import db

WIRE = (
    "Floods near Orta\n\n"
    "Mayor Tarik Onal denied on Sunday that at least 23 people had died in Orta. “We opened the gates,” he said.\n\n"
    "A senior official, who spoke on condition of anonymity, claimed that 40 houses were swept away.\n\n"
    "The road to Kemer is closed.\n"
)


def cards(page: Page) -> list[str]:
    return [
        " ".join(card.text_content().split())
        for card in page.select("//article[contains(@class, 'assertion-card')]")
    ]


def card_of(page: Page, phrase: str) -> str:
    return next(card for card in cards(page) if phrase in card)


@pytest.fixture
def wire(taken_in: TakenIn) -> int:
    """A wire story of a Monday, taken in."""
    return taken_in(WIRE, outlet="Orta Courier", published_on=date(2021, 9, 6))


def test_a_card_says_in_words_what_found_it_and_why(checker: Visitor, wire: int) -> None:
    card = card_of(checker.get(f"/articles/{wire}"), "23 people")
    for said in (
        "“denied” turns down what somebody else says.",
        "Rules, version",
        "(written rules about reporting words, quotation marks and names)",
        "denied (denial)",
        "denies it",
        "Tarik Onal",
        "Mayor",
        "at least 23 people",
        "Sunday: 5 September 2021",
        "of 100",
        "gives a figure",
    ):
        assert said in card, (said, card)


def test_a_card_gives_the_name_as_written_and_the_terms_of_a_source(checker: Visitor, wire: int) -> None:
    page = checker.get(f"/articles/{wire}")
    assert "Tarik Onal, written he" in card_of(page, "We opened the gates")
    assert "on condition of anonymity" in card_of(page, "40 houses")


def test_a_card_in_the_outlets_own_voice_says_that_nobody_is_named(checker: Visitor, wire: int) -> None:
    card = card_of(checker.get(f"/articles/{wire}"), "The road to Kemer is closed")
    assert "Nobody is named for it, so the outlet says it itself." in card
    assert "Reporting word" not in card


def test_a_list_puts_what_is_most_worth_checking_first(app: Flask, checker: Visitor, wire: int) -> None:
    page = checker.get(f"/articles/{wire}").get_link("Most worth checking first")
    shown = [int(number) for number in page.select("//article/@data-assertion")]
    with app.app_context():
        worth = {one.id: one.check_worthiness or 0 for one in db.session.scalars(select(Assertion))}
    assert sorted(shown) == sorted(worth)
    assert [worth[number] for number in shown] == sorted(worth.values(), reverse=True)
    assert page.select("//blockquote"), "each stands beside its passage"


def test_a_list_by_speaker_keeps_what_one_person_said_together(checker: Visitor, wire: int) -> None:
    page = checker.get(f"/articles/{wire}").get_link("By speaker")
    speakers = ["Tarik Onal" in card for card in cards(page)]
    assert (
        speakers == sorted(speakers, reverse=True)
        or speakers == sorted(speakers)
        or (speakers.index(True) + speakers.count(True) == len(speakers) - speakers[::-1].index(True))
    )
    assert "Nobody is named" in cards(page)[-1]


@pytest.mark.parametrize(
    ("chosen", "there", "absent"),
    [
        ({"speaker": "Tarik Onal"}, "We opened the gates", "The road to Kemer"),
        ({"speaker": "-"}, "The road to Kemer", "We opened the gates"),
        ({"method": "tagger/1"}, "40 houses", "We opened the gates"),
        ({"state": "dismissed"}, "The road to Kemer", "40 houses"),
    ],
)
def test_the_text_shows_only_the_assertions_asked_for(
    app: Flask, checker: Visitor, wire: int, chosen: dict[str, str], there: str, absent: str
) -> None:
    with app.app_context():
        houses = update(Assertion).where(Assertion.statement.contains("40 houses")).values(method="tagger/1")
        db.session.execute(houses)
        db.session.commit()
    page = checker.get(f"/articles/{wire}")
    one = page.select("//article[contains(., 'The road to Kemer')]/@data-assertion")[0]
    page.form_to(f"/assertions/{one}/dismiss").submit(ground="not-worth-it")
    narrowed = checker.get(f"/articles/{wire}").form(button="Show").submit("Show", **chosen)
    said = " ".join(cards(narrowed))
    assert there in said
    assert absent not in said
    assert "Showing" in narrowed.text
    assert absent in narrowed.text, "the text itself stays whole"


def test_the_least_worth_is_a_filter(checker: Visitor, wire: int) -> None:
    every = len(cards(checker.get(f"/articles/{wire}")))
    some = len(cards(checker.get(f"/articles/{wire}?worth=60")))
    assert 0 < some < every


def test_numbers_stay_the_same_however_it_is_narrowed(checker: Visitor, wire: int) -> None:
    def numbers(query: str) -> dict[str, str]:
        page = checker.get(f"/articles/{wire}{query}")
        return {
            card.get("data-assertion"): " ".join(card.xpath(".//a[@data-open]")[0].text_content().split())
            for card in page.select("//article[@data-assertion]")
        }

    whole = numbers("")
    for query in ("?order=worth", "?order=speaker", "?speaker=Tarik%20Onal"):
        some = numbers(query)
        assert some
        assert some.items() <= whole.items()


def test_a_decision_leads_back_to_the_list_it_was_made_in(checker: Visitor, wire: int) -> None:
    page = checker.get(f"/articles/{wire}?order=worth&worth=40")
    one = page.select("//article/@data-assertion")[0]
    after = page.form_to(f"/assertions/{one}/dismiss").submit(ground="opinion")
    assert after.response.request.args.to_dict() == {"order": "worth", "worth": "40", "part": "1"}
    refused = after.form_to(f"/assertions/{after.select('//article/@data-assertion')[1]}/dismiss").submit()
    assert refused.status == 422
    assert "Say why" in refused.text


@pytest.mark.parametrize(
    "query",
    ["?order=x", "?worth=-4", "?worth=zz", "?state=none", "?speaker=%00", "?part=99999999999&order=worth"],
)
def test_an_address_that_makes_no_sense_shows_the_article(checker: Visitor, wire: int, query: str) -> None:
    assert checker.get(f"/articles/{wire}{query}").status == 200


def test_a_long_list_has_pages(checker: Visitor, taken_in: TakenIn) -> None:
    text = "\n\n".join(f"The governor said {number} roads were closed." for number in range(60))
    page = checker.get(f"/articles/{taken_in(text)}?order=worth")
    first = {int(number) for number in page.select("//article/@data-assertion")}
    second = {int(number) for number in page.get_link("Next").select("//article/@data-assertion")}
    assert len(first) + len(second) == 60
    assert not first & second


def test_every_product_of_the_spotter_is_stored(app: Flask, wire: int) -> None:
    with app.app_context():
        one = db.session.scalars(select(Assertion).where(Assertion.statement.contains("23 people"))).one()
        assert one.cue_type is CueType.DENIAL
        assert WIRE[slice(*one.spans["cue"])] == "denied"
        assert one.part == "body"
        assert one.found_at is not None
        assert any(place["text"] == "Orta" for place in one.places)


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("rules/1", "rules, version 1"),
        ("tagger/2", "trained tagger, version 2"),
        ("rules+tagger/3", "rules and trained tagger, version 3"),
        ("by hand", "a person, by hand"),
        ("oracle/1", "oracle, version 1"),
    ],
)
def test_a_method_reads_as_words(method: str, said: str) -> None:
    assert words.method(method) == said


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ({"value": 700, "bound": "nearly", "what": "fighters"}, "nearly 700 fighters"),
        ({"value": 10, "upper": 20, "bound": "range", "what": "soldiers"}, "from 10 to 20 soldiers"),
        ({"value": "hundreds", "bound": "hundreds", "what": "casualties"}, "hundreds casualties"),
        ({"value": 2.5, "bound": "", "what": "", "unit": "%"}, "2.5 %"),
        ({"value": 3_000_000, "bound": "about", "what": "", "unit": "$"}, "about $3,000,000"),
        ({"value": 12, "bound": "", "what": "", "unit": "km"}, "12 km"),
    ],
)
def test_a_figure_reads_as_it_was_understood(figure: dict[str, object], said: str) -> None:
    assert words.quantity(figure) == said


def test_every_mode_and_cue_type_has_words() -> None:
    for mode in Mode:
        for cue_type in (None, *CueType):
            one = Assertion(mode=mode, cue="said", cue_type=cue_type, part="heading", method="rules/1")
            assert all(sentence.endswith(".") for sentence in words.why_found(one))


def test_what_the_trained_tagger_heard_is_said_to_be_its_own() -> None:
    one = Assertion(mode=Mode.INDIRECT, cue="", cue_type=None, part="body", method="tagger/2")
    assert words.why_found(one) == ["The trained tagger heard a speaker here, where the rules heard none."]
