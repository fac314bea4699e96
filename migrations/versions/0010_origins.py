"""Origins: what people decide about edges, what articles credit, withdrawn articles, and verdicts to look at again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = ("concern", "withdrawal", "article_credits", "edge_decision")
# name, table, act, message, condition
GUARDS = [
    ("edge_decision_no_delete", "edge_decision", "DELETE", "A decision about an edge is never deleted", ""),
    (
        "edge_decision_only_undone",
        "edge_decision",
        "UPDATE",
        "A decision about an edge may only be undone, once",
        "OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.verdict <> OLD.verdict OR NEW.kind <> "
        "OLD.kind OR NEW.child <> OLD.child OR NEW.parent <> OLD.parent OR NEW.reason <> OLD.reason",
    ),
    ("withdrawal_no_delete", "withdrawal", "DELETE", "The withdrawal of an article is never deleted", ""),
    (
        "withdrawal_only_undone",
        "withdrawal",
        "UPDATE",
        "The withdrawal of an article may only be undone, once",
        "OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.article_id <> OLD.article_id OR NEW.reason "
        "<> OLD.reason",
    ),
    ("concern_no_delete", "concern", "DELETE", "A concern about a verdict is never deleted", ""),
    (
        "concern_settled_stays",
        "concern",
        "UPDATE",
        "A settled concern stays as it was settled",
        "OLD.settled_at IS NOT NULL",
    ),
]
FRESH = (
    "EXISTS (SELECT 1 FROM interest WHERE ticket_id = NEW.ticket_id AND person_id = NEW.approver_id) OR "
    "EXISTS (SELECT 1 FROM ticket WHERE merged_into_id = NEW.ticket_id AND opened_by_id = NEW.approver_id) "
    "OR EXISTS (SELECT 1 FROM ticket_event WHERE ticket_id = NEW.ticket_id AND actor_id = NEW.approver_id "
    "AND action IN ('claim reworded', 'appearance added', 'appearance removed', 'appearance edited', 'took "
    "in', 'evidence added', 'evidence withdrawn', 'name linked', 'edge decided'))"
)
FRESH_BEFORE = FRESH.replace(", 'edge decided'", "")
MESSAGE = "Who shaped the content or has an interest may not approve it"


def upgrade() -> None:
    op.create_table(
        "edge_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("stated_on_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("child", sa.String(length=600), nullable=False),
        sa.Column("parent", sa.String(length=600), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_reason = '')", name=op.f("ck_edge_decision_undone_reason")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_edge_decision_reason")),
        sa.CheckConstraint("verdict IN ('cut', 'confirmed', 'added')", name=op.f("ck_edge_decision_verdict")),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_edge_decision_undone_by")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_edge_decision_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["stated_on_id"], ["ticket.id"], name=op.f("fk_edge_decision_stated_on_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_edge_decision_ticket_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"], name=op.f("fk_edge_decision_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge_decision")),
    )
    op.create_index("ix_edge_decision_child", "edge_decision", ["child", "id"], unique=False)
    op.create_index("ix_edge_decision_stated_on", "edge_decision", ["stated_on_id", "id"], unique=False)
    op.create_index("ix_edge_decision_ticket", "edge_decision", ["ticket_id", "id"], unique=False)
    op.create_table(
        "concern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("verdict_id", sa.Integer(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.Column("broken", sa.Boolean(), nullable=False),
        sa.Column("causes", sa.JSON(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("(settled_at IS NULL) = (outcome = '')", name=op.f("ck_concern_outcome")),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (settled_by_id IS NULL)", name=op.f("ck_concern_settled_by")
        ),
        sa.ForeignKeyConstraint(["raised_by_id"], ["person.id"], name=op.f("fk_concern_raised_by_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_concern_settled_by_id")),
        sa.ForeignKeyConstraint(["verdict_id"], ["verdict.id"], name=op.f("fk_concern_verdict_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
    )
    op.create_index("ix_concern_settled", "concern", ["settled_at", "id"], unique=False)
    op.create_index(
        "uq_concern_open",
        "concern",
        ["verdict_id"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_reason = '')", name=op.f("ck_withdrawal_undone_reason")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_withdrawal_reason")),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_withdrawal_undone_by")
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_withdrawal_article_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"], name=op.f("fk_withdrawal_undone_by_id")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_withdrawal_withdrawn_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_withdrawal")),
    )
    op.create_index("ix_withdrawal_article", "withdrawal", ["article_id", "id"], unique=False)
    op.create_table(
        "article_credits",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("credits", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_article_credits_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_article_credits")),
    )
    for guard in GUARDS:
        _make(*guard)
    _drop("approval_fresh_eyes", "approval")
    _make("approval_fresh_eyes", "approval", "INSERT", MESSAGE, FRESH)


def downgrade() -> None:
    _drop("approval_fresh_eyes", "approval")
    _make("approval_fresh_eyes", "approval", "INSERT", MESSAGE, FRESH_BEFORE)
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
