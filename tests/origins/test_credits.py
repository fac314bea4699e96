"""Credits in a text: the article's own word that it comes from elsewhere."""

import pytest

from verify.origins.credits import credit_lines

STORY = "The bridge over the northern river was closed on Sunday, the town said.\n\n" * 12


@pytest.mark.parametrize(
    ("line", "name", "how"),
    [
        ("This article was adapted from Highland Post.", "Highland Post", "republishes"),
        ("This story was originally published in The Meridian Post on Monday.", "The Meridian Post", "republishes"),
        ("First published by Delta Courier", "Delta Courier", "republishes"),
        ("(With inputs from AFP)", "AFP", "credits"),
        ("With additional reporting from the Associated Press.", "the Associated Press", "credits"),
        ("Translated from Dari by Kabul Ledger", "Kabul Ledger", "translates"),
        ("Source: Highland News Agency", "Highland News Agency", "republishes"),
        ("— Reuters", "Reuters", "credits"),
    ],
)  # fmt: skip
def test_a_closing_line_says_where_a_text_comes_from(line: str, name: str, how: str) -> None:
    (found,) = credit_lines(f"{STORY}\n\n{line}")
    assert (found.name.removeprefix("the "), found.how) == (name.removeprefix("the "), how)


def test_a_dateline_credits_its_agency() -> None:
    (found,) = credit_lines(f"KABUL (Reuters) - {STORY}")
    assert (found.name, found.how) == ("Reuters", "credits")


def test_the_credit_of_a_photograph_is_not_the_texts() -> None:
    assert credit_lines(f"Men on a bridge in September. PHOTO: AFP\n\n{STORY}") == []


def test_an_original_that_nobody_names_is_told_all_the_same() -> None:
    (found,) = credit_lines(f"{STORY}\n\nThis article has been adapted from its original source.")
    assert (found.name, found.how) == ("", "republishes")


def test_prose_about_sources_is_no_credit() -> None:
    assert (
        credit_lines(
            f"{STORY}\nThe town took water from Lake Orta, it was first published by accident.\n{STORY}"
        )
        == []
    )
