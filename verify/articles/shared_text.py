"""Text shared with the whole archive: found when an article comes in, kept with exact spans, and read by others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session, undefer

from verify.articles import shared_text_index as index
from verify.articles.models import Article, ArticleVersion
from verify.articles.shared_text_models import Fingerprinting, SharedText
from verify.articles.shared_text_models import SharedPassage as PassageRow
from verify.db import now
from verify.reuse import Comparison, Kind, Reading, Strength, compare, read
from verify.reuse.comparison import METHOD as COMPARING
from verify.reuse.fingerprints import METHOD as FINGERPRINTING

METHOD = f"{FINGERPRINTING} {COMPARING}"
_READ_AT_MOST = 400_000  # characters of other texts that are read and compared for one new text


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that a text shares with another: `a_span` in the text asked about, `b_span` in the other."""

    other_version: int
    a_span: tuple[int, int]
    b_span: tuple[int, int]
    kind: Kind
    words: int


@dataclass(frozen=True, slots=True)
class PairStrength:
    """What two texts are to each other, and who had it first; nobody can tell where `first` is None.

    `share` and `other_share` are of each text's own narrative; `sure` is whether publication dates settle who was
    first.
    """

    strength: Strength
    share: float = 0.0
    other_share: float = 0.0
    first: int | None = None
    why_first: str = ""
    sure: bool = False


def record(session: Session, version: ArticleVersion, reading: Reading | None = None) -> int:
    """Put a text into the index and keep what it shares with those that are there; return how many these are."""
    reading = reading or read(version.text)
    index.hold_still(session)
    found = index.look_up(session, reading.fingerprints, version.id)
    compared = (
        (other.id, compare(reading, other.text, found.common, found.repeated))
        for other in _texts(session, found.likeliest)
    )
    shared = [(number, one) for number, one in compared if one.strength is not Strength.INDEPENDENT]
    _keep(session, version.id, shared)
    index.add(session, version.id, reading.fingerprints, found.common)
    session.add(
        Fingerprinting(version_id=version.id, method=METHOD, narrative_words=reading.narrative, done_at=now())
    )
    session.flush()
    return len(shared)


def shared_passages(session: Session, version: ArticleVersion) -> Sequence[SharedPassage]:
    """Return every passage that a text shares with another, by the other's number, in the order of the text."""
    asked = select(PassageRow).where(or_(PassageRow.a_id == version.id, PassageRow.b_id == version.id))
    found = [
        SharedPassage(row.b_id, (row.a_start, row.a_end), (row.b_start, row.b_end), row.kind, row.words)
        if row.a_id == version.id
        else SharedPassage(row.a_id, (row.b_start, row.b_end), (row.a_start, row.a_end), row.kind, row.words)
        for row in session.scalars(asked)
    ]
    return sorted(found, key=lambda one: (one.other_version, one.a_span, one.b_span))


def pair_strength(session: Session, version: ArticleVersion, other: ArticleVersion) -> PairStrength:
    """Return what two texts are to each other; independent where nothing is known to be shared."""
    found = pair_strengths(session, [version.id, other.id]).get(_ordered(version.id, other.id))
    if found is None:
        return PairStrength(Strength.INDEPENDENT)
    if version.id < other.id:
        return found
    return PairStrength(
        found.strength, found.other_share, found.share, found.first, found.why_first, found.sure
    )


def pair_strengths(session: Session, version_ids: Sequence[int]) -> dict[tuple[int, int], PairStrength]:
    """Return what is known of every two of some texts that share something; the smaller number comes first."""
    among = set(version_ids)
    asked = select(SharedText).where(SharedText.a_id.in_(among), SharedText.b_id.in_(among))
    rows = session.scalars(asked).all()
    dated = _dates(session, {number for row in rows for number in (row.a_id, row.b_id)})
    found: dict[tuple[int, int], PairStrength] = {}
    for row in rows:
        first, why, sure = who_was_first(dated[row.a_id], dated[row.b_id])
        found[row.a_id, row.b_id] = PairStrength(row.strength, row.share_a, row.share_b, first, why, sure)
    return found


