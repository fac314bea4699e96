"""Reads an article from start to end and returns its assertions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from verify.spotting.assertion import Assertion, DateMention, Part, Span
from verify.spotting.checkworthiness import check_worthiness
from verify.spotting.dates import dates_in
from verify.spotting.drafts import Draft, drafts_of, drafts_of_turn, with_quotes
from verify.spotting.furniture import (
    Credit,
    dateline_of,
    dateline_place,
    handle_of,
    is_bare_heading,
    parted_embed,
    place_of,
)
from verify.spotting.names import Names, names_in
from verify.spotting.neighbours import joined, settle_caveats, settle_embeds, settle_quotations, settle_terms
from verify.spotting.places import Places
from verify.spotting.propositions import proposition
from verify.spotting.quantities import quantities_in
from verify.spotting.quotations import quotations_in
from verify.spotting.sentences import paragraphs_of, sentences_of
from verify.spotting.speakers import Speakers
from verify.spotting.tagger import Reading
from verify.spotting.tagger import load as trained_tagger
from verify.spotting.together import Attributed, Heard, attributions, complete
from verify.spotting.transcripts import turns_of

_WORD = re.compile(r"[^\W_]")
_SPACE = re.compile(r"\s+")
_PASSES = 2  # the rules read a text twice: for what is said, and for what goes with it
Progress = Callable[[int, int], None]  # told how far the reading is: characters done, and in all


@dataclass(slots=True)
class _Reading:
    """What one pass over a text found, before its parts have their say about each other."""

    names: Names
    drafts: list[Draft] = field(default_factory=list)
    signatures: dict[int, tuple[str, str | None]] = field(default_factory=dict)  # of embedded posts
    datelines: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """What one reading of a text gives: assertions for the desk, and every attribution, words of intent too."""

    assertions: list[Assertion]
    attributions: list[Attributed]


def spot(
    text: str, *, published_on: date | None = None, progress: Progress | None = None, trained: bool = True
) -> list[Assertion]:
    """Returns the assertions of a text in order; their spans never overlap and read back exactly.

    A long text takes seconds: `progress` is told now and then how far it is, and may raise to end it. With `trained`
    false, or where the trained tagger cannot run, the rules work alone.
    """
    return find(text, published_on=published_on, progress=progress, trained=trained).assertions


def find(
    text: str, *, published_on: date | None = None, progress: Progress | None = None, trained: bool = True
) -> Found:
    """Does what `spot` does, and returns the bare attributions too: source, cue and content of each."""
    tell = progress or _untold
    tagger = trained_tagger() if trained else None
    if tagger is None:
        return _find(text, published_on, None, lambda done: tell(done, _PASSES * len(text)))
    total = (_PASSES + 1) * len(text)
    learnt = tagger.read(text, lambda done, _: tell(done, total))
    return _find(text, published_on, learnt, lambda done: tell(len(text) + done, total))


def _find(text: str, published_on: date | None, learnt: Reading | None, tell: Callable[[int], None]) -> Found:
    heard = learnt.tagged if learnt else []
    reading = _read(text, Heard(heard), tell)
    drafts = reading.drafts
    settle_quotations(text, drafts)
    settle_embeds(drafts, reading.signatures)
    settle_caveats(text, drafts)
    settle_terms(text, drafts)
    places = Places(text, reading.names, reading.datelines)
    found: list[Assertion] = []
    named: date | None = None  # the day named last in this paragraph or the one before
    paragraph = 0
    for draft in joined(text, drafts):
        if _WORD.search(text, draft.start, draft.end):
            named = named if draft.paragraph - paragraph <= 1 else None
            dates = dates_in(text, draft.start, draft.end, published_on, named)
            found.append(_finish(text, draft, dates, places, learnt))
            days = [mention.day for mention in dates if mention.day]
            named, paragraph = date.fromisoformat(days[-1]) if days else named, draft.paragraph
            tell(len(text) + draft.end)
    return Found(found, attributions(found, heard))


def _untold(_done: int, _total: int = 0) -> None:
    """Nobody asks how far the reading is."""


def credits_in(text: str) -> list[Credit]:
    """Returns the agencies that datelines and captions credit: where the text comes from, not who is quoted."""
    found = []
    for paragraph in paragraphs_of(text):
        place = place_of(text, paragraph)
        if place.credit and place.part in ("body", "caption"):
            at = text.find(place.credit, *paragraph)
            where = "dateline" if place.part == "body" else "caption"
            found.append(Credit(place.credit, at, at + len(place.credit), where))
    return found


def _read(text: str, heard: Heard, tell: Callable[[int], None]) -> _Reading:
    reading = _Reading(names_in(text))
    speakers = Speakers(reading.names, text)
    paragraphs = paragraphs_of(text)
    turns = turns_of(text, paragraphs)
    for number, paragraph in enumerate(paragraphs):
        if number in turns:
            reading.drafts += drafts_of_turn(text, number, paragraph, turns[number], speakers)
            continue
        if parted := parted_embed(text, paragraph):
            paragraph, signature = parted
            signed = place_of(text, signature)
            reading.signatures[number + 1] = (signed.credit or "", handle_of(text, signature))
        place = place_of(text, paragraph)
        if place.part == "signature":
            reading.signatures[number] = (place.credit or "", handle_of(text, paragraph))
        if place.part in ("furniture", "signature"):
            continue
        if named := dateline_place(text, paragraph):
            reading.datelines.append(named)
        reading.drafts += _read_paragraph(text, (number, place.part), paragraph, heard, speakers)
        tell(paragraph[1])
    return reading


def _read_paragraph(
    text: str, place: tuple[int, str], paragraph: Span, heard: Heard, speakers: Speakers
) -> list[Draft]:
    quotes = list(quotations_in(text, paragraph))
    part = place[1]
    if part == "heading" and not quotes and is_bare_heading(text, paragraph):
        return []
    start = dateline_of(text, paragraph)[0]
    first = paragraph[0]
    found: list[Draft] = []
    sentences = (
        [paragraph] if part in ("heading", "caption") else sentences_of(text, (start, paragraph[1]), quotes)
    )
    for sentence, inside in with_quotes(sentences, quotes):
        drafts = drafts_of(text, sentence, inside, speakers, place)
        complete(text, drafts, heard.within(sentence), inside, speakers)
        found += drafts
    if found and found[0].start == start:
        found[0].start = first
    return found


def _finish(
    text: str, draft: Draft, dates: tuple[DateMention, ...], places: Places, learnt: Reading | None
) -> Assertion:
    quantities = quantities_in(text, draft.start, draft.end)
    statement = proposition(text, draft)
    part: Part = draft.part if draft.part in ("heading", "caption", "embed") else "body"  # type: ignore[assignment]  # a str narrowed by the test
    score, reasons = check_worthiness(
        statement,
        quantities,
        attributed=bool(draft.chain),
        denied=draft.polarity == "denies",
        caveat=draft.caveat_span is not None,
        part=part,
        learnt=learnt.worth(draft.start, draft.end) if learnt else None,
    )
    caveat = _SPACE.sub(" ", text[slice(*draft.caveat_span)]) if draft.caveat_span else None
    cue = _SPACE.sub(" ", text[slice(*draft.cue_span)]) if draft.cue_span else None
    return Assertion(
        start=draft.start,
        end=draft.end,
        statement=statement,
        chain=tuple(draft.chain),
        mode=draft.mode,
        cue=cue,
        cue_type=draft.cue_type,
        polarity=draft.polarity,
        channel=draft.channel,
        caveat=caveat,
        caveat_span=draft.caveat_span,
        quantities=quantities,
        dates=dates,
        places=places.within(draft.start, draft.end),
        check_worthiness=score,
        reasons=reasons,
        part=part,
        source_span=draft.source_span,
        cue_span=draft.cue_span,
        content=tuple(draft.content) if draft.chain else (),
        method=draft.finder,
    )
