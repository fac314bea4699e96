"""The fingerprints of every text, and the passages that texts share; they take the place of the bands."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STRENGTHS = "strength IN ('copy', 'partly copied', 'same statement', 'independent')"
KINDS = "kind IN ('narrative', 'quotation', 'headline', 'caption', 'furniture', 'embedded post', 'same statement')"
SPANS = "a_start >= 0 AND a_end > a_start AND b_start >= 0 AND b_end > b_start"


def number(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def upgrade() -> None:
    op.create_table(
        "text_fingerprint",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        number("version_id"),
        sa.PrimaryKeyConstraint("hash", "version_id", name=op.f("pk_text_fingerprint")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fingerprinting",
        number("version_id"),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("narrative_words", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_fingerprinting_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_fingerprinting")),
    )
    op.create_index("ix_fingerprinting_method", "fingerprinting", ["method", "version_id"])
    op.create_table(
        "shared_text",
        number("a_id"),
        number("b_id"),
        sa.Column("strength", sa.String(24), nullable=False),
        sa.Column("share_a", sa.Double(), nullable=False),
        sa.Column("share_b", sa.Double(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("a_id < b_id", name=op.f("ck_shared_text_order")),
        sa.CheckConstraint(STRENGTHS, name=op.f("ck_shared_text_strength")),
        sa.ForeignKeyConstraint(["a_id"], ["article_version.id"], name=op.f("fk_shared_text_a_id")),
        sa.ForeignKeyConstraint(["b_id"], ["article_version.id"], name=op.f("fk_shared_text_b_id")),
        sa.PrimaryKeyConstraint("a_id", "b_id", name=op.f("pk_shared_text")),
    )
    op.create_index("ix_shared_text_b", "shared_text", ["b_id", "a_id"])
    op.create_table(
        "shared_passage",
        number("a_id"),
        number("b_id"),
        number("position"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("a_start", "a_end", "b_start", "b_end")),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.CheckConstraint(SPANS, name=op.f("ck_shared_passage_spans")),
        sa.CheckConstraint(KINDS, name=op.f("ck_shared_passage_kind")),
        sa.ForeignKeyConstraint(
            ["a_id", "b_id"], ["shared_text.a_id", "shared_text.b_id"], name=op.f("fk_shared_passage_a_id")
        ),
        sa.PrimaryKeyConstraint("a_id", "b_id", "position", name=op.f("pk_shared_passage")),
    )
    op.drop_index("ix_article_band_bucket", table_name="article_band")
    op.drop_table("article_band")


def downgrade() -> None:
    op.create_table(
        "article_band",
        number("version_id"),
        number("band"),
        sa.Column("bucket", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["article_version.id"], name=op.f("fk_article_band_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "band", name=op.f("pk_article_band")),
    )
    op.create_index("ix_article_band_bucket", "article_band", ["bucket", "band"])
    op.drop_table("shared_passage")
    op.drop_index("ix_shared_text_b", table_name="shared_text")
    op.drop_table("shared_text")
    op.drop_index("ix_fingerprinting_method", table_name="fingerprinting")
    op.drop_table("fingerprinting")
    op.drop_table("text_fingerprint")