@dataclass(frozen=True, slots=True)
class Dated:
    """A text with the day it was published, if known, and the moment it was taken in."""

    version_id: int
    published_on: date | None
    taken_in_at: datetime


def who_was_first(one: Dated, other: Dated) -> tuple[int | None, str, bool]:
    """Return who had a passage first, why, and whether publication dates settle it."""
    if one.published_on and other.published_on and one.published_on != other.published_on:
        first, last = sorted((one, other), key=lambda text: text.published_on or date.max)
        days = (last.published_on - first.published_on).days  # type: ignore[operator]  # both are dated
        return (
            first.version_id,
            f"Published {'a day' if days == 1 else f'{days} days'} earlier.",
            True,
        )
    if one.published_on and other.published_on:
        unsettled = f"Both are dated {_in_words(one.published_on)}, which does not tell who was first"
    elif one.published_on or other.published_on:
        unsettled = "One of them is not dated, so nobody can tell who was first"
    else:
        unsettled = "Neither is dated, so nobody can tell who was first"
    if one.taken_in_at == other.taken_in_at:
        return None, f"{unsettled}; they were taken in at the same moment too.", False
    first = min(one, other, key=lambda text: text.taken_in_at)
    return (
        first.version_id,
        f"{unsettled}; of the two it was taken in here first, which proves little.",
        False,
    )


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _dates(session: Session, version_ids: set[int]) -> dict[int, Dated]:
    asked = (
        select(ArticleVersion.id, Article.published_on, ArticleVersion.frozen_at)
        .join(Article, Article.id == ArticleVersion.article_id)
        .where(ArticleVersion.id.in_(version_ids))
    )
    return {row[0]: Dated(row[0], row[1], row[2]) for row in session.execute(asked)} if version_ids else {}


def _texts(session: Session, version_ids: list[int]) -> list[ArticleVersion]:
    """The likeliest texts, as many as can be read in bounded time."""
    if not version_ids:
        return []
    sizes = select(ArticleVersion.id, ArticleVersion.length).where(ArticleVersion.id.in_(version_ids))
    lengths = {row[0]: row[1] for row in session.execute(sizes)}
    wanted, total = list[int](), 0
    for number in version_ids:
        total += lengths[number]
        if wanted and total > _READ_AT_MOST:
            break
        wanted.append(number)
    asked = select(ArticleVersion).where(ArticleVersion.id.in_(wanted)).options(undefer(ArticleVersion.text))
    return list(session.scalars(asked.order_by(ArticleVersion.id)))


def _keep(session: Session, version_id: int, shared: Sequence[tuple[int, Comparison]]) -> None:
    pairs, passages = [], []
    for other_id, found in shared:
        a_id, b_id = _ordered(version_id, other_id)
        turned = a_id != version_id
        shares = (found.share_b, found.share_a) if turned else (found.share_a, found.share_b)
        words = sum(one.words for one in found.passages if one.kind is Kind.NARRATIVE)
        pairs.append(
            {
                "a_id": a_id, "b_id": b_id, "strength": found.strength, "share_a": shares[0], "share_b": shares[1],
                "words": words, "method": METHOD, "found_at": now(),
            }
        )  # fmt: skip
        for position, one in enumerate(found.passages):
            mine, theirs = (one.a_start, one.a_end), (one.b_start, one.b_end)
            first, second = (theirs, mine) if turned else (mine, theirs)
            passages.append(
                {
                    "a_id": a_id, "b_id": b_id, "position": position, "a_start": first[0], "a_end": first[1],
                    "b_start": second[0], "b_end": second[1], "kind": one.kind, "words": one.words,
                }
            )  # fmt: skip
    if pairs:
        session.execute(insert(SharedText.__table__), pairs)  # type: ignore[arg-type]  # declared as a FromClause
    if passages:
        session.execute(insert(PassageRow.__table__), passages)  # type: ignore[arg-type]  # as above


def _ordered(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
