"""Reads an article from start to end and returns its assertions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from verify.spotting.assertion import Assertion, Hop, Part, Span
from verify.spotting.caveats import caveat_in, is_only_caveat, looks_back_on_many
from verify.spotting.chains import Speakers
from verify.spotting.checkworthiness import check_worthiness
from verify.spotting.dates import dates_in
from verify.spotting.drafts import Draft, drafts_of
from verify.spotting.furniture import Credit, Place, dateline_of, handle_of, is_bare_heading, place_of
from verify.spotting.names import Names, kind_of, names_in
from verify.spotting.propositions import proposition
from verify.spotting.quantities import quantities_in
from verify.spotting.quotations import quotations_in
from verify.spotting.sentences import paragraphs_of, sentences_of

_WORD = re.compile(r"[^\W_]")
_SPACE = re.compile(r"\s+")
_ANONYMITY = re.compile(
    r"\bcondition of anonymity\b|\bnot (?:be )?authori[sz]ed to (?:speak|talk|discuss)|\bspoke anonymously\b|"
    r"\b(?:declin|refus)\w* to be (?:named|identified)|\basked "
    r"not to be (?:named|identified)|\bon background\b|"
    r"\b(?:not to be|without being) (?:named|identified)\b",
    re.IGNORECASE,
)
Progress = Callable[[int, int], None]  # told how far the reading is: characters done, and in all
_MARKS = "\"“”„«»‘’'` \t\n"


def spot(text: str, *, published_on: date | None = None, progress: Progress | None = None) -> list[Assertion]:
    """Returns the assertions of a text in order; their spans never overlap and read back exactly.

    A long text takes seconds: `progress` is told paragraph by paragraph how far it is, and may raise to end it.
    """
    tell = progress or _untold
    drafts, signatures = _read(text, tell)
    _settle_quotations(text, drafts)
    _settle_embeds(drafts, signatures)
    _settle_caveats(text, drafts)
    _settle_terms(text, drafts)
    found: list[Assertion] = []
    for draft in _joined(text, drafts):
        if _WORD.search(text, draft.start, draft.end):
            found.append(_finish(text, draft, published_on))
            tell(len(text) + draft.end, 2 * len(text))
    return found


def _untold(_done: int, _total: int) -> None:
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


def _read(text: str, tell: Progress) -> tuple[list[Draft], dict[int, tuple[str, str | None]]]:
    """Reads every paragraph; also returns the accounts that sign the embedded posts before them."""
    speakers = Speakers(names_in(text))
    drafts: list[Draft] = []
    signatures: dict[int, tuple[str, str | None]] = {}
    for number, paragraph in enumerate(paragraphs_of(text)):
        place = place_of(text, paragraph)
        if place.part == "signature":
            signatures[number] = (place.credit or "", handle_of(text, paragraph))
        if place.part in ("furniture", "signature"):
            continue
        drafts += _read_paragraph(text, number, paragraph, place, speakers)
        tell(paragraph[1], 2 * len(text))
    return drafts, signatures


def _read_paragraph(text: str, number: int, paragraph: Span, place: Place, speakers: Speakers) -> list[Draft]:
    quotes = list(quotations_in(text, paragraph))
    if place.part == "heading" and not quotes and is_bare_heading(text, paragraph):
        return []
    start = dateline_of(text, paragraph)[0]
    first = paragraph[0]
    found: list[Draft] = []
    at = 0
    sentences = (
        [paragraph]
        if place.part in ("heading", "caption")
        else sentences_of(text, (start, paragraph[1]), quotes)
    )
    for sentence in sentences:
        inside = []
        while at < len(quotes) and quotes[at].start < sentence[1]:
            if quotes[at].end <= sentence[1]:
                inside.append(quotes[at])
            at += 1
        found += drafts_of(text, sentence, inside, speakers, (number, place.part))
    if found and found[0].start == start:
        found[0].start = first
    return found


def _settle_quotations(text: str, drafts: list[Draft]) -> None:
    """Gives a speaker to quotations that stand alone: the one who goes on after them, or who spoke before."""
    following: Draft | None = None
    for draft in reversed(drafts):
        if draft.chain:
            following = draft
        elif (
            draft.unclosed
            and following
            and 0 < following.paragraph - draft.paragraph <= 3
            and _opens(text, following)
        ):
            _speak(draft, following)
            following = draft
        elif not draft.quoted_only:
            following = None
    previous: Draft | None = None
    for draft in drafts:
        if draft.quoted_only and not draft.chain and previous and draft.part == "body":
            _speak(draft, previous)
        if draft.chain and draft.part == "body":
            previous = draft
        elif previous and draft.paragraph - previous.paragraph > 1:
            previous = None
    spoken = {_bare(text[slice(*span)]): draft for draft in drafts if draft.chain for span in draft.content}
    for draft in drafts:
        if draft.part == "heading" and draft.quoted_only and not draft.chain:
            inner = _bare(text[draft.start : draft.end])
            if owner := next(
                (one for content, one in spoken.items() if inner and content.startswith(inner)), None
            ):
                _speak(draft, owner)


def _bare(piece: str) -> str:
    return _SPACE.sub(" ", piece.strip(_MARKS).rstrip(".,;")).lower()


def _opens(text: str, draft: Draft) -> bool:
    return text[draft.start] in "\"“«„‘'"


def _speak(draft: Draft, owner: Draft) -> None:
    draft.chain, draft.mode = list(owner.chain), "direct"


def _settle_embeds(drafts: list[Draft], signatures: dict[int, tuple[str, str | None]]) -> None:
    """Puts the account of an embedded post before the chains of the paragraph it signs."""
    names = Names()
    for draft in drafts:
        signed = signatures.get(draft.paragraph + 1)
        if not signed or draft.part not in ("body", "heading"):
            continue
        name, handle = signed
        kind = kind_of(name, name.split()[-1] if name else "", names)
        hop = Hop(
            name,
            "outlet" if kind == "outlet" or _sounds_like_outlet(name) else "account",
            aliases=(handle,) if handle else (),
        )
        draft.part, draft.channel = "embed", draft.channel or "tweet"
        draft.mode = draft.mode if draft.chain else "direct"
        draft.chain = [hop, *draft.chain]


def _sounds_like_outlet(name: str) -> bool:
    return bool(
        {"news", "world", "now", "tv", "times", "media", "press", "bbc", "post", "live", "breaking"}
        & set(name.lower().split())
    )


def _settle_caveats(text: str, drafts: list[Draft]) -> None:
    """Ties each warning to what it is about: its own sentence, or the one before it."""
    for at, draft in enumerate(drafts):
        found = caveat_in(text, draft.start, draft.end)
        if not found or (
            draft.mode == "direct" and any(low <= found[0] < high for low, high in draft.content)
        ):
            continue  # what somebody says in a quotation is not the outlet's own warning
        if draft.chain or draft.quoted_only or not is_only_caveat(text, draft.start, draft.end, found):
            draft.caveat_span = found
            continue
        for earlier in _warned(text, drafts, at):
            earlier.caveat_span = earlier.caveat_span or found


def _warned(text: str, drafts: list[Draft], at: int) -> list[Draft]:
    draft = drafts[at]
    near = [
        one
        for one in drafts[max(0, at - 6) : at]
        if draft.paragraph - one.paragraph <= 1 and one.part == "body"
    ]
    if looks_back_on_many(text, draft.start, draft.end):
        last = near[-1].paragraph if near else 0
        return [one for one in near if one.chain and one.paragraph == last] or near[-1:]
    return near[-1:]


def _settle_terms(text: str, drafts: list[Draft]) -> None:
    """Marks sources that spoke on condition of anonymity, said here or in the next sentence."""
    for at, draft in enumerate(drafts):
        if not _ANONYMITY.search(text, draft.start, draft.end):
            continue
        owner = (
            draft
            if draft.chain
            else next((one for one in reversed(drafts[max(0, at - 2) : at]) if one.chain), None)
        )
        if owner:
            owner.chain[-1] = replace(owner.chain[-1], terms="on condition of anonymity")


def _joined(text: str, drafts: list[Draft]) -> list[Draft]:
    """Joins a quotation with its continuation in the same paragraph: "A," he said. "B."."""
    found: list[Draft] = []
    for draft in drafts:
        last = found[-1] if found else None
        if last and _continues(last, draft):
            last.end, last.content = draft.end, [*last.content, *draft.content]
            last.caveat_span = last.caveat_span or draft.caveat_span
            last.unclosed = draft.unclosed
        else:
            found.append(draft)
    return found


def _continues(last: Draft, draft: Draft) -> bool:
    return (
        draft.quoted_only
        and last.mode == "direct"
        and last.paragraph == draft.paragraph
        and last.part == draft.part
        and draft.chain == last.chain
        and bool(draft.chain)
    )


def _finish(text: str, draft: Draft, published_on: date | None) -> Assertion:
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
    )
    caveat = _SPACE.sub(" ", text[slice(*draft.caveat_span)]) if draft.caveat_span else None
    cue = _SPACE.sub(" ", text[slice(*draft.cue_span)]) if draft.cue_span else None
    return Assertion(
        draft.start,
        draft.end,
        statement,
        tuple(draft.chain),
        draft.mode,
        cue,
        draft.cue_type,
        draft.polarity,
        draft.channel,
        caveat,
        draft.caveat_span,
        quantities,
        dates_in(text, draft.start, draft.end, published_on),
        score,
        reasons,
        part,
        draft.source_span,
        draft.cue_span,
        tuple(draft.content) if draft.chain else (),
    )
