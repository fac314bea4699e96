"""Assertions in the making: what one sentence says, before the text around it has its say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from verify.spotting.assertion import CueType, Hop, Mode, Polarity, Span
from verify.spotting.attributions import attributions_in
from verify.spotting.chains import Speakers, hop_of
from verify.spotting.channels import channel_in
from verify.spotting.cues import SPEECH_NOUNS, TRIGGERS
from verify.spotting.phrases import Range, Tokens
from verify.spotting.quotations import Quotation
from verify.spotting.reporting import Attribution
from verify.spotting.tokens import tokens_of


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
    return "direct" if quoted >= 0.9 * total else "mixed"


def _cue_span(tokens: Tokens, one: Attribution) -> Span | None:
    low, high = one.cue
    if low >= high:
        return None
    if one.type == "denial" and high + 1 < len(tokens) and tokens[high + 1].word in SPEECH_NOUNS:
        high += 2
    return _chars(tokens, (low, high))


def _chain(text: str, tokens: Tokens, one: Attribution, speakers: Speakers) -> list[Hop]:
    hops: list[Hop | None] = []
    for part in reversed(one.outer):
        written = text[slice(*_chars(tokens, part))]
        hops.append(hop_of(written, written, speakers))
    if one.source and one.whole:
        hops.append(
            hop_of(
                text[slice(*_chars(tokens, one.source))], text[slice(*_chars(tokens, one.whole))], speakers
            )
        )
    for part in one.inner:
        written = text[slice(*_chars(tokens, part))]
        hops.append(hop_of(written, written, speakers))
    found = [hop for hop in hops if hop]
    return [hop for at, hop in enumerate(found) if at == 0 or hop.name != found[at - 1].name]


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
    words = [token.word for token in tokens[one.cue[1] : one.cue[1] + 12]]
    unsure = "confirm" in words and ("not" in words or "cannot" in words or "unable" in words)
    return "cannot confirm" if unsure else "asserts"


def _attributed(
    text: str,
    tokens: Tokens,
    one: Attribution,
    span: Span,
    quotes: Sequence[Quotation],
    speakers: Speakers,
    place: tuple[int, str],
) -> Draft:
    content = [_chars(tokens, part) for part in one.content if part[0] < part[1]]
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


def _note_subject(text: str, sentence: Span, speakers: Speakers) -> None:
    """Remembers the person who is the subject of a sentence without attribution: "he" may mean them next."""
    words = [word.strip(",.") for word in text[sentence[0] : min(sentence[1], sentence[0] + 80)].split()[:4]]
    for length in range(len(words), 0, -1):
        name = speakers.names.full(" ".join(words[:length]))
        if name in speakers.names.people:
            speakers.person = speakers.last = Hop(name, "person")
            return


def drafts_of(
    text: str, sentence: Span, quotes: Sequence[Quotation], speakers: Speakers, place: tuple[int, str]
) -> list[Draft]:
    """Returns the assertions of one sentence: one, or several that stand side by side."""
    start, end = sentence
    if (
        not quotes
        and ":" not in text[start : start + 40]
        and TRIGGERS.isdisjoint(text[start:end].lower().replace(",", " ").replace(".", " ").split())
    ):
        _note_subject(text, sentence, speakers)
        return [Draft(start, end, *place)]
    if len(quotes) == 1 and quotes[0].start == start and quotes[0].end >= end - 1:
        return [Draft(start, end, *place, content=[sentence], quoted_only=True, unclosed=quotes[0].unclosed)]
    tokens = tokens_of(text, sentence, [(quote.start, quote.end) for quote in quotes])
    found = attributions_in(tokens) if tokens else []
    if not found:
        _note_subject(text, sentence, speakers)
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
