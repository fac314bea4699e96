"""The report as a tagged PDF/UA-1, set by typst. Text reaches typst as JSON only, so nothing typed is ever run."""

from __future__ import annotations

import json
from typing import BinaryIO

from verify.reports.contents import Report
from verify.reports.glyphs import drawable, font_folders
from verify.reports.layout import document
from verify.reports.typesetting import typeset


def write(report: Report, out: BinaryIO) -> None:
    """Set the report; the same report gives the same bytes."""
    page = json.dumps(drawable(document(report)), ensure_ascii=False)
    typeset(page, int(report.built_at.timestamp()), font_folders(), out)
