"""Words as the index has them, and when two of them are one word in another form or spelling. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from verify.reuse.words import carries_meaning, stem
from verify.sources.names import perhaps_same, sounds_of

SHORTEST, LONGEST = 3, 40  # letters of a word that other forms and spellings are kept for
_WORD = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("([a-z])[\u0300-\u036f]+")
_SHORTEST_FORM, _LONGER = 4, 4


def folded(text: str) -> str:
    """Text without case, and without accents on Latin letters, as both databases fold it for their indexes."""
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub(r"\1", unicodedata.normalize("NFKD", text).lower())
    return unicodedata.normalize("NFC", plain)


def words_of(text: str) -> list[str]:
    """The words of a text, folded: letters and digits alone, so that nothing in them is syntax."""
    return _WORD.findall(folded(text))


def says_something(word: str) -> bool:
    """Whether a word says something by itself, as “the” and “of” do not."""
    return carries_meaning(word)


def kept_words(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text worth keeping, each with whether it is written like a name there."""
    for found in _WORD.finditer(unicodedata.normalize("NFKC", text)):
        written = found.group()
        if SHORTEST <= len(written) <= LONGEST and not any(map(str.isdigit, written)):
            word = folded(written)
            if len(word) <= LONGEST:
                yield word, written[0].isupper()


def start_of(word: str) -> str:
    """The letters by which misspellings of a word are looked for."""
    return word[:3]


def stem_of(word: str) -> str:
    """What the forms of a word share."""
    return stem(word)


def sound_of(word: str) -> str:
    """How a word sounds, roughly: what the spellings of a name share."""
    return sounds_of(word).strip()[:LONGEST]


def is_form(word: str, other: str) -> bool:
    """Whether one is another form of the other: “house”, “houses”."""
    shorter, longer = sorted((word, other), key=len)
    return (
        len(shorter) >= _SHORTEST_FORM
        and len(longer) - len(shorter) <= _LONGER
        and shorter[: _SHORTEST_FORM - 1] == longer[: _SHORTEST_FORM - 1]
        and stem_of(word) == stem_of(other)
    )


def is_spelling(word: str, other: str) -> bool:
    """Whether two names may be one in two spellings: “Dashti”, “Dashty”; “Rokha”, “Rukhah”."""
    return sound_of(word) == sound_of(other) and perhaps_same(word, other)


def slips(word: str, other: str) -> int:
    """How many slips of a hand lie between two words; 9 where they are too many to be one."""
    allowed = 1 if min(len(word), len(other)) < 8 else 2
    apart = OSA.distance(word, other, score_cutoff=allowed)
    return int(apart) if len(word) >= _SHORTEST_FORM and apart <= allowed else 9
