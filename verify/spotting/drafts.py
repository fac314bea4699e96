"""Assertions in the making: what one sentence says, before the text around it has its say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from verify.spotting.assertion import METHOD, CueType, Hop, Mode, Polarity, Span
from verify.spotting.attributions import attributions_in
from verify.spotting.chains import hop_of, speaker_of
from verify.spotting.channels import channel_in
from verify.spotting.cues import SPEECH_NOUNS, TRIGGERS
from verify.spotting.grammar import words_of
from verify.spotting.patterns import headline_colon, quote_and_dash
from verify.spotting.phrases import Range, Tokens
from verify.spotting.quotations import Quotation, quotations_in
from verify.spotting.readings import Attribution
from verify.spotting.sentences import sentences_of
from verify.spotting.speakers import Speakers
from verify.spotting.tokens import tokens_of
from verify.spotting.transcripts import Turn


@dataclass(slots=True)
class Draft:
    """One assertion while its neighbours may still change it."""

    start: int
    end: int
    paragraph: int
    part: str
    chain: list[Hop] = field(default_factory=list)
    mode: Mode = "own-voice"
    cue_span: Span | None = None
    cue_type: CueType | None = None
    source_span: Span | None = None
    content: list[Span] = field(default_factory=list)
    polarity: Polarity = "asserts"
    channel: str | None = None
    caveat_span: Span | None = None
    quoted_only: bool = False
    unclosed: bool = False
    finder: str = METHOD


_CHECKING = words_of("confirm verify corroborate substantiate authenticate comment")
_UNABLE = words_of("not cannot unable neither couldn't can't")


def _chars(tokens: Tokens, part: Range) -> Span:
    low, high = part
    return (tokens[low].start, tokens[high - 1].end) if low < high else (tokens[-1].end, tokens[-1].end)


def mode_of(text: str, content: Sequence[Span], quotes: Sequence[Quotation]) -> Mode:
    """Direct when (nearly) all of the content is quoted, mixed when part of it is, else indirect."""
    total = sum(end - start for start, end in content)
    quoted = sum(
        max(0, min(end, quote.end) - max(start, quote.start)) for start, end in content for quote in quotes
    )  # a sentence holds few quotations
    if not quoted:
        return "indirect"
    if quoted < 0.9 * total:
        return "mixed"
    rest = _outside(text, content[0][0], content[-1][1], [(one.start, one.end) for one in quotes])
    return "mixed" if rest.split()[:1] == ["to"] else "direct"


def _cue_span(tokens: Tokens, one: Attribution) -> Span | None:
    low, high = one.cue
    if low >= high:
        return None
    if one.type == "denial" and high + 1 < len(tokens) and tokens[high + 1].word in SPEECH_NOUNS:
        high += 2
    return _chars(tokens, (low, high))


def _chain(text: str, tokens: Tokens, one: Attribution, speakers: Speakers) -> list[Hop]:
    own = [(one.source, one.whole)] if one.source and one.whole else []
    parts = [*((part, part) for part in reversed(one.outer)), *own, *((part, part) for part in one.inner)]
    found: list[Hop] = []
    for part, whole in parts:
        span = _chars(tokens, part)
        speakers.at = span[0]
        hop = hop_of(text[slice(*span)], text[slice(*_chars(tokens, whole))], speakers)
        if hop and not (found and hop.name == found[-1].name):
            if (
                part in one.outer or (one.lemma == "quote" and one.inner and part == one.source)
            ) and _is_outlet(hop):
                hop = replace(hop, kind="outlet")
            found.append(replace(hop, written=" ".join(text[slice(*span)].split()), span=span))
    return found


def _is_outlet(hop: Hop) -> bool:
    """Tells that a body which passes on what others say is one that publishes: "Tolo quoted a source"."""
    return (
        hop.kind == "organisation" and hop.terms == "named" and " " not in hop.name and hop.name[:1].isupper()
    )


def _outside(text: str, low: int, high: int, content: Sequence[Span]) -> str:
    pieces, at = [], low
    for start, end in sorted(content):
        pieces.append(text[at:start])
        at = max(at, end)
    pieces.append(text[at:high])
    return " ".join(pieces)


def _polarity(tokens: Tokens, one: Attribution) -> Polarity:
    if one.type == "denial":
        return "denies"
    words = {token.word for token in tokens[one.cue[1] : one.cue[1] + 14]}
    return "cannot confirm" if words & _CHECKING and words & _UNABLE else "asserts"


def _attributed(
    text: str,
    tokens: Tokens,
    one: Attribution,
    span: Span,
    quotes: Sequence[Quotation],
    speakers: Speakers,
    place: tuple[int, str],
) -> Draft:
    whole = [_chars(tokens, part) for part in one.content if part[0] < part[1]]
    # What begins another assertion of the sentence is no part of this one.
    content = [
        (max(low, span[0]), min(high, span[1])) for low, high in whole if low < span[1] and high > span[0]
    ]
    speakers.context = text[span[0] : tokens[one.whole[0]].start] if one.whole else ""
    chain = _chain(text, tokens, one, speakers)
    spoken = "all" if one.side == "all" else one.side
    clause = text[span[0] : span[1]] if spoken == "all" else _outside(text, *span, content)
    draft = Draft(
        *span,
        *place,
        chain,
        mode_of(text, content, quotes),
        _cue_span(tokens, one),
        one.type,
        _chars(tokens, one.source) if one.source else None,
        content,
        _polarity(tokens, one),
    )
    draft.channel = channel_in(clause)
    if (
        draft.mode == "indirect"
        and one.type == "denial"
        and any(span[0] <= q.start < span[1] for q in quotes)
    ):
        draft.mode = "mixed"  # dismissed as "pure invention" reports that ...
    if not chain:
        draft.mode, draft.cue_span, draft.cue_type = "own-voice", None, None
    for hop in chain:
        if hop.kind not in ("document", "media"):
            speakers.heard(hop)
    return draft


def _first_token(tokens: Tokens, one: Attribution) -> int:
    starts = [low for low, _ in one.content] + [one.cue[0]]
    starts += [one.whole[0]] if one.whole else []
    return one.cut if one.cut is not None else min(starts)


def _signed_or_headed(tokens: Tokens, part: str, speakers: Speakers) -> list[Attribution]:
    """Reads what has no cue word: a headline with a colon, and a quotation signed behind a dash."""
    signed = quote_and_dash(tokens)
    headed = headline_colon(tokens, speakers.names.knows) if part == "heading" and not signed else None
    return [one for one in (signed, headed) if one]


def drafts_of(
    text: str, sentence: Span, quotes: Sequence[Quotation], speakers: Speakers, place: tuple[int, str]
) -> list[Draft]:
    """Returns the assertions of one sentence: one, or several that stand side by side."""
    start, end = sentence
    if (
        not quotes
        and ":" not in text[start : end if place[1] == "heading" else start + 40]
        and TRIGGERS.isdisjoint(text[start:end].lower().replace(",", " ").replace(".", " ").split())
    ):
        speakers.note_subject(sentence)
        return [Draft(start, end, *place)]
    if len(quotes) == 1 and quotes[0].start == start and quotes[0].end >= end - 1:
        return [Draft(start, end, *place, content=[sentence], quoted_only=True, unclosed=quotes[0].unclosed)]
    tokens = tokens_of(text, sentence, [(quote.start, quote.end) for quote in quotes])
    found = attributions_in(tokens) if tokens else []
    if not found and tokens:
        found = _signed_or_headed(tokens, place[1], speakers)
    if not found:
        speakers.note_subject(sentence)
        return [Draft(start, end, *place)]
    cuts = [start]
    for one in found[1:]:
        at = tokens[_first_token(tokens, one)].start
        cuts.append(at if at > cuts[-1] else cuts[-1])
    cuts.append(end)
    drafts = []
    for at, one in enumerate(found):
        low, high = cuts[at], cuts[at + 1]
        while high > low and text[high - 1].isspace():
            high -= 1
        if low < high:
            drafts.append(_attributed(text, tokens, one, (low, high), quotes, speakers, place))
    return drafts


def with_quotes(
    sentences: Sequence[Span], quotes: Sequence[Quotation]
) -> Iterator[tuple[Span, list[Quotation]]]:
    """Yields each sentence of a paragraph with the quotations that lie inside it."""
    at = 0
    for sentence in sentences:
        inside = []
        while at < len(quotes) and quotes[at].start < sentence[1]:
            if quotes[at].end <= sentence[1]:
                inside.append(quotes[at])
            at += 1
        yield sentence, inside


def drafts_of_turn(text: str, number: int, paragraph: Span, turn: Turn, speakers: Speakers) -> list[Draft]:
    """Returns the assertions of one turn of a transcript: its speaker comes first in every chain."""
    quotes = [one for one in quotations_in(text, paragraph) if one.start >= turn.start]
    body = (turn.start, paragraph[1])
    found: list[Draft] = []
    speaker = speaker_of(turn.name, turn.label, speakers)
    at = text.index(":", turn.label[1]) if turn.label else -1
    colon = (at, at + 1) if turn.label else None
    for sentence, inside in with_quotes(sentences_of(text, body, quotes), quotes):
        for draft in drafts_of(text, sentence, inside, speakers, (number, "body")):
            if not draft.chain:
                draft.mode, draft.content = "direct", [(draft.start, draft.end)]
                draft.cue_span, draft.cue_type, draft.source_span = colon, "neutral", turn.label
            draft.chain = [speaker, *draft.chain]
            draft.quoted_only = draft.unclosed = False
            found.append(draft)
    speakers.heard(speaker)
    if found and turn.label:
        found[0].start = paragraph[0]
    return found
