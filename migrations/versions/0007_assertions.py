"""All that the spotter finds is kept, and each decision about an assertion with who, when and why."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A CHECK comes with its column: SQLite adds none to a table that is there.
GROUNDS = (
    "('not-a-claim', 'opinion', 'not-worth-it', 'said-elsewhere', 'wrong-passage', 'wrong-speaker', 'other')"
)
CHECKED = {
    "cue_type": "VARCHAR(24) CONSTRAINT ck_assertion_cue_type CHECK (cue_type IN "
    "('neutral', 'claim', 'denial', 'admission', 'promise', 'belief', 'question'))",
    "polarity": "VARCHAR(24) DEFAULT 'asserts' NOT NULL CONSTRAINT ck_assertion_polarity CHECK (polarity IN "
    "('asserts', 'denies', 'cannot confirm'))",
    "ground": f"VARCHAR(24) CONSTRAINT ck_assertion_ground CHECK (ground IN {GROUNDS})",
}
UNCHECKED = ("part", "places", "spans", "found_at", "suggested")
GUARDS_ON_SQLITE = [
    f"CREATE TRIGGER decision_no_{act.lower()} BEFORE {act} ON decision FOR EACH ROW "
    f"BEGIN SELECT RAISE(ABORT, 'A decision about an assertion is never {done}'); END"
    for act, done in (("UPDATE", "changed"), ("DELETE", "deleted"))
]
GUARDS_ON_POSTGRESQL = [
    statement
    for act, done, row in (("UPDATE", "changed", "NEW"), ("DELETE", "deleted", "OLD"))
    for statement in (
        f"CREATE FUNCTION decision_no_{act.lower()}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF TRUE THEN "
        f"RAISE EXCEPTION 'A decision about an assertion is never {done}' USING ERRCODE = "
        f"'integrity_constraint_violation'; END IF; RETURN {row}; END $$",
        f"CREATE TRIGGER decision_no_{act.lower()} BEFORE {act} ON decision "
        f"FOR EACH ROW EXECUTE FUNCTION decision_no_{act.lower()}()",
    )
]


def upgrade() -> None:
    for column, definition in CHECKED.items():
        op.execute(f"ALTER TABLE assertion ADD COLUMN {column} {definition}")
    op.add_column("assertion", sa.Column("part", sa.String(24), nullable=False, server_default="body"))
    op.add_column("assertion", sa.Column("places", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("assertion", sa.Column("spans", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("assertion", sa.Column("found_at", sa.DateTime(timezone=True)))
    op.add_column("assertion", sa.Column("suggested", sa.JSON()))
    op.add_column("hop", sa.Column("speaks_for", sa.String(200), nullable=False, server_default=""))
    op.execute("UPDATE assertion SET polarity = 'denies' WHERE denies")
    op.execute("UPDATE assertion SET ground = 'other' WHERE state = 'dismissed'")
    op.execute(
        "UPDATE assertion SET found_at = "
        "(SELECT frozen_at FROM article_version WHERE article_version.id = assertion.version_id)"
    )
    op.drop_column("assertion", "denies")
    op.create_index(op.f("ix_assertion_found_at"), "assertion", ["found_at"])
    op.create_index("ix_assertion_decided", "assertion", ["state", "decided_at", "id"])
    op.create_index(op.f("ix_review_opening_opened_at"), "review_opening", ["opened_at"])
    _create_decisions()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in GUARDS_ON_SQLITE if on_sqlite else GUARDS_ON_POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def _create_decisions() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assertion_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(24), nullable=False),
        sa.Column("ground", sa.String(24)),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "act IN ('marked', 'edited', 'edit-undone', 'dismissed', 'restored')",
            name=op.f("ck_decision_act"),
        ),
        sa.CheckConstraint(f"ground IN {GROUNDS}", name=op.f("ck_decision_ground")),
        sa.CheckConstraint(
            "act <> 'dismissed' OR ground IS NOT NULL", name=op.f("ck_decision_dismissal_ground")
        ),
        sa.ForeignKeyConstraint(["assertion_id"], ["assertion.id"], name=op.f("fk_decision_assertion_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_decision_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_assertion_id"), "decision", ["assertion_id"])


def downgrade() -> None:
    op.drop_table("decision")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION decision_no_update()")
        op.execute("DROP FUNCTION decision_no_delete()")
    op.drop_index(op.f("ix_review_opening_opened_at"), "review_opening")
    op.drop_index("ix_assertion_decided", "assertion")
    op.drop_index(op.f("ix_assertion_found_at"), "assertion")
    op.add_column("assertion", sa.Column("denies", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE assertion SET denies = (polarity = 'denies')")
    for column in (*CHECKED, *UNCHECKED):
        op.drop_column("assertion", column)
    op.drop_column("hop", "speaks_for")
