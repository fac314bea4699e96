"""Tickets: one claim each, its appearances, the people on it, what they say, and every move it made."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from verify.accounts.models import Person
from verify.articles.models import Assertion
from verify.db import Base, UtcTime, by_value, one_of
from verify.tickets.workflow import Rating, Status


class Investigation(Base):
    """A story the desk follows; its prefix begins the references of its tickets (PAN-0012)."""

    __tablename__ = "investigation"
    __table_args__ = (CheckConstraint("length(prefix) BETWEEN 2 AND 6", name="prefix"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    prefix: Mapped[str] = mapped_column(String(6), unique=True)
    last_number: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(UtcTime)


class Ticket(Base):
    """One claim to be checked. Moves alone write `status`; `version` turns a stale save into a conflict.

    The cached columns (claimant, counts, settled grades) make the queue one query. They hold nothing that is
    sealed: grades stay null until the reviews are settled.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        CheckConstraint(one_of("status", Status), name="status"),
        CheckConstraint("rating IS NULL OR " + one_of("rating", Rating), name="rating"),
        CheckConstraint(
            "(sourcing IS NULL OR sourcing BETWEEN 0 AND 4) AND (attribution IS NULL OR attribution BETWEEN 0 AND 4)"
            " AND (confirmation IS NULL OR confirmation BETWEEN 0 AND 4)",
            name="grades",
        ),
        CheckConstraint("origins_lower >= 0 AND origins_lower <= origins_upper", name="origins"),
        CheckConstraint("(status = 'merged') = (merged_into_id IS NOT NULL)", name="merged_into"),
        CheckConstraint("merged_into_id <> id", name="not_into_itself"),
        Index("ix_ticket_updated_at", "updated_at", "id"),
        Index("ix_ticket_status", "status", "updated_at", "id"),
        Index("ix_ticket_investigation", "investigation_id", "updated_at", "id"),
        Index("ix_ticket_investigation_status", "investigation_id", "status", "updated_at", "id"),
        Index("ix_ticket_claimant", "claimant_key", "updated_at", "id"),
        Index("ix_ticket_rating", "rating", "updated_at", "id"),
        Index("ix_ticket_merged_into", "merged_into_id"),
        Index("ix_ticket_returned", "opened_by_id", "status", "round"),
        Index("ix_ticket_opened_by", "opened_by_id", "updated_at", "id"),
        # The same lists by the order in which tickets were opened
        Index("ix_ticket_status_opened", "status", "id"),
        Index("ix_ticket_investigation_opened", "investigation_id", "id"),
        Index("ix_ticket_investigation_status_opened", "investigation_id", "status", "id"),
        Index("ix_ticket_claimant_opened", "claimant_key", "id"),
        Index("ix_ticket_rating_opened", "rating", "id"),
        Index("ix_ticket_opened_by_opened", "opened_by_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    investigation_id: Mapped[int] = mapped_column(ForeignKey("investigation.id"))
    claim: Mapped[str] = mapped_column(String(500))
    status: Mapped[Status] = mapped_column(by_value(Status), default=Status.OPEN)
    round: Mapped[int] = mapped_column(default=1)  # each reopening or return starts a new round of reviews
    version: Mapped[int] = mapped_column(default=1)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
    deadline_on: Mapped[date | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    # Cached for the queue
    claimant: Mapped[str] = mapped_column(String(200), default="")
    claimant_key: Mapped[str] = mapped_column(String(200), default="")
    articles: Mapped[int] = mapped_column(default=0)
    origins_lower: Mapped[int] = mapped_column(default=0)
    origins_upper: Mapped[int] = mapped_column(default=0)
    origins_party: Mapped[bool] = mapped_column(default=False)
    sourcing: Mapped[int | None]
    attribution: Mapped[int | None]
    confirmation: Mapped[int | None]
    rating: Mapped[Rating | None] = mapped_column(by_value(Rating))

    investigation: Mapped[Investigation] = relationship(lazy="joined", innerjoin=True)
    opened_by: Mapped[Person] = relationship()
    merged_into: Mapped[Ticket | None] = relationship(remote_side=[id])
    appearances: Mapped[list[Appearance]] = relationship(back_populates="ticket", order_by="Appearance.id")
    assignments: Mapped[list[Assignment]] = relationship(back_populates="ticket", order_by="Assignment.id")


class Appearance(Base):
    """An assertion filed under a ticket: this article, at this place, says what the claim says."""

    __tablename__ = "appearance"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    assertion_id: Mapped[int] = mapped_column(ForeignKey("assertion.id"), unique=True)
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    filed_at: Mapped[datetime] = mapped_column(UtcTime)
    ticket: Mapped[Ticket] = relationship(back_populates="appearances")
    assertion: Mapped[Assertion] = relationship()
    filed_by: Mapped[Person] = relationship()


class Assignment(Base):
    """A reviewer of one round; freed ones stay for the record."""

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("ticket_id", "round", "reviewer_id"),
        Index("ix_assignment_reviewer", "reviewer_id", "freed_at", "ticket_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    round: Mapped[int]
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assigned_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    assigned_at: Mapped[datetime] = mapped_column(UtcTime)
    freed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    ticket: Mapped[Ticket] = relationship(back_populates="assignments")
    reviewer: Mapped[Person] = relationship(foreign_keys=[reviewer_id])
    assigned_by: Mapped[Person] = relationship(foreign_keys=[assigned_by_id])


class Interest(Base):
    """A declared interest: this person must not judge this ticket, and says why."""

    __tablename__ = "interest"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(500))
    declared_at: Mapped[datetime] = mapped_column(UtcTime)
    person: Mapped[Person] = relationship()


class Comment(Base):
    """What somebody said about a ticket."""

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(UtcTime)
    author: Mapped[Person] = relationship()
    mentions: Mapped[list[Mention]] = relationship(back_populates="comment")


class Mention(Base):
    """Somebody named in a comment; it waits in their queue until they have seen the ticket."""

    __tablename__ = "mention"
    __table_args__ = (Index("ix_mention_person", "person_id", "seen_at"),)

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    seen_at: Mapped[datetime | None] = mapped_column(UtcTime)
    comment: Mapped[Comment] = relationship(back_populates="mentions")
    person: Mapped[Person] = relationship()


class TicketEvent(Base):
    """One line of a ticket's history: a move between states, or an edit with old and new value."""

    __tablename__ = "ticket_event"
    __table_args__ = (Index("ix_ticket_event_ticket", "ticket_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[str] = mapped_column(String(40))
    from_status: Mapped[Status | None] = mapped_column(by_value(Status))
    to_status: Mapped[Status | None] = mapped_column(by_value(Status))
    old_value: Mapped[str] = mapped_column(Text, default="")
    new_value: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(String(1000), default="")
    happened_at: Mapped[datetime] = mapped_column(UtcTime)
    actor: Mapped[Person | None] = relationship()
