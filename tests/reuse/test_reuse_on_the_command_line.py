"""`verify reuse` and `verify stories`: JSONL in, JSONL out, and a sentence for a file that will not do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from verify.reuse.commands import reuse, stories

FERRY = [
    "The night ferry to Skarn ran aground on the outer reef and lost its rudder, the harbour office said on Monday.",
    "Nobody was hurt when the night ferry to Skarn ran aground on the outer reef; its rudder is lost.",
]
BAND = [
    "A brass band from Lower Ebble won the county cup for the third year running with a march by its own tuba player.",
    "Lower Ebble is celebrating: its brass band took the county cup once more, playing a march of its tuba player.",
]


def lines(path: Path, records: list[object]) -> str:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return str(path)


@pytest.fixture
def documents(tmp_path: Path) -> str:
    texts = [FERRY[0], BAND[0], FERRY[1], BAND[1], FERRY[0] + " Divers will look at the hull."]
    return lines(tmp_path / "docs.jsonl", [{"id": f"d{at}", "text": text} for at, text in enumerate(texts)])


def test_each_pair_gets_a_score_and_a_label(documents: str, tmp_path: Path) -> None:
    pairs = lines(tmp_path / "pairs.jsonl", [{"a": "d0", "b": "d4"}, {"a": "d0", "b": "d1"}])
    result = CliRunner().invoke(reuse, [documents, pairs])
    copied, apart = (json.loads(line) for line in result.output.splitlines())
    assert copied["label"] == "same"
    assert apart == {"a": "d0", "b": "d1", "score": 0.0, "label": "independent"}
    assert copied["score"] > 0.5


def test_texts_about_one_event_are_one_story(documents: str) -> None:
    result = CliRunner().invoke(stories, [documents])
    told = {one["id"]: one["cluster"] for one in map(json.loads, result.output.splitlines())}
    assert told == {"d0": 1, "d1": 2, "d2": 1, "d3": 2, "d4": 1}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}\n', "stands on two lines"),
        ('{"id": "a"}\n', "no text in it"),
        ('{"text": "x"}\n', "is missing"),
        ("[1]\n", "no JSON record"),
        ("{\n", "not JSON"),
        ("", "is empty"),
    ],
)
def test_a_file_that_will_not_do_gets_a_sentence(content: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "docs.jsonl"
    path.write_text(content, encoding="utf-8")
    result = CliRunner().invoke(stories, [str(path)])
    assert result.exit_code == 1
    assert sentence in result.output


def test_a_pair_of_an_unknown_text_is_named(documents: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        reuse, [documents, lines(tmp_path / "p.jsonl", [{"a": "d0", "b": "nowhere"}])]
    )
    assert result.exit_code == 1
    assert "line 1: no text has the id 'nowhere'" in result.output
