"""Where packages further along the walk hang their parts on the card of a source, such as its appearances.

Imports run one way, so the card cannot ask them; they register here when their views are imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.sources.models import Source

# What a section shows: {"template": "origins/appearances.html", …names for that template}; None leaves it out.
Section = Callable[[Session, Person, Source], Mapping[str, Any] | None]

_sections: dict[str, tuple[int, Section]] = {}


def register(name: str, position: int, function: Section) -> None:
    """Add a section to the card of a source; lower positions come first."""
    _sections[name] = (position, function)


def sections_of(session: Session, reader: Person, source: Source) -> list[dict[str, Any]]:
    """The sections that this reader sees on this card, in order."""
    shown = []
    for name, (_, function) in sorted(_sections.items(), key=lambda one: (one[1][0], one[0])):
        part = function(session, reader, source)
        if part is not None:
            shown.append({"name": name, **part})
    return shown
