"""`verify spot` and `verify rank`: a table, one record a line, batches, and plain words for what cannot be read."""

import json
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from verify.spotting import batches
from verify.spotting.arrivals import Lines
from verify.spotting.checkworthiness import rank as rank_texts
from verify.spotting.commands import rank, spot
from verify.spotting.spot import spot as find_assertions
from verify.spotting.tables import columns_of, table, wrapped

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
    assert "at least 23 people" in result.output
    assert "caveat: " in result.output
    assert "Found by" in result.output
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


@pytest.mark.parametrize("width", [20, 44, 80, 96, 120, 148, 400])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    text = TEXT + "“We will go,” Lale Demir of the 水利部門 said on " + "Sunday" * 40 + ".\n"
    lines = table(find_assertions(text), width).splitlines()
    assert max(map(columns_of, lines)) <= max(width, 32)
    assert max(map(columns_of, lines)) <= 148


def test_a_wide_table_sets_who_says_so_beside_and_a_narrow_one_below() -> None:
    found = find_assertions(TEXT)
    wide = next(line for line in table(found, 120).splitlines() if "23 people" in line)
    narrow = next(line for line in table(found, 60).splitlines() if "23 people" in line)
    assert "army" in wide
    assert "army" not in narrow


def test_colour_is_for_terminals_alone(article: Path) -> None:
    assert "\x1b" not in CliRunner().invoke(spot, [str(article)]).output
    assert "\x1b[" in table(find_assertions(TEXT), 100, colour=True)
    plain = table(find_assertions(TEXT), 100)
    assert "\x1b" not in plain


def test_a_table_obeys_no_control_of_the_text() -> None:
    text = "The army \x1b[31msaid\x07 that \u202e23 people\u202c had died.\n"
    shown = table(find_assertions(text), 100)
    assert not {"\x1b", "\x07", "\u202e", "\u202c"} & set(shown)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.integers(4, 60))
def test_wrapping_keeps_every_word_within_its_width(words: str, width: int) -> None:
    lines = wrapped(words, width)
    assert all(columns_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(wrapped(words, 10_000)[0].split())


def written(tmp_path: Path, *lines: str | bytes) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join(line.encode() if isinstance(line, str) else line for line in lines))
    return path


def test_a_batch_gives_one_line_a_text_in_the_form_of_the_scorer(tmp_path: Path) -> None:
    path = written(
        tmp_path, json.dumps({"id": "a", "text": TEXT}), "", json.dumps({"id": 7, "text": "", "more": 1})
    )
    result = CliRunner().invoke(spot, ["--batch", str(path)])
    assert result.exit_code == 0
    first, second = map(json.loads, result.output.splitlines())
    assert (first["id"], second["id"]) == ("a", 7)
    assert all(set(one) == {"source", "cue", "content"} for one in first["attributions"])
    one = next(one for one in first["attributions"] if one["source"])
    assert [TEXT[start:end] for start, end in one["cue"]] == ["said"]
    assert [TEXT[start:end] for start, end in one["source"]] == ["The army"]
    assert [TEXT[start:end] for start, end in one["content"]] == ["at least 23 people had died"]
    assert [record["start"] for record in first["assertions"]] == [0, 43]
    assert (second["attributions"], second["assertions"]) == ([], [])


def test_a_batch_resolves_days_against_the_day_of_its_text(tmp_path: Path) -> None:
    text = "The army said on Sunday that it had left.\n"
    path = written(tmp_path, json.dumps({"id": 1, "text": text, "published_on": "2021-09-06"}))
    record = json.loads(CliRunner().invoke(spot, ["--batch", str(path)]).output)
    assert record["assertions"][0]["dates"][0]["day"] == "2021-09-05"


BAD_LINES = [
    (b"{", "Line 2 is not JSON"),
    (b"[1]", "Line 2 is not a JSON object"),
    (b'{"text": "a"}', 'Line 2 has no "id"'),
    (b'{"id": true, "text": "a"}', 'Line 2 has no "id"'),
    (b'{"id": 1}', 'Line 2 has no "text"'),
    (b'{"id": 1, "text": null}', 'Line 2 has no "text"'),
    (b'{"id": 1, "text": "caf\xe9"}', "Line 2 is not UTF-8: byte 22"),
    (b'{"id": 1, "text": "a", "published_on": "Sunday"}', "is not a day such as"),
    (b"[" * 100_000, "Line 2 is nested too deeply"),
    (b'{"id": NaN, "text": "a"}', 'Line 2 has no "id"'),
    (b'{"id": 1e999, "text": "a"}', 'Line 2 has no "id"'),
    (b'{"id": ' + b"9" * 5_000 + b', "text": "a"}', "Line 2 holds a number with too many digits"),
]


