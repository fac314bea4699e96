"""Putting reviews that were read into the desk: new ones, changed ones, known ones. Each is whole or not there."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from verify.claimreviews.models import (
    ClaimReview,
    ClaimReviewVersion,
    Import,
    ImportPart,
    ReviewPublisher,
)
from verify.claimreviews.review import Review
from verify.claimreviews.signals import claimreviews_imported
from verify.claimreviews.wording import folded, sha256_of
from verify.claimreviews.words import UNKNOWN
from verify.db import now, take_turns
from verify.filters import plain

AT_ONCE = 200  # reviews that are taken in while a person waits; more go to a job
A_PART = 250
_FIELDS = (
    "url", "url_hash", "claim", "claimant", "title", "language", "rating_name", "rating_value", "best_rating",
    "worst_rating", "explanation", "appearances", "claim_date", "claimed_on", "review_date", "reviewed_on",
)  # fmt: skip
TURN = 0x636C6169  # any number, the same in every process


@dataclass(frozen=True, slots=True)
class Said:
    """What a version says, shortly: enough to tell whether a review came changed."""

    digest: str
    licence: str


def stage(session: Session, taken: Import, reviews: Sequence[Review]) -> None:
    """Keep what was read until a job takes it in, part by part."""
    for start in range(0, len(reviews), A_PART):
        lines = [_as_words(one) for one in reviews[start : start + A_PART]]
        session.add(ImportPart(import_id=taken.id, packed=zlib.compress(json.dumps(lines).encode(), 6)))
    session.flush()


def staged(part: ImportPart) -> list[Review]:
    """The reviews of a part."""
    return [Review(**words) for words in json.loads(zlib.decompress(part.packed))]


def take_in(session: Session, taken: Import, reviews: Sequence[Review]) -> None:
    """Take reviews in under an import, and count on it what became of each."""
    take_turns(session, TURN)  # two imports at the same moment would both find a review missing
    once = {review.identity: review for review in reversed(reviews)}  # the first of two that are the same
    taken.known += len(reviews) - len(once)
    publishers = _publishers(session, list(once.values()))
    there = {
        one.identity: one
        for one in session.scalars(select(ClaimReview).where(ClaimReview.identity.in_(once)))
    }
    latest = _latest(session, list(there.values()))
    from_here = _said_before(session, taken, list(there.values()))
    heard: dict[ClaimReview, tuple[Review, Said]] = {}
    for identity in reversed(once):
        review, publisher = once[identity], publishers[_publisher_key(once[identity])]
        old, said = there.get(identity), Said(review.digest, _licence(taken, review))
        if publisher.refused_at is not None:
            taken.refused += 1
        elif old is None:
            row = ClaimReview(identity=identity, imported_at=now(), version=1, licence=said.licence)
            taken.new += 1
            _fill(row, taken, review, publisher, said)
            heard[row] = review, said
        elif _is_known(said, latest.get(old.id), from_here.get(old.id)):
            taken.known += 1
        else:
            old.version += 1
            taken.changed += 1
            _fill(old, taken, review, publisher, said)
            heard[old] = review, said
    session.add_all(heard)
    session.flush()
    session.add_all(_version(row, *kept) for row, kept in heard.items())
    session.flush()
    if heard:
        claimreviews_imported.send(list(heard), session=session)


def _is_known(said: Said, latest: Said | None, from_here: Said | None) -> bool:
    """Whether nothing new is said: it stands so, or this very source said so before another said otherwise."""
    for known in (latest, from_here):
        if known is not None and known.digest == said.digest and said.licence in (known.licence, UNKNOWN):
            return True
    return False


def _licence(taken: Import, review: Review) -> str:
    """What the review itself states, else what was said at the import."""
    return review.licence or taken.licence


def _publisher_key(review: Review) -> tuple[str, str]:
    return review.site, folded(plain(review.publisher))[:200]


def _publishers(session: Session, reviews: Sequence[Review]) -> dict[tuple[str, str], ReviewPublisher]:
    """The publishers of these reviews, with new ones written down."""
    wanted = {_publisher_key(review): review for review in reviews}
    place = tuple_(ReviewPublisher.site, ReviewPublisher.name_key)
    asked = select(ReviewPublisher).where(place.in_(list(wanted)))
    found = {(one.site, one.name_key): one for one in session.scalars(asked)}
    for key, review in wanted.items():
        if key not in found:
            found[key] = ReviewPublisher(
                name=plain(review.publisher) or key[0], name_key=key[1], site=key[0], url=review.publisher_url
            )
            session.add(found[key])
        elif review.publisher_url and not found[key].url:
            found[key].url = review.publisher_url
    session.flush()
    return found


def _latest(session: Session, reviews: Sequence[ClaimReview]) -> dict[int, Said]:
    newest = (ClaimReviewVersion.claimreview_id == ClaimReview.id) & (
        ClaimReviewVersion.number == ClaimReview.version
    )
    asked = (
        select(ClaimReview.id, ClaimReviewVersion.digest, ClaimReview.licence)
        .join(ClaimReviewVersion, newest)
        .where(ClaimReview.id.in_([one.id for one in reviews]))
    )
    return {row.id: Said(row.digest, row.licence) for row in session.execute(asked)}


def _said_before(session: Session, taken: Import, reviews: Sequence[ClaimReview]) -> dict[int, Said]:
    """What the source of this import said of each review the last time that it said something new."""
    asked = (
        select(ClaimReviewVersion.claimreview_id, ClaimReviewVersion.digest, ClaimReviewVersion.licence)
        .join(Import, Import.id == ClaimReviewVersion.import_id)
        .where(ClaimReviewVersion.claimreview_id.in_([one.id for one in reviews]))
        .where(Import.name_hash == taken.name_hash)
        .order_by(ClaimReviewVersion.number)
    )
    return {row.claimreview_id: Said(row.digest, row.licence) for row in session.execute(asked)}


def _fill(row: ClaimReview, taken: Import, review: Review, publisher: ReviewPublisher, said: Said) -> None:
    for name in _FIELDS:
        setattr(row, name, getattr(review, name))
    today = now().date()
    row.publisher_id, row.import_id = publisher.id, taken.id
    if said.licence != UNKNOWN:
        row.licence = said.licence
    row.listed_on = min(review.reviewed_on or today, today)


def _version(row: ClaimReview, review: Review, said: Said) -> ClaimReviewVersion:
    return ClaimReviewVersion(
        claimreview_id=row.id, number=row.version, import_id=row.import_id, digest=said.digest, licence=row.licence,
        sha256=sha256_of(review.source_json), source_json=review.source_json, kept_at=now(),
    )  # fmt: skip


def _as_words(review: Review) -> dict[str, object]:
    return {name: getattr(review, name) for name in Review.__dataclass_fields__}
