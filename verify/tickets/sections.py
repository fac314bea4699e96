"""Where packages further along the walk hang their parts: sections of the ticket page, its panel, and the queue.

Imports run one way, so the ticket page cannot ask them; they register here when their views are imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.tickets.models import Ticket

# What a section shows: {"template": "evidence/section.html", …names for that template}; None leaves it out.
Part = Mapping[str, Any]
Section = Callable[[Session, Person, Ticket], Part | None]
# The ids of the tickets that wait for a person, as a query of one column.
Waiting = Callable[[Person], Select[int]]


@dataclass(frozen=True)
class Registered:
    """A section or panel, by its name and place."""

    position: int
    name: str
    function: Section


@dataclass(frozen=True)
class Queue:
    """A group at the head of the queue: what kind of work waits, and for whom."""

    position: int
    name: str
    title: str
    waiting: Waiting


_sections: dict[str, Registered] = {}
_panels: dict[str, Registered] = {}
_queues: dict[str, Queue] = {}


def register(name: str, position: int, function: Section) -> None:
    """Add a section to the ticket page; lower positions come first (appearances 10, discussion 80, history 90).

    A part with a "title" gets a card drawn around it; others draw their own.
    """
    _sections[name] = Registered(position, name, function)


def register_panel(position: int, function: Section) -> None:
    """Add a candidate for the one thing to do now; the first in order that is not None is shown."""
    name = f"{function.__module__}.{function.__qualname__}"
    _panels[name] = Registered(position, name, function)


def register_queue(name: str, title: str, position: int, waiting: Waiting) -> None:
    """Add a group to the head of the queue: “Adjudications”, and the tickets that wait for this person."""
    _queues[name] = Queue(position, name, title, waiting)


def sections_of(session: Session, reader: Person, ticket: Ticket) -> list[dict[str, Any]]:
    """The sections that this reader sees on this ticket, in order, each with its template, name and context."""
    shown = []
    for section in sorted(_sections.values(), key=lambda one: (one.position, one.name)):
        part = section.function(session, reader, ticket)
        if part is not None:
            shown.append({"name": section.name, **part})
    return shown


def panel_of(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any] | None:
    """What this reader should do now with this ticket; None when nothing waits."""
    for panel in sorted(_panels.values(), key=lambda one: (one.position, one.name)):
        part = panel.function(session, reader, ticket)
        if part is not None:
            return {"name": panel.name, **part}
    return None


def queues() -> list[Queue]:
    """The groups at the head of the queue, in order."""
    return sorted(_queues.values(), key=lambda one: (one.position, one.name))
