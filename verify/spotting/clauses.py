"""Finds the subject before a verb and what follows it, with word classes alone: no parser."""

from __future__ import annotations

from typing import NamedTuple

from verify.spotting.cues import CUES
from verify.spotting.grammar import (
    ADVERBS,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    MODALS,
    NEGATIONS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    words_of,
)
from verify.spotting.names import ROLE_NOUNS, SOURCE_NOUNS
from verify.spotting.phrases import Range, Tokens, is_role_segment
from verify.spotting.tokens import Token

_APPOSITIVE_STARTS = words_of("who which whose whom where formerly also including speaking citing referring")
_LEADING_ADVERBIALS = words_of(
    "however meanwhile earlier later tellingly regretfully "
    "still instead moreover furthermore separately elsewhere "
    "additionally similarly finally afterwards afterward previously recently today yesterday overall now then"
)


SEEMING = words_of("appears appeared appear seems seemed seem")


class Subject(NamedTuple):
    """The noun phrase before a verb: `name` without its appositions, `whole` with them."""

    name: Range
    whole: Range


def _is_adverb(token: Token) -> bool:
    word = token.word
    return word in ADVERBS or (len(word) > 4 and word.endswith("ly") and not token.capital)


def back_over_adverbs(tokens: Tokens, at: int) -> int:
    """Steps left from a verb over adverbs, auxiliaries and times ("has previously", "on Monday")."""
    while at >= 0 and tokens[at].kind == "w":
        token = tokens[at]
        if (
            (
                _is_adverb(token)
                or token.word in AUXILIARIES
                or (token.word in TIME_WORDS and token.word[-2:] != "'s")
            )
            or (
                token.word in ("on", "in", "at")
                and at + 1 < len(tokens)
                and tokens[at + 1].word in TIME_WORDS
            )
            or (token.word.isdigit() and at and tokens[at - 1].word in TIME_WORDS)
        ):
            at -= 1
        else:
            break
    return at


def is_negated(tokens: Tokens, verb: int) -> bool:
    """Tells whether the verb says that nothing was said: "did not say", "declined to say", "would say"."""
    for at in range(verb - 1, max(-1, verb - 5), -1):
        word = tokens[at].word
        if word in NEGATIONS or word in MODALS:
            return True
        if word == "to":
            before = tokens[at - 1].word if at else ""
            return before != "on" and before not in ("went", "goes") and before not in SEEMING
        if not _is_adverb(tokens[at]) and word not in AUXILIARIES:
            return False
    return False


def _segment_start(tokens: Tokens, at: int) -> int:
    """Returns the index after the nearest mark to the left of `at` (inclusive)."""
    while at >= 0 and tokens[at].kind == "w":
        at -= 1
    return at + 1


def _phrase_start(tokens: Tokens, low: int, end: int) -> int:
    """Walks left from `end` (inclusive) to where the noun phrase begins, not before `low`."""
    at = end
    while at >= low:
        token = tokens[at]
        word = token.word
        if token.kind != "w" or (word in SUBORDINATORS and not (word == "as" and token.capital)):
            return at + 1
        if word in FINITE or (
            word in TIME_WORDS and "'" not in word and at != end and not _names_a_period(tokens, at)
        ):
            return at + 1
        if word in CONJUNCTIONS and (word != "and" or at == low or _starts_clause(tokens, at, low, end)):
            return at + 1
        if word in CUES and at != end and not token.capital and not CUES[word].noun_like:
            return at + 1
        if at < end and word in PRONOUNS:
            return at + 1
        if at < end and word in PREPOSITIONS and (at == low or not _continues_phrase(tokens, at, low)):
            return _after_adverbial(tokens, at, end)
        at -= 1
    while low < end and tokens[low].word in _LEADING_ADVERBIALS:
        low += 1
    return low


def _names_a_period(tokens: Tokens, at: int) -> bool:
    return tokens[at].word in ("late", "last", "may", "march") and tokens[at].word != "last"


def _continues_phrase(tokens: Tokens, at: int, low: int) -> bool:
    """A preposition goes on a noun phrase when a noun-like word stands before it."""
    before = tokens[at - 1]
    return before.kind == "w" and before.word not in PREPOSITIONS and not _is_adverb(before)


def _after_adverbial(tokens: Tokens, at: int, end: int) -> int:
    """Skips "In Kabul" or "At the Pentagon" at the head of a clause that has no comma after it."""
    for later in range(at + 2, end + 1):
        word = tokens[later].word
        if word in DETERMINERS or word in POSSESSIVES or word in PRONOUNS:
            return later
        if word in SOURCE_NOUNS and not tokens[later].capital and tokens[later - 1].capital:
            return later
    return end if end - at < 2 else at + 1


def _starts_clause(tokens: Tokens, at: int, low: int, end: int) -> bool:
    """Tells whether the "and" at `at` joins clauses rather than two names."""
    nxt = tokens[at + 1]
    if nxt.word in DETERMINERS or nxt.word in PRONOUNS:
        return True
    return any(
        tokens[i].word in FINITE or (tokens[i].word in CUES and not CUES[tokens[i].word].noun_like)
        for i in range(max(low, at - 8), at)
    )


def _is_appositive(tokens: Tokens, low: int, high: int) -> bool:
    words = [token.word for token in tokens[low:high]]
    if not words:
        return False
    first = words[0]
    if first[:2] in ("d-", "r-") and high - low == 1:
        return True  # Sen. Jane Roe, D-Mass.
    if first in _APPOSITIVE_STARTS or first in PREPOSITIONS or first.isdigit() or first.endswith("ing"):
        return True
    if first in ROLE_NOUNS or (first in DETERMINERS and not tokens[low].capital):
        return True
    return not tokens[low].capital and first not in PRONOUNS


