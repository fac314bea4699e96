"""Thirteen articles of our own, annotated before the spotter read them: most of what they say has to be found."""

import json

import pytest

from tests.spotting.scoring import GOLD, Score, score

AIM = 0.95
STEMS = sorted(path.stem for path in GOLD.glob("*.txt"))


@pytest.fixture(scope="module", params=[False, True], ids=["rules alone", "with the trained part"])
def whole(request: pytest.FixtureRequest) -> Score:
    return score(trained=request.param)


@pytest.mark.parametrize(
    "measure",
    [
        "coverage",
        "attribution",
        "chain",
        "kind",
        "mode",
        "cue",
        "channel",
        "caveat",
        "denial",
        "figure",
        "date",
    ],
)
def test_what_annotated_articles_say_is_found(whole: Score, measure: str) -> None:
    misses = [line for line in whole.misses if line.startswith(measure)]
    assert whole.figures()[measure] >= AIM, misses


@pytest.mark.parametrize(("measure", "aim"), [("place", 0.9), ("place found", 0.9)])
def test_places_are_found_and_little_else_is_taken_for_one(whole: Score, measure: str, aim: float) -> None:
    misses = [line for line in whole.misses if line.startswith(measure)]
    assert whole.figures()[measure] >= aim, misses


@pytest.mark.parametrize("stem", STEMS)
def test_no_single_kind_of_article_falls_behind(stem: str) -> None:
    result = score([stem], trained=False)
    assert result.figures()["attribution"] >= 0.9, result.misses


def test_annotated_passages_stand_where_the_annotation_says() -> None:
    for path in GOLD.glob("*.txt"):
        text = path.read_bytes().decode("utf-8")
        for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            assert text[record["start"] : record["end"]] == record["passage"]
