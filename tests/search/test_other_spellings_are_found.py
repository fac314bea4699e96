"""A name is found in its other spellings, a word in its other forms, a slip of the hand in what was meant."""

from __future__ import annotations

import pytest

from tests.search.conftest import Archive

pytestmark = pytest.mark.both_databases


@pytest.fixture
def valley(archive: Archive) -> Archive:
    """Two outlets that spell the same names in two ways."""
    archive.take_in(
        "First report", "In the valley Fahim Dashti spoke near Rokha. Two houses burned. Water rose."
    )
    archive.take_in(
        "Second report", "In the valley Fahim Dashty spoke near Rukhah. One house burned. The waiter ran."
    )
    return archive


@pytest.mark.parametrize(
    "typed", ["Dashti ", "dashty ", "Rokha ", "rukhah ", "house ", "houses ", "burn ", "Dashti Rukhah "]
)
def test_both_are_found_and_what_was_typed_comes_first(valley: Archive, typed: str) -> None:
    found = valley.titles(typed)
    assert sorted(found) == ["First report", "Second report"]
    exact = {"Dashti ": "First", "dashty ": "Second", "Rokha ": "First", "rukhah ": "Second", "house ": "Second",
             "houses ": "First"}.get(typed)  # fmt: skip
    assert exact is None or found[0].startswith(exact)


@pytest.mark.parametrize("typed", ['"Dashti"', '"Rokha"', '"houses"'])
def test_quotation_marks_find_a_word_just_so(valley: Archive, typed: str) -> None:
    assert valley.titles(typed) == ["First report"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("Dashtti", "Dashti"), ("burnned", "burned"), ("vallye", "valley")]
)
def test_a_word_nobody_knows_is_taken_for_the_nearest_and_the_page_says_so(
    valley: Archive, typed: str, meant: str
) -> None:
    assert "First report" in valley.titles(f"{typed} ")
    page = valley.page(f"{typed} ")
    assert "Nothing holds these words as they are typed. Shown are" in page.text
    assert meant in page.select("//p[@class='results__said']/strong")[0].text
    assert meant in [mark.text for mark in page.select("//mark")]


def test_the_page_says_which_other_spellings_it_shows(valley: Archive) -> None:
    said = valley.page("Dashti ").select("//p[@class='results__said']")[0].text_content()
    assert said == "Also shown: Dashty for “dashti”. Quotation marks find a word just so."


def test_a_common_word_is_not_taken_for_one_that_sounds_alike(valley: Archive) -> None:
    assert valley.titles("water ") == ["First report"]
    assert valley.titles("waiter ") == ["Second report"]


def test_a_figure_is_never_taken_for_another(valley: Archive) -> None:
    valley.take_in("Third report", "They counted 700 of them in 2021.")
    assert valley.titles("700 ") == ["Third report"]
    assert valley.titles("701 ") == []
    assert valley.titles("2022 ") == []


def test_when_nothing_holds_all_words_what_holds_some_is_shown_and_said(valley: Archive) -> None:
    assert valley.titles("valley water zeppelin ") == ["First report", "Second report"]
    assert "Nothing holds all of these words." in valley.page("valley water zeppelin ").text
    assert valley.titles("valley zeppelin ") == []
