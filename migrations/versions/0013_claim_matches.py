"""Matches: what people decide about them, what they watch for, and where a claim was seen again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

TABLES = ("notice", "sighting", "watch", "match_decision")
# name, table, act, message, condition
GUARDS = [
    ("match_decision_no_delete", "match_decision", "DELETE", "A decision about a match is never deleted", ""),
    (
        "match_decision_only_undone",
        "match_decision",
        "UPDATE",
        "A decision about a match may only be undone, once",
        "OLD.undone_at IS NOT NULL OR NEW.undone_at IS NULL OR NEW.verdict <> OLD.verdict OR NEW.one <> "
        "OLD.one OR NEW.other <> OLD.other OR NEW.reason <> OLD.reason OR NEW.score <> OLD.score OR "
        "NEW.method <> OLD.method",
    ),
    ("watch_no_delete", "watch", "DELETE", "A watch is ended, never deleted", ""),
    ("sighting_no_delete", "sighting", "DELETE", "A sighting of a claim is never deleted", ""),
    (
        "sighting_stays_as_seen",
        "sighting",
        "UPDATE",
        "A sighting stays as it was seen",
        "NEW.article_id <> OLD.article_id OR NEW.statement <> OLD.statement OR NEW.score <> OLD.score OR "
        "NEW.method <> OLD.method",
    ),
]


def upgrade() -> None:
    op.create_table(
        "match_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one", sa.String(length=40), nullable=False),
        sa.Column("other", sa.String(length=40), nullable=False),
        sa.Column("verdict", sa.String(length=24), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("none", sa.Double(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("one_words", sa.Text(), nullable=False),
        sa.Column("other_words", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("method <> ''", name=op.f("ck_match_decision_method")),
        sa.CheckConstraint(
            "verdict <> 'same' OR substr(other, 1, 12) = 'claimreview:' OR reason <> ''",
            name=op.f("ck_match_decision_reason"),
        ),
        sa.CheckConstraint(
            "verdict IN ('filed', 'seen', 'merged', 'same', 'refused')",
            name=op.f("ck_match_decision_verdict"),
        ),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_by_id IS NULL)", name=op.f("ck_match_decision_undone_by")
        ),
        sa.CheckConstraint("one <> other", name=op.f("ck_match_decision_two")),
        sa.CheckConstraint(
            "score >= 0 AND score <= 1 AND none >= 0 AND none <= 1", name=op.f("ck_match_decision_certainty")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_match_decision_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"], name=op.f("fk_match_decision_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_decision")),
    )
    op.create_index("ix_match_decision_one", "match_decision", ["one", "id"], unique=False)
    op.create_index("ix_match_decision_other", "match_decision", ["other", "id"], unique=False)
    op.create_index(
        "uq_match_decision_standing",
        "match_decision",
        ["one", "other"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.String(length=500), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(ticket_id IS NULL) = (wording <> '')", name=op.f("ck_watch_one_claim")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_watch_person_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_watch_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
    )
    op.create_index("ix_watch_person", "watch", ["person_id", "ended_at", "id"], unique=False)
    op.create_index("ix_watch_ticket", "watch", ["ticket_id", "ended_at"], unique=False)
    op.create_index(
        "uq_watch_standing",
        "watch",
        ["person_id", "ticket_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=True),
        sa.Column("watch_id", sa.Integer(), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("assertion", sa.String(length=40), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("said_by", sa.String(length=300), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("none", sa.Double(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("sighted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(ticket_id IS NULL) <> (watch_id IS NULL)", name=op.f("ck_sighting_one_claim")),
        sa.CheckConstraint(
            "score >= 0 AND score <= 1 AND none >= 0 AND none <= 1", name=op.f("ck_sighting_certainty")
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_sighting_article_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["match_decision.id"], name=op.f("fk_sighting_decision_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_sighting_ticket_id")),
        sa.ForeignKeyConstraint(["watch_id"], ["watch.id"], name=op.f("fk_sighting_watch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sighting")),
        sa.UniqueConstraint("ticket_id", "article_id", name=op.f("uq_sighting_ticket_id_article_id")),
        sa.UniqueConstraint("watch_id", "article_id", name=op.f("uq_sighting_watch_id_article_id")),
    )
    op.create_index("ix_sighting_article", "sighting", ["article_id"], unique=False)
    op.create_index("ix_sighting_decision", "sighting", ["decision_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("sighting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.ForeignKeyConstraint(["sighting_id"], ["sighting.id"], name=op.f("fk_notice_sighting_id")),
        sa.PrimaryKeyConstraint("sighting_id", "person_id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_person", "notice", ["person_id", "seen_at", "sighting_id"], unique=False)
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
