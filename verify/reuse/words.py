"""The words of a text with their places: what is compared when two texts are laid side by side."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Scripts written without spaces between words: one character stands for a word.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_JOINED = r"\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff"  # accents on their own, and what cannot be seen
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_JOINED}])*")
_UNSEEN = re.compile(r"[\u00ad\u0300-\u036f\u200b-\u200d\u2060\ufeff]")
_POSSESSIVE = re.compile(r"(?<=\w\w)['’]s(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: how each is compared, and the code points it stands on."""

    forms: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.forms)

    def span(self, first: int, many: int) -> tuple[int, int]:
        """Return the code points from one word to another, ends included."""
        return self.starts[first], self.ends[first + many - 1]


def words_of(text: str) -> Words:
    """Return the words of a text: case, accents, punctuation, spaces and a possessive s aside."""
    matches = _WORD.finditer(text.lower() if text.isascii() else text)
    found = [(match.group(), match.start(), match.end()) for match in matches]
    possessives = {match.start() + 1 for match in _POSSESSIVE.finditer(text)}
    if possessives:
        found = [one for one in found if one[1] not in possessives]
    forms = [one[0] for one in found] if text.isascii() else [_form(one[0]) for one in found]
    return Words(forms, [one[1] for one in found], [one[2] for one in found])


@lru_cache(maxsize=65_536)
def _form(written: str) -> str:
    """Return how a word is compared."""
    if written.isascii():
        return written.lower()
    plain = unicodedata.normalize("NFKD", written)
    return _UNSEEN.sub("", plain).casefold() or written


_ENDINGS = ("isation", "ization", "ation", "ments", "ment", "ings", "ing", "edly", "ies", "ied", "ers",
            "ion", "ions", "ed", "es", "er", "ly", "ity", "s", "e")  # fmt: skip
_WITHOUT_MEANING = (
    "a about above after again against all also although am among an and another any are around as at be became "
    "because been before began being below between both but by came can could did do does doing down during each "
    "either else ever every few for from further get got had has have having he her here hers herself him himself "
    "his how however i if in indeed into is it its itself just last later latter least less made make many may me "
    "might more most much must my near no nor not now of off on once one only onto or other others our ours out over "
    "own per rather said same say says she should since so some still such than that the their theirs them then "
    "there these they this those though through thus to told too toward towards two under until up upon us very was "
    "we well were what when where whether which while who whom whose why will with within without would yet you your "
    "yours ll re ve don doesn didn isn aren wasn weren won t s d m according added asked called"
)
_FUNCTION_WORDS = frozenset(_WITHOUT_MEANING.split())


@lru_cache(maxsize=65_536)
def stem(form: str) -> str:
    """Return what is left of a word without the ending that grammar gives it; rough on purpose."""
    if len(form) <= 3 or not form.isascii():
        return form
    form = form.replace("our", "or") if len(form) > 5 else form
    for ending in _ENDINGS:
        if form.endswith(ending) and len(form) - len(ending) >= 3:
            return form[: -len(ending)][:8]
    return form[:8]


def carries_meaning(form: str) -> bool:
    """Whether a word says something by itself: names, figures, nouns and verbs, not "the" or "which"."""
    return form not in _FUNCTION_WORDS
