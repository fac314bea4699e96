"""The PDF: tagged, readable by machine and person, without anything that runs."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pdfua
import pypdf

from tests.reports.test_every_format_tells_the_same import small_report, written
from verify.reports.glyphs import characters_of, drawable, font_folders


def test_the_pdf_passes_the_accessibility_check(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(written("pdf"))
    findings = pdfua.validate(str(path)).findings
    assert [f"{finding.rule_id}: {finding.message}" for finding in findings] == []


def test_the_pdf_names_title_publisher_language_and_day() -> None:
    reader = pypdf.PdfReader(BytesIO(written("pdf")))
    assert reader.metadata is not None
    assert reader.metadata.title == "The valley in September"
    assert reader.metadata.author == "Kestrel Verification Desk"
    assert reader.metadata.creation_date == small_report().built_at
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]  # the root is a dictionary
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]  # the root is a dictionary


def test_each_claim_begins_on_its_own_page() -> None:
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(written("pdf"))).pages]
    for version in small_report().versions:
        assert sum(page.startswith(f"{version.reference} ·") for page in pages) == 1


def test_nothing_in_the_pdf_runs_and_links_are_http_only() -> None:
    body = written("pdf")
    for trap in (b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/EmbeddedFile", b"/AA "):
        assert trap not in body
    for page in pypdf.PdfReader(BytesIO(body)).pages:
        for note in page.get("/Annots") or []:
            action = note.get_object().get("/A")
            assert action is None or str(action.get_object()["/URI"]).startswith(("https://", "http://"))


def test_a_character_that_no_font_draws_is_written_as_its_code_point() -> None:
    assert drawable({"claim": ["plain", "سلام دری 😀", "\U00012000"]}) == {
        "claim": ["plain", "سلام دری 😀", "[U+12000]"]
    }


def test_the_character_map_of_a_font_is_read() -> None:
    inter = next(path for folder in font_folders() for path in folder.glob("Inter[[]*.ttf"))
    found = characters_of(inter.read_bytes())
    assert {ord("a"), ord("ß"), ord("→")} <= found
    assert ord("س") not in found
