"""Turns the phrase for a source into a hop: name, kind, role, whom it speaks for, and what "he" stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from verify.spotting.assertion import Hop, HopKind
from verify.spotting.grammar import (
    DETERMINERS,
    GROUP_PRONOUNS,
    PERSON_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    TITLES,
)
from verify.spotting.names import (
    GROUP_NOUNS,
    ORGANISATION_ROLES,
    OUTLET_NOUNS,
    PERSON_ROLES,
    SOURCE_NOUNS,
    Names,
    kind_of,
    strip_possessive,
)

_BRACKETS = re.compile(r"\s*\([^()]*\)")
_RELATIVE = re.compile(
    r"[,\s]+(?:who|which|whose|where|that)\b.*$|[,\s]+(?:speaking|citing|referring)\b.*$", re.DOTALL
)
_SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w+|leaders?|head|chief|commander|chairman|chairwoman|"
    r"director|secretary|lawyer|attorney|representative)\s+"
    r"(?:for|of|at)\s+(?:the\s+)?(?P<after>[\w’'.& -]+)"
    r"|(?P<before>(?:the\s+)?[\w’'.&-]+(?:\s+[A-Z][\w’'.&-]*)*?)(?:[’']s?)?\s+(?:chief\s+|"
    r"main\s+|deputy\s+|top\s+|press\s+)*"
    r"(?:spokes\w+|leader|head|chief)\b"
)
_STATEMENTS = frozenset({"statement", "tweet", "post", "message", "letter"})
_BODY_NOUNS = frozenset(
    {
        "group",
        "movement",
        "organisation",
        "organization",
        "front",
        "party",
        "militia",
        "company",
        "agency",
        "network",
        "newspaper",
        "broadcaster",
        "bank",
        "union",
        "club",
        "charity",
        "ngo",
        "organisers",
    }
)
_NO_NAME = frozenset(
    {"the", "a", "an", "chief", "former", "its", "their", "his", "her", "senior", "another", "one"}
)
_WORD = re.compile(r"[\w’'.&@/-]+|[()]")


@dataclass(slots=True)
class Speakers:
    """Who spoke last: what pronouns and "the group" point back to while a text is read from its start."""

    names: Names
    person: Hop | None = None
    group: Hop | None = None
    last: Hop | None = None
    context: str = ""

    def body_nearby(self) -> str | None:
        """Returns the organisation that "the group" means: one named earlier in the sentence, else the last speaker."""
        found = max(self.names.bodies, key=lambda name: self.context.rfind(name), default="")
        if found and found in self.context:
            return self.names.full(found)
        return self.group.name if self.group else None

    def heard(self, hop: Hop) -> None:
        """Remembers a source as the latest speaker of its kind."""
        self.last = hop
        if hop.kind == "person":
            self.person = hop
        elif hop.kind in ("organisation", "outlet", "agency"):
            self.group = hop


def _alias(hop: Hop, written: str) -> Hop:
    return replace(
        hop, aliases=tuple(dict.fromkeys(form for form in (written, *hop.aliases) if form != hop.name))
    )


def _words(phrase: str) -> list[str]:
    return _WORD.findall(_BRACKETS.sub("", phrase))


def _is_capital(word: str) -> bool:
    return word[:1].isupper() or word[:1] == "@"


def _base_length(words: list[str]) -> int:
    """Counts the words before the first preposition that does not belong to a capitalised name."""
    for at, word in enumerate(words):
        if at and word.lower() in PREPOSITIONS:
            following = words[at + 1 : at + 3]
            named = (
                _is_capital(words[at - 1])
                and word in ("of", "for")
                and any(_is_capital(w) for w in following)
            )
            if not named or words[at - 1].lower() in PERSON_ROLES:
                return at
    return len(words)


def _core_start(words: list[str]) -> int:
    """Returns where the proper name begins at the end of the words: after lower-case words, roles and possessives."""
    start = len(words)
    while start and (
        _is_capital(words[start - 1])
        or (
            words[start - 1] in ("of", "for", "the", "and", "de", "bin", "al")
            and start > 1
            and _has_capital(words[: start - 1])
        )
    ):
        start -= 1
    while start < len(words) - 1 and not _is_capital(words[start]):
        start += 1
    for at in range(len(words) - 2, start - 1, -1):
        word = strip_possessive(words[at]).lower().rstrip(".")
        follows = words[at + 1]
        is_role = word in PERSON_ROLES or word in TITLES or word in ORGANISATION_ROLES
        if _is_capital(follows) and (is_role or words[at].endswith(("'s", "’s")) or word in DETERMINERS):
            return at + 1
    return start


def _has_capital(words: list[str]) -> bool:
    return any(_is_capital(word) for word in words)


def _role_text(words: list[str]) -> str | None:
    while words and words[0].lower() in DETERMINERS | POSSESSIVES | PREPOSITIONS:
        words = words[1:]
    lowered = {strip_possessive(word).lower() for word in words}
    return " ".join(words) if lowered & (PERSON_ROLES | ORGANISATION_ROLES) else None


def _apposition(whole: str, name: str) -> str | None:
    """Returns what stands beside a name: "leader of the front" or "the group's spokesman"."""
    at = whole.find(name)
    before, after = whole[:at].strip(" ,–—-"), whole[at + len(name) :].strip(" ,–—-()")
    for piece in (_RELATIVE.sub("", after), before):
        piece = re.sub(r"^(?:the|a|an)\s+", "", " ".join(piece.split()), flags=re.IGNORECASE)
        if piece and {word.lower() for word in _words(piece)} & PERSON_ROLES:
            return piece.strip(" ,–—-")
    return None


def _spoken_for(role: str | None, speakers: Speakers) -> str | None:
    match = _SPEAKS_FOR.search(role or "")
    if not match:
        return None
    body = strip_possessive((match["after"] or match["before"] or "").split(",")[0].strip())
    body = re.sub(r"^(?:the|a|an)\s+", "", body, flags=re.IGNORECASE)
    if not body or body.lower() in _NO_NAME:
        return None
    if body.lower() in _BODY_NOUNS:
        return speakers.body_nearby()
    return speakers.names.full(body) if _has_capital(body.split()) else body


def _pronoun(word: str, speakers: Speakers) -> Hop:
    lowered = word.lower()
    if lowered in PERSON_PRONOUNS:
        known = speakers.person
    elif lowered in GROUP_PRONOUNS:
        known = speakers.group or speakers.last
    else:
        known = None
    if known:
        return _alias(known, word)
    return Hop(word, "person" if lowered in PERSON_PRONOUNS else "organisation", terms="unnamed")


def _generic(written: str, words: list[str], speakers: Speakers) -> Hop:
    """A source without a name: "the group", "a source in Kabul", "the opposition front's head"."""
    base = words[: _base_length(words)]
    lowered_base = [strip_possessive(word).lower() for word in base]
    head = next(
        (word for word in reversed(lowered_base) if word in SOURCE_NOUNS), lowered_base[-1] if base else ""
    )
    definite = bool(words) and words[0].lower() in ("the", "this", "his", "her", "its", "their")
    if definite and head in _STATEMENTS and speakers.last and len(base) <= 3:
        return _alias(speakers.last, written)
    if definite and len(words) == 2:
        if head in _BODY_NOUNS and speakers.group:
            return _alias(speakers.group, written)
        if head in PERSON_ROLES and speakers.person and head in (speakers.person.role or "").lower():
            return _alias(speakers.person, written)
    lowered = [word.lower() for word in words]
    kind: HopKind = kind_of(written, head, speakers.names)
    if (
        kind == "organisation"
        and any(word in OUTLET_NOUNS for word in lowered)
        and head in ("outlets", "reports", "agencies")
    ):
        kind = "outlet"
    role = " ".join(words) if kind == "person" else None
    return Hop(
        written,
        kind,
        role,
        "unnamed" if kind in ("person", "anonymous") else "named",
        _spoken_for(role, speakers),
    )


def hop_of(written: str, whole: str, speakers: Speakers) -> Hop | None:
    """Builds the hop for a source phrase: `written` is its name part, `whole` the phrase with appositions."""
    written = " ".join(written.split())
    whole = " ".join(whole.split())
    words = _words(written)
    if not words:
        return None
    if len(words) == 1 and words[0].lower() in PERSON_PRONOUNS | GROUP_PRONOUNS | {"we", "i", "you"}:
        return _pronoun(words[0], speakers)
    base = words[: _base_length(words)]
    if len(base) > 1 and base[0].lower() in DETERMINERS | POSSESSIVES and not _has_capital(base[1:]):
        return _generic(written, words, speakers)
    if not _is_capital(base[-1]) or (
        len(base) == 1 and strip_possessive(base[0]).lower() in _generic_starts()
    ):
        return _generic(written, words, speakers)
    start = _core_start(base)
    core = " ".join(base[start:]) or written
    role = _role_text(base[:start]) or _apposition(whole, written)
    name = speakers.names.full(core)
    kind: HopKind = kind_of(name, core, speakers.names)
    if {word.lower().rstrip(".") for word in base[:start]} & TITLES:
        kind = "person"
    elif role and kind not in ("agency", "outlet"):
        kind = _kind_by_role(role, base[:start], kind)
    aliases = tuple(
        dict.fromkeys(form for form in (core, written, _bracketed(written)) if form and form != name)
    )
    return Hop(name, kind, role, "named", _spoken_for(role, speakers), aliases)


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
    }
) - {"taliban", "kremlin", "pentagon", "congress", "senate"}


def _kind_by_role(role: str, before: list[str], kind: HopKind) -> HopKind:
    lowered = {strip_possessive(word).lower() for word in _words(role)}
    if lowered & PERSON_ROLES:
        return "person"
    last = strip_possessive(before[-1]).lower() if before else ""
    return "agency" if last == "agency" else "organisation" if last in ORGANISATION_ROLES else kind


def _bracketed(written: str) -> str | None:
    match = re.search(r"\(([A-Z][\w.&-]+)\)", written)
    return match.group(1) if match else None
