"""Channels, caveats, figures, dates, what surrounds an article, and what is worth checking."""

from datetime import date

import pytest

from verify.spotting import credits_in, spot


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("The front said in a tweet on Sunday that the road was open.", "tweet"),
        ("The front tweeted that the road was open.", "tweet"),
        ("The road was open, the front said on Twitter.", "Twitter"),
        ("The announcement was made on the front’s Facebook page by Yusuf Amiri.", "Facebook page"),
        ("“The road is open,” Yusuf Amiri said in a statement.", "statement"),
        ("Yusuf Amiri said in an interview with Tolo News that the road was open.", "interview"),
        ("Yusuf Amiri said at a news conference that the road was open.", "news conference"),
        ("Yusuf Amiri said the road was open.", None),
        ("Yusuf Amiri said the statement on Twitter was forged.", None),
    ],
)
def test_the_channel_is_what_the_attribution_names(text: str, channel: str | None) -> None:
    assert spot(text)[0].channel == channel


@pytest.mark.parametrize(
    "warning",
    [
        "It was not possible to confirm that independently.",
        "The claim could not be verified.",
        "That could not immediately be confirmed.",
        "Reuters was unable to verify the report.",
        "There was no independent confirmation of the claim.",
        "The newspaper could not independently verify the account.",
    ],
)
def test_a_warning_in_the_next_sentence_belongs_to_the_assertion_before_it(warning: str) -> None:
    found = spot(f"The rebels said they held the bridge. {warning}")
    assert found[0].caveat
    assert found[0].caveat_span is not None
    assert found[1].mode == "own-voice"
    assert found[1].caveat is None


def test_a_warning_in_the_same_sentence_belongs_to_it() -> None:
    found = spot("The minister says it is hard to verify reports that the bridge fell.")[0]
    assert found.caveat == "hard to verify"


@pytest.mark.parametrize(
    ("text", "value", "bound", "what"),
    [
        ("Nearly 700 fighters fell.", 700, "nearly", "fighters"),
        ("Another 600 were held.", 600, "another", ""),
        ("At least 300 people died.", 300, "at least", "people"),
        ("Hundreds of families fled.", "hundreds", "", "families"),
        ("Tens of thousands fled.", "tens of thousands", "", ""),
        ("An estimated 200,000 people live there.", 200000, "an estimated", "people"),
        ("Up to 1,200 soldiers crossed.", 1200, "up to", "soldiers"),
        ("It cost $1.5bn to build.", 1500000000, "", ""),
        ("Turnout was 40 per cent of voters.", 40, "", "voters"),
        ("Twenty-three thousand voters came.", 23000, "", "voters"),
        ("More than a dozen villages burned.", 12, "more than", "villages"),
    ],
)
def test_a_figure_keeps_its_bound_and_what_it_counts(
    text: str, value: float | str, bound: str, what: str
) -> None:
    found = spot(text)[0].quantities[0]
    assert (found.value, found.bound, found.what) == (value, bound, what)


def test_a_range_keeps_both_ends() -> None:
    found = spot("Between 300 and 400 people came.")[0].quantities[0]
    assert (found.value, found.upper) == (300, 400)


@pytest.mark.parametrize(
    "text",
    [
        "It ruled from 1996 to 2001.",
        "On August 15 it fell.",
        "They met at 8.30 a.m. in May 2021.",
        "In the 1980s it held.",
    ],
)
def test_years_days_and_clock_times_are_no_figures(text: str) -> None:
    assert spot(text)[0].quantities == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("It fell on Sunday.", "2021-09-05"),
        ("It fell on Monday.", "2021-09-06"),
        ("It fell on August 15.", "2021-08-15"),
        ("It fell on 15 August.", "2021-08-15"),
        ("It fell on Sept 5, 2020.", "2020-09-05"),
        ("It fell yesterday.", "2021-09-05"),
        ("It fell on December 31.", "2020-12-31"),
    ],
)
def test_a_day_is_resolved_against_the_day_of_publication(text: str, day: str) -> None:
    assert spot(text, published_on=date(2021, 9, 6))[0].dates[0].day == day


def test_a_weekday_stays_open_without_a_day_of_publication() -> None:
    assert spot("It fell on Sunday.")[0].dates[0].day is None


@pytest.mark.parametrize(
    "line",
    [
        "Remote video URL",
        "Join our Telegram channel for the latest news",
        "This article has been adapted from its original source.",
        "https://example.org/a",
        "Read more: the siege so far",
        "Follow this thread for our coverage: pic.twitter.com/abc",
        "(Reporting by A. Writer; Editing by B. Editor)",
        "Source: Example",
    ],
)
def test_furniture_asserts_nothing(line: str) -> None:
    assert spot(line) == []


def test_the_account_of_an_embedded_post_comes_first_in_its_chain() -> None:
    text = "The minister says the road is open.\n— Valley News (@valleynews) September 6, 2021"
    (found,) = spot(text)
    assert [hop.name for hop in found.chain] == ["Valley News", "The minister"]
    assert (found.part, found.channel) == ("embed", "tweet")


def test_a_dateline_names_an_agency_but_nobody_is_quoted_by_it() -> None:
    text = "HERAT (REUTERS) - The governor said the road was open."
    (found,) = spot(text)
    assert [hop.name for hop in found.chain] == ["The governor"]
    assert text[found.start : found.end] == text
    assert [(credit.agency, credit.where) for credit in credits_in(text)] == [("REUTERS", "dateline")]


def test_headings_and_captions_are_marked_as_such() -> None:
    text = "Rebels say they hold the road\n\nFighters wait on Sept 1, 2021. PHOTO: AFP\n\nThe road is long."
    assert [found.part for found in spot(text)] == ["heading", "caption", "body"]


def test_a_figure_and_an_event_are_worth_more_than_a_wish() -> None:
    hard = spot("The army said 700 fighters had been killed in Herat.")[0]
    soft = spot("We hope that peace will come.")[0]
    assert hard.check_worthiness > 0.6 > 0.3 > soft.check_worthiness
    assert any("figure" in reason for reason in hard.reasons)


def test_a_sentence_that_begins_with_fighting_is_said_not_done_by_its_speaker() -> None:
    found = spot(
        "Spokesman Karim Wali said that Rokha had fallen. Fighting went on in Anaba, he said.", trained=False
    )
    assert [one.statement for one in found] == ["Rokha had fallen", "Fighting went on in Anaba"]


def test_a_people_is_not_a_place() -> None:
    (found,) = spot("The army entered the capital of the Afghan region near Bazarak.", trained=False)
    assert [place.text for place in found.places] == ["Bazarak"]
