"""The index: triggers that keep an entry for whatever can be found, and the words of the entries in `search_fts`.

On SQLite that is an FTS5 table whose content is a view, so that no text is stored twice; on PostgreSQL a table of
tsvectors with a GIN index. Both are made with the tables and by migration 0016. No extension is needed. Names hold
`_fts`, by which schema comparisons leave them out.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import DDL, MetaData, event

COLUMNS = "kind, key, ticket_id, person_id, version_id, dated, title, names, body"
# What an entry of each kind holds. DAY(), SUMMARY() and LIST() are written in the words of each database.
_SUMMARY_OF_TICKET = (
    "COALESCE((SELECT SUMMARY(w.content) FROM verdict_version w JOIN verdict d ON d.id = w.verdict_id"
    " WHERE d.ticket_id = t.id ORDER BY w.number DESC LIMIT 1), '')"
)
ENTRIES = {
    "ticket": "SELECT 'ticket', t.id, t.id, t.opened_by_id, NULL, DAY(t.opened_at), t.claim,"  # nosec B608  # our own names
    f" t.reference || ' ' || t.claimant, {_SUMMARY_OF_TICKET} FROM ticket t WHERE t.id",
    "article": "SELECT 'article', a.id, NULL, a.taken_in_by_id, v.id, COALESCE(a.published_on, DAY(a.taken_in_at)),"
    " a.title, a.byline, '' FROM article a JOIN article_version v ON v.article_id = a.id AND v.number ="
    " (SELECT max(w.number) FROM article_version w WHERE w.article_id = a.id) WHERE a.id",
    "source": "SELECT 'source', s.id, NULL, s.registered_by_id, NULL, DAY(s.registered_at), s.name,"
    " COALESCE((SELECT LIST(n.name, ' · ') FROM source_alias n WHERE n.source_id = s.id), ''), s.note"
    " FROM source s WHERE s.id",
    "evidence": "SELECT 'evidence', e.id, e.ticket_id, e.added_by_id, NULL, DAY(e.added_at), e.title,"
    " e.file_name || ' ' || e.url, e.note FROM evidence e WHERE e.id",
    "comment": "SELECT 'comment', c.id, c.ticket_id, c.author_id, NULL, DAY(c.written_at), '', '', c.body"
    " FROM comment c WHERE c.id",
    "claimreview": "SELECT 'claimreview', r.id, NULL, NULL, NULL, r.listed_on, r.claim,"
    " r.claimant || ' ' || p.name || ' ' || r.title, r.explanation FROM claimreview r"
    " JOIN claimreview_publisher p ON p.id = r.publisher_id WHERE r.id",
}  # fmt: skip
_IN_WORDS = {
    "sqlite": {
        "DAY(": "date(",
        "SUMMARY(w.content)": "json_extract(w.content, '$.summary')",
        "LIST(": "group_concat(",
    },
    "postgresql": {
        "DAY(": "search_day(",
        "SUMMARY(w.content)": "w.content->>'summary'",
        "LIST(": "string_agg(",
        " NULL,": " NULL::integer,",
    },
}


def entries_of(kind: str, dialect: str) -> str:
    """The query for entries of a kind; it ends where the condition on its number follows."""
    query = ENTRIES[kind]
    for written, said in _IN_WORDS[dialect].items():
        query = query.replace(written, said)
    return query


@dataclass(frozen=True)
class Follow:
    """A trigger by which the entry of a kind follows a table: `key` is its number, from the row that changes."""

    table: str
    act: str
    kind: str
    key: str = "NEW.id"
    columns: str = ""

    @property
    def name(self) -> str:
        """The trigger’s name."""
        row = "_old" if self.key.startswith("OLD") and self.act != "DELETE" else ""
        return f"search_{self.table}_{self.act.lower()}{row}"

    def body(self, dialect: str) -> str:
        """What it does."""
        if self.act == "DELETE" and self.table == self.kind:
            return f"DELETE FROM search_entry WHERE kind = '{self.kind}' AND key = OLD.id;"  # nosec B608  # our own names
        return (
            f"INSERT INTO search_entry ({COLUMNS}) {entries_of(self.kind, dialect)} = {self.key}"  # nosec B608  # our own names
            " ON CONFLICT (kind, key) DO UPDATE SET ticket_id = excluded.ticket_id,"
            " version_id = excluded.version_id, dated = excluded.dated, title = excluded.title,"
            " names = excluded.names, body = excluded.body;"
        )

    def statements(self, dialect: str) -> tuple[str, ...]:
        """What makes it. An entry goes before what it stands for, which it refers to."""
        when = "BEFORE" if self.act == "DELETE" and self.table == self.kind else "AFTER"
        act = f"{self.act} OF {self.columns}" if self.columns else self.act
        if dialect == "sqlite":
            return (
                f"CREATE TRIGGER {self.name} {when} {act} ON {self.table} BEGIN {self.body(dialect)} END",
            )
        row = "OLD" if self.act == "DELETE" else "NEW"
        return (
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {self.body(dialect)}"
            f" RETURN {row}; END $$",
            f"CREATE TRIGGER {self.name} {when} {act} ON {self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        )


FOLLOWS = (
    Follow("ticket", "INSERT", "ticket"),
    Follow("ticket", "UPDATE", "ticket", columns="reference, claim, claimant"),
    Follow("ticket", "DELETE", "ticket"),
    Follow(
        "verdict_version", "INSERT", "ticket", "(SELECT ticket_id FROM verdict WHERE id = NEW.verdict_id)"
    ),
    Follow("article", "UPDATE", "article", columns="title, byline, published_on"),
    Follow("article", "DELETE", "article"),
    Follow("article_version", "INSERT", "article", "NEW.article_id"),
    Follow("source", "INSERT", "source"),
    Follow("source", "UPDATE", "source", columns="name, note"),
    Follow("source", "DELETE", "source"),
    Follow("source_alias", "INSERT", "source", "NEW.source_id"),
    Follow("source_alias", "UPDATE", "source", "NEW.source_id", "name, source_id"),
    Follow("source_alias", "UPDATE", "source", "OLD.source_id", "source_id"),
    Follow("source_alias", "DELETE", "source", "OLD.source_id"),
    Follow("evidence", "INSERT", "evidence"),
    Follow("evidence", "UPDATE", "evidence", columns="ticket_id, title, url, note, file_name"),
    Follow("evidence", "DELETE", "evidence"),
    Follow("comment", "INSERT", "comment"),
    Follow("comment", "UPDATE", "comment", columns="ticket_id, body"),
    Follow("comment", "DELETE", "comment"),
    Follow("claimreview", "INSERT", "claimreview"),
    Follow(
        "claimreview",
        "UPDATE",
        "claimreview",
        columns="claim, claimant, title, explanation, listed_on, publisher_id",
    ),
    Follow("claimreview", "DELETE", "claimreview"),
)
_OUT = (
    "INSERT INTO search_fts(search_fts, rowid, title, names, body)"
    " SELECT 'delete', id, title, names, body FROM search_text WHERE id = OLD.id;"
)
_INTO = (
    "INSERT INTO search_fts(rowid, title, names, body)"
    " SELECT id, title, names, body FROM search_text WHERE id = NEW.id;"
)
_WORDS = "title, names, body, version_id"
ON_SQLITE = (
    "CREATE VIEW search_text AS SELECT e.id, e.title, e.names, CASE WHEN e.version_id IS NULL THEN e.body ELSE"
    " (SELECT v.text FROM article_version v WHERE v.id = e.version_id) END AS body FROM search_entry e",
    "CREATE VIRTUAL TABLE search_fts USING fts5(title, names, body, content='search_text', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 2')",
    f"CREATE TRIGGER search_fts_insert AFTER INSERT ON search_entry BEGIN {_INTO} END",
    f"CREATE TRIGGER search_fts_before BEFORE UPDATE OF {_WORDS} ON search_entry BEGIN {_OUT} END",
    f"CREATE TRIGGER search_fts_after AFTER UPDATE OF {_WORDS} ON search_entry BEGIN {_INTO} END",
    f"CREATE TRIGGER search_fts_delete BEFORE DELETE ON search_entry BEGIN {_OUT} END",
)
# Signs that stand between words, wherever they come from: PostgreSQL’s own reading of addresses, hyphens and decimals
# would find other words than people type. Small letters need a collation that knows more than ASCII.
_BETWEEN = (
    r"[\u0001-/:-@\[-`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7\u02c2-\u02df\u060c\u061b\u061f"
    r"\u066a-\u066d\u06d4\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u3000-\u3004\u3008-\u3030\ufe10-\ufe6f]+"
)
_FOLDED = (
    "DO $do$ DECLARE found text; BEGIN"  # nosec B608  # our own letters
    " SELECT quote_ident(collname) INTO found FROM pg_collation WHERE collname IN ('und-x-icu', 'pg_c_utf8')"
    " ORDER BY collname DESC LIMIT 1;"
    " EXECUTE 'CREATE FUNCTION search_folded(written text) RETURNS text LANGUAGE sql IMMUTABLE AS $fn$"
    " SELECT regexp_replace(normalize(regexp_replace(lower(normalize(written, NFKD)'"
    r" || COALESCE(' COLLATE ' || found, '') || '), ''([a-z])[\u0300-\u036f]+'', ''\1'', ''g''), NFC), "
    f"''{_BETWEEN}'', '' '', ''g'') $fn$'; END $do$"
)
_KEEP = (
    "CREATE FUNCTION search_fts_keep() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE"
    " head tsvector := setweight(to_tsvector('simple', search_folded(NEW.title)), 'A')"
    " || setweight(to_tsvector('simple', search_folded(NEW.names)), 'B');"
    " folded text := search_folded(CASE WHEN NEW.version_id IS NULL THEN NEW.body ELSE"
    " (SELECT v.text FROM article_version v WHERE v.id = NEW.version_id) END);"
    " whole tsvector; BEGIN"
    # A text of more different words than a tsvector holds is found by those of its beginning.
    " BEGIN whole := head || to_tsvector('simple', folded);"
    " EXCEPTION WHEN program_limit_exceeded THEN whole := head || to_tsvector('simple', left(folded, 100000)); END;"
    " INSERT INTO search_fts (rowid, words, heading) VALUES (NEW.id, whole, head)"
    " ON CONFLICT (rowid) DO UPDATE SET words = excluded.words, heading = excluded.heading;"
    " RETURN NEW; END $$"
)
ON_POSTGRESQL = (
    "CREATE FUNCTION search_day(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS"
    " $$ SELECT (moment AT TIME ZONE 'UTC')::date $$",
    _FOLDED,
    "CREATE TABLE search_fts (rowid integer PRIMARY KEY REFERENCES search_entry (id) ON DELETE CASCADE,"
    " words tsvector NOT NULL, heading tsvector NOT NULL)",
    "CREATE INDEX ix_search_fts_words ON search_fts USING gin (words)",
    _KEEP,
    "CREATE TRIGGER search_fts_insert AFTER INSERT ON search_entry FOR EACH ROW EXECUTE FUNCTION search_fts_keep()",
    f"CREATE TRIGGER search_fts_after AFTER UPDATE OF {_WORDS} ON search_entry FOR EACH ROW"
    " EXECUTE FUNCTION search_fts_keep()",
)


def statements(dialect: str) -> list[str]:
    """What makes the index and the triggers, in order."""
    made = ON_SQLITE if dialect == "sqlite" else ON_POSTGRESQL
    return [*made, *(statement for follow in FOLLOWS for statement in follow.statements(dialect))]


def install(metadata: MetaData) -> None:
    """Have `metadata.create_all` make the index after the tables, as the migration does."""
    for dialect in ("sqlite", "postgresql"):
        for statement in statements(dialect):
            made: DDL = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
            event.listen(metadata, "after_create", made.execute_if(dialect=dialect))
