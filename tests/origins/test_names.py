"""Names: the same, perhaps the same, or nobody."""

import pytest

from verify.origins.names import is_description, says_nobody, says_several, says_witness, similar_pairs
from verify.sources.names import name_key, perhaps_same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Taliban", "taliban"),
        ("Mr Fahim Dashti", "Fahim Dashti"),
        ("General Abdul Wudod Zara", "Abdul Wudod Zara"),
        ("the Taliban’s", "Taliban"),
        ("José Núñez", "Jose Nunez"),
    ],
)
def test_titles_case_and_accents_do_not_make_another_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fahim dashti", "fahim dashty"),
        ("zabihullah mujahid", "zabihullah mujaheed"),
        ("rokha", "rukhah"),
        ("ahmad massoud", "ahmad masud"),
        ("zabihullah mujahid", "zabihulla mujahid"),
        ("zabihullah mujahid", "mujahid"),
        ("abdul wudod", "abdul wadod"),
    ],
)
def test_a_letter_apart_or_a_bare_surname_may_be_the_same_name(one: str, other: str) -> None:
    assert perhaps_same(one, other)
    assert list(similar_pairs([one, other])) == [(min(one, other), max(one, other))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ahmad massoud", "ahmad shah massoud"),
        ("tolo", "tass"),
        ("unit 12345", "unit 12346"),
        ("front", "fronts line"),
        ("khan", "kian"),
        ("fahim dashti", "karim dashti"),
    ],
)
def test_names_that_could_be_two_people_stay_two(one: str, other: str) -> None:
    assert not perhaps_same(one, other)


@pytest.mark.parametrize(
    "name",
    [
        "reports",
        "Local media",
        "some unconfirmed reports",
        "he",
        "the spokesman",
        "both sides",
        "senior officials",
        "the group",
        "…",
    ],
)
def test_a_phrase_that_names_nobody_is_known_as_such(name: str) -> None:
    assert says_nobody(name)


@pytest.mark.parametrize(
    "name",
    [
        "Samaa News",
        "the Taliban",
        "Emergency",
        "the resistance forces",
        "Taliban officials",
        "Sky News",
        "residents",
        "Reuters",
    ],
)
def test_a_name_is_not_taken_for_nobody(name: str) -> None:
    assert not says_nobody(name)


def test_people_who_were_there_are_told_from_those_who_were_not() -> None:
    assert says_witness("several residents of Rokha")
    assert not says_witness("a source in Kabul")


@pytest.mark.parametrize(
    "name", ["a former member of parliament", "the opposition front’s head", "an Afghan official"]
)
def test_a_description_is_no_name(name: str) -> None:
    assert is_description(name)


@pytest.mark.parametrize(
    "name", ["the Taliban", "Lale Demir", "The Water Board", "Anwar Khan", "باشگاه", "@handle"]
)
def test_a_name_is_no_description(name: str) -> None:
    assert not is_description(name)


@pytest.mark.parametrize(
    ("name", "described"),
    [
        ("the anti-Taliban forces", True),
        ("Afghan media outlets", True),
        ("Northern fighters", True),
        ("The leader of the Afghan opposition group", True),
        ("Border Forces", False),
        ("National Resistance Front", False),
        ("Kabul News Network", False),
    ],
)
def test_a_group_whose_noun_is_written_small_is_described_and_not_named(name: str, described: bool) -> None:
    assert is_description(name) is described


@pytest.mark.parametrize(
    ("name", "several"),
    [
        ("Afghan media outlets", True),
        ("two Delhi newspapers", True),
        ("the paper", False),
        ("Kabul News Network", False),
        ("Tolo Media", False),
    ],
)
def test_newsrooms_that_nobody_names_are_told_from_a_newsroom(name: str, several: bool) -> None:
    assert says_several(name) is several
