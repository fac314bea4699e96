"""Who said it, through whom, by which words."""

import pytest

from verify.spotting import Assertion, spot


def chain(found: Assertion) -> list[str]:
    return [hop.name for hop in found.chain]


def one(text: str) -> Assertion:
    found = [assertion for assertion in spot(text) if assertion.chain]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "names", "cue", "mode"),
    [
        ("The ministry said the bridge had been closed.", ["The ministry"], "said", "indirect"),
        ("The bridge was closed, the mayor said on Monday.", ["the mayor"], "said", "indirect"),
        ("The bridge was closed, said the mayor.", ["the mayor"], "said", "indirect"),
        ("According to witnesses, the bridge fell at dawn.", ["witnesses"], "According to", "indirect"),
        ("The bridge fell at dawn, according to witnesses.", ["witnesses"], "according to", "indirect"),
        ("“We will rebuild it,” Sara Noor told reporters.", ["Sara Noor"], "told", "direct"),
        ("“We will rebuild it,” said Sara Noor, the mayor.", ["Sara Noor"], "said", "direct"),
        ("Sara Noor said the bridge was “beyond repair” after the flood.", ["Sara Noor"], "said", "mixed"),
        ("The town, she said, was cut off.", ["she"], "said", "indirect"),
        ("The rebels claimed to have taken the bridge.", ["The rebels"], "claimed", "indirect"),
        ("The army vowed to retake the bridge.", ["The army"], "vowed", "indirect"),
        ("The army rejected the allegation.", ["The army"], "rejected the allegation", "indirect"),
        ("Rebels say they have crossed the river", ["Rebels"], "say", "indirect"),
        (
            "Photos on social media showed soldiers standing on the bridge.",
            ["Photos on social media"],
            "showed",
            "indirect",
        ),
        ("Jane Roe, D-Mass., said the bridge was unsafe.", ["Jane Roe"], "said", "indirect"),
        ("The road is open, and officials said it was safe.", ["officials"], "said", "indirect"),
        (
            "According to the Road Office (RO), the bridge is safe.",
            ["Road Office"],
            "According to",
            "indirect",
        ),
        (
            "The Council went on to say that repairs would take a year.",
            ["Council"],
            "went on to say",
            "indirect",
        ),
        ("Karimi: “We hold the bridge”", ["Karimi"], ":", "direct"),
    ],
)
def test_the_plain_ways_of_reporting_are_found(text: str, names: list[str], cue: str, mode: str) -> None:
    found = one(text)
    assert (chain(found), found.cue, found.mode) == (names, cue, mode)
    assert text[found.start : found.end] == text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tolo quoted a source in Herat as saying the road was mined.", ["Tolo", "a source in Herat"]),
        ("“The road is mined,” Tolo quoted a source in Herat as saying.", ["Tolo", "a source in Herat"]),
        ("The front was quoted as saying by Tolo News that the road was mined.", ["Tolo News", "The front"]),
        ("Reuters reported citing witnesses that the road was mined.", ["Reuters", "witnesses"]),
        ("Reuters reported, citing witnesses, that the road was mined.", ["Reuters", "witnesses"]),
        ("“The road is mined,” Sara Noor said in a statement, reported AFP.", ["AFP", "Sara Noor"]),
        ("Tolo News reported that the governor said the road was mined.", ["Tolo News", "the governor"]),
    ],
)
def test_a_chain_runs_from_the_reader_to_the_origin(text: str, names: list[str]) -> None:
    assert chain(one(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        "Police declined to say who fired.",
        "The army did not say when it would leave.",
        "There was no word from the rebels.",
        "The blast claimed 12 lives.",
        "The report was long and its claims were many.",
        "He proclaimed himself king.",
        "The United States left in August.",
    ],
)
def test_what_nobody_said_stays_in_the_outlets_own_voice(text: str) -> None:
    assert [found.mode for found in spot(text)] == ["own-voice"]


def test_pronouns_and_short_forms_take_the_full_name_and_keep_what_was_written() -> None:
    text = (
        "Army spokesman Yusuf Amiri said the road was open. “It is safe,” he said. Amiri added that patrols went on. "
        "The Valley Defence Council said it had lost the road. The group said on Facebook it would return."
    )
    hops = [found.chain[-1] for found in spot(text)]
    assert [hop.name for hop in hops] == ["Yusuf Amiri"] * 3 + ["Valley Defence Council"] * 2
    assert "he" in hops[1].aliases
    assert "Amiri" in hops[2].aliases
    assert "The group" in hops[4].aliases


