"""Words what was said as a proposition that stands by itself: without marks, links, and "he" or "to have"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verify.spotting.assertion import Hop, Span
from verify.spotting.drafts import Draft

_SPACE = re.compile(r"\s+")
_LINKS = re.compile(r"(?:#\w+)?https?://\S+|\bpic\.twitter\.com/\S+|(?<=\s)#\w+")
_TO_HAVE = re.compile(r"to have\b\s*", re.IGNORECASE)
_TO = re.compile(r"to\s+(?=[a-z])", re.IGNORECASE)
_HE = re.compile(r"(?:he|she)\b(?=\s+(?!said|says)[a-z])", re.IGNORECASE)
_THEY = re.compile(r"they\b(?=\s+[a-z])|it\b(?=\s+(?:had|has)\s)", re.IGNORECASE)
_PRONOUN = frozenset({"he", "she", "it", "they", "who", "we", "i"})


def proposition(text: str, draft: Draft) -> str:
    """Returns what the draft asserts, as one line."""
    spans: Sequence[Span] = draft.content if draft.chain and draft.content else [(draft.start, draft.end)]
    pieces = [text[start:end].strip() for start, end in spans]
    if draft.mode == "direct":
        pieces = [piece.lstrip("\"“„«'‘ ").rstrip("\"”»'’ ") for piece in pieces]
        pieces = [_ended(piece, follows) for piece, follows in zip(pieces, [*pieces[1:], ""], strict=True)]
    whole = _SPACE.sub(" ", text[draft.start : draft.end])
    said = _SPACE.sub(" ", _LINKS.sub("", " ".join(pieces))).strip()
    if draft.polarity == "denies" and len(said.split()) < 4:
        said = whole  # "rejected the claim" says what only as a whole
    elif draft.chain and draft.mode != "direct":
        said = _with_subject(text, draft, said)
    said = said.rstrip(" ,;:–—-")
    return said[:1].upper() + said[1:] if said else whole


def _ended(piece: str, follows: str) -> str:
    """A piece before the cue ends in a comma where its own sentence ended in a stop."""
    return f"{piece[:-1]}." if piece.endswith(",") and follows[:1].isupper() else piece


def _with_subject(text: str, draft: Draft, said: str) -> str:
    """Gives indirect speech the subject that its grammar leaves out or hides in a pronoun."""
    speaker = draft.chain[-1]
    if match := _TO_HAVE.match(said):
        return (
            f"{_written(text, draft)} {'has' if speaker.kind == 'person' else 'have'} {said[match.end() :]}"
        )
    if draft.cue_type == "promise" and (match := _TO.match(said)):
        return f"{_written(text, draft)} will {said[match.end() :]}"
    source = draft.source_span
    leaves_out = _TO.match(said) or said.split(" ", 1)[0].endswith("ing")
    # "He denied having fled" leaves it out, "Fighting went on, he said" does not.
    if leaves_out and source and draft.content and draft.content[0][0] >= source[1]:
        end = draft.content[-1][1]
        if draft.cue_span and draft.cue_span[0] > source[0]:
            return f"{_written(text, draft)} {_SPACE.sub(' ', text[draft.cue_span[0] : end])}"
        return _SPACE.sub(" ", text[source[0] : end])
    pronoun = _HE if speaker.kind == "person" else _THEY if speaker.kind == "organisation" else None
    match = pronoun.match(said) if pronoun else None
    return f"{_name(speaker)}{said[match.end() :]}" if match else said


def _written(text: str, draft: Draft) -> str:
    span = draft.source_span
    words = _SPACE.sub(" ", text[span[0] : span[1]]) if span else ""
    return _name(draft.chain[-1]) if not words or words.lower() in _PRONOUN else words


def _name(speaker: Hop) -> str:
    """The name with its article, where the text writes one."""
    with_article = (form for form in speaker.aliases if form.lower() == f"the {speaker.name.lower()}")
    return next(with_article, speaker.name)
