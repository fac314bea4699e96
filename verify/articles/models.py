"""Articles, their frozen text, and the assertions found in it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from verify.accounts.models import Person
from verify.db import Base, UtcTime, by_value, one_of
from verify.sources.models import Source, SourceKind


class Mode(StrEnum):
    """How an assertion is rendered."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    OWN_VOICE = "own-voice"


class AssertionState(StrEnum):
    """What people made of an assertion."""

    SUGGESTED = "suggested"
    FILED = "filed"  # it appears in a ticket
    DISMISSED = "dismissed"


class Polarity(StrEnum):
    """What a speaker does with a statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    CANNOT_CONFIRM = "cannot confirm"


class CueType(StrEnum):
    """How sure of a statement the reporting word shows the outlet, or the speaker, to be."""

    NEUTRAL = "neutral"
    CLAIM = "claim"
    DENIAL = "denial"
    ADMISSION = "admission"
    PROMISE = "promise"
    BELIEF = "belief"
    QUESTION = "question"


class Ground(StrEnum):
    """Why a suggestion is set aside: the short list."""

    NOT_A_CLAIM = "not-a-claim"
    OPINION = "opinion"
    NOT_WORTH_IT = "not-worth-it"
    SAID_ELSEWHERE = "said-elsewhere"
    WRONG_PASSAGE = "wrong-passage"
    WRONG_SPEAKER = "wrong-speaker"
    OTHER = "other"


class Act(StrEnum):
    """What a person did about an assertion in the reading room."""

    MARKED = "marked"
    EDITED = "edited"
    EDIT_UNDONE = "edit-undone"
    DISMISSED = "dismissed"
    RESTORED = "restored"


class Article(Base):
    """One article of one outlet. What it says is in its versions; version 1 is what was taken in."""

    __tablename__ = "article"
    # Lists are ordered by number, which is the order of intake.
    __table_args__ = (
        Index("ix_article_outlet", "outlet_id", "id"),
        Index("ix_article_language", "language", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    byline: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(12), default="en")
    url: Mapped[str] = mapped_column(String(2000), default="")
    published_on: Mapped[date | None]
    taken_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    taken_in_at: Mapped[datetime] = mapped_column(UtcTime)
    outlet: Mapped[Source | None] = relationship()
    taken_in_by: Mapped[Person | None] = relationship()
    versions: Mapped[list[ArticleVersion]] = relationship(
        back_populates="article", order_by="ArticleVersion.number"
    )


class ArticleVersion(Base):
    """An article's text, frozen: triggers forbid change. Offsets everywhere count code points of `text`."""

    __tablename__ = "article_version"
    __table_args__ = (Index("uq_article_version_number", "article_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int] = mapped_column(default=1)
    text: Mapped[str] = deferred(mapped_column(Text))  # up to a megabyte: loaded where it is read
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    length: Mapped[int]
    media_type: Mapped[str] = mapped_column(String(100), default="text/plain")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    intake_notes: Mapped[list[str]] = mapped_column(
        JSON, default=list
    )  # what the reader of the file had to decide
    frozen_at: Mapped[datetime] = mapped_column(UtcTime)
    article: Mapped[Article] = relationship(back_populates="versions")
    assertions: Mapped[list[Assertion]] = relationship(back_populates="version", order_by="Assertion.start")


class Assertion(Base):
    """Something an article asserts: an exact span, what it says, and who said it through whom.

    The machine suggests (`method` names it), a person opens, edits or dismisses; `decided_by` is who did.
    `hops` run from the one nearest the reader to the origin; none means the outlet's own voice.
    """

    __tablename__ = "assertion"
    __table_args__ = (
        CheckConstraint(one_of("mode", Mode), name="mode"),
        CheckConstraint(one_of("state", AssertionState), name="state"),
        CheckConstraint("start_at >= 0 AND end_at > start_at", name="span"),
        CheckConstraint("state <> 'dismissed' OR reason <> ''", name="dismissal_reason"),
        CheckConstraint(one_of("polarity", Polarity), name="polarity"),
        CheckConstraint(one_of("cue_type", CueType), name="cue_type"),
        CheckConstraint(one_of("ground", Ground), name="ground"),
        Index("ix_assertion_version", "version_id", "start_at"),
        Index("ix_assertion_decided", "state", "decided_at", "id"),
        # Spotting anew deletes suggestions; a page that still shows one must not act on another by its number.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("article_version.id"))
    start: Mapped[int] = mapped_column("start_at")  # START and END are words of SQL
    end: Mapped[int] = mapped_column("end_at")
    statement: Mapped[str] = mapped_column(Text)
    mode: Mapped[Mode] = mapped_column(by_value(Mode))
    cue: Mapped[str] = mapped_column(String(200), default="")
    channel: Mapped[str] = mapped_column(String(100), default="")
    caveat: Mapped[str] = mapped_column(String(500), default="")
    quantities: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    dates: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    check_worthiness: Mapped[float | None]
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    method: Mapped[str] = mapped_column(String(40))  # "rules/1"; "by hand" when a person marked it
    state: Mapped[AssertionState] = mapped_column(by_value(AssertionState), default=AssertionState.SUGGESTED)
    reason: Mapped[str] = mapped_column(String(500), default="")  # why it was dismissed
    edited: Mapped[bool] = mapped_column(default=False)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    row_version: Mapped[int] = mapped_column(default=1)
    cue_type: Mapped[CueType | None] = mapped_column(by_value(CueType))
    polarity: Mapped[Polarity] = mapped_column(
        by_value(Polarity), default=Polarity.ASSERTS, server_default=Polarity.ASSERTS.value
    )
    part: Mapped[str] = mapped_column(
        String(24), default="body", server_default="body"
    )  # or heading, caption, …
    places: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    # Where source, cue, caveat and content stand: [start, end], of content a list of them.
    spans: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    found_at: Mapped[datetime | None] = mapped_column(UtcTime, index=True)
    ground: Mapped[Ground | None] = mapped_column(
        by_value(Ground)
    )  # why it was dismissed, from the short list
    # What the machine had suggested, kept while people's words stand in its place.
    suggested: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    version: Mapped[ArticleVersion] = relationship(back_populates="assertions")
    decided_by: Mapped[Person | None] = relationship()
    hops: Mapped[list[Hop]] = relationship(
        back_populates="assertion", order_by="Hop.position", cascade="all, delete-orphan"
    )
    decisions: Mapped[list[Decision]] = relationship(order_by="Decision.id", passive_deletes="all")

    @hybrid_property
    def denies(self) -> bool:
        """Whether the speaker denies what somebody else claims."""
        return self.polarity is Polarity.DENIES

    @denies.inplace.expression
    @classmethod
    def _denies(cls) -> ColumnElement[bool]:
        return cls.polarity == Polarity.DENIES

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012  # SQLAlchemy reads a plain dict here


class Hop(Base):
    """One link of an attribution chain. Position 0 is nearest the reader; the last is the origin."""

    __tablename__ = "hop"
    __table_args__ = (CheckConstraint(one_of("kind", SourceKind), name="kind"),)

    assertion_id: Mapped[int] = mapped_column(ForeignKey("assertion.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200), index=True)  # resolved as far as the text allows
    written: Mapped[str] = mapped_column(String(200), default="")  # as the article has it: “he”, “the group”
    kind: Mapped[SourceKind] = mapped_column(by_value(SourceKind))
    role: Mapped[str] = mapped_column(String(200), default="")
    terms: Mapped[str] = mapped_column(String(60), default="")  # “on condition of anonymity”
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), index=True)
    # an organisation
    speaks_for: Mapped[str] = mapped_column(String(200), default="", server_default="", index=True)
    assertion: Mapped[Assertion] = relationship(back_populates="hops")
    source: Mapped[Source | None] = relationship()


class Decision(Base):
    """One thing that a person decided about an assertion: a line of its history, which triggers keep as it is."""

    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(one_of("act", Act), name="act"),
        CheckConstraint(one_of("ground", Ground), name="ground"),
        CheckConstraint("act <> 'dismissed' OR ground IS NOT NULL", name="dismissal_ground"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assertion_id: Mapped[int] = mapped_column(ForeignKey("assertion.id"), index=True)
    act: Mapped[Act] = mapped_column(by_value(Act))
    ground: Mapped[Ground | None] = mapped_column(by_value(Ground))
    reason: Mapped[str] = mapped_column(String(500), default="")
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what was edited: [before, after]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime] = mapped_column(UtcTime)
    person: Mapped[Person] = relationship()
