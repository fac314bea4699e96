"""What other packages can hear about imported reviews; the index of claims listens."""

from __future__ import annotations

from blinker import Signal

claimreview_imported = Signal(
    "a review of another organisation came in, or came in changed: review (with its number), session="
)
claimreview_removed = Signal("a review is about to be deleted: review, session=")
