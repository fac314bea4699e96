"""Reports: the same verdicts in every format, with method and checksum, the same bytes each time."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import timedelta
from functools import cache
from io import BytesIO, StringIO
from itertools import pairwise

import html5lib
import openpyxl
import pypdf
import pytest
import rfc8785

from tests.publishing.samples import CONFIRMED, DESK, FIRST_DAY, content, version
from verify.publishing.content import content_hash
from verify.reports.contents import Report, report_of
from verify.reports.formats import FORMATS

CORRECTED = "The first version counted eight articles. It is seven."
WITHDRAWN = "The passage was not in the article as first published."


def small_report() -> Report:
    """Three verdicts: one that stands, one corrected, one withdrawn."""
    versions = [
        version(content(CONFIRMED)),
        version(content(), ("correction", CORRECTED)),
        version(content(reference="PAN-0031", rating="false"), ("retraction", WITHDRAWN)),
    ]
    return report_of(
        versions, title="The valley in September", chosen="All verdicts on Panjshir.", publisher=DESK,
        built_at=FIRST_DAY + timedelta(days=9),
    )  # fmt: skip


def written(name: str, report: Report | None = None) -> bytes:
    """The bytes in one format of a report; of the small one where none is given."""
    if report is None:
        return _small_written(name)
    out = BytesIO()
    FORMATS[name].write(report, out)
    return out.getvalue()


@cache
def _small_written(name: str) -> bytes:
    return written(name, small_report())


def words_of(name: str, body: bytes) -> str:
    """Everything that a reader of this format can read, white space evened out."""
    if name == "pdf":
        text = "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(body)).pages)
    elif name == "xlsx":
        book = openpyxl.load_workbook(BytesIO(body))
        text = " ".join(
            str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row if c
        )
    elif name == "html":
        text = "".join(html5lib.parse(body.decode(), treebuilder="etree").itertext())
    else:
        text = body.decode()
    return "".join(text.split())


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_the_same_byte_for_byte_each_time(name: str) -> None:
    assert written(name, small_report()) == written(name)


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_carries_claims_checksum_and_method(name: str) -> None:
    report = small_report()
    found = words_of(name, written(name))
    for expected in (*(v.content["claim"] for v in report.versions), report.checksum, DESK.method_address):
        assert "".join(expected.split()) in found


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_tells_the_correction_and_the_retraction(name: str) -> None:
    found = words_of(name, written(name))
    for reason in (CORRECTED, WITHDRAWN):
        assert "".join(reason.split()) in found


@pytest.mark.parametrize("name", ["pdf", "html", "xlsx", "json"])
def test_the_full_formats_carry_rationales_and_evidence_hashes(name: str) -> None:
    found = words_of(name, written(name))
    assert "Thepasscoversathirdofthevalley" in found
    assert "c0de" * 16 in found


def test_json_is_lossless_and_canonical() -> None:
    body = written("json")
    read = json.loads(body)
    assert rfc8785.dumps(read) == body
    for verdict in read["verdicts"]:
        assert content_hash(verdict["content"]) == verdict["content_sha256"]


def test_a_stranger_can_repeat_the_checksum_of_a_report() -> None:
    read = json.loads(written("json"))
    keys = ("reference", "number", "content_sha256")
    listed = [{key: verdict[key] for key in keys} for verdict in read["verdicts"]]
    assert hashlib.sha256(rfc8785.dumps(listed)).hexdigest() == read["contents_sha256"]


def test_another_choice_or_order_has_another_checksum() -> None:
    report = small_report()
    versions = list(report.versions)
    rest = {"title": "t", "chosen": "c", "publisher": DESK, "built_at": FIRST_DAY}
    checksums = {report_of(chosen, **rest).checksum for chosen in (versions, versions[:2], versions[::-1])}  # type: ignore[arg-type]  # plain keywords
    assert len(checksums) == 3


def test_csv_holds_one_line_a_verdict_under_one_header() -> None:
    rows = list(csv.DictReader(StringIO(written("csv").decode(), newline="")))
    assert [row["reference"] for row in rows] == ["PAN-0003", "PAN-0012", "PAN-0031"]
    assert rows[1]["rating_value"] == ""
    assert rows[1]["chains"].startswith("The Northern Courier › Tass › Fahim Dashti")


def test_xlsx_cells_are_typed() -> None:
    book = openpyxl.load_workbook(BytesIO(written("xlsx")))
    assert book.sheetnames == ["About", "Verdicts", "Appearances", "Evidence", "Reviews", "History"]
    heads, first = list(book["Verdicts"].iter_rows(max_row=2))
    cells = {head.value: cell for head, cell in zip(heads, first, strict=True)}
    assert cells["Sourcing"].data_type == "n"
    assert cells["Claim"].data_type in {"s", "inlineStr"}
    assert cells["Claimed on"].is_date


def test_jsonld_holds_one_claimreview_for_each_verdict_that_stands() -> None:
    graph = json.loads(written("jsonld"))["@graph"]
    assert [node["@type"] for node in graph] == ["Report", "ClaimReview", "ClaimReview", "WebPage"]


def test_html_needs_nothing_from_anywhere() -> None:
    page = html5lib.parse(written("html").decode(), namespaceHTMLElements=False)
    assert not [tag for name in ("script", "img", "link", "iframe") for tag in page.iter(name)]
    levels = [int(tag.tag[1]) for tag in page.iter() if str(tag.tag) in {"h1", "h2", "h3", "h4"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
