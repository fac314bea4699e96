"""Names people go by: when two spellings are one name, and when they may be. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

from verify.errors import Refused

LONGEST_KEY = 200
_TITLES = re.compile(
    "the|an?|m(r|r?s|iss)|dr|sir|gen(eral)?|col(onel)?|brigadier|maj(or)?|lt|lieutenant|capt(ain)?|mullah|haji"
    "|maulvi|maw?lawi|mawlavi|sheikh|president|minister|spokes(man|woman|person)"
)

_SOUNDS = (("ee", "i"), ("ie", "i"), ("y", "i"), ("oo", "u"), ("ou", "u"), ("q", "k"), ("ph", "f"))


def is_title(word: str) -> bool:
    """Tell whether a word is an article or a title, which tells nobody from another."""
    return _TITLES.fullmatch(word) is not None


@lru_cache(maxsize=16_384)  # the same few names come by thousands of times when tickets are counted anew
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, possessives, or titles (unless it is titles only)."""
    plain = unicodedata.normalize("NFKD", name).replace("’", "'").casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = re.sub(r"'s\b", "", plain)
    words = re.findall(r"[^\W_]+", plain)
    return tuple(word for word in words if not is_title(word)) or tuple(words)


def refuse_controls(text: str, field: str) -> None:
    """Refuse text with a control character, which no page could show and no database keeps alike."""
    if any(unicodedata.category(sign) == "Cc" and sign not in "\n\t" for sign in text):
        raise Refused("This holds a control character; type it again.", field=field)


def name_key(name: str) -> str:
    """The spelling under which two renderings of one name meet."""
    return (" ".join(words_of(name)) or name.strip().casefold())[:LONGEST_KEY]


def perhaps_same(first: str, second: str) -> bool:
    """Tell whether two different keys may be one name: a spelling apart, or a bare surname."""
    one, two = first.split(), second.split()
    if len(one) == len(two):
        return all(_spelling_apart(a, b) for a, b in zip(one, two, strict=True))
    short, long = sorted((one, two), key=len)
    return len(short) == 1 and len(short[0]) >= 4 and len(long) <= 4 and short[0] == long[-1]


@lru_cache(maxsize=16_384)
def _as_heard(word: str) -> str:
    """Fold what differs between two ways of writing one sound, as names from other scripts come in several."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    return re.sub(r"(.)\1", r"\1", word).removesuffix("h") or word


def _spelling_apart(first: str, second: str) -> bool:
    first, second = _as_heard(first), _as_heard(second)
    if first == second:
        return True
    shorter = min(len(first), len(second))
    if shorter < 5 or first[0] != second[0] or any(sign.isdigit() for sign in first + second):
        return False
    allowed = 1 if shorter < 9 else 2
    return OSA.distance(first, second, score_cutoff=allowed) <= allowed
