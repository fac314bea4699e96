"""Reading imported reviews, their publishers, imports and subscriptions. Whoever reads the desk may read them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session, contains_eager, joinedload, undefer

from verify.accounts.models import Person
from verify.claimreviews.models import (
    ClaimReview,
    ClaimReviewVersion,
    Import,
    ReviewPublisher,
    Subscription,
)
from verify.claimreviews.search_index import matching, words_of
from verify.errors import Missing
from verify.permissions import Permission, demand

PAGE = 50
LARGEST = 2**31 - 1
MOST_PUBLISHERS = 300  # offered in the filter
NOTHING = "There is no review at this address, or its publisher’s reviews were removed."


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of reviews is narrowed to."""

    q: str = ""
    publisher_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One page of reviews, newest first; the keys lead to the pages beside it."""

    reviews: Sequence[ClaimReview]
    newer: str = ""
    older: str = ""


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One page of imports, newest first."""

    imports: Sequence[Import]
    older: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A publisher, and how many of its reviews the desk holds."""

    publisher: ReviewPublisher
    reviews: int


@dataclass(frozen=True, slots=True)
class PublisherPage:
    """One page of publishers by name."""

    lines: Sequence[Held]
    after: str = ""


def shown() -> Select[ClaimReview]:
    """A query for reviews with their publishers, without those that are being removed."""
    return (
        select(ClaimReview)
        .join(ReviewPublisher, ReviewPublisher.id == ClaimReview.publisher_id)
        .where(ReviewPublisher.refused_at.is_(None))
        .options(contains_eager(ClaimReview.publisher))
    )


def reviews(
    session: Session, reader: Person, filters: Filters, *, older: str = "", newer: str = ""
) -> ReviewPage:
    """A page of reviews: by the day of the review, or where words are sought, those that came in last first."""
    demand(reader, Permission.READ_DESK)
    asked = shown()
    if filters.publisher_id is not None:
        asked = asked.where(ClaimReview.publisher_id == filters.publisher_id)
    if filters.q:
        return _with_words(session, asked, filters.q, older, newer)
    place = tuple_(ClaimReview.listed_on, ClaimReview.id)
    backwards, cursor = bool(newer), _cursor(newer or older)
    if cursor is not None:
        asked = asked.where(place > cursor if backwards else place < cursor)
    order = (ClaimReview.listed_on, ClaimReview.id)
    ordered = asked.order_by(*(order if backwards else (one.desc() for one in order)))
    found = list(session.scalars(ordered.limit(PAGE + 1)))
    return _page(found, backwards, cursor is not None, words=False)


def _with_words(
    session: Session, asked: Select[ClaimReview], typed: str, older: str, newer: str
) -> ReviewPage:
    words = words_of(typed)
    if not words:
        return ReviewPage([])
    asked, column = matching(asked, words, session.get_bind().dialect.name)
    backwards, cursor = bool(newer), _number(newer or older)
    if cursor is not None:
        asked = asked.where(column > cursor if backwards else column < cursor)
    found = list(
        session.scalars(asked.order_by(column.asc() if backwards else column.desc()).limit(PAGE + 1))
    )
    return _page(found, backwards, cursor is not None, words=True)


def _page(found: list[ClaimReview], backwards: bool, inside: bool, *, words: bool) -> ReviewPage:
    more, found = len(found) > PAGE, found[:PAGE]
    if backwards:
        found.reverse()
    if not found:
        return ReviewPage([])
    earlier, later = (more, True) if backwards else (inside, more)
    return ReviewPage(
        found,
        newer=_key(found[0], words) if earlier else "",
        older=_key(found[-1], words) if later else "",
    )


def _key(review: ClaimReview, words: bool) -> str:
    return str(review.id) if words else f"{review.listed_on:%Y%m%d}-{review.id}"


def _number(typed: str) -> int | None:
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 10 else 0
    return number if 0 < number <= LARGEST else None


def _cursor(typed: str) -> tuple[date, int] | None:
    on, _, number = typed.partition("-")
    try:
        place = _number(number)
        return (date.fromisoformat(on), place) if len(on) == 8 and place is not None else None
    except ValueError:
        return None


def review(session: Session, reader: Person, number: int) -> ClaimReview:
    """One review, with its publisher and the import that it last came with."""
    demand(reader, Permission.READ_DESK)
    brought = joinedload(ClaimReview.brought_by).joinedload(Import.imported_by).lazyload(Person.grants)
    asked = shown().where(ClaimReview.id == number).options(brought)
    found = session.scalar(asked) if number <= LARGEST else None
    if found is None:
        raise Missing(NOTHING)
    return found


def same_page(session: Session, reader: Person, review: ClaimReview) -> Sequence[ClaimReview]:
    """Other reviews that stand at the same address."""
    demand(reader, Permission.READ_DESK)
    asked = shown().where(ClaimReview.url_hash == review.url_hash, ClaimReview.id != review.id)
    return session.scalars(asked.order_by(ClaimReview.id).limit(20)).all()


def versions(session: Session, reader: Person, review: ClaimReview) -> Sequence[ClaimReviewVersion]:
    """How a review came and changed, newest first; each with its JSON, so that the changes can be told."""
    demand(reader, Permission.READ_DESK)
    asked = (
        select(ClaimReviewVersion)
        .where(ClaimReviewVersion.claimreview_id == review.id)
        .order_by(ClaimReviewVersion.number.desc())
        .limit(30)
        .options(
            undefer(ClaimReviewVersion.source_json),
            joinedload(ClaimReviewVersion.brought_by).joinedload(Import.imported_by).lazyload(Person.grants),
        )
    )
    return session.scalars(asked).all()


def version(session: Session, reader: Person, review: ClaimReview, number: int) -> ClaimReviewVersion:
    """One version of a review, with its JSON."""
    demand(reader, Permission.READ_DESK)
    mine = (ClaimReviewVersion.claimreview_id == review.id) & (ClaimReviewVersion.number == number)
    asked = select(ClaimReviewVersion).where(mine).options(undefer(ClaimReviewVersion.source_json))
    found = session.scalar(asked) if number <= LARGEST else None
    if found is None:
        raise Missing(NOTHING)
    return found


def publishers_offered(session: Session, reader: Person) -> Sequence[ReviewPublisher]:
    """Publishers for the filter of the list, by name."""
    demand(reader, Permission.READ_DESK)
    asked = select(ReviewPublisher).where(ReviewPublisher.refused_at.is_(None))
    return session.scalars(
        asked.order_by(ReviewPublisher.name_key, ReviewPublisher.id).limit(MOST_PUBLISHERS)
    ).all()


def publishers(session: Session, reader: Person, *, after: str = "") -> PublisherPage:
    """A page of all publishers by name, also of those whose reviews were removed."""
    demand(reader, Permission.READ_DESK)
    asked = select(ReviewPublisher).options(joinedload(ReviewPublisher.refused_by).lazyload(Person.grants))
    if (last := _number(after)) is not None and (mark := session.get(ReviewPublisher, last)) is not None:
        place = tuple_(ReviewPublisher.name_key, ReviewPublisher.id)
        asked = asked.where(place > (mark.name_key, mark.id))
    found = session.scalars(
        asked.order_by(ReviewPublisher.name_key, ReviewPublisher.id).limit(PAGE + 1)
    ).all()
    counts = _counts(session, [one.id for one in found[:PAGE]])
    lines = [Held(one, counts.get(one.id, 0)) for one in found[:PAGE]]
    return PublisherPage(lines, str(found[PAGE - 1].id) if len(found) > PAGE else "")


def publisher(session: Session, reader: Person, number: int) -> Held:
    """One publisher, and how many of its reviews the desk holds."""
    demand(reader, Permission.READ_DESK)
    found = session.get(ReviewPublisher, number) if number <= LARGEST else None
    if found is None:
        raise Missing("There is no publisher at this address.")
    return Held(found, _counts(session, [found.id]).get(found.id, 0))


def _counts(session: Session, numbers: Sequence[int]) -> dict[int, int]:
    mine = ClaimReview.publisher_id
    asked = select(mine, func.count()).where(mine.in_(numbers)).group_by(mine)
    return {row[0]: row[1] for row in session.execute(asked)}


def imports(session: Session, reader: Person, *, older: int | None = None) -> ImportPage:
    """A page of imports."""
    demand(reader, Permission.READ_DESK)
    asked = select(Import).options(joinedload(Import.imported_by).lazyload(Person.grants))
    if older is not None:
        asked = asked.where(Import.id < older)
    found = session.scalars(asked.order_by(Import.id.desc()).limit(PAGE + 1)).all()
    return ImportPage(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def import_by_number(session: Session, reader: Person, number: int) -> Import:
    """One import."""
    demand(reader, Permission.READ_DESK)
    asked = select(Import).where(Import.id == number)
    found = (
        session.scalar(asked.options(joinedload(Import.imported_by).lazyload(Person.grants)))
        if number <= LARGEST
        else None
    )
    if found is None:
        raise Missing("There is no import at this address.")
    return found


def subscriptions(session: Session, reader: Person) -> Sequence[Subscription]:
    """Every subscription, in the order they were added; a desk has dozens at most."""
    demand(reader, Permission.READ_DESK)
    asked = select(Subscription).options(joinedload(Subscription.kept_by).lazyload(Person.grants))
    return session.scalars(asked.order_by(Subscription.id).limit(500)).all()


def subscription(session: Session, reader: Person, number: int) -> Subscription:
    """One subscription, locked for what is about to be done with it."""
    demand(reader, Permission.READ_DESK)
    found = session.get(Subscription, number, with_for_update=True) if number <= LARGEST else None
    if found is None:
        raise Missing("There is no subscription at this address.")
    return found
