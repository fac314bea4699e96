"""Where sentences and quotations begin and end."""

import pytest

from verify.spotting.quotations import quotations_in
from verify.spotting.sentences import paragraphs_of, sentences_of


def sentences(text: str) -> list[str]:
    return [
        text[start:end]
        for paragraph in paragraphs_of(text)
        for start, end in sentences_of(text, paragraph, list(quotations_in(text, paragraph)))
    ]


def quotations(text: str) -> list[str]:
    return [
        text[q.start : q.end] for paragraph in paragraphs_of(text) for q in quotations_in(text, paragraph)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Rahimi met Gen. Noor at 8.30 a.m. on Sept. 4.",
        "The U.S. army left in 2021.",
        "It cost $1.5bn, or about 3.2 per cent of output.",
        "“We stay. We will not leave,” said Dr. Amiri.",
        'He asked: "Why now? Why here?"',
        "J. R. Ali spoke first.",
    ],
)
def test_stops_inside_a_sentence_do_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rained. The road closed.", ["It rained.", "The road closed."]),
        ("“It is over.” The crowd left.", ["“It is over.”", "The crowd left."]),
        ("They flew to the U.S. The talks went on.", ["They flew to the U.S.", "The talks went on."]),
        ("Is it over? Nobody knows!", ["Is it over?", "Nobody knows!"]),
        ("A heading\nA sentence follows.", ["A heading", "A sentence follows."]),
    ],
)
def test_stops_between_sentences_end_them(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "yes" and left.', ['"yes"']),
        ("She called it “a ‘great’ day” twice.", ["“a ‘great’ day”"]),
        ("‘They’re lying,’ he said.", ["‘They’re lying,’"]),
        ("'It isn't over,' she said.", ["'It isn't over,'"]),
        ("The officers' mess and the '90s were quiet.", []),
        ("''We stay,'' he said.", ["''We stay,''"]),
        ("«On reste», he said.", ["«On reste»"]),
    ],
)
def test_quotation_marks_of_every_style_pair_up(text: str, found: list[str]) -> None:
    assert quotations(text) == found


def test_a_quotation_left_open_runs_to_the_end_of_its_paragraph() -> None:
    text = "“We hold the hills.\n\n“We hold the road,” he said."
    assert quotations(text) == ["“We hold the hills.", "“We hold the road,”"]
    first = next(iter(quotations_in(text, paragraphs_of(text)[0])))
    assert first.unclosed


def test_a_sentence_broken_over_lines_is_one_sentence() -> None:
    assert sentences("The bridge was closed\nafter the flood.") == ["The bridge was closed\nafter the flood."]
