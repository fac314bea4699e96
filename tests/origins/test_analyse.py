"""`verify analyse`: a handful of articles, without a desk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from verify.cli import cli
from verify.origins.analyse import Document, analyse, as_record, letter
from verify.origins.analysis_report import report

ONE = """Dam gates opened at Orta

ORTA (Highland News) - The gates of the Orta dam were opened before dawn on Tuesday, the Orta Water Board said.

Forty houses stand under water, residents said.

"We warned everybody in time," Orta Water Board spokeswoman Lale Demir said.
"""
TWO = """Flood reaches Orta

The Orta Water Board opened the gates of the Orta dam before dawn on Tuesday, spokeswoman Lale Demir said.

The report that the gates of the Orta dam were opened is false, the Hill Farmers Union said.

The town lies below the dam in a narrow valley that has been flooded twice since 1950, and most of its people work in
the mill.
"""
THREE = """What we know

The town lies below the dam in a narrow valley that has been flooded twice since 1950, and most of its people work in
the mill. Nobody knows who gave the order.
"""


def files(tmp_path: Path) -> list[str]:
    paths = []
    for number, text in enumerate((ONE, TWO, THREE)):
        path = tmp_path / f"article-{number}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return paths


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["analyse", *arguments], terminal_width=80)
    return result.exit_code, result.output


def test_the_record_has_the_shape_that_others_read(tmp_path: Path) -> None:
    code, output = run("--json", *files(tmp_path))
    assert code == 0
    found = json.loads(output)
    assert set(found) == {"articles", "assertions", "claims", "shared"}
    for claim in found["claims"]:
        assert set(claim) == {"statement", "members", "denied_by", "origins"}
        assert set(claim["origins"]) == {"lower", "upper", "names", "steps"}
        assert claim["origins"]["lower"] <= claim["origins"]["upper"]
    members = sorted(one for claim in found["claims"] for one in claim["members"] + claim["denied_by"])
    assert members == list(range(len(found["assertions"])))
    for one in found["assertions"]:
        text = (ONE, TWO, THREE)[one["article"]]
        assert text[one["start"] : one["end"]].strip()
        assert {"article", "start", "end", "statement", "chain"} <= set(one)
    for one in found["shared"]:
        assert set(one) == {"a", "b", "a_span", "b_span", "kind"}


def test_two_articles_that_state_one_claim_are_put_together_and_count_once() -> None:
    found = analyse([Document("one", ONE), Document("two", TWO)])
    claim = max(found.claims, key=lambda one: len(one.articles))
    assert claim.articles == (0, 1)
    assert [origin.name for origin in claim.reading.count.origins if origin.certain] == ["Orta Water Board"]
    assert len(claim.denied_by) == 1


def test_passages_that_articles_share_are_found() -> None:
    found = as_record(analyse([Document("two", TWO), Document("three", THREE)]))
    (passage, *_) = found["shared"]
    assert passage["kind"] == "narrative"
    start, end = passage["a_span"]
    low, high = passage["b_span"]
    assert " ".join(TWO[start:end].split()) == " ".join(THREE[low:high].split())


@pytest.mark.parametrize("width", [20, 40, 80, 300])
def test_the_report_fits_the_terminal_and_tells_why(width: int) -> None:
    found = analyse([Document("one.txt", ONE), Document("two.txt", TWO), Document("three.txt", THREE)])
    text = report(found, width)
    assert "Why" in text
    assert "✕ Hill Farmers Union" in " ".join(text.replace("\x1b[0m", "").split()).replace(
        "\x1b[31m\x1b[1m", ""
    )
    assert "Text that the articles share" in text


def test_the_report_needs_no_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERIFY_DATABASE_URL", "sqlite:////nowhere/at/all.sqlite")
    code, output = run(*files(tmp_path))
    assert code == 0
    assert "3 articles" in output
    assert "\x1b[" not in output  # a file or a pipe gets no colours


def test_what_cannot_be_read_is_refused_in_a_sentence(tmp_path: Path) -> None:
    binary, empty = tmp_path / "picture.txt", tmp_path / "empty.txt"
    binary.write_bytes(b"\x89PNG\xff\xfe\x00")
    empty.write_text("  \n")
    one = files(tmp_path)[0]
    for arguments, words in (
        ([str(tmp_path / "none.txt")], "cannot be read"),
        ([str(binary)], "is not UTF-8 text"),
        ([str(empty)], "holds no text"),
        ([one, one], "named twice"),
        ([f"{one}{n}" for n in range(51)], "too many"),
    ):
        code, output = run(*arguments)
        assert code == 1
        assert words in output


def test_an_article_alone_is_read_too(tmp_path: Path) -> None:
    code, output = run(files(tmp_path)[0])
    assert code == 0
    assert "1 article" in output


def test_letters_go_on_after_z() -> None:
    assert [letter(number) for number in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]
