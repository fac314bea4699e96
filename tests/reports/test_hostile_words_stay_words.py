"""Whatever stands in a claim, a title or a reason is shown, never run, in every format."""

from __future__ import annotations

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import html5lib
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.publishing.samples import DESK, FIRST_DAY, content, version
from tests.reports.test_every_format_tells_the_same import words_of, written
from verify.publishing.content import PublishedVersion, WrongContent
from verify.reports.contents import Report, report_of
from verify.reports.csv import guarded
from verify.reports.formats import FORMATS

HOSTILE = [
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd",
    "\t=1+1",
    '#import "parts.typ"; #panic("ran")',
    "#sys.inputs $x^2$ *bold* _it_ `raw` <label> @ref // comment /* open",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}",
    "abc\u202egpj.exe\u2066hidden\u2069",
    "سلام، این یک آزمون است",
    "W" * 4000,
    "flag 🏳️‍🌈 face 😀 한국어 漢字 \U00012000",
    "line\nbreak\r\nand \x0bcontrol\x07",
    "\ufeffzero\u200bwidth\u00ad",
]


def report_with(*texts: str) -> Report:
    """A report with a verdict for each of these texts, in which every free text is that one."""
    versions = [version_with(text) for text in texts]
    return report_of(versions, title=texts[0], chosen=texts[0], publisher=DESK, built_at=FIRST_DAY)


def version_with(text: str) -> PublishedVersion:
    """A corrected verdict in which every free text is this one."""
    verdict: dict[str, Any] = content(
        claim=text,
        summary=text,
        investigation=text,
        override_reason=text,
        claimant={"name": text, "kind": "person"},
    )
    verdict["origins"] |= {
        "steps": [text],
        "origins": [{"name": text, "kind": "person", "party": True, "certain": True}],
    }
    for appearance in verdict["appearances"]:
        appearance |= dict.fromkeys(
            ("title", "outlet", "byline", "passage", "cue", "channel", "caveat"), text
        )
        appearance["chain"] = [{"name": text, "kind": "person", "role": text}]
    for piece in verdict["evidence"]:
        piece |= {"title": text, "note": text, "filename": text}
    for review in verdict["reviews"]:
        review["rationale"] = text
    return version(verdict, ("correction", text))


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_takes_every_text(name: str) -> None:
    assert written(name, report_with(*HOSTILE))


def test_typst_marks_are_printed_and_not_run() -> None:
    found = words_of("pdf", written("pdf", report_with(HOSTILE[3])))
    assert '#import"parts.typ";#panic("ran")' in found


def test_markup_in_a_claim_stays_text_in_html() -> None:
    page = html5lib.parse(written("html", report_with(HOSTILE[5])).decode(), namespaceHTMLElements=False)
    assert not list(page.iter("script"))
    assert page.find(".//h1").text == HOSTILE[5]


def test_template_marks_in_a_claim_are_not_run() -> None:
    assert "{{7*7}}{%raw%}" in words_of("html", written("html", report_with(HOSTILE[6])))


@pytest.mark.parametrize("name", ["html", "pdf"])
def test_controls_that_turn_the_text_round_are_shown(name: str) -> None:
    body = written(name, report_with(HOSTILE[7]))
    assert "[U+202E]gpj.exe" in words_of(name, body)
    assert "\u202e" not in body.decode("utf-8", "ignore")


def test_no_cell_of_a_csv_begins_with_a_formula() -> None:
    for row in csv.reader(StringIO(written("csv", report_with(*HOSTILE)).decode(), newline="")):
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_a_guarded_cell_gives_its_text_back(text: str) -> None:
    cell = str(guarded(text))
    assert cell in (text, "'" + text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_no_cell_of_a_workbook_is_a_formula() -> None:
    book = openpyxl.load_workbook(BytesIO(written("xlsx", report_with(*HOSTILE))))
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_a_cell_longer_than_excel_takes_says_that_it_was_cut() -> None:
    book = openpyxl.load_workbook(BytesIO(written("xlsx", report_with("😀 word " * 9000))))
    assert book["Verdicts"]["B2"].value.endswith("[cut; the JSON report holds the whole text]")


def test_jsonld_can_stand_inside_a_script_element() -> None:
    body = written("jsonld", report_with(HOSTILE[5])).decode()
    assert "</script" not in body
    assert json.loads(body)["@graph"][1]["claimReviewed"] == HOSTILE[5]


def test_an_address_that_is_not_http_never_reaches_a_report() -> None:
    verdict = content()
    verdict["evidence"][0]["url"] = "javascript:alert(1)"
    with pytest.raises(WrongContent):
        version(verdict)
