"""Reads one reporting cue in a sentence: who speaks, by which words, and which part is what they said."""

from __future__ import annotations

from dataclasses import dataclass, field

from verify.spotting.assertion import CueType
from verify.spotting.clauses import Subject, back_over_adverbs, is_negated, main_subject, subject_before
from verify.spotting.contents import CLAUSE_STARTS, content_after, has_clause, sentence_end, skip_adverbials
from verify.spotting.cues import AFTERWARDS, CITING, CUES, SPEECH_NOUNS, Cue
from verify.spotting.grammar import (
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    MODALS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    words_of,
)
from verify.spotting.names import DOCUMENT_NOUNS, MEDIA_NOUNS, SOURCE_NOUNS
from verify.spotting.phrases import Range, Tokens, noun_phrase_after

_NO_OBJECT = words_of(
    "say tell add note continue conclude observe reply respond comment joke quip warn complain"
)


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


def _is_verb_here(tokens: Tokens, at: int, cue: Cue) -> bool:
    """Decides whether "reports", "claims", "says" and the like are verbs where they stand."""
    token = tokens[at]
    if token.capital and at and not (tokens[at - 1].capital and cue.lemma in ("say", "tell")):
        return False
    if cue.form in ("past", "participle") or not (cue.noun_like or cue.form == "base"):
        return True
    before = back_over_adverbs(tokens, at - 1)
    if _cue_range(tokens, at)[0] < at:
        return True
    if before < 0 or tokens[before].kind != "w":
        return before >= 0 and cue.lemma in ("say", "claim", "report") and not cue.noun_like
    previous = tokens[before]
    if (
        previous.word in DETERMINERS
        or previous.word in POSSESSIVES
        or previous.word in PREPOSITIONS
        or previous.word[-2:] == "'s"
    ):
        return (
            previous.word in ("both", "many", "some", "others", "all", "few", "that") and cue.form == "base"
        )
    if previous.word in PRONOUNS:
        return True
    agent = (
        previous.capital
        or (previous.word.endswith("s") and not cue.noun_like)
        or previous.word.rstrip("s") in SOURCE_NOUNS
        or previous.word in SOURCE_NOUNS
    )
    if not cue.noun_like:
        return agent
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    clause = follows is not None and (
        follows.word in CLAUSE_STARTS | DETERMINERS | PRONOUNS | POSSESSIVES | {":", "to"}
        or follows.kind == "q"
        or follows.capital
    )
    return agent and clause


def _is_source(tokens: Tokens, name: Range) -> bool:
    """A source holds a pronoun, a name or a noun for somebody who can speak."""
    words = tokens[name[0] : name[1]]
    plural = words[-1].word.endswith("s") and len(words[-1].word) > 4
    return plural or any(
        token.word in PRONOUNS or token.capital or token.word in SOURCE_NOUNS for token in words
    )


def read_cue(tokens: Tokens, at: int) -> Attribution | None:
    """Reads the reporting verb at index `at`; None where it reports nothing."""
    cue = CUES[tokens[at].word]
    if not _is_verb_here(tokens, at, cue) or is_negated(tokens, at):
        return None
    before = tokens[at - 1].word if at else ""
    if at + 1 < len(tokens) and tokens[at + 1].word.endswith(("self", "selves")):
        return None
    if before in BE and cue.form == "past":
        return _read_passive(tokens, at, cue)
    inverted = _read_inverted(tokens, at, cue)
    if inverted:
        return inverted
    content = content_after(tokens, at, cue)
    if cue.form == "participle":
        return _read_participle(tokens, at, cue, content)
    first = _cue_range(tokens, at)[0]
    subject = subject_before(tokens, first)
    shared = False
    if subject is None and before and tokens[back_over_adverbs(tokens, first - 1)].word in CONJUNCTIONS:
        subject, shared = main_subject(tokens, at), True
    if subject is None:
        return None
    quoted = subject.whole[0] > 0 and tokens[subject.whole[0] - 1].kind == "q" and cue.lemma in AFTERWARDS
    if not quoted and not _is_source(tokens, subject.name):
        return None
    if cue.manner == "evidence" and not _is_evidence(tokens, subject, cue):
        return None
    return _with_content(tokens, at, cue, subject, content, shared)


def _is_evidence(tokens: Tokens, subject: Subject, cue: Cue) -> bool:
    words = {token.word for token in tokens[subject.whole[0] : subject.whole[1]]}
    if cue.lemma in ("learn", "hear"):
        return tokens[subject.name[1] - 1].capital
    return bool(words & (MEDIA_NOUNS if cue.lemma == "show" else frozenset())) or bool(words & DOCUMENT_NOUNS)


def _cue_range(tokens: Tokens, at: int) -> Range:
    """Widens "went on to say" and keeps a single verb otherwise."""
    if (
        at >= 3
        and tokens[at - 1].word == "to"
        and tokens[at - 2].word == "on"
        and tokens[at - 3].word in ("went", "goes")
    ):
        return at - 3, at + 1
    return at, at + 1


