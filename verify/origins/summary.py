"""A count as one line: "7 articles → 1 origin (party)"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class _Named(Protocol):
    @property
    def party(self) -> bool: ...


class _Counted(Protocol):
    @property
    def articles(self) -> int: ...
    @property
    def records(self) -> int: ...
    @property
    def lower(self) -> int: ...
    @property
    def upper(self) -> int: ...
    @property
    def origins(self) -> Sequence[_Named]: ...
    @property
    def denials(self) -> Sequence[_Named]: ...
    @property
    def denied(self) -> object: ...


def summary(count: _Counted) -> str:
    """Write the count as one line: "7 articles → 1 origin (party)"."""
    bounds = str(count.upper) if count.lower == count.upper else f"{count.lower}–{count.upper}"
    line = f"{carriers(count.articles, count.records)} → {bounds} origin{'' if bounds == '1' else 's'}"
    line += _parties(count.origins)
    if count.denials:
        line += f"; denied by {count.denied}{_parties(count.denials)}"
    return line


def carriers(articles: int, records: int) -> str:
    """Say in how many articles and pieces of evidence a claim stands: "3 articles and 1 piece of evidence"."""
    evidence = f"{records} {'piece' if records == 1 else 'pieces'} of evidence"
    if not records:
        return _number(articles, "article")
    return f"{_number(articles, 'article')} and {evidence}" if articles else evidence


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _parties(origins: Sequence[_Named]) -> str:
    parties = sum(origin.party for origin in origins)
    if not parties:
        return ""
    if parties == len(origins):
        return " (party)" if parties == 1 else " (all parties)"
    return f" ({parties} of {len(origins)} a party)"
