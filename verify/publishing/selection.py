"""Choosing published verdicts: the same filters for the public index, the reports page and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVarTuple

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from verify.publishing.models import Verdict
from verify.publishing.words import RATINGS, long_day
from verify.tickets.models import Investigation
from verify.tickets.workflow import Rating

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class Selection:
    """What a choice of verdicts is narrowed to; every part is optional, and all of them together hold."""

    q: str = ""
    investigation: str = ""
    rating: str = ""
    source: str = ""
    since: date | None = None
    until: date | None = None
    references: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The parts that are set, as a report keeps them."""
        parts = {
            "q": self.q,
            "investigation": self.investigation,
            "rating": self.rating,
            "source": self.source,
            "since": self.since and self.since.isoformat(),
            "until": self.until and self.until.isoformat(),
            "references": list(self.references),
        }
        return {name: part for name, part in parts.items() if part}

    @property
    def sentence(self) -> str:
        """The choice in words, as it stands on the cover of a report."""
        if self.references:
            return f"Verdicts picked by hand: {', '.join(self.references)}."
        parts = [f"rated {RATINGS[self.rating].label}" if self.rating else ""]
        parts.append(f"of the investigation “{self.investigation}”" if self.investigation else "")
        parts.append(f"on claims made by {self.source}" if self.source else "")
        parts.append(f"whose claim mentions “{self.q}”" if self.q else "")
        parts.append(f"published from {long_day(self.since)}" if self.since else "")
        parts.append(
            f"{'' if self.since else 'published '}up to {long_day(self.until)}" if self.until else ""
        )
        said = " ".join(filter(None, parts))
        return f"Every verdict {said}." if said else "Every verdict that this desk has published."


def selection_from(typed: Mapping[str, Any]) -> Selection:
    """A selection from query parameters; what makes no sense is left out."""
    rating = str(typed.get("rating", ""))
    getlist = getattr(typed, "getlist", None)
    return Selection(
        q=_text(typed.get("q"))[:200],
        investigation=_text(typed.get("investigation"))[:200],
        rating=rating if rating in RATINGS else "",
        source=_text(typed.get("source"))[:200],
        since=_day(typed.get("since")),
        until=_day(typed.get("until")),
        references=tuple(sorted({_text(one)[:16] for one in getlist("pick") if _text(one)}))
        if getlist
        else (),
    )


def key_from(typed: Mapping[str, Any], name: str) -> int | None:
    """A key of keyset paging from a query parameter; None for what cannot be a row's number."""
    text = str(typed.get(name, ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def narrowed(query: Select[*Columns], selection: Selection) -> Select[*Columns]:
    """A query over verdicts with the conditions of a selection."""
    if selection.references:
        return query.where(Verdict.reference.in_(selection.references))
    if selection.investigation:
        query = query.where(Verdict.investigation == selection.investigation)
    if selection.rating:
        query = query.where(Verdict.rating == Rating(selection.rating))
    if selection.source:
        query = query.where(Verdict.claimant.icontains(selection.source, autoescape=True))
    if selection.since:
        query = query.where(Verdict.published_at >= _midnight(selection.since))
    if selection.until:
        query = query.where(Verdict.published_at < _midnight(selection.until + timedelta(days=1)))
    for word in selection.q.split():
        columns = (Verdict.claim, Verdict.claimant, Verdict.reference)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return query


def investigations(session: Session) -> list[str]:
    """The investigations that have a published verdict, by name."""
    published = exists().where(Verdict.investigation == Investigation.name)
    query = select(Investigation.name).where(published).order_by(Investigation.name).limit(200)
    return list(session.scalars(query))


def _text(typed: Any) -> str:
    return str(typed or "").replace("\0", "").strip()


def _day(typed: Any) -> date | None:
    if isinstance(typed, date):
        return typed
    try:
        return date.fromisoformat(str(typed or "").strip())
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
