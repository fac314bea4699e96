"""The index of claims: every claim of the desk, and the words by which it is found."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INDEXING = "index_claims"
KINDS = "kind IN ('ticket', 'assertion', 'claimreview', 'watch')"


def number(name: str, kind: type[sa.Integer] = sa.Integer) -> sa.Column[int]:
    return sa.Column(name, kind(), autoincrement=False, nullable=False)


def upgrade() -> None:
    op.create_table(
        "held_claim",
        sa.Column("kind", sa.String(24), nullable=False),
        number("key"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subtitle", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("folded", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.CheckConstraint(KINDS, name=op.f("ck_held_claim_kind")),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_held_claim")),
    )
    op.create_index("uq_held_claim_place", "held_claim", ["place"], unique=True)
    op.create_index("ix_held_claim_folded", "held_claim", ["folded", "kind"])
    op.create_table(
        "claim_block",
        number("number"),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("length", sa.Double(), nullable=False),
        sa.Column("days", sa.LargeBinary(), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_claim_block_kind")),
        sa.CheckConstraint("places >= 0", name=op.f("ck_claim_block_places")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_claim_block")),
    )
    op.create_table(
        "claim_posting",
        number("block"),
        number("word", sa.BigInteger),
        sa.Column("claims", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("block", "word", name=op.f("pk_claim_posting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim_word",
        number("word", sa.BigInteger),
        sa.Column("form", sa.String(64), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_claim_word")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim_run",
        sa.Column("run", sa.String(3), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run", name=op.f("pk_claim_run")),
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "postgresql":
        for table, column in (("claim_block", "days"), ("claim_posting", "claims"), ("claim_run", "words")):
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE EXTERNAL")
    _have_claims_taken_in()


def _have_claims_taken_in() -> None:
    """A desk that has claims already takes them in when its worker next starts; a new one has none."""
    connection = op.get_bind()
    claims = sa.text("SELECT 1 WHERE EXISTS (SELECT 1 FROM assertion) OR EXISTS (SELECT 1 FROM ticket)")
    if connection.scalar(claims) is None:
        return
    moment = datetime.now(UTC)
    job = sa.table(
        "job", *(sa.column(name) for name in ("kind", "key", "title", "state", "told", "error", "claim", "claimed_by")),
        sa.column("payload", sa.JSON), *(sa.column(name) for name in ("urgency", "done", "total", "attempts")),
        sa.column("asked_at", sa.DateTime(timezone=True)), sa.column("due_at", sa.DateTime(timezone=True)),
    )  # fmt: skip
    connection.execute(
        job.insert().values(
            kind=INDEXING, key=INDEXING, title="Claims from before there was an index", state="waiting", told="",
            error="", claim="", claimed_by="", payload={}, urgency=0, done=0, total=0, attempts=0, asked_at=moment,
            due_at=moment,
        )
    )  # fmt: skip


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM job WHERE kind IN ('index_claims', 'lay_out_claims')"))
    op.drop_table("claim_run")
    op.drop_table("claim_word")
    op.drop_table("claim_posting")
    op.drop_table("claim_block")
    for name in ("ix_held_claim_folded", "uq_held_claim_place"):
        op.drop_index(name, table_name="held_claim")
    op.drop_table("held_claim")
