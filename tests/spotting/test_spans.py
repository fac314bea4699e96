"""Whatever the text, its assertions stand in it, in order, and take time in proportion to its length."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verify.spotting import DateMention, PlaceMention, spot
from verify.spotting.quotations import quotations_in
from verify.spotting.sentences import paragraphs_of, sentences_of

WORDS = """said|according to|he|the group|Mr Ali|Ahmad Rahimi|,|.|?|!|:|;|—|--|"|“|”|‘|’|'|''|(|)|that|nearly 700
hundreds of|quoted|as saying|citing|reported|on Sunday|in a tweet|could not be confirmed|was|and|with|who|PHOTO: AFP
KABUL (AFP) -|— Name (@name) May 1, 2021|طالبان|🙂|é|U.S.|No. 5|1,5|$1.5bn|99999999999999999999|٣
ALI:|Q:|the minister|the 24-year-old|half of|in Geneva|in May|as cited by Tass|put the toll at|two days earlier
last week|Mrs May|seven to eight|one in three|the charity|which|told|Ana Noor|she|of"""
BREAKS = ["\n", "\n\n", "\r\n", "\u2028", "\u200f", "\u00a0"]
PIECES = st.sampled_from([*WORDS.replace("\n", "|").split("|"), *BREAKS])
NEWSLIKE = st.lists(PIECES, max_size=60).map(" ".join)


def assert_sound(text: str, *, trained: bool = False) -> None:
    last = 0
    for found in spot(text, trained=trained):
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end].strip()
        assert found.statement
        assert 0 <= found.check_worthiness <= 1
        assert (found.mode == "own-voice") == (not found.chain)
        spans = [found.caveat_span, found.cue_span, found.source_span, *found.content]
        assert all(0 <= span[0] <= span[1] <= len(text) for span in spans if span)
        for quantity in found.quantities:
            assert text[quantity.start : quantity.end] == quantity.text
        mentions: list[DateMention | PlaceMention] = [*found.dates, *found.places]
        for mention in mentions:
            assert found.start <= mention.start < mention.end <= found.end
            assert text[mention.start : mention.end] == mention.text
        for hop in found.chain:
            assert hop.name
            assert hop.span is None or " ".join(text[slice(*hop.span)].split()) == hop.written
        edges = [found.start, *(edge for span in found.content for edge in span), found.end]
        assert edges == sorted(edges)
        last = found.end


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NEWSLIKE)
def test_spans_of_newslike_text_read_back_sorted_and_apart(text: str) -> None:
    assert_sound(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_spans_of_any_unicode_text_read_back_sorted_and_apart(text: str) -> None:
    assert_sound(text)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NEWSLIKE | st.text(max_size=200))
def test_spans_read_back_with_the_trained_part_too(text: str) -> None:
    assert_sound(text, trained=True)


@pytest.mark.parametrize(
    "text",
    [
        "The Taliban denied the attack and claimed control of the valley.",
        "The minister denied the reports and insisted that talks go on, adding that peace was near.",
        "The army denied the claim, saying rebels did it.",
        "statement Photo: the according to AFP denied INTERVIEWER:",
        "The bridge fell at noon.\n— (@abc) September 5, 2021",
    ],
)
def test_what_is_said_is_said_once_and_within_its_assertion(text: str) -> None:
    assert_sound(text)


@settings(max_examples=200, deadline=None)
@given(NEWSLIKE)
def test_every_word_of_a_text_lies_in_one_sentence(text: str) -> None:
    covered = [False] * len(text)
    for paragraph in paragraphs_of(text):
        for start, end in sentences_of(text, paragraph, list(quotations_in(text, paragraph))):
            assert not any(covered[start:end])
            covered[start:end] = [True] * (end - start)
    assert all(
        done or char.isspace() or char in "\x1c\x1d\x1e\x85\u2028\u2029"
        for done, char in zip(covered, text, strict=True)
    )


@pytest.mark.parametrize(
    "piece",
    [
        "said ",
        '"',
        "'a ",
        "“a ",
        "Mr A, ",
        ".",
        "a\n",
        "according to ",
        "(",
        "quoted him as saying ",
        "one hundred and ",
        "A.",
        "1,",
    ],
)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    began = time.process_time()
    spot(text, trained=False)
    assert time.process_time() - began < 2


def test_an_empty_text_holds_no_assertion() -> None:
    assert spot("") == []
    assert spot(" \n\t ") == []
    assert spot("... !!! —") == []