@pytest.mark.parametrize("command", [spot, rank], ids=["spot", "rank"])
@pytest.mark.parametrize(("line", "sentence"), BAD_LINES)
def test_a_bad_line_is_named_by_its_number_after_the_answers_before_it(
    tmp_path: Path, command: object, line: bytes, sentence: str
) -> None:
    path = written(tmp_path, json.dumps({"id": "good", "text": TEXT}), line)
    result = CliRunner().invoke(command, ["--batch", str(path)])  # type: ignore[arg-type]  # both are commands
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "in.jsonl" in result.stderr
    (answer,) = result.stdout.splitlines()
    assert json.loads(answer)["id"] == "good"


def test_a_batch_streams_from_standard_input_line_by_line() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "verify.cli", "spot", "--batch", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    with process:
        for number in (1, 2):
            process.stdin.write(json.dumps({"id": number, "text": TEXT}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number  # without waiting for more lines
        process.stdin.close()
        assert process.wait(20) == 0


def test_a_line_without_end_is_refused_before_it_fills_the_memory() -> None:
    lines = Lines(BytesIO(b'{"id": 1}' + b" " * 500_000), longest=100_000)
    assert len(next(iter(lines))) < 200_000


@given(st.binary(max_size=400), st.integers(1, 40))
def test_lines_come_as_they_were_written(written: bytes, chunk: int) -> None:
    class Slow(BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            return super().read(chunk)

    assert b"\n".join(Lines(Slow(written), 10_000)) == written.removesuffix(b"\n")


def test_half_of_a_pair_comes_back_escaped(tmp_path: Path) -> None:
    path = written(tmp_path, r'{"id": "x", "text": "The army said \ud83d it had left."}')
    result = CliRunner().invoke(spot, ["--batch", str(path)])
    assert result.exit_code == 0
    assert json.loads(result.output)["assertions"]


def test_a_file_and_a_batch_are_not_given_together(article: Path) -> None:
    assert CliRunner().invoke(spot, [str(article), "--batch", str(article)]).exit_code == 2
    assert CliRunner().invoke(spot, []).exit_code == 2
    assert CliRunner().invoke(rank, []).exit_code == 2


@pytest.mark.parametrize("command", [spot, rank], ids=["spot", "rank"])
def test_a_batch_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path, command: object) -> None:
    for path in (tmp_path / "none.jsonl", tmp_path):
        result = CliRunner().invoke(command, ["--batch", str(path)])  # type: ignore[arg-type]  # both are commands
        assert result.exit_code == 1
        assert "cannot be read" in result.output


def test_rank_says_of_each_text_how_much_it_is_worth_checking(tmp_path: Path) -> None:
    texts = ["At least 700 soldiers were killed in Orta.", "I think it will be a beautiful day.", ""]
    lines = [json.dumps({"id": at, "text": text, "label": 1}) for at, text in enumerate(texts)]
    result = CliRunner().invoke(rank, ["--batch", str(written(tmp_path, *lines))])
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [set(answer) for answer in answers] == [{"id", "score", "label"}] * 3
    assert [answer["id"] for answer in answers] == [0, 1, 2]
    assert answers[0]["score"] > answers[1]["score"]
    assert [answer["label"] for answer in answers] == [1, 0, 0]
    assert all(0 <= answer["score"] <= 1 for answer in answers)
    assert [(answer["score"], bool(answer["label"])) for answer in answers] == rank_texts(texts)


def test_groups_come_whole_and_a_bad_line_after_them() -> None:
    def lines() -> Iterator[bytes]:
        yield from (json.dumps({"id": number, "text": "a"}).encode() for number in range(5))
        yield b"{"

    groups, seen = batches.in_groups(batches.texts_of(lines()), 2), []
    for _ in range(3):
        seen.append([text.id for text in next(groups)])
    with pytest.raises(batches.BadLine, match="Line 6"):
        next(groups)
    assert seen == [[0, 1], [2, 3], [4]]


def test_no_command_of_the_spotter_loads_a_database_or_a_web_framework(article: Path) -> None:
    loaded = (
        f"import sys; from verify.cli import cli; cli(['spot', {str(article)!r}], standalone_mode=False); "
        "print([name for name in ('flask', 'sqlalchemy', 'torch', 'requests') if name in sys.modules])"
    )
    shown = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert shown.stdout.splitlines()[-1] == "[]"
