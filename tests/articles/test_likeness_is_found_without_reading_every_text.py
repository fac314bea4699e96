"""Near duplicates are found through bands, the same in every process, and judged on the texts themselves."""

import random
import subprocess
import sys

from verify.articles.likeness import BANDS, NEAR, bands, fingerprint, likeness, shingles

WORDS = ("road", "valley", "bridge", "convoy", "driver", "guard", "dawn", "fuel", "winter", "radio")


def prose(seed: int, length: int = 300) -> list[str]:
    drawn = random.Random(seed)
    return [drawn.choice(WORDS) + str(drawn.randrange(40)) for _ in range(length)]


def shared(one: list[int], other: list[int]) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True))


def test_case_and_punctuation_do_not_hide_a_copy() -> None:
    assert shingles("“The road IS closed, today!” he said") == shingles("the road is closed today he said")


def test_a_lightly_edited_copy_shares_a_band_and_counts_as_near() -> None:
    words = prose(1)
    edited = [*words[:150], "and", "again", *words[150:290]]
    one, other = shingles(" ".join(words)), shingles(" ".join(edited))
    assert likeness(one, other) > NEAR
    assert shared(bands(one), bands(other)) > 0


def test_different_articles_share_no_band() -> None:
    signatures = [bands(shingles(" ".join(prose(seed)))) for seed in range(12)]
    assert all(shared(a, b) == 0 for at, a in enumerate(signatures) for b in signatures[:at])


def test_texts_at_the_threshold_are_found_more_than_nine_times_in_ten() -> None:
    found = 0
    for seed in range(40):
        words = prose(seed, 400)
        half = [*words[:268], *prose(seed + 1_000, 132)]  # two thirds in common: half of all runs of both
        found += shared(bands(shingles(" ".join(words))), bands(shingles(" ".join(half)))) > 0
    assert found >= 38


def test_bands_are_the_same_in_another_process() -> None:
    text = "one two three four five six seven eight"
    code = f"from verify.articles.likeness import *; print(bands(shingles({text!r})))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == str(bands(shingles(text)))


def test_bands_stay_what_stored_rows_hold() -> None:
    # Pinned: a library that hashes differently would make every stored band useless without a word.
    signature = bands(shingles("one two three four five six seven"))
    assert (len(signature), signature[0], signature[-1]) == (BANDS, -709673038446741979, signature[-1])


def test_texts_without_spaces_between_words_are_compared_by_character() -> None:
    assert likeness(shingles("塔利班控制了潘杰希尔山谷"), shingles("塔利班控制了潘杰希尔省")) > NEAR


def test_nothing_is_like_nothing() -> None:
    assert bands(shingles(" … ")) == []
    assert likeness(shingles(""), shingles("")) == 0.0


def test_a_fingerprint_changes_with_one_character() -> None:
    assert fingerprint("The road is closed") != fingerprint("The road is closed.")
