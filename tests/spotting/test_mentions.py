"""Places, stretches of days, and figures with their units."""

from datetime import date

import pytest

from verify.spotting import spot

MONDAY = date(2021, 9, 6)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The bridge in Geneva fell.", ["Geneva"]),
        ("The bridge near Port Sable fell.", ["Port Sable"]),
        ("They left the town of Karsu and went to Paris.", ["Karsu", "Paris"]),
        ("Fighting went on in the capital, Berat, on Sunday.", ["Berat"]),
        ("They met in Columbus, Ohio, on Sunday.", ["Columbus, Ohio"]),
        ("The Dar Valley is quiet.", ["Dar Valley"]),
        ("Baghlan province is quiet.", ["Baghlan"]),
        ("They met at Linden Airport on Monday night.", ["Linden Airport"]),
        ("COLUMBUS, Ohio — The bridge fell.", ["COLUMBUS, Ohio"]),
        ("He fled to Karsu. Fighting in Karsu went on.", ["Karsu"]),
    ],
)
def test_a_place_is_found_by_what_stands_around_it(text: str, places: list[str]) -> None:
    assert [place.text for place in spot(text)[0].places] == places


@pytest.mark.parametrize(
    "text",
    [
        "It fell in March.",
        "She wrote in English on Twitter.",
        "The vote in Parliament failed.",
        "Michael Jordan spoke, and Jordan left.",
        "He is the new Bank of England governor.",
        "A report in the New York Times said so.",
        "In Brexit talks, nobody moved.",
    ],
)
def test_months_people_and_bodies_are_no_places(text: str) -> None:
    assert [place.text for one in spot(text) for place in one.places] == []


@pytest.mark.parametrize(
    ("text", "day", "until"),
    [
        ("It fell last week.", "2021-08-30", "2021-09-05"),
        ("It fell in August.", "2021-08-01", "2021-08-31"),
        ("It fell in late July.", "2021-07-21", "2021-07-31"),
        ("It fell in February 2020.", "2020-02-01", "2020-02-29"),
        ("It fell on Monday night.", "2021-09-06", None),
        ("It fell three days ago.", "2021-09-03", None),
        ("It fell last year.", "2020-01-01", "2020-12-31"),
        ("It will fall next Friday.", "2021-09-10", None),
        ("It fell on 5 September.", "2021-09-05", None),
    ],
)
def test_a_stretch_of_days_has_its_first_and_its_last(text: str, day: str, until: str | None) -> None:
    (mention,) = spot(text, published_on=MONDAY)[0].dates
    assert (mention.day, mention.until) == (day, until)


def test_two_days_earlier_counts_from_the_day_named_before_it() -> None:
    found = spot("The town fell on 5 September. The hills fell two days earlier.", published_on=MONDAY)
    assert found[1].dates[0].day == "2021-09-03"


def test_a_person_called_april_or_may_is_no_month() -> None:
    assert [one.dates for one in spot("April Jones spoke. May said no.", published_on=MONDAY)] == [(), ()]


@pytest.mark.parametrize(
    ("text", "value", "upper", "unit", "what", "bound"),
    [
        ("It cost $2-3 million.", 2_000_000, 3_000_000, "$", "", "range"),
        ("Turnout was 40 per cent of voters.", 40, None, "%", "voters", ""),
        ("It lies 40 kilometres north.", 40, None, "kilometres", "", ""),
        ("They sleep seven to eight hours.", 7, 8, "hours", "", "range"),
        ("They were aged 60 or over.", 60, None, "", "", "at least"),
        ("Half of the voters came.", 0.5, None, "share", "voters", ""),
        ("Nearly two-thirds of the staff left.", 0.6667, None, "share", "staff", "nearly"),
        ("One in three pensioners naps.", 0.3333, None, "share", "pensioners", ""),
        ("Several hundred families fled.", "several hundred", None, "", "families", ""),
        ("It holds 5 million barrels of oil.", 5_000_000, None, "barrels", "oil", ""),
        ("Profit was 4.1 billion crowns.", 4_100_000_000, None, "crowns", "", ""),
        ("As many as 180 people drowned.", 180, None, "", "people", "as many as"),
    ],
)
def test_a_figure_has_value_unit_bound_and_what_it_counts(
    text: str, value: float | str, upper: float | None, unit: str, what: str, bound: str
) -> None:
    figure = spot(text)[0].quantities[0]
    assert (figure.value, figure.upper, figure.unit, figure.what, figure.bound) == (
        value,
        upper,
        unit,
        what,
        bound,
    )


def test_a_score_is_no_range() -> None:
    assert spot("Rovers lost 3-2 at home.")[0].quantities == ()
