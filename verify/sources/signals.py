"""What others may listen to when the registry changes."""

from __future__ import annotations

from blinker import Signal

registry_changed = Signal(
    "names or ties of sources changed: sender is the list of source ids, session=, actor="
)
