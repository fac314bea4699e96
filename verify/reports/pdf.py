"""The report as a tagged PDF/UA-1, set by typst. Text reaches typst as JSON only, so nothing typed is ever run."""

from __future__ import annotations

import json
from functools import cache
from typing import BinaryIO

import typst

from verify.config import RESOURCES
from verify.reports.contents import Report
from verify.reports.glyphs import drawable, font_folders
from verify.reports.layout import document

TEMPLATE = RESOURCES / "templates" / "reports" / "report.typ"


def write(report: Report, out: BinaryIO) -> None:
    """Set the report; the same report gives the same bytes."""
    page = drawable(document(report))
    out.write(
        typst.compile(
            TEMPLATE,
            root=TEMPLATE.parent,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(page, ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=int(report.built_at.timestamp()),
        )
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder) for folder in font_folders()])
