"""The reading room as a template wants it: paragraphs with runs, and a card for each assertion."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from verify.articles import words
from verify.articles.models import Assertion, AssertionState, Mode
from verify.articles.passages import Covered, Paragraph, Run, paragraphs
from verify.articles.room_lookups import Numbered
from verify.articles.wording import as_words

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
        default_factory=lambda: {
            name: secrets.token_urlsafe(18) for name in ("dismiss", "restore", "undo", "file")
        }
    )

    @property
    def edits(self) -> list[tuple[str, str, str]]:
        """Return what people changed, field by field: its name, as suggested, and as it is."""
        return edits_of(self.assertion)

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
    numbered: Sequence[Numbered],
    filed: Mapping[int, FiledUnder],
    source_url: Callable[[int], str],
    part: tuple[int, int] | None = None,
) -> Room:
    """Lay a part of a text out with its assertions; every passage reads back exactly from the frozen text."""
    laid = paragraphs(text, [Covered(one.assertion.id, *_span(one)) for one in numbered], part)
    cards = {card.assertion.id: card for card in cards_of(text, numbered, filed, source_url)}
    runs = [run for paragraph in laid for run in paragraph.runs]
    return Room(laid, cards, {number: run.begins[0] for run in runs for number in run.begins})


def cards_of(
    text: str,
    numbered: Sequence[Numbered],
    filed: Mapping[int, FiledUnder],
    source_url: Callable[[int], str],
) -> list[Card]:
    """Return the card of each assertion, in the order given."""
    return [
        Card(
            number=one.number,
            assertion=one.assertion,
            passage=text[slice(*_span(one))],
            chain=chain_of(one.assertion, source_url),
            ticket=filed.get(one.assertion.id),
        )
        for one in numbered
    ]


def _span(one: Numbered) -> tuple[int, int]:
    return one.assertion.start, one.assertion.end


def edits_of(assertion: Assertion) -> list[tuple[str, str, str]]:
    """Return what people changed of a suggestion, field by field: its name, as suggested, and as it is."""
    if assertion.suggested is None:
        return []
    present = as_words(assertion)
    return [
        (words.FIELDS[name], words.value(name, was), words.value(name, present[name]))
        for name, was in assertion.suggested.items()
        if was != present[name]
    ]


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
