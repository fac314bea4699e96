"""The reading room as a template wants it: paragraphs with runs, and a card for each assertion."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from verify.articles.models import Assertion, AssertionState, Mode
from verify.articles.passages import Covered, Paragraph, Run, paragraphs

FiledUnder = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """One assertion in the margin: its number in the text, its chain, and the ticket it is filed under."""

    number: int
    assertion: Assertion
    passage: str
    chain: list[dict[str, Any]]
    ticket: FiledUnder | None = None
    # A form key for each of the card's forms: a double click is one act, two cards are two.
    keys: dict[str, str] = field(
        default_factory=lambda: {name: secrets.token_urlsafe(18) for name in ("dismiss", "restore", "file")}
    )

    @property
    def look(self) -> str:
        """Return the word that styles the passage: what became of it, or that the outlet itself speaks."""
        if self.assertion.state is AssertionState.SUGGESTED and self.assertion.mode is Mode.OWN_VOICE:
            return "own-voice"
        return self.assertion.state.value


@dataclass(frozen=True, slots=True)
class Room:
    """A text, or a part of it, laid out for reading, with its cards by assertion id."""

    paragraphs: list[Paragraph]
    cards: dict[int, Card]
    anchors: dict[int, int]

    def look(self, run: Run) -> str:
        """Return the word that styles a run: of the assertions over it, the one that matters most."""
        looks = {self.cards[number].look for number in run.covers}
        return next(look for look in ("filed", "suggested", "own-voice", "dismissed") if look in looks)


def laid_out(
    text: str,
    assertions: Sequence[Assertion],
    filed: Mapping[int, FiledUnder],
    source_url: Callable[[int], str],
    *,
    part: tuple[int, int] | None = None,
    before: int = 0,
) -> Room:
    """Lay a part of a text out with its assertions; every passage reads back exactly from the frozen text.

    `before` is how many assertions earlier parts have, so that numbers run on.
    """
    laid = paragraphs(text, [Covered(one.id, one.start, one.end) for one in assertions], part)
    cards = {
        one.id: Card(
            number=number,
            assertion=one,
            passage=text[one.start : one.end],
            chain=chain_of(one, source_url),
            ticket=filed.get(one.id),
        )
        for number, one in enumerate(assertions, before + 1)
    }
    runs = [run for paragraph in laid for run in paragraph.runs]
    return Room(laid, cards, {number: run.begins[0] for run in runs for number in run.begins})


def chain_of(assertion: Assertion, source_url: Callable[[int], str]) -> list[dict[str, Any]]:
    """Return the hops of an assertion as the chain macro wants them, nearest the reader first."""
    return [
        {
            "name": hop.name,
            "kind": hop.kind.value,
            "role": ", ".join(part for part in (hop.role, hop.terms) if part) or None,
            "url": source_url(hop.source_id) if hop.source_id else None,
        }
        for hop in assertion.hops
    ]
