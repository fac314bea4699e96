"""Each hop as written and as resolved: pronouns, short forms, roles, kinds, and who was only mentioned."""

import pytest

from verify.spotting import Hop, spot


def last_hop(text: str) -> Hop:
    return [found for found in spot(text) if found.chain][-1].chain[-1]


@pytest.mark.parametrize(
    ("text", "name", "written"),
    [
        ("Sara Noor, the mayor, spoke. “It is over,” she said.", "Sara Noor", "she"),
        ("The talks were led by Yusuf Amiri. “It went well,” he said.", "Yusuf Amiri", "he"),
        ("Sara Noor met Omar Wali on Monday. She said the road was open.", "Sara Noor", "She"),
        (
            "Interior Minister Goran Sabit resigned. The minister said he was tired.",
            "Goran Sabit",
            "The minister",
        ),
        ("Neil Adeyemi scored twice. The midfielder said it was luck.", "Neil Adeyemi", "The midfielder"),
        ("Neil Adeyemi scored twice. The 24-year-old said it was luck.", "Neil Adeyemi", "The 24-year-old"),
        (
            "A survey by the charity Rest Well is out. The charity said it was new.",
            "Rest Well",
            "The charity",
        ),
        (
            "Researchers at Brackley followed 20 men. They found that naps help.",
            "Researchers at Brackley",
            "They",
        ),
        ("Theresa May met the queen. May said no deal was near.", "Theresa May", "May"),
        ("Raymond T. Kessler spoke. Kessler said he was innocent.", "Raymond T. Kessler", "Kessler"),
    ],
)
def test_a_short_form_keeps_what_was_written_beside_the_name_it_stands_for(
    text: str, name: str, written: str
) -> None:
    hop = last_hop(text)
    assert (hop.name, hop.written) == (name, written)
    assert hop.span is not None
    assert text[slice(*hop.span)] == written


@pytest.mark.parametrize(
    "text",
    [
        "The deal was cheered by Yusuf Amiri and Omar Wali. “It went well,” he said.",
        "It rained all day. “It went well,” he said.",
    ],
)
def test_a_pronoun_that_may_mean_two_people_or_none_stays_a_pronoun(text: str) -> None:
    hop = last_hop(text)
    assert (hop.name, hop.kind, hop.terms) == ("he", "person", "unnamed")


def test_she_is_never_a_man_who_spoke_just_before() -> None:
    text = "Ana Duarte said the march was legal. Mr Luis Ferro said it was not. She added that she would see."
    assert [found.chain[-1].name for found in spot(text)] == ["Ana Duarte", "Luis Ferro", "Ana Duarte"]


@pytest.mark.parametrize(
    ("text", "kind", "terms"),
    [
        ("A police spokeswoman said the road was open.", "person", "unnamed"),
        ("An unnamed official said the road was open.", "anonymous", "unnamed"),
        ("Two senior officials said the road was open.", "anonymous", "unnamed"),
        ("Taliban officials said the road was open.", "organisation", "unnamed"),
        ("One of the officials said the road was open.", "anonymous", "unnamed"),
        (
            "A doctor said, on condition of anonymity, that the road was open.",
            "anonymous",
            "on condition of anonymity",
        ),
        ("Halden AB said the road was open.", "organisation", "named"),
        ("The Morning Dispatch said the road was open.", "outlet", "named"),
        ("The report said the road was open.", "document", "named"),
        ("Footage from the scene showed the road was open.", "media", "named"),
        ("Xinhua said the road was open.", "agency", "named"),
        ("@roadoffice said the road was open.", "account", "named"),
    ],
)
def test_what_a_source_is_and_on_what_terms_it_spoke(text: str, kind: str, terms: str) -> None:
    hop = last_hop(text)
    assert (hop.kind, hop.terms) == (kind, terms)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Goran Sabit told Nova Radio, which was cited by the Kanat agency, that the road was open.",
            ["the Kanat agency", "Nova Radio", "Goran Sabit"],
        ),
        (
            "“It is open,” Goran Sabit was quoted by the Kanat agency as saying.",
            ["the Kanat agency", "Goran Sabit"],
        ),
        ("“It is open,” Goran Sabit said, as quoted by Interfax.", ["Interfax", "Goran Sabit"]),
        (
            "Kanat, citing three current and former officials, said the road was open.",
            ["Kanat", "three current and former officials"],
        ),
        ("The figures show that women nap less, the charity said.", ["the charity", "The figures"]),
    ],
)
def test_everybody_through_whom_the_words_came_is_in_the_chain(text: str, names: list[str]) -> None:
    (found,) = [one for one in spot(text) if one.chain]
    assert [hop.name for hop in found.chain] == names


@pytest.mark.parametrize(
    ("text", "mode", "cue_type"),
    [
        ("Police put the turnout at 12,000.", "indirect", "neutral"),
        ("Footage appears to show soldiers on the bridge.", "indirect", "neutral"),
        ("The ministry dismissed as “pure invention” reports that the bridge fell.", "mixed", "denial"),
        ("Carla Benitez asked the crowd to “go home”.", "mixed", "question"),
        ("Tania Boro accused the government of ignoring warnings.", "indirect", "claim"),
        ("A 2019 audit found that the ferries were unsafe.", "indirect", "neutral"),
        ("In a filing, the defense argued that the search was illegal.", "indirect", "claim"),
    ],
)
def test_ways_of_reporting_beyond_the_plain_ones_are_found(text: str, mode: str, cue_type: str) -> None:
    (found,) = spot(text)
    assert found.chain
    assert (found.mode, found.cue_type) == (mode, cue_type)


@pytest.mark.parametrize(
    "text",
    [
        "The army said it could neither confirm nor deny the report.",
        "The army said it was unable to verify the report.",
        "The army said it could not confirm the report.",
    ],
)
def test_who_cannot_confirm_neither_asserts_nor_denies(text: str) -> None:
    assert spot(text)[0].polarity == "cannot confirm"


def test_who_asked_not_to_be_named_asked_nothing_else() -> None:
    (found,) = spot("“Nobody is in charge,” said one envoy, who asked not to be named.")
    assert (found.cue, found.mode) == ("said", "direct")
