"""Finds how a source spoke: a tweet, a Facebook page, a statement, an interview."""

from __future__ import annotations

import re

_PLACES = (
    "Twitter|Facebook|Telegram|WhatsApp|Instagram|YouTube|TikTok|"
    "Truth Social|Weibo|LinkedIn|Snapchat|Reddit|Signal|X"
)
_NOUNS = (
    "tweets?|statements?|news conference|press conference|press "
    "briefing|briefing|press release|news release|interview|"
    "speech|televised address|address|letter|conference call|earnings call|opening statement|e-?mails?|memo|text "
    "message|voice message|audio message|message|post|blog post|"
    "op-ed|podcast|telephone call|phone call|call|telephone|phone|radio address|broadcast|"
    "video message|video|testimony|affidavit|court filing|filing|rally|memoir|hearing|remarks"
)
_CHANNEL = re.compile(
    rf"\b(?:[Ii]n|[Oo]n|[Vv]ia|[Aa]t|[Dd]uring|[Tt]hrough|by|over|from)\s+(?:(?:an?|"
    rf"the|his|her|its|their|another|one of (?:its|his|her|their)|"
    rf"(?:(?!which\b|that\b)[\w-]+\s+){{0,2}}?[\w-]+[’']s?)\s+){{0,3}}"
    rf"((?:(?:{_PLACES})(?:\s+(?:page|account|accounts|post|posts|message|channel|feed|thread|video))?|"
    rf"(?:[\w-]+\s+){{0,2}}?(?:{_NOUNS})(?:\s+(?:on|to|via)\s+(?:the\s+)?(?:{_PLACES}))?))\b(?!-)"
)
_TOLD = re.compile(
    r"\b(?:told|tells|telling)\s+(?:an?|the|his|her|its|their)\s+((?:[\w-]+\s+){0,2}?"
    r"(?:news conference|press conference|briefing|rally|hearing|court|inquiry|inquest|conference|summit|"
    r"meeting|podcast))\b"
)
_STATEMENT_SUBJECT = re.compile(
    rf"\b(?:the|a|an|his|her|its|their|[\w-]+[’']s)\s+((?:[\w-]+\s+)?(?:statement|"
    rf"tweet|letter|post|message|memo|release)"
    rf"(?:\s+(?:posted\s+|published\s+)?on\s+(?:{_PLACES})(?:\s+page)?)?)\b"
)
_TWEETED = re.compile(r"\b(?:re)?tweet(?:ed|s|ing)\b", re.IGNORECASE)
_DULL = re.compile(
    r"^(?:a|an|the|own|new|recent|brief|short|later|joint|separate|written|official|series of|string of)\s+",
    re.IGNORECASE,
)


def _tidy(channel: str) -> str:
    channel = " ".join(channel.split())
    while (shorter := _DULL.sub("", channel)) != channel:
        channel = shorter
    return channel


def channel_in(clause: str) -> str | None:
    """Returns the channel that an attributing clause names, as written and without its article."""
    spoken = _STATEMENT_SUBJECT.search(clause)
    if spoken and " on " in spoken.group(1):
        return _tidy(spoken.group(1))
    match = _CHANNEL.search(clause) or _TOLD.search(clause)
    if match:
        return _tidy(match.group(1))
    if _TWEETED.search(clause):
        return "tweet"
    return _tidy(spoken.group(1)) if spoken else None
