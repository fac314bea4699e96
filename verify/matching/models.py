"""What people decide about the machine's matches, what they watch for, and where a claim was seen again."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from verify.accounts.models import Person
from verify.articles.models import Article
from verify.db import Base, UtcTime, by_value, one_of
from verify.tickets.models import Ticket

_CERTAIN = "score >= 0 AND score <= 1 AND none >= 0 AND none <= 1"


class MatchVerdict(StrEnum):
    """What a person says about two claims that the machine holds for the same."""

    FILED = "filed"  # the assertion became an appearance of the ticket
    SEEN = "seen"  # the assertion repeats the ticket's claim, and is no appearance of it
    MERGED = "merged"  # the two tickets became one
    SAME = "same"  # the same claim, kept apart
    REFUSED = "refused"  # another claim


class MatchDecision(Base):
    """What a person decided about a match, beside the match as it was shown to them.

    The two are named by kind and number, “assertion:12” and “ticket:5”, without a foreign key: a suggestion that
    nobody filed may be replaced when its text is spotted anew, and what people decided outlives it. Taken back, a
    decision stays for the record.
    """

    __tablename__ = "match_decision"
    __table_args__ = (
        CheckConstraint(one_of("verdict", MatchVerdict), name="verdict"),
        CheckConstraint(_CERTAIN, name="certainty"),
        CheckConstraint("one <> other", name="two"),
        CheckConstraint("method <> ''", name="method"),
        CheckConstraint("verdict <> 'same' OR substr(other, 1, 12) = 'claimreview:' OR reason <> ''", name="reason"),
        CheckConstraint("(undone_at IS NULL) = (undone_by_id IS NULL)", name="undone_by"),
        Index("ix_match_decision_one", "one", "id"),
        Index("ix_match_decision_other", "other", "id"),
        Index(
            "uq_match_decision_standing", "one", "other", unique=True,
            sqlite_where=text("undone_at IS NULL"), postgresql_where=text("undone_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    one: Mapped[str] = mapped_column(String(40))
    other: Mapped[str] = mapped_column(String(40))
    verdict: Mapped[MatchVerdict] = mapped_column(by_value(MatchVerdict))
    reason: Mapped[str] = mapped_column(String(500), default="")
    # The match as it was shown
    score: Mapped[float]
    none: Mapped[float]
    method: Mapped[str] = mapped_column(String(40))
    why: Mapped[list[str]] = mapped_column(JSON, default=list)
    one_words: Mapped[str] = mapped_column(Text)
    other_words: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcTime)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcTime)
    undone_reason: Mapped[str] = mapped_column(String(500), default="")
    decided_by: Mapped[Person] = relationship(foreign_keys=[decided_by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])


class Watch(Base):
    """Somebody wants to know when a claim comes in again: a ticket's, or one in their own words."""

    __tablename__ = "watch"
    __table_args__ = (
        CheckConstraint("(ticket_id IS NULL) = (wording <> '')", name="one_claim"),
        Index("ix_watch_ticket", "ticket_id", "ended_at"),
        Index("ix_watch_person", "person_id", "ended_at", "id"),
        Index(
            "uq_watch_standing", "person_id", "ticket_id", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    wording: Mapped[str] = mapped_column(String(500), default="")
    began_at: Mapped[datetime] = mapped_column(UtcTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcTime)
    person: Mapped[Person] = relationship()
    ticket: Mapped[Ticket | None] = relationship()


class Sighting(Base):
    """A claim seen again: an article that came in states what a ticket or a watch claims. One for each article.

    It holds what the machine saw, and names the assertion by its key alone, for a suggestion may be replaced. It is
    public only where a person confirmed it.
    """

    __tablename__ = "sighting"
    __table_args__ = (
        CheckConstraint("(ticket_id IS NULL) <> (watch_id IS NULL)", name="one_claim"),
        CheckConstraint(_CERTAIN, name="certainty"),
        UniqueConstraint("ticket_id", "article_id"),
        UniqueConstraint("watch_id", "article_id"),
        Index("ix_sighting_article", "article_id"),
        Index("ix_sighting_decision", "decision_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    watch_id: Mapped[int | None] = mapped_column(ForeignKey("watch.id"))
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    assertion: Mapped[str] = mapped_column(String(40))  # its key, “assertion:12”
    statement: Mapped[str] = mapped_column(Text)
    said_by: Mapped[str] = mapped_column(String(300), default="")
    score: Mapped[float]
    none: Mapped[float]
    method: Mapped[str] = mapped_column(String(40))
    why: Mapped[list[str]] = mapped_column(JSON, default=list)
    sighted_at: Mapped[datetime] = mapped_column(UtcTime)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("match_decision.id"))
    ticket: Mapped[Ticket | None] = relationship()
    watch: Mapped[Watch | None] = relationship()
    article: Mapped[Article] = relationship()
    decision: Mapped[MatchDecision | None] = relationship()


class Notice(Base):
    """A sighting in the queue of somebody who watches, until they have seen it."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_person", "person_id", "seen_at", "sighting_id"),)

    sighting_id: Mapped[int] = mapped_column(ForeignKey("sighting.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    seen_at: Mapped[datetime | None] = mapped_column(UtcTime)
    sighting: Mapped[Sighting] = relationship()
