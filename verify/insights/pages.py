"""What the page of insights shows, and the period that its address asks for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from verify.accounts.sessions import reader
from verify.articles import words
from verify.db import db, now
from verify.insights import lookups
from verify.insights.lookups import Period

_SPANS = ((30, "Last 30 days"), (90, "Last 90 days"), (365, "Last 12 months"))


def period_asked(asked: MultiDict[str, str]) -> Period:
    """Return the period of an address; a day that is none is left out, and ends that cross are turned round."""
    since, until = _day(asked.get("since", "")), _day(asked.get("until", ""))
    if since and until and until < since:
        since, until = until, since
    return Period(since, until)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def as_query(period: Period) -> dict[str, str]:
    """Return the part of an address that asks for a period."""
    ends = {"since": period.since, "until": period.until}
    return {name: day.isoformat() for name, day in ends.items() if day}


def index(asked: MultiDict[str, str]) -> dict[str, Any]:
    """Return all the figures of a period."""
    period, person = period_asked(asked), reader()
    return {
        "period": period,
        "query": as_query(period),
        "periods": _periods(period),
        "methods": lookups.acceptance(db.session, person, period),
        "by_hand": lookups.marked_by_hand(db.session, person, period),
        "dismissals": lookups.dismissed_lately(db.session, person, period),
        "pace": lookups.pace(db.session, person, period),
        "agreement": lookups.agreement(db.session, person, period),
        "taking": taking,
        "words": words,
        "grounds": list(words.GROUNDS),
        "mode_words": {mode.value: said for mode, said in words.MODES.items()},
        "cue_words": {kind.value: said for kind, said in words.CUE_TYPES.items()},
    }


def taking(days: float) -> str:
    """Return a stretch of time in words, as coarse as it is long."""
    hours = days * 24
    if hours < 1:
        return "less than an hour"
    return f"{hours:.0f} hours" if hours < 36 else f"{days:.1f} days"


def _periods(period: Period) -> list[tuple[str, str, bool]]:
    """Return the periods that one click leads to."""
    today = now().date()
    links = [("All time", Period())]
    links += [(label, Period(today - timedelta(days=days - 1), today)) for days, label in _SPANS]
    return [(label, _url(one), one == period) for label, one in links]


def _url(period: Period) -> str:
    query: dict[str, Any] = {**as_query(period)}
    return url_for("insights.index", **query)
