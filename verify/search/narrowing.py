"""What fields ask for, as conditions on the entries; and what a reader may not see, left out of them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion, Assertion, AssertionState, Hop
from verify.claimreviews.models import ClaimReview, ReviewPublisher
from verify.evidence.models import Evidence
from verify.publishing.models import Verdict
from verify.search.engine import Clause, Term
from verify.search.fields import Narrowing
from verify.search.models import Kind, SearchEntry
from verify.search.words import words_of
from verify.sources.lookups import resolve, similar_sources
from verify.sources.merge_lookups import STANDING
from verify.sources.models import Source, SourceAlias, SourceMove
from verify.tickets.lookups import held_back
from verify.tickets.models import Investigation, Ticket

_E = SearchEntry
_PEOPLE = 50
Condition = ColumnElement[bool]


@dataclass(slots=True)
class Narrowed:
    """Conditions that every find must meet, what is looked for among names only, and what has to be said."""

    conditions: list[Condition] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    excluded: list[Term] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def visible(reader: Person) -> list[Condition]:
    """What this reader may see.

    No comment that is kept from them, no source that went up in another one, and no review by a publisher whose
    reviews are being removed.
    """
    merged = select(SourceMove.from_id).where(STANDING)
    refused = (
        select(ClaimReview.id)
        .join(ReviewPublisher, ReviewPublisher.id == ClaimReview.publisher_id)
        .where(ReviewPublisher.refused_at.is_not(None))
    )
    return [
        or_(_E.kind != Kind.COMMENT, _E.key.not_in(held_back(reader))),
        or_(_E.kind != Kind.SOURCE, _E.key.not_in(merged)),
        or_(_E.kind != Kind.CLAIMREVIEW, _E.key.not_in(refused)),
    ]


def narrowed(session: Session, reader: Person, asked: Narrowing) -> Narrowed:
    """The conditions of some fields."""
    found = Narrowed(notes=list(asked.notes))
    found.conditions += [_unless(no, _E.kind.in_(kinds)) for kinds, no in asked.kinds]
    found.conditions += [_unless(no, _on_ticket(Ticket.status.in_(wanted))) for wanted, no in asked.statuses]
    found.conditions += [_unless(no, _on_ticket(Ticket.rating.in_(wanted))) for wanted, no in asked.ratings]
    found.conditions += [_unless(no, _HAVING[name]()) for name, no in asked.having]
    if asked.before is not None:
        found.conditions.append(_E.dated < asked.before)
    if asked.after is not None:
        found.conditions.append(_E.dated >= asked.after)
    for name, no in asked.people:
        found.conditions.append(_unless(no, _by(session, reader, name, found.notes)))
    for name, no in asked.investigations:
        found.conditions.append(_unless(no, _investigated(session, name, found.notes)))
    for name, no in asked.sources:
        _said_by(session, name, no, found)
    return found


def _unless(excluded: bool, condition: Condition) -> Condition:
    return ~condition if excluded else condition


def _on_ticket(condition: Condition) -> Condition:
    return exists().where(Ticket.id == _E.ticket_id, condition)


def _with_verdict() -> Condition:
    return and_(_E.kind == Kind.TICKET, exists().where(Verdict.ticket_id == _E.ticket_id))


def _with_evidence() -> Condition:
    standing = exists().where(Evidence.ticket_id == _E.ticket_id, Evidence.withdrawn_at.is_(None))
    return and_(_E.kind == Kind.TICKET, standing)


def _with_file() -> Condition:
    return and_(_E.kind == Kind.EVIDENCE, exists().where(Evidence.id == _E.key, Evidence.sha256.is_not(None)))


_HAVING = {"verdict": _with_verdict, "evidence": _with_evidence, "file": _with_file}


def _by(session: Session, reader: Person, name: str, notes: list[str]) -> Condition:
    """Whoever of the desk brought it in: opened, took in, added or wrote it."""
    if name.casefold() == "me":
        return _E.person_id == reader.id
    asked = select(Person.id).order_by(Person.id).limit(_PEOPLE)
    for word in name.split()[:6]:
        asked = asked.where(Person.name.icontains(word, autoescape=True))
    people = session.scalars(asked).all()
    if not people:
        notes.append(f"Nobody on the desk goes by “{name}”.")
    return _E.person_id.in_(people) if people else false()


def _investigated(session: Session, name: str, notes: list[str]) -> Condition:
    called = or_(Investigation.prefix == name.upper(), Investigation.name.icontains(name, autoescape=True))
    found = session.scalars(
        select(Investigation.id).where(called).order_by(Investigation.id).limit(500)
    ).all()
    if not found:
        notes.append(f"No investigation has the prefix or the name “{name}”.")
        return false()
    return _on_ticket(Ticket.investigation_id.in_(found))


def _said_by(session: Session, name: str, excluded: bool, found: Narrowed) -> None:
    """Who says so: a source by any of its names, or one in a near spelling; else the words of the name."""
    exact = resolve(session, name)
    sources = [exact] if exact is not None else similar_sources(session, name, limit=3)
    if sources:
        if exact is None:
            taken = ", ".join(source.name for source in sources)
            found.notes.append(f"No source goes by “{name}”; it is taken for {taken}.")
        found.conditions.append(_unless(excluded, _of_sources(session, sources)))
        return
    found.notes.append(f"No source goes by “{name}”, so the names of whoever speaks are searched for it.")
    words = tuple(words_of(name))[:12]
    if words and excluded:
        found.excluded.append(Term(words))
    elif words:
        found.clauses.append(Clause((Term(words),), in_names=True))
    else:
        found.conditions.append(_unless(excluded, false()))


def _of_sources(session: Session, sources: Sequence[Source]) -> Condition:
    """Claims they make, articles they publish or are quoted in, records, reviews by or about them, and their cards."""
    ids = [source.id for source in sources]
    names: list[Any] = list(
        session.execute(select(SourceAlias.name_key, SourceAlias.name).where(SourceAlias.source_id.in_(ids)))
    )
    keys, spoken = [row[0] for row in names], [row[1].lower() for row in names]
    quoted = (
        select(ArticleVersion.article_id)
        .join(Assertion, Assertion.version_id == ArticleVersion.id)
        .join(Hop, Hop.assertion_id == Assertion.id)
        .where(Hop.source_id.in_(ids), Assertion.state != AssertionState.DISMISSED)
    )
    published = select(Article.id).where(Article.outlet_id.in_(ids))
    reviewed = exists().where(
        ClaimReview.id == _E.key,
        ReviewPublisher.id == ClaimReview.publisher_id,
        or_(ReviewPublisher.name_key.in_(keys), func.lower(ClaimReview.claimant).in_(spoken)),
    )
    return or_(
        and_(_E.kind == Kind.TICKET, _on_ticket(Ticket.claimant_key.in_(keys))),
        and_(_E.kind == Kind.ARTICLE, or_(_E.key.in_(published), _E.key.in_(quoted))),
        and_(_E.kind == Kind.SOURCE, _E.key.in_(ids)),
        and_(_E.kind == Kind.EVIDENCE, exists().where(Evidence.id == _E.key, Evidence.source_id.in_(ids))),
        and_(_E.kind == Kind.CLAIMREVIEW, reviewed),
    )
