"""What other packages can hear about the count of origins; publishing listens, to look at published verdicts again."""

from __future__ import annotations

from blinker import Signal

recounted = Signal(
    "origins were counted anew: sender is the list of tickets, session=, actor=, cause= a sentence"
)
