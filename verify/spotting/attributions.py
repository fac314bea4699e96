"""Gathers the attributions of one sentence and settles which lies inside, beside or around which."""

from __future__ import annotations

from verify.spotting.clauses import back_over_adverbs, subject_before
from verify.spotting.contents import sentence_end
from verify.spotting.cues import CITING, CUES, SPEECH_NOUNS, TRIGGERS
from verify.spotting.grammar import CONJUNCTIONS, PRONOUNS, SUBORDINATORS, words_of
from verify.spotting.patterns import (
    according_to,
    announcement,
    called_for,
    name_and_colon,
    noun_that,
    put_at,
    quoted_as_saying,
    spokesman_at_end,
)
from verify.spotting.phrases import Range, Tokens, noun_phrase_after
from verify.spotting.readings import Attribution
from verify.spotting.relays import QUOTED, cited_after, through
from verify.spotting.reporting import read_cue

_QUOTING = words_of("quoted quotes quote cited cites")
_MOST_CUES = 40  # in one sentence; more are a list of verbs, not a sentence
_NESTING = words_of(
    "say tell claim state announce report deny confirm allege insist acknowledge admit warn note add"
)


def _read_one(tokens: Tokens, at: int) -> Attribution | None:
    """Reads the attribution whose cue stands at `at`, if there is one."""
    word, one = tokens[at].word, None
    follows = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if word == "according" and follows == "to":
        return according_to(tokens, at)
    if word in _QUOTING and (one := quoted_as_saying(tokens, at)):
        return one
    if word in SPEECH_NOUNS and (one := announcement(tokens, at)):
        return one
    if word in CUES:
        one = read_cue(tokens, at)
    if one is None and word in ("put", "puts"):
        one = put_at(tokens, at)
    if one is None and word in ("called", "calls") and follows in ("for", "on"):
        one = called_for(tokens, at)
    return one


def _read_all(tokens: Tokens) -> list[Attribution]:
    found: list[Attribution] = []
    cited: list[tuple[int, Range]] = []
    taken, tries, relays = -1, 0, False
    for at, token in enumerate(tokens):
        if token.kind != "w" or at <= taken or token.word not in TRIGGERS:
            continue
        relays = relays or (token.word in QUOTED and at + 1 < len(tokens) and tokens[at + 1].word == "by")
        tries += 1
        if tries > _MOST_CUES:
            break
        if token.word in CITING and not token.capital:
            cited += [(at, phrase)] if (phrase := noun_phrase_after(tokens, at + 1)) else []
        elif one := _read_one(tokens, at):
            found.append(one)
            taken = max(taken, one.read_to)
    if not found:
        nouns = (noun_that(tokens, at) for at, token in enumerate(tokens) if token.word in SPEECH_NOUNS)
        found = [one for one in nouns if one][:1]
    _add_cited(tokens, found, cited)
    for one in found:
        through(tokens, one)
    if found and relays:
        cited_after(tokens, found)
    if not found and (last := name_and_colon(tokens) or spokesman_at_end(tokens)):
        found.append(last)
    return found


def _add_cited(tokens: Tokens, found: list[Attribution], cited: list[tuple[int, Range]]) -> None:
    """Adds "citing X" to the chain of the attribution it belongs to, or makes one of its own."""
    end = sentence_end(tokens)
    for at, phrase in cited:
        before = [one for one in found if one.cue[0] < at] or found[:1]
        if not before:
            subject = subject_before(tokens, at)
            verb_subject = subject.name if subject else None
            if verb_subject and tokens[at - 1].word == ",":
                found.append(
                    Attribution((at, at + 1), "neutral", "cite", phrase, phrase, [(0, at - 1)], "left")
                )
            continue
        owner = before[-1]
        owner.inner.append(phrase)
        after = phrase[1] + (phrase[1] < end and tokens[phrase[1]].word in (",", "that"))
        after += after < end and tokens[after].word == "that"
        if owner.content and owner.content[0][0] <= at < owner.content[0][1]:
            owner.content = [(owner.content[0][0], at)] if at - owner.content[0][0] > 3 else [(after, end)]
        elif after < end and owner.side == "right" and not owner.content:
            owner.content = [(after, end)]


