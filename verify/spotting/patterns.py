"""Ways of attributing that are not a plain reporting verb: "according to", "quoted as saying", nouns, colons."""

from __future__ import annotations

from collections.abc import Callable

from verify.spotting.clauses import subject_before
from verify.spotting.contents import has_clause, sentence_end, skip_adverbials
from verify.spotting.cues import SPEECH_NOUNS
from verify.spotting.grammar import BE, CONJUNCTIONS, DETERMINERS, SUBORDINATORS, words_of
from verify.spotting.names import SOURCE_NOUNS
from verify.spotting.phrases import Tokens, noun_phrase_after
from verify.spotting.readings import Attribution

_SPOKESPEOPLE = words_of("spokesman spokeswoman spokesperson")
_VAGUE = words_of(
    "hundreds thousands dozens scores millions one two three four five six seven eight nine ten"
)
_TOPICS = words_of(
    "report reports study review analysis video pictures photos watch news today live article book statement"
)
_MAKES = words_of("made makes issued issues released repeated gave posted published")


def according_to(tokens: Tokens, at: int) -> Attribution | None:
    """Reads "according to witnesses" and "in the words of": before, after or inside what is reported."""
    phrase = noun_phrase_after(tokens, at + 2)
    if phrase is None:
        return None
    end = sentence_end(tokens)
    leading = at == 0 or (at <= 2 and tokens[at - 1].word not in (",",))
    if leading and phrase[1] < end:
        start = _after_bracket(tokens, phrase[1], end)
        start += start < end and tokens[start].word == ","
        content, side = [(start, end)], "right"
    else:
        content, side = [(0, at - (tokens[at - 1].word == ","))], "left"
        if phrase[1] + 1 < end and tokens[phrase[1]].word == "," and _goes_on(tokens, phrase[1] + 1):
            content.append((phrase[1] + 1, end))
    if content[0][0] >= content[0][1]:
        return None
    return Attribution((at, at + 2), "neutral", "according to", phrase, phrase, content, side)


def _after_bracket(tokens: Tokens, at: int, end: int) -> int:
    """Steps right over "(WHO)" behind a name."""
    if tokens[at].word != "(":
        return at
    return next((step + 1 for step in range(at, min(end, at + 12)) if tokens[step].word == ")"), at)


def put_at(tokens: Tokens, at: int) -> Attribution | None:
    """Reads "police put the turnout at 12,000"."""
    end = sentence_end(tokens)
    near = range(at + 2, min(end - 1, at + 14))
    figure = next(
        (step for step in near if tokens[step].word == "at" and _is_figure(tokens, step + 1, end)), None
    )
    subject = subject_before(tokens, at) if figure else None
    if subject is None or figure is None:
        return None
    stop = next((step for step in range(figure, end) if tokens[step].word == ","), end)
    return Attribution((at, at + 1), "neutral", "put", subject.name, subject.whole, [(at + 1, stop)])


def _is_figure(tokens: Tokens, at: int, end: int) -> bool:
    return any(tokens[step].word.strip("$€£")[:1].isdigit() for step in range(at, min(end, at + 4))) or (
        at < end and tokens[at].word in _VAGUE
    )


def _goes_on(tokens: Tokens, at: int) -> bool:
    return (
        has_clause(tokens, at, min(len(tokens), at + 3))
        and tokens[at].word not in CONJUNCTIONS | SUBORDINATORS
    )


def quoted_as_saying(tokens: Tokens, at: int) -> Attribution | None:
    """Reads "Tass quoted a source as saying" and "the front was quoted as saying by Samaa"."""
    saying = next((i for i in range(at + 1, min(len(tokens), at + 25)) if tokens[i].word == "saying"), None)
    if saying is None or tokens[saying - 1].word != "as":
        return None
    end = sentence_end(tokens)
    subject = subject_before(tokens, at)
    if subject is None:
        return None
    found = Attribution((at, saying + 1), "neutral", "quote", subject.name, subject.whole)
    found.cue, found.read_to = (at, at + 1), saying
    after = skip_adverbials(tokens, saying + 1)
    if tokens[at - 1].word in BE:
        if at + 1 < saying - 1 and tokens[at + 1].word == "by":
            found.outer = [noun_phrase_after(tokens, at + 2, saying - 1) or (at + 2, saying - 1)]
        elif after < end and tokens[after].word == "by":
            agency = noun_phrase_after(tokens, after + 1)
            if agency:
                found.outer, after = [agency], skip_adverbials(tokens, agency[1])
    else:
        inner = noun_phrase_after(tokens, at + 1, saying - 1) or (at + 1, saying - 1)
        found.inner = [inner]
    if after < end and tokens[after].word in ("that", ":", ","):
        after += 1
    if after < end:
        found.content = [(after, end)]
    else:
        start = subject.whole[0]
        left_end = start - (start > 0 and tokens[start - 1].word == ",")
        found.content, found.side = ([(0, left_end)] if left_end > 0 else []), "left"
    return found if found.content else None


