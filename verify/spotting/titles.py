"""Parts the phrase for a source into its name, its role and the body it speaks for."""

from __future__ import annotations

import re

from verify.spotting.grammar import DETERMINERS, POSSESSIVES, PREPOSITIONS
from verify.spotting.names import NAMED_ROLES, ORGANISATION_ROLES, PERSON_ROLES, strip_possessive
from verify.spotting.speakers import Speakers

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
BODY_NOUNS = frozenset(
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


def words_in(phrase: str) -> list[str]:
    """Returns the words of a phrase, what stands in brackets left out."""
    return _WORD.findall(_BRACKETS.sub("", phrase))


def is_capital(word: str) -> bool:
    """Tells whether a word begins with a capital, or is an account's name."""
    return word[:1].isupper() or word[:1] == "@"


def base_length(words: list[str]) -> int:
    """Counts the words before the first preposition that does not belong to a capitalised name."""
    for at, word in enumerate(words):
        if at and word.lower() in PREPOSITIONS:
            following = words[at + 1 : at + 3]
            named = (
                is_capital(words[at - 1]) and word in ("of", "for") and any(is_capital(w) for w in following)
            )
            if not named or words[at - 1].lower() in PERSON_ROLES:
                return at
    return len(words)


def core_start(words: list[str]) -> int:
    """Returns where the proper name begins at the end of the words: after lower-case words, roles and possessives."""
    start = len(words)
    while start and (
        is_capital(words[start - 1])
        or (
            words[start - 1] in ("of", "for", "the", "and", "de", "bin", "al")
            and start > 1
            and has_capital(words[: start - 1])
        )
    ):
        start -= 1
    while start < len(words) - 1 and not is_capital(words[start]):
        start += 1
    for at in range(len(words) - 2, start - 1, -1):
        word = strip_possessive(words[at]).lower().rstrip(".")
        follows = words[at + 1]
        is_role = word in PERSON_ROLES or word in NAMED_ROLES or word in ORGANISATION_ROLES
        if is_capital(follows) and (is_role or words[at].endswith(("'s", "’s")) or word in DETERMINERS):
            return at + 1
    return start


def has_capital(words: list[str]) -> bool:
    """Tells whether any of the words begins with a capital."""
    return any(is_capital(word) for word in words)


def role_text(words: list[str]) -> str | None:
    """Returns the words before a name as a role ("Taliban spokesman"), articles left out; None if they are none."""
    while words and words[0].lower() in DETERMINERS | POSSESSIVES | PREPOSITIONS:
        words = words[1:]
    lowered = {strip_possessive(word).lower() for word in words}
    return " ".join(words) if lowered & (PERSON_ROLES | ORGANISATION_ROLES) else None


def apposition(whole: str, name: str) -> str | None:
    """Returns what stands beside a name: "leader of the front" or "the group's spokesman"."""
    at = whole.find(name)
    before, after = whole[:at].strip(" ,–—-"), whole[at + len(name) :].strip(" ,–—-()")
    for piece in (_RELATIVE.sub("", after), before):
        piece = re.sub(r"^(?:the|a|an)\s+", "", " ".join(piece.split()), flags=re.IGNORECASE)
        if piece and {word.lower() for word in words_in(piece)} & PERSON_ROLES:
            return piece.strip(" ,–—-")
    return None


def spoken_for(role: str | None, speakers: Speakers) -> str | None:
    """Returns the body for which the holder of a role speaks, under its full name where the text gives it."""
    match = _SPEAKS_FOR.search(role or "")
    if not match:
        return None
    body = strip_possessive((match["after"] or match["before"] or "").split(",")[0].strip())
    body = re.sub(r"^(?:the|a|an)\s+", "", body, flags=re.IGNORECASE)
    if not body or body.lower() in _NO_NAME:
        return None
    if body.lower() in BODY_NOUNS:
        return speakers.body_nearby()
    return speakers.names.full(body) if has_capital(body.split()) else body
