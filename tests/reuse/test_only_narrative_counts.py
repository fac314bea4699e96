"""What two articles share tells who had it from whom only where it is narrative."""

from __future__ import annotations

import pytest

from verify.reuse import Comparison, Kind, Strength, compare, read
from verify.reuse.words import words_of

STATEMENT = "“We will open every road to the valley before the first snow falls, and nobody will be asked for papers,”"
STORY = (
    "The dam above Harrow Bridge gave way shortly after midnight, sending a wall of mud through the lower town. "
    "Rescue teams from three neighbouring districts reached the square at dawn and began to dig with their hands. "
    "By noon they had pulled eleven people alive out of the cellar of the old post office."
)
OTHER = (
    "A burst reservoir flooded parts of Harrow Bridge overnight. Firefighters were still searching cellars on Tuesday. "
    "The mayor, Edda Lorne, toured the wreckage in rubber boots and promised that every household would be compensated."
)


def kinds(found: Comparison) -> set[Kind]:
    return {passage.kind for passage in found.passages}


def test_the_same_story_under_another_headline_is_a_copy() -> None:
    found = compare(f"Mud buries a town\n\n{STORY}", f"Dam breaks at night\n\n{STORY}\n\nRead more: Floods")
    assert found.strength is Strength.COPY
    assert min(found.share_a, found.share_b) > 0.9


def test_some_sentences_of_another_article_make_it_partly_copied() -> None:
    sentence = STORY.split(". ")[1] + "."
    found = compare(
        STORY, f"{OTHER} {sentence} The river is still rising, and more rain is expected tonight."
    )
    assert found.strength is Strength.PARTLY_COPIED
    assert kinds(found) == {Kind.NARRATIVE}


def test_the_same_public_quotation_makes_no_copy() -> None:
    found = compare(f"{STORY}\n\n{STATEMENT} she said.", f"{OTHER}\n\n{STATEMENT} the mayor told reporters.")
    assert found.strength is Strength.SAME_STATEMENT
    assert kinds(found) == {Kind.QUOTATION}


def test_a_statement_translated_twice_is_one_statement_and_no_copy() -> None:
    one = "“We give our full word to the farmers of the valley that no field will be taken from them,” Lorne said."
    other = (
        "“We fully promise farmers in this valley that not one field shall be taken away,” Edda Lorne said."
    )
    found = compare(f"{STORY}\n\n{one}", f"{OTHER}\n\n{other}")
    assert found.strength is Strength.SAME_STATEMENT
    assert Kind.STATEMENT in kinds(found)


@pytest.mark.parametrize(
    ("shared", "kind"),
    [
        (
            "A rescue worker stands beside the broken dam at Harrow Bridge. PHOTO: Northern Press",
            Kind.CAPTION,
        ),
        (
            "Sign up for our newsletters and get the day’s breaking news delivered to your inbox",
            Kind.FURNITURE,
        ),
        ("Rescue teams dig through mud for survivors of the dam break", Kind.HEADLINE),
        (
            "Road closed between the bridge and the town, keep away.\n— Harrow Police (@harrowpolice) May 4",
            Kind.EMBED,
        ),
    ],
)
def test_captions_furniture_headlines_and_posts_make_no_copy(shared: str, kind: Kind) -> None:
    found = compare(
        f"{STORY}\n\n{shared}\n\nMore rain fell on Monday.", f"{OTHER}\n\n{shared}\n\nSchools are closed."
    )
    assert found.strength is Strength.INDEPENDENT
    assert kind in kinds(found)
    assert Kind.NARRATIVE not in kinds(found)


def test_a_few_words_in_a_row_are_chance() -> None:
    found = compare(
        f"{STORY} It was the worst flood in the history of the district.",
        f"{OTHER} It was the worst flood in the history of the county.",
    )
    assert found.strength is Strength.INDEPENDENT
    assert any("chance" in reason for reason in found.reasons)


def test_what_very_many_texts_hold_is_furniture_unless_they_share_more() -> None:
    footer = (
        "The Harrow Courier is owned by its readers and has reported from the valley without fear or favour since "
        "the spring of 1911, when eleven weavers bought a press."
    )
    long_one = " ".join(f"{STORY} Gate {number} of {number * 7} held firm." for number in range(4))
    long_other = " ".join(f"{OTHER} Cellar {number} stood {number * 3} feet deep." for number in range(4))
    one, other = f"{long_one}\n\n{footer}", f"{long_other}\n\n{footer}"
    assert compare(one, other).strength is Strength.PARTLY_COPIED
    worn = read(footer).fingerprints
    found = compare(one, other, common=worn)
    assert found.strength is Strength.INDEPENDENT
    assert kinds(found) == {Kind.FURNITURE}
    copied = compare(one, f"{long_one}\n\n{footer} Tomorrow: the inquiry.", common=read(one).fingerprints)
    assert copied.strength is Strength.COPY


def test_every_passage_reads_back_from_both_texts() -> None:
    one = f"Zoë’s café — {STORY} “Ça va,” she said.\n\n{STATEMENT}"
    other = f"{STORY.upper()}\n\n{STATEMENT.replace('“', '«').replace('”', '»')} 🙂"
    found = compare(one, other)
    assert found.passages
    for passage in found.passages:
        mine, theirs = one[passage.a_start : passage.a_end], other[passage.b_start : passage.b_end]
        assert words_of(mine).forms == words_of(theirs).forms
        assert len(words_of(mine)) == passage.words


@pytest.mark.parametrize("text", ["", " \n", "a", "…", "word " * 40_000, "“" * 5_000])
def test_odd_texts_are_compared_without_trouble(text: str) -> None:
    assert compare(text, STORY).strength is Strength.INDEPENDENT
    assert compare(text, text).strength in Strength
