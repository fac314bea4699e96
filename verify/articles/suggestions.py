"""From what the spotter found to rows, without touching what people decided."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, selectinload

from verify import spotting
from verify.articles.found import row_of
from verify.articles.models import ArticleVersion, Assertion, AssertionState, Hop
from verify.articles.signals import suggestions_put
from verify.articles.words import BY_HAND
from verify.db import now
from verify.sources import lookups as sources
from verify.spotting.assertion import Assertion as Spotted

Span = tuple[int, int]
_DECIDED_ON = 0.5  # a suggestion of whose passage people decided on so much is not made again
# What is a row's own, or a person's, and not the spotter's.
_OWN = {"id", "version_id", "state", "ground", "reason", "edited", "suggested", "decided_by_id", "decided_at",
        "row_version", "found_at"}  # fmt: skip
_OF_A_HOP = ("name", "written", "kind", "role", "terms", "speaks_for")


@dataclass(frozen=True, slots=True)
class Put:
    """What a spotting changed: how many suggestions are new, stand as they stood, and were taken back."""

    new: int
    same: int
    withdrawn: int

    @property
    def suggestions(self) -> int:
        """How many suggestions there are now that nobody has touched."""
        return self.new + self.same


def spotted_in(
    text: str, published_on: date | None = None, progress: Callable[[int, int], None] | None = None
) -> list[Spotted]:
    """Run the spotter; pure and slow for a long text, so call it before the transaction begins."""
    return list(spotting.spot(text, published_on=published_on, progress=progress))


def decided(assertion: Assertion) -> bool:
    """Whether a person had a hand in this assertion, so that no machine may change it."""
    return (
        assertion.state is not AssertionState.SUGGESTED
        or assertion.edited
        or assertion.method == BY_HAND
        or assertion.decided_by_id is not None
    )


def put_suggestions(session: Session, version: ArticleVersion, spotted: Sequence[Spotted]) -> Put:
    """Make what was spotted the suggestions of a text.

    Where people decided, nothing is suggested and nothing changes. A suggestion that nobody touched and that comes out
    the same keeps its number, so that a page that is open somewhere stays right; the others are replaced.
    """
    standing = _locked(session, version)
    taken = Passages(_spans_of(one for one in standing if decided(one)))
    fresh = [found for found in spotted if taken.share(found.start, found.end) < _DECIDED_ON]
    known = sources.resolve_all(session, {hop.name for found in fresh for hop in found.chain})
    found_at = now()
    waiting = defaultdict[Span, list[Assertion]](list)
    for one in standing:
        if not decided(one):
            waiting[(one.start, one.end)].append(one)
    rows, same = [], 0
    for found in fresh:
        row = row_of(version, found, known, found_at)
        old = next((one for one in waiting[(row.start, row.end)] if _alike(one, row)), None)
        if old is None:
            rows.append(row)
        else:
            waiting[(row.start, row.end)].remove(old)
            _renew(old, row)
            same += 1
    gone = [one for left in waiting.values() for one in left]
    for one in gone:
        session.delete(one)
    session.add_all(rows)
    session.flush()
    suggestions_put.send(
        version, session=session, new=[one.id for one in rows], gone=[one.id for one in gone]
    )
    return Put(new=len(rows), same=same, withdrawn=len(gone))


class Passages:
    """Spans of a text, joined where they touch, to ask how much of another span they hold."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._joined: list[Span] = []
        for start, end in sorted(spans):
            if self._joined and start <= self._joined[-1][1]:
                self._joined[-1] = (self._joined[-1][0], max(end, self._joined[-1][1]))
            else:
                self._joined.append((start, end))
        self._starts = [start for start, _ in self._joined]

    def share(self, start: int, end: int) -> float:
        """Return the share of a span that lies in these passages."""
        held = 0
        for low, high in self._joined[max(0, bisect_right(self._starts, start) - 1) :]:
            if low >= end:
                break
            held += max(0, min(high, end) - max(low, start))
        return held / (end - start)


def _locked(session: Session, version: ArticleVersion) -> Sequence[Assertion]:
    """Return a text's assertions, locked so that nobody decides about them, or marks another, until the commit."""
    session.execute(select(ArticleVersion.id).where(ArticleVersion.id == version.id).with_for_update())
    asked = select(Assertion).where(Assertion.version_id == version.id).options(selectinload(Assertion.hops))
    return session.scalars(asked.with_for_update().execution_options(populate_existing=True)).all()


def _spans_of(assertions: Iterable[Assertion]) -> Iterable[Span]:
    """Yield the passages that people decided on, also as they stood before an edit moved them."""
    for one in assertions:
        yield one.start, one.end
        if one.suggested and "span" in one.suggested:
            start, end = one.suggested["span"]
            yield start, end


def _alike(old: Assertion, new: Assertion) -> bool:
    """Whether a person would call two suggestions about one passage the same: what is said, how, and by whom."""
    return (old.statement, old.mode, old.polarity, [(hop.name, hop.kind) for hop in old.hops]) == (
        new.statement,
        new.mode,
        new.polarity,
        [(hop.name, hop.kind) for hop in new.hops],
    )


def _renew(old: Assertion, new: Assertion) -> None:
    """Take over what else the spotter says of a suggestion that stays; a source that people linked stays linked."""
    for attribute in inspect(Assertion).column_attrs:
        if attribute.key not in _OWN:
            _set(old, attribute.key, getattr(new, attribute.key))
    for mine, theirs in zip(old.hops, new.hops, strict=True):
        _renew_hop(mine, theirs)


def _renew_hop(mine: Hop, theirs: Hop) -> None:
    for name in _OF_A_HOP:
        _set(mine, name, getattr(theirs, name))
    if mine.source_id is None and theirs.source is not None:
        mine.source_id = theirs.source.id


def _set(row: Assertion | Hop, name: str, value: object) -> None:
    """Write what differs: a tuple and the list that the database keeps of it do not, and leave the row as it was."""
    if json.dumps(getattr(row, name), default=str) != json.dumps(value, default=str):
        setattr(row, name, value)
