"""Where packages further along the walk hang their parts: sections of the ticket page, its panel, and the queue.

Imports run one way, so the ticket page cannot ask them; they register here when their views are imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles.models import Assertion
from verify.tickets.models import Ticket

# What a section shows: {"template": "evidence/section.html", …names for that template}; None leaves it out.
Part = Mapping[str, Any]
Section = Callable[[Session, Person, Ticket], Part | None]
# What stands beside the form of a new ticket: for the assertion, and the claim as it is typed so far.
Beside = Callable[[Session, Person, Assertion, str], Part | None]
# A link at the head of the queue: its address, its words, and how much behind it is new.
QueueLink = Callable[[Session, Person], tuple[str, str, int]]
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


@dataclass(frozen=True)
class Note:
    """A line under the claim that whoever works on the ticket must not miss, and where it leads."""

    words: str
    url: str
    label: str


Notes = Callable[[Session, Person, Ticket], Sequence[Note]]

_sections: dict[str, Registered] = {}
_notes: dict[str, Notes] = {}
_panels: dict[str, Registered] = {}
_queues: dict[str, Queue] = {}
_queue_links: dict[str, QueueLink] = {}
_beside_new: list[Beside] = []


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


def register_note(function: Notes) -> None:
    """Add lines under the claim, such as with which other ticket it is checked together."""
    _notes[f"{function.__module__}.{function.__qualname__}"] = function


def notes_of(session: Session, reader: Person, ticket: Ticket) -> list[Note]:
    """The lines under the claim of this ticket, for its page and for whoever judges it."""
    return [note for _, function in sorted(_notes.items()) for note in function(session, reader, ticket)]


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


def register_queue_link(name: str, function: QueueLink) -> None:
    """Add a link to the head of the queue, such as to one's watch list."""
    _queue_links[name] = function


def queue_links(session: Session, reader: Person) -> list[tuple[str, str, int]]:
    """The links at the head of this reader's queue: address, words, and how much is new."""
    return [function(session, reader) for _, function in sorted(_queue_links.items())]


def register_beside_new(function: Beside) -> None:
    """Add a part to the page of a new ticket, such as whether its claim was checked before."""
    if function not in _beside_new:
        _beside_new.append(function)


def beside_new(session: Session, reader: Person, assertion: Assertion, claim: str) -> list[Part]:
    """What stands beside the form of a new ticket."""
    parts = (function(session, reader, assertion, claim) for function in _beside_new)
    return [part for part in parts if part is not None]
