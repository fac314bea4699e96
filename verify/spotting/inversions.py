"""Reads cues that stand before their speaker or take part in another clause: "said the minister", "adding that"."""

from __future__ import annotations

from verify.spotting.clauses import main_subject, subject_before
from verify.spotting.contents import has_clause, sentence_end, skip_adverbials
from verify.spotting.cues import AFTERWARDS, SPEECH_NOUNS, Cue
from verify.spotting.grammar import CONJUNCTIONS, MODALS, PREPOSITIONS, PRONOUNS, SUBORDINATORS
from verify.spotting.names import SOURCE_NOUNS
from verify.spotting.phrases import Range, Tokens, noun_phrase_after
from verify.spotting.readings import Attribution, is_source, resumes


def read_inverted(tokens: Tokens, at: int, cue: Cue) -> Attribution | None:
    """Reads "..., said the minister." and "..., reported AFP"."""
    if not at or cue.lemma not in AFTERWARDS or cue.form == "participle" or cue.lemma == "tell":
        return None
    if tokens[at - 1].kind != "q" and tokens[at - 1].word != ",":
        return None
    phrase = noun_phrase_after(tokens, skip_adverbials(tokens, at + 1))
    if (
        phrase is None
        or tokens[phrase[0]].word in PREPOSITIONS
        or not is_source(tokens, phrase)
        or not _starts_phrase(tokens, *phrase)
    ):
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
    rest = resumes(tokens, phrase[1] - 1, at)
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


def read_participle(tokens: Tokens, at: int, cue: Cue, content: Range | None) -> Attribution | None:
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
        and is_source(tokens, subject.name)
    ):
        found = Attribution((at, at + 1), cue.type, cue.lemma, subject.name, subject.whole, [content])
        found.cut = subject.whole[0] - 1
        return found
    return None


def read_passive(tokens: Tokens, at: int, cue: Cue) -> Attribution | None:
    """Reads "it was announced by X that ...": only a named agent makes it an attribution."""
    if at + 1 >= len(tokens) or tokens[at + 1].word != "by" or cue.manner != "speech":
        return None
    phrase = noun_phrase_after(tokens, at + 2)
    if phrase is None or not is_source(tokens, phrase):
        return None
    end = sentence_end(tokens)
    after = skip_adverbials(tokens, phrase[1])
    if after < end and tokens[after].word == "that":
        return Attribution((at, at + 1), cue.type, cue.lemma, phrase, phrase, [(after + 1, end)])
    if MODALS & {tokens[max(0, at - 2)].word} or SPEECH_NOUNS.isdisjoint(t.word for t in tokens[:at]):
        return None
    return Attribution((at, at + 1), cue.type, cue.lemma, phrase, phrase, [(0, at)], "left")
