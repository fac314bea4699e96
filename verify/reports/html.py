"""The report as one HTML file that needs nothing else: no script, no font or picture from anywhere."""

from __future__ import annotations

from functools import cache
from typing import BinaryIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from verify.config import RESOURCES
from verify.reports.contents import Report
from verify.reports.layout import document


def write(report: Report, out: BinaryIO) -> None:
    """Write the document; everything from elsewhere is escaped, and its text direction kept to itself."""
    for part in _template().generate(report=document(report)):
        out.write(part.encode())


@cache
def _template() -> Template:
    loader = FileSystemLoader(RESOURCES / "templates" / "reports")
    room = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return room.get_template("report.html")
