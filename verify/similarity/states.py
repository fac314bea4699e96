"""Denials, and states that cannot be at once: a place is taken or still held, a person is alive or dead."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)(?: (?:that|the (?:claims?|reports?|allegations?|rumou?rs?)))?"
    r"|reject(?:s|ed|ing)? (?:the |these |those |this |that |any )?"
    r"(?:claims?|reports?|allegations?|rumou?rs?|accusations?|suggestions?|assertions?)"
    r"|(?:refut|disput|dismiss|debunk|contradict)(?:es?|ed|s|ing)"
    r"|(?:is|are|was|were|as) (?:completely |entirely |totally |simply )?"
    r"(?:false|untrue|baseless|a lie|lies|fabricated)"
    r"|(?:false|baseless|unfounded) (?:claims?|reports?|allegations?|rumou?rs?)"
    r"|(?:is|are|was|were) not true|no truth|there (?:is|are|was|were) no|no such|nobody|none of"
    r"|did(?: not|n[’']t)|do(?: not|n[’']t)|does(?: not|n[’']t)|ha(?:s|d|ve)(?: not|n[’']t)"
    r"|(?:is|was|were|are|wo|would|could|ca)n[’']t|(?:is|was|were|are|will|would|could) not|never)\b",
    re.IGNORECASE,
)
_NOT_A_DENIAL = re.compile(
    r"\bnot (?:only|just|merely)\b|\bdo(?:es)?(?: not|n[’']t) (?:know|comment)\b|\bundeniabl\w+",
    re.IGNORECASE,
)
_DOUBTED = re.compile(
    r"\b(?:hard|difficult|impossible|unable|not possible) to (?:verify|confirm)"
    r"|\b(?:can ?not|can[’']t|could not|couldn[’']t|have not|has not|had not|did not|not) "
    r"(?:be |been |yet |independently )*"
    r"(?:verif|confirm)\w*|\bneither (?:confirm|den)\w*|\bunverified\b|\bunconfirmed\b"
    r"|\b(?:is|are|was|were|remains?) (?:not (?:yet )?(?:known|clear)|un(?:known|clear))\b"
    r"|\bno (?:immediate |further )?(?:word|comment|details|information)\b",
    re.IGNORECASE,
)
_STATES: tuple[tuple[str, str], ...] = (
    (
        r"(?:has |have |had )?(?:fully |completely |now )?(?:captur|seiz|conquer|overr[au]n|occup)\w*"
        r"|(?:took|takes?|taken|taking) (?:full |complete )?(?:control|over)|(?:has |have )?fallen|fell"
        r"|in full control",
        r"still (?:holds?|held|controls?|resist\w*)|(?:holds?|held|holding) out"
        r"|remains? in (?:our |their |full )?(?:control|hands)|repel\w*|pushed back|fought off"
        r"|in (?:our|their) hands|retain\w* control|under (?:our|their) control",
    ),
    (
        r"dead|died?|dies|dying|killed|was slain|passed away",
        r"(?<!buried )(?<!burned )(?<!burnt )alive|surviv\w*|unharmed|safe and well|is well(?![- ]\w)",
    ),
    (
        r"fled|has left|have left|left (?:the|for|(?-i:[A-Z]\w+))|escaped|went abroad|flew out",
        r"still in|stay(?:s|ed|ing)? (?:in|on|with)|remain(?:s|ed)? in",
    ),
    (r"won|wins|winning|victory", r"lost|loses|losing|defeated"),
    (
        r"rose|rises?|risen|rising|increas\w*|grew|grown|went up",
        r"fell|falls?|fallen|falling|decreas\w*|dropp\w*|declin\w*|shrank|went down",
    ),
    (
        r"arrested|detained|jailed|in custody|imprisoned|booked|taken (?:in)?to (?:\w+ ){0,5}(?:jail|custody|prison)",
        r"released|releasing|freed|at large|set free|walked free",
    ),
    (r"(?:re)?open(?:s|ed)?", r"clos(?:es|ed)|shut(?: down)?"),
    (r"guilty|convicted", r"innocent|acquitted|cleared"),
    (
        r"agreed|accept(?:s|ed)|approved|passed|adopted",
        r"refus(?:es|ed)|reject(?:s|ed)|turned down|vetoed|blocked",
    ),
    (r"beg[ai]n|begun|started|resumed", r"ended|stopped|halted|cancell?ed|suspended|called off"),
    (
        r"(?:suspend|revok|withdr[ae]w|cancel|lost|loses)\w*",
        r"still (?:has|have|keeps?)|ke(?:eps?|pt) (?:its|their|his|her)|retain\w*|restored|reinstated",
    ),
    (r"legal|allowed|permitted|legali[sz]ed", r"illegal|banned|forbidden|outlawed|prohibited"),
)
_PAIRS = tuple(tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in pair) for pair in _STATES)


_PEOPLE = (
    r"(?:fighters|soldiers|troops|people|men|women|children|civilians|prisoners|rebels|militants|insurgents"
    r"|officers|members|workers|protesters|hostages)"
)
_PEOPLE_BEFORE = re.compile(
    rf"(?:\d|\b(?:hundreds|dozens|scores|thousands)|\b{_PEOPLE} (?:were|was|had been|have been|has been|are))\s+$",
    re.IGNORECASE,
)
_PEOPLE_BEHIND = re.compile(
    rf"\s+(?:(?!(?:as|after|while|from|with|and|when|in)\b)\S+ ){{0,3}}?(?:{_PEOPLE}|him|her|them)\b"
    r"|\s+(?:\w+ ){0,2}\d[\d,]*(?=\s*(?:$|[.;]|,\s|and\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Denial:
    """Whether a claim denies something, or leaves it open; and the words that do."""

    denies: bool
    doubts: bool
    cue: str


def denial_in(text: str) -> Denial:
    """Find what a claim denies. Two denials in one claim cancel out; a claim that leaves it open denies nothing."""
    doubted = _DOUBTED.search(text)
    if doubted:
        return Denial(False, True, doubted.group())
    cues = [cue.group() for cue in _DENIED.finditer(_NOT_A_DENIAL.sub(" ", text))]
    return Denial(len(cues) % 2 == 1, False, cues[0] if cues else "")


@dataclass(frozen=True, slots=True)
class States:
    """Which side of each pair of states a claim tells, and in which words."""

    sides: tuple[tuple[int, bool, str], ...]

    def against(self, other: States) -> tuple[str, str] | None:
        """The words of two states that cannot be at once, one of each claim."""
        theirs = {pair: (first, words) for pair, first, words in other.sides}
        for pair, first, words in self.sides:
            if pair in theirs and theirs[pair][0] != first:
                return words, theirs[pair][1]
        return None


def states_in(text: str) -> States:
    """Find the states that a claim tells; of a pair of which it tells both, it tells none."""
    found = []
    for number, (first, second) in enumerate(_PAIRS):
        one = _of_a_place(first, text) if not number else first.search(text)
        other = second.search(text)
        if bool(one) != bool(other):
            told = one or other
            found.append((number, one is not None, told.group() if told else ""))
    return States(tuple(found))


def _of_a_place(taken: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Where a place is taken; people who are captured are no place."""
    for found in taken.finditer(text):
        before, behind = (
            text[max(0, found.start() - 40) : found.start()],
            text[found.end() : found.end() + 60],
        )
        if not _PEOPLE_BEFORE.search(before) and not _PEOPLE_BEHIND.match(behind):
            return found
    return None
