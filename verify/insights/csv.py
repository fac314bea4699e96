"""The figures about suggestions as a table for spreadsheets and scripts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from verify.articles.words import GROUNDS
from verify.insights.lookups import Method, Period, Tally

COLUMNS = (
    "since", "until", "method", "version", "grouped_by", "group", "suggested", "waiting", "filed",
    "filed_as_suggested", "filed_after_edit", "edited", "dismissed", "decided", "accepted_share", "accepted_low_95",
    "accepted_high_95", *(f"dismissed_{ground.value.replace('-', '_')}" for ground in GROUNDS),
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def written(methods: list[Method], period: Period) -> str:
    """Return the header and a line for each method, and for each mode and kind of reporting word of it."""
    page = StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow(COLUMNS)
    ends = [day.isoformat() if day else "" for day in (period.since, period.until)]
    for method in methods:
        name, _, version = method.name.partition("/")
        for grouped_by, group, tally in _groups(method):
            known = [*ends, name, version, grouped_by, group]
            writer.writerow([*map(_guarded, known), *_cells(tally)])
    return page.getvalue()


def _groups(method: Method) -> Iterator[tuple[str, str, Tally]]:
    yield "all", "", method.all
    for grouped_by, groups in (("mode", method.by_mode), ("cue_type", method.by_cue_type)):
        for group, tally in sorted(groups.items()):
            yield grouped_by, group, tally


def _cells(tally: Tally) -> list[int | str]:
    share, interval = tally.accepted.value, tally.accepted.interval
    shares = (
        ["", "", ""] if share is None or interval is None else [f"{one:.4f}" for one in (share, *interval)]
    )
    return [
        tally.suggested, tally.waiting, tally.filed, tally.filed - tally.filed_edited, tally.filed_edited,
        tally.edited, tally.dismissed, tally.accepted.whole, *shares, *(tally.grounds[ground] for ground in GROUNDS),
    ]  # fmt: skip


def _guarded(cell: str) -> str:
    """The cell, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
