"""Finds what is reported to the right of a cue, past times, channels and the people addressed."""

from __future__ import annotations

from verify.spotting.cues import CITING, CUES, Cue
from verify.spotting.grammar import (
    ADVERBS,
    CHANNEL_NOUNS,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    words_of,
)
from verify.spotting.phrases import Range, Tokens, noun_phrase_after

CLAUSE_STARTS = words_of("that if whether how why what who where when there")
_AUDIENCE = words_of("reporters journalists media lawmakers supporters them him her us me delegates viewers")
_ADDRESSING = words_of("tell assure inform remind reassure")
_TAKES_RECIPIENT = _ADDRESSING | words_of("warn ask urge promise advise")
_TAKES_INFINITIVE = words_of("tell ask agree hope expect warn offer propose threaten")
_OF_SOMETHING = words_of("accuse blame")
_TAKES_OBJECT = words_of("claim pledge promise offer demand report confirm announce predict propose")
_LINKS = words_of("of to by with as like")
_NO_BARE_CLAUSE = words_of("read continue recount describe expect ask")


def sentence_end(tokens: Tokens) -> int:
    """Returns the index after the last token that is not a closing stop."""
    end = len(tokens)
    while end and tokens[end - 1].kind == "p" and tokens[end - 1].word in ".!?…:;,)...":
        end -= 1
    return end


def _skip_time(tokens: Tokens, at: int) -> int:
    word = tokens[at].word
    nxt = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if word in TIME_WORDS or (
        word in ("on", "in", "at", "late", "early", "earlier", "last") and nxt in TIME_WORDS
    ):
        at += 1
        while at < len(tokens) and (tokens[at].word in TIME_WORDS or (tokens[at].word.isdigit())):
            at += 1
        if at < len(tokens) and tokens[at].word == "(":
            close = next((i for i in range(at, min(len(tokens), at + 6)) if tokens[i].word == ")"), None)
            inside = tokens[at + 1].word if close else ""
            if close and (inside in TIME_WORDS or inside.isdigit()):
                at = close + 1
    return at


def _skip_channel(tokens: Tokens, at: int) -> int:
    """Skips "in a statement", "on Twitter", "to reporters", "during an interview with Fox News"."""
    if tokens[at].word not in PREPOSITIONS:
        return at
    for step in range(at + 1, min(len(tokens), at + 8)):
        token = tokens[step]
        if token.kind != "w" or token.word in SUBORDINATORS or (step > at + 1 and token.word in FINITE):
            return at
        if token.word in CHANNEL_NOUNS or (tokens[at].word == "to" and token.word in _AUDIENCE):
            step += 1
            while step < len(tokens) and (
                tokens[step].word in CHANNEL_NOUNS
                or (
                    tokens[step].word in ("with", "for", "of", "by", "to")
                    and step + 1 < len(tokens)
                    and (tokens[step + 1].capital or tokens[step + 1].word in ("the", "a"))
                )
            ):
                step = step + 1 if tokens[step].word in CHANNEL_NOUNS else _skip_capitals(tokens, step + 1)
            return step
    return at


def _skip_capitals(tokens: Tokens, at: int) -> int:
    while (
        at < len(tokens)
        and tokens[at].kind == "w"
        and (tokens[at].capital or tokens[at].word in ("the", "a", "of"))
    ):
        at += 1
    return at


def skip_adverbials(tokens: Tokens, at: int) -> int:
    """Steps right over adverbs, times and channels after a cue."""
    while at < len(tokens):
        word = tokens[at].word
        later = at
        if tokens[at].kind == "w":
            if word in ADVERBS or (word.endswith("ly") and len(word) > 4 and not tokens[at].capital):
                later = at + 1
            else:
                later = _skip_time(tokens, at)
                if later == at:
                    later = _skip_channel(tokens, at)
        if later == at:
            return at
        at = later
    return at


def _that_ahead(tokens: Tokens, at: int) -> int | None:
    """The "that" of "said at a rally in Ohio that ...": only phrases may stand before it."""
    if at >= len(tokens) or tokens[at].word not in PREPOSITIONS:
        return None
    for step in range(at, min(len(tokens), at + 14)):
        token = tokens[step]
        if token.kind != "w" or token.word in FINITE:
            return None
        if token.word == "that":
            return step
    return None


def _recipient_end(tokens: Tokens, at: int) -> int:
    """Skips the person addressed: "told the daily Kabul Times (that)"."""
    if at < len(tokens) and tokens[at].word in PRONOUNS | {"him", "her", "them", "us", "me"}:
        return at + 1
    phrase = noun_phrase_after(tokens, at)
    if phrase is None:
        return at
    for step in range(at, phrase[1]):
        if (
            step > at
            and not tokens[step].capital
            and (tokens[step].word in DETERMINERS | POSSESSIVES and tokens[step - 1].word not in PREPOSITIONS)
        ):
            return step
        if tokens[step].word == "to" and step > at:
            return step
    return phrase[1]


