"""One line a verdict for spreadsheets and scripts, streamed. JSON is the lossless form; this one is guarded.

A cell that a spreadsheet would run as a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO

from verify.publishing import words
from verify.publishing.claimreview import stamp
from verify.publishing.content import PublishedVersion
from verify.reports.contents import Report

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = (
    "reference", "version", "kind", "published_at", "investigation", "claim", "language", "claimant", "claimant_kind",
    "claimed_on", "rating", "rating_label", "rating_value", "summary", "sourcing", "attribution", "confirmation",
    "reliability", "credibility", "confidence", "settled_by", "override_reason", "articles", "origins_lower",
    "origins_upper", "origins", "chains", "evidence", "public_reason", "address", "content_sha256", "rubric_version",
    "method", "report_contents_sha256",
)  # fmt: skip


def write(report: Report, out: BinaryIO) -> None:
    """Write the header and one line a verdict, in UTF-8 with CRLF as RFC 4180 says."""
    for line in lines(report):
        out.write(line.encode())


def lines(report: Report) -> Iterator[str]:
    """The report line by line, so that a long one never stands in memory whole."""
    page = StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow(COLUMNS)
    yield page.getvalue()
    for version in report.versions:
        page.seek(0)
        page.truncate()
        writer.writerow([guarded(cell) for cell in _cells(report, version)])
        yield page.getvalue()


def guarded(cell: str | int | None) -> str | int:
    """The cell, with an apostrophe before text that a spreadsheet would take for a formula."""
    if isinstance(cell, str) and (cell.startswith(TRIGGERS) or cell.lstrip().startswith(TRIGGERS)):
        return "'" + cell
    return "" if cell is None else cell


def _cells(report: Report, version: PublishedVersion) -> list[str | int | None]:
    content = version.content
    claimant, grades, origins = content["claimant"], content["grades"], content["origins"]
    word = words.RATINGS[content["rating"]]
    return [
        version.reference, version.number, version.kind, stamp(version.published_at), content["investigation"],
        content["claim"], content["language"], claimant and claimant["name"], claimant and claimant["kind"],
        content["claimed_on"], content["rating"], word.label, word.value, content["summary"], grades["sourcing"],
        grades["attribution"], grades["confirmation"], content["reliability"], content["credibility"],
        content["confidence"], content["settled_by"], content["override_reason"], origins["articles"],
        origins["lower"], origins["upper"], "; ".join(origin["name"] for origin in origins["origins"]),
        "; ".join(_chain(version)), "; ".join(_evidence(version)), version.reason, version.address,
        version.content_sha256, content["rubric_version"], report.publisher.method_address, report.checksum,
    ]  # fmt: skip


def _chain(version: PublishedVersion) -> Iterator[str]:
    for appearance in version.content["appearances"]:
        yield " › ".join([appearance["outlet"], *(hop["name"] for hop in appearance["chain"])])


def _evidence(version: PublishedVersion) -> Iterator[str]:
    for piece in version.content["evidence"]:
        yield " ".join(filter(None, [f"[{piece['stance']}]", piece["title"], piece["url"], piece["sha256"]]))
