"""By which method each text was last spotted, so that texts an older one read can be found and read again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, String, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from verify import spotting
from verify.articles.models import Article, ArticleVersion
from verify.db import Base, UtcTime, now
from verify.jobs import lookups as jobs
from verify.jobs.models import Job, JobState

KIND = "spot_article"
Named = tuple[int, int, str]  # a text, its article, and that one's title


class Spotting(Base):
    """The last spotting of a text. A text without one was taken in and is still to be spotted."""

    __tablename__ = "spotting"
    __table_args__ = (Index("ix_spotting_method", "method", "version_id"),)

    version_id: Mapped[int] = mapped_column(
        ForeignKey("article_version.id"), primary_key=True, autoincrement=False
    )
    method: Mapped[str] = mapped_column(String(40))
    spotted_at: Mapped[datetime] = mapped_column(UtcTime)
    suggestions: Mapped[int]


def method_now() -> str:
    """The method that spots today, with its version."""
    return spotting.method()


def note(session: Session, version: ArticleVersion, suggestions: int) -> None:
    """Keep that a text was just spotted, and how many suggestions it has since."""
    row = session.get(Spotting, version.id) or Spotting(version_id=version.id)
    row.method, row.spotted_at, row.suggestions = method_now(), now(), suggestions
    session.add(row)
    session.flush()


def last(session: Session, version: ArticleVersion) -> Spotting | None:
    """The last spotting of a text, if it was spotted."""
    return session.get(Spotting, version.id)


def is_current(session: Session, version: ArticleVersion) -> bool:
    """Whether today's method has read a text."""
    spotted = last(session, version)
    return spotted is not None and spotted.method == method_now()


def key(version_id: int | str) -> str:
    """What names the spotting of a text among all jobs."""
    return f"{KIND} {version_id}"


def in_hand(session: Session, version: ArticleVersion) -> Job | None:
    """The job that a reader of the text should know of: it waits, runs, or did not succeed and nothing did since."""
    job = jobs.latest(session, key(version.id))
    if job is None or job.live:
        return job
    spotted = last(session, version)
    unsuccessful = job.state is JobState.FAILED or (job.state is JobState.CANCELLED and spotted is None)
    overtaken = spotted is not None and job.ended_at is not None and spotted.spotted_at >= job.ended_at
    return job if unsuccessful and not overtaken else None


def stale() -> ColumnElement[bool]:
    """The condition, for a query that joins `Spotting` from outside, under which today's method has not read a text."""
    return or_(Spotting.version_id.is_(None), Spotting.method != method_now())


def texts(session: Session, *, only_stale: bool) -> list[Named]:
    """The newest text of every article: its number, the article's, and the article's title."""
    newest = select(func.max(ArticleVersion.id).label("id")).group_by(ArticleVersion.article_id).subquery()
    asked = (
        select(ArticleVersion.id, Article.id, Article.title)
        .join(newest, newest.c.id == ArticleVersion.id)
        .join(Article, Article.id == ArticleVersion.article_id)
        .outerjoin(Spotting, Spotting.version_id == ArticleVersion.id)
        .order_by(ArticleVersion.id)
    )
    return [
        (row[0], row[1], row[2]) for row in session.execute(asked.where(stale()) if only_stale else asked)
    ]
