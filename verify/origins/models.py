"""What people decide about the edges of a count, what articles credit, and which articles are withdrawn."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from verify.accounts.models import Person
from verify.articles.models import Article
from verify.db import Base, UtcTime, by_value, one_of
from verify.tickets.models import Ticket


class EdgeVerdict(StrEnum):
    """What a person says about an edge."""

    CUT = "cut"
    CONFIRMED = "confirmed"
    ADDED = "added"


class EdgeDecision(Base):
    """An edge of the provenance graph that a person cut, confirmed or added, for one ticket or for all of them.

    The edge is named by its kind and its two nodes, as the count names them. Taken back, it stays for the record.
    """

    __tablename__ = "edge_decision"
    __table_args__ = (
        CheckConstraint(one_of("verdict", EdgeVerdict), name="verdict"),
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by"),
        CheckConstraint("(undone_at IS NULL) = (undone_reason = '')", name="undone_reason"),
        Index("ix_edge_decision_ticket", "ticket_id", "id"),
        Index("ix_edge_decision_stated_on", "stated_on_id", "id"),
        Index("ix_edge_decision_child", "child", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))  # None: wherever the edge appears
    stated_on_id: Mapped[int] = mapped_column(
        ForeignKey("ticket.id")
    )  # the ticket on whose page it was stated
    verdict: Mapped[EdgeVerdict] = mapped_column(by_value(EdgeVerdict))
    kind: Mapped[str] = mapped_column(String(40))
    child: Mapped[str] = mapped_column(String(600))
    parent: Mapped[str] = mapped_column(String(600))
    words: Mapped[str] = mapped_column(String(1000))  # the edge as a sentence, as it was shown
    reason: Mapped[str] = mapped_column(String(500))
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcTime)
    undone_reason: Mapped[str] = mapped_column(String(500), default="")
    stated_on: Mapped[Ticket] = relationship(foreign_keys=[stated_on_id])
    decided_by: Mapped[Person] = relationship(foreign_keys=[decided_by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])


class ArticleCredits(Base):
    """Where a text itself says that it comes from: its dateline, its closing lines. Read once, when it is counted."""

    __tablename__ = "article_credits"

    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"), primary_key=True)
    credits: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # name, how, words
    read_at: Mapped[datetime] = mapped_column(UtcTime)


class Withdrawal(Base):
    """An article that its outlet took back, or that turned out to be forged: it counts for nothing."""

    __tablename__ = "withdrawal"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by"),
        CheckConstraint("(undone_at IS NULL) = (undone_reason = '')", name="undone_reason"),
        Index("ix_withdrawal_article", "article_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    reason: Mapped[str] = mapped_column(String(500))
    withdrawn_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime] = mapped_column(UtcTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcTime)
    undone_reason: Mapped[str] = mapped_column(String(500), default="")
    article: Mapped[Article] = relationship()
    withdrawn_by: Mapped[Person] = relationship(foreign_keys=[withdrawn_by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])
