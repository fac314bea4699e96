"""Names people go by: when two spellings are one name, and when they may be. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from verify.errors import Refused

LONGEST_KEY = 200
_TITLES = re.compile(
    "the|an?|m(r|r?s|iss)|dr|sir|gen(eral)?|col(onel)?|brigadier|maj(or)?|lt|lieutenant|capt(ain)?|mullah|haji"
    "|maulvi|maw?lawi|mawlavi|sheikh|president|minister|spokes(man|woman|person)"
)

_JOINERS = re.compile("(?<=[\u0600-\u08ff\u0900-\u0dff])[\u200c\u200d](?=[\u0600-\u08ff\u0900-\u0dff])")

_ALIKE = str.maketrans("gcqzvj", "kkksbs")
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


def holds_unseen(name: str) -> bool:
    """Tell whether a name holds what nobody sees, such as a sign that turns its direction.

    The joiners that Persian and Indian scripts need inside a word are none of these.
    """
    return not _JOINERS.sub("", name).isprintable()


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


def sounds_of(key: str) -> str:
    """How the words of a key sound, each between spaces, and its initials: what two spellings have in common."""
    words = key.split()
    sounds = dict.fromkeys(_sound(word) for word in words)
    if 2 <= len(words) <= 8:
        sounds["=" + "".join(word[0] for word in words)] = None
    return (" " + " ".join(sounds))[:LONGEST_KEY] + " "


@lru_cache(maxsize=16_384)
def _sound(word: str) -> str:
    """The consonants of a word as they sound; a vowel stands only at its beginning."""
    heard = _as_heard(word)
    first = "a" if heard[0] in "aeiou" else heard[0]
    rest = re.sub("[aeiouhw]", "", heard[1:])
    return re.sub(r"(.)\1", r"\1", (first + rest).translate(_ALIKE))


def likeness(first: str, second: str) -> float:
    """How alike two different keys are, from 0 to 100: a spelling apart, initials, or near by letters or by sound."""
    if _numbers(first) != _numbers(second):
        return 0
    if perhaps_same(first, second):
        return 100
    if _surname(first, second) or _surname(second, first):
        return 88
    if _initials(first, second) or _initials(second, first):
        return 90
    near = fuzz.token_sort_ratio(first, second)
    return max(near, 86.0) if near >= 60 and sounds_of(first) == sounds_of(second) else near


def _numbers(key: str) -> list[str]:
    """The words of a key that hold a digit: two brigades are told apart by nothing else."""
    return [word for word in key.split() if any(sign.isdigit() for sign in word)]


def _surname(short: str, name: str) -> bool:
    """Tell whether one key is the last word of the other, perhaps in another spelling."""
    words = name.split()
    return " " not in short and len(short) >= 4 and 1 < len(words) <= 4 and _spelling_apart(short, words[-1])


def _initials(short: str, name: str) -> bool:
    """Tell whether one key is the initials of the other: “nrf” of “national resistance front”."""
    words = name.split()
    return len(words) > 1 and short == "".join(word[0] for word in words)


def _spelling_apart(first: str, second: str) -> bool:
    first, second = _as_heard(first), _as_heard(second)
    if first == second:
        return True
    shorter = min(len(first), len(second))
    if shorter < 5 or first[0] != second[0] or any(sign.isdigit() for sign in first + second):
        return False
    allowed = 1 if shorter < 9 else 2
    return OSA.distance(first, second, score_cutoff=allowed) <= allowed
