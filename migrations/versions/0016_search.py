"""One index over everything that can be found, kept by triggers, and the words by which other spellings are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

COLUMNS = "kind, key, ticket_id, person_id, version_id, dated, title, names, body"
KINDS = "kind IN ('ticket', 'article', 'source', 'evidence', 'comment', 'claimreview')"
INDEXES = {
    "ix_search_entry_dated": ["dated", "id"],
    "ix_search_entry_kind": ["kind", "dated", "id"],
    "ix_search_entry_person": ["person_id", "dated", "id"],
    "ix_search_entry_ticket": ["ticket_id"],
    "ix_search_entry_version": ["version_id"],
}
ON_SQLITE = (
    (
        "CREATE VIEW search_text AS SELECT e.id, e.title, e.names, CASE WHEN e.version_id IS NULL THEN "
        "e.body ELSE (SELECT v.text FROM article_version v WHERE v.id = e.version_id) END AS body FROM "
        "search_entry e"
    ),
    (
        "CREATE VIRTUAL TABLE search_fts USING fts5(title, names, body, content='search_text', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
    ),
    (
        "CREATE TRIGGER search_fts_insert AFTER INSERT ON search_entry BEGIN INSERT INTO "
        "search_fts(rowid, title, names, body) SELECT id, title, names, body FROM search_text WHERE id = "
        "NEW.id; END"
    ),
    (
        "CREATE TRIGGER search_fts_before BEFORE UPDATE OF title, names, body, version_id ON "
        "search_entry BEGIN INSERT INTO search_fts(search_fts, rowid, title, names, body) SELECT "
        "'delete', id, title, names, body FROM search_text WHERE id = OLD.id; END"
    ),
    (
        "CREATE TRIGGER search_fts_after AFTER UPDATE OF title, names, body, version_id ON search_entry "
        "BEGIN INSERT INTO search_fts(rowid, title, names, body) SELECT id, title, names, body FROM "
        "search_text WHERE id = NEW.id; END"
    ),
    (
        "CREATE TRIGGER search_fts_delete BEFORE DELETE ON search_entry BEGIN INSERT INTO "
        "search_fts(search_fts, rowid, title, names, body) SELECT 'delete', id, title, names, body FROM "
        "search_text WHERE id = OLD.id; END"
    ),
)
ON_POSTGRESQL = (
    (
        "CREATE FUNCTION search_day(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS $$ SELECT "
        "(moment AT TIME ZONE 'UTC')::date $$"
    ),
    (
        "DO $do$ DECLARE found text; BEGIN SELECT quote_ident(collname) INTO found FROM pg_collation "
        "WHERE collname IN ('und-x-icu', 'pg_c_utf8') ORDER BY collname DESC LIMIT 1; EXECUTE 'CREATE "
        "FUNCTION search_folded(written text) RETURNS text LANGUAGE sql IMMUTABLE AS $fn$ SELECT "
        "regexp_replace(normalize(regexp_replace(lower(normalize(written, NFKD)' || COALESCE(' COLLATE ' "
        "|| found, '') || '), ''([a-z])[\\u0300-\\u036f]+'', ''\\1'', ''g''), NFC), "
        "''[\\u0001-/:-@\\[-`{-\\u00a9\\u00ab-\\u00b1\\u00b4\\u00b6-\\u00b8\\u00bb\\u00bf\\u00d7\\u00f7\\u02c2-\\u02df"
        "\\u060c\\u061b\\u061f\\u066a-\\u066d\\u06d4"
        "\\u2000-\\u206f\\u20a0-\\u20cf\\u2190-\\u2bff\\u3000-\\u3004\\u3008-\\u3030\\ufe10-\\ufe6f]+'', "
        "'' '', ''g'') $fn$'; END $do$"
    ),
    (
        "CREATE TABLE search_fts (rowid integer PRIMARY KEY REFERENCES search_entry (id) ON DELETE "
        "CASCADE, words tsvector NOT NULL, heading tsvector NOT NULL)"
    ),
    "CREATE INDEX ix_search_fts_words ON search_fts USING gin (words)",
    (
        "CREATE FUNCTION search_fts_keep() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE head tsvector "
        ":= setweight(to_tsvector('simple', search_folded(NEW.title)), 'A') || "
        "setweight(to_tsvector('simple', search_folded(NEW.names)), 'B'); folded text := "
        "search_folded(CASE WHEN NEW.version_id IS NULL THEN NEW.body ELSE (SELECT v.text FROM "
        "article_version v WHERE v.id = NEW.version_id) END); whole tsvector; BEGIN BEGIN whole := head "
        "|| to_tsvector('simple', folded); EXCEPTION WHEN program_limit_exceeded THEN whole := head || "
        "to_tsvector('simple', left(folded, 100000)); END; INSERT INTO search_fts (rowid, words, "
        "heading) VALUES (NEW.id, whole, head) ON CONFLICT (rowid) DO UPDATE SET words = excluded.words, "
        "heading = excluded.heading; RETURN NEW; END $$"
    ),
    (
        "CREATE TRIGGER search_fts_insert AFTER INSERT ON search_entry FOR EACH ROW EXECUTE FUNCTION "
        "search_fts_keep()"
    ),
    (
        "CREATE TRIGGER search_fts_after AFTER UPDATE OF title, names, body, version_id ON search_entry "
        "FOR EACH ROW EXECUTE FUNCTION search_fts_keep()"
    ),
)
ENTRIES = {
    "sqlite": {
        "ticket": (
            "SELECT 'ticket', t.id, t.id, t.opened_by_id, NULL, date(t.opened_at), t.claim, "
            "t.reference || ' ' || t.claimant, COALESCE((SELECT json_extract(w.content, '$.summary') "
            "FROM verdict_version w JOIN verdict d ON d.id = w.verdict_id WHERE d.ticket_id = t.id "
            "ORDER BY w.number DESC LIMIT 1), '') FROM ticket t WHERE t.id"
        ),
        "article": (
            "SELECT 'article', a.id, NULL, a.taken_in_by_id, v.id, COALESCE(a.published_on, "
            "date(a.taken_in_at)), a.title, a.byline, '' FROM article a JOIN article_version v ON "
            "v.article_id = a.id AND v.number = (SELECT max(w.number) FROM article_version w WHERE "
            "w.article_id = a.id) WHERE a.id"
        ),
        "source": (
            "SELECT 'source', s.id, NULL, s.registered_by_id, NULL, date(s.registered_at), s.name, "
            "COALESCE((SELECT group_concat(n.name, ' · ') FROM source_alias n WHERE n.source_id = "
            "s.id), ''), s.note FROM source s WHERE s.id"
        ),
        "evidence": (
            "SELECT 'evidence', e.id, e.ticket_id, e.added_by_id, NULL, date(e.added_at), e.title, "
            "e.file_name || ' ' || e.url, e.note FROM evidence e WHERE e.id"
        ),
        "comment": (
            "SELECT 'comment', c.id, c.ticket_id, c.author_id, NULL, date(c.written_at), '', '', "
            "c.body FROM comment c WHERE c.id"
        ),
        "claimreview": (
            "SELECT 'claimreview', r.id, NULL, NULL, NULL, r.listed_on, r.claim, r.claimant || ' ' "
            "|| p.name || ' ' || r.title, r.explanation FROM claimreview r JOIN "
            "claimreview_publisher p ON p.id = r.publisher_id WHERE r.id"
        ),
    },
    "postgresql": {
        "ticket": (
            "SELECT 'ticket', t.id, t.id, t.opened_by_id, NULL::integer, search_day(t.opened_at), "
            "t.claim, t.reference || ' ' || t.claimant, COALESCE((SELECT w.content->>'summary' FROM "
            "verdict_version w JOIN verdict d ON d.id = w.verdict_id WHERE d.ticket_id = t.id ORDER "
            "BY w.number DESC LIMIT 1), '') FROM ticket t WHERE t.id"
        ),
        "article": (
            "SELECT 'article', a.id, NULL::integer, a.taken_in_by_id, v.id, COALESCE(a.published_on, "
            "search_day(a.taken_in_at)), a.title, a.byline, '' FROM article a JOIN article_version v "
            "ON v.article_id = a.id AND v.number = (SELECT max(w.number) FROM article_version w "
            "WHERE w.article_id = a.id) WHERE a.id"
        ),
        "source": (
            "SELECT 'source', s.id, NULL::integer, s.registered_by_id, NULL::integer, "
            "search_day(s.registered_at), s.name, COALESCE((SELECT string_agg(n.name, ' · ') FROM "
            "source_alias n WHERE n.source_id = s.id), ''), s.note FROM source s WHERE s.id"
        ),
        "evidence": (
            "SELECT 'evidence', e.id, e.ticket_id, e.added_by_id, NULL::integer, "
            "search_day(e.added_at), e.title, e.file_name || ' ' || e.url, e.note FROM evidence e "
            "WHERE e.id"
        ),
        "comment": (
            "SELECT 'comment', c.id, c.ticket_id, c.author_id, NULL::integer, "
            "search_day(c.written_at), '', '', c.body FROM comment c WHERE c.id"
        ),
        "claimreview": (
            "SELECT 'claimreview', r.id, NULL::integer, NULL::integer, NULL::integer, r.listed_on, "
            "r.claim, r.claimant || ' ' || p.name || ' ' || r.title, r.explanation FROM claimreview "
            "r JOIN claimreview_publisher p ON p.id = r.publisher_id WHERE r.id"
        ),
    },
}
# table, act, columns, kind, key
FOLLOWS = (
    ("ticket", "INSERT", "", "ticket", "NEW.id"),
    ("ticket", "UPDATE", "reference, claim, claimant", "ticket", "NEW.id"),
    ("ticket", "DELETE", "", "ticket", "NEW.id"),
    ("verdict_version", "INSERT", "", "ticket", "(SELECT ticket_id FROM verdict WHERE id = NEW.verdict_id)"),
    ("article", "UPDATE", "title, byline, published_on", "article", "NEW.id"),
    ("article", "DELETE", "", "article", "NEW.id"),
    ("article_version", "INSERT", "", "article", "NEW.article_id"),
    ("source", "INSERT", "", "source", "NEW.id"),
    ("source", "UPDATE", "name, note", "source", "NEW.id"),
    ("source", "DELETE", "", "source", "NEW.id"),
    ("source_alias", "INSERT", "", "source", "NEW.source_id"),
    ("source_alias", "UPDATE", "name, source_id", "source", "NEW.source_id"),
    ("source_alias", "UPDATE", "source_id", "source", "OLD.source_id"),
    ("source_alias", "DELETE", "", "source", "OLD.source_id"),
    ("evidence", "INSERT", "", "evidence", "NEW.id"),
    ("evidence", "UPDATE", "ticket_id, title, url, note, file_name", "evidence", "NEW.id"),
    ("evidence", "DELETE", "", "evidence", "NEW.id"),
    ("comment", "INSERT", "", "comment", "NEW.id"),
    ("comment", "UPDATE", "ticket_id, body", "comment", "NEW.id"),
    ("comment", "DELETE", "", "comment", "NEW.id"),
    ("claimreview", "INSERT", "", "claimreview", "NEW.id"),
    (
        "claimreview",
        "UPDATE",
        "claim, claimant, title, explanation, listed_on, publisher_id",
        "claimreview",
        "NEW.id",
    ),
    ("claimreview", "DELETE", "", "claimreview", "NEW.id"),
)


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_search_entry_kind")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_search_entry_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_search_entry_ticket_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_search_entry_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_search_entry_kind_key")),
    )
    for name, columns in INDEXES.items():
        op.create_index(name, "search_entry", columns)
    op.create_table(
        "search_word",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("start", sa.String(length=3), nullable=False),
        sa.Column("stem", sa.String(length=40), nullable=False),
        sa.Column("sound", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    for column in ("start", "stem", "sound"):
        op.create_index(f"ix_search_word_{column}", "search_word", [column])
    dialect = op.get_bind().dialect.name
    for statement in ON_SQLITE if dialect == "sqlite" else ON_POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)
    _enter_what_is_there(dialect)
    for follow in FOLLOWS:
        _follow(dialect, *follow)


def _enter_what_is_there(dialect: str) -> None:
    """Entries for every row of the desk, in the order of their days, and their words."""
    every = " UNION ALL ".join(f"{query} IS NOT NULL" for query in ENTRIES[dialect].values())
    op.get_bind().exec_driver_sql(
        f"INSERT INTO search_entry ({COLUMNS}) SELECT * FROM ({every}) AS there ORDER BY 6, 1, 2"  # nosec B608  # our own names
    )
    from verify.search.vocabulary import learn_everything  # also for desks that this takes up later

    learn_everything(op.get_bind())


def _follow(dialect: str, table: str, act: str, columns: str, kind: str, key: str) -> None:
    own_end = act == "DELETE" and table == kind
    name = f"search_{table}_{act.lower()}{'_old' if key.startswith('OLD') and act != 'DELETE' else ''}"
    body = (
        f"DELETE FROM search_entry WHERE kind = '{kind}' AND key = OLD.id;"  # nosec B608  # our own names
        if own_end
        else f"INSERT INTO search_entry ({COLUMNS}) {ENTRIES[dialect][kind]} = {key}"  # nosec B608  # our own names
        " ON CONFLICT (kind, key) DO UPDATE SET ticket_id = excluded.ticket_id,"
        " version_id = excluded.version_id, dated = excluded.dated, title = excluded.title,"
        " names = excluded.names, body = excluded.body;"
    )
    when = f"{'BEFORE' if own_end else 'AFTER'} {act}{f' OF {columns}' if columns else ''} ON {table}"
    if dialect == "sqlite":
        op.get_bind().exec_driver_sql(f"CREATE TRIGGER {name} {when} BEGIN {body} END")
        return
    row = "OLD" if act == "DELETE" else "NEW"
    op.get_bind().exec_driver_sql(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN {row}; END $$"
    )
    op.get_bind().exec_driver_sql(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()")


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, act, _, _, key in FOLLOWS:
        name = f"search_{table}_{act.lower()}{'_old' if key.startswith('OLD') and act != 'DELETE' else ''}"
        op.execute(f"DROP TRIGGER {name}" if on_sqlite else f"DROP TRIGGER {name} ON {table}")
        if not on_sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.execute("DROP TABLE search_fts")
    if on_sqlite:
        for name in ("insert", "before", "after", "delete"):
            op.execute(f"DROP TRIGGER search_fts_{name}")
        op.execute("DROP VIEW search_text")
    op.drop_table("search_entry")
    op.drop_table("search_word")
    if not on_sqlite:
        for made in ("search_fts_keep()", "search_folded(text)", "search_day(timestamptz)"):
            op.execute(f"DROP FUNCTION {made}")
