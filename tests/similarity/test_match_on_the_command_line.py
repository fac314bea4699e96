"""`verify match` reads two files of JSON lines, and says in a sentence what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from verify.similarity.commands import match

CLAIMS = [
    {"id": "bridge", "text": "The bridge at Karsk is closed.", "title": "Karsk bridge", "date": "4 May 2021"},
    {"id": 7, "text": "Goats live on the roof of the town hall.", "date": "unknown"},
]
QUERIES = [
    {"id": "q1", "text": "closed: Karsk bridge", "date": "2021-05-03"},
    {"id": 2, "text": "rooftop goats, town hall"},
]


def lines(records: Sequence[object]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def run(
    tmp_path: Path, claims: str | bytes, queries: str | bytes, *options: str, stdin: bool = False
) -> Result:
    files = []
    for name, content in (("claims.jsonl", claims), ("queries.jsonl", queries)):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        files.append(str(path))
    if stdin:
        return CliRunner().invoke(match, [files[0], "-", *options], input=queries)
    return CliRunner().invoke(match, [*files, *options])


@pytest.mark.parametrize("stdin", [False, True])
def test_each_query_is_answered_in_order(tmp_path: Path, stdin: bool) -> None:
    result = run(tmp_path, lines(CLAIMS), lines(QUERIES), "--top", "1", stdin=stdin)
    assert result.exit_code == 0
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(one["id"], one["ranked"]) for one in answers] == [("q1", ["bridge"]), (2, [7])]
    assert all(set(one) == {"id", "ranked", "scores", "none"} and 0 <= one["none"] <= 1 for one in answers)


def test_why_is_told_on_request(tmp_path: Path) -> None:
    result = run(tmp_path, lines(CLAIMS), lines(QUERIES[:1]), "--why")
    assert "1 day later" in json.loads(result.stdout)["why"][0]


@pytest.mark.parametrize(
    ("claims", "queries", "sentence"),
    [
        (lines(CLAIMS), lines(QUERIES) + "{broken\n", "queries.jsonl: Line 3 is not JSON"),
        (lines(CLAIMS) + "\n[]\n", "", "claims.jsonl: Line 4 is not a JSON object"),
        (lines(CLAIMS) + '{"id": "x"}\n', "", 'claims.jsonl: Line 3 has no "text"'),
        (lines(CLAIMS) + '{"text": "x"}\n', "", 'claims.jsonl: Line 3 has no "id"'),
        (lines(CLAIMS) + '{"id": "7", "text": "x"}\n', "", "claims.jsonl: Line 3 has the id '7', which"),
        (lines(CLAIMS) + '{"id": 8, "text": "x", "title": 5}\n', "", 'claims.jsonl: Line 3 has no "title"'),
        (lines(CLAIMS), '{"id": 8, "text": "x", "date": 5}\n', 'queries.jsonl: Line 1 has a "date"'),
        (lines(CLAIMS), b'{"id": 1, "text": "\xff"}\n', "queries.jsonl: Line 1 is not UTF-8"),
        (lines(CLAIMS), "[" * 100_000 + "\n", "queries.jsonl: Line 1 holds more than can be read"),
        ("", "", "claims.jsonl is empty"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, claims: str, queries: str | bytes, sentence: str) -> None:
    result = run(tmp_path, claims, queries)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_what_came_before_a_bad_query_is_answered(tmp_path: Path) -> None:
    result = run(tmp_path, lines(CLAIMS), lines(QUERIES) + "{broken\n")
    assert len(result.stdout.splitlines()) == 2


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(match, [str(tmp_path / "none.jsonl"), "-"])
    assert result.exit_code == 1
    assert "none.jsonl cannot be read" in result.stderr
    assert CliRunner().invoke(match, ["-", "-"]).exit_code == 2


def test_half_a_character_is_carried_through(tmp_path: Path) -> None:
    result = run(
        tmp_path, '{"id": "\\ud800", "text": "\\udfff goats \\u202e"}\n', '{"id": "q", "text": "goats"}\n'
    )
    assert result.exit_code == 0
    assert json.loads(result.stdout)["ranked"] == ["\ud800"]
