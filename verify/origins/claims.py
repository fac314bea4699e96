"""Which assertions state the same claim: the same event, the same names and figures, most of the same words. Pure.

This is simple on purpose: event words, names and quantities. It groups too little rather than too much.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from verify.reuse.words import carries_meaning, stem, words_of
from verify.spotting import Assertion

_EVENTS = {
    "«take»": "captur|control|seiz|secur(ed|es)$|tak(e|en|ing)$|took|overr[au]n|occup|conquer|fall(en)?$|fell$",
    "«kill»": "kill|dead$|death|die[ds]?$|martyr|murder|slain|assassinat",
    "«truce»": "ceas|truce|armistic|negotiat|settl|talks?$|deal$|peac",
    "«flee»": "fle[de]|escap|head(ed|ing|s)?$|left$|mov(e|ed|ing)$",
    "«strike»": "bomb|shell|strik|airstrik|drone|helicopt",
    "«deny»": "den(y|ied|ies)|reject|refut|false$|untrue",
    "«full»": "complet|full|entire|whole",
    "«spokes»": "spokes",
    "«picture»": "pictur|photo|imag|video|footag",
}
_EVENT = {token: re.compile(words) for token, words in _EVENTS.items()}
_GENERIC = re.compile("officials?$|forces?$|troops?$|sides?$|groups?$")
"""Words for whoever it is, which the names tell better."""

_ACTS = frozenset({"«take»", "«kill»", "«truce»", "«flee»", "«strike»"})
_PRONOUN = re.compile(r"(?:they|their|it|its|he|his|she|her|we|our)\b", re.IGNORECASE)
_WHAT = r"(?:claim|report|allegation|rumou?r)s?"
_DENIES = re.compile(
    rf"\b{_WHAT}\b.{{0,80}}\b(?:is|are|was|were)\s+(?:false|untrue|wrong|baseless|not true)", re.IGNORECASE
)
_THE_CLAIM = re.compile(rf"\b(?:the|this|that|these|those)\s+{_WHAT}\b", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:hard|difficult|not possible|impossible|unable)\s+to\s+(?:verify|confirm)|cannot\s+(?:verify|confirm)",
    re.IGNORECASE,
)
_ONE_OF = re.compile(r"\bone of\b[^,;.]*", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)\b[A-Z][\w’'-]+")
_LIKE, _SURE = 0.5, 0.66
_BESIDES = re.compile(r"\s(?:after|while|when|since|before|until|amid|as|but)\s")
"""Where the main clause ends: what else happened is not what is claimed."""

_FEWEST = 3
_RARE = 2.6
"""Weight from which a name is one that few speak of; each that both have makes them more alike."""


@dataclass(frozen=True)
class Said:
    """What one assertion says, ready to be compared."""

    words: frozenset[str]
    acts: frozenset[str]
    names: frozenset[str]
    figures: frozenset[str]
    denies: bool
    unsure: bool


def said(assertion: Assertion) -> Said:
    """Take an assertion apart: event words under one sign, names as they are heard, figures."""
    text = assertion.statement
    if assertion.chain and _PRONOUN.match(text):
        text = f"{assertion.chain[-1].name} {text}"
    words = _words(text)
    main = _words(_BESIDES.split(text, maxsplit=1)[0])
    words = main if len(main) > _FEWEST else words
    names = frozenset(_heard(name.lower()) for name in _NAME.findall(text) if carries_meaning(name.lower()))
    partly = " ".join(_ONE_OF.findall(text))
    figures = frozenset(str(one.value) for one in assertion.quantities if one.text not in partly)
    denies = assertion.polarity == "denies" or _DENIES.search(text) is not None
    unsure = assertion.polarity == "cannot confirm" or _UNSURE.search(text) is not None
    return Said(words, words & _ACTS, names, figures, denies, unsure)


def _words(text: str) -> frozenset[str]:
    forms = (form for form in words_of(text).forms if carries_meaning(form) and not _GENERIC.match(form))
    return frozenset(map(_token, forms))


def _token(form: str) -> str:
    for token, pattern in _EVENT.items():
        if pattern.match(form):
            return token
    return _heard(stem(form))


def _heard(word: str) -> str:
    """Fold what differs between two spellings of one sound: Dashti and Dashty, Rokha and Rukhah."""
    word = re.sub(r"['’]s?$", "", word)
    for written, heard in (
        ("ee", "i"),
        ("y", "i"),
        ("oo", "u"),
        ("ou", "u"),
        ("o", "u"),
        ("q", "k"),
        ("ph", "f"),
    ):
        word = word.replace(written, heard)
    return re.sub(r"(.)\1", r"\1", word).removesuffix("h") or word


def grouped(assertions: Sequence[Assertion], articles: Sequence[int]) -> list[list[int]]:
    """Group the assertions that state one claim, denials with what they deny; in the order of the articles."""
    parts = [said(one) for one in assertions]
    weights = _weights(parts)
    groups = _gathered(parts, weights, articles)
    for number, one in enumerate(parts):
        if one.denies:
            _file_denial(number, assertions, parts, weights, groups, articles)
    return sorted((sorted(group) for group in groups if group), key=lambda group: (-len(group), group[0]))


def _weights(parts: Sequence[Said]) -> dict[str, float]:
    """A word in few assertions tells more than one in many."""
    often = Counter(word for one in parts for word in one.words)
    return {word: math.log(1 + len(parts) / many) for word, many in often.items()}


def _gathered(parts: Sequence[Said], weights: dict[str, float], articles: Sequence[int]) -> list[set[int]]:
    """Join the most alike first; a group takes in another when most of their pairs are alike."""
    pairs = [
        (likeness(parts[one], parts[other], weights), one, other)
        for one in range(len(parts))
        for other in range(one + 1, len(parts))
        if not (parts[one].denies or parts[other].denies)
    ]
    like = {(one, other): share for share, one, other in pairs if share >= _LIKE}
    groups = [{number} for number in range(len(parts))]
    home = list(range(len(parts)))
    for share, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if share < _LIKE or home[one] == home[other]:
            continue
        first, second = groups[home[one]], groups[home[other]]
        alike = sum((min(a, b), max(a, b)) in like for a in first for b in second)
        same_article = articles[one] == articles[other] and share < _SURE
        if 5 * alike >= 2 * len(first) * len(second) and not same_article:
            kept, gone = sorted((home[one], home[other]))
            groups[kept] |= groups[gone]
            for number in groups[gone]:
                home[number] = kept
            groups[gone] = set()
    return groups


def likeness(one: Said, other: Said, weights: dict[str, float]) -> float:
    """Return how much of the shorter statement the other holds: 0 where they cannot be one claim."""
    common = one.words & other.words
    if len(common) < _FEWEST or one.unsure or other.unsure or not one.names & other.names:
        return 0.0
    if (one.acts or other.acts) and not one.acts & other.acts:
        return 0.0
    if one.figures and other.figures and not one.figures & other.figures:
        return 0.0
    least = min(sum(weights[word] for word in each.words) for each in (one, other))
    share = sum(weights[word] for word in common) / least if least else 0.0
    rare = sum(weights.get(name, 0.0) >= _RARE for name in one.names & other.names)
    share = min(1.0, share + 0.07 * min(rare, 2))
    if not one.acts:
        share = share if share >= _SURE else 0.0
    return share * (0.75 if bool(one.figures) != bool(other.figures) else 1.0)


def _file_denial(
    number: int, assertions: Sequence[Assertion], parts: Sequence[Said], weights: dict[str, float],
    groups: list[set[int]], articles: Sequence[int],
) -> None:  # fmt: skip
    """Put a denial with the claim it denies: the one most alike, or the one before it that it points at."""
    best, share = -1, 0.0
    for place, group in enumerate(groups):
        if number in group or all(parts[member].denies for member in group):
            continue
        found = max(_about(parts[number], parts[member], weights) for member in group)
        if found > share:
            best, share = place, found
    if share < _LIKE / 2 and _THE_CLAIM.search(assertions[number].statement):
        before = [
            place
            for earlier in range(number - 1, max(-1, number - 3), -1)
            for place, group in enumerate(groups)
            if earlier in group and articles[earlier] == articles[number] and not parts[earlier].denies
        ]
        best, share = (before[0], 1.0) if before else (-1, 0.0)
    if best >= 0 and share >= _LIKE / 2:
        for group in groups:
            group.discard(number)
        groups[best].add(number)


def _about(denial: Said, claim: Said, weights: dict[str, float]) -> float:
    """How much a denial speaks of a claim: of the claim's own words, since a denial says more besides."""
    if not denial.acts & claim.acts or not denial.names & claim.names:
        return 0.0
    whole = sum(weights[word] for word in claim.words)
    return sum(weights[word] for word in denial.words & claim.words) / whole if whole else 0.0
