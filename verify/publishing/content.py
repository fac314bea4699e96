"""The canonical content of a verdict: what an approval names, a version keeps and every renderer shows."""

from __future__ import annotations

import hashlib
import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import (
    Any,
    Literal,
    NotRequired,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)
from urllib.parse import urlsplit

import rfc8785

from verify.publishing.origin_content import Origins

SCHEMA = "verify.verdict/1"
Rating = Literal["confirmed", "mostly_right", "unverified", "misleading", "false"]
Kind = Literal["published", "correction", "retraction"]


class Claimant(TypedDict):
    """Who made the claim."""

    name: str
    kind: str


class Grades(TypedDict):
    """The three grades, each 0 to 4."""

    sourcing: int
    attribution: int
    confirmation: int


class Hop(TypedDict):
    """One link of an attribution chain, from the outlet towards the origin."""

    name: str
    kind: str
    role: str | None


class Appearance(TypedDict):
    """One place where the claim stands: the passage, and who said it to whom."""

    title: str
    outlet: str
    byline: str | None
    url: str | None
    published_on: str | None
    text_sha256: str
    start: int
    end: int
    passage: str
    chain: list[Hop]
    mode: Literal["direct", "indirect", "mixed", "own-voice"]
    cue: str | None
    channel: str | None
    caveat: str | None


class Evidence(TypedDict):
    """One piece of evidence as it stood at approval."""

    number: int
    kind: Literal["link", "note", "file"]
    title: str
    url: str | None
    note: str
    stance: Literal["supports", "refutes", "context"]
    facet: Literal["whole", "event", "actor", "time", "place", "figure", "means"]
    sha256: str | None
    filename: str | None
    added_at: str


class Adjudication(TypedDict):
    """A third person's judgement where the reviews conflicted."""

    sourcing: int
    attribution: int
    confirmation: int
    rating: Rating
    rationale: str


class Review(Adjudication):
    """One blind review; the label stands in for the reviewer's name."""

    label: str


class VerdictContent(TypedDict):
    """Everything that was approved; hashed as canonical JSON (RFC 8785)."""

    schema: str
    reference: str
    investigation: str
    claim: str
    language: str
    claimant: Claimant | None
    claimed_on: str | None
    rating: Rating
    summary: str
    grades: Grades
    reliability: Literal["A", "B", "C", "D", "E", "F"] | None
    credibility: Literal[1, 2, 3, 4, 5, 6] | None
    confidence: Literal["low", "moderate", "high"]
    rubric_version: int
    settled_by: Literal["agreement", "adjudication"]
    override_reason: str | None
    origins: Origins
    appearances: list[Appearance]
    evidence: list[Evidence]
    reviews: list[Review]
    adjudication: Adjudication | None


@dataclass(frozen=True)
class Publisher:
    """The desk that publishes, by name and by the address of its public site."""

    name: str
    address: str

    @property
    def method_address(self) -> str:
        """Where the desk explains how it judges."""
        return f"{self.address}/method"

    @property
    def corrections_address(self) -> str:
        """Where the desk explains how it corrects."""
        return f"{self.method_address}#corrections"


@dataclass(frozen=True)
class HistoryEntry:
    """One version of a verdict in its public history."""

    number: int
    kind: Kind
    reason: str | None
    published_at: datetime
    content_sha256: str


