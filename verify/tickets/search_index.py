"""Finding tickets by words: an FTS5 table on SQLite, a GIN index on PostgreSQL, over reference, claim and claimant.

Both are made with the table and by migration 0003. Names hold `_fts`, by which schema comparisons leave them out.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import DDL, Select, SQLColumnExpression, Table, column, event, func, literal_column, table

from verify.tickets.models import Ticket

MOST_WORDS = 12  # further words of a query are ignored; nobody remembers a claim by more
_BREAKS = "-/.@:_''’\""  # within a string of SQL: characters that PostgreSQL would take as part of a word
_WORDS_ON_POSTGRESQL = (
    "to_tsvector('simple', translate(reference || ' ' || claim || ' ' || claimant, "
    f"'{_BREAKS}', '         '))"
)
ON_SQLITE = (
    "CREATE VIRTUAL TABLE ticket_fts USING fts5(reference, claim, claimant, content='ticket', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2', prefix='3 4 5 6')",
    "CREATE TRIGGER ticket_fts_insert AFTER INSERT ON ticket BEGIN INSERT INTO ticket_fts(rowid, reference, claim, "
    "claimant) VALUES (NEW.id, NEW.reference, NEW.claim, NEW.claimant); END",
    "CREATE TRIGGER ticket_fts_delete AFTER DELETE ON ticket BEGIN INSERT INTO ticket_fts(ticket_fts, rowid, "
    "reference, claim, claimant) VALUES ('delete', OLD.id, OLD.reference, OLD.claim, OLD.claimant); END",
    "CREATE TRIGGER ticket_fts_update AFTER UPDATE OF reference, claim, claimant ON ticket BEGIN INSERT INTO "
    "ticket_fts(ticket_fts, rowid, reference, claim, claimant) VALUES ('delete', OLD.id, OLD.reference, OLD.claim, "
    "OLD.claimant); INSERT INTO ticket_fts(rowid, reference, claim, claimant) VALUES (NEW.id, NEW.reference, "
    "NEW.claim, NEW.claimant); END",
)
ON_POSTGRESQL = (f"CREATE INDEX ix_ticket_fts ON ticket USING gin ({_WORDS_ON_POSTGRESQL})",)


def install(made: Table) -> None:
    """Have `metadata.create_all` make the index after the table, as the migration does."""
    for dialect, statements in (("sqlite", ON_SQLITE), ("postgresql", ON_POSTGRESQL)):
        for statement in statements:
            event.listen(made, "after_create", DDL(statement).execute_if(dialect=dialect))  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy


def words_of(query: str) -> list[str]:
    """The words of what a person typed: letters and digits alone, so that nothing in it is syntax."""
    return re.findall(r"[^\W_]+", query)[:MOST_WORDS]


def matching(
    statement: Select[Any], words: list[str], dialect: str
) -> tuple[Select[Any], SQLColumnExpression[Any]]:
    """Narrow a query on tickets to those that hold every word, the last one perhaps unfinished.

    Gives the query and the column by which its rows come cheapest, newest first: SQLite streams them in the
    order of the index, so that a word which every ticket holds costs no more than a rare one.
    """
    unfinished = len(words[-1]) > 2
    if dialect == "sqlite":
        found = table("ticket_fts", column("rowid"))
        typed = " ".join(f'"{word}"' for word in words) + ("*" if unfinished else "")
        narrowed = statement.join_from(found, Ticket, Ticket.id == found.c.rowid)
        return narrowed.where(literal_column("ticket_fts").bool_op("MATCH")(typed)), found.c.rowid
    typed = " & ".join(f"'{word}'" for word in words) + (":*" if unfinished else "")
    holds = literal_column(_WORDS_ON_POSTGRESQL).bool_op("@@")(func.to_tsquery("simple", typed))
    return statement.where(holds), Ticket.id
