"""Turns the phrase for a source into a hop: name, kind, role, whom it speaks for, and what "he" stands for."""

from __future__ import annotations

import re
from dataclasses import replace

from verify.spotting.assertion import Hop, HopKind, Span
from verify.spotting.grammar import (
    DETERMINERS,
    GROUP_PRONOUNS,
    PERSON_PRONOUNS,
    POSSESSIVES,
    TITLES,
)
from verify.spotting.kinds import HUMAN_NOUNS, is_plural_person, kind_of, unnamed_kind
from verify.spotting.names import (
    GROUP_NOUNS,
    ORGANISATION_ROLES,
    PERSON_ROLES,
    SOURCE_NOUNS,
    strip_possessive,
)
from verify.spotting.phrases import noun_phrase_after
from verify.spotting.speakers import Speakers, aliased
from verify.spotting.titles import (
    BODY_NOUNS,
    apposition,
    base_length,
    core_start,
    has_capital,
    is_capital,
    role_text,
    spoken_for,
    words_in,
)
from verify.spotting.tokens import tokens_of

_STATEMENTS = frozenset({"statement", "tweet", "post", "message", "letter"})
_STATIONS = frozenset(
    {"channel", "newspaper", "broadcaster", "agency", "outlet", "paper", "station", "network"}
)


def _pronoun(word: str, speakers: Speakers) -> Hop:
    lowered = word.lower()
    known: Hop | None = None
    if lowered in PERSON_PRONOUNS:
        known = speakers.person_meant(lowered)
    elif lowered in GROUP_PRONOUNS:
        known = speakers.group or _group_before(speakers) or speakers.last
    if known:
        return aliased(known, word)
    return Hop(
        word, "person" if lowered in PERSON_PRONOUNS | {"i", "you"} else "organisation", terms="unnamed"
    )


def _group_before(speakers: Speakers) -> Hop | None:
    """Returns the people whom the sentence before is about: "Researchers at Brackley followed ...; they found ..."."""
    if speakers.before is None:
        return None
    start, end = speakers.before
    tokens = tokens_of(speakers.text, (start, min(end, start + 160)))
    phrase = noun_phrase_after(tokens, 0)
    if phrase is None:
        return None
    low, high = phrase
    cut = next((at for at in range(low + 1, high) if tokens[at].word.endswith("ed")), high)
    words = [token.word for token in tokens[low:cut]]
    if not SOURCE_NOUNS & set(words) or not any(word.endswith("s") for word in words):
        return None
    written = speakers.text[tokens[low].start : tokens[cut - 1].end]
    speakers.before = None
    return hop_of(written, written, speakers)


def _meant_by(words: list[str], head: str, speakers: Speakers) -> Hop | None:
    """Returns whom a definite noun without a name points back to: "the group", "the minister", "the 44-year-old"."""
    if len(words) == 2 and head in BODY_NOUNS:
        if called := speakers.body_called(head):
            return called
        if speakers.group and (speakers.group.terms == "named" or head in ("group", "movement")):
            return speakers.group
    if (
        len(words) == 2
        and head in _STATIONS
        and speakers.group
        and speakers.group.kind in ("outlet", "agency")
    ):
        return speakers.group
    last = words[-1].lower()
    if speakers.person and (
        last.endswith("-year-old") or last in HUMAN_NOUNS or "-year-old" in words[1].lower()
    ):
        return speakers.person
    if head in PERSON_ROLES and len(words) <= 3:
        if speakers.person and speakers.has_role(speakers.person, head):
            return speakers.person
        return speakers.role_bearer(head)
    return None


