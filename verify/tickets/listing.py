"""The queue: tickets by filters that are plain words of the address, in pages by key, each query on an index.

Rows are columns, not objects: a page of fifty costs one query and no identity map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, Select, exists, literal, select, tuple_, union_all
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.db import UtcTime
from verify.tickets import sections
from verify.tickets.lookups import investigation_by_prefix, may_read
from verify.tickets.models import Assignment, Investigation, Ticket
from verify.tickets.search_index import matching, words_of
from verify.tickets.workflow import Rating, Status

PAGE = 50
WAITING = 20  # tickets shown in one group of what waits for a person
NO_TICKET = literal(False)
_T = Ticket.__table__.c
COLUMNS = (
    _T.id, _T.reference, _T.claim, _T.claimant, _T.status, _T.rating, _T.sourcing, _T.attribution, _T.confirmation,
    _T.articles, _T.origins_lower, _T.origins_upper, _T.origins_party, _T.deadline_on, _T.opened_at, _T.updated_at,
)  # fmt: skip
_REVIEWED_NOW = (Assignment.ticket_id == _T.id) & (Assignment.round == _T.round)
Line = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; every part is optional and a word of the address. Words not known are dropped."""

    status: str = ""
    investigation: str = ""
    mine: str = ""
    rating: str = ""
    claimant: str = ""
    q: str = ""
    sort: str = "updated"

    @classmethod
    def from_address(cls, words: Mapping[str, str]) -> Filters:
        """The filters that an address asks for."""
        typed = {field.name: words.get(field.name, "").strip()[:200] for field in fields(cls)}
        known: dict[str, Sequence[str]] = {
            "status": list(Status),
            "rating": list(Rating),
            "mine": ["reviewing", "opened"],
        }
        for name, choices in known.items():
            if typed[name] not in choices:
                typed[name] = ""
        typed["sort"] = "opened" if typed["sort"] == "opened" else "updated"
        return cls(**typed)

    def narrows(self) -> bool:
        """Whether anything is left out of the list."""
        return any(getattr(self, field.name) for field in fields(self) if field.name != "sort")

    def link(self, **changed: str) -> str:
        """The query string of these filters with some changed; “?” when nothing is asked for."""
        asked = {field.name: getattr(self, field.name) for field in fields(self)} | changed
        if asked["sort"] == "updated":
            asked["sort"] = ""
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class TicketPage:
    """One page of the list; the keys lead to the pages beside it, empty where there is none."""

    lines: Sequence[Line]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class WaitingGroup:
    """Tickets that wait for the reader, by what they wait for."""

    name: str
    title: str
    lines: Sequence[Line]
    more: bool


def tickets(
    session: Session, reader: Person, filters: Filters, *, after: str = "", before: str = "", page: int = PAGE
) -> TicketPage:
    """One page of the list that the filters ask for: after or before a key, or the first."""
    may_read(reader)
    statement, key = _narrowed(session, reader, filters)
    backwards = bool(before)
    cursor = _cursor(before or after, key)
    if cursor is not None:
        place: ColumnElement[Any] = tuple_(*key) if len(key) > 1 else key[0]
        there: Any = tuple_(*cursor) if len(key) > 1 else cursor[0]
        statement = statement.where(place > there if backwards else place < there)
    order = [column.asc() if backwards else column.desc() for column in key]
    found = list(session.execute(statement.order_by(*order).limit(page + 1)))
    more, found = len(found) > page, found[:page]
    if backwards:
        found.reverse()
    if not found:
        return TicketPage([])
    earlier = more if backwards else cursor is not None
    later = True if backwards else more
    return TicketPage(
        found,
        before=_key_of(found[0], key) if earlier else "",
        after=_key_of(found[-1], key) if later else "",
    )


