"""What a page shows of each find, read kind by kind: one question for the finds of a kind, whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion
from verify.claimreviews.models import ClaimReview
from verify.evidence.models import Evidence
from verify.publishing.models import Verdict
from verify.search.models import Kind, SearchEntry
from verify.search.ranking import Candidate
from verify.sources.models import Source
from verify.tickets.models import Comment, Ticket

READ = (
    200_000  # characters of an article that are read for a snippet; further on only where these hold nothing
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A find as a page shows it; what does not apply to its kind is left empty."""

    kind: Kind
    key: int
    title: str
    when: date | datetime | None
    who: str = ""
    body: str = ""
    reference: str = ""
    claim: str = ""  # of the ticket on which it lies
    status: str = ""
    rating: str = ""  # in the words of another publisher for its reviews
    sort: str = ""  # what kind of source or evidence, which stance
    number: int = 0
    withdrawn: bool = False
    public: bool = False  # there is a published verdict
    retracted: bool = False
    happened: str = ""  # then


def hits(session: Session, found: Sequence[Candidate]) -> list[Hit]:
    """What a page shows of some finds, in their order; one that is gone meanwhile is left out."""
    shown: dict[tuple[Kind, int], Hit] = {}
    for kind, read in _READERS.items():
        keys = [one.key for one in found if one.kind is kind]
        if keys:
            shown.update({(kind, hit.key): hit for hit in read(session, keys)})
    return [shown[one.kind, one.key] for one in found if (one.kind, one.key) in shown]


def further_on(session: Session, article: int) -> str:
    """The text of an article from where a snippet was looked for in vain."""
    asked = _with_version(func.substr(ArticleVersion.text, READ + 1)).where(SearchEntry.key == article)
    return session.scalar(asked) or ""


def _with_version(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(SearchEntry)
        .join(ArticleVersion, ArticleVersion.id == SearchEntry.version_id)
        .where(SearchEntry.kind == Kind.ARTICLE)
    )


def _tickets(session: Session, keys: Sequence[int]) -> Iterable[Hit]:
    asked = (
        select(
            Ticket.id, Ticket.claim, Ticket.opened_at, Ticket.claimant, SearchEntry.body, Ticket.reference,
            Ticket.status, Ticket.rating, Verdict.rating.label("published"), Verdict.retracted,
        )
        .join(SearchEntry, (SearchEntry.key == Ticket.id) & (SearchEntry.kind == Kind.TICKET))
        .outerjoin(Verdict, Verdict.ticket_id == Ticket.id)
        .where(Ticket.id.in_(keys))
    )  # fmt: skip
    for one in session.execute(asked):
        mark = one.published or one.rating
        yield Hit(
            Kind.TICKET, one.id, one.claim, one.opened_at, one.claimant, one.body, one.reference,
            status=one.status.value, rating=mark.value if mark else "", public=one.published is not None,
            retracted=bool(one.retracted), happened="opened",
        )  # fmt: skip


def _articles(session: Session, keys: Sequence[int]) -> Iterable[Hit]:
    asked = (
        _with_version(
            Article.id, Article.title, Article.published_on, Article.taken_in_at, Source.name,
            func.substr(ArticleVersion.text, 1, READ),
        )
        .join(Article, Article.id == SearchEntry.key)
        .outerjoin(Source, Source.id == Article.outlet_id)
        .where(SearchEntry.key.in_(keys))
    )  # fmt: skip
    for key, title, published, taken_in, outlet, text in session.execute(asked):
        happened = "published" if published else "taken in"
        yield Hit(Kind.ARTICLE, key, title, published or taken_in, outlet or "", text, happened=happened)


def _sources(session: Session, keys: Sequence[int]) -> Iterable[Hit]:
    asked = select(Source.id, Source.name, Source.registered_at, SearchEntry.names, Source.note, Source.kind)
    asked = asked.join(SearchEntry, (SearchEntry.key == Source.id) & (SearchEntry.kind == Kind.SOURCE))
    for key, name, registered, names, note, kind in session.execute(asked.where(Source.id.in_(keys))):
        others = " · ".join(other for other in names.split(" · ") if other != name)
        yield Hit(Kind.SOURCE, key, name, registered, others, note, sort=kind.value, happened="registered")


def _evidence(session: Session, keys: Sequence[int]) -> Iterable[Hit]:
    asked = (
        select(
            Evidence.id, Evidence.title, Evidence.added_at, Person.name, Evidence.note, Ticket.reference,
            Ticket.claim, Evidence.stance, Evidence.number, Evidence.withdrawn_at,
        )
        .join(Ticket, Ticket.id == Evidence.ticket_id)
        .join(Person, Person.id == Evidence.added_by_id)
        .where(Evidence.id.in_(keys))
    )  # fmt: skip
    for key, title, added, who, note, reference, claim, stance, number, withdrawn in session.execute(asked):
        yield Hit(
            Kind.EVIDENCE, key, title, added, who, note, reference, claim, sort=stance.value, number=number,
            withdrawn=withdrawn is not None, happened="added",
        )  # fmt: skip


def _comments(session: Session, keys: Sequence[int]) -> Iterable[Hit]:
    asked = (
        select(Comment.id, Comment.written_at, Person.name, Comment.body, Ticket.reference, Ticket.claim)
        .join(Ticket, Ticket.id == Comment.ticket_id)
        .join(Person, Person.id == Comment.author_id)
        .where(Comment.id.in_(keys))
    )
    for key, written, who, body, reference, claim in session.execute(asked):
        yield Hit(Kind.COMMENT, key, "", written, who, body, reference, claim, happened="written")


def _claimreviews(session: Session, keys: Sequence[int]) -> Iterable[Hit]:
    asked = select(ClaimReview).where(ClaimReview.id.in_(keys)).options(joinedload(ClaimReview.publisher))
    for one in session.scalars(asked):
        yield Hit(
            Kind.CLAIMREVIEW, one.id, one.claim, one.listed_on, one.publisher.name, one.explanation,
            rating=one.rating, sort=one.claimant, happened="reviewed",
        )  # fmt: skip


_READERS: dict[Kind, Callable[[Session, Sequence[int]], Iterable[Hit]]] = {
    Kind.TICKET: _tickets, Kind.ARTICLE: _articles, Kind.SOURCE: _sources, Kind.EVIDENCE: _evidence,
    Kind.COMMENT: _comments, Kind.CLAIMREVIEW: _claimreviews,
}  # fmt: skip
