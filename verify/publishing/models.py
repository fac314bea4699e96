"""Approvals, verdicts and their versions: what was approved is what was published, and it stays."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from verify.accounts.models import Person
from verify.db import Base, UtcTime, by_value, one_of
from verify.tickets.models import Ticket
from verify.tickets.workflow import Rating


class VersionKind(StrEnum):
    """Why a version of a verdict exists."""

    PUBLISHED = "published"
    CORRECTION = "correction"
    RETRACTION = "retraction"


class Wording(Base):
    """The public explanation that an editor writes for a ticket before approving it; part of what is hashed."""

    __tablename__ = "wording"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    summary: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy reads a plain dict here


class Approval(Base):
    """An editor's approval of exactly this content. A trigger refuses anyone with an earlier role on the ticket."""

    __tablename__ = "approval"
    __table_args__ = (
        Index("ix_approval_ticket", "ticket_id", "id"),
        CheckConstraint("voided_at IS NULL OR voided_reason <> ''", name="void_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    approver_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    content_sha256: Mapped[str] = mapped_column(String(64))
    rules: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # each publishing rule as it stood, met or not
    exception_reason: Mapped[str] = mapped_column(String(1000), default="")
    approved_at: Mapped[datetime] = mapped_column(UtcTime)
    voided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    voided_reason: Mapped[str] = mapped_column(String(1000), default="")
    approver: Mapped[Person] = relationship()


class Verdict(Base):
    """A ticket's public verdict; its columns repeat the newest version for the index, its versions are the record."""

    __tablename__ = "verdict"
    __table_args__ = (
        CheckConstraint(one_of("rating", Rating), name="rating"),
        Index("ix_verdict_published_at", "published_at", "id"),
        Index("ix_verdict_rating", "rating", "published_at", "id"),
        Index("ix_verdict_investigation", "investigation", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), unique=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    investigation: Mapped[str] = mapped_column(String(200))
    claim: Mapped[str] = mapped_column(String(500))
    claimant: Mapped[str] = mapped_column(String(200), default="")
    rating: Mapped[Rating] = mapped_column(by_value(Rating))
    published_at: Mapped[datetime] = mapped_column(UtcTime)  # of version 1
    changed_at: Mapped[datetime] = mapped_column(UtcTime)  # of the newest version
    retracted: Mapped[bool] = mapped_column(default=False)
    ticket: Mapped[Ticket] = relationship()
    versions: Mapped[list[VerdictVersion]] = relationship(
        back_populates="verdict", order_by="VerdictVersion.number"
    )


class VerdictVersion(Base):
    """What was public from one moment to the next. Triggers forbid changing or deleting it."""

    __tablename__ = "verdict_version"
    __table_args__ = (
        UniqueConstraint("verdict_id", "number"),
        CheckConstraint(one_of("kind", VersionKind), name="kind"),
        CheckConstraint("number = 1 OR reason <> ''", name="public_reason"),
        CheckConstraint("number > 1 OR kind = 'published'", name="first_is_published"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdict.id"))
    number: Mapped[int]
    kind: Mapped[VersionKind] = mapped_column(by_value(VersionKind))
    reason: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[dict[str, Any]] = deferred(mapped_column(JSON))
    content_sha256: Mapped[str] = mapped_column(String(64))
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"))
    published_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime] = mapped_column(UtcTime)
    verdict: Mapped[Verdict] = relationship(back_populates="versions")
    published_by: Mapped[Person] = relationship()


class Concern(Base):
    """A published verdict whose origins are no longer what it says; an editor looks at it again.

    Nothing that is public changes by itself.

    While one is open, further changes of the count bring it up to date; settled, it stays for the record.
    """

    __tablename__ = "concern"
    __table_args__ = (
        CheckConstraint("(settled_at IS NULL) = (settled_by_id IS NULL)", name="settled_by"),
        CheckConstraint("(settled_at IS NULL) = (outcome = '')", name="outcome"),
        Index(
            "uq_concern_open", "verdict_id", unique=True,
            sqlite_where=text("settled_at IS NULL"), postgresql_where=text("settled_at IS NULL"),
        ),
        Index("ix_concern_settled", "settled_at", "id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    verdict_id: Mapped[int] = mapped_column(ForeignKey("verdict.id"))
    version_number: Mapped[int]  # the version that says otherwise
    differences: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # what was published, and what is now
    broken: Mapped[bool]  # whether a rule that it was published under no longer holds
    causes: Mapped[list[str]] = mapped_column(JSON)  # what people did, in sentences
    raised_at: Mapped[datetime] = mapped_column(UtcTime)
    raised_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    outcome: Mapped[str] = mapped_column(String(1000), default="")
    verdict: Mapped[Verdict] = relationship()
    raised_by: Mapped[Person | None] = relationship(foreign_keys=[raised_by_id])
    settled_by: Mapped[Person | None] = relationship(foreign_keys=[settled_by_id])
