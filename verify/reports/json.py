"""The lossless report: canonical JSON, one byte form for one content."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, BinaryIO

import rfc8785

from verify.publishing.claimreview import stamp
from verify.publishing.content import PublishedVersion
from verify.publishing.method import METHOD
from verify.reports.contents import Report

SCHEMA = "verify.report/1"


def write(report: Report, out: BinaryIO) -> None:
    """Write the report verdict by verdict; “verdicts” sorts last, so the whole is canonical too."""
    out.write(rfc8785.dumps(_head(report))[:-1] + b',"verdicts":[')
    for position, version in enumerate(report.versions):
        out.write((b"," if position else b"") + rfc8785.dumps(_verdict(version)))
    out.write(b"]}")


def _head(report: Report) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "title": report.title,
        "chosen": report.chosen,
        "built_at": stamp(report.built_at),
        "count": report.count,
        "contents_sha256": report.checksum,
        "publisher": asdict(report.publisher),
        "method": {
            "address": report.publisher.method_address,
            "sections": [{"heading": s.heading, "paragraphs": list(s.paragraphs)} for s in METHOD],
        },
    }


def _verdict(version: PublishedVersion) -> dict[str, Any]:
    return {
        "reference": version.reference,
        "number": version.number,
        "kind": version.kind,
        "reason": version.reason,
        "published_at": stamp(version.published_at),
        "address": version.address,
        "content_sha256": version.content_sha256,
        "content": version.content,
        "history": [asdict(entry) | {"published_at": stamp(entry.published_at)} for entry in version.history],
    }
