"""Reading reports that were built: lists by key, one by its number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from verify.accounts.models import Person
from verify.errors import Missing
from verify.permissions import Permission, may
from verify.publishing.models import Verdict
from verify.publishing.selection import Selection, narrowed
from verify.reports.models import Report

PAGE, PREVIEW = 20, 50


@dataclass(frozen=True, slots=True)
class Preview:
    """What a selection comes to: how many verdicts, and the first of them by reference."""

    count: int
    verdicts: list[Verdict]


def preview(session: Session, selection: Selection) -> Preview:
    """Count the chosen verdicts and show the first ones."""
    count = session.scalar(narrowed(select(func.count(Verdict.id)), selection)) or 0
    first = narrowed(select(Verdict), selection).order_by(Verdict.reference).limit(PREVIEW)
    return Preview(count, list(session.scalars(first)))


def reports(
    session: Session, reader: Person, *, older_than: int | None = None
) -> tuple[list[Report], int | None]:
    """One page of built reports, newest first, and the key of the next page."""
    if not may(reader, Permission.BUILD_REPORT):
        raise Missing
    query = select(Report).options(joinedload(Report.built_by), joinedload(Report.blob))
    if older_than is not None:
        query = query.where(Report.id < older_than)
    found = list(session.scalars(query.order_by(Report.id.desc()).limit(PAGE + 1)))
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def report(session: Session, reader: Person, number: int) -> Report:
    """One built report."""
    known = may(reader, Permission.BUILD_REPORT) and number < 2**31
    found = session.get(Report, number) if known else None
    if found is None:
        raise Missing("There is no report at this address.")
    return found
