"""The workbook: verdicts, appearances, evidence, reviews and history, each on its sheet, every cell typed.

Text is written as text whatever it begins with, so that no cell is ever run as a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from verify.publishing import words
from verify.publishing.content import PublishedVersion
from verify.publishing.method import METHOD
from verify.reports.contents import Report

LONGEST = 32_000  # Excel's limit is 32,767 UTF-16 units a cell
CUT = "… [cut; the JSON report holds the whole text]"
Cell = str | int | date | datetime | None
SHEETS: dict[str, tuple[tuple[str, int], ...]] = {
    "Verdicts": (
        ("Reference", 12), ("Claim", 60), ("Rating", 14), ("Sourcing", 10), ("Attribution", 11), ("Confirmation", 13),
        ("Confidence", 12), ("Reliability", 11), ("Credibility", 11), ("Articles", 9), ("Origins from", 13),
        ("Origins to", 11), ("Claimant", 28), ("Claimed on", 12), ("Investigation", 28), ("Summary", 80),
        ("Version", 9), ("Kind", 12), ("Published (UTC)", 18), ("Public reason", 40), ("Settled by", 13),
        ("Reason for override", 40), ("Address", 44), ("Content SHA-256", 66),
    ),
    "Appearances": (
        ("Reference", 12), ("Outlet", 22), ("Title", 48), ("Byline", 22), ("Published on", 13), ("Passage", 80),
        ("Chain", 48), ("How said", 30), ("Caveat", 40), ("Address", 44), ("From", 8), ("To", 8), ("Text SHA-256", 66),
    ),
    "Evidence": (
        ("Reference", 12), ("Number", 9), ("Stance", 11), ("Facet", 14), ("Kind", 9), ("Title", 48), ("Note", 80),
        ("Address", 44), ("File", 28), ("Added (UTC)", 18), ("SHA-256", 66),
    ),
    "Reviews": (
        ("Reference", 12), ("Record", 16), ("Rating", 14), ("Sourcing", 10), ("Attribution", 11), ("Confirmation", 13),
        ("Rationale", 100),
    ),
    "History": (
        ("Reference", 12), ("Version", 9), ("Kind", 12), ("Published (UTC)", 18), ("Public reason", 80),
        ("Content SHA-256", 66),
    ),
}  # fmt: skip


def write(report: Report, out: BinaryIO) -> None:
    """Write the workbook row by row; memory stays flat however many verdicts there are."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "in_memory": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": report.title, "company": report.publisher.name,
                             "created": report.built_at.astimezone(UTC).replace(tzinfo=None)})  # fmt: skip
        pen = _Pen(book)
        pen.about(report)
        for name in SHEETS:
            pen.start(name)
        for version in report.versions:
            for name, rows in _ROWS.items():
                for row in rows(version):
                    pen.row(name, row)
        pen.finish()


class _Pen:
    """Writes rows in their cell types and remembers where each sheet stands."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.sheets: dict[str, Worksheet] = {}
        self.next_row: dict[str, int] = {}
        top = {"valign": "top"}
        self.head: Format = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F3EFE5", **top})
        self.text: Format = book.add_format({"text_wrap": True, **top})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", **top})
        self.moment: Format = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left", **top})

    def about(self, report: Report) -> None:
        sheet = self.book.add_worksheet("About")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 110)
        rows: list[tuple[str, Cell]] = [
            ("Report", report.title), ("Publisher", report.publisher.name), ("Chosen", report.chosen),
            ("Verdicts", report.count), ("Built (UTC)", report.built_at), ("Contents SHA-256", report.checksum),
            ("Method", report.publisher.method_address),
        ]  # fmt: skip
        rows += [(section.heading, "\n\n".join(section.paragraphs)) for section in METHOD]
        for position, (label, cell) in enumerate(rows):
            sheet.write_string(position, 0, label, self.head)
            self.cell(sheet, position, 1, cell)

    def start(self, name: str) -> None:
        sheet = self.sheets[name] = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for column, (heading, width) in enumerate(SHEETS[name]):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, self.head)
        self.next_row[name] = 1

    def row(self, name: str, cells: Sequence[Cell]) -> None:
        for column, cell in enumerate(cells):
            self.cell(self.sheets[name], self.next_row[name], column, cell)
        self.next_row[name] += 1

    def cell(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            sheet.write_string(row, column, _short_enough(cell), self.text)
        elif isinstance(cell, datetime):
            sheet.write_datetime(row, column, cell.astimezone(UTC).replace(tzinfo=None), self.moment)
        elif isinstance(cell, date):
            sheet.write_datetime(row, column, cell, self.day)
        elif cell is not None:
            sheet.write_number(row, column, cell, self.text)

    def finish(self) -> None:
        for name, sheet in self.sheets.items():
            sheet.autofilter(0, 0, max(self.next_row[name] - 1, 1), len(SHEETS[name]) - 1)


def _short_enough(text: str) -> str:
    if len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore") + CUT


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _verdict(version: PublishedVersion) -> Iterator[list[Cell]]:
    content = version.content
    grades, origins, claimant = content["grades"], content["origins"], content["claimant"]
    yield [
        version.reference, content["claim"], words.RATINGS[content["rating"]].label, grades["sourcing"],
        grades["attribution"], grades["confirmation"], words.CONFIDENCE[content["confidence"]], content["reliability"],
        content["credibility"], origins["articles"], origins["lower"], origins["upper"],
        claimant["name"] if claimant else None, _day(content["claimed_on"]), content["investigation"],
        content["summary"], version.number, words.VERSION_KINDS[version.kind], version.published_at, version.reason,
        content["settled_by"], content["override_reason"], version.address, version.content_sha256,
    ]  # fmt: skip


def _appearances(version: PublishedVersion) -> Iterator[list[Cell]]:
    for a in version.content["appearances"]:
        chain = " › ".join([a["outlet"], *(hop["name"] for hop in a["chain"])])
        yield [
            version.reference, a["outlet"], a["title"], a["byline"], _day(a["published_on"]), a["passage"], chain,
            words.how_said(a), a["caveat"], a["url"], a["start"], a["end"], a["text_sha256"],
        ]  # fmt: skip


def _evidence(version: PublishedVersion) -> Iterator[list[Cell]]:
    for piece in version.content["evidence"]:
        added = datetime.fromisoformat(piece["added_at"].replace("Z", "+00:00"))
        yield [
            version.reference, piece["number"], words.STANCES[piece["stance"]], words.FACETS[piece["facet"]],
            words.EVIDENCE_KINDS[piece["kind"]], piece["title"], piece["note"], piece["url"], piece["filename"], added,
            piece["sha256"],
        ]  # fmt: skip


def _reviews(version: PublishedVersion) -> Iterator[list[Cell]]:
    records: list[tuple[str, Any]] = [(review["label"], review) for review in version.content["reviews"]]
    if version.content["adjudication"]:
        records.append(("Adjudication", version.content["adjudication"]))
    for label, record in records:
        yield [
            version.reference, label, words.RATINGS[record["rating"]].label, record["sourcing"], record["attribution"],
            record["confirmation"], record["rationale"],
        ]  # fmt: skip


def _history(version: PublishedVersion) -> Iterator[list[Cell]]:
    for e in version.history:
        yield [
            version.reference,
            e.number,
            words.VERSION_KINDS[e.kind],
            e.published_at,
            e.reason,
            e.content_sha256,
        ]


_ROWS = {"Verdicts": _verdict, "Appearances": _appearances, "Evidence": _evidence, "Reviews": _reviews,
         "History": _history}  # fmt: skip
