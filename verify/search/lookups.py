"""Finding what a reader may see: how much there is of each kind, and the best of it in order.

However much fits, a few hundred finds are put in order and a few thousand counted: who wants more says more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Select, column, func, literal, literal_column, select, table, union_all
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.db import now
from verify.search import engine
from verify.search.engine import Clause, Lookup, Term
from verify.search.fields import read_fields
from verify.search.models import Kind, SearchEntry
from verify.search.narrowing import Condition, narrowed, visible
from verify.search.query import Query
from verify.search.ranking import Candidate, ranked
from verify.search.variants import clauses_for
from verify.tickets.lookups import may_read
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status

PAGE = 20
IN_ORDER = 200  # finds that are put in order
COUNTED = 10_000
_RARE = 1_000  # entries from which a word is too common to be looked for alone
_LOOSENED_FROM = 3  # words from which finds that hold only some of them are better than none
_CLOSED = (Status.DROPPED, Status.MERGED)
_HEAD = (
    SearchEntry.id, SearchEntry.kind, SearchEntry.key, SearchEntry.title, SearchEntry.names, SearchEntry.dated,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finds:
    """What was found: the best in order, how many there are of each kind, and what has to be said about it."""

    best: list[Candidate] = field(default_factory=list)
    counts: dict[Kind, int] = field(default_factory=dict)
    more: bool = False  # there are more than were counted
    loosened: bool = False  # nothing holds every word; these hold some
    clauses: tuple[Clause, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many there are of all kinds."""
        return sum(self.counts.values())


def find(session: Session, reader: Person, query: Query, *, kind: Kind | None = None) -> Finds:
    """What a query finds for this reader, of one kind or of all; counts are of all kinds in either case."""
    may_read(reader)
    fields = read_fields(query.fields)
    asked = narrowed(session, reader, fields)
    notes = (*query.notes, *asked.notes)
    clauses = (*clauses_for(session, query.wanted), *asked.clauses)
    excluded = (*(Term(one.words, one.unfinished) for one in query.excluded), *asked.excluded)
    if not clauses and not fields.narrows():
        return Finds(notes=notes)
    search = _Search(session, [*visible(reader), *asked.conditions], Lookup(clauses, excluded))
    counts, more = search.counts()
    loosened = not counts and len(clauses) >= _LOOSENED_FROM
    if loosened:
        search = replace(search, lookup=search.loosened())
        counts, more = search.counts() if search.lookup.clauses else ({}, False)
    found = search.best(kind) if counts else []
    best = ranked(search.with_what_each_holds(found, clauses) if loosened else found, clauses, now().date())
    return Finds(best, counts, more, loosened and bool(counts), clauses, notes)


