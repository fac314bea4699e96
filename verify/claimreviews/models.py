"""Reviews of claims that other organisations published, where they came from, and which addresses are fetched again.

Nothing here is the desk's own judgement: each review names its publisher and the licence under which it is kept.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from verify.accounts.models import Person
from verify.db import Base, UtcTime, by_value, now, one_of

LATE = timedelta(minutes=15)


class Carrier(StrEnum):
    """What an import read."""

    FILE = "file"
    ADDRESS = "address"
    SUBSCRIPTION = "subscription"


class ReviewPublisher(Base):
    """An organisation as its reviews name it, on the site where they stand; the same name elsewhere is another one."""

    __tablename__ = "claimreview_publisher"
    __table_args__ = (
        CheckConstraint("(refused_at IS NULL) = (refused_reason = '')", name="refused_reason"),
        UniqueConstraint("site", "name_key"),
        Index("ix_claimreview_publisher_name", "name_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))  # as written
    name_key: Mapped[str] = mapped_column(String(200))  # folded for comparison
    site: Mapped[str] = mapped_column(String(200))  # the host its reviews stand on, which it cannot make up
    url: Mapped[str] = mapped_column(String(2000), default="")  # the address it gives of itself
    # Its reviews were removed, such as after it withdrew its licence: none are taken in until somebody lifts this.
    refused_at: Mapped[datetime | None] = mapped_column(UtcTime)
    refused_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    refused_reason: Mapped[str] = mapped_column(String(500), default="")
    refused_by: Mapped[Person | None] = relationship()


class Subscription(Base):
    """An address that is fetched again and again, until somebody pauses or ends it."""

    __tablename__ = "claimreview_subscription"
    __table_args__ = (
        CheckConstraint("every_hours >= 1 AND every_hours <= 720", name="every_hours"),
        CheckConstraint("licence <> ''", name="licence"),
        Index("ix_claimreview_subscription_due", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(String(2000))
    url_hash: Mapped[str] = mapped_column(String(64), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    licence: Mapped[str] = mapped_column(String(200))
    every_hours: Mapped[int] = mapped_column(default=24)
    due_at: Mapped[datetime | None] = mapped_column(UtcTime)  # none while it is paused
    kept_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))  # on whose behalf it is fetched
    added_at: Mapped[datetime] = mapped_column(UtcTime)
    fetched_at: Mapped[datetime | None] = mapped_column(UtcTime)
    outcome: Mapped[str] = mapped_column(String(500), default="")  # of the last time, for people
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    etag: Mapped[str] = mapped_column(String(300), default="")
    last_modified: Mapped[str] = mapped_column(String(100), default="")
    kept_by: Mapped[Person] = relationship()

    @property
    def overdue(self) -> bool:
        """Whether its time passed a while ago and nobody fetched it, such as after its job failed."""
        return self.due_at is not None and self.due_at < now() - LATE


class Import(Base):
    """One reading of one file or address: what it brought, and what in it could not be read and why."""

    __tablename__ = "claimreview_import"
    __table_args__ = (
        CheckConstraint(one_of("carrier", Carrier), name="carrier"),
        CheckConstraint("licence <> ''", name="licence"),
        CheckConstraint(
            "found >= 0 AND new >= 0 AND changed >= 0 AND known >= 0 AND refused >= 0 AND unreadable >= 0",
            name="counts",
        ),
        Index("ix_claimreview_import_subscription", "subscription_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    carrier: Mapped[Carrier] = mapped_column(by_value(Carrier))
    name: Mapped[str] = mapped_column(String(2000))  # of the file, or the address
    name_hash: Mapped[str] = mapped_column(String(64))  # tells what was read from the same place
    sha256: Mapped[str] = mapped_column(String(64), default="")  # of all that was read
    licence: Mapped[str] = mapped_column(String(200))
    subscription_id: Mapped[int | None] = mapped_column(ForeignKey("claimreview_subscription.id"))
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    imported_at: Mapped[datetime] = mapped_column(UtcTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcTime)  # none while it waits to be fetched
    failure: Mapped[str] = mapped_column(String(500), default="")  # why nothing of it could be read
    # Reviews that could be read: new, changed, known, refused, and what is left.
    found: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)  # of publishers whose reviews are not taken in
    unreadable: Mapped[int] = mapped_column(default=0)
    problems: Mapped[list[list[str]]] = mapped_column(
        JSON, default=list
    )  # [place, reason], the first hundreds
    notes: Mapped[list[str]] = mapped_column(JSON, default=list)
    imported_by: Mapped[Person | None] = relationship()

    @property
    def left(self) -> int:
        """How many of the reviews that were found are still to be taken in."""
        return self.found - self.new - self.changed - self.known - self.refused


class ImportPart(Base):
    """Reviews of a long import, read and not yet taken in; a part is taken in and deleted in one transaction."""

    __tablename__ = "claimreview_part"
    __table_args__ = (Index("ix_claimreview_part_import", "import_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("claimreview_import.id"))
    packed: Mapped[bytes] = mapped_column(LargeBinary)


class ClaimReview(Base):
    """One review of one claim, as its publisher last gave it. Words are kept as written, also where they are odd."""

    __tablename__ = "claimreview"
    __table_args__ = (
        CheckConstraint("claim <> ''", name="claim"),
        CheckConstraint("licence <> ''", name="licence"),
        Index("ix_claimreview_listed", "listed_on", "id"),
        Index("ix_claimreview_publisher_listed", "publisher_id", "listed_on", "id"),
        Index("ix_claimreview_url", "url_hash", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(String(64), unique=True)  # hash of its address and its claim
    url: Mapped[str] = mapped_column(String(2000))
    url_hash: Mapped[str] = mapped_column(String(64))
    publisher_id: Mapped[int] = mapped_column(ForeignKey("claimreview_publisher.id"))
    claim: Mapped[str] = mapped_column(Text)
    claimant: Mapped[str] = mapped_column(String(500), default="")
    title: Mapped[str] = mapped_column(String(500), default="")
    language: Mapped[str] = mapped_column(String(35), default="")
    rating_name: Mapped[str] = mapped_column(String(500), default="")  # “Mostly false”, as written
    rating_value: Mapped[str] = mapped_column(String(60), default="")
    best_rating: Mapped[str] = mapped_column(String(60), default="")
    worst_rating: Mapped[str] = mapped_column(String(60), default="")
    explanation: Mapped[str] = mapped_column(Text, default="")
    # Where the claim was made: [{"url": …, "title": …, "first": true}]
    appearances: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    claim_date: Mapped[str] = mapped_column(String(60), default="")  # as written
    claimed_on: Mapped[date | None]
    review_date: Mapped[str] = mapped_column(String(60), default="")
    reviewed_on: Mapped[date | None]
    listed_on: Mapped[date]  # the day of the review, or of the import where it has none
    licence: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)
    import_id: Mapped[int] = mapped_column(ForeignKey("claimreview_import.id"), index=True)
    imported_at: Mapped[datetime] = mapped_column(UtcTime)
    publisher: Mapped[ReviewPublisher] = relationship()
    brought_by: Mapped[Import] = relationship()

    @property
    def rating(self) -> str:
        """The rating in words as its publisher wrote it, with the scale: “Mostly false (2 on a scale from 1 to 5)”."""
        scale = self.rating_value
        if scale and self.worst_rating and self.best_rating:
            scale = f"{scale} on a scale from {self.worst_rating} to {self.best_rating}"
        elif scale and self.best_rating:
            scale = f"{scale} of {self.best_rating}"
        if not self.rating_name:
            return scale
        return f"{self.rating_name} ({scale})" if scale else self.rating_name


class ClaimReviewVersion(Base):
    """The JSON of a review as it came, each time it came changed; a trigger forbids changing it."""

    __tablename__ = "claimreview_version"
    __table_args__ = (
        UniqueConstraint("claimreview_id", "number"),
        Index("ix_claimreview_version_import", "import_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claimreview_id: Mapped[int] = mapped_column(ForeignKey("claimreview.id"))
    number: Mapped[int]
    import_id: Mapped[int] = mapped_column(ForeignKey("claimreview_import.id"))
    digest: Mapped[str] = mapped_column(String(64))  # of what the desk reads from it
    licence: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))  # of the JSON
    source_json: Mapped[str] = deferred(mapped_column(Text))
    kept_at: Mapped[datetime] = mapped_column(UtcTime)
    brought_by: Mapped[Import] = relationship()
