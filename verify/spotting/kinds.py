"""Judges what a source is: a person, a body, an outlet, a document, or somebody who stays unnamed."""

from __future__ import annotations

from verify.spotting.assertion import HopKind
from verify.spotting.genders import pronoun_of
from verify.spotting.grammar import words_of
from verify.spotting.names import (
    AGENCIES,
    ANONYMOUS_NOUNS,
    DOCUMENT_NOUNS,
    GROUP_NOUNS,
    MEDIA_NOUNS,
    OUTLET_NOUNS,
    PERSON_ROLES,
    Names,
    is_body,
)

HUMAN_NOUNS = words_of(
    "midfielder striker defender goalkeeper winger forward skipper boss veteran singer star teenager pensioner "
    "billionaire businessman businesswoman politician republican democrat tory backbencher peer widower billionaire "
    "mother-of-two mother-of-three father-of-two father-of-three youngster swede dane frenchman englishman scotsman "
    "irishman dutchman american briton german spaniard italian russian brazilian argentine australian canadian"
)
_STATIONS = words_of("radio tv al")
_MASTHEADS = words_of(
    "dispatch ledger courier inquirer examiner register star sun record bulletin argus echo advertiser mercury "
    "sentinel democrat-gazette intelligencer monitor today week weekly online live now wire insider"
)
_HIDDEN = words_of("unnamed unidentified anonymous undisclosed")
_COUNTED = words_of(
    "one two three four five six seven eight nine ten several some many few other others another second third fourth"
)


def is_plural_person(head: str) -> bool:
    """Tells nouns for people without names: "officials", "aides"."""
    return head.endswith("s") and (head[:-1] in PERSON_ROLES or head in ("lawmakers", "aides", "diplomats"))


def unnamed_kind(written: str, words: list[str], head: str, names: Names) -> HopKind:
    """Judges a source without a name; people who are only counted or called unnamed are anonymous."""
    lowered = [word.lower() for word in words]
    if head.endswith("-year-old"):
        return "person"
    if not _HIDDEN.isdisjoint(lowered) or (
        lowered[0] in _COUNTED and (is_plural_person(head) or len(words) == 1)
    ):
        return "anonymous"
    if lowered[:2] == ["one", "of"] or lowered[:2] in (["the", "other"], ["the", "others"]):
        return "anonymous"
    kind = kind_of(written, head, names)
    if (
        kind == "organisation"
        and not OUTLET_NOUNS.isdisjoint(lowered)
        and head in ("outlets", "reports", "agencies")
    ):
        return "outlet"
    return kind


def kind_of(name: str, head: str, names: Names) -> HopKind:
    """Judges what a source is from its head noun, else from its name."""
    lowered = name.lower()
    words = lowered.split()
    if lowered.startswith("@"):
        return "account"
    if any(word in AGENCIES for word in words) or lowered in (
        "associated press",
        "agence france-presse",
        "russian news agency tass",
    ):
        return "agency"
    if head and not head[0].isupper():
        return _kind_of_noun(head, words)
    masthead = len(words) > 1 and words[-1] in _MASTHEADS and not pronoun_of(words[:1])
    if name in names.people and not masthead:
        return "person"
    if masthead or (words[-1:] and words[-1] in OUTLET_NOUNS) or (len(words) > 1 and words[0] in _STATIONS):
        return "outlet"
    if is_body(name) or (name.isupper() and len(name) > 1) or " " not in name:
        return "organisation"
    return "person"


def _kind_of_noun(head: str, words: list[str]) -> HopKind:
    if head in MEDIA_NOUNS:
        return "media"
    if head in ("reports", "rumours", "rumors"):
        return "outlet" if "media" in words else "anonymous"
    if head in DOCUMENT_NOUNS:
        return "document"
    if head in OUTLET_NOUNS:
        return "outlet"
    if head in ANONYMOUS_NOUNS:
        return "anonymous"
    if head in PERSON_ROLES or head in HUMAN_NOUNS:
        return "person"
    is_group = head in GROUP_NOUNS or head.removesuffix("s") in GROUP_NOUNS
    return "anonymous" if head.endswith("s") and not is_group else "organisation"
