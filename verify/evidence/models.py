"""Evidence: what speaks for or against a claim, and the stored files that nobody can swap."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from verify.accounts.models import Person
from verify.db import Base, UtcTime, by_value, one_of
from verify.sources.models import Source


class EvidenceKind(StrEnum):
    """What form a piece of evidence has."""

    LINK = "link"
    NOTE = "note"
    FILE = "file"


class Stance(StrEnum):
    """Which way a piece of evidence points."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    CONTEXT = "context"


class Facet(StrEnum):
    """Which part of the claim it speaks to."""

    WHOLE = "whole"
    EVENT = "event"
    ACTOR = "actor"
    TIME = "time"
    PLACE = "place"
    FIGURE = "figure"
    MEANS = "means"


class RestsOn(StrEnum):
    """How a piece of evidence rests on its source: only a record of its own can be an origin of the claim."""

    OWN_RECORD = "own_record"
    THEIR_WORD = "their_word"


class Blob(Base):
    """A stored file, named by its SHA-256; the bytes lie in the data folder, the row says they are complete."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(100))
    stored_at: Mapped[datetime] = mapped_column(UtcTime)


class Evidence(Base):
    """One piece of evidence on a ticket, numbered within it. Withdrawn with a reason, never deleted."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("ticket_id", "number"),
        CheckConstraint(one_of("kind", EvidenceKind), name="kind"),
        CheckConstraint(one_of("stance", Stance), name="stance"),
        CheckConstraint(one_of("facet", Facet), name="facet"),
        CheckConstraint(one_of("rests_on", RestsOn), name="rests_on"),
        CheckConstraint("(source_id IS NULL) = (rests_on IS NULL)", name="source_rests"),
        CheckConstraint("(kind = 'file') = (sha256 IS NOT NULL)", name="file_has_hash"),
        CheckConstraint("kind <> 'link' OR url <> ''", name="link_has_address"),
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_reason <> ''", name="withdrawal_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    number: Mapped[int]
    kind: Mapped[EvidenceKind] = mapped_column(by_value(EvidenceKind))
    title: Mapped[str] = mapped_column(String(300))
    url: Mapped[str] = mapped_column(String(2000), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    stance: Mapped[Stance] = mapped_column(by_value(Stance))
    facet: Mapped[Facet] = mapped_column(by_value(Facet), default=Facet.WHOLE)
    sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), index=True)  # whose record it is
    rests_on: Mapped[RestsOn | None] = mapped_column(by_value(RestsOn))
    file_name: Mapped[str] = mapped_column(String(200), default="")
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(500), default="")
    blob: Mapped[Blob | None] = relationship()
    source: Mapped[Source | None] = relationship()
    added_by: Mapped[Person] = relationship(foreign_keys=[added_by_id])
    withdrawn_by: Mapped[Person | None] = relationship(foreign_keys=[withdrawn_by_id])