@dataclass(frozen=True)
class PublishedVersion:
    """One immutable version of a verdict, with the history up to and including it."""

    reference: str
    number: int
    kind: Kind
    reason: str | None
    published_at: datetime
    content: VerdictContent
    content_sha256: str
    address: str
    publisher: Publisher
    history: tuple[HistoryEntry, ...]

    @property
    def retracted(self) -> bool:
        """Whether this version withdraws the verdict."""
        return self.kind == "retraction"

    @property
    def changes(self) -> tuple[HistoryEntry, ...]:
        """Corrections, retractions and re-publications, newest first: whatever carries a public reason."""
        return tuple(entry for entry in reversed(self.history) if entry.reason)

    @property
    def first_published_at(self) -> datetime:
        """When the verdict first came out."""
        return self.history[0].published_at if self.history else self.published_at


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one byte form of a content, the same on every machine (RFC 8785)."""
    return rfc8785.dumps(dict(content))


def content_hash(content: Mapping[str, Any]) -> str:
    """The SHA-256 that an approval and a version name."""
    return hashlib.sha256(canonical(content)).hexdigest()


class WrongContent(ValueError):
    """A content that does not follow the schema; the message names the place and what stands there."""


def checked(content: Mapping[str, Any]) -> VerdictContent:
    """The content, once its shape and its values have been found right; raises WrongContent."""
    _check_shape(content, VerdictContent, "content")
    verdict: VerdictContent = content  # type: ignore[assignment]  # the line above has just proved it
    _check_values(verdict)
    return verdict


def _check_shape(value: Any, wanted: Any, place: str) -> None:
    if is_typeddict(wanted):
        _check_fields(value, wanted, place)
    elif get_origin(wanted) in (Union, types.UnionType):
        if value is None and type(None) in get_args(wanted):
            return
        _check_shape(value, next(kind for kind in get_args(wanted) if kind is not type(None)), place)
    elif get_origin(wanted) is list:
        _demand(isinstance(value, list), place, "is not a list")
        for position, member in enumerate(value):
            _check_shape(member, get_args(wanted)[0], f"{place}[{position}]")
    elif get_origin(wanted) is Literal:
        _demand(type(value) is not bool and value in get_args(wanted), place, f"holds {value!r}")
    else:
        _demand(type(value) is wanted, place, f"is not {wanted.__name__}")


def _check_fields(value: Any, wanted: Any, place: str) -> None:
    _demand(isinstance(value, Mapping), place, "is not a record")
    fields = get_type_hints(wanted)
    spelled = get_type_hints(wanted, include_extras=True)
    required = {name for name in fields if get_origin(spelled[name]) is not NotRequired}
    for name in sorted((required - value.keys()) | (value.keys() - fields.keys())):
        _demand(False, f"{place}.{name}", "is missing" if name in fields else "is unknown")
    for name, kind in fields.items():
        if name in value:
            _check_shape(value[name], kind, f"{place}.{name}")


def _check_values(content: VerdictContent) -> None:
    _demand(content["schema"] == SCHEMA, "content.schema", f"is {content['schema']!r}")
    for name in ("reference", "claim", "summary"):
        _demand(bool(content[name].strip()), f"content.{name}", "is empty")
    _check_day(content["claimed_on"], "content.claimed_on")
    triads: list[Any] = [content["grades"], *content["reviews"], *filter(None, [content["adjudication"]])]
    for triad in triads:
        for name in ("sourcing", "attribution", "confirmation"):
            _demand(0 <= triad[name] <= 4, f"a {name} grade", f"is {triad[name]}, not 0 to 4")
    origins = content["origins"]
    _demand(
        0 <= origins["lower"] <= origins["upper"], "content.origins", "has its lower bound above its upper"
    )
    drawn = origins.get("map")
    if drawn is not None:
        places, ends = (
            range(len(drawn["nodes"])),
            [end for one in drawn["lines"] for end in (one["child"], one["parent"])],
        )
        _demand(all(end in places for end in ends), "content.origins.map", "has a line to nowhere")
    for position, appearance in enumerate(content["appearances"]):
        place = f"content.appearances[{position}]"
        _check_day(appearance["published_on"], f"{place}.published_on")
        _check_address(appearance["url"], f"{place}.url")
        _check_digest(appearance["text_sha256"], f"{place}.text_sha256")
        _demand(0 <= appearance["start"] < appearance["end"], place, "has no span")
    for position, piece in enumerate(content["evidence"]):
        _check_address(piece["url"], f"content.evidence[{position}].url")
        _check_digest(piece["sha256"], f"content.evidence[{position}].sha256")


def _check_day(value: str | None, place: str) -> None:
    if value is not None:
        try:
            date.fromisoformat(value)
        except ValueError:
            raise WrongContent(f"{place} is {value!r}, not a date such as 2021-09-05.") from None


def _check_address(value: str | None, place: str) -> None:
    if value is not None:
        _demand(urlsplit(value).scheme in {"http", "https"}, place, "is not an http(s) address")


def _check_digest(value: str | None, place: str) -> None:
    if value is not None:
        _demand(re.fullmatch(r"[0-9a-f]{64}", value) is not None, place, "is not a SHA-256")


def _demand(holds: bool, place: str, fault: str) -> None:
    if not holds:
        raise WrongContent(f"{place} {fault}.")
