"""Sentences about imported reviews, and the licences that are offered when something is imported."""

from __future__ import annotations

from verify.claimreviews.models import Import

UNKNOWN = "unknown"
OTHER = "other"
LICENCES = {
    UNKNOWN: "Not known yet",
    "CC0 1.0": "CC0 1.0: no rights reserved",
    "CC BY 4.0": "CC BY 4.0: name the publisher",
    "CC BY-SA 4.0": "CC BY-SA 4.0: name the publisher, share alike",
    "CC BY-NC 4.0": "CC BY-NC 4.0: name the publisher, not for sale",
    "By agreement with the publisher": "By agreement with the publisher",
    OTHER: "Another, in your own words",
}
PACES = {1: "Every hour", 6: "Every six hours", 24: "Every day", 168: "Every week"}


def pace(hours: int) -> str:
    """“every day”, for the middle of a sentence."""
    return PACES.get(hours, f"Every {hours} hours").lower()


def outcome(taken: Import) -> str:
    """What came of an import: “12 new, 3 changed, 40 known, 2 unreadable.”"""
    if taken.failure:
        return taken.failure
    if taken.read_at is None:
        return "Waits to be fetched."
    counts = [(taken.new, "new"), (taken.changed, "changed"), (taken.known, "known"),
              (taken.refused, "refused"), (taken.unreadable, "unreadable")]  # fmt: skip
    parts = [f"{count:,} {word}" for count, word in counts if count]
    if taken.left:
        parts.append(f"{taken.left:,} still to be taken in")
    return f"{', '.join(parts) or 'Nothing found'}."
