"""One cue with its parts as token ranges, and what every way of reading one asks about them."""

from __future__ import annotations

from dataclasses import dataclass, field

from verify.spotting.assertion import CueType
from verify.spotting.contents import has_clause, sentence_end, skip_adverbials
from verify.spotting.cues import CITING
from verify.spotting.grammar import CONJUNCTIONS, FINITE, PREPOSITIONS, PRONOUNS, SUBORDINATORS
from verify.spotting.names import SOURCE_NOUNS
from verify.spotting.phrases import Range, Tokens


@dataclass(slots=True)
class Attribution:
    """One cue with its parts as token ranges. `side` tells where the content stands."""

    cue: Range
    type: CueType
    lemma: str
    source: Range | None
    whole: Range | None
    content: list[Range] = field(default_factory=list)
    side: str = "right"
    shared: bool = False
    outer: list[Range] = field(default_factory=list)
    inner: list[Range] = field(default_factory=list)
    cut: int | None = None
    read_to: int = -1  # cues up to this token belong to it


def is_source(tokens: Tokens, name: Range) -> bool:
    """A source holds a pronoun, a name or a noun for somebody who can speak."""
    words = tokens[name[0] : name[1]]
    plural = words[-1].word.endswith("s") and len(words[-1].word) > 4
    return plural or any(
        token.word in PRONOUNS or token.capital or token.word in SOURCE_NOUNS for token in words
    )


def resumes(tokens: Tokens, at: int, start: int) -> Range | None:
    """What was said goes on after the cue: "The war, he said, is over." or a second piece of the quotation."""
    after = skip_adverbials(tokens, at + 1)
    end = sentence_end(tokens)
    if after + 1 >= end or tokens[after].word not in (",", ".", ":"):
        return None
    nxt = tokens[after + 1]
    if nxt.kind == "q":
        return after + 1, end
    if nxt.word in FINITE or nxt.word == "that":
        return after + 1, end
    lead = tokens[0].word in PREPOSITIONS | SUBORDINATORS or not has_clause(tokens, 0, max(1, start - 1))
    asides = nxt.word in CONJUNCTIONS | SUBORDINATORS | CITING | {"according"} or nxt.word.endswith("ing")
    return (after + 1, end) if lead and not asides and has_clause(tokens, after + 1, end) else None
