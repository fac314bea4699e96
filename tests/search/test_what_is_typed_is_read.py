"""Whatever is typed is read: words, phrases, exclusions and fields; what cannot be meant is said, and nothing fails."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from verify.search import engine
from verify.search.engine import Clause, Lookup, Term
from verify.search.fields import read_fields
from verify.search.query import FIELDS, LONGEST, MOST_WORDS, read
from verify.search.words import words_of

SIGNS = st.text(alphabet="ab é-\"“”«»'*:()^{}[]|&!<>~+.,/\\%_\x00\n\tØ١ب status:in-", max_size=80)


def words(typed: str) -> list[str]:
    return [" ".join(one.words) for one in read(typed).wanted]


@pytest.mark.parametrize(
    ("typed", "wanted", "excluded"),
    [
        ("flood gates", ["flood", "gates"], []),
        ('"before dawn" gates', ["before dawn", "gates"], []),
        ("“before dawn” «by night»", ["before dawn", "by night"], []),
        ("flood -rumour", ["flood"], ["rumour"]),
        ('flood -"before dawn"', ["flood"], ["before dawn"]),
        ("FLOOD Café", ["flood", "cafe"], []),
        ("ORT-0002", ["ort 0002"], []),
        ("the gates of the dam", ["gates", "dam"], []),
        ("the who", ["the", "who"], []),
        ("Taliban: we hold", ["taliban", "hold"], []),
        ("at 12:30", ["12 30"], []),
        ("https://news.example/a?b=c", ["https news example a b c"], []),
        ("gates AND (dam OR NEAR)", ["gates", "dam"], []),
        ("gates gates Gates dam", ["gates", "dam"], []),
    ],
)
def test_words_phrases_and_exclusions(typed: str, wanted: list[str], excluded: list[str]) -> None:
    assert words(typed) == wanted
    assert [" ".join(one.words) for one in read(typed).excluded] == excluded
    assert read(typed).notes == ()


def test_only_the_last_word_may_be_unfinished_and_any_with_a_star() -> None:
    assert [one.unfinished for one in read("flood gat").wanted] == [False, True]
    assert [one.unfinished for one in read("flood gat ").wanted] == [False, False]
    assert [one.unfinished for one in read('flood "gat"').wanted] == [False, False]
    assert [one.unfinished for one in read("flo* gates -da").wanted] == [True, False]


@pytest.mark.parametrize(
    ("typed", "wanted", "note"),
    [
        ("colour:red gates", ["gates"], "There is no field “colour:”. Known are status:, rating:,"),
        ('gates "before dawn', ["gates", "dawn"], "One quotation mark has no partner"),
        ("-rumour", [], "Say what to look for as well"),
        ("*** ()", [], "There is no word in this"),
        ("gates " * 300, ["gates"], f"Only the first {LONGEST:,} characters were read."),
    ],
)
def test_what_cannot_be_meant_is_said_and_the_rest_is_read(typed: str, wanted: list[str], note: str) -> None:
    assert words(typed) == wanted
    assert any(sentence.startswith(note) for sentence in read(typed).notes), read(typed).notes


def test_a_page_of_text_is_cut_to_what_can_be_searched() -> None:
    query = read(" ".join(f"word{number}" for number in range(2_000)))
    assert sum(len(one.words) for one in query.wanted) == MOST_WORDS
    assert any("Only the first" in note for note in query.notes)


@pytest.mark.parametrize(
    ("typed", "notes"),
    [
        ("status:open,in-review", []),
        ('status:"in review" rating:mostly_right -rating:FALSE', []),
        ("status:shut", ["status: does not know “shut”. It can be open, in review, disputed"]),
        ("rating:", ["rating: says nothing yet. It can be confirmed"]),
        ("in:drawers", ["in: does not know “drawers”. It can be claims"]),
        ("has:wings", ["has: does not know “wings”. It can be verdict, evidence, file."]),
        ("before:yesterday", ["before: does not know “yesterday”. Write a day, a month or a year"]),
        ("after:2021-13", ["after: does not know “2021-13”."]),
        ("by: gates", ["by: says nothing yet. It takes somebody of the desk"]),
    ],
)
def test_a_field_says_what_it_knows(typed: str, notes: list[str]) -> None:
    found = read_fields(read(typed).fields)
    assert len(found.notes) == len(notes)
    assert all(said.startswith(note) for said, note in zip(found.notes, notes, strict=True)), found.notes


def test_days_months_and_years_bound_and_the_narrower_one_wins() -> None:
    found = read_fields(read("after:2021 after:2021-09 before:2022/01/05 before:2023").fields)
    assert (str(found.after), str(found.before)) == ("2021-09-01", "2022-01-05")
    turned = read_fields(read("-after:2021-09").fields)
    assert (turned.after, str(turned.before)) == (None, "2021-09-01")


@given(SIGNS | st.text(max_size=200))
@example('"' * 99)
@example("-" * 10_000)
@example("a:" * 500)
@example("\ud800")
def test_nothing_typed_is_an_error_and_nothing_of_it_is_syntax(typed: str) -> None:
    query = read(typed)
    read_fields(query.fields)
    assert all(one.name in FIELDS for one in query.fields)
    for one in (*query.wanted, *query.excluded):
        assert one.words
        assert all(word.isalnum() and word == word.lower() for word in one.words)
    assert sum(len(one.words) for one in query.wanted) <= MOST_WORDS


@given(st.lists(st.text(alphabet="abcé١", min_size=1, max_size=6), min_size=1, max_size=5))
def test_plain_words_come_back_as_they_are_in_the_index(typed: list[str]) -> None:
    text = " ".join(f'"{word}"' for word in typed)
    assert [one.words for one in read(text).wanted] == list(
        dict.fromkeys(tuple(words_of(word)) for word in typed)
    )


def test_a_lookup_is_written_in_each_database_s_own_language() -> None:
    lookup = Lookup(
        (
            Clause((Term(("gates",), True), Term(("gate",)))),
            Clause((Term(("lale", "demir")),), in_names=True),
        ),
        (Term(("rumour",)),),
    )
    assert engine.on_sqlite(lookup) == '(("gates"* OR "gate") AND names : ("lale demir")) NOT ("rumour")'
    assert engine.on_postgresql(lookup) == (
        "((('gates':*) | ('gate')) & (('lale':B <-> 'demir':B))) & !(('rumour'))"
    )
