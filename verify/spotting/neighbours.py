"""What the neighbours of an assertion settle: speakers of lone quotations, warnings, accounts, anonymity."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from verify.spotting.assertion import Hop
from verify.spotting.caveats import caveat_in, is_only_caveat, looks_back_on_many
from verify.spotting.drafts import Draft
from verify.spotting.kinds import kind_of
from verify.spotting.names import Names

_SPACE = re.compile(r"\s+")
_ANONYMITY = re.compile(
    r"\bcondition of anonymity\b|\bnot (?:be )?authori[sz]ed to (?:speak|talk|discuss)|\bspoke anonymously\b|"
    r"\b(?:declin|refus)\w* to be (?:named|identified)|\basked "
    r"not to be (?:named|identified)|\bon background\b|"
    r"\b(?:not to be|without being) (?:named|identified)\b",
    re.IGNORECASE,
)
_MARKS = "\"“”„«»‘’'` \t\n"


def settle_quotations(text: str, drafts: list[Draft]) -> None:
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
    _settle_headings(text, drafts)


def _settle_headings(text: str, drafts: list[Draft]) -> None:
    """Gives a heading that only quotes to whoever says the same words in the article."""
    lone = [one for one in drafts if one.part == "heading" and one.quoted_only and not one.chain]
    if not lone:
        return
    spoken = {_bare(text[slice(*span)]): one for one in drafts if one.chain for span in one.content}
    contents = sorted(spoken)
    for draft in lone:
        inner = _bare(text[draft.start : draft.end])
        at = bisect_left(contents, inner)
        if inner and at < len(contents) and contents[at].startswith(inner):
            _speak(draft, spoken[contents[at]])


def _bare(piece: str) -> str:
    return _SPACE.sub(" ", piece.strip(_MARKS).rstrip(".,;")).lower()


def _opens(text: str, draft: Draft) -> bool:
    return text[draft.start] in "\"“«„‘'"


def _speak(draft: Draft, owner: Draft) -> None:
    draft.chain, draft.mode = list(owner.chain), "direct"


def settle_embeds(drafts: list[Draft], signatures: dict[int, tuple[str, str | None]]) -> None:
    """Puts the account of an embedded post before the chains of the paragraph it signs."""
    names = Names()
    for draft in drafts:
        signed = signatures.get(draft.paragraph + 1)
        if not signed or draft.part not in ("body", "heading"):
            continue
        name, handle = signed[0] or signed[1] or "", signed[1]
        if not name:
            continue
        kind = kind_of(name, name.split()[-1] if name else "", names)
        hop = Hop(
            name,
            "outlet" if kind == "outlet" or _sounds_like_outlet(name) else "account",
            aliases=(handle,) if handle and handle != name else (),
        )
        draft.part, draft.channel = "embed", draft.channel or "tweet"
        draft.mode = draft.mode if draft.chain else "direct"
        draft.chain = [hop, *draft.chain]


def _sounds_like_outlet(name: str) -> bool:
    return bool(
        {"news", "world", "now", "tv", "times", "media", "press", "bbc", "post", "live", "breaking"}
        & set(name.lower().split())
    )


def settle_caveats(text: str, drafts: list[Draft]) -> None:
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


def settle_terms(text: str, drafts: list[Draft]) -> None:
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
            hop = owner.chain[-1]
            hidden = hop.terms == "unnamed" and hop.kind in ("person", "organisation")
            owner.chain[-1] = replace(
                hop, terms="on condition of anonymity", kind="anonymous" if hidden else hop.kind
            )


def joined(text: str, drafts: list[Draft]) -> list[Draft]:
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
