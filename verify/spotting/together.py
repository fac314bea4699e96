"""Rules and tagger together: which part speaks for a sentence.

Where the rules find an attribution they decide, for they give chains, which the tagger does not know. Where they find
none and the tagger does, its cue, source and content become the sentence's attribution; the rules still say who the
source is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from verify.spotting.assertion import METHOD, VERSION, Assertion, CueType, Span
from verify.spotting.chains import hop_of
from verify.spotting.cues import CUES
from verify.spotting.drafts import Draft, mode_of
from verify.spotting.grammar import words_of
from verify.spotting.quotations import Quotation
from verify.spotting.speakers import Speakers
from verify.spotting.tagger import Tagged, load

TAGGER = "tagger"
SURE = 0.8  # confidence from which the tagger's word is taken for a sentence in which the rules heard nobody
# Share of the content in quotation marks, and the least confidence then: the marks speak for an attribution too.
_LEAST_SURE = ((0.9, 0.25), (0.01, 0.4), (0.0, 0.5))
_SAME = 0.5  # of two contents: from here on they are one, as the scorers of attribution have it
_LEAST = 4  # words of content; "called a hoax" reports no statement
_BELIEVING = words_of(
    "convinced worried afraid confident concerned certain sure hopeful sceptical skeptical adamant wary"
)
_NOBODY = words_of("who which that it one this these those")  # a chain needs somebody to look for
_SILENT = words_of("not never n't no refused refuses refusing declined declines declining asked aware")


def method(*, trained: bool = True) -> str:
    """Returns what spots today with its version: rules and tagger, or the rules where the tagger cannot run."""
    return f"{METHOD}+{TAGGER}/{VERSION}" if trained and load() else f"{METHOD}/{VERSION}"


@dataclass(frozen=True, slots=True)
class Attributed:
    """Source, cue and content of one attribution, and which part found it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    method: str

    def as_record(self) -> dict[str, Any]:
        """Returns plain JSON values, lists of [start, end], as attribution scorers read them."""
        return {"source": self.source, "cue": self.cue, "content": self.content}


def attributions(found: Sequence[Assertion], heard: Sequence[Tagged]) -> list[Attributed]:
    """Returns the attributions of both parts in the order of the text.

    The tagger's come first, for its limits are finer. Of the rules' those are added whose content it did not touch,
    and of quotations also those that it cut otherwise: there the marks are on the side of the rules.
    """
    sure = [one for one in heard if one.confidence >= _least(one)]
    merged = [Attributed(one.source, (one.cue,), one.content, TAGGER) for one in sure]
    taken = sorted((span, at) for at, one in enumerate(sure) for span in one.content)
    for one in found:
        if one.content and one.method == METHOD:
            rivals = _rivals(taken, one.content)
            if one.mode == "direct":
                rivals = {at for at in rivals if _alike(sure[at].content, one.content) >= _SAME}
            if not rivals:
                source = (one.source_span,) if one.source_span else ()
                cue = (one.cue_span,) if one.cue_span else ()
                merged.append(Attributed(source, cue, one.content, METHOD))
    return sorted(merged, key=lambda one: one.content)


def _least(one: Tagged) -> float:
    """Returns the confidence from which an attribution counts: quotation marks speak for it too."""
    return next(confidence for share, confidence in _LEAST_SURE if one.quoted >= share)


def _rivals(taken: Sequence[tuple[Span, int]], spans: Sequence[Span]) -> set[int]:
    """Returns the numbers of those in `taken`, sorted by span and apart, that share a character with `spans`."""
    rivals: set[int] = set()
    for start, end in spans:
        at = bisect_left(taken, ((end, end), 0)) - 1
        while at >= 0 and taken[at][0][1] > start:
            rivals.add(taken[at][1])
            at -= 1
    return rivals


def _alike(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Returns the characters that both have, as a share of those that either has."""
    size = sum(end - start for start, end in (*one, *other))
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    return shared / (size - shared)


class Heard:
    """What the tagger heard in one text, handed out in the order in which the text is read."""

    def __init__(self, tagged: Sequence[Tagged]) -> None:
        """Takes attributions in the order of their cues."""
        self._tagged = tagged
        self._at = 0

    def within(self, span: Span) -> list[Tagged]:
        """Returns the attributions whose cue stands in `span`; spans must be asked for from left to right."""
        while self._at < len(self._tagged) and self._tagged[self._at].cue[0] < span[0]:
            self._at += 1
        found = []
        for one in self._tagged[self._at :]:
            if one.cue[0] >= span[1]:
                break
            found.append(one)
        return found


def complete(
    text: str, drafts: list[Draft], heard: Sequence[Tagged], quotes: Sequence[Quotation], speakers: Speakers
) -> None:
    """Gives the drafts of one sentence in which the rules heard nobody the attribution that the tagger heard."""
    for draft in drafts:
        if draft.chain or draft.quoted_only or draft.part != "body":
            continue
        sure = [one for one in heard if _speaks_for(text, one, draft)]
        if sure:
            _attribute(text, draft, max(sure, key=lambda one: one.confidence), quotes, speakers)


def _speaks_for(text: str, one: Tagged, draft: Draft) -> bool:
    """Tells whether an attribution is sure, names a source, and lies within the draft with enough words."""
    if one.confidence < SURE or not one.source or _is_silent(text[slice(*one.cue)]):
        return False
    if text[slice(*one.source[0])].lower() in _NOBODY:
        return False
    low, high = min(one.content)[0], max(one.content)[1]
    if (
        low < draft.start
        or high > draft.end
        or one.source[0][0] < draft.start
        or one.source[-1][1] > draft.end
    ):
        return False
    return len(text[low:high].split()) >= _LEAST and not text[low:high].startswith("to ")


def _is_silent(cue: str) -> bool:
    """Tells whether a cue reports that somebody said nothing: "declined to say", "did not respond to"."""
    words = cue.lower().replace("n't", " n't").replace("n’t", " n't").split()
    return not _SILENT.isdisjoint(words)


def _attribute(text: str, draft: Draft, one: Tagged, quotes: Sequence[Quotation], speakers: Speakers) -> None:
    source = one.source[0]
    written = " ".join(text[slice(*source)].split())
    speakers.at = source[0]
    hop = hop_of(written, written, speakers)
    if hop is None:
        return
    draft.chain = [replace(hop, written=written, span=source)]
    draft.content = _without_that(text, one.content)
    draft.source_span, draft.cue_span = source, one.cue
    draft.cue_type = cue_type(text[slice(*one.cue)])
    draft.polarity = "denies" if draft.cue_type == "denial" else "asserts"
    draft.mode = mode_of(text, draft.content, quotes)
    draft.finder = TAGGER
    if hop.kind not in ("document", "media"):
        speakers.heard(hop)


def _without_that(text: str, content: Sequence[Span]) -> list[Span]:
    """Leaves away the "that" with which a reported clause begins, as the rules do."""
    (start, end), *rest = content
    return (
        [(start + 5, end), *rest]
        if text[start : min(start + 6, end)].lower().startswith("that ")
        else [*content]
    )


def cue_type(words: str) -> CueType:
    """Returns the type of the last word of a cue that has one; a cue without one is neutral."""
    for word in reversed(words.lower().split()):
        if word in CUES:
            return CUES[word].type
        if word in _BELIEVING:
            return "belief"
    return "neutral"
