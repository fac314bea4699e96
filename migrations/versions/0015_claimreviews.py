"""Reviews of claims by other organisations, their publishers, imports, subscriptions, and their search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = (
    "claimreview_version",
    "claimreview_part",
    "claimreview",
    "claimreview_import",
    "claimreview_subscription",
    "claimreview_publisher",
)
MESSAGE = "An imported review is never changed"
ON_SQLITE = (
    (
        "CREATE VIRTUAL TABLE claimreview_fts USING fts5(claim, claimant, title, "
        "content='claimreview', content_rowid='id', tokenize='unicode61 remove_diacritics 2', "
        "prefix='3 4 5 6')"
    ),
    (
        "CREATE TRIGGER claimreview_fts_insert AFTER INSERT ON claimreview BEGIN INSERT INTO "
        "claimreview_fts(rowid, claim, claimant, title) VALUES (NEW.id, NEW.claim, NEW.claimant, "
        "NEW.title); END"
    ),
    (
        "CREATE TRIGGER claimreview_fts_delete AFTER DELETE ON claimreview BEGIN INSERT INTO "
        "claimreview_fts(claimreview_fts, rowid, claim, claimant, title) VALUES ('delete', OLD.id, "
        "OLD.claim, OLD.claimant, OLD.title); END"
    ),
    (
        "CREATE TRIGGER claimreview_fts_update AFTER UPDATE OF claim, claimant, title ON claimreview "
        "BEGIN INSERT INTO claimreview_fts(claimreview_fts, rowid, claim, claimant, title) VALUES "
        "('delete', OLD.id, OLD.claim, OLD.claimant, OLD.title); INSERT INTO claimreview_fts(rowid, "
        "claim, claimant, title) VALUES (NEW.id, NEW.claim, NEW.claimant, NEW.title); END"
    ),
    "CREATE TRIGGER claimreview_version_no_update BEFORE UPDATE ON claimreview_version FOR EACH ROW "
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
)
ON_POSTGRESQL = (
    (
        "CREATE INDEX ix_claimreview_fts ON claimreview USING gin (to_tsvector('simple', "
        "translate(claim || ' ' || claimant || ' ' || title, '-/.@:_''’\"', '         ')))"
    ),
    "CREATE FUNCTION claimreview_version_no_update() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
    f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER claimreview_version_no_update BEFORE UPDATE ON claimreview_version "
    "FOR EACH ROW EXECUTE FUNCTION claimreview_version_no_update()",
)


def upgrade() -> None:
    op.create_table(
        "claimreview_publisher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("site", sa.String(length=200), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_by_id", sa.Integer(), nullable=True),
        sa.Column("refused_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(refused_at IS NULL) = (refused_reason = '')",
            name=op.f("ck_claimreview_publisher_refused_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["refused_by_id"], ["person.id"], name=op.f("fk_claimreview_publisher_refused_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claimreview_publisher")),
        sa.UniqueConstraint("site", "name_key", name=op.f("uq_claimreview_publisher_site_name_key")),
    )
    op.create_index(
        "ix_claimreview_publisher_name", "claimreview_publisher", ["name_key", "id"], unique=False
    )
    op.create_table(
        "claimreview_subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("url_hash", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("every_hours", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_by_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(length=500), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(length=300), nullable=False),
        sa.Column("last_modified", sa.String(length=100), nullable=False),
        sa.CheckConstraint("licence <> ''", name=op.f("ck_claimreview_subscription_licence")),
        sa.CheckConstraint(
            "every_hours >= 1 AND every_hours <= 720", name=op.f("ck_claimreview_subscription_every_hours")
        ),
        sa.ForeignKeyConstraint(
            ["kept_by_id"], ["person.id"], name=op.f("fk_claimreview_subscription_kept_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claimreview_subscription")),
        sa.UniqueConstraint("url_hash", name=op.f("uq_claimreview_subscription_url_hash")),
    )
    op.create_index("ix_claimreview_subscription_due", "claimreview_subscription", ["due_at"], unique=False)
    op.create_table(
        "claimreview_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "carrier",
            sa.Enum("file", "address", "subscription", name="carrier", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=2000), nullable=False),
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=True),
        sa.Column("imported_by_id", sa.Integer(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(length=500), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("unreadable", sa.Integer(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "carrier IN ('file', 'address', 'subscription')", name=op.f("ck_claimreview_import_carrier")
        ),
        sa.CheckConstraint("licence <> ''", name=op.f("ck_claimreview_import_licence")),
        sa.CheckConstraint(
            "found >= 0 AND new >= 0 AND changed >= 0 AND known >= 0 AND refused >= 0 AND unreadable >= 0",
            name=op.f("ck_claimreview_import_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["person.id"], name=op.f("fk_claimreview_import_imported_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["claimreview_subscription.id"],
            name=op.f("fk_claimreview_import_subscription_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claimreview_import")),
    )
    op.create_index(
        "ix_claimreview_import_subscription", "claimreview_import", ["subscription_id", "id"], unique=False
    )
    op.create_table(
        "claimreview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("url_hash", sa.String(length=64), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("claimant", sa.String(length=500), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("rating_name", sa.String(length=500), nullable=False),
        sa.Column("rating_value", sa.String(length=60), nullable=False),
        sa.Column("best_rating", sa.String(length=60), nullable=False),
        sa.Column("worst_rating", sa.String(length=60), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("appearances", sa.JSON(), nullable=False),
        sa.Column("claim_date", sa.String(length=60), nullable=False),
        sa.Column("claimed_on", sa.Date(), nullable=True),
        sa.Column("review_date", sa.String(length=60), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("claim <> ''", name=op.f("ck_claimreview_claim")),
        sa.CheckConstraint("licence <> ''", name=op.f("ck_claimreview_licence")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["claimreview_import.id"], name=op.f("fk_claimreview_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["claimreview_publisher.id"], name=op.f("fk_claimreview_publisher_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claimreview")),
        sa.UniqueConstraint("identity", name=op.f("uq_claimreview_identity")),
    )
    op.create_index(op.f("ix_claimreview_import_id"), "claimreview", ["import_id"], unique=False)
    op.create_index("ix_claimreview_listed", "claimreview", ["listed_on", "id"], unique=False)
    op.create_index(
        "ix_claimreview_publisher_listed", "claimreview", ["publisher_id", "listed_on", "id"], unique=False
    )
    op.create_index("ix_claimreview_url", "claimreview", ["url_hash", "id"], unique=False)
    op.create_table(
        "claimreview_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["claimreview_import.id"], name=op.f("fk_claimreview_part_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claimreview_part")),
    )
    op.create_index("ix_claimreview_part_import", "claimreview_part", ["import_id", "id"], unique=False)
    op.create_table(
        "claimreview_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claimreview_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source_json", sa.Text(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["claimreview_id"], ["claimreview.id"], name=op.f("fk_claimreview_version_claimreview_id")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["claimreview_import.id"], name=op.f("fk_claimreview_version_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claimreview_version")),
        sa.UniqueConstraint(
            "claimreview_id", "number", name=op.f("uq_claimreview_version_claimreview_id_number")
        ),
    )
    op.create_index("ix_claimreview_version_import", "claimreview_version", ["import_id"], unique=False)

    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in ON_SQLITE if on_sqlite else ON_POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("version_no_update", "fts_update", "fts_delete", "fts_insert"):
            op.execute(f"DROP TRIGGER claimreview_{trigger}")
        op.execute("DROP TABLE claimreview_fts")
    else:
        op.execute("DROP TRIGGER claimreview_version_no_update ON claimreview_version")
        op.execute("DROP FUNCTION claimreview_version_no_update()")
    for table in TABLES:
        op.drop_table(table)