def _generic(written: str, words: list[str], speakers: Speakers) -> Hop:
    """A source without a name: "the group", "a source in Kabul", "the opposition front's head"."""
    base = words[: base_length(words)]
    lowered = [strip_possessive(word).lower() for word in base]
    head = next((word for word in reversed(lowered) if word in SOURCE_NOUNS), lowered[-1] if base else "")
    definite = bool(words) and words[0].lower() in ("the", "this", "his", "her", "its", "their")
    if definite and head in _STATEMENTS and speakers.last and len(base) <= 3:
        return aliased(speakers.last, written)
    if definite and len(base) == len(words) > 1 and words[0].lower() in ("the", "this"):
        meant = _meant_by(words, head, speakers)
        if meant:
            return aliased(meant, written)
    kind = unnamed_kind(written, words, head, speakers.names)
    role = " ".join(words) if kind == "person" else None
    return Hop(
        written,
        kind,
        role,
        "unnamed" if kind in ("person", "anonymous") or is_plural_person(head) else "named",
        spoken_for(role, speakers),
        (" ".join(base),) if 0 < len(base) < len(words) else (),
    )


def hop_of(written: str, whole: str, speakers: Speakers) -> Hop | None:
    """Builds the hop for a source phrase: `written` is its name part, `whole` the phrase with appositions."""
    written = " ".join(written.split())
    whole = " ".join(whole.split())
    words = words_in(written)
    if not words:
        return None
    if len(words) == 1 and words[0].lower() in PERSON_PRONOUNS | GROUP_PRONOUNS | {"we", "i", "you"}:
        return _pronoun(words[0], speakers)
    base = words[: base_length(words)]
    if len(base) > 1 and base[0].lower() in DETERMINERS | POSSESSIVES and not has_capital(base[1:]):
        return _generic(written, words, speakers)
    if not is_capital(base[-1]) or (
        len(base) == 1 and strip_possessive(base[0]).lower() in _generic_starts()
    ):
        return _generic(written, words, speakers)
    start = core_start(base)
    core = " ".join(base[start:]) or written
    role = role_text(base[:start]) or apposition(whole, written)
    name = speakers.names.full(core)
    kind: HopKind = kind_of(name, core, speakers.names)
    if {word.lower().rstrip(".") for word in base[:start]} & TITLES:
        kind = "person"
    elif role and kind not in ("agency", "outlet"):
        kind = _kind_by_role(role, base[:start], kind)
    aliases = tuple(
        dict.fromkeys(form for form in (core, written, _bracketed(written)) if form and form != name)
    )
    return Hop(name, kind, role, "named", spoken_for(role, speakers), aliases)


def _generic_starts() -> frozenset[str]:
    return _GENERIC_STARTS


_GENERIC_STARTS = (
    GROUP_NOUNS
    | PERSON_ROLES
    | {
        "reports",
        "sources",
        "witnesses",
        "pictures",
        "photos",
        "footage",
        "media",
        "critics",
        "experts",
        "analysts",
        "some",
        "others",
        "many",
        "residents",
        "leaders",
        "one",
        "two",
        "three",
        "another",
        "several",
        "neither",
        "both",
        "all",
    }
) - {"taliban", "kremlin", "pentagon", "congress", "senate"}


def _kind_by_role(role: str, before: list[str], kind: HopKind) -> HopKind:
    lowered = {strip_possessive(word).lower() for word in words_in(role)}
    if lowered & PERSON_ROLES:
        return "person"
    last = strip_possessive(before[-1]).lower() if before else ""
    return "agency" if last == "agency" else "organisation" if last in ORGANISATION_ROLES else kind


def _bracketed(written: str) -> str | None:
    match = re.search(r"\(([A-Z][\w.&-]+)\)", written)
    return match.group(1) if match else None


def speaker_of(label: str, span: Span | None, speakers: Speakers) -> Hop:
    """Builds the hop for the label of a turn in a transcript: "GOV. ELENA RUIZ" or "RUIZ"."""
    hop = hop_of(label, label, speakers) or Hop(label, "person")
    name = hop.name.title() if hop.name.isupper() and len(hop.name) > 3 else hop.name
    kind: HopKind = "organisation" if name in speakers.names.bodies else "person"
    aliases = tuple(dict.fromkeys(form for form in (label, *hop.aliases) if form != name))
    return replace(hop, name=name, kind=kind, aliases=aliases, written=label, span=span)
