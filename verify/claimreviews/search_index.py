"""Finding reviews by words: an FTS5 table on SQLite, a GIN index on PostgreSQL, over claim, claimant and title.

Both are made with the table and by migration 0015. Names hold `_fts`, by which schema comparisons leave them out.
"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import DDL, Select, SQLColumnExpression, Table, column, event, func, literal_column, table

from verify.claimreviews.models import ClaimReview

MOST_WORDS = 12
_BREAKS = "-/.@:_''’\""  # within a string of SQL: characters that PostgreSQL would take as part of a word
_WORDS_ON_POSTGRESQL = (
    f"to_tsvector('simple', translate(claim || ' ' || claimant || ' ' || title, '{_BREAKS}', '         '))"
)
_OLD = (
    "INSERT INTO claimreview_fts(claimreview_fts, rowid, claim, claimant, title) "
    "VALUES ('delete', OLD.id, OLD.claim, OLD.claimant, OLD.title);"
)
_NEW = (
    "INSERT INTO claimreview_fts(rowid, claim, claimant, title) "
    "VALUES (NEW.id, NEW.claim, NEW.claimant, NEW.title);"
)
ON_SQLITE = (
    "CREATE VIRTUAL TABLE claimreview_fts USING fts5(claim, claimant, title, content='claimreview', "
    "content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='3 4 5 6')",
    f"CREATE TRIGGER claimreview_fts_insert AFTER INSERT ON claimreview BEGIN {_NEW} END",
    f"CREATE TRIGGER claimreview_fts_delete AFTER DELETE ON claimreview BEGIN {_OLD} END",
    "CREATE TRIGGER claimreview_fts_update AFTER UPDATE OF claim, claimant, title ON claimreview "
    f"BEGIN {_OLD} {_NEW} END",
)
ON_POSTGRESQL = (f"CREATE INDEX ix_claimreview_fts ON claimreview USING gin ({_WORDS_ON_POSTGRESQL})",)


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
    """Narrow a query on reviews to those that hold every word, the last one perhaps unfinished.

    Gives the query and the column by which its rows come cheapest, newest first.
    """
    unfinished = len(words[-1]) > 2
    if dialect == "sqlite":
        found = table("claimreview_fts", column("rowid"))
        typed = " ".join(f'"{word}"' for word in words) + ("*" if unfinished else "")
        holds = literal_column("claimreview_fts").bool_op("MATCH")(typed)
        return statement.where(ClaimReview.id == found.c.rowid, holds), found.c.rowid
    typed = " & ".join(f"'{word}'" for word in words) + (":*" if unfinished else "")
    holds = literal_column(_WORDS_ON_POSTGRESQL).bool_op("@@")(func.to_tsquery("simple", typed))
    return statement.where(holds), ClaimReview.id
