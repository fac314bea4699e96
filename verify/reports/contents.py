"""What a report holds, before any format: the verdicts chosen, how they were chosen, and their checksum."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785

from verify.publishing.content import PublishedVersion, Publisher


@dataclass(frozen=True)
class Report:
    """A report ready to be written; `versions` may be read more than once, and need not fit in memory."""

    title: str
    chosen: str
    publisher: Publisher
    built_at: datetime
    count: int
    checksum: str
    versions: Iterable[PublishedVersion]


def checksum(listed: Iterable[tuple[str, int, str]]) -> str:
    """The SHA-256 of the listed verdicts, each as reference, version number and content checksum."""
    lines: list[Any] = [
        {"reference": ref, "number": number, "content_sha256": digest} for ref, number, digest in listed
    ]
    return hashlib.sha256(rfc8785.dumps(lines)).hexdigest()


def report_of(
    versions: Sequence[PublishedVersion], *, title: str, chosen: str, publisher: Publisher, built_at: datetime
) -> Report:
    """A report over versions that are all at hand."""
    listed = ((v.reference, v.number, v.content_sha256) for v in versions)
    return Report(title, chosen, publisher, built_at, len(versions), checksum(listed), versions)
