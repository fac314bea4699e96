"""From what the spotter found to rows, without touching what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from verify import spotting
from verify.articles.models import ArticleVersion, Assertion, AssertionState, Mode
from verify.articles.passages import overlap
from verify.articles.wording import Link, hops_for
from verify.sources import lookups as sources
from verify.sources.models import Source, SourceKind
from verify.spotting.assertion import Assertion as Spotted

BY_HAND = "by hand"
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
    rows = [_row(version, found, known) for found in fresh]
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


def _row(version: ArticleVersion, found: Spotted, known: dict[str, Source]) -> Assertion:
    chain = [
        Link(
            name=hop.name,
            kind=SourceKind(hop.kind),
            role=hop.role or "",
            terms="" if hop.terms == "named" else hop.terms,
            written=hop.aliases[0] if hop.aliases else hop.name,
        )
        for hop in found.chain
    ]
    return Assertion(
        version_id=version.id,
        start=found.start,
        end=found.end,
        statement=found.statement,
        mode=Mode(found.mode),
        cue=(found.cue or "")[:200],
        channel=(found.channel or "")[:100],
        caveat=(found.caveat or "")[:500],
        denies=found.polarity == "denies",
        quantities=[asdict(quantity) for quantity in found.quantities],
        dates=[asdict(mention) for mention in found.dates],
        check_worthiness=found.check_worthiness,
        reasons=list(found.reasons),
        method=f"{found.method}/{found.version}",
        hops=hops_for(chain, known),
    )
