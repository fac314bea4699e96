"""Phrases that name nobody, or somebody who was there; and which unlinked names may be one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from verify.sources.names import is_title, perhaps_same, words_of

_LOOSE = re.compile(
    "some|several|many|various|multiple|others?|unnamed|unidentified|anonymous|unconfirmed|local|foreign"
    "|international|regional|national|earlier|recent|initial|new|news|social|online|numerous|certain"
    "|different|two|three|few|by|of|from|in|on|to|and|both|each|either|all|most|senior|unspecified"
)
_VAGUE = re.compile(
    "reports?|sources?|media|outlets?|press|rumou?rs?|accounts?|people|users?|observers?|speculation|posts"
    "|networks?|channels?|(news)?papers?|it|he|she|they|them|him|her|we|who|that|this|which|one|those|these"
    "|(some|any|every|no)(one|body)|sides?|part(y|ies)|m[ae]n|wom[ae]n|groups?|organi[sz]ations?|movement|outfit"
    "|statements?|officials?|authorities|leaders?|experts?|analysts?|critics?|activists?|diplomats?|commanders?"
    "|fighters?|militants?|rebels?|soldiers?|insurgents?|forces?"
)
_NEWSROOMS = re.compile(r"\s(?:media|outlets|(?:news)?papers|channels|networks|agencies|websites)$")
_WITNESS = re.compile("(eye)?witness(es)?|residents?|villagers?|survivors?|bystanders?|locals")

_ROLE = (
    r"(?P<role>spokes(?:man|woman|person|people)|officials?|leaders?|commanders?|representatives?|heads?|chief"
    r"|members?|sources?|ministers?)"
)
_OF = re.compile(rf"(?:.*\s)?{_ROLE}\s+(?:of|for|from|in|within|at)\s+(?P<body>.+)", re.IGNORECASE)
_HOW_MANY = (
    "(?:(?-i:[Aa]n?|[Ss]ome|[Ss]everal|[Oo]ne|[Tt]wo|[Tt]hree|[Mm]any|[Uu]nnamed|[Aa]nother|senior|top)"
    r"\s+)*"
)
_BEFORE = re.compile(rf"{_HOW_MANY}(?P<body>.+?)(?:['’]s?)?\s+(?:chief\s+|senior\s+)?{_ROLE}", re.IGNORECASE)

_NO_LONGER = re.compile(
    r"\b(?:former|formerly|ex|retired|ousted|exiled|dissident|defect\w*)\b", re.IGNORECASE
)
_OFFICES = re.compile("officials|leaders?|commanders|representatives|heads?|chief|ministers", re.IGNORECASE)
"""Offices that speak in the open: several of them together, or the one head that a body has."""

_HEADS = re.compile(
    r"\b(?:spokes\w+|heads?|leaders?|chief|chair\w*|commander|president|director)\b", re.IGNORECASE
)
"""Offices that speak for a body, also where somebody is named: those of its heads and spokespeople."""

_SOURCES = re.compile(r"\bsources?\b", re.IGNORECASE)
_ONE_OF = re.compile(r"\s*(?:an?|some|several|one|two|three|many|unnamed|another)\s+\w", re.IGNORECASE)


@lru_cache(maxsize=8_192)  # the same few names come by again and again
def spoken_for(name: str) -> tuple[str, str] | None:
    """Split "a spokesperson of the front" or "front officials" into how they stand to whom, if so put.

    A spokesperson speaks for the body; officials, leaders and sources of it are members. Who left it is neither.
    """
    found = _role_in(name)
    if found is None:
        return None
    return ("speaks_for" if found["role"].casefold().startswith("spokes") else "member_of"), found["body"]


def _role_in(name: str) -> re.Match[str] | None:
    if _NO_LONGER.search(name):
        return None
    return _OF.fullmatch(name.strip()) or _BEFORE.fullmatch(name.strip())


def speaks_by_office(name: str) -> bool:
    """Tell whether a body speaks here in the open: through "its officials" or "its head", not "an official" of it."""
    found = _role_in(name)
    by_office = found is not None and _OFFICES.fullmatch(found["role"]) is not None
    return by_office and _ONE_OF.match(name) is None and _SOURCES.search(name) is None


def office(role: str) -> str:
    """How who holds this office stands to their body: its head and spokespeople speak for it, others are members."""
    if _NO_LONGER.search(role):
        return ""
    return "speaks_for" if not role.strip() or _HEADS.search(role) else "member_of"


@lru_cache(maxsize=8_192)  # the same few names come by again and again
def is_description(name: str) -> bool:
    """Tell whether a phrase describes somebody instead of naming them: "a former mayor", "the front's head".

    A group whose noun is written small is described as well: "the anti-Taliban forces", "Afghan media outlets".
    """
    last = name.split()[-1] if name.split() else ""
    if _ONE_OF.match(name) or _VAGUE.fullmatch(last):
        return True
    rest = re.sub(r"^the\s+", "", name.strip(), flags=re.IGNORECASE)
    return rest != name.strip() and rest == rest.lower() != rest.upper()


def says_several(name: str) -> bool:
    """Tell whether a phrase stands for newsrooms that it does not name: "Afghan media outlets"."""
    return _NEWSROOMS.search(name) is not None


@lru_cache(maxsize=8_192)  # the same few names come by again and again
def says_nobody(name: str) -> bool:
    """Tell whether a "name" points at nobody: "reports", "local media", a pronoun, a bare title."""
    words = words_of(name)
    return all(_VAGUE.fullmatch(word) or _LOOSE.fullmatch(word) or is_title(word) for word in words)


def says_witness(name: str) -> bool:
    """Tell whether an unnamed speaker is described as somebody who was there."""
    return any(_WITNESS.fullmatch(word) for word in words_of(name))


def only_witness(name: str) -> bool:
    """Tell whether a name is nothing but such a description: "several residents"."""
    words = words_of(name)
    return says_witness(name) and all(_WITNESS.fullmatch(word) or _LOOSE.fullmatch(word) for word in words)


def similar_pairs(
    keys: Iterable[str],
    known: Iterable[str] = (),
    may_be: Callable[[str, str], bool] = lambda _first, _second: True,
) -> Iterator[tuple[str, str]]:
    """Yield pairs of name keys that may be one name, as few as join all alike, two known ones never."""
    loose = set(keys)
    joined: dict[str, str] = {}

    def leader(key: str) -> str:
        while key in joined:
            key = joined[key]
        return key

    for first, second in _pairs(loose.union(known)):
        if first not in loose and second not in loose:
            continue
        one, other = leader(first), leader(second)
        if one != other and perhaps_same(first, second) and may_be(first, second):
            joined[max(one, other)] = min(one, other)
            yield first, second


def _pairs(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs worth comparing: the same initials, or the same last word."""
    by_initials: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    by_last: defaultdict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        words = key.split()
        by_initials[tuple(word[:1] for word in words)].append(key)
        if words:
            by_last[words[-1]].append(key)
    for alike in (*by_initials.values(), *by_last.values()):
        yield from combinations(alike, 2)
