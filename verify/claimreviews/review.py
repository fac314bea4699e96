"""One ClaimReview, from a node of linked data to what the desk keeps of it; or why it cannot be kept. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from verify.claimreviews.graph import Document, Placed, Pointing, types_of
from verify.claimreviews.wording import (
    CLAIM_LENGTH,
    address,
    day,
    folded,
    language,
    line,
    sha256_of,
    site_of,
    url_key,
)

MOST_APPEARANCES = 20
MOST_CLAIMANTS = 5
MOST_JSON = 256 * 1024
_LONGEST_CONTEXT = 2_000


class Unreadable(ValueError):
    """A review that cannot be kept, with the reason for people."""


@dataclass(frozen=True, slots=True)
class Review:
    """What the desk reads from one ClaimReview, and its JSON. Words as written, cut only where they are too long."""

    url: str
    claim: str
    publisher: str
    publisher_url: str = ""
    claimant: str = ""
    title: str = ""
    language: str = ""
    rating_name: str = ""
    rating_value: str = ""
    best_rating: str = ""
    worst_rating: str = ""
    explanation: str = ""
    appearances: list[dict[str, Any]] = field(default_factory=list)
    claim_date: str = ""
    review_date: str = ""
    licence: str = ""  # as the review itself states it
    source_json: str = ""

    @property
    def identity(self) -> str:
        """The same for the same claim at the same address, however often and from wherever it comes."""
        return sha256_of(f"{url_key(self.url)}\n{folded(self.claim)}")

    @property
    def url_hash(self) -> str:
        """The same for every review at this address."""
        return sha256_of(url_key(self.url))

    @property
    def digest(self) -> str:
        """Changes when anything that the desk reads from it changes, and with nothing else."""
        kept = {name: value for name, value in asdict(self).items() if name != "source_json"}
        return sha256_of(json.dumps(kept, sort_keys=True))

    @property
    def site(self) -> str:
        """The host on which it stands."""
        return site_of(self.url)

    @property
    def claimed_on(self) -> date | None:
        """The day of the claim, where it can be told."""
        return day(self.claim_date)

    @property
    def reviewed_on(self) -> date | None:
        """The day of the review, where it can be told."""
        return day(self.review_date)


def read_review(document: Document, placed: Placed, page: str = "") -> Review:
    """Read a review, or raise Unreadable; `page` is the address of the page that it stands on."""
    look = Pointing(document)
    node = placed.node
    if not isinstance(node, dict):
        raise Unreadable("It is no object.")
    about = look.one(node, "itemReviewed")
    author = _publisher(look, node)
    url = _url(look, node, placed.page, page)
    rating = look.one(node, "reviewRating")
    review = Review(
        url=url,
        claim=_claim(look, node, about),
        publisher=line(_named(look, author), 200) or site_of(url),
        publisher_url=address(look.one(author, "url") or look.one(author, "sameAs")),
        claimant=_claimants(look, about),
        title=line(look.one(node, "headline", "name"), 500),
        language=language(_named(look, look.one(node, "inLanguage"), "alternateName", "name")),
        **_rating(look, rating),
        explanation=line(look.one(rating, "ratingExplanation", "description"), 2_000),
        appearances=_appearances(look, about),
        claim_date=_claim_date(look, about),
        review_date=line(look.one(node, "datePublished", "dateCreated", "dateModified"), 60),
        licence=line(_named(look, look.one(node, "license", "sdLicense"), "name", "url"), 200),
    )
    return _with_json(review, placed, look)


def _claim(look: Pointing, node: Any, about: Any) -> str:
    stated = look.one(node, "claimReviewed")
    if stated is None and "Claim" in types_of(about):
        stated = look.one(about, "text")
    if stated is None:
        raise Unreadable("It does not say which claim it reviews (claimReviewed).")
    claim = line(stated, CLAIM_LENGTH + 1)
    if not claim:
        raise Unreadable("Its claim (claimReviewed) is no text.")
    if len(claim) > CLAIM_LENGTH:
        raise Unreadable(f"Its claim is longer than {CLAIM_LENGTH:,} characters.")
    return claim


def _url(look: Pointing, node: Any, entry: str, page: str) -> str:
    stated = look.one(node, "url", "mainEntityOfPage")
    if isinstance(stated, dict):
        stated = stated.get("@id") or stated.get("url")
    if stated is None:
        found = address(entry, page) or page
        if not found:
            raise Unreadable("It has no address (url), so nobody could look it up.")
        return found
    found = address(stated, page)
    if not found:
        shown = line(stated, 60) or "no text"
        raise Unreadable(f"Its address is “{shown}”, and only whole addresses of http and https are taken.")
    return found


def _publisher(look: Pointing, node: Any) -> Any:
    """Who published it: its author, unless that is a person and an organisation is named too."""
    authors = look.all(node, "author")
    named = [one for one in authors if _named(look, one)]
    publisher = look.one(node, "publisher")
    organisations = [one for one in named if "Person" not in types_of(one)]
    if organisations:
        return organisations[0]
    if _named(look, publisher):
        return publisher
    return named[0] if named else None


def _named(look: Pointing, value: Any, *names: str) -> Any:
    """A name that stands there as it is, or as a property of a node."""
    return (
        look.one(value, *(names or ("name", "alternateName", "legalName")))
        if isinstance(value, dict)
        else value
    )


def _claimants(look: Pointing, about: Any) -> str:
    names = [line(_named(look, one), 200) for one in look.all(about, "author")]
    names = [name for name in dict.fromkeys(names) if name]
    more = ["and others"] if len(names) > MOST_CLAIMANTS else []
    return line(", ".join(names[:MOST_CLAIMANTS] + more), 500)


def _rating(look: Pointing, rating: Any) -> dict[str, str]:
    if not isinstance(rating, dict):
        return {"rating_name": line(rating, 500)}
    return {
        "rating_name": line(look.one(rating, "alternateName", "name"), 500),
        "rating_value": line(look.one(rating, "ratingValue"), 60),
        "best_rating": line(look.one(rating, "bestRating"), 60),
        "worst_rating": line(look.one(rating, "worstRating"), 60),
    }


def _claim_date(look: Pointing, about: Any) -> str:
    first = look.one(about, "firstAppearance")
    return line(look.one(about, "datePublished", "dateCreated") or look.one(first, "datePublished"), 60)


def _appearances(look: Pointing, about: Any) -> list[dict[str, Any]]:
    """Where the claim was made, the first appearance first; addresses that are none are left out."""
    found: dict[str, dict[str, Any]] = {}
    for url, title, first in _stated_appearances(look, about):
        if url and url not in found and len(found) < MOST_APPEARANCES:
            found[url] = {"url": url, "title": title, "first": first}
    return list(found.values())


def _stated_appearances(look: Pointing, about: Any) -> Iterator[tuple[str, str, bool]]:
    for name in ("firstAppearance", "appearance"):
        for one in look.all(about, name):
            stated = look.one(one, "url", "@id", "sameAs") if isinstance(one, dict) else one
            yield address(stated), line(look.one(one, "headline", "name"), 300), name == "firstAppearance"
    if "Claim" not in types_of(about):  # as it was written before there was a type for claims
        for name in ("url", "sameAs"):
            for one in look.all(about, name):
                yield address(one), line(look.one(about, "headline", "name"), 300), False


def _with_json(review: Review, placed: Placed, look: Pointing) -> Review:
    """Keep the review's JSON, with the nodes it points at, so that it can be read by itself."""
    context = placed.node.get("@context") or placed.context or "https://schema.org"
    if len(json.dumps(context)) > _LONGEST_CONTEXT:
        context = "https://schema.org"
    own = {name: value for name, value in placed.node.items() if name != "@context"}
    others = [one for one in look.led_to.values() if one is not placed.node]
    kept = {"@context": context, "@graph": [own, *others]} if others else {"@context": context, **own}
    source_json = json.dumps(kept, sort_keys=True)
    if len(source_json) > MOST_JSON:
        raise Unreadable(f"It is longer than {MOST_JSON // 1024} KB.")
    values = {name: getattr(review, name) for name in Review.__dataclass_fields__ if name != "source_json"}
    return Review(**values, source_json=source_json)
