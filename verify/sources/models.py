"""Who says things: sources, the names they go by, and how they are tied to each other."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from verify.accounts.models import Person
from verify.db import Base, UtcTime, by_value, one_of


class SourceKind(StrEnum):
    """What a source is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    OUTLET = "outlet"
    AGENCY = "agency"
    ACCOUNT = "account"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"
    MEDIA = "media"


class TieKind(StrEnum):
    """How one source stands to another, read from left to right: “Mujahid speaks for the Taliban”."""

    SPEAKS_FOR = "speaks_for"
    MEMBER_OF = "member_of"
    OWNED_BY = "owned_by"
    REPUBLISHES = "republishes"
    PARTY_TO = "party_to"
    ALLIED_WITH = "allied_with"
    HOSTILE_TO = "hostile_to"


class Source(Base):
    """Somebody or something that says things: a spokesman, an army, an agency, an outlet, a document."""

    __tablename__ = "source"
    __table_args__ = (
        CheckConstraint(one_of("kind", SourceKind), name="kind"),
        Index("ix_source_name_key", "name_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    # The name folded for comparison (case, accents, articles); set by sources.names.name_key.
    name_key: Mapped[str] = mapped_column(String(200))
    kind: Mapped[SourceKind] = mapped_column(by_value(SourceKind))
    note: Mapped[str] = mapped_column(Text, default="")
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    registered_at: Mapped[datetime] = mapped_column(UtcTime)
    version: Mapped[int] = mapped_column(default=1)
    registered_by: Mapped[Person | None] = relationship()
    aliases: Mapped[list[SourceAlias]] = relationship(back_populates="source", order_by="SourceAlias.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy reads a plain dict here


class SourceAlias(Base):
    """A name that a source goes by. Every source has its own name as its first alias; a key leads to one source."""

    __tablename__ = "source_alias"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), unique=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    source: Mapped[Source] = relationship(back_populates="aliases")


class SourceTie(Base):
    """A stated relation of a source: to another source, or (party to) to an event in words."""

    __tablename__ = "source_tie"
    __table_args__ = (
        CheckConstraint(one_of("kind", TieKind), name="kind"),
        CheckConstraint("source_id <> other_id", name="not_itself"),
        CheckConstraint("(kind = 'party_to') = (other_id IS NULL)", name="party_to_event"),
        CheckConstraint("(kind = 'party_to') = (event <> '')", name="event_named"),
        CheckConstraint("known_from <> ''", name="known_from"),
        CheckConstraint("since IS NULL OR until IS NULL OR since <= until", name="dates"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True)
    kind: Mapped[TieKind] = mapped_column(by_value(TieKind))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), index=True)
    event: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[date | None]
    until: Mapped[date | None]
    known_from: Mapped[str] = mapped_column(String(500))
    stated_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    stated_at: Mapped[datetime] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)  # withdrawn; kept for the record
    ended_reason: Mapped[str] = mapped_column(String(500), default="")
    source: Mapped[Source] = relationship(foreign_keys=[source_id])
    other: Mapped[Source | None] = relationship(foreign_keys=[other_id])
    stated_by: Mapped[Person | None] = relationship()
