"""Sources: spellings by sound, what is not the same, reliability over time, mergings, and protected identities."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TIES_BEFORE = ("speaks_for", "member_of", "owned_by", "republishes", "party_to", "allied_with", "hostile_to")
TIES = (
    "speaks_for",
    "member_of",
    "owned_by",
    "same_family",
    "republishes",
    "party_to",
    "allied_with",
    "hostile_to",
)
TABLES = (
    "source_move_part", "identity_reader", "source_reliability", "source_move", "source_difference",
    "protected_identity",
)  # fmt: skip
# name, table, act, message, condition
GUARDS = (
    ("source_reliability_no_delete", "source_reliability", "DELETE", "A judgement of a source is never deleted", ""),
    (
        "source_reliability_only_ended", "source_reliability", "UPDATE",
        "A judgement of a source may only be taken back, once",
        "OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR NEW.grade <> OLD.grade OR NEW.since <> OLD.since"
        " OR NEW.reason <> OLD.reason OR NEW.source_id <> OLD.source_id",
    ),
    ("source_move_no_delete", "source_move", "DELETE", "A merging or splitting of sources is never deleted", ""),
    ("source_move_part_no_update", "source_move_part", "UPDATE", "What a merging moved is never changed", ""),
    ("source_move_part_no_delete", "source_move_part", "DELETE", "What a merging moved is never deleted", ""),
)  # fmt: skip
HEARD = (("ee", "i"), ("ie", "i"), ("y", "i"), ("oo", "u"), ("ou", "u"), ("q", "k"), ("ph", "f"))


def upgrade() -> None:
    op.add_column("source_alias", sa.Column("sounds", sa.String(250), nullable=False, server_default=""))
    _write_sounds()
    _allow_ties(TIES_BEFORE, TIES)
    _create_tables()
    _create_guards()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for name, *_ in GUARDS:
            op.execute(f"DROP FUNCTION {name}()")
    op.execute("DELETE FROM source_tie WHERE kind = 'same_family'")
    _allow_ties(TIES, TIES_BEFORE)
    op.drop_column("source_alias", "sounds")


def _sound(word: str) -> str:
    """How a word sounds, by the rules of this revision."""
    for written, said in HEARD:
        word = word.replace(written, said)
    word = re.sub(r"(.)\1", r"\1", word).removesuffix("h") or word
    first = "a" if word[0] in "aeiou" else word[0]
    rest = re.sub("[aeiouhw]", "", word[1:])
    return re.sub(r"(.)\1", r"\1", (first + rest).translate(str.maketrans("gcqzvj", "kkksbs")))


def _write_sounds() -> None:
    alias = sa.table("source_alias", sa.column("id"), sa.column("name_key"), sa.column("sounds"))
    for number, key in op.get_bind().execute(sa.select(alias.c.id, alias.c.name_key)).all():
        words = key.split()
        sounds = dict.fromkeys(_sound(word) for word in words)
        if 2 <= len(words) <= 8:
            sounds["=" + "".join(word[0] for word in words)] = None
        heard = (" " + " ".join(sounds))[:200] + " "
        op.get_bind().execute(sa.update(alias).where(alias.c.id == number).values(sounds=heard))


def _allow_ties(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table("source_tie", copy_from=_ties(before), recreate="auto") as table:
        table.drop_constraint(op.f("ck_source_tie_kind"), type_="check")
        table.create_check_constraint(op.f("ck_source_tie_kind"), f"kind IN {after!r}")


def _ties(kinds: tuple[str, ...]) -> sa.Table:
    """The table of ties as it is, for SQLite, which copies a table to change a CHECK."""
    return sa.Table(
        "source_tie", sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("event", sa.String(200), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("known_from", sa.String(500), nullable=False),
        sa.Column("stated_by_id", sa.Integer(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.String(500), nullable=False),
        sa.CheckConstraint("(kind = 'party_to') = (event <> '')", name="ck_source_tie_event_named"),
        sa.CheckConstraint("(kind = 'party_to') = (other_id IS NULL)", name="ck_source_tie_party_to_event"),
        sa.CheckConstraint(f"kind IN {kinds!r}", name="ck_source_tie_kind"),
        sa.CheckConstraint("known_from <> ''", name="ck_source_tie_known_from"),
        sa.CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name="ck_source_tie_dates"),
        sa.CheckConstraint("source_id <> other_id", name="ck_source_tie_not_itself"),
        sa.ForeignKeyConstraint(["other_id"], ["source.id"], name="fk_source_tie_other_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_source_tie_source_id"),
        sa.ForeignKeyConstraint(["stated_by_id"], ["person.id"], name="fk_source_tie_stated_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_source_tie"),
        sa.Index("ix_source_tie_other_id", "other_id"),
        sa.Index("ix_source_tie_source_id", "source_id"),
    )  # fmt: skip


def _create_guards() -> None:
    for name, table, act, message, condition in GUARDS:
        if op.get_bind().dialect.name == "sqlite":
            when = f" WHEN {condition}" if condition else ""
            statements = [
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW{when} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            ]
        else:
            statements = [
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition or 'TRUE'} THEN "
                f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN {'OLD' if act == 'DELETE' else 'NEW'}; END $$",
                f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
            ]
        for statement in statements:
            op.get_bind().exec_driver_sql(statement)


def _create_tables() -> None:
    _create_identities()
    _create_differences()
    _create_moves()
    _create_reliability()


def _create_identities() -> None:
    op.create_table(
        "protected_identity",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("key_mark", sa.String(length=16), nullable=False),
        sa.Column("sealed_by_id", sa.Integer(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["sealed_by_id"], ["person.id"], name=op.f("fk_protected_identity_sealed_by_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_protected_identity_source_id")),
        sa.PrimaryKeyConstraint("source_id", name=op.f("pk_protected_identity")),
    )
    op.create_table(
        "identity_reader",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["named_by_id"], ["person.id"], name=op.f("fk_identity_reader_named_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_reader_person_id")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["protected_identity.source_id"], name=op.f("fk_identity_reader_source_id")
        ),
        sa.PrimaryKeyConstraint("source_id", "person_id", name=op.f("pk_identity_reader")),
    )


def _create_differences() -> None:
    op.create_table(
        "source_difference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(length=200), nullable=False),
        sa.Column("stated_by_id", sa.Integer(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(other_id IS NULL) <> (name_key = '')", name=op.f("ck_source_difference_one_of_both")
        ),
        sa.CheckConstraint(
            "other_id IS NULL OR source_id < other_id", name=op.f("ck_source_difference_in_order")
        ),
        sa.ForeignKeyConstraint(["other_id"], ["source.id"], name=op.f("fk_source_difference_other_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_difference_source_id")),
        sa.ForeignKeyConstraint(
            ["stated_by_id"], ["person.id"], name=op.f("fk_source_difference_stated_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_difference")),
    )
    op.create_index(op.f("ix_source_difference_other_id"), "source_difference", ["other_id"], unique=False)
    op.create_index(op.f("ix_source_difference_source_id"), "source_difference", ["source_id"], unique=False)


def _create_moves() -> None:
    op.create_table(
        "source_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("moved_by_id", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(undone_at IS NULL) = (undone_reason = '')", name=op.f("ck_source_move_undone_reason")
        ),
        sa.CheckConstraint("kind IN ('merged', 'split_off')", name=op.f("ck_source_move_kind")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_source_move_reason")),
        sa.CheckConstraint(
            "undone_at IS NULL OR kind = 'merged'", name=op.f("ck_source_move_undone_merging")
        ),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_source_move_not_itself")),
        sa.ForeignKeyConstraint(["from_id"], ["source.id"], name=op.f("fk_source_move_from_id")),
        sa.ForeignKeyConstraint(["moved_by_id"], ["person.id"], name=op.f("fk_source_move_moved_by_id")),
        sa.ForeignKeyConstraint(["to_id"], ["source.id"], name=op.f("fk_source_move_to_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["person.id"], name=op.f("fk_source_move_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_move")),
    )
    op.create_index("ix_source_move_from", "source_move", ["from_id", "id"], unique=False)
    op.create_index("ix_source_move_to", "source_move", ["to_id", "id"], unique=False)
    op.create_index(
        "uq_source_move_merged",
        "source_move",
        ["from_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'merged' AND undone_at IS NULL"),
        postgresql_where=sa.text("kind = 'merged' AND undone_at IS NULL"),
    )
    op.create_table(
        "source_move_part",
        sa.Column("move_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("row_key", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["move_id"], ["source_move.id"], name=op.f("fk_source_move_part_move_id")),
        sa.PrimaryKeyConstraint("move_id", "place", "row_key", name=op.f("pk_source_move_part")),
    )


def _create_reliability() -> None:
    op.create_table(
        "source_reliability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(1), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("assessed_by_id", sa.Integer(), nullable=True),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_reason = '')", name=op.f("ck_source_reliability_ended_reason")
        ),
        sa.CheckConstraint(
            "grade IN ('A', 'B', 'C', 'D', 'E', 'F')", name=op.f("ck_source_reliability_grade")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_source_reliability_reason")),
        sa.ForeignKeyConstraint(
            ["assessed_by_id"], ["person.id"], name=op.f("fk_source_reliability_assessed_by_id")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_reliability_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_reliability")),
    )
    op.create_index(
        "ix_source_reliability_source", "source_reliability", ["source_id", "since", "id"], unique=False
    )