def has_clause(tokens: Tokens, at: int, end: int) -> bool:
    """Tells whether a finite verb or a quotation stands between the two tokens."""
    for step in range(at, end):
        token = tokens[step]
        if (
            token.kind == "q"
            or token.word in FINITE
            or token.word in ("'s", "’s")
            or token.word.endswith(("'s", "n't", "'re", "'ve", "'ll"))
        ):
            return True
        if step > at and token.kind == "w" and token.word.endswith("ed") and len(token.word) > 4:
            return True
        if step > at and token.word in CUES and CUES[token.word].form in ("past", "present"):
            return True
    return False


def content_after(tokens: Tokens, verb: int, cue: Cue) -> Range | None:
    """Returns the token range of what is reported to the right of the cue, or None."""
    end = sentence_end(tokens)
    at = skip_adverbials(tokens, verb + 1)
    if cue.lemma in _TAKES_RECIPIENT:
        at = _after_recipient(tokens, at, end, cue)
    at = skip_adverbials(tokens, at)
    if cue.manner == "denial" and at < end and tokens[at].word == "as":
        at = _after_label(tokens, at, end)
    at = _after_aside(tokens, at, end)
    ahead = _that_ahead(tokens, at)
    at = ahead if ahead is not None else at
    if at >= end:
        return None
    word, kind = tokens[at].word, tokens[at].kind
    if word == "," and at + 2 < end and tokens[at + 1].word in CITING:
        return _after_citing(tokens, at + 2, end)
    if kind == "q":
        return at, end
    if word == ":" or (word == "," and tokens[at + 1].kind == "q"):
        return (at + 1, end) if at + 1 < end else None
    if kind != "w":
        return None
    if word == "that":
        return (at + 1, end) if at + 1 < end else None
    return (at, end) if _may_be_content(tokens, at, end, cue) else None


def _after_citing(tokens: Tokens, at: int, end: int) -> Range | None:
    """What comes after "reported, citing witnesses, that"; None where nothing does."""
    phrase = noun_phrase_after(tokens, at)
    if phrase is None or phrase[1] + 2 >= end or tokens[phrase[1]].word != ",":
        return None
    if tokens[phrase[1] + 1].word == "that":
        return phrase[1] + 2, end
    return (phrase[1] + 1, end) if has_clause(tokens, phrase[1] + 1, end) else None


def _after_aside(tokens: Tokens, at: int, end: int) -> int:
    """Skips ", which was cited by Tass," where "that" goes on with what was said."""
    if (
        at + 2 >= end
        or tokens[at].word != ","
        or tokens[at + 1].word not in ("which", "who", "where", "whose")
    ):
        return at
    for step in range(at + 2, min(end - 1, at + 26)):
        if tokens[step].word == "," and tokens[step + 1].word == "that":
            return step + 1
    return at


def _after_label(tokens: Tokens, at: int, end: int) -> int:
    """Skips what a denied claim is called: 'dismissed as "pure invention" reports that ...'."""
    for step in range(at + 1, min(end, at + 6)):
        if tokens[step].kind == "q":
            return step + 1 if step + 1 < end else at
        if tokens[step].word in DETERMINERS and step > at + 1:
            return step
    return at


def _after_recipient(tokens: Tokens, at: int, end: int, cue: Cue) -> int:
    if at >= end or tokens[at].kind != "w" or tokens[at].word in CLAUSE_STARTS | {"to", "of"}:
        return at
    after = _recipient_end(tokens, at)
    if cue.lemma in _ADDRESSING:
        return after
    follows = tokens[after].word if after < end else ""
    return (
        after
        if follows in ("that", "to", "of", "against") or (after < end and tokens[after].kind == "q")
        else at
    )


def _may_be_content(tokens: Tokens, at: int, end: int, cue: Cue) -> bool:
    word = tokens[at].word
    if word in CONJUNCTIONS or word in ("by", "as") or word in FINITE:
        return False
    if cue.manner == "denial":
        return True
    if word in CLAUSE_STARTS:
        return True
    if word == "to":
        return cue.manner == "intent" or cue.type in ("claim", "promise") or cue.lemma in _TAKES_INFINITIVE
    if cue.lemma in _OF_SOMETHING:
        return any(token.word in ("of", "for") for token in tokens[at + 1 : min(end, at + 9)])
    if cue.lemma in _TAKES_OBJECT and word not in PREPOSITIONS:
        return not (cue.lemma == "claim" and any(token.word == "lives" for token in tokens[at : at + 4]))
    if cue.manner in ("speech", "clause") and (cue.lemma not in _NO_BARE_CLAUSE):
        if word.endswith("ing") and cue.type == "admission":
            return True
        return word not in _LINKS and has_clause(tokens, at, end) and not _relative_only(tokens, at, end)
    return (cue.manner == "evidence" and has_clause(tokens, at, end)) or (
        cue.lemma in ("show", "find") and word not in PREPOSITIONS
    )


def _relative_only(tokens: Tokens, at: int, end: int) -> bool:
    """Tells a bare object ("told a story that ...") from a clause: its verb stands behind a relative word."""
    for step in range(at, end):
        if tokens[step].word in FINITE:
            return False
        if tokens[step].word in ("that", "which", "who") and step > at:
            verbs = sum(has_clause(tokens, later, later + 1) for later in range(step, end))
            return verbs < 2 and not has_clause(tokens, at, step)
    return False
