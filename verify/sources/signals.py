"""What others may listen to when the registry changes."""

from __future__ import annotations

from blinker import Signal

registry_changed = Signal(
    "names, ties or reliability of sources changed: sender is the list of source ids, session=, actor="
)
names_parted = Signal("names went from one source to another: sender is the ids of both, session=")