def announcement(tokens: Tokens, at: int) -> Attribution | None:
    """Reads "made the announcement" and "the announcement was made by": the sentence is about the speaking."""
    word = tokens[at].word
    before = tokens[at - 1].word if at else ""
    if before in DETERMINERS and at >= 2 and tokens[at - 2].word in _MAKES and word in SPEECH_NOUNS:
        subject = subject_before(tokens, at - 2)
        if subject:
            return Attribution(
                (at - 2, at + 1),
                "neutral",
                "announce",
                subject.name,
                subject.whole,
                [(0, sentence_end(tokens))],
                "all",
            )
    if (
        at + 2 < len(tokens)
        and tokens[at + 1].word in BE
        and tokens[at + 2].word in ("made", "issued", "posted", "released")
    ):
        by = next((i for i in range(at + 3, len(tokens) - 1) if tokens[i].word == "by"), None)
        phrase = noun_phrase_after(tokens, by + 1) if by else None
        if phrase and (tokens[phrase[0]].capital or tokens[phrase[1] - 1].word in SOURCE_NOUNS):
            return Attribution(
                (at, at + 3), "neutral", "announce", phrase, phrase, [(0, sentence_end(tokens))], "all"
            )
    return None


def noun_that(tokens: Tokens, at: int) -> Attribution | None:
    """Reads "the minister's claim that ..." and "claims by the army that ..."."""
    end = sentence_end(tokens)
    if at + 2 >= end:
        return None
    if (
        tokens[at + 1].word == "that"
        and at
        and tokens[at - 1].word.endswith(("'s", "s'", "his", "her", "their"))
    ):
        start = at - 1
        while start > 0 and (tokens[start - 1].capital and tokens[start - 1].kind == "w"):
            start -= 1
        return Attribution((at, at + 1), "claim", tokens[at].word, (start, at), (start, at), [(at + 2, end)])
    if tokens[at + 1].word == "by":
        phrase = noun_phrase_after(tokens, at + 2)
        if phrase and phrase[1] < end - 1 and tokens[phrase[1]].word == "that":
            return Attribution((at, at + 1), "claim", tokens[at].word, phrase, phrase, [(phrase[1] + 1, end)])
    return None


def spokesman_at_end(tokens: Tokens) -> Attribution | None:
    """Reads a sentence that ends in its speaker without a verb: "..., the group's spokesman, X Y."."""
    end = sentence_end(tokens)
    commas = [i for i in range(end) if tokens[i].word == ","]
    if len(commas) < 2:
        return None
    first, second = commas[-2:]
    role = [token.word for token in tokens[first + 1 : second]]
    name = tokens[second + 1 : end]
    if not role or role[-1] not in _SPOKESPEOPLE or len(role) > 6 or not 1 <= len(name) <= 4:
        return None
    if not all(token.capital for token in name) or not has_clause(tokens, 0, first):
        return None
    return Attribution((end, end), "neutral", "", (second + 1, end), (first + 1, end), [(0, first)], "left")


def name_and_colon(tokens: Tokens) -> Attribution | None:
    """Reads headlines and transcripts: 'Karimi: "We hold the valley"' and 'BLITZER: Welcome back.'."""
    at = next((i for i, token in enumerate(tokens[:7]) if token.word == ":"), 0)
    if (
        not at
        or at + 1 >= len(tokens)
        or not all(token.kind == "w" and token.capital for token in tokens[:at])
    ):
        return None
    shouted = len(tokens[0].word) > 2 and all(token.upper for token in tokens[:at])
    if tokens[at + 1].kind != "q" and not shouted:
        return None
    return Attribution((at, at + 1), "neutral", "colon", (0, at), (0, at), [(at + 1, len(tokens))])


def headline_colon(tokens: Tokens, known: Callable[[str], bool]) -> Attribution | None:
    """Reads headlines without quotation marks: "Karimi: we hold the valley", "Valley has fallen: Taliban"."""
    colons = [at for at, token in enumerate(tokens) if token.word == ":"]
    if len(colons) != 1 or not 0 < colons[0] < len(tokens) - 1:
        return None
    at, end = colons[0], len(tokens)
    first, last = _label(tokens, 0, at, known), _label(tokens, at + 1, end, known)
    if last and not first and has_clause(tokens, 0, at):
        return Attribution((at, at + 1), "neutral", "colon", (at + 1, end), (at + 1, end), [(0, at)], "left")
    return Attribution((at, at + 1), "neutral", "colon", (0, at), (0, at), [(at + 1, end)]) if first else None


def _label(tokens: Tokens, low: int, high: int, known: Callable[[str], bool]) -> bool:
    """A source in a headline: a name that the text knows, or one or two words for somebody who can speak."""
    words = tokens[low:high]
    if not 0 < len(words) <= 5 or any(token.kind != "w" for token in words):
        return False
    if words[-1].word in SOURCE_NOUNS - _TOPICS and len(words) <= 3:
        return True
    return all(token.capital or token.word in ("of", "the") for token in words) and any(
        known(token.word) for token in words
    )


def quote_and_dash(tokens: Tokens) -> Attribution | None:
    """Reads a quotation signed behind a dash: "We hold the road." — Sara Noor, mayor."""
    if len(tokens) < 3 or tokens[0].kind != "q" or tokens[1].word != "," or not tokens[2].capital:
        return None
    end = sentence_end(tokens)
    name = noun_phrase_after(tokens, 2)
    if name is None or not all(
        token.capital or token.word in ("of", "de", "al", "van") for token in tokens[slice(*name)]
    ):
        return None
    if end - name[1] > 9 or has_clause(tokens, name[1], end):
        return None
    return Attribution((1, 2), "neutral", "dash", name, (2, end), [(0, 1)], "left")


def called_for(tokens: Tokens, at: int) -> Attribution | None:
    """Reads "called for a ceasefire" and "called on the rebels to"."""
    subject = subject_before(tokens, at)
    end = sentence_end(tokens)
    if subject is None or at + 2 >= end or tokens[subject.whole[0]].word in SUBORDINATORS:
        return None
    return Attribution((at, at + 2), "neutral", "call for", subject.name, subject.whole, [(at + 2, end)])
