"""Every screen of the demo desk, found by following the links that each of its people sees."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import lxml.html
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.browser.live import cookie

# How many addresses of one route are looked at; these look different from one to the next.
ENOUGH = 1
ENOUGH_OF = {
    "tickets.show": 14,
    "tickets.acts.change": 8,
    "publishing.verdict": 4,
    "publishing.approval": 4,
    "evidence.new": 3,
}
FIRST = (
    "/queue",
    "/search?q=Nearly+700+Taliban+fighters+were+killed+in+Panjshir",
    "/verdicts",
    "/sign-in",
    "/nothing-here",
)
FETCHES = 400


@dataclass(frozen=True)
class Screen:
    """One page, its route, and the email of whoever looks at it; None is the public."""

    address: str
    endpoint: str
    email: str | None


@dataclass(frozen=True)
class Walk:
    """What somebody finds by following every link: pages, and links that lead nowhere."""

    screens: tuple[Screen, ...]
    broken: tuple[str, ...]


def endpoint_of(app: Flask, address: str) -> str:
    """The route that answers GET at this address, or "" where none does."""
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(address).path, "GET")[0])
    except (HTTPException, RequestRedirect):
        return ""


def walk(app: Flask, email: str | None) -> Walk:
    """Follow every link from the first pages on, as this person sees them."""
    client = app.test_client()
    if email is not None:
        client.set_cookie(str(app.config["SESSION_COOKIE_NAME"]), cookie(app, email))
    waiting = deque((address, "") for address in FIRST)
    seen, kept, broken = set(FIRST), defaultdict(list), []
    while waiting and len(seen) < FETCHES + len(waiting):
        address, origin = waiting.popleft()
        links, status = _links(client, address)
        if status >= 400 and origin:
            broken.append(f"{address} (linked from {origin}): {status}")
        if links is None:
            continue
        kept[endpoint_of(app, address)].append(address)
        for link in sorted(links - seen):
            endpoint = endpoint_of(app, link)
            seen.add(link)
            if len(kept[endpoint]) < 20:
                waiting.append((link, address))
    screens = tuple(
        Screen(address, endpoint, email)
        for endpoint, addresses in kept.items()
        for address in addresses[: ENOUGH_OF.get(endpoint, ENOUGH)]
    )
    return Walk(screens, tuple(broken))


def _links(client: FlaskClient, address: str) -> tuple[set[str] | None, int]:
    """Where a page leads on this desk; None where the answer is no page."""
    answer = client.get(address)
    if answer.status_code in {302, 303}:
        return None, answer.status_code
    if answer.mimetype != "text/html":
        return None, answer.status_code
    found = set()
    for link in lxml.html.fromstring(answer.get_data(as_text=True)).xpath("//a/@href"):
        parts = urlsplit(urljoin(address, str(link)))
        if not parts.scheme and not parts.netloc:
            found.add(parts._replace(fragment="").geturl())
    return found, answer.status_code
