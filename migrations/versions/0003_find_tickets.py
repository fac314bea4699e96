"""Tickets are found by words, and listed in the order in which they were opened."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_ticket_merged_into": ["merged_into_id"],
    "ix_ticket_returned": ["opened_by_id", "status", "round"],
    "ix_ticket_opened_by": ["opened_by_id", "updated_at", "id"],
    "ix_ticket_status_opened": ["status", "id"],
    "ix_ticket_investigation_opened": ["investigation_id", "id"],
    "ix_ticket_investigation_status_opened": ["investigation_id", "status", "id"],
    "ix_ticket_claimant_opened": ["claimant_key", "id"],
    "ix_ticket_rating_opened": ["rating", "id"],
    "ix_ticket_opened_by_opened": ["opened_by_id", "id"],
}
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
ON_POSTGRESQL = (
    "CREATE INDEX ix_ticket_fts ON ticket USING gin (to_tsvector('simple', translate(reference || ' ' || claim || "
    "' ' || claimant, '-/.@:_''’\"', '         ')))"
)


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, "ticket", columns)
    if op.get_bind().dialect.name == "sqlite":
        for statement in ON_SQLITE:
            op.get_bind().exec_driver_sql(statement)
        op.get_bind().exec_driver_sql("INSERT INTO ticket_fts(ticket_fts) VALUES ('rebuild')")
    else:
        op.get_bind().exec_driver_sql(ON_POSTGRESQL)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete", "insert"):
            op.execute(f"DROP TRIGGER ticket_fts_{act}")
        op.execute("DROP TABLE ticket_fts")
    else:
        op.execute("DROP INDEX ix_ticket_fts")
    for name in reversed(INDEXES):
        op.drop_index(name, "ticket")