def _is_adverbial(tokens: Tokens, low: int, high: int) -> bool:
    first = tokens[low].word
    return (
        first in PREPOSITIONS
        or first in TIME_WORDS
        or first in _LEADING_ADVERBIALS
        or first in SUBORDINATORS
        or _is_adverb(tokens[low])
        or first.endswith("ing")
    )


def _with_role_before(tokens: Tokens, start: int, end: int) -> Subject:
    """Takes in a role that stands before the name: "the group's spokesman, Zabihullah Mujahid"."""
    if start >= 2 and tokens[start - 1].word == "," and tokens[start].capital:
        low = _segment_start(tokens, start - 2)
        begin = _phrase_start(tokens, low, start - 2)
        if begin < start - 1 and is_role_segment(tokens, begin, start - 1):
            return Subject((start, end), (begin, end))
    return Subject((start, end), (start, end))


def _before_bracket(tokens: Tokens, high: int) -> int:
    """Steps left over a bracket that ends at `high`: "the National Resistance Front (NRF)"."""
    if high and tokens[high - 1].word == ")":
        opening = next((i for i in range(high - 1, max(-1, high - 14), -1) if tokens[i].word == "("), None)
        return opening if opening is not None else high
    return high


def _before_comma(tokens: Tokens, comma: int) -> Subject | None:
    """The subject of "Ahmad Massoud, leader of the front, said": steps left over appositions."""
    high = comma
    for _ in range(5):
        high = _before_bracket(tokens, high)
        low = _segment_start(tokens, high - 1)
        if low >= high:
            return None
        earlier = low >= 2 and tokens[low - 1].word in (",", "(", ")")
        if not (earlier and _is_appositive(tokens, low, high)):
            break
        previous = _segment_start(tokens, _before_bracket(tokens, low - 1) - 1)
        if previous >= low - 1:
            break
        if _is_adverbial(tokens, previous, low - 1) and not _is_appositive(tokens, previous, low - 1):
            break
        if (
            tokens[previous].kind == "w"
            and previous < low - 1
            and _is_adverbial(tokens, previous, low - 1)
            and previous == 0
        ):
            break
        high = low - 1
    start = _phrase_start(tokens, _segment_start(tokens, high - 1), high - 1)
    if start >= high:
        return None
    subject = _with_role_before(tokens, start, high)
    return Subject(subject.name, (subject.whole[0], comma))


def subject_before(tokens: Tokens, verb: int) -> Subject | None:
    """Returns the subject that stands left of the verb at index `verb`, or None."""
    at = back_over_adverbs(tokens, verb - 1)
    if at < 0:
        return None
    if tokens[at].word == "who" and at:
        at -= 1
        if tokens[at].word == "," and at:
            at -= 1
    if tokens[at].word == ",":
        return _before_comma(tokens, at)
    if tokens[at].word == ")":
        opening = _before_bracket(tokens, at + 1)
        if opening in (0, at + 1):
            return None
        start = _phrase_start(tokens, _segment_start(tokens, opening - 1), opening - 1)
        if start >= opening:
            return None
        subject = _with_role_before(tokens, start, opening)
        return Subject((subject.name[0], at + 1), (subject.whole[0], at + 1))
    if tokens[at].kind != "w" or tokens[at].word in CONJUNCTIONS or tokens[at].word in SUBORDINATORS:
        return None
    start = _phrase_start(tokens, _segment_start(tokens, at), at)
    return _with_role_before(tokens, start, at + 1) if start <= at else None


def main_subject(tokens: Tokens, before: int) -> Subject | None:
    """The subject of the sentence, for a verb that shares it ("Massoud went home and said")."""
    for at in range(1, before):
        word = tokens[at].word
        if tokens[at].kind == "w" and (
            word in FINITE
            or (word in CUES and CUES[word].form != "participle" and not tokens[at].capital)
            or _is_past_verb(tokens, at)
        ):
            return subject_before(tokens, at)
    return _first_phrase(tokens, before)


def _is_past_verb(tokens: Tokens, at: int) -> bool:
    """Tells a verb in -ed ("the minister refused") from an adjective ("the disputed vote", "a newly built road")."""
    word, before = tokens[at].word, tokens[at - 1]
    if not word.endswith("ed") or len(word) < 5 or tokens[at].capital or before.kind != "w":
        return False
    if before.word in DETERMINERS or before.word in POSSESSIVES or before.word in CONJUNCTIONS:
        return False
    return not before.word.endswith(("'s", "ly")) and before.word not in PREPOSITIONS | BE


def _first_phrase(tokens: Tokens, before: int) -> Subject | None:
    """The name or pronoun that opens a sentence, after a time or place that may stand before it."""
    comma = next((at for at in range(min(before, 8)) if tokens[at].word == ","), None)
    start = comma + 1 if comma and _is_adverbial(tokens, 0, comma) else 0
    end = start
    while (
        end < before
        and tokens[end].kind == "w"
        and (
            tokens[end].capital
            or tokens[end].word in PRONOUNS
            or tokens[end].word in DETERMINERS
            or tokens[end].word in SOURCE_NOUNS
        )
    ):
        end += 1
        if tokens[end - 1].word in PRONOUNS:
            break
    return (
        Subject((start, end), (start, end))
        if end > start and tokens[end - 1].word not in DETERMINERS
        else None
    )