def _narrowed(session: Session, reader: Person, filters: Filters) -> tuple[Select[Any], list[Any]]:
    """The query without order, and the columns by which it is ordered and paged.

    What a person reviews, and what holds words, always comes newest opened first: so their indexes run.
    """
    statement: Select[Any] = select(*COLUMNS)
    key: list[Any] = [_T.id] if filters.sort == "opened" else [_T.updated_at, _T.id]
    if filters.mine == "reviewing" and not filters.q:
        statement, key = statement.join_from(Assignment, Ticket, _REVIEWED_NOW), [Assignment.ticket_id]
        statement = statement.where(*_reviews(reader))
    if filters.q:
        words = words_of(filters.q)
        if not words:
            return statement.where(NO_TICKET), key
        statement, column = matching(statement, words, session.get_bind().dialect.name)
        key = [column]
    return statement.where(*_conditions(session, reader, filters)), key


def _conditions(session: Session, reader: Person, filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.status:
        conditions.append(_T.status == Status(filters.status))
    if filters.rating:
        conditions.append(_T.rating == Rating(filters.rating))
    if filters.investigation:
        found = investigation_by_prefix(session, filters.investigation)
        conditions.append(_T.investigation_id == found.id if found else NO_TICKET)
    if filters.claimant:
        conditions.append(_claimed_by(session, filters.claimant))
    if filters.mine == "opened":
        conditions.append(_T.opened_by_id == reader.id)
    if filters.mine == "reviewing" and filters.q:
        conditions.append(exists().where(_REVIEWED_NOW, *_reviews(reader)))
    return conditions


def _claimed_by(session: Session, name: str) -> ColumnElement[bool]:
    """Whether somebody made a claim, whichever of their names it was filed under; most use one, as the index has it."""
    from verify.sources.lookups import resolve
    from verify.sources.models import SourceAlias
    from verify.sources.names import name_key

    source = resolve(session, name)
    if source is None:
        return _T.claimant_key == name_key(name)
    used = exists().where(_T.claimant_key == SourceAlias.name_key).correlate(SourceAlias)
    names = select(SourceAlias.name_key).where(SourceAlias.source_id == source.id, used)
    keys = session.scalars(names).all() or [name_key(source.name)]
    return _T.claimant_key == keys[0] if len(keys) == 1 else _T.claimant_key.in_(keys)


def _reviews(person: Person) -> list[ColumnElement[bool]]:
    return [Assignment.reviewer_id == person.id, Assignment.freed_at.is_(None)]


def _key_of(line: Line, key: list[Any]) -> str:
    if len(key) == 1:
        return str(line.id)
    return f"{line.updated_at:%Y%m%dT%H%M%S.%f}-{line.id}"


def _cursor(typed: str, key: list[Any]) -> list[Any] | None:
    """The values of a key in the address; None when it is absent or not ours, which gives the first page."""
    moment, _, number = typed.rpartition("-")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    if len(key) == 1:
        return [int(number)]
    try:
        at = datetime.strptime(f"{moment}+0000", "%Y%m%dT%H%M%S.%f%z")
    except ValueError:
        return None
    return [literal(at, UtcTime), literal(int(number))]


def waiting(session: Session, reader: Person) -> list[WaitingGroup]:
    """What waits for the reader, group by group, in one query; groups that are empty are left out."""
    asked = []
    for queue in sections.queues():
        ids = queue.waiting(reader).limit(WAITING + 1).subquery()
        asked.append(select(literal(queue.name).label("queue"), ids.c[0].label("ticket_id")))
    if not asked:
        return []
    waits = union_all(*asked).subquery()
    found = session.execute(
        select(waits.c.queue, *COLUMNS).join_from(waits, Ticket, Ticket.id == waits.c.ticket_id)
    )
    groups: dict[str, list[Line]] = {}
    for line in found:
        groups.setdefault(line.queue, []).append(line)
    return [
        WaitingGroup(queue.name, queue.title, _most_pressing(groups[queue.name])[:WAITING],
                     more=len(groups[queue.name]) > WAITING)
        for queue in sections.queues()
        if queue.name in groups
    ]  # fmt: skip


def _most_pressing(lines: list[Line]) -> list[Line]:
    """By deadline, then the oldest first."""
    return sorted(lines, key=lambda line: (line.deadline_on is None, line.deadline_on, line.id))


def investigations_of(session: Session, reader: Person) -> Sequence[Row[str, str]]:
    """Prefix and name of every investigation, for the filter."""
    may_read(reader)
    return session.execute(
        select(Investigation.prefix, Investigation.name).order_by(Investigation.name).limit(500)
    ).all()
