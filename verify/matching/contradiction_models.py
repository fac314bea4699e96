"""Claims that cannot both be right, what people say about it, and which of them are checked together."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from verify.accounts.models import Person
from verify.db import Base, UtcTime, by_value, one_of
from verify.tickets.models import Ticket


class Contrast(StrEnum):
    """In what two claims contradict each other."""

    DENIAL = "denial"  # the claim is false, rejected the allegation
    STATES = "states"  # took control, still hold
    FIGURES = "figures"  # 700 killed, 7 killed


class Standing(StrEnum):
    """What became of a contradiction that was found or stated."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    LAPSED = (
        "lapsed"  # a claim was worded anew before anybody decided, and says nothing against the other now
    )


class Contradiction(Base):
    """Two tickets whose claims cannot both be right, as the machine suggests or a person states.

    The pair stands once, the older ticket first, and both pages show it. What was refused stays, and is not
    suggested again; the wordings are those that were compared.
    """

    __tablename__ = "contradiction"
    __table_args__ = (
        UniqueConstraint("one_id", "other_id"),
        CheckConstraint("one_id < other_id", name="in_order"),
        CheckConstraint(one_of("contrast", Contrast), name="contrast"),
        CheckConstraint(one_of("standing", Standing), name="standing"),
        CheckConstraint("weight BETWEEN 0 AND 1", name="weight"),
        CheckConstraint(
            "(standing IN ('confirmed', 'refused')) = (decided_at IS NOT NULL)", name="decided_when"
        ),
        CheckConstraint("(decided_at IS NULL) = (decided_by_id IS NULL)", name="decided_by"),
        CheckConstraint("standing <> 'refused' OR reason <> ''", name="refusal_reason"),
        Index("ix_contradiction_other", "other_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    one_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    contrast: Mapped[Contrast] = mapped_column(by_value(Contrast))
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)  # whole sentences
    weight: Mapped[float]
    method: Mapped[str] = mapped_column(String(40))  # "relation/1"; "by hand" when a person stated it
    one_claim: Mapped[str] = mapped_column(String(500))
    other_claim: Mapped[str] = mapped_column(String(500))
    found_at: Mapped[datetime] = mapped_column(UtcTime)
    standing: Mapped[Standing] = mapped_column(by_value(Standing), default=Standing.SUGGESTED)
    reason: Mapped[str] = mapped_column(String(500), default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    one: Mapped[Ticket] = relationship(foreign_keys=[one_id])
    other: Mapped[Ticket] = relationship(foreign_keys=[other_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    checks: Mapped[list[CombinedCheck]] = relationship(
        back_populates="contradiction", order_by="CombinedCheck.id.desc()"
    )


class CombinedCheck(Base):
    """Two claims that contradict each other, checked together: each with a verdict of its own. Undone, it stays."""

    __tablename__ = "combined_check"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by"),
        CheckConstraint("(undone_at IS NULL) = (undone_reason = '')", name="undone_reason"),
        Index("ix_combined_check_contradiction", "contradiction_id", "id"),
        Index(
            "uq_combined_check_standing", "contradiction_id", unique=True,
            sqlite_where=text("undone_at IS NULL"), postgresql_where=text("undone_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    contradiction_id: Mapped[int] = mapped_column(ForeignKey("contradiction.id"))
    reason: Mapped[str] = mapped_column(String(500))
    combined_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    combined_at: Mapped[datetime] = mapped_column(UtcTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcTime)
    undone_reason: Mapped[str] = mapped_column(String(500), default="")
    contradiction: Mapped[Contradiction] = relationship(back_populates="checks")
    combined_by: Mapped[Person] = relationship(foreign_keys=[combined_by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])


class RefusedPassage(Base):
    """A passage of an article that the machine took for a contradiction of a ticket, and a person did not.

    It is named by its place in the frozen text: reading an article anew gives its suggestions new numbers.
    """

    __tablename__ = "refused_passage"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint(one_of("contrast", Contrast), name="contrast"),
        CheckConstraint("weight BETWEEN 0 AND 1", name="weight"),
        CheckConstraint("start_at >= 0 AND end_at > start_at", name="span"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by"),
        Index("ix_refused_passage_ticket", "ticket_id", "id"),
        Index("ix_refused_passage_version", "version_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"))
    start: Mapped[int] = mapped_column("start_at")  # START and END are words of SQL
    end: Mapped[int] = mapped_column("end_at")
    statement: Mapped[str] = mapped_column(String(500))  # as it was shown
    contrast: Mapped[Contrast] = mapped_column(by_value(Contrast))
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    weight: Mapped[float]
    method: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(500))
    refused_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    refused_at: Mapped[datetime] = mapped_column(UtcTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcTime)
    ticket: Mapped[Ticket] = relationship()
    refused_by: Mapped[Person] = relationship(foreign_keys=[refused_by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])
