"""Fingerprints of every frozen text, and the passages that two texts were found to share."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from verify.db import Base, UtcTime, by_value, one_of
from verify.reuse import Kind, Strength


class TextFingerprint(Base):
    """One fingerprint that a text holds: the index of the whole archive, about a hundred rows a text.

    No foreign key: frozen texts are never deleted, and checking a hundred rows a text would cost more than all the
    rest of the intake. The key is the table: on SQLite there is no other copy of it.
    """

    __tablename__ = "text_fingerprint"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # SQLAlchemy reads a plain dict here

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    version_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Fingerprinting(Base):
    """That a text is in the index, by which method, and how many words of narrative it has."""

    __tablename__ = "fingerprinting"
    __table_args__ = (Index("ix_fingerprinting_method", "method", "version_id"),)

    version_id: Mapped[int] = mapped_column(
        ForeignKey("article_version.id"), primary_key=True, autoincrement=False
    )
    method: Mapped[str] = mapped_column(String(40))
    narrative_words: Mapped[int]
    done_at: Mapped[datetime] = mapped_column(UtcTime)


class SharedText(Base):
    """Two texts that share something, and how strong that tie is. `a` is the one with the smaller number."""

    __tablename__ = "shared_text"
    __table_args__ = (
        CheckConstraint("a_id < b_id", name="order"),
        CheckConstraint(one_of("strength", Strength), name="strength"),
        Index("ix_shared_text_b", "b_id", "a_id"),
    )

    a_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), primary_key=True, autoincrement=False)
    b_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), primary_key=True, autoincrement=False)
    strength: Mapped[Strength] = mapped_column(by_value(Strength))
    share_a: Mapped[float]  # of the narrative of each text, how much stands in the other too
    share_b: Mapped[float]
    words: Mapped[int]  # of narrative in common
    method: Mapped[str] = mapped_column(String(40))
    found_at: Mapped[datetime] = mapped_column(UtcTime)


class SharedPassage(Base):
    """A passage that stands in two texts, in code points of each."""

    __tablename__ = "shared_passage"
    __table_args__ = (
        ForeignKeyConstraint(["a_id", "b_id"], ["shared_text.a_id", "shared_text.b_id"]),
        CheckConstraint(
            "a_start >= 0 AND a_end > a_start AND b_start >= 0 AND b_end > b_start", name="spans"
        ),
        CheckConstraint(one_of("kind", Kind), name="kind"),
    )

    a_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    b_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    a_start: Mapped[int]
    a_end: Mapped[int]
    b_start: Mapped[int]
    b_end: Mapped[int]
    kind: Mapped[Kind] = mapped_column(by_value(Kind))
    words: Mapped[int]
