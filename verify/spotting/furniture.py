"""Recognises what surrounds an article: captions, credits, embedded posts, invitations to subscribe, headings."""

from __future__ import annotations

import re
from typing import NamedTuple

from verify.spotting.assertion import Span
from verify.spotting.grammar import AUXILIARIES, MONTHS, WEEKDAYS
from verify.spotting.names import AGENCIES

_FURNITURE = re.compile(
    r"""^(?:
      (?:https?://|www\.|pic\.twitter\.com)\S*$
    | (?:remote\ video\ url|advertisement|ad|share(?:\ this.*)?|print|comments?
        |loading.*|video|watch(?:\ (?:live|video))?|gallery|listen)$
    | (?:read|see|watch|also\ read|also|related
        |more\ on\ this|recommended|listen|in\ pictures|explainer|dive\ in)
        \s*(?:more|also|here|next|stories|articles)?\s*[:|»].{0,160}$
    | (?:read\ more|see\ also|also\ read|click\ here|tap\ here
        |swipe|scroll\ down|continue\ reading|read\ the\ rest|read\ the\ full).{0,160}$
    | (?:sign\ up|subscribe|join|follow|download|get|like|register|log\ in
        |donate|support\ (?:our|us))\b
        .{0,120}\b(?:newsletters?|telegram|channel|updates?|coverage|thread|app
            |alerts?|whatsapp
            |twitter|facebook|instagram|inbox|us\ on|breaking\ news|youtube)\b.{0,160}$
    | (?:this|the)\ (?:article|story|piece|report)
        \ (?:has\ been\ |was\ |is\ |have\ been\ )?(?:first\ |originally\ |also\ )*
        (?:adapted|published|appeared|updated|amended|corrected|produced|translated
        |syndicated|sponsored|part\ of)\b.{0,160}$
    | \(?(?:(?:additional\ )?(?:reporting|writing|editing|compiled)\ by
        |with\ (?:inputs|input|reporting|files)\ from|with\ agenc).{0,240}$
    | (?:©|\(c\)|copyright\b|all\ rights\ reserved).{0,200}$
    | (?:source|sources|tags?|topics?|filed\ under|credit|photo|image|pic|picture)s?\s*:\s*.{0,120}$
    | (?:by|posted\ by|written\ by)\ [A-Z][\w.'’-]*(?:\ [A-Z][\w.'’-]*){1,3}(?:\s*[,|].{0,60})?$
    | (?:published|updated|posted|last\ (?:updated|modified))\b.{0,60}\d.{0,30}$
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_EMBED = re.compile(r"^\s*[—–-]+\s*(?P<name>[^()\n]{1,80}?)\s*\((?P<handle>@\w{1,30})\)\s*(?P<date>.{0,40})$")
_CAPTION = re.compile(
    r"(?:\(?\b(?:PHOTO|Photo|Photograph|PHOTOS|Image|IMAGE|"
    r"Picture|Credit|FILE PHOTO)\b(?:\s+by|\s*:|/)|©\s?\w|"
    r"\b(?:AP|AFP|Reuters|REUTERS|EPA|Getty(?:\s+Images)?)\s?/\s?[\w "
    r".]{2,40}\)?$|/\s?Getty(?:\s+Images)?\)?$|"
    r"\((?:AP|AFP|Reuters|REUTERS|Getty Images)\s?(?:Photo)?[^)]{0,40}\)$|^FILE\s*[-–—:])"
)
_DATELINE = re.compile(
    r"(?P<place>[A-Z][A-Za-z.'’-]*(?:[ "
    r",]+[A-Z][A-Za-z.'’-]*){0,4}(?:,\s+[A-Z]?[a-z]+\.?(?:\s\d{1,2})?)?)?\s*"
    r"(?:[,(\[]\s*(?P<agency>[A-Za-z][\w/& .-]{1,30}?)\s*[)\]]\s*)?(?P<dash>[-–—]{1,2})\s+(?=[\"“‘'A-Z])"
)
_CREDIT = re.compile(
    r"\b(Reuters|REUTERS|AFP|Associated Press|AP|Agence France-Presse|"
    r"TASS|Tass|Xinhua|Anadolu|dpa|EFE|ANI|PTI|UPI|Interfax|Bloomberg)\b"
)


_STOP_INSIDE = re.compile(r"[a-z]{3}[.!?][\"”’']?\s+[A-Z“‘\"]")


_INLINE_EMBED = re.compile(
    r"\s*(?:—|–|--|&mdash;)\s?[^()\n—–]{1,80}?\s*\(@\w{1,30}\)\s*"
    r"(?:[A-Z][a-z]+\s\d{1,2},\s\d{4}|\d{1,2}\s[A-Z][a-z]+\s\d{4})\s*\Z"
)


class Place(NamedTuple):
    """What a paragraph is, where its prose begins, and who is credited by it."""

    part: str  # "body" | "heading" | "caption" | "embed" | "furniture" | "signature"
    start: int
    credit: str | None = None


class Credit(NamedTuple):
    """An agency credited by a dateline, a caption or a closing line."""

    agency: str
    start: int
    end: int
    where: str


def dateline_of(text: str, paragraph: Span) -> tuple[int, str | None]:
    """Returns where the prose begins after a dateline, and the agency it names."""
    match = _DATELINE.match(text, paragraph[0], min(paragraph[1], paragraph[0] + 120))
    if not match or not (match["place"] or match["agency"]):
        return paragraph[0], None
    place = match["place"] or ""
    agency = match["agency"]
    if not agency and place.split(",")[0].upper() != place.split(",")[0]:
        return paragraph[0], None
    if (
        agency
        and agency.split("/")[0].strip().lower() not in AGENCIES
        and not agency.isupper()
        and not _CREDIT.search(agency)
    ):
        return paragraph[0], None
    return match.end(), agency


def dateline_place(text: str, paragraph: Span) -> Span | None:
    """Returns where the place stands that a dateline names: "COLUMBUS, Ohio", without its date."""
    match = _DATELINE.match(text, paragraph[0], min(paragraph[1], paragraph[0] + 120))
    if not match or not match["place"] or dateline_of(text, paragraph)[0] == paragraph[0]:
        return None
    start, end = match.span("place")
    parts = match["place"].split(",")
    last = parts[-1].split()[0].rstrip(".").lower() if len(parts) > 1 and parts[-1].split() else ""
    return (start, end - len(parts[-1]) - 1) if last in MONTHS or last in WEEKDAYS else (start, end)


def is_heading(text: str, paragraph: Span, alone: bool) -> bool:
    """A short line without a closing stop that stands between paragraphs."""
    start, end = paragraph
    return (
        alone
        and end - start <= 140
        and text[start:end].rstrip("\"”’'»)")[-1:] not in ".!?:;,…"
        and "\n" not in text[start:end]
        and not _STOP_INSIDE.search(text, start, end)
    )


def is_bare_heading(text: str, paragraph: Span) -> bool:
    """A heading that names a subject without saying anything about it."""
    words = text[paragraph[0] : paragraph[1]].lower().split()
    if any(word.endswith(":") for word in words[:-1]):
        return False
    return len(words) <= 6 and not any(
        word in AUXILIARIES
        or (
            word.endswith(("ed", "es", "ing"))
            and len(word) > 4
            and word not in ("forces", "united", "series")
        )
        or word in ("say", "says", "claim", "claims")
        for word in words
    )


def place_of(text: str, paragraph: Span) -> Place:
    """Judges one paragraph by itself."""
    start, end = paragraph
    if end - start <= 320:
        line = text[start:end]
        embed = _EMBED.match(line)
        if embed:
            return Place("signature", start, embed["name"].strip())
        if _FURNITURE.match(line) and not (line.endswith(('"', "”")) and len(line) > 120):
            return Place("furniture", start)
        if _CAPTION.search(line) and (end - start < 320):
            credit = _CREDIT.search(line)
            return Place("caption", start, credit.group() if credit else None)
    prose, agency = dateline_of(text, paragraph)
    if prose > start:
        return Place("body", prose, agency)
    return Place("heading" if is_heading(text, paragraph, True) else "body", start)


def parted_embed(text: str, paragraph: Span) -> tuple[Span, Span] | None:
    """Parts an embedded post from the account that signs it at the end of the same line."""
    start, end = paragraph
    if text[end - 4 : end].isdigit() and "(@" in text[max(start, end - 140) : end]:
        match = _INLINE_EMBED.search(text, max(start, end - 160), end)
        if match and match.start() > start:
            return (start, match.start()), (match.start(), end)
    return None


def handle_of(text: str, paragraph: Span) -> str | None:
    """Returns the account named by the closing line of an embedded post."""
    match = _EMBED.match(text[paragraph[0] : paragraph[1]])
    return match["handle"] if match else None