def _with_content(
    tokens: Tokens, at: int, cue: Cue, subject: Subject, content: Range | None, shared: bool
) -> Attribution | None:
    """Decides on which side of the cue its content stands."""
    begin = subject.whole[0]
    left_open = begin > 0 and (tokens[begin - 1].word == "," or tokens[begin - 1].kind == "q") and not shared
    found = Attribution(
        _cue_range(tokens, at), cue.type, cue.lemma, subject.name, subject.whole, shared=shared
    )
    if content is None or (left_open and tokens[begin - 1].kind == "q"):
        if left_open and cue.lemma in AFTERWARDS:
            found.side, found.content = "left", [(0, begin - (tokens[begin - 1].word == ","))]
            rest = _resumes(tokens, at, begin)
            if rest:
                found.side, found.content = "both", [*found.content, rest]
            return found
        if content is None:
            return None
    if content is None or (
        content[0] == at + 1 and cue.lemma in _NO_OBJECT and not _is_clause(tokens, content)
    ):
        return None
    found.content = [content]
    return found


def _is_clause(tokens: Tokens, content: Range) -> bool:
    return (
        tokens[content[0]].kind == "q"
        or tokens[content[0]].word in ("to", *CLAUSE_STARTS)
        or has_clause(tokens, *content)
    )


def _resumes(tokens: Tokens, at: int, start: int) -> Range | None:
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


def _read_inverted(tokens: Tokens, at: int, cue: Cue) -> Attribution | None:
    """Reads "..., said the minister." and "..., reported AFP"."""
    if not at or cue.lemma not in AFTERWARDS or cue.form == "participle" or cue.lemma == "tell":
        return None
    if tokens[at - 1].kind != "q" and tokens[at - 1].word != ",":
        return None
    phrase = noun_phrase_after(tokens, skip_adverbials(tokens, at + 1))
    if phrase is None or not _is_source(tokens, phrase) or not _starts_phrase(tokens, *phrase):
        return None
    after = skip_adverbials(tokens, phrase[1])
    if (
        after < len(tokens)
        and tokens[after].kind == "w"
        and tokens[after].word not in SUBORDINATORS | CONJUNCTIONS | PREPOSITIONS
    ):
        return None
    if after < len(tokens) and tokens[after].word == "that":
        return None
    if (
        tokens[at - 1].word == ","
        and not has_clause(tokens, 0, at)
        and not any(t.kind == "q" for t in tokens[:at])
    ):
        return None
    left = (0, at - (tokens[at - 1].word == ","))
    if left[0] >= left[1] or (
        tokens[at - 1].word == "," and any(t.word in ("who", "which") for t in tokens[at - 2 : at])
    ):
        return None
    found = Attribution((at, at + 1), cue.type, cue.lemma, phrase, phrase, [left], "left")
    rest = _resumes(tokens, phrase[1] - 1, at)
    if rest:
        found.content.append(rest)
    return found


def _starts_phrase(tokens: Tokens, at: int, end: int) -> bool:
    """A source after its verb is a name, a pronoun or a noun for somebody who can speak: "said the minister"."""
    if tokens[at].capital or tokens[at].word in PRONOUNS:
        return True
    head = at
    while head + 1 < end and tokens[head + 1].word not in PREPOSITIONS and tokens[head + 1].word != ",":
        head += 1
    return tokens[head].word in SOURCE_NOUNS or tokens[head].capital


def _read_participle(tokens: Tokens, at: int, cue: Cue, content: Range | None) -> Attribution | None:
    """Reads ", adding that ..." (shares the subject) and "with each side saying ..." (has its own)."""
    if content is None or cue.manner not in ("speech", "denial", "intent"):
        return None
    before = tokens[at - 1].word if at else ""
    if before == "," or tokens[at - 1].kind == "q" or before in CONJUNCTIONS:
        subject = main_subject(tokens, at)
        name, whole = (subject.name, subject.whole) if subject else (None, None)
        return Attribution((at, at + 1), cue.type, cue.lemma, name, whole, [content], shared=True)
    subject = subject_before(tokens, at)
    if (
        subject
        and subject.whole[0]
        and tokens[subject.whole[0] - 1].word == "with"
        and _is_source(tokens, subject.name)
    ):
        found = Attribution((at, at + 1), cue.type, cue.lemma, subject.name, subject.whole, [content])
        found.cut = subject.whole[0] - 1
        return found
    return None


def _read_passive(tokens: Tokens, at: int, cue: Cue) -> Attribution | None:
    """Reads "it was announced by X that ...": only a named agent makes it an attribution."""
    if at + 1 >= len(tokens) or tokens[at + 1].word != "by" or cue.manner != "speech":
        return None
    phrase = noun_phrase_after(tokens, at + 2)
    if phrase is None or not _is_source(tokens, phrase):
        return None
    end = sentence_end(tokens)
    after = skip_adverbials(tokens, phrase[1])
    if after < end and tokens[after].word == "that":
        return Attribution((at, at + 1), cue.type, cue.lemma, phrase, phrase, [(after + 1, end)])
    if MODALS & {tokens[max(0, at - 2)].word} or SPEECH_NOUNS.isdisjoint(t.word for t in tokens[:at]):
        return None
    return Attribution((at, at + 1), cue.type, cue.lemma, phrase, phrase, [(0, at)], "left")
