"""Fetching an address that may hold reviews: one page, or a feed and the pages it leads to. Writes nothing.

The address itself was named by a person, and is fetched as that person's browser would. The pages to which a feed leads
were named by nobody here: they are fetched only where the site's robots.txt lets a program, with a pause between two.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from verify import fetch
from verify.claimreviews import apart, reading
from verify.claimreviews.reading import Problem, Reading
from verify.claimreviews.wording import sha256_of, sha256_of_content
from verify.config import Settings
from verify.fetch import Fetched, Limits, Unfetchable

MOST_PAGES = 40  # of one feed at one time
PAUSE = 1.0  # seconds between two pages
_OF_A_PAGE = Limits(seconds=30.0, wire_bytes=10 * fetch.MEBIBYTE, decoded_bytes=10 * fetch.MEBIBYTE)
Report = Callable[[int, int, str], None]


@dataclass(slots=True)
class Brought:
    """What an address brought."""

    fetched: Fetched
    reading: Reading = field(default_factory=Reading)
    sha256: str = ""


def bring(
    url: str, settings: Settings, report: Report, *, etag: str = "", last_modified: str = ""
) -> Brought:
    """Fetch an address and read it, and the pages that it leads to; raises Unfetchable with a sentence."""
    report(0, 1, "Fetching the address")
    fetched = fetch.get(url, settings, etag=etag, last_modified=last_modified)
    brought = Brought(fetched)
    if fetched.unchanged:
        return brought
    brought.reading = apart.read(fetched.content, page=fetched.url, content_type=fetched.content_type)
    parts = [sha256_of_content(fetched.content)]
    parts += _bring_pages(brought.reading, settings, report)
    brought.sha256 = parts[0] if len(parts) == 1 else sha256_of("\n".join(parts))
    return brought


def _bring_pages(into: Reading, settings: Settings, report: Report) -> list[str]:
    """Read the pages that a feed leads to into its reading; return a hash of each."""
    pages, hashes, empty = into.pages[:MOST_PAGES], list[str](), 0
    welcome: dict[str, Callable[[str], bool]] = {}
    for number, page in enumerate(pages):
        report(number + 1, len(pages) + 1, f"Reading the pages of the feed: {number + 1} of {len(pages)}")
        try:
            fetched = _page(page, settings, welcome, pause=bool(number))
        except Unfetchable as problem:
            into.problems.append(Problem(page[:300], problem.message))
            continue
        found = apart.read(fetched.content, page=fetched.url, content_type=fetched.content_type)
        hashes.append(sha256_of_content(fetched.content))
        into.reviews += found.reviews
        for one in found.problems:
            if one.reason == reading.NO_REVIEW:
                empty += 1
            else:
                into.problems.append(Problem(f"{page[:300]}, {one.place}", one.reason))
    if empty:
        into.notes.append(f"Pages of the feed without any ClaimReview: {empty}.")
    if len(into.pages) > MOST_PAGES:
        into.notes.append(f"The feed leads to {len(into.pages)} pages; the first {MOST_PAGES} were read.")
    return hashes


def _page(
    page: str, settings: Settings, welcome: dict[str, Callable[[str], bool]], *, pause: bool
) -> Fetched:
    """Fetch a page where its site lets programs; each site is asked for its rules once."""
    site = "//".join(urlsplit(page)[:2])
    if site not in welcome:
        welcome[site] = fetch.welcome(page, settings)
    if not welcome[site](page):
        raise Unfetchable("The site’s robots.txt asks programs to leave this page alone.")
    if pause and not settings.fetch_loopback:
        time.sleep(PAUSE)
    return fetch.get(page, settings, limits=_OF_A_PAGE)
