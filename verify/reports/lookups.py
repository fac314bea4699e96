"""Reading reports that were built: lists by key, one by its number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from verify.accounts.models import Person
from verify.errors import Missing
from verify.permissions import Permission, may
from verify.publishing.concerns import BuiltReport
from verify.publishing.models import Verdict
from verify.publishing.selection import Selection, narrowed, selection_from
from verify.reports.models import Report

PAGE, PREVIEW = 20, 50
FILTERS = ("q", "investigation", "rating", "source", "since", "until")
_LATEST = 200  # reports that are looked through for a verdict


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


def selection_of(criteria: dict[str, Any]) -> Selection:
    """The selection that a kept report was built from."""
    chosen = selection_from(criteria)
    return Selection(
        **{name: getattr(chosen, name) for name in FILTERS}, references=tuple(criteria.get("references", ()))
    )


def reports_holding(session: Session, verdict: Verdict) -> list[BuiltReport]:
    """The latest reports that chose this verdict, built since it was published."""
    asked = (
        select(Report)
        .where(Report.built_at >= verdict.published_at)
        .order_by(Report.id.desc())
        .limit(_LATEST)
    )
    return [
        BuiltReport(report.title, report.file_name, report.built_at, report.id)
        for report in session.scalars(asked)
        if holds(verdict, selection_of(report.criteria))
    ]


def holds(verdict: Verdict, selection: Selection) -> bool:
    """Tell whether a selection chooses a verdict, as `narrowed` does in the database."""
    if selection.references:
        return verdict.reference in selection.references
    said = f"{verdict.claim}\n{verdict.claimant}\n{verdict.reference}".casefold()
    day = verdict.published_at.date()
    return (
        selection.investigation in ("", verdict.investigation)
        and selection.rating in ("", verdict.rating.value)
        and selection.source.casefold() in verdict.claimant.casefold()
        and (selection.since is None or selection.since <= day)
        and (selection.until is None or day <= selection.until)
        and all(word.casefold() in said for word in selection.q.split())
    )
