"""What the spotter finds: assertions, the hops of their chains, quantities and dates."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Span = tuple[int, int]
Mode = Literal["direct", "indirect", "mixed", "own-voice"]
HopKind = Literal["person", "organisation", "outlet", "agency", "account", "anonymous", "document", "media"]
CueType = Literal["neutral", "claim", "denial", "admission", "promise", "belief", "question"]
Polarity = Literal["asserts", "denies", "cannot confirm"]
Part = Literal["body", "heading", "caption", "embed"]

METHOD = "rules"  # what finds an assertion unless the tagger does
VERSION = "2"  # of the whole spotter: raised when its results change


@dataclass(frozen=True, slots=True)
class Hop:
    """One link of an attribution chain: who it is, as resolved, and `written`, as the text has it at `span`."""

    name: str
    kind: HopKind
    role: str | None = None
    terms: str = "named"
    speaks_for: str | None = None
    aliases: tuple[str, ...] = ()
    written: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: its value and unit, what it counts, and how firmly the text states it."""

    value: int | float | str
    what: str
    bound: str
    text: str
    start: int
    end: int
    upper: int | float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written, and the day it means (or the first and last of a stretch) where that is settled."""

    text: str
    start: int
    end: int
    day: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as written."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Assertion:
    """One assertion: `text[start:end]` is the passage, `chain` runs from the reader's side to the origin."""

    start: int
    end: int
    statement: str
    chain: tuple[Hop, ...] = ()
    mode: Mode = "own-voice"
    cue: str | None = None
    cue_type: CueType | None = None
    polarity: Polarity = "asserts"
    channel: str | None = None
    caveat: str | None = None
    caveat_span: Span | None = None
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    check_worthiness: float = 0.0
    reasons: tuple[str, ...] = ()
    part: Part = "body"
    source_span: Span | None = None
    cue_span: Span | None = None
    content: tuple[Span, ...] = ()
    method: str = METHOD
    version: str = VERSION

    def as_record(self) -> dict[str, Any]:
        """Returns the assertion as plain JSON values, one line of `verify spot --jsonl`."""
        return asdict(self)
