"""Background jobs, and by which method a text was last spotted."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LIVE = sa.text("state IN ('waiting', 'running')")
# What was spotted so far: by the method that its suggestions name.
SPOTTED = """
    INSERT INTO spotting (version_id, method, spotted_at, suggestions)
    SELECT v.id, MIN(a.method), v.frozen_at, COUNT(*) FROM article_version v JOIN assertion a ON a.version_id = v.id
    WHERE a.method <> 'by hand' GROUP BY v.id, v.frozen_at
"""


def upgrade() -> None:
    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(length=200), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claim", sa.String(length=32), nullable=False),
        sa.Column("claimed_by", sa.String(length=100), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_job_state")
        ),
        sa.CheckConstraint("total >= 0 AND done >= 0 AND done <= total", name=op.f("ck_job_progress")),
        sa.CheckConstraint("state <> 'failed' OR error <> ''", name=op.f("ck_job_failure_reason")),
        sa.CheckConstraint(
            "state <> 'running' OR (claim <> '' AND lease_until IS NOT NULL)",
            name=op.f("ck_job_running_is_claimed"),
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_job_asked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    op.create_index("uq_job_live_key", "job", ["key"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
    op.create_index("ix_job_key", "job", ["key", "id"])
    op.create_index("ix_job_next", "job", ["state", "urgency", "id"])
    op.create_index("ix_job_listed", "job", ["state", "id"])
    op.create_table(
        "spotting",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("spotted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suggestions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["article_version.id"], name=op.f("fk_spotting_version_id")),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_spotting")),
    )
    op.create_index("ix_spotting_method", "spotting", ["method", "version_id"])
    op.execute(SPOTTED)


def downgrade() -> None:
    op.drop_table("spotting")
    op.drop_table("job")
