"""Reading articles: lists by key, one article with its text, assertions with their chains.

Articles are the desk's own reading matter: everybody who may read the desk may read every article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, select
from sqlalchemy.orm import Session, joinedload, selectinload, undefer

from verify.accounts.models import Person
from verify.articles import spottings
from verify.articles.models import Article, ArticleVersion, Assertion, AssertionState, Hop
from verify.articles.spottings import Spotting
from verify.errors import Missing
from verify.jobs.models import LIVE, Job
from verify.permissions import Permission, may
from verify.sources.models import Source

PAGE = 50
_CHOICES = 200
LARGEST = 2**31 - 1  # a larger number is no row's: PostgreSQL would not even compare it


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of articles is narrowed to; every part is optional."""

    q: str = ""
    outlet_id: int | None = None
    language: str = ""
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One article in a list, with how many assertions wait in it and how many it has."""

    article: Article
    waiting: int
    filed: int
    assertions: int
    spotting: str = ""  # where its text is not spotted yet: whether a job is to do it, or did not succeed


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page of a list, newest first; the keys lead to the pages beside it."""

    lines: list[Line] = field(default_factory=list)
    newer: int | None = None
    older: int | None = None


def article(session: Session, reader: Person | None, article_id: int) -> Article:
    """Return an article with its outlet and who took it in."""
    _may_read(reader)
    asked = (
        select(Article)
        .where(Article.id == article_id)
        .options(joinedload(Article.outlet), joinedload(Article.taken_in_by).lazyload(Person.grants))
    )
    found = session.scalar(asked) if article_id <= LARGEST else None
    if found is None:
        raise Missing("There is no article at this address.")
    return found


def frozen_text(session: Session, reader: Person | None, article: Article) -> ArticleVersion:
    """Return the version people read, the latest, with its text."""
    _may_read(reader)
    return session.scalars(_newest(article).options(undefer(ArticleVersion.text))).one()


def newest_version(session: Session, reader: Person | None, article: Article) -> ArticleVersion:
    """Return the version people read without its text, which may be a megabyte."""
    _may_read(reader)
    return session.scalars(_newest(article)).one()


def _newest(article: Article) -> Select[ArticleVersion]:
    mine = ArticleVersion.article_id == article.id
    return select(ArticleVersion).where(mine).order_by(ArticleVersion.number.desc()).limit(1)


def assertions(
    session: Session, reader: Person | None, version: ArticleVersion, part: tuple[int, int] | None = None
) -> Sequence[Assertion]:
    """Return the assertions that begin in a part of a version's text, in order, with chains and who decided."""
    _may_read(reader)
    first, last = part or (0, version.length)
    asked = (
        select(Assertion)
        .where(Assertion.version_id == version.id, Assertion.start >= first, Assertion.start < last)
        .order_by(Assertion.start, Assertion.end, Assertion.id)
        .options(
            selectinload(Assertion.hops).joinedload(Hop.source),
            joinedload(Assertion.decided_by).lazyload(Person.grants),
        )
    )
    return session.scalars(asked).all()


def counts(session: Session, reader: Person | None, version: ArticleVersion) -> dict[AssertionState, int]:
    """Return how many of a version's assertions are in each state."""
    _may_read(reader)
    asked = (
        select(Assertion.state, func.count())
        .where(Assertion.version_id == version.id)
        .group_by(Assertion.state)
    )
    found = {row[0]: row[1] for row in session.execute(asked)}
    return {state: found.get(state, 0) for state in AssertionState}


def assertion(session: Session, reader: Person | None, assertion_id: int) -> Assertion:
    """Return one assertion with its chain, its version's text and its article."""
    _may_read(reader)
    asked = (
        select(Assertion)
        .where(Assertion.id == assertion_id)
        .options(
            selectinload(Assertion.hops).joinedload(Hop.source),
            joinedload(Assertion.version).options(
                undefer(ArticleVersion.text), joinedload(ArticleVersion.article).joinedload(Article.outlet)
            ),
        )
    )
    found = session.scalar(asked) if assertion_id <= LARGEST else None
    if found is None:
        raise Missing("There is no assertion at this address.")
    return found


