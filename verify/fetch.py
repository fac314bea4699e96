"""The only door outwards: no other module opens a connection to another machine, and a test proves it.

An address leads where somebody else wants it to lead: its name may stand for this very machine, or for one that only
this machine reaches. So a name is resolved once, every address that it stands for is judged, and the connection goes to
an address that was judged, never to a name. Each redirect is judged anew. No proxy, no cookie and no credential is ever
used; how long it takes, what travels and what is unpacked from it have limits.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from verify.addresses import PORTS, Address, Target, Unfetchable, allowed, taken_apart
from verify.config import Settings

__all__ = ["LIMITS", "Fetched", "Limits", "Unfetchable", "get", "user_agent", "welcome"]

MEBIBYTE = 1024 * 1024
MOST_REDIRECTS = 5
PRODUCT = "Verify"
_WANTED = (
    "text/html, application/json, application/ld+json, application/rss+xml, application/atom+xml, */*;q=0.5"
)
_LEADS_ON = frozenset({301, 302, 303, 307, 308})
_CONNECT_SECONDS = 10.0
_AT_ONCE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost, all its redirects together."""

    seconds: float = 60.0
    wire_bytes: int = 50 * MEBIBYTE
    decoded_bytes: int = 50 * MEBIBYTE


LIMITS = Limits()
_OF_RULES = Limits(seconds=15.0, wire_bytes=MEBIBYTE // 2, decoded_bytes=MEBIBYTE // 2)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered, after every redirect."""

    url: str
    content: bytes
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    unchanged: bool = False  # since the time whose marks were sent along; then there is no content


def user_agent(settings: Settings) -> str:
    """How the desk introduces itself: with the address at which its people can be found."""
    return f"{PRODUCT}/{version('verify-desk')} (+{settings.base_url})"


def get(
    url: str,
    settings: Settings,
    *,
    limits: Limits = LIMITS,
    etag: str = "",
    last_modified: str = "",
) -> Fetched:
    """Return what an address answers, or raise Unfetchable with a sentence. Call it outside any write transaction."""
    until = time.monotonic() + limits.seconds
    marks = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {name: value for name, value in marks.items() if value and value.isprintable()}
    headers |= {
        "User-Agent": user_agent(settings),
        "Accept": _WANTED,
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    for _ in range(MOST_REDIRECTS + 1):
        target = taken_apart(url, any_port=settings.fetch_loopback)
        fetched, led_to = _one_step(target, headers, limits, until, settings.fetch_loopback)
        if fetched is not None:
            return fetched
        url = urljoin(target.url, led_to)
    raise Unfetchable(f"This address leads on more than {MOST_REDIRECTS} times, so it was left alone.")


def welcome(url: str, settings: Settings) -> Callable[[str], bool]:
    """Ask a site's robots.txt once, and return what tells whether a program may fetch an address of it unasked.

    Rules that are not there, or that cannot be read, forbid nothing; a site that hides them wants nobody.
    """
    rules = RobotFileParser()
    try:
        answer = get(urljoin(url, "/robots.txt"), settings, limits=_OF_RULES)
    except Unfetchable as refusal:
        closed = refusal.answered in (401, 403)
        return lambda _page: not closed
    rules.parse(answer.content.decode("utf-8", "replace").splitlines())
    return lambda page: rules.can_fetch(PRODUCT, page)


def _judged(target: Target, loopback: bool, until: float) -> list[tuple[Any, ...]]:
    """Resolve a name once, and return where to connect, or refuse it when it stands for any forbidden address."""
    found = _resolved(target, until)
    for family, _, _, _, place in found:
        address = _number(str(place[0]))
        here = address is not None and loopback and address.is_loopback
        usual = target.port in PORTS.values()
        if family not in (socket.AF_INET, socket.AF_INET6) or address is None:
            raise Unfetchable(f"{target.host} has no address that the desk can reach.")
        if not here and not (allowed(address) and usual):
            raise Unfetchable(
                f"{target.host} is not on the public internet, and the desk fetches from nowhere else."
            )
    return found


def _resolved(target: Target, until: float) -> list[tuple[Any, ...]]:
    """Ask for the addresses of a name; the system's own patience may be longer than ours, so it waits in a thread."""
    if (number := _number(target.host)) is not None:
        family = socket.AF_INET if number.version == 4 else socket.AF_INET6
        return [(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (str(number), target.port))]
    answer: list[list[tuple[Any, ...]]] = []

    def ask() -> None:
        try:
            answer.append(list(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)))
        except (OSError, UnicodeError):
            answer.append([])

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_left(until))
    if not answer or not answer[0]:
        raise Unfetchable(f"There is no {target.host}, or nobody could say where it is. Check the address.")
    return answer[0]


