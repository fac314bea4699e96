"""From what the spotter found to rows, without touching what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from verify import spotting
from verify.articles.found import row_of
from verify.articles.models import ArticleVersion, Assertion, AssertionState
from verify.articles.passages import overlap
from verify.articles.words import BY_HAND
from verify.db import now
from verify.sources import lookups as sources
from verify.spotting.assertion import Assertion as Spotted

_SAME_PASSAGE = 0.5  # a suggestion this close to a passage that people decided on is not made again


def spotted_in(text: str, published_on: date | None = None) -> list[Spotted]:
    """Run the spotter; pure and slow for a long text, so call it before the transaction begins."""
    return list(spotting.spot(text, published_on=published_on))


def decided(assertion: Assertion) -> bool:
    """Whether a person had a hand in this assertion, so that no machine may change it."""
    return assertion.state is not AssertionState.SUGGESTED or assertion.edited or assertion.method == BY_HAND


def add_suggestions(session: Session, version: ArticleVersion, spotted: Sequence[Spotted]) -> list[Assertion]:
    """Store what was spotted, except where people decided on the same passage before."""
    kept = [
        (assertion.start, assertion.end) for assertion in _assertions(session, version) if decided(assertion)
    ]
    fresh = [
        found
        for found in spotted
        if not any(overlap((found.start, found.end), span) >= _SAME_PASSAGE for span in kept)
    ]
    known = sources.resolve_all(session, [hop.name for found in fresh for hop in found.chain])
    found_at = now()
    rows = [row_of(version, found, known, found_at) for found in fresh]
    session.add_all(rows)
    session.flush()
    return rows


def withdraw_suggestions(session: Session, version: ArticleVersion) -> int:
    """Take back every suggestion that no person touched; return how many."""
    untouched = [assertion for assertion in _assertions(session, version) if not decided(assertion)]
    for assertion in untouched:
        session.delete(assertion)
    session.flush()
    return len(untouched)


def _assertions(session: Session, version: ArticleVersion) -> Iterable[Assertion]:
    asked = select(Assertion).where(Assertion.version_id == version.id).options(selectinload(Assertion.hops))
    return session.scalars(asked).all()