@dataclass(frozen=True, slots=True)
class _Search:
    session: Session
    conditions: list[Condition]
    lookup: Lookup

    @property
    def on_sqlite(self) -> bool:
        return self.session.get_bind().dialect.name == "sqlite"

    def counts(self) -> tuple[dict[Kind, int], bool]:
        """How many entries of each kind fit, as far as they are counted, and whether there are more."""
        some = self._fitting(SearchEntry.kind, lookup=self.lookup).limit(COUNTED + 1).subquery()
        rows = self.session.execute(select(some.c.kind, func.count()).group_by(some.c.kind))
        counts = {Kind(row[0]): row[1] for row in rows}
        return counts, sum(counts.values()) > COUNTED

    def best(self, kind: Kind | None) -> list[Candidate]:
        """The entries that are put in order: those that hold what was typed as it was typed come in first."""
        typed = self.lookup.typed
        found = self._best(typed, kind, as_typed=True)
        if typed != self.lookup and len(found) < IN_ORDER:
            known = {one.id for one in found}
            others = self._best(self.lookup, kind, as_typed=False)
            found += [one for one in others if one.id not in known]
        return self._with_closed(found)

    def _with_closed(self, found: list[Candidate]) -> list[Candidate]:
        tickets = [one.key for one in found if one.kind is Kind.TICKET]
        asked = select(Ticket.id).where(Ticket.id.in_(tickets), Ticket.status.in_(_CLOSED))
        closed = set(self.session.scalars(asked)) if tickets else set()
        return [replace(one, closed=one.kind is Kind.TICKET and one.key in closed) for one in found]

    def loosened(self) -> Lookup:
        """Any of the rarest clauses: as many as some thousand entries meet, and one at least."""
        asked = []
        for number, clause in enumerate(self.lookup.clauses):
            some = self._fitting(SearchEntry.id, lookup=Lookup((clause,))).limit(_RARE + 1).subquery()
            asked.append(select(literal(number), func.count()).select_from(some))
        rarest = sorted((many, number) for number, many in self.session.execute(union_all(*asked)) if many)
        taken: list[Clause] = []
        sum_of_all = 0
        for many, number in rarest:
            sum_of_all += many
            if taken and sum_of_all > _RARE:
                break
            taken.append(self.lookup.clauses[number])
        return Lookup(tuple(taken), self.lookup.excluded, loose=True)

    def with_what_each_holds(self, found: list[Candidate], clauses: Sequence[Clause]) -> list[Candidate]:
        """The same, each with the numbers of the clauses that it meets; where no entry meets them all."""
        words, ids = _words(), [one.id for one in found]
        asked = [
            select(literal(number), words.c.rowid).where(words.c.rowid.in_(ids), self._meets(clause))
            for number, clause in enumerate(clauses)
        ]
        held: dict[int, set[int]] = {}
        for number, row in self.session.execute(union_all(*asked)):
            held.setdefault(row, set()).add(number)
        return [replace(one, holds=frozenset(held.get(one.id, ()))) for one in found]

    def _meets(self, clause: Clause) -> Condition:
        one = Lookup((clause,))
        return self._holds(engine.on_sqlite(one), engine.on_postgresql(one))

    def _best(self, lookup: Lookup, kind: Kind | None, *, as_typed: bool) -> list[Candidate]:
        asked = self._fitting(*_HEAD, self._worth(lookup).label("worth"), lookup=lookup).limit(IN_ORDER)
        if kind is not None:
            asked = asked.where(SearchEntry.kind == kind)
        order: Sequence[Any] = (SearchEntry.dated.desc(), SearchEntry.id.desc())
        if lookup.clauses:
            order = (literal_column("worth"), *order)
        rows = self.session.execute(asked.order_by(*order))
        return [
            Candidate(row.id, row.kind, row.key, row.title, row.names, row.dated, row.worth, as_typed)
            for row in rows
        ]

    def _fitting(self, *columns: Any, lookup: Lookup) -> Select[Any]:
        """A query on the entries that meet the conditions and hold the words."""
        asked: Select[Any] = select(*columns).where(*self.conditions)
        if lookup.clauses:
            words = _words()
            holds = self._holds(engine.on_sqlite(lookup), engine.on_postgresql(lookup))
            return asked.join_from(words, SearchEntry, SearchEntry.id == words.c.rowid).where(holds)
        if lookup.excluded:
            terms = Lookup((Clause(lookup.excluded),))
            words = _words()
            holds = self._holds(engine.on_sqlite(terms), engine.on_postgresql(terms))
            asked = asked.where(SearchEntry.id.not_in(select(words.c.rowid).where(holds)))
        return asked

    def _holds(self, on_sqlite: str, on_postgresql: str) -> Condition:
        if self.on_sqlite:
            return literal_column("search_fts").bool_op("MATCH")(on_sqlite)
        return literal_column("search_fts.words").bool_op("@@")(func.to_tsquery("simple", on_postgresql))

    def _worth(self, lookup: Lookup) -> Any:
        """The database's own measure of how well an entry fits: less is better."""
        if not lookup.clauses:
            return literal(0.0)
        if self.on_sqlite:
            return func.bm25(literal_column("search_fts"), 8.0, 4.0, 1.0)
        words = func.to_tsquery("simple", engine.any_on_postgresql(lookup.clauses))
        return -func.ts_rank(literal_column("search_fts.heading"), words)


def _words() -> Any:
    return table("search_fts", column("rowid"))
