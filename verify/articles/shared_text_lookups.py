"""What a reader sees of the text that articles share: the others, who had it first, and passages side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion
from verify.articles.shared_text import Dated, who_was_first
from verify.articles.shared_text_models import Fingerprinting, SharedPassage, SharedText
from verify.errors import Missing
from verify.permissions import Permission, may
from verify.reuse import Kind, Strength

LISTED, PREVIEWED = 8, 4  # other articles in the reading room, and passages shown of each
_SHOWN = 1_200  # characters of a passage; a longer one is cut
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One shared passage as both texts have it, with where it begins in each."""

    kind: Kind
    words: int
    mine: str
    theirs: str
    my_start: int
    their_start: int
    cut: bool


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another article that shares text with the one in hand."""

    version_id: int
    article: Article
    strength: Strength
    my_share: float
    their_share: float
    words: int
    mine_first: bool | None
    sure: bool
    why_first: str
    passages: list[SideBySide] = field(default_factory=list)
    many: int = 0  # passages in all


@dataclass(frozen=True, slots=True)
class Shared:
    """The articles that share text with one, the closest first, and how many there are in all."""

    neighbours: list[Neighbour]
    many: int
    compared: bool  # whether the text has been compared with the archive at all


def shared_with(session: Session, reader: Person | None, version: ArticleVersion) -> Shared:
    """Return the articles that share most with a text, each with its longest passages."""
    _may_read(reader)
    rows = _pairs(session, version, limit=LISTED)
    compared = session.get(Fingerprinting, version.id) is not None
    many = len(rows)
    if many == LISTED:
        either = or_(SharedText.a_id == version.id, SharedText.b_id == version.id)
        many = session.scalar(select(func.count()).select_from(SharedText).where(either)) or 0
    passages = _passages(session, version, [row[0] for row in rows], PREVIEWED)
    return Shared([_neighbour(version, row, passages) for row in rows], many, compared)


def beside(session: Session, reader: Person | None, version: ArticleVersion, other_id: int) -> Neighbour:
    """Return another text with every passage that it shares with this one."""
    _may_read(reader)
    rows = _pairs(session, version, other_id=other_id) if other_id <= _LARGEST else []
    if not rows:
        raise Missing("These two articles share no text that the desk knows of.")
    return _neighbour(version, rows[0], _passages(session, version, [rows[0][0]]))


def _pairs(
    session: Session, version: ArticleVersion, *, other_id: int | None = None, limit: int = 1
) -> Sequence[Row[SharedText, ArticleVersion]]:
    other = aliased(ArticleVersion)
    here = or_(SharedText.a_id == version.id, SharedText.b_id == version.id)
    if other_id is not None:
        here = _pair(version.id, other_id)
    rank = case({strength: at for at, strength in enumerate(Strength)}, value=SharedText.strength)
    asked = (
        select(SharedText, other)
        .join(
            other, other.id == case((SharedText.a_id == version.id, SharedText.b_id), else_=SharedText.a_id)
        )
        .where(here)
        .options(joinedload(other.article).joinedload(Article.outlet))
        .order_by(rank, SharedText.words.desc(), other.id)
        .limit(limit)
    )
    return session.execute(asked).all()


def _pair(one: int, other: int) -> ColumnElement[bool]:
    return and_(SharedText.a_id == min(one, other), SharedText.b_id == max(one, other))


def _neighbour(
    version: ArticleVersion,
    row: Row[SharedText, ArticleVersion],
    passages: dict[int, list[tuple[int, SideBySide]]],
) -> Neighbour:
    pair, other = row
    mine_is_a = pair.a_id == version.id
    first, why, sure = who_was_first(_dated(version), _dated(other))
    found = passages[other.id]
    return Neighbour(
        version_id=other.id,
        article=other.article,
        strength=pair.strength,
        my_share=pair.share_a if mine_is_a else pair.share_b,
        their_share=pair.share_b if mine_is_a else pair.share_a,
        words=pair.words,
        mine_first=None if first is None else first == version.id,
        sure=sure,
        why_first=why,
        passages=[passage for _, passage in found],
        many=found[0][0] if found else 0,
    )


def _dated(version: ArticleVersion) -> Dated:
    return Dated(version.id, version.article.published_on, version.frozen_at)


def _passages(
    session: Session, version: ArticleVersion, pairs: Sequence[SharedText], most: int | None = None
) -> dict[int, list[tuple[int, SideBySide]]]:
    """The passages of some pairs by the other text, in the order of this one; with `most`, its longest ones."""
    found: defaultdict[int, list[tuple[int, SideBySide]]] = defaultdict(list)
    if not pairs:
        return found
    wanted = or_(*(and_(SharedPassage.a_id == one.a_id, SharedPassage.b_id == one.b_id) for one in pairs))
    pair = (SharedPassage.a_id, SharedPassage.b_id)
    told_first = case((SharedPassage.kind == Kind.NARRATIVE, 0), else_=1)
    rank = func.row_number().over(
        partition_by=pair, order_by=(told_first, SharedPassage.words.desc(), SharedPassage.position)
    )
    inner = select(
        SharedPassage.a_id, SharedPassage.b_id, SharedPassage.position, rank.label("rank"),
        func.count().over(partition_by=pair).label("many"),
    ).where(wanted).subquery()  # fmt: skip
    other = aliased(ArticleVersion)
    at_other = case((SharedPassage.a_id == version.id, SharedPassage.b_start), else_=SharedPassage.a_start)
    to_other = case((SharedPassage.a_id == version.id, SharedPassage.b_end), else_=SharedPassage.a_end)
    length = case((to_other - at_other > _SHOWN, _SHOWN), else_=to_other - at_other)
    asked = (
        select(SharedPassage, other.id, inner.c.many, func.substr(other.text, at_other + 1, length))
        .join(
            inner,
            and_(
                SharedPassage.a_id == inner.c.a_id,
                SharedPassage.b_id == inner.c.b_id,
                SharedPassage.position == inner.c.position,
            ),
        )
        .join(
            other,
            other.id
            == case((SharedPassage.a_id == version.id, SharedPassage.b_id), else_=SharedPassage.a_id),
        )
    )
    if most is not None:
        asked = asked.where(inner.c.rank <= most)
    for row, other_id, many, theirs in session.execute(asked):
        found[other_id].append((many, _side_by_side(version, row, theirs)))
    for shown in found.values():
        shown.sort(key=lambda pair: (pair[1].my_start, pair[1].their_start))
    return found


def _side_by_side(version: ArticleVersion, row: SharedPassage, theirs: str) -> SideBySide:
    mine, other = (row.a_start, row.a_end), (row.b_start, row.b_end)
    if row.a_id != version.id:
        mine, other = other, mine
    cut = max(mine[1] - mine[0], other[1] - other[0]) > _SHOWN
    said = version.text[mine[0] : min(mine[1], mine[0] + _SHOWN)]
    return SideBySide(row.kind, row.words, said, theirs, mine[0], other[0], cut)


def _may_read(reader: Person | None) -> None:
    """What a reader may not see is absent; nobody is the machine itself."""
    if reader is not None and not may(reader, Permission.READ_DESK):
        raise Missing
