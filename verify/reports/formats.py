"""The formats a report comes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from verify.reports import csv, html, json, jsonld, pdf, xlsx
from verify.reports.contents import Report


@dataclass(frozen=True)
class ReportFormat:
    """One format: how it is called, what it is for, and the function that writes it."""

    name: str
    label: str
    purpose: str
    media_type: str
    suffix: str
    write: Callable[[Report, BinaryIO], None]
    most: int | None = None  # more verdicts than this make a file nobody can open


FORMATS: dict[str, ReportFormat] = {
    form.name: form
    for form in (
        ReportFormat("pdf", "PDF", "to print, sign and hand over", "application/pdf", ".pdf", pdf.write, 200),
        ReportFormat("html", "HTML", "one file to read in any browser", "text/html", ".html", html.write, 2_000),
        ReportFormat("csv", "CSV", "one line a verdict, for scripts", "text/csv", ".csv", csv.write),
        ReportFormat(
            "xlsx", "XLSX", "a workbook with a sheet for each part",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx", xlsx.write, 50_000,
        ),
        ReportFormat(
            "json", "JSON", "lossless and canonical, to check the checksums", "application/json", ".json", json.write,
        ),
        ReportFormat(
            "jsonld", "ClaimReview", "JSON-LD for search engines and archives", "application/ld+json", ".jsonld",
            jsonld.write,
        ),
    )
}  # fmt: skip
