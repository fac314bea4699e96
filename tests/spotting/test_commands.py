"""`verify spot` prints a table or one record a line, and says plainly what it cannot read."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from verify.spotting.commands import spot

TEXT = "The army said at least 23 people had died. It could not be confirmed.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_table_names_the_source_and_counts_the_assertions(article: Path) -> None:
    result = CliRunner().invoke(spot, [str(article)])
    assert result.exit_code == 0
    assert "— army" in result.output or "— The army" in result.output
    assert "2 assertions, 1 of them attributed" in result.output


def test_jsonl_is_one_record_a_line_that_reads_back(article: Path) -> None:
    result = CliRunner().invoke(spot, [str(article), "--jsonl", "--published", "2021-09-06"])
    records = [json.loads(line) for line in result.output.splitlines()]
    assert [TEXT[record["start"] : record["end"]] for record in records] == [
        "The army said at least 23 people had died.",
        "It could not be confirmed.",
    ]
    assert records[0]["chain"][0]["aliases"] is not None
    assert records[0]["quantities"][0]["value"] == 23
    assert records[0]["caveat"]


def test_a_dash_reads_standard_input() -> None:
    result = CliRunner().invoke(spot, ["-", "--jsonl"], input=TEXT)
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"caf\xe9", "is not UTF-8 text: byte 3"),
        (b"a\0b", "zero bytes"),
        (b"a" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    result = CliRunner().invoke(spot, [str(path)])
    assert result.exit_code == 1
    assert sentence in result.output


def test_a_missing_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(spot, [str(tmp_path / "none.txt")])
    assert result.exit_code == 1
    assert "cannot be read" in result.output


def test_a_byte_order_mark_and_utf_16_are_read(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        path = tmp_path / f"{encoding}.txt"
        path.write_text(TEXT, encoding=encoding)
        assert CliRunner().invoke(spot, [str(path)]).exit_code == 0
