"""Whether a person reviewed or adjudicated a ticket is one step in an index, however many others they judged."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_review_reviewer": ("review", "reviewer_id"),
    "ix_adjudication_adjudicator": ("adjudication", "adjudicator_id"),
}


def upgrade() -> None:
    for name, (table, person) in INDEXES.items():
        op.drop_index(name, table)
        op.create_index(name, table, [person, "ticket_id"])


def downgrade() -> None:
    for name, (table, person) in INDEXES.items():
        op.drop_index(name, table)
        op.create_index(name, table, [person])
