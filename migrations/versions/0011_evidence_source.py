"""Evidence: whose record it is, and whether it is their own record or shows what they said; who speaks for whom."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

RESTS_ON = "VARCHAR(24) CONSTRAINT ck_evidence_rests_on CHECK (rests_on IN ('own_record', 'their_word'))"
SOURCE = (
    "INTEGER CONSTRAINT fk_evidence_source_id REFERENCES source (id) "
    "CONSTRAINT ck_evidence_source_rests CHECK ((source_id IS NULL) = (rests_on IS NULL))"
)
FRESH = (
    "EXISTS (SELECT 1 FROM interest WHERE ticket_id = NEW.ticket_id AND person_id = NEW.approver_id) OR "
    "EXISTS (SELECT 1 FROM ticket WHERE merged_into_id = NEW.ticket_id AND opened_by_id = NEW.approver_id) "
    "OR EXISTS (SELECT 1 FROM ticket_event WHERE ticket_id = NEW.ticket_id AND actor_id = NEW.approver_id "
    "AND action IN ('claim reworded', 'appearance added', 'appearance removed', 'appearance edited', 'took "
    "in', 'evidence added', 'evidence withdrawn', 'evidence sourced', 'name linked', 'edge decided'))"
)
FRESH_BEFORE = FRESH.replace(" 'evidence sourced',", "")
MESSAGE = "Who shaped the content or has an interest may not approve it"


def upgrade() -> None:
    op.execute(f"ALTER TABLE evidence ADD COLUMN rests_on {RESTS_ON}")
    op.execute(f"ALTER TABLE evidence ADD COLUMN source_id {SOURCE}")
    op.create_index(op.f("ix_evidence_source_id"), "evidence", ["source_id"])
    op.create_index(op.f("ix_hop_speaks_for"), "hop", ["speaks_for"])
    _guard(FRESH)


def downgrade() -> None:
    _guard(FRESH_BEFORE)
    op.drop_index(op.f("ix_hop_speaks_for"), "hop")
    op.drop_index(op.f("ix_evidence_source_id"), "evidence")
    op.drop_column("evidence", "source_id")
    op.drop_column("evidence", "rests_on")


def _guard(condition: str) -> None:
    """Make the trigger on approvals anew with this condition."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        statements = [
            "DROP TRIGGER approval_fresh_eyes",
            f"CREATE TRIGGER approval_fresh_eyes BEFORE INSERT ON approval FOR EACH ROW WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
        ]
    else:
        statements = [
            f"CREATE OR REPLACE FUNCTION approval_fresh_eyes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF "
            f"{condition} THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END IF; RETURN NEW; END $$",
        ]
    for statement in statements:
        connection.exec_driver_sql(statement)
