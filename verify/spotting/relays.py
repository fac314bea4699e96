"""Reads who passed a statement on: "told X, which was cited by Y, that ...", "..., as cited by Y"."""

from __future__ import annotations

from verify.spotting.contents import sentence_end
from verify.spotting.grammar import BE, words_of
from verify.spotting.phrases import Range, Tokens, noun_phrase_after
from verify.spotting.readings import Attribution

QUOTED = words_of("quoted cited reported carried published relayed")
_RELATIVE = words_of("which who")
_TOLD = words_of("tell say write announce confirm")


def relayed_by(tokens: Tokens, at: int) -> Range | None:
    """Returns the agency of "quoted by X" where the word for quoting stands at `at`, else None."""
    if at + 2 >= len(tokens) or tokens[at].word not in QUOTED or tokens[at + 1].word != "by":
        return None
    return noun_phrase_after(tokens, at + 2)


def through(tokens: Tokens, one: Attribution) -> None:
    """Adds to an attribution the outlet it was told to and the one that cited that outlet."""
    if one.lemma not in _TOLD or one.side != "right" or one.outer:
        return
    recipient = noun_phrase_after(tokens, one.cue[1])
    if recipient is None or not tokens[recipient[1] - 1].capital:
        return
    at = recipient[1]
    words = [token.word for token in tokens[at : at + 4]]
    if len(words) < 4 or words[0] != "," or words[1] not in _RELATIVE or words[2] not in BE:
        return
    agency = relayed_by(tokens, at + 3)
    if agency is None:
        return
    after, end = agency[1], sentence_end(tokens)
    after += after < end and tokens[after].word == ","
    after += after < end and tokens[after].word == "that"
    if after < end:
        one.outer, one.content = [recipient, agency], [(after, end)]


def cited_after(tokens: Tokens, found: list[Attribution]) -> None:
    """Adds the outlet of ", as quoted by Interfax" to the attribution before it, and ends its content there."""
    for at in range(2, len(tokens) - 2):
        if tokens[at].word not in QUOTED or tokens[at + 1].word != "by":
            continue
        begin = at - 1 if tokens[at - 1].word == "as" else at
        if tokens[begin - 1].word != "," and tokens[begin - 1].kind != "q":
            continue
        owner = next((one for one in reversed(found) if one.cue[0] < at), None)
        agency = relayed_by(tokens, at)
        if owner is None or agency is None or agency in owner.outer:
            continue
        owner.outer.append(agency)
        stop = begin - (tokens[begin - 1].word == ",")
        owner.content = [
            (low, min(high, stop)) if low < begin < high else (low, high) for low, high in owner.content
        ]
