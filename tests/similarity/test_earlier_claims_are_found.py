"""A desk never checks the same thing twice: the earlier claim is found, with why, and “none” where there is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.similarity import Claim, Matcher, question
from verify.similarity.reading import day_in, read

POISONED = "The water of Lake Sennet is poisoned by a paper mill."
CLAIMS = [
    Claim("bridge", "The bridge over the Ormu at Karsk was closed after a flood.", "Is the bridge closed?"),
    Claim("goats", "Twenty-one goats were found on the roof of the town hall in Talen.", "Goats on a roof"),
    Claim("mayor", "Mayor Ilva Denning sold the harbour of Talen to a foreign bank.", "Sold the harbour?"),
    Claim("water", POISONED, "", "A mill upstream is blamed.", date(2021, 3, 4)),
    Claim("water-again", POISONED, "", "", date(2017, 8, 1)),
    Claim("bread", "A loaf of bread costs 4.5 crowns more than a year ago.", "Bread prices"),
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(CLAIMS)


def first(matcher: Matcher, text: str, day: date | None = None) -> str:
    return matcher.match(question(text, day)).matches[0].claim.id


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("they closed Karsk bridge because of floods!!", "bridge"),
        ("21 goat on the town hall roof in Talen", "goats"),
        ("Ilva Dening sells Talen harbor to foreign banks", "mayor"),
        ("so bread is 4.5 crowns dearer than last year", "bread"),
        ("#LakeSennet water poisoned by #papermill https://example.org/x1", "water"),
    ],
)
def test_a_claim_is_found_in_other_words_and_spellings(matcher: Matcher, text: str, claim: str) -> None:
    assert first(matcher, text).removesuffix("-again") == claim


def test_words_run_together_in_a_tag_are_taken_apart(matcher: Matcher) -> None:
    words = matcher.match(question("#harbourtalen sold by the mayor")).matches[0].words
    assert {"harbour", "talen"} <= {word.lower() for word in words}


def test_of_two_claims_alike_the_one_of_those_days_comes_first(matcher: Matcher) -> None:
    text = "Lake Sennet: paper mill poisoned our water"
    assert first(matcher, text, date(2021, 3, 2)) == "water"
    assert first(matcher, text, date(2017, 7, 30)) == "water-again"


def test_a_match_says_what_both_share(matcher: Matcher) -> None:
    match = matcher.match(question("In Talen, 21 goats on a roof", date(2020, 1, 1))).matches[0]
    assert match.claim.id == "goats"
    assert match.figures == ("21",)
    assert "Talen" in match.names
    assert {"goats", "roof"} <= set(match.words)
    assert any(reason.startswith("figures: 21") for reason in match.why)


def test_days_between_the_two_are_said(matcher: Matcher) -> None:
    match = matcher.match(question("water of Lake Sennet poisoned by paper mill", date(2021, 3, 2))).matches[
        0
    ]
    assert "2 days later" in match.why


def test_none_is_said_where_nothing_matches(matcher: Matcher) -> None:
    assert matcher.match(question("A comet was seen over the desert by three pilots.")).none > 0.9
    assert matcher.match(question("")).none == 1.0
    assert matcher.match(question("goats on the roof of the town hall in Talen")).none < 0.5


def test_a_signature_of_a_post_is_no_part_of_it() -> None:
    read_so = question("The mayor sold it. — Ilva (@ilva_d) May 4, 2016")
    assert (read_so.text.strip(), read_so.signed, read_so.dated) == (
        "The mayor sold it.",
        "Ilva (@ilva_d)",
        date(2016, 5, 4),
    )
    assert question("He said — and meant it — on May 4, 2016").dated is None


@pytest.mark.parametrize("written", ["4 May 2016", "May 4, 2016", "2016-05-04", "on Wed, 4 May 2016, late"])
def test_days_are_read_as_people_write_them(written: str) -> None:
    assert day_in(written) == date(2016, 5, 4)


@pytest.mark.parametrize("written", ["", "a", "31 February 2016", "May 2016", "2016-13-40", "4 Mai 20161"])
def test_what_is_no_day_is_none(written: str) -> None:
    assert day_in(written) is None


def test_figures_are_compared_by_what_they_say() -> None:
    assert [word.form for word in read("Twenty-one goats, 1,500 sheep, 4.5 %")] == [
        *("21", "goat", "1500", read("sheep")[0].form, "4p5"),
    ]


def test_an_id_stands_for_one_claim() -> None:
    with pytest.raises(ValueError, match="same"):
        Matcher([Claim("same", "One thing."), Claim("same", "Another thing.")])


def test_no_claims_at_all_match_nothing() -> None:
    answer = Matcher([]).match(question("Anything at all"))
    assert (answer.matches, answer.none) == ((), 1.0)


WORDS = (
    "goat",
    "roof",
    "Talen",
    "21",
    "bridge",
    "Karsk",
    "not",
    "the",
    "#TownHall",
    "1,500",
    "ß",
    "İ",
    "水",
    "\u202e",
)
texts = st.text(max_size=60) | st.lists(st.sampled_from(WORDS)).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=8), st.randoms(use_true_random=False), texts)
def test_the_order_of_the_claims_does_not_matter(known: list[str], chance: object, asked: str) -> None:
    claims = [Claim(str(number), text) for number, text in enumerate(known)]
    answer = Matcher(claims).match(question(asked))
    shuffled = list(claims)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert Matcher(shuffled).match(question(asked)) == answer


@settings(max_examples=60, deadline=None)
@given(st.lists(texts, min_size=1, max_size=8), st.data())
def test_a_claim_is_its_own_best_match(known: list[str], data: st.DataObject) -> None:
    claims = [Claim(str(number), text) for number, text in enumerate(known)]
    asked = data.draw(st.sampled_from([text for text in known if text.split()] or ["x"]))
    answer = Matcher(claims).match(question(asked))
    if asked in known:
        assert answer.matches[0].claim.text.casefold().split() == asked.casefold().split()
        assert answer.none < 0.02
    assert 0 <= answer.none <= 1
    assert all(0 <= match.score <= 1 for match in answer.matches)
