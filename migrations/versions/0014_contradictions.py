"""Contradictions between claims, what people decide about them, and claims that are checked together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = ("refused_passage", "combined_check", "contradiction")
# name, table, act, message, condition
GUARDS = [
    ("contradiction_no_delete", "contradiction", "DELETE", "A contradiction is never deleted", ""),
    (
        "contradiction_pair_stays",
        "contradiction",
        "UPDATE",
        "A contradiction keeps its two claims, and that it was decided",
        "NEW.one_id <> OLD.one_id OR NEW.other_id <> OLD.other_id "
        "OR (OLD.decided_at IS NOT NULL AND NEW.decided_at IS NULL)",
    ),
    ("combined_check_no_delete", "combined_check", "DELETE", "A combined check is never deleted", ""),
    (
        "combined_check_only_undone",
        "combined_check",
        "UPDATE",
        "A combined check may only be undone, once",
        "OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL "
        "OR NEW.contradiction_id <> OLD.contradiction_id OR NEW.reason <> OLD.reason",
    ),
    (
        "refused_passage_no_delete",
        "refused_passage",
        "DELETE",
        "A refused contradiction is never deleted",
        "",
    ),
    (
        "refused_passage_only_undone",
        "refused_passage",
        "UPDATE",
        "A refused contradiction may only be taken up again, once",
        "OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL "
        "OR NEW.ticket_id <> OLD.ticket_id OR NEW.reason <> OLD.reason",
    ),
]


def upgrade() -> None:
    op.create_table(
        "contradiction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("contrast", sa.String(length=24), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("one_claim", sa.String(length=500), nullable=False),
        sa.Column("other_claim", sa.String(length=500), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(standing IN ('confirmed', 'refused')) = (decided_at IS NOT NULL)",
            name=op.f("ck_contradiction_decided_when"),
        ),
        sa.CheckConstraint(
            "contrast IN ('denial', 'states', 'figures')", name=op.f("ck_contradiction_contrast")
        ),
        sa.CheckConstraint(
            "standing <> 'refused' OR reason <> ''", name=op.f("ck_contradiction_refusal_reason")
        ),
        sa.CheckConstraint(
            "standing IN ('suggested', 'confirmed', 'refused', 'lapsed')",
            name=op.f("ck_contradiction_standing"),
        ),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by_id IS NULL)", name=op.f("ck_contradiction_decided_by")
        ),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_contradiction_in_order")),
        sa.CheckConstraint("weight BETWEEN 0 AND 1", name=op.f("ck_contradiction_weight")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_contradiction_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["one_id"], ["ticket.id"], name=op.f("fk_contradiction_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["ticket.id"], name=op.f("fk_contradiction_other_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contradiction")),
        sa.UniqueConstraint("one_id", "other_id", name=op.f("uq_contradiction_one_id_other_id")),
    )
    op.create_index("ix_contradiction_other", "contradiction", ["other_id", "id"], unique=False)
    op.create_table(
        "combined_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contradiction_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("combined_by_id", sa.Integer(), nullable=False),
        sa.Column("combined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_reason = '')", name=op.f("ck_combined_check_undone_reason")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_combined_check_reason")),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_combined_check_undone_by")
        ),
        sa.ForeignKeyConstraint(
            ["combined_by_id"], ["person.id"], name=op.f("fk_combined_check_combined_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["contradiction_id"], ["contradiction.id"], name=op.f("fk_combined_check_contradiction_id")
        ),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"], name=op.f("fk_combined_check_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_combined_check")),
    )
    op.create_index(
        "ix_combined_check_contradiction", "combined_check", ["contradiction_id", "id"], unique=False
    )
    op.create_index(
        "uq_combined_check_standing",
        "combined_check",
        ["contradiction_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "refused_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(length=500), nullable=False),
        sa.Column("contrast", sa.String(length=24), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("refused_by_id", sa.Integer(), nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "contrast IN ('denial', 'states', 'figures')", name=op.f("ck_refused_passage_contrast")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_refused_passage_reason")),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_refused_passage_undone_by")
        ),
        sa.CheckConstraint("start_at >= 0 AND end_at > start_at", name=op.f("ck_refused_passage_span")),
        sa.CheckConstraint("weight BETWEEN 0 AND 1", name=op.f("ck_refused_passage_weight")),
        sa.ForeignKeyConstraint(
            ["refused_by_id"], ["person.id"], name=op.f("fk_refused_passage_refused_by_id")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_refused_passage_ticket_id")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["person.id"], name=op.f("fk_refused_passage_undone_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_refused_passage_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_passage")),
    )
    op.create_index("ix_refused_passage_ticket", "refused_passage", ["ticket_id", "id"], unique=False)
    op.create_index("ix_refused_passage_version", "refused_passage", ["version_id"], unique=False)
    for guard in GUARDS:
        _make(*guard)


def downgrade() -> None:
    for name, table, *_ in GUARDS:
        _drop(name, table)
    for table in TABLES:
        op.drop_table(table)


def _make(name: str, table: str, act: str, message: str, condition: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        when = f" WHEN {condition}" if condition else ""
        statements = [
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW{when} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        ]
    else:
        row = "OLD" if act == "DELETE" else "NEW"
        statements = [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition or 'TRUE'} THEN "
            f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {row}; END $$",
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def _drop(name: str, table: str) -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(f"DROP TRIGGER {name}" if on_sqlite else f"DROP TRIGGER {name} ON {table}")
    if not on_sqlite:
        op.execute(f"DROP FUNCTION {name}()")
