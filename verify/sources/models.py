"""Who says things: sources, the names they go by, and how they are tied to each other."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from verify.accounts.models import Person
from verify.db import Base, UtcTime, by_value, one_of
from verify.sources.names import sounds_of
from verify.sources.reliability import Reliability

# For a column that leads to a source and is not to follow it when the source is merged into another.
STAYS = {"stays_when_merged": True}


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
    SAME_FAMILY = "same_family"
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
    # How its words sound, each between spaces: finds other spellings of the same name.
    sounds: Mapped[str] = mapped_column(
        String(250), default=lambda context: sounds_of(context.get_current_parameters()["name_key"])
    )
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    source: Mapped[Source] = relationship(back_populates="aliases")
    added_by: Mapped[Person | None] = relationship()


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


class SourceDifference(Base):
    """What people said is not the same: a source and a spelling, or two sources. Taken back, it stays."""

    __tablename__ = "source_difference"
    __table_args__ = (
        CheckConstraint("(other_id IS NULL) <> (name_key = '')", name="one_of_both"),
        CheckConstraint("other_id IS NULL OR source_id < other_id", name="in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), index=True, info=STAYS)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), index=True, info=STAYS)
    name: Mapped[str] = mapped_column(String(200), default="")
    name_key: Mapped[str] = mapped_column(String(200), default="")
    stated_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    stated_at: Mapped[datetime] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    source: Mapped[Source] = relationship(foreign_keys=[source_id])
    other: Mapped[Source | None] = relationship(foreign_keys=[other_id])
    stated_by: Mapped[Person] = relationship()


class SourceReliability(Base):
    """How reliable a source was judged to be from a day on, and why. Triggers let it be taken back and no more."""

    __tablename__ = "source_reliability"
    __table_args__ = (
        CheckConstraint(one_of("grade", Reliability), name="grade"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("(ended_at IS NULL) = (ended_reason = '')", name="ended_reason"),
        Index("ix_source_reliability_source", "source_id", "since", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), info=STAYS)
    grade: Mapped[Reliability] = mapped_column(by_value(Reliability, 1))
    since: Mapped[date]
    reason: Mapped[str] = mapped_column(String(1000))
    assessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    assessed_at: Mapped[datetime] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)  # taken back; kept for the record
    ended_reason: Mapped[str] = mapped_column(String(500), default="")
    assessed_by: Mapped[Person | None] = relationship()


class MoveKind(StrEnum):
    """Why names and passages went from one source to another."""

    MERGED = "merged"
    SPLIT_OFF = "split_off"


class SourceMove(Base):
    """One source was merged into another, or names were split off into a new one. A merging can be undone."""

    __tablename__ = "source_move"
    __table_args__ = (
        CheckConstraint(one_of("kind", MoveKind), name="kind"),
        CheckConstraint("from_id <> to_id", name="not_itself"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("(undone_at IS NULL) = (undone_reason = '')", name="undone_reason"),
        CheckConstraint("undone_at IS NULL OR kind = 'merged'", name="undone_merging"),
        Index("ix_source_move_from", "from_id", "id"),
        Index("ix_source_move_to", "to_id", "id"),
        # A source is merged into one other at most; undone mergings stay for the record.
        Index(
            "uq_source_move_merged", "from_id", unique=True,
            sqlite_where=text("kind = 'merged' AND undone_at IS NULL"),
            postgresql_where=text("kind = 'merged' AND undone_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MoveKind] = mapped_column(by_value(MoveKind))
    from_id: Mapped[int] = mapped_column(ForeignKey("source.id"), info=STAYS)
    to_id: Mapped[int] = mapped_column(ForeignKey("source.id"), info=STAYS)
    reason: Mapped[str] = mapped_column(String(500))
    moved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    moved_at: Mapped[datetime] = mapped_column(UtcTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcTime)
    undone_reason: Mapped[str] = mapped_column(String(500), default="")
    from_: Mapped[Source] = relationship(foreign_keys=[from_id])
    to: Mapped[Source] = relationship(foreign_keys=[to_id])
    moved_by: Mapped[Person] = relationship(foreign_keys=[moved_by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])


class SourceMovePart(Base):
    """One row that a move re-pointed, so that undoing it re-points just these: where it is, and its key there."""

    __tablename__ = "source_move_part"

    move_id: Mapped[int] = mapped_column(ForeignKey("source_move.id"), primary_key=True)
    place: Mapped[str] = mapped_column(String(60), primary_key=True)  # “hop.source_id”
    row_key: Mapped[str] = mapped_column(String(60), primary_key=True)  # its primary key, parts joined by “/”


class ProtectedIdentity(Base):
    """Who an anonymous source is, sealed with a key that the database does not hold. Destroying it deletes the row."""

    __tablename__ = "protected_identity"

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True, info=STAYS)
    sealed: Mapped[str] = mapped_column(Text)
    key_mark: Mapped[str] = mapped_column(String(16))  # tells which key sealed it, and nothing about the key
    sealed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sealed_at: Mapped[datetime] = mapped_column(UtcTime)
    sealed_by: Mapped[Person] = relationship()
    readers: Mapped[list[IdentityReader]] = relationship(
        order_by="IdentityReader.named_at", cascade="all, delete-orphan"
    )


class IdentityReader(Base):
    """Somebody who may open a protected identity."""

    __tablename__ = "identity_reader"

    source_id: Mapped[int] = mapped_column(
        ForeignKey("protected_identity.source_id"), primary_key=True, info=STAYS
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    named_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[datetime] = mapped_column(UtcTime)
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    named_by: Mapped[Person] = relationship(foreign_keys=[named_by_id])
