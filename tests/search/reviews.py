"""A review by another organisation, as an import leaves it."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from sqlalchemy.orm import Session

from verify.claimreviews.models import Carrier, ClaimReview, Import, ReviewPublisher
from verify.db import now
from verify.sources.names import name_key


def review_of_others(
    session: Session, *, claim: str, publisher: str, rating: str = "Mostly false", on: date = date(2025, 3, 1)
) -> ClaimReview:
    """One imported review."""
    digest = sha256(f"{claim}{publisher}".encode()).hexdigest()
    known = ReviewPublisher(name=publisher, name_key=name_key(publisher), site="facts.example")
    brought = Import(
        carrier=Carrier.FILE,
        name="reviews.json",
        name_hash=digest,
        licence="CC BY 4.0",
        imported_at=now(),
        found=1,
        new=1,
    )
    session.add_all([known, brought])
    session.flush()
    made = ClaimReview(
        identity=digest, url=f"https://facts.example/{digest[:8]}", url_hash=digest, publisher_id=known.id, claim=claim,
        rating_name=rating, listed_on=on, reviewed_on=on, licence="CC BY 4.0", import_id=brought.id, imported_at=now(),
        explanation="Neither was seen near it.",
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made