def assertion_of(session: Session, reader: Person | None, article_id: int, assertion_id: int) -> Assertion:
    """Return an assertion of this very article; any other is absent from here."""
    found = assertion(session, reader, assertion_id)
    if found.version.article_id != article_id:
        raise Missing("There is no assertion at this address.")
    return found


def articles(
    session: Session,
    reader: Person | None,
    filters: Filters,
    *,
    older_than: int | None = None,
    newer_than: int | None = None,
    page: int = PAGE,
) -> ArticlePage:
    """Return one page of articles, newest first, by key: before or after an article's number."""
    _may_read(reader)
    asked = select(Article).options(joinedload(Article.outlet)).where(*_conditions(filters))
    if newer_than is not None:
        asked = asked.where(Article.id > newer_than).order_by(Article.id)
    else:
        asked = asked.order_by(Article.id.desc())
        if older_than is not None:
            asked = asked.where(Article.id < older_than)
    found = list(session.scalars(asked.limit(page + 1)))
    more, found = len(found) > page, found[:page]
    if newer_than is not None:
        found.reverse()
    if not found:
        return ArticlePage()
    has_newer = more if newer_than is not None else older_than is not None
    has_older = True if newer_than is not None else more
    return ArticlePage(
        lines=_with_counts(session, found),
        newer=found[0].id if has_newer else None,
        older=found[-1].id if has_older else None,
    )


def outlets(session: Session, reader: Person | None) -> Sequence[Source]:
    """Return the outlets that articles came from, by name."""
    _may_read(reader)
    used = select(Article.outlet_id).where(Article.outlet_id == Source.id).exists()
    return session.scalars(
        select(Source).where(used).order_by(Source.name_key, Source.id).limit(_CHOICES)
    ).all()


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.outlet_id is not None:
        conditions.append(Article.outlet_id == filters.outlet_id)
    if filters.language:
        conditions.append(Article.language == filters.language)
    for word in filters.q.split()[:8]:
        conditions.append(Article.title.icontains(word, autoescape=True))
    if filters.waiting:
        waits = (
            select(Assertion.id)
            .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
            .where(ArticleVersion.article_id == Article.id, Assertion.state == AssertionState.SUGGESTED)
        )
        conditions.append(waits.exists())
    return conditions


def _with_counts(session: Session, found: Sequence[Article]) -> list[Line]:
    counts: dict[int, dict[AssertionState, int]] = defaultdict(dict)
    asked = (
        select(ArticleVersion.article_id, Assertion.state, func.count())
        .join(Assertion, Assertion.version_id == ArticleVersion.id)
        .where(ArticleVersion.article_id.in_([article.id for article in found]))
        .group_by(ArticleVersion.article_id, Assertion.state)
    )
    for article_id, state, many in session.execute(asked):
        counts[article_id][state] = many
    unspotted = _unspotted(session, [article.id for article in found if not counts[article.id]])
    return [
        Line(
            article=article,
            spotting=unspotted.get(article.id, ""),
            waiting=counts[article.id].get(AssertionState.SUGGESTED, 0),
            filed=counts[article.id].get(AssertionState.FILED, 0),
            assertions=sum(counts[article.id].values()),
        )
        for article in found
    ]


def _unspotted(session: Session, articles: Sequence[int]) -> dict[int, str]:
    """Return those of some articles whose text was never spotted, with what the newest job about it came to."""
    key = literal(spottings.key("")).concat(cast(ArticleVersion.id, String))
    asked = (
        select(ArticleVersion.article_id, Job.state)
        .join(Job, Job.key == key)
        .outerjoin(Spotting, Spotting.version_id == ArticleVersion.id)
        .where(ArticleVersion.article_id.in_(articles), Spotting.version_id.is_(None))
        .order_by(Job.id)
    )
    return {row[0]: "Being spotted" if row[1] in LIVE else "Not spotted" for row in session.execute(asked)}


def _may_read(reader: Person | None) -> None:
    """What a reader may not see is absent; nobody is the machine itself, such as an export it runs."""
    if reader is not None and not may(reader, Permission.READ_DESK):
        raise Missing
