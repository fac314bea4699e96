"""Where the point of a claim stands: its sentences, their main clauses, who does it, and what is only wished. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verify.spotting.grammar import FINITE

_NO_ABBREVIATION = r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bMrs)(?<!\bGen)(?<!\bSept)(?<!\b[A-Z])"
_SENTENCE = re.compile(rf"{_NO_ABBREVIATION}(?<=[.!?])[\"”’']?\s+(?=[\"“‘']?[A-Z0-9])|\s*;\s+|\n{{2,}}")
_JOINED = re.compile(r",?\s+but\s+|,\s+and\s+")
_GOES_ON = re.compile(
    r"(?:also|then|says?|said|added|adding|has|have|had|is|are|was|were|will|would|did|not|to|in|on|at|\w+ed)\b"
)
"""How a clause begins whose subject stands in the one before."""
_AND_TO = re.compile(r"[a-z]+ to [a-z]+")
_OPENING = re.compile(
    r"^(?:after|when|while|as|since|before|because|although|though|once|if|under|in|on|at|with|by)\b[^,]{3,80},\s*",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r",\s+(?:(?:the|an?|its|their|his|her|one of|who|whose|which|where|with|adjacent|home|as|after|while|when|now|also)"
    r"\b|[a-z]+ing\b)[^,]*(?:,|$)"
    r"|\s[–—-]{1,3}\s[^–—]*(?:\s[–—-]{1,3}\s|$)"
    r"|\s\([^)]*\)"
)
_TO_THE_END = re.compile(
    r"\s(?:after|while|when|since|before|until|amid|because|as if|in order|which|who|whose|where)\s.*$"
)
_RELATIVE = re.compile(r",\s+(?:who|whose|which|where)\b[^,]*,")
_VERBS = FINITE | {"to"}
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|be|being) (?:\w+ly )?\w+(?:ed|en|own|wn|ught|ung|elt|eld|st)\b|\bby\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:they|their|it|its|he|his|she|her|we|our|i|my|this|these|there|once|that|who)\b", re.IGNORECASE
)
_WISHED = re.compile(
    r"^(?:The |An? )?(?-i:(?:[A-Z][\w’'.-]+ )){1,5}to [a-z]+"
    r"|\b(?:should|must|ought|urged|demand\w*|asked|requested|wants?|calls? for)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless|once)\b(?! not| so)", re.IGNORECASE)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a claim, and clauses that could stand alone."""
    for sentence in _SENTENCE.split(text):
        start = 0
        for join in _JOINED.finditer(sentence or ""):
            if _finite(sentence[start : join.start()]) and _stands_alone(sentence[join.end() :]):
                yield " ".join(sentence[start : join.start()].split())
                start = join.end()
        yield " ".join((sentence or "")[start:].split())


def _finite(clause: str) -> bool:
    return not FINITE.isdisjoint(clause.lower().split())


def _stands_alone(clause: str) -> bool:
    return _AND_TO.match(clause) is not None or (_finite(clause) and not _GOES_ON.match(clause))


def main_clause(sentence: str) -> str:
    """A sentence without what stands beside its point: when and while what else happened, and who somebody is."""
    return _BESIDE.sub(" , ", _TO_THE_END.sub("", _OPENING.sub("", sentence)))


def without_relatives(sentence: str) -> str:
    """A sentence without what is told besides of somebody: “X, whose age is unknown, was arrested”."""
    return _RELATIVE.sub(" , ", sentence)


def doer(clause: str) -> str:
    """What stands before the verb, where that is no pronoun and the verb no passive."""
    words = clause.strip(" ,").split()
    verb = next((at for at, word in enumerate(words) if word.lower() in _VERBS), 0)
    if not verb or _NOBODY.match(words[0]) or _PASSIVE.search(clause):
        return ""
    return " ".join(words[:verb])


def is_conditional(sentence: str) -> bool:
    """Whether it says what holds if something else does."""
    return _CONDITION.search(sentence) is not None


def is_wished(sentence: str) -> bool:
    """Whether it says what ought to happen: “Oskar Tamm to resign”, “the council urged him to go”."""
    return _WISHED.search(sentence) is not None
