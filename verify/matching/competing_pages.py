"""What a ticket's page shows of competing figures: for each thing that is counted a chart, and the same as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.matching import competing_chart, competing_lookups
from verify.matching.competing import Axis, Given, Shape
from verify.matching.competing_chart import Mark
from verify.matching.competing_lookups import Competing, Telling
from verify.permissions import Permission, demand
from verify.tickets.models import Ticket

_ROWS = 40
_WORDS = {
    Shape.EXACT: "a count",
    Shape.ABOUT: "roughly",
    Shape.AT_LEAST: "at least",
    Shape.AT_MOST: "at most",
    Shape.RANGE: "from, to",
    Shape.VAGUE: "a vague word",
}


def section(session: Session, reader: Person, ticket: Ticket) -> Mapping[str, Any] | None:
    """The figures given for what a ticket claims, where it counts something; more are looked for when it is read."""
    demand(reader, Permission.READ_DESK)
    found = competing_lookups.competing(session, reader, ticket)
    if not found.own:
        return None
    return {
        "template": "matching/_figures_later.html",
        "title": "Competing figures" if found.axes else "Figures",
        "figures_own": [one.written for one in found.own],
        "axes": _axes(found),
    }


def page(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any]:
    """Every figure given for what a ticket claims, also in tickets and passages that only look alike."""
    demand(reader, Permission.READ_DESK)
    found = competing_lookups.competing(session, reader, ticket, widely=True)
    return {"ticket": ticket, "figures_own": [one.written for one in found.own], "axes": _axes(found)}


def _axes(found: Competing) -> list[dict[str, Any]]:
    return [_shown(axis, number) for number, axis in enumerate(found.axes, 1)]


def _shown(axis: Axis[Telling], number: int) -> dict[str, Any]:
    marks = _marks([one for one in axis.given if one.by.said.published_on is not None])
    drawn = len({mark.figure.means for mark in marks}) > 1
    return {
        "label": axis.label,
        "different": axis.values,
        "rows": [{"figure": one.figure, "said": one.by.said, "assumed": one.by.assumed} for one in axis.given[:_ROWS]],
        "more": max(0, len(axis.given) - _ROWS),
        "undated": sum(one.by.said.published_on is None for one in axis.given),
        "chart": competing_chart.draw(
            marks, f"{axis.label}: the values given", wide=axis.is_wide, name=f"figures-{number}"
        ) if drawn else None,
        "shapes": {mark.figure.shape: _WORDS[mark.figure.shape] for mark in marks},
    }  # fmt: skip


def _marks(given: Sequence[Given[Telling]]) -> list[Mark]:
    """One mark for each value of a speaker on a day, however many articles carry it."""
    found: dict[tuple[object, ...], list[Given[Telling]]] = {}
    for one in given:
        said = one.by.said
        found.setdefault((said.published_on, said.speaker, one.figure.written.casefold()), []).append(one)
    marks = []
    for same in found.values():
        said = same[0].by.said
        if said.published_on is not None:
            articles = len({one.by.said.article_id for one in same})
            marks.append(Mark(same[0].figure, said.published_on, said.speaker, said.party, articles))
    return sorted(marks, key=lambda mark: mark.day)
