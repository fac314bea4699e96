"""What can be found: an entry for each claim, article, source, piece of evidence, comment and imported review.

Triggers keep the entries (see index.py), so that nothing writes past them. Their words lie in `search_fts`. Nothing
that some readers must not see is ever in an entry, but comments, which a lookup keeps from those who may not see them:
reviews, drafts and protected identities are not here at all.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from verify.db import Base, by_value, one_of


class Kind(StrEnum):
    """What an entry stands for."""

    TICKET = "ticket"
    ARTICLE = "article"
    SOURCE = "source"
    EVIDENCE = "evidence"
    COMMENT = "comment"
    CLAIMREVIEW = "claimreview"


class SearchEntry(Base):
    """One thing that can be found: `key` is its number among its kind. A long text is named, not repeated."""

    __tablename__ = "search_entry"
    __table_args__ = (
        CheckConstraint(one_of("kind", Kind), name="kind"),
        UniqueConstraint("kind", "key"),
        Index("ix_search_entry_dated", "dated", "id"),
        Index("ix_search_entry_kind", "kind", "dated", "id"),
        Index("ix_search_entry_person", "person_id", "dated", "id"),
        Index("ix_search_entry_ticket", "ticket_id"),
        Index("ix_search_entry_version", "version_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(by_value(Kind))
    key: Mapped[int]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))  # on which it lies, or which it is
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # of the desk, who brought it in
    version_id: Mapped[int | None] = mapped_column(ForeignKey("article_version.id"))  # whose text is its body
    dated: Mapped[date]
    title: Mapped[str] = mapped_column(Text)
    names: Mapped[str] = mapped_column(Text)  # reference, who says so, other names
    body: Mapped[str] = mapped_column(Text)


class SearchWord(Base):
    """A word that everybody on the desk may read somewhere, by what its other forms and spellings share with it."""

    __tablename__ = "search_word"
    __table_args__ = (
        Index("ix_search_word_start", "start"),
        Index("ix_search_word_stem", "stem"),
        Index("ix_search_word_sound", "sound"),
    )

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    start: Mapped[str] = mapped_column(String(3))
    stem: Mapped[str] = mapped_column(String(40))
    sound: Mapped[str] = mapped_column(String(40))
    name: Mapped[bool]  # it was never seen in small letters
