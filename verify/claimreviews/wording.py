"""Values as strangers write them, made fit to keep: lines of text, addresses, days. Nothing is made up. Pure."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

CLAIM_LENGTH = 5_000
_UNKEPT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
_SPACES = re.compile(r"[\s\x85\u2028\u2029]+")
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_MARKS_OF_VISITS = re.compile(r"^(utm_\w+|fbclid|gclid|mc_cid|mc_eid)$", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def line(value: Any, most: int) -> str:
    """One line of text from whatever stands there; empty for what is no text. Too long ones end in “…”.

    Controls that a database refuses become their visible pictures; characters that turn a line's direction stay, and
    the pages show them as marks.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = _SPACES.sub(" ", html.unescape(str(value))).strip()
    text = _UNKEPT.sub(_picture, text)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _picture(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number == 0x7F:
        return "\u2421"
    return chr(0x2400 + number) if number < 0x20 else "\ufffd"


def folded(text: str) -> str:
    """A text without the differences that do not tell two claims or two names apart."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def sha256_of(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def sha256_of_content(content: bytes) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()


def address(value: Any, base: str = "") -> str:
    """An address of the web, whole, or nothing for what is none."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(value).strip()
    try:
        whole = urljoin(base, text) if base else text
        parts = urlsplit(whole)
        _ = parts.port
    except ValueError:
        return ""
    sound = parts.scheme.lower() in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return (
        whole
        if sound and len(whole) <= 2_000 and not re.search(r"[\s\x00-\x1f\x7f<>\"\ud800-\udfff]", whole)
        else ""
    )


def site_of(url: str) -> str:
    """The host of an address, without a leading www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")[:200]


def url_key(url: str) -> str:
    """What tells one page from another: without scheme, fragment, and what only counts visits."""
    parts = urlsplit(url)
    asked = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _MARKS_OF_VISITS.match(pair[0])
    ]
    return f"{site_of(url)}{parts.path.rstrip('/')}?{urlencode(sorted(asked))}"


def language(value: Any) -> str:
    """The code of a language, or nothing."""
    text = line(value, 36)
    return text.replace("_", "-") if _LANGUAGE.fullmatch(text) and len(text) <= 35 else ""


def day(text: str) -> date | None:
    """The day that is meant, or None where that cannot be told for sure, as in 03/04/2021."""
    for way in (_from_digits, _from_words, _from_mail, _from_seconds):
        try:
            found = way(text.strip())
        except (ValueError, OverflowError, IndexError, TypeError, OSError):
            found = None
        if found is not None:
            return found if 1900 <= found.year <= 2200 else None
    return None


def _from_digits(text: str) -> date | None:
    if found := re.match(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?!\d)", text):
        if found[2] or len(found[0]) == 8:
            return date(int(found[1]), int(found[3]), int(found[4]))
        return None
    if found := re.match(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)", text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == "." or first > 12 or first == second:
            return date(year, second, first)
        return date(year, first, second) if second > 12 else None
    return None


def _from_words(text: str) -> date | None:
    found = re.search(r"(?:^|\s)(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})(?!\d)", text)
    if found:
        return date(int(found[3]), _MONTHS[_month(found[2])], int(found[1]))
    found = re.search(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)", text)
    return date(int(found[3]), _MONTHS[_month(found[1])], int(found[2])) if found else None


def _month(word: str) -> str:
    short = word[:3].lower()
    if short not in _MONTHS:
        raise ValueError(word)
    return short


def _from_mail(text: str) -> date | None:
    return parsedate_to_datetime(text).date()


def _from_seconds(text: str) -> date | None:
    if not re.fullmatch(r"\d{9,10}|\d{12,13}", text):
        return None
    return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), UTC).date()
