"""Finds the outlet's own warnings: what it could not confirm, and words that keep a claim at a distance."""

from __future__ import annotations

import re

from verify.spotting.assertion import Span

_CHECKED = r"(?:confirm|verif|corroborat|authenticat|substantiat|establish)\w*"
_HOW = r"(?:independently|immediately|yet|also|been|be|to|readily|fully|officially|separately|reliably)"
_CAVEAT = re.compile(
    rf"\b(?:could|can|have|has|had|was|were|is|are|did|does|do)(?:\s?n[o’']t|"
    rf"\s+not|not)\s+(?:{_HOW}\s+){{0,4}}(?:able\s+to\s+|possible\s+to\s+)?"
    rf"(?:{_HOW}\s+){{0,3}}{_CHECKED}"
    rf"|\b(?:not|im)\s?possible\s+(?:for\s+[\w’'. -]{{1,40}}\s+)?to\s+(?:{_HOW}\s+)?{_CHECKED}"
    rf"|\b(?:unable|hard|difficult|tough|tricky|failed)\s+(?:for\s+[\w’'. "
    rf"-]{{1,40}}\s+)?to\s+(?:{_HOW}\s+)?{_CHECKED}"
    r"|\b(?:no|without|lacking|little)\s+(?:immediate\s+|any\s+|independent\s+|official\s+|further\s+)*"
    r"(?:confirmation|corroboration|verification|proof)\b"
    r"|\bwithout\s+(?:providing|offering|giving|presenting|"
    r"citing)\s+(?:any\s+)?(?:evidence|proof|details|sources?)\b|\bwithout\s+evidence\b"
    r"|\b(?:did|has|have)\s+not\s+(?:provided?|offer(?:ed)?|gave|"
    r"given?|presented?|cite[d]?)\s+(?:any\s+)?(?:evidence|proof)\b"
    r"|\b(?:provided|offered|gave|presented|cited|there\s+(?:is|"
    r"was))\s+no\s+(?:evidence|proof|independent\s+confirmation)\b"
    r"|\b(?:remains?|remained|are|is|was|were)\s+(?:unclear|unconfirmed|unverified|disputed|uncorroborated)\b"
    r"|\b(?:unconfirmed|unverified|uncorroborated|unsubstantiated|"
    r"conflicting)\s+(?:\w+\s+)?(?:reports?|claims?|accounts?|rumou?rs?|allegations?)\b"
    r"|\breportedly\b|\ballegedly\b|\bpurportedly\b|"
    r"\bneither\s+(?:claim|report|account|version)\s+could\s+be\b",
    re.IGNORECASE,
)
_STEMS = (
    *(
        "confirm",
        "verif",
        "corrobor",
        "authentic",
        "substantiat",
        "establish",
        "evidence",
        "proof",
        "unclear",
    ),
    *("disputed", "reportedly", "allegedly", "purportedly", "conflicting", "prove", "check"),
)
_HEDGES = frozenset({"reportedly", "allegedly", "purportedly"})
_ABOUT = re.compile(
    r"\b(?:reports?|claims?|accounts?|that|this|it|figures?|"
    r"tolls?|estimates?|versions?|statements?|assertions?|allegations?|numbers?|"
    r"details|information|either|neither|video|footage|images?|authenticity|those)\b",
    re.IGNORECASE,
)


def caveat_in(text: str, start: int, end: int) -> Span | None:
    """Returns the span of the first caveat inside `text[start:end]`."""
    lowered = text[start:end].lower()
    if not any(stem in lowered for stem in _STEMS):
        return None
    match = _CAVEAT.search(text, start, end)
    return match.span() if match else None


def is_only_caveat(text: str, start: int, end: int, found: Span) -> bool:
    """Tells whether the sentence is there to warn about another one, not a hedged assertion of its own."""
    words = text[found[0] : found[1]].lower()
    if words in _HEDGES or words.startswith(("unconfirmed", "unverified", "conflicting")):
        return False
    if "evidence" in words and end - start < 90:
        return True
    return found[0] - start < 90 and bool(_ABOUT.search(text, start, end))


def looks_back_on_many(text: str, start: int, end: int) -> bool:
    """Tells whether the warning is about several claims: "the claims", "neither", "both accounts"."""
    return bool(
        re.search(
            r"\b(?:claims|reports|accounts|neither|either|both|figures|tolls|statements|assertions|estimates|numbers|allegations|versions|videos|images)\b",
            text[start:end],
            re.IGNORECASE,
        )
    )
