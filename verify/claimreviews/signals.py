"""What other packages can hear about imported reviews; the index of claims listens."""

from __future__ import annotations

from blinker import Signal

claimreviews_imported = Signal(
    "reviews of other organisations came in, or came in changed: list of reviews (with their numbers), session="
)
claimreviews_removed = Signal("reviews are about to be deleted: list of reviews, session=")
