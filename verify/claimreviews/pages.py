"""What the pages of imported reviews show, and the way from a form to an import."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage, MultiDict

from verify.accounts.sessions import reader
from verify.claimreviews import actions, apart, lookups
from verify.claimreviews.forms import ImportForm, RemoveForm, SubscribeForm, SubscriptionForm
from verify.claimreviews.lookups import Filters
from verify.claimreviews.models import ClaimReview, ClaimReviewVersion, Import
from verify.claimreviews.reading import read
from verify.claimreviews.wording import sha256_of_content
from verify.claimreviews.words import outcome, pace
from verify.db import db, start_reading
from verify.errors import Refused
from verify.forms import form_again
from verify.jobs import lookups as jobs

COMPARED = {
    "claim": "Claim", "claimant": "Claimed by", "rating_name": "Rating", "rating_value": "Rating value",
    "best_rating": "Best rating", "worst_rating": "Worst rating", "explanation": "Explanation", "title": "Title",
    "claim_date": "Day of the claim", "review_date": "Day of the review", "publisher": "Publisher", "url": "Address",
    "language": "Language", "appearances": "Where it appeared",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that came otherwise than before."""

    what: str
    was: str
    now: str


def listed(asked: MultiDict[str, str]) -> dict[str, Any]:
    """The list that an address asks for."""
    number = asked.get("publisher", type=int)
    filters = Filters(
        q=asked.get("q", "").replace("\x00", "").strip()[:200],
        publisher_id=number if number is not None and 0 < number <= lookups.LARGEST else None,
    )
    page = lookups.reviews(
        db.session, reader(), filters, older=asked.get("older", ""), newer=asked.get("newer", "")
    )
    kept: dict[str, Any] = {"q": filters.q or None, "publisher": filters.publisher_id}
    return {
        "page": page,
        "filters": filters,
        "narrowed": filters != Filters(),
        "publishers": lookups.publishers_offered(db.session, reader()),
        "newer_url": url_for("claimreviews.index", newer=page.newer, **kept) if page.newer else None,
        "older_url": url_for("claimreviews.index", older=page.older, **kept) if page.older else None,
    }


def one(number: int) -> dict[str, Any]:
    """One review with its history."""
    review = lookups.review(db.session, reader(), number)
    versions = lookups.versions(db.session, reader(), review)
    return {
        "review": review,
        "versions": [
            (version, changes(earlier, version))
            for version, earlier in zip(versions, [*versions[1:], None], strict=True)
        ],
        "same_page": lookups.same_page(db.session, reader(), review),
    }


def changes(earlier: ClaimReviewVersion | None, later: ClaimReviewVersion) -> list[Change]:
    """What a version says otherwise than the one before, as the desk reads both."""
    if earlier is None:
        return []
    before, after = _read_again(earlier), _read_again(later)
    found = [
        Change(words, before[name], after[name])
        for name, words in COMPARED.items()
        if before[name] != after[name]
    ]
    if earlier.licence != later.licence:
        found.append(Change("Licence", earlier.licence, later.licence))
    return found


def _read_again(version: ClaimReviewVersion) -> dict[str, str]:
    reviews = read(version.source_json.encode(), page="https://unknown.invalid/").reviews
    if not reviews:
        return dict.fromkeys(COMPARED, "")
    told = {name: getattr(reviews[0], name) for name in COMPARED}
    told["appearances"] = ", ".join(one["url"] for one in told["appearances"])
    return told


def file_name(review: ClaimReview, version: ClaimReviewVersion) -> str:
    """What a review's JSON is called when somebody saves it."""
    return f"claimreview-{review.id}-version-{version.number}.json"


def import_from(form: ImportForm) -> tuple[Import, str]:
    """Import what a form brings, and say what came of it. Reading comes first, outside the write transaction."""
    upload: FileStorage | None = form.upload.data
    has_file, url = bool(upload and upload.filename), (form.address.data or "").strip()
    if has_file and url:
        raise Refused("A file and an address came together. Import one, then the other.", field="address")
    if not has_file and not url:
        raise Refused("Choose a file, or write an address.", field="upload")
    licence = form.stated_licence()
    if upload is None or not has_file:
        taken = actions.ask_for_address(db.session, reader(), url=url, licence=licence)
        return taken, "The address is being fetched in the background."
    content = _content(upload)
    taken = actions.import_file(
        db.session,
        reader(),
        name=upload.filename or "",
        sha256=sha256_of_content(content),
        licence=licence,
        reading=apart.read(content),
    )
    return taken, outcome(taken)


def _content(upload: FileStorage) -> bytes:
    """Read an upload, but not beyond what may be read."""
    with closing(upload):
        content: bytes = upload.stream.read(apart.LIMITS.file_bytes + 1)
    if not content:
        raise Refused("This file is empty. Choose the one that holds the reviews.", field="upload")
    if len(content) > apart.LIMITS.file_bytes:
        raise Refused(
            f"This file is larger than the {apart.LIMITS.file_bytes // apart.MEBIBYTE} MB that are read. Split it.",
            field="upload",
        )
    return content


def import_page(number: int) -> dict[str, Any]:
    """What came of one import, and how far it is."""
    taken = lookups.import_by_number(db.session, reader(), number)
    keys = (actions.rest_of(number), actions.fetching_of(number))
    job = next((found for key in keys if (found := jobs.latest(db.session, key)) is not None), None)
    return {"taken": taken, "job": job, "said": outcome(taken), "nobody_works": jobs.nobody_works(db.session)}


def subscriptions_page() -> dict[str, Any]:
    """Every subscription, and what it brought last."""
    found = lookups.subscriptions(db.session, reader())
    return {
        "subscriptions": found,
        "pace": pace,
        "nobody_works": jobs.nobody_works(db.session) if found else False,
    }


def imports_page() -> dict[str, Any]:
    """Imports, newest first."""
    older = request.args.get("older", type=int)
    page = lookups.imports(
        db.session, reader(), older=older if older and 0 < older <= lookups.LARGEST else None
    )
    return {"page": page, "outcome": outcome}


def subscriptions_again(form: SubscribeForm | SubscriptionForm) -> ResponseReturnValue:
    """The page of subscriptions with what was typed and why it was refused."""
    db.session.rollback()
    start_reading()
    if isinstance(form, SubscribeForm):
        return form_again("claimreviews/subscriptions.html", form, **subscriptions_page())
    blank = SubscribeForm(formdata=None)
    return form_again("claimreviews/subscriptions.html", form, subscribing=blank, **subscriptions_page())


def publisher_again(form: RemoveForm | SubscriptionForm, number: int) -> ResponseReturnValue:
    """The page of a publisher with what was typed and why it was refused."""
    db.session.rollback()
    start_reading()
    held, blank = lookups.publisher(db.session, reader(), number), RemoveForm(formdata=None)
    return form_again("claimreviews/publisher.html", form, held=held, blank=blank)
