"""Structured markup for machines: one ClaimReview for each verdict that stands, and a note for each withdrawn."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from verify.publishing.claimreview import CONTEXT, markup, organization, stamp
from verify.reports.contents import Report


def write(report: Report, out: BinaryIO) -> None:
    """Write one JSON-LD graph: the report itself, then the markup of each page."""
    out.write(f'{{"@context":{json.dumps(CONTEXT)},"@graph":[\n'.encode())
    out.write(_line(_report_node(report)))
    for version in report.versions:
        node = markup(version)
        del node["@context"]
        out.write(b",\n" + _line(node))
    out.write(b"\n]}\n")


def _report_node(report: Report) -> dict[str, Any]:
    return {
        "@type": "Report",
        "name": report.title,
        "description": report.chosen,
        "dateCreated": stamp(report.built_at),
        "publisher": organization(report.publisher),
        "publishingPrinciples": report.publisher.method_address,
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "SHA-256 of the contents",
            "value": report.checksum,
        },
    }


def _line(node: dict[str, Any]) -> bytes:
    # "<" is escaped, so that the graph may be pasted into a page's script element as it is
    return json.dumps(node, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c").encode()
