"""What the queue page shows: groups that wait for the reader, then the list that the address asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from markupsafe import Markup

from verify.accounts.sessions import reader
from verify.db import db, now
from verify.tickets import listing, sections
from verify.tickets.cells import Cells
from verify.tickets.listing import Filters
from verify.tickets.workflow import CLOSED

SOON = 2  # days before a deadline from which it is marked
VIEWS: tuple[tuple[str, dict[str, str]], ...] = (
    ("All tickets", {}),
    ("To review by me", {"mine": "reviewing"}),
    ("Opened by me", {"mine": "opened"}),
    ("Open", {"status": "open"}),
    ("In review", {"status": "in_review"}),
    ("Disputed", {"status": "disputed"}),
    ("Graded", {"status": "graded"}),
    ("Approved", {"status": "approved"}),
    ("Published", {"status": "published"}),
)


def context(words: Mapping[str, str]) -> dict[str, Any]:
    """Everything the queue page needs, in a number of queries that the length of the list does not change."""
    session, person = db.session, reader()
    filters = Filters.from_address(words)
    after, before = words.get("after", ""), words.get("before", "")
    home = not filters.narrows() and not after and not before
    page = listing.tickets(session, person, filters, after=after, before=before)
    return {
        "filters": filters,
        "page": page,
        "groups": listing.waiting(session, person) if home else [],
        "links": sections.queue_links(session, person),
        "investigations": listing.investigations_of(session, person),
        "views": [(title, Filters(**wanted).link(), Filters(**wanted) == filters) for title, wanted in VIEWS],
        "drawn": Drawn(),
    }


class Drawn:
    """Rows of the list as the page takes them apart: words and finished marks, in the order of the template."""

    def __init__(self) -> None:
        self.due, self.cells = _Due(now().date()), Cells()

    def __call__(self, lines: Sequence[listing.Line]) -> Iterator[tuple[str | Markup, ...]]:
        """Reference, claim, claimant, grades, origins, how pressing, the day in full and in short, and status."""
        for line in lines:
            pressing, short, full = self.due(line)
            yield (
                line.reference, line.claim, line.claimant,
                self.cells.triad(line.sourcing, line.attribution, line.confirmation),
                self.cells.origins(line.articles, line.origins_lower, line.origins_upper, line.origins_party),
                pressing, full, short, self.cells.status(line.status, line.rating),
            )  # fmt: skip


class _Due:
    """A ticket's deadline, or its age, in a word or two and a class that says how pressing it is."""

    def __init__(self, today: date) -> None:
        self.today = today

    def __call__(self, line: listing.Line) -> tuple[str, str, str]:
        """Class, words, and what they mean in full."""
        if line.deadline_on is not None and line.status not in CLOSED:
            left = (line.deadline_on - self.today).days
            full = f"Verdict wanted by {line.deadline_on.day} {line.deadline_on:%B %Y}"
            if left < 0:
                return " late", f"{-left} d late", full
            return (" soon" if left <= SOON else "", "today" if left == 0 else f"in {left} d", full)
        opened: datetime = line.opened_at.astimezone(UTC)
        days = (self.today - opened.date()).days
        full = f"Opened {opened.day} {opened:%B %Y}"
        if line.status in CLOSED:
            return "", f"{opened.day} {opened:%b %Y}", full
        return "", "new" if days <= 0 else f"{days} d old", full