def _nests(tokens: Tokens, outer: Attribution, inner: Attribution) -> bool:
    """Tells whether `inner` is what `outer` says that somebody said."""
    if inner.whole is None or not outer.content or inner.lemma not in _NESTING:
        return False
    begin = outer.content[0][0]
    return (
        inner.side == "right"
        and begin <= inner.whole[0] <= begin + 1
        and tokens[inner.whole[0]].word not in PRONOUNS
    )


def _cut_point(tokens: Tokens, first: Attribution, second: Attribution) -> int | None:
    """The token where the second of two attributions side by side begins, or None when it lies inside the first."""
    if second.cut is not None:
        return second.cut
    if second.whole is None or second.side != "right":
        return None
    begin = second.whole[0]
    at = begin - 1
    while at > 0 and tokens[at].word not in CONJUNCTIONS | SUBORDINATORS | {",", ";"} and begin - at < 4:
        at -= 1
    joined = tokens[at].word in (
        "and",
        "but",
        "as",
        "while",
        "whereas",
        "after",
        "though",
        "although",
        "before",
    )
    if tokens[at].word == ";" or (joined and at and tokens[at - 1].word in (",", ";")):
        return at
    if (
        tokens[at].word == ","
        and first.whole
        and first.whole[0]
        and tokens[first.whole[0] - 1].word in SUBORDINATORS
    ):
        return at + 1
    return at if joined and tokens[at].word in ("but", "while", "whereas") else None


def attributions_in(tokens: Tokens) -> list[Attribution]:
    """Returns the attributions of a sentence in order: nested ones folded into chains, shared ones merged."""
    kept: list[Attribution] = []
    for one in sorted(_read_all(tokens), key=lambda found: found.cue):
        if not kept:
            kept.append(one)
            continue
        last = kept[-1]
        if (
            one.side in ("left", "both")
            and not one.shared
            and one.content
            and one.content[0][0] <= last.cue[0] < one.content[0][1]
        ):
            if one.source and last.side != "all":
                last.outer.append(one.source)
            _end_before(
                last, (one.whole or one.cue)[0] if one.lemma != "according to" else one.cue[0], one.cue[0]
            )
        elif one.shared and (at := _goes_on(tokens, last, one)) is not None:
            _end_before(last, at, at)
            one.cut = at
            kept.append(one)
        elif one.shared:
            _merge(tokens, last, one)
        elif not any(low <= one.cue[0] < high for low, high in last.content) or last.side == "left":
            kept.append(one)
        elif _nests(tokens, last, one):
            last.inner = [one.source, *one.inner] if one.source else last.inner
            last.content, last.type = one.content, one.type if one.type != "neutral" else last.type
        elif (cut := _cut_point(tokens, last, one)) is not None:
            last.content = [(low, min(high, cut)) for low, high in last.content if low < cut]
            kept.append(one)
    return [one for one in kept if one.content]


def _goes_on(tokens: Tokens, last: Attribution, one: Attribution) -> int | None:
    """Where a denial ends and its speaker goes on to assert something: "denied the raid *and* claimed the town"."""
    if last.type != "denial" or one.type == "denial" or last.side != "right" or len(last.content) != 1:
        return None
    low, high = last.content[0]
    at = back_over_adverbs(tokens, one.cue[0] - 1)
    return at if low < at < high and tokens[at].word in ("and", "but") and one.content else None


def _merge(tokens: Tokens, last: Attribution, one: Attribution) -> None:
    """Joins a second cue of the same speaker; after a bare denial its content is what counts."""
    if last.type == "denial" and one.content:
        at = back_over_adverbs(tokens, one.cue[0] - 1)
        _end_before(last, at if tokens[at].word == "," else at + 1, one.cue[0])
        if last.content and tokens[last.content[-1][1] - 1].word in SPEECH_NOUNS:
            last.content.pop()  # "denied the claim, saying ..."
    elif last.side == "right" and any(high > one.cue[0] for _, high in last.content):
        return
    last.content = [*last.content, *one.content]


def _end_before(last: Attribution, begin: int, cue: int) -> None:
    stop = min(begin, cue)
    last.content = [(low, min(high, stop)) for low, high in last.content if low < stop]
