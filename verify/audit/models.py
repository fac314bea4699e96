"""The append-only log: each entry names the one before it by hash."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from verify.db import Base, UtcTime


class AuditHead(Base):
    """The one row that every writer locks: the sequence and hash of the newest entry."""

    __tablename__ = "audit_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sequence: Mapped[int]
    entry_hash: Mapped[str] = mapped_column(String(64))


class AuditEntry(Base):
    """One act of one actor. Triggers forbid changing or deleting it.

    `entry_hash` is the SHA-256 of the RFC 8785 JSON of all other columns; `payload_hash` is a salted commitment
    to the payload, so that erasing personal data leaves a tombstone and the chain still verifies.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_type", "subject_id", "sequence"),
        Index("ix_audit_entry_actor", "actor_id", "sequence"),
        Index("ix_audit_entry_action", "action", "sequence"),
    )

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    previous_hash: Mapped[str] = mapped_column(String(64))
    at: Mapped[str] = mapped_column(String(32))  # ISO 8601, UTC, microseconds: hashed exactly as stored
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(64))
    payload_hash: Mapped[str] = mapped_column(String(64))
    entry_hash: Mapped[str] = mapped_column(String(64), unique=True)


class AuditPayload(Base):
    """What an entry says beyond its line; may be erased where a law asks for it, its commitment stays."""

    __tablename__ = "audit_payload"

    sequence: Mapped[int] = mapped_column(
        ForeignKey("audit_entry.sequence"), primary_key=True, autoincrement=False
    )
    salt: Mapped[str] = mapped_column(String(32))
    payload: Mapped[str] = mapped_column(Text)
    erased_at: Mapped[datetime | None] = mapped_column(UtcTime)
