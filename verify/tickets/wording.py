"""The wording of a claim: what may stand on a ticket, and whether it belongs to the passage it came from. Pure."""

from __future__ import annotations

import re

from verify.errors import Refused

LONGEST_CLAIM = 500
# Overrides and isolates of direction, spaces of no width: articles hold them, a headline need not. Joiners stay.
_UNSEEN = re.compile("[\u200b\u202a-\u202e\u2060-\u2069\ufeff]")
_SMALL_WORDS = re.compile(
    "about|after|also|been|before|being|between|from|have|into|more|most|other|over|said|says|some|than|that|their"
    "|them|then|there|these|they|this|those|were|what|when|where|which|while|will|with|would"
)


def checked_claim(claim: str) -> str:
    """The claim on one line without unseen characters; raises Refused when it is empty or too long for a headline."""
    line = " ".join(_UNSEEN.sub("", claim).split())
    if not line:
        raise Refused("Say in one sentence what is claimed.", field="claim")
    if len(line) > LONGEST_CLAIM:
        raise Refused(
            f"A claim has at most {LONGEST_CLAIM} characters, this one has {len(line)}. Claim one thing at a time.",
            field="claim",
        )
    if any(ord(character) < 32 or 0x7F <= ord(character) < 0xA0 for character in line):
        raise Refused("The claim holds a control character; type it again.", field="claim")
    return line


def belongs(claim: str, passage: str) -> bool:
    """Whether a claim can be about a passage: they share a word or figure, or are written in different scripts."""
    ours, theirs = _telling(claim), _telling(passage)
    if not theirs or _latin(claim) != _latin(passage):
        return True  # nothing to compare, or a translation
    return any(
        word == other or (len(word) > 3 < len(other) and word[:4] == other[:4])
        for word in ours
        for other in theirs
    )


def _telling(text: str) -> set[str]:
    words = set(re.findall(r"[^\W_]+", text.casefold()))
    return {word for word in words if (len(word) > 3 or word.isdigit()) and not _SMALL_WORDS.fullmatch(word)}


def _latin(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum(character < "ɐ" for character in letters) * 2 >= len(letters)
