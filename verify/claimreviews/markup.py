"""Reviews inside pages and feeds: scripts of linked data, microdata, and the entries of RSS and Atom.

Reads hostile documents, so it runs in a process of its own (see `apart.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from verify.claimreviews.wording import address

JSON_LD = "application/ld+json"
MOST_ENTRIES = 20_000
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)?\s*|\s*(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)?\s*$"
)
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_IN_TEXT = re.compile(
    r"""<script[^>]{0,200}application/ld\+json[^>]{0,200}>(.*?)</script>""", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Script:
    """A piece of JSON in a page or a feed, where it stands, and the address of the page it is about."""

    text: str
    place: str
    page: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds: its scripts of linked data, its microdata as if it were that, and its own address."""

    scripts: list[Script]
    microdata: list[dict[str, Any]]
    address: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed holds: scripts inside its entries, and the pages to which entries without any lead."""

    scripts: list[Script]
    pages: list[str]
    entries: int


def read_page(text: str, base: str) -> Page:
    """Find the linked data in a page of HTML, however broken the page is."""
    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_comments=True
    )
    root = etree.fromstring(text.encode("utf-8", "replace"), parser) if text.strip() else None
    if root is None:
        return Page([], [], base)
    canonical = root.xpath("//link[translate(@rel, 'CANONICAL', 'canonical')='canonical']/@href")
    own = address(str(canonical[0]), base) if canonical else ""
    scripts = [
        Script(_unwrapped(element.text or ""), f"script {number} (line {element.sourceline})")
        for number, element in enumerate(root.iter("script"), 1)
        if (element.get("type") or "").split(";")[0].strip().lower() == JSON_LD
    ]
    reviews = root.xpath("//*[@itemscope and contains(@itemtype, 'schema.org/ClaimReview')]")
    return Page(scripts, [_thing(element) for element in reviews], own or base)


def _unwrapped(text: str) -> str:
    return _WRAPPING.sub("", text)


def _thing(element: Any) -> dict[str, Any]:
    """A thing of microdata as linked data has it."""
    kind = (element.get("itemtype") or "").split()
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind[0].rpartition("/")[2] if kind else "",
    }
    waiting = list(reversed(element))
    while waiting:
        inner = waiting.pop()
        names = (inner.get("itemprop") or "").split()
        scoped = inner.get("itemscope") is not None
        if names:
            value = _thing(inner) if scoped else _stated(inner)
            for name in names:
                made.setdefault(name, []).append(value)
        if not scoped:
            waiting.extend(reversed(inner))
    return made


def _stated(element: Any) -> str:
    for name in ("content", "href", "src", "datetime", "value"):
        if element.get(name) is not None:
            return str(element.get(name))
    return " ".join("".join(element.itertext()).split())


def read_feed(text: str, base: str) -> Feed | None:
    """Read RSS, RDF or Atom; None for what is no feed. Entities are not resolved, nothing is fetched."""
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=True,
    )
    text = _PROLOGUE.sub("", text, count=1)  # what it declares was followed when it was decoded
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None or _name(root) not in ("rss", "feed", "RDF"):
        return None
    scripts, pages = list[Script](), list[str]()
    entries = [one for one in root.iter() if _name(one) in ("item", "entry")][:MOST_ENTRIES]
    for number, entry in enumerate(entries, 1):
        page = _link(entry, base)
        found = [Script(_unwrapped(one), f"entry {number}", page) for one in _scripts(entry)]
        scripts += found
        if page and not found:
            pages.append(page)
    return Feed(scripts, list(dict.fromkeys(pages)), len(entries))


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _link(entry: Any, base: str) -> str:
    for one in entry:
        if _name(one) == "link" and (one.get("rel") or "alternate") == "alternate":
            found = address(one.get("href") or one.text, base)
            if found:
                return found
    return next((address(one.text) for one in entry if _name(one) == "guid" and address(one.text)), "")


def _scripts(entry: Any) -> Iterator[str]:
    """Linked data in an entry: as a script of its own, in its HTML, or as a text that is nothing else."""
    for one in entry.iter():
        text = one.text or ""
        if _name(one) == "script" and JSON_LD in (one.get("type") or ""):
            yield text
        elif "application/ld+json" in text:
            yield from _IN_TEXT.findall(text)
        elif "ClaimReview" in text and text.lstrip()[:1] in "{[":
            yield text
