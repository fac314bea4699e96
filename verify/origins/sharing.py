"""Text that the articles of a claim share, as the archive's index found it: who has it from whom, and how much."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Executable, and_, bindparam, select
from sqlalchemy.orm import Session

from verify.articles.shared_text_models import SharedPassage, SharedText
from verify.origins import material as core
from verify.origins.passages import Passage
from verify.reuse import Kind, Strength

_TOLD = (Strength.COPY, Strength.PARTLY_COPIED)


class SharedLine(NamedTuple):
    """Two texts that share narrative, and one passage of it, where there are any."""

    a_id: int
    b_id: int
    strength: Strength
    a_start: int | None
    a_end: int | None
    b_start: int | None
    b_end: int | None


@cache
def _shared_query() -> Executable:
    """Every two of some texts that share narrative, with each passage of it."""
    told = and_(
        SharedPassage.a_id == SharedText.a_id,
        SharedPassage.b_id == SharedText.b_id,
        SharedPassage.kind == Kind.NARRATIVE,
    )
    return (
        select(
            SharedText.a_id, SharedText.b_id, SharedText.strength,
            SharedPassage.a_start, SharedPassage.a_end, SharedPassage.b_start, SharedPassage.b_end,
        )
        .outerjoin(SharedPassage, told)
        .where(
            SharedText.a_id.in_(bindparam("texts", expanding=True)),
            SharedText.b_id.in_(bindparam("texts", expanding=True)),
            SharedText.strength.in_(_TOLD),
        )
        .order_by(SharedText.a_id, SharedText.b_id, SharedPassage.position)
    )  # fmt: skip


def shared_among(session: Session, passages: Iterable[Passage]) -> list[SharedLine]:
    """What the texts of these passages share with each other, in one query."""
    texts = sorted({passage.version_id for passage in passages})
    if len(texts) < 2:
        return []
    return [SharedLine(*row) for row in session.execute(_shared_query(), {"texts": texts})]


def shared_of(
    lines: Sequence[SharedLine], passages: Sequence[Passage], printed_by: dict[int, core.Hop]
) -> list[core.Shared]:
    """Who has their text from whom, among the articles of one claim.

    Where only a part is copied, it matters whether this claim stands in that part. Of two articles the one published
    on an earlier day had it first; of the same day, or not dated, nobody can tell.
    """
    filed: dict[int, list[Passage]] = {}
    for passage in passages:
        filed.setdefault(passage.version_id, []).append(passage)
    found: dict[tuple[int, int], str] = {}
    for line in lines:
        if line.a_id in filed and line.b_id in filed:
            pair = line.a_id, line.b_id
            found[pair] = min(found.get(pair, "z"), _strength(line, filed))
    return [
        _directed(filed[a][0], filed[b][0], _WORDS[strength], printed_by)
        for (a, b), strength in found.items()
    ]


_WORDS = {"1": "copy", "2": "passage", "3": "partly copied"}


def _strength(line: SharedLine, filed: dict[int, list[Passage]]) -> str:
    """The strength of one line as a digit, the strongest first."""
    if line.strength is Strength.COPY:
        return "1"
    stands = _overlaps(filed[line.a_id], line.a_start, line.a_end) and _overlaps(
        filed[line.b_id], line.b_start, line.b_end
    )
    return "2" if stands else "3"


def _overlaps(passages: Iterable[Passage], start: int | None, end: int | None) -> bool:
    """Tell whether half of one of these passages stands in a stretch of text."""
    if start is None or end is None:
        return False
    spans = (passage.span for passage in passages)
    return any(2 * (min(end, high) - max(start, low)) >= high - low for low, high in spans)


def _directed(one: Passage, other: Passage, strength: str, printed_by: dict[int, core.Hop]) -> core.Shared:
    first, later = one, other
    ordered = bool(one.published_on and other.published_on and one.published_on != other.published_on)
    if ordered and other.published_on < one.published_on:  # type: ignore[operator]  # both are dated
        first, later = other, one
    return core.Shared(
        str(later.article_id), str(first.article_id), strength, printed_by[first.article_id], ordered
    )
