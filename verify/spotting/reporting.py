"""Reads one reporting cue in a sentence: who speaks, by which words, and which part is what they said."""

from __future__ import annotations

from verify.spotting.clauses import (
    SEEMING,
    Subject,
    back_over_adverbs,
    is_negated,
    main_subject,
    subject_before,
)
from verify.spotting.contents import CLAUSE_STARTS, content_after, has_clause
from verify.spotting.cues import AFTERWARDS, CUES, Cue
from verify.spotting.grammar import (
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    words_of,
)
from verify.spotting.inversions import read_inverted, read_participle, read_passive
from verify.spotting.names import DOCUMENT_NOUNS, MEDIA_NOUNS, SOURCE_NOUNS
from verify.spotting.phrases import Range, Tokens
from verify.spotting.readings import Attribution, is_source, resumes

_HIDDEN = words_of("named identified anonymous anonymity unnamed anonymously")
_FINDERS = words_of(
    "researchers scientists team teams investigators authors experts inspectors auditors academics "
    "economists analysts police officials study"
)
_NO_OBJECT = words_of(
    "say tell add note continue conclude observe reply respond comment joke quip warn complain"
)


_BEFORE_NOUNS = DETERMINERS | POSSESSIVES | PREPOSITIONS
_SAYING_MANY = ("both", "many", "some", "others", "all", "few", "that")


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
    if previous.word in _BEFORE_NOUNS or previous.word[-2:] == "'s":
        return previous.word in _SAYING_MANY and cue.form == "base"
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
    if at <= 2 and cue.form == "base" and cue.lemma in ("claim", "report", "demand", "pledge", "promise"):
        return (
            previous.word.endswith("s") and previous.word in SOURCE_NOUNS
        )  # Rebels claim capture of the town
    follows = tokens[at + 1] if at + 1 < len(tokens) else None
    clause = follows is not None and (
        follows.word in CLAUSE_STARTS | DETERMINERS | PRONOUNS | POSSESSIVES | {":", "to"}
        or follows.kind == "q"
        or follows.capital
    )
    return agent and clause


def read_cue(tokens: Tokens, at: int) -> Attribution | None:
    """Reads the reporting verb at index `at`; None where it reports nothing."""
    cue = CUES[tokens[at].word]
    if not _is_verb_here(tokens, at, cue) or is_negated(tokens, at):
        return None
    before = tokens[at - 1].word if at else ""
    if at + 1 < len(tokens) and (
        tokens[at + 1].word.endswith(("self", "selves")) or _asks_to_be_hidden(tokens, at, cue)
    ):
        return None
    if (
        cue.lemma in ("brief", "inform")
        and cue.form == "past"
        and tokens[at + 1 : at + 2]
        and tokens[at + 1].word in ("on", "about")
    ):
        return None  # a person briefed on the matter
    if before in BE and cue.form == "past":
        return read_passive(tokens, at, cue)
    inverted = read_inverted(tokens, at, cue)
    if inverted:
        return inverted
    content = content_after(tokens, at, cue)
    if cue.form == "participle":
        return read_participle(tokens, at, cue, content)
    first = _cue_range(tokens, at)[0]
    subject = subject_before(tokens, first)
    shared = False
    if subject is None and before and tokens[back_over_adverbs(tokens, first - 1)].word in CONJUNCTIONS:
        subject, shared = main_subject(tokens, at), True
    if subject is None:
        return None
    quoted = subject.whole[0] > 0 and tokens[subject.whole[0] - 1].kind == "q" and cue.lemma in AFTERWARDS
    if not quoted and not is_source(tokens, subject.name):
        return None
    if cue.manner == "evidence" and not _is_evidence(tokens, at, subject, cue):
        return None
    return _with_content(tokens, at, cue, subject, content, shared)


def _asks_to_be_hidden(tokens: Tokens, at: int, cue: Cue) -> bool:
    """Tells "who asked not to be named", which says how somebody spoke and not what."""
    if cue.lemma not in ("ask", "request", "insist", "demand"):
        return False
    return any(token.word in _HIDDEN for token in tokens[at + 1 : at + 7])


def _is_evidence(tokens: Tokens, at: int, subject: Subject, cue: Cue) -> bool:
    words = {token.word for token in tokens[subject.whole[0] : subject.whole[1]]}
    if cue.lemma in ("learn", "hear"):
        return tokens[subject.name[1] - 1].capital
    if words & DOCUMENT_NOUNS or (
        cue.lemma in ("show", "suggest", "indicate", "reveal") and words & MEDIA_NOUNS
    ):
        return True
    that = at + 1 < len(tokens) and tokens[at + 1].word == "that"
    return that and cue.lemma in ("find", "show", "reveal") and bool(words & (PRONOUNS | _FINDERS))


def _cue_range(tokens: Tokens, at: int) -> Range:
    """Widens "went on to say" and "appears to show", and keeps a single verb otherwise."""
    if at >= 2 and tokens[at - 1].word == "to" and tokens[at - 2].word in SEEMING:
        return at - 2, at + 1
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
            rest = resumes(tokens, at, begin)
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