def test_he_is_whoever_the_sentence_before_is_about() -> None:
    text = (
        "Army spokesman Yusuf Amiri said the road was open. Omar Wali, a rebel leader, answered at noon. "
        "“You will see,” he said."
    )
    assert [hop.name for hop in spot(text)[2].chain] == ["Omar Wali"]


def test_initials_stand_for_the_name_they_were_introduced_with() -> None:
    text = "The Valley Defence Council (VDC) met. The VDC said the road was open."
    assert [hop.name for hop in spot(text)[1].chain] == ["Valley Defence Council"]


@pytest.mark.parametrize(
    "text",
    [
        "Army spokesman Yusuf Amiri said the road was open.",
        "The army spokesman, Yusuf Amiri, said the road was open.",
        "Yusuf Amiri, spokesman for the army, said the road was open.",
        "The road was open, said Yusuf Amiri, spokesman for the army.",
    ],
)
def test_a_spokesman_is_named_with_his_role_and_whom_he_speaks_for(text: str) -> None:
    hop = one(text).chain[-1]
    assert (hop.name, hop.kind) == ("Yusuf Amiri", "person")
    if "said Yusuf" not in text:
        assert "spokesman" in (hop.role or "")
        assert (hop.speaks_for or "").lower().removesuffix(" spokesman") == "army"


def test_two_who_speak_in_one_sentence_make_two_assertions() -> None:
    text = "The rebels said they held the bridge, while the army said it had been retaken."
    found = spot(text)
    assert [chain(part) for part in found] == [["The rebels"], ["the army"]]
    assert "".join(text[part.start : part.end] for part in found).replace(" ", "") == text.replace(" ", "")


def test_a_quotation_over_several_paragraphs_has_one_speaker() -> None:
    text = "Sara Noor spoke on Monday.\n\n“We hold the hills.\n\n“We hold the road,” she said."
    found = spot(text)
    assert [part.mode for part in found[1:]] == ["direct", "direct"]
    assert chain(found[1]) == chain(found[2])


def test_a_quotation_broken_by_its_cue_is_one_assertion() -> None:
    text = "“We hold the hills,” Sara Noor said. “We hold the road.”"
    found = one(text)
    assert text[found.start : found.end] == text


def test_a_source_that_hides_its_name_says_so() -> None:
    text = "The road was mined, according to two officers. They spoke on condition of anonymity."
    assert spot(text)[0].chain[-1].terms == "on condition of anonymity"


@pytest.mark.parametrize(
    ("text", "polarity", "cue_type"),
    [
        ("The army denied that the road was mined.", "denies", "denial"),
        ("The army confirmed that the road was mined.", "asserts", "admission"),
        ("The army claimed that the road was mined.", "asserts", "claim"),
        ("The army pledged to clear the road.", "asserts", "promise"),
        ("The army said it could not confirm the report.", "cannot confirm", "neutral"),
    ],
)
def test_a_cue_tells_a_claim_from_a_denial(text: str, polarity: str, cue_type: str) -> None:
    found = one(text)
    assert (found.polarity, found.cue_type) == (polarity, cue_type)


def test_who_denies_one_thing_and_claims_another_is_not_said_to_deny_both() -> None:
    found = spot("The Taliban denied the raid on the school and later claimed control of the valley.")
    assert [(one.polarity, one.cue, one.statement) for one in found] == [
        ("denies", "denied", "The raid on the school"),
        ("asserts", "claimed", "Control of the valley"),
    ]
    assert [one.chain[-1].name for one in found] == ["Taliban", "Taliban"]


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("The rebels claimed to have taken the bridge.", "The rebels have taken the bridge"),
        ("The army vowed to retake the bridge.", "The army will retake the bridge"),
        ("Sara Noor said she was ready to talk.", "Sara Noor was ready to talk"),
        ("The rebels said they had left the town.", "The rebels had left the town"),
        ("The army said it was too early to tell.", "It was too early to tell"),
        ("The army acknowledged losing the bridge.", "The army acknowledged losing the bridge"),
        ("“We hold the bridge,” Sara Noor said.", "We hold the bridge"),
        ("The army rejected the claim.", "The army rejected the claim."),
        ("However the army said the bridge was open.", "The bridge was open"),
    ],
)
def test_a_statement_stands_by_itself(text: str, statement: str) -> None:
    found = one(text)
    assert found.statement == statement
    assert not found.chain[-1].name.startswith("However")
