"""What surrounds prose: transcripts, headlines, signed quotations, embedded posts, datelines in mid-text."""

import pytest

from verify.spotting import credits_in, spot

TRANSCRIPT = (
    "PRESENTER: Governor, thank you for joining us.\n"
    "GOV. ELENA RUIZ: Thank you. The pumps never failed.\n"
    "(CROSSTALK)\n"
    "PRESENTER: The fire chief says the water ran out.\n"
    "RUIZ: It did not.\n"
)


def test_a_transcript_gives_every_sentence_to_whoever_has_the_word() -> None:
    found = spot(TRANSCRIPT)
    assert [one.chain[0].name for one in found] == [
        "PRESENTER".title(),
        "Elena Ruiz",
        "Elena Ruiz",
        "PRESENTER".title(),
        "Elena Ruiz",
    ]
    assert [one.mode for one in found if len(one.chain) == 1] == ["direct"] * 4
    assert [hop.name for hop in found[3].chain][1:] == ["The fire chief"]
    assert all(TRANSCRIPT[one.start : one.end].strip() for one in found)


def test_two_labelled_lines_make_no_transcript() -> None:
    found = spot("Note: the road is closed today.\n\nSource: Road Office\n\nThe road was closed on Monday.")
    assert all(not one.chain for one in found)


@pytest.mark.parametrize(
    ("headline", "name", "mode"),
    [
        ("Karimi: we hold the valley", "Yusuf Karimi", "indirect"),
        ("Karimi: “We hold the valley”", "Yusuf Karimi", "direct"),
        ("Valley has fallen: Karimi", "Yusuf Karimi", "indirect"),
        ("Police: bridge was blown up", "Police", "indirect"),
        ("‘No deal’, says Karimi", "Yusuf Karimi", "direct"),
        ("'No deal' on wall, says Karimi", "Yusuf Karimi", "mixed"),
    ],
)
def test_a_headline_names_its_speaker_before_or_after_a_colon(headline: str, name: str, mode: str) -> None:
    found = spot(f"{headline}\n\nYusuf Karimi spoke to the crowd on Monday.")[0]
    assert (found.part, found.mode) == ("heading", mode)
    assert [hop.name for hop in found.chain] == [name]


@pytest.mark.parametrize(
    "headline", ["Ohio: the state that decides it all", "Analysis: why the valley was lost"]
)
def test_a_colon_in_a_headline_is_not_always_a_speaker(headline: str) -> None:
    assert spot(f"{headline}\n\nIt is large, and nobody lives there.")[0].chain == ()


def test_a_quotation_signed_behind_a_dash_belongs_to_who_signs_it() -> None:
    (found,) = spot("“We hold the road.” — Sara Noor, mayor of Herat")
    assert (found.chain[-1].name, found.chain[-1].role, found.mode) == (
        "Sara Noor",
        "mayor of Herat",
        "direct",
    )


def test_a_post_signed_on_its_own_line_is_the_accounts() -> None:
    text = "The road is open. pic.twitter.com/abc— Valley News (@valleynews) September 6, 2021\n\nIt rained."
    found = spot(text)
    assert (found[0].part, found[0].chain[0].name) == ("embed", "Valley News")
    assert found[1].chain == ()


def test_a_dateline_below_a_headline_is_one_too() -> None:
    text = "Road opens\n\nHERAT, Sept 6 (AFP) — The governor said the road was open."
    assert [(credit.agency, credit.where) for credit in credits_in(text)] == [("AFP", "dateline")]
    assert [place.text for place in spot(text)[-1].places] == ["HERAT"]


@pytest.mark.parametrize(
    "text",
    [
        "‘We hold the hills.\n\n‘We hold the road,’ Sara Noor said.",
        "“We hold the hills.\n\n“We hold the road,” Sara Noor said.",
        '"We hold the hills.\n\n"We hold the road," Sara Noor said.',
    ],
)
def test_a_quotation_that_every_paragraph_opens_again_has_one_speaker(text: str) -> None:
    assert [found.chain[-1].name for found in spot(text)] == ["Sara Noor", "Sara Noor"]


@pytest.mark.parametrize(
    "text",
    [
        "‘She said, “The cheque is in the post,”’ Omar Wali told the crowd.",
        "“She said, ‘The cheque is in the post,’” Omar Wali told the crowd.",
        "'She said, \"The cheque is in the post,\"' Omar Wali told the crowd.",
        "“We waited—” Omar Wali said.",
        "“We waited,” Omar Wali said — “and nobody came.”",
    ],
)
def test_marks_inside_marks_and_dashes_beside_them_leave_one_quotation(text: str) -> None:
    (found,) = spot(text)
    assert (found.mode, found.chain[-1].name) == ("direct", "Omar Wali")
