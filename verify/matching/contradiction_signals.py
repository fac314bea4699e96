"""What other packages can hear about combined checks; grading listens, to open reviews that waited for each other."""

from __future__ import annotations

from blinker import Signal

parted = Signal("two claims are no longer checked together: contradiction, session=")
