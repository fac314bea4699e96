"""Building a report: first the file, while only reading; then its row and log entry, in one short transaction."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Refused
from verify.evidence import blobs
from verify.permissions import Permission, demand
from verify.publishing.content import PublishedVersion, Publisher
from verify.publishing.lookups import all_published, newest_versions
from verify.publishing.selection import Selection
from verify.reports import contents
from verify.reports.formats import FORMATS, ReportFormat
from verify.reports.models import Report
from verify.reports.models import ReportFormat as FormatName
from verify.reports.typesetting import TypesettingFailed

LONGEST_TITLE = 200
DEFAULT_TITLE = "Published verdicts"
log = logging.getLogger(__name__)
_LARGEST = 1024 * blobs.MEBIBYTE


@dataclass(frozen=True)
class Built:
    """A report whose file is safely on the disk, before the desk has taken note of it."""

    report: contents.Report
    form: ReportFormat
    selection: Selection
    kept: blobs.Kept
    file_name: str


class _Chosen:
    """The chosen versions, read anew each time, so that a long report never stands in memory whole."""

    def __init__(self, session: Session, keys: Sequence[tuple[int, int]], publisher: Publisher) -> None:
        self._session, self._keys, self._publisher = session, keys, publisher

    def __iter__(self) -> Iterator[PublishedVersion]:
        return all_published(self._session, self._keys, self._publisher)


def compose(session: Session, selection: Selection, *, title: str, publisher: Publisher) -> contents.Report:
    """The report over what is published now and fits the selection; refused when nothing does."""
    listed = newest_versions(session, selection)
    missing = sorted(set(selection.references) - {reference for _, reference, _, _ in listed})
    if missing:
        raise Refused(f"Nothing is published under {', '.join(missing)}. Take it out of the choice.")
    if not listed:
        raise Refused("No published verdict fits this choice. Widen the filters, then build the report.")
    return contents.Report(
        title=title.strip()[:LONGEST_TITLE] or DEFAULT_TITLE,
        chosen=selection.sentence,
        publisher=publisher,
        built_at=now(),
        count=len(listed),
        checksum=contents.checksum((reference, number, digest) for _, reference, number, digest in listed),
        versions=_Chosen(session, [(key, number) for key, _, number, _ in listed], publisher),
    )


def write(report: contents.Report, form: ReportFormat, out: BinaryIO) -> None:
    """Write a report in a format; refused when there are more verdicts than its files can sensibly hold."""
    if form.most is not None and report.count > form.most:
        raise Refused(
            f"{report.count:,} verdicts are too many for {form.label}, which takes up to {form.most:,}. "
            "Narrow the choice, or take CSV or JSON.",
            field="format",
        )
    try:
        form.write(report, out)
    except TypesettingFailed as fault:
        log.error("typesetting: %s", fault)
        raise Refused(
            f"{form.label} could not be made of this choice. Take HTML, and tell an administrator.", "format"
        ) from fault


def build(
    session: Session, actor: Person, selection: Selection, *, form: str, title: str, publisher: Publisher, root: Path
) -> Built:  # fmt: skip
    """Build the file of a report and put it on the disk; needs no write transaction."""
    demand(actor, Permission.BUILD_REPORT)
    report = compose(session, selection, title=title, publisher=publisher)
    chosen = FORMATS[form]
    with tempfile.TemporaryFile() as file:
        write(report, chosen, file)
        file.seek(0)
        kept = blobs.keep(root, file, largest=_LARGEST)
    return Built(report, chosen, selection, kept, file_name(report, chosen))


def keep(session: Session, actor: Person, built: Built) -> Report:
    """Take note of a built report, so that everybody on the desk can download it again."""
    demand(actor, Permission.BUILD_REPORT)
    blob = blobs.record(session, built.kept, built.form.media_type)
    row = Report(
        title=built.report.title, format=FormatName(built.form.name), criteria=built.selection.as_json(),
        verdict_count=built.report.count, content_sha256=built.report.checksum, sha256=blob.sha256,
        file_name=built.file_name, built_by_id=actor.id, built_at=built.report.built_at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    payload = {"format": built.form.name, "verdicts": built.report.count, "sha256": blob.sha256,
               "contents_sha256": built.report.checksum, "criteria": built.selection.as_json()}  # fmt: skip
    audit.record(session, actor, "report.built", row, payload)
    return row


def file_name(report: contents.Report, form: ReportFormat) -> str:
    """A name for the file in plain letters: the title, the day and the format."""
    plain = re.sub(r"[^a-z0-9]+", "-", report.title.lower()).strip("-")[:80] or "verdicts"
    return f"{plain}-{report.built_at:%Y-%m-%d}{form.suffix}"
