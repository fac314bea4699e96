"""The index of claims: what is claimed anywhere on the desk, laid out so that a million of them are found quickly.

What may be found is a row of `held_claim`, written in the transaction of what claims it. Its words come into blocks
later, many claims at a time and by one writer, so that putting a claim in touches no row that others write.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import DDL, BigInteger, CheckConstraint, Index, LargeBinary, String, Text, event
from sqlalchemy.orm import Mapped, mapped_column

from verify.db import Base, by_value, one_of


class Held(StrEnum):
    """Where a claim stands on the desk."""

    TICKET = "ticket"
    ASSERTION = "assertion"
    CLAIMREVIEW = "claimreview"
    WATCH = "watch"


class HeldClaim(Base):
    """A claim that can be found: whose it is, what it says, and its words as they were read.

    No foreign key: `key` is the number of a ticket, an assertion or another row, by `kind`. A claim without a `place`
    waits for its words to come into a block; it is found nevertheless.
    """

    __tablename__ = "held_claim"
    __table_args__ = (
        CheckConstraint(one_of("kind", Held), name="kind"),
        Index("uq_held_claim_place", "place", unique=True),
        Index("ix_held_claim_folded", "folded", "kind"),
    )

    kind: Mapped[Held] = mapped_column(by_value(Held), primary_key=True)
    key: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    subtitle: Mapped[str] = mapped_column(Text)
    dated: Mapped[date | None]
    words: Mapped[str] = mapped_column(Text)
    folded: Mapped[int] = mapped_column(BigInteger)  # of the text, whatever its case and spaces
    place: Mapped[int | None]


class ClaimBlock(Base):
    """Some thousands of places for claims of one kind: how many are taken, and what is summed up of them."""

    __tablename__ = "claim_block"
    __table_args__ = (
        CheckConstraint(one_of("kind", Held), name="kind"),
        CheckConstraint("places >= 0", name="places"),
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Held] = mapped_column(by_value(Held))
    places: Mapped[int]
    length: Mapped[float]  # of all its claims, in weighted words
    days: Mapped[bytes] = mapped_column(LargeBinary)
    method: Mapped[str] = mapped_column(String(40))


class ClaimPosting(Base):
    """Which claims of a block hold a word, and how much it counts in each: three bytes a claim."""

    __tablename__ = "claim_posting"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy reads a plain dict here

    block: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    word: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    claims: Mapped[bytes] = mapped_column(LargeBinary)


class ClaimWord(Base):
    """A word that claims hold, and how many of those in blocks do."""

    __tablename__ = "claim_word"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # as above

    word: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    form: Mapped[str] = mapped_column(String(64))
    claims: Mapped[int]


class ClaimRun(Base):
    """Three letters that stand together in words, and in which: for words that are spelled otherwise."""

    __tablename__ = "claim_run"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # as above

    run: Mapped[str] = mapped_column(String(3), primary_key=True)
    words: Mapped[bytes] = mapped_column(LargeBinary)


# What is appended to again and again is not worth pressing together.
AS_IT_IS = (
    "ALTER TABLE claim_block ALTER COLUMN days SET STORAGE EXTERNAL",
    "ALTER TABLE claim_posting ALTER COLUMN claims SET STORAGE EXTERNAL",
    "ALTER TABLE claim_run ALTER COLUMN words SET STORAGE EXTERNAL",
)
for _table, _statement in zip((ClaimBlock, ClaimPosting, ClaimRun), AS_IT_IS, strict=True):
    event.listen(_table.__table__, "after_create", DDL(_statement).execute_if(dialect="postgresql"))  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