def _number(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _left(until: float) -> float:
    """Return the seconds that are left, or give up when there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


@contextmanager
def _connected(target: Target, loopback: bool, until: float) -> Iterator[http.client.HTTPConnection]:
    """Connect to a judged address under the name that was asked for; at the end of the time the line is cut."""
    link = _link(_judged(target, loopback, until), until)
    cut = threading.Timer(_left(until), _cut, [link])
    cut.daemon = True
    connection = http.client.HTTPConnection(target.host, target.port)
    try:
        cut.start()
        if target.scheme == "https":
            # The certificate must be of the name, whatever address it was resolved to.
            secure = ssl.create_default_context().wrap_socket(
                link, server_hostname=target.host, do_handshake_on_connect=False
            )
            link = secure
            cut.cancel()
            cut = threading.Timer(_left(until), _cut, [secure])
            cut.daemon = True
            cut.start()
            secure.do_handshake()
            connection.default_port = PORTS["https"]
        connection.sock = link
        yield connection
    finally:
        cut.cancel()
        link.close()
        connection.close()


def _link(places: list[tuple[Any, ...]], until: float) -> socket.socket:
    """Connect to the first address that answers."""
    problem: OSError = OSError("no address")
    for family, kind, protocol, _, place in places:
        link = socket.socket(family, kind, protocol)
        try:
            link.settimeout(min(_CONNECT_SECONDS, _left(until)))
            link.connect(place)
            link.settimeout(_left(until))
            return link
        except OSError as error:
            link.close()
            problem = error
    raise problem


def _cut(link: socket.socket) -> None:
    try:
        socket.socket.shutdown(link, socket.SHUT_RDWR)
    except OSError:
        return


def _one_step(
    target: Target, headers: dict[str, str], limits: Limits, until: float, loopback: bool
) -> tuple[Fetched | None, str]:
    """Ask one address once: what it answers, or where it leads on to."""
    try:
        with _connected(target, loopback, until) as connection:
            connection.putrequest("GET", target.path, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            if answer.status in _LEADS_ON and (led_to := answer.getheader("Location")):
                return None, led_to
            content = b"" if answer.status == 304 else _content(answer, limits)
            _left(until)  # a line that was cut looks like an answer that ended
    except ssl.SSLCertVerificationError as error:
        raise Unfetchable(f"{target.host} cannot prove who it is: {error.verify_message}.") from error
    except TimeoutError as error:
        raise Unfetchable(f"{target.host} did not answer within {limits.seconds:.0f} seconds.") from error
    except (OSError, http.client.HTTPException, ValueError, zlib.error) as error:
        if time.monotonic() >= until:
            raise Unfetchable(f"{target.host} did not answer within {limits.seconds:.0f} seconds.") from error
        raise Unfetchable(
            f"{target.host} could not be read ({type(error).__name__}). Try again later."
        ) from error
    return _fetched(target, answer, content), ""


def _fetched(target: Target, answer: http.client.HTTPResponse, content: bytes) -> Fetched:
    if answer.status not in (200, 304):
        raise Unfetchable(
            f"{target.host} answered {answer.status}, not with a page. Check the address.", answer.status
        )
    told = {name: (answer.getheader(name) or "")[:300] for name in ("Content-Type", "ETag", "Last-Modified")}
    return Fetched(
        target.url,
        content,
        told["Content-Type"],
        told["ETag"],
        told["Last-Modified"][:100],
        answer.status == 304,
    )


def _content(answer: http.client.HTTPResponse, limits: Limits) -> bytes:
    """Read an answer's content and unpack it, never beyond the limits."""
    packing = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip"):
        raise Unfetchable("The site answered in a packing that nobody asked for. Try again later.")
    unpacking = None if packing == "identity" else zlib.decompressobj(wbits=31)
    travelled, parts, size = 0, list[bytes](), 0
    while piece := answer.read1(_AT_ONCE):
        travelled += len(piece)
        part = piece if unpacking is None else unpacking.decompress(piece, limits.decoded_bytes - size + 1)
        size += len(part)
        if travelled > limits.wire_bytes or size > limits.decoded_bytes:
            most = limits.decoded_bytes / MEBIBYTE
            raise Unfetchable(f"What the site sends is longer than the {most:g} MB that the desk reads.")
        parts.append(part)
    if answer.length or (unpacking is not None and not unpacking.eof):
        raise http.client.IncompleteRead(b"")
    return b"".join(parts)
