"""Fetching: where the desk goes and where it does not, whoever asks it to; and what a fetch may cost."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web import Site, certified, leads_to, page, served
from verify import fetch
from verify.addresses import allowed, taken_apart
from verify.config import Settings, UnsafeSettings, read_settings
from verify.fetch import Limits, Unfetchable

HERE = Settings(
    "development",
    "a key",
    "sqlite://",
    Path("/nowhere"),
    "https://desk.example.org",
    "Desk",
    fetch_loopback=True,
)
OUTSIDE = Settings("production", "a key", "sqlite://", Path("/nowhere"), "https://desk.example.org", "Desk")


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as one:
        yield one


@pytest.mark.parametrize(
    ("address", "goes"),
    [
        ("93.184.215.14", True), ("127.0.0.1", False), ("10.1.2.3", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("192.0.0.9", False), ("192.88.99.1", False), ("224.0.0.251", False),
        ("255.255.255.255", False), ("0.0.0.0", False), ("198.18.0.1", False), ("203.0.113.9", False),
        ("2606:2800:21f:cb07::1", True), ("::1", False), ("fe80::1", False), ("fc00::1", False), ("::", False),
        ("2001::1", False), ("2001:db8::1", False), ("2002:7f00:1::", False), ("3fff::1", False), ("ff02::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:93.184.215.14", True), ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d70e", True), ("64:ff9b:1::5db8:d70e", False), ("4000::1", False),
    ],
)  # fmt: skip
def test_the_desk_goes_to_the_public_internet_alone(address: str, goes: bool) -> None:
    assert allowed(ipaddress.ip_address(address)) is goes


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "file:///etc/passwd", "ftp://example.org/", "example.org", "", "http://", "http:///x",
        "https://user:word@example.org/", "https://user@example.org/", "https://example.org:8080/", "http://[::1/",
        "https://exa mple.org/", "https://example.org/\r\nX: y", "https://example.org:99999/", "gopher://example.org",
        "https://evil\\@127.0.0.1/",
    ],
)  # fmt: skip
def test_an_address_is_one_of_the_web_on_its_own_port(url: str) -> None:
    with pytest.raises(Unfetchable):
        fetch.get(url, OUTSIDE)


def test_letters_of_any_script_travel_as_the_web_wants_them() -> None:
    target = taken_apart("https://bücher.example/straße?q=ä b".replace(" b", "+b"))
    assert target.host == "xn--bcher-kva.example"
    assert target.path == "/stra%C3%9Fe?q=%C3%A4+b"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "[fe80::1%25eth0]"]
)
def test_this_very_machine_is_not_fetched_from_however_it_is_written(host: str) -> None:
    with pytest.raises(Unfetchable, match="not on the public internet"):
        fetch.get(f"http://{host}/", OUTSIDE)


def test_a_name_with_one_forbidden_address_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))
        for address in ("93.184.215.14", "10.0.0.8")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_words, **_options: both)
    with pytest.raises(Unfetchable, match="not on the public internet"):
        fetch.get("http://two-faced.example/", OUTSIDE)


def test_the_connection_goes_to_the_address_that_was_judged(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(site.address.rpartition(":")[2])
    asked: list[object] = []

    def answered_once(*words: object, **_options: object) -> list[object]:
        asked.append(words[0])
        assert len(asked) == 1, "the name was resolved again, and may stand for another machine by now"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answered_once)
    site.answers["/"] = page("Here.")
    assert fetch.get(f"http://somewhere.example:{port}/", HERE).content == b"Here."
    assert f"Host: somewhere.example:{port}" in site.asked[0]


def test_the_desk_says_who_it_is_and_brings_nothing_of_anybody(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.answers["/"] = page("Here.", Set_Cookie="a=b")
    fetch.get(site.address, HERE)
    fetch.get(site.address, HERE)
    assert "User-Agent: Verify/" in site.asked[1]
    assert "(+https://desk.example.org)" in site.asked[1]
    assert not {"cookie", "authorization", "referer"} & {
        line.split(":")[0].lower() for line in site.asked[1].split("\r\n")
    }


def test_a_redirect_is_followed_and_judged_like_an_address_of_its_own(site: Site) -> None:
    site.answers |= {
        "/a": leads_to("/b", "301 Moved"),
        "/b": leads_to(site.address + "/c"),
        "/c": page("There."),
    }
    fetched = fetch.get(site.address + "/a", HERE)
    assert (fetched.content, fetched.url) == (b"There.", site.address + "/c")
    for inside in (
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "http://[fe80::1]/",
        "//169.254.169.254/latest/meta-data",
    ):
        site.answers["/a"] = leads_to(inside)
        with pytest.raises(Unfetchable):
            fetch.get(site.address + "/a", HERE)


def test_going_round_in_circles_ends(site: Site) -> None:
    site.answers["/"] = leads_to("/")
    with pytest.raises(Unfetchable, match="more than 5 times"):
        fetch.get(site.address + "/", HERE)
    assert len(site.asked) == 6


def test_a_small_answer_that_unpacks_to_a_huge_one_is_left(site: Site) -> None:
    site.answers["/"] = page(gzip.compress(b"0" * 30_000_000), Content_Encoding="gzip")
    with pytest.raises(Unfetchable, match="longer than the 1 MB"):
        fetch.get(site.address, HERE, limits=Limits(decoded_bytes=fetch.MEBIBYTE))
    site.answers["/"] = page(gzip.compress(b"whole"), Content_Encoding="gzip")
    assert fetch.get(site.address, HERE).content == b"whole"


def test_an_answer_without_end_is_left(site: Site) -> None:
    def endless(link: socket.socket) -> None:
        link.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            link.sendall(b"x" * 65536)

    site.answers["/"] = endless
    with pytest.raises(Unfetchable, match="longer than"):
        fetch.get(site.address, HERE, limits=Limits(wire_bytes=300_000, decoded_bytes=300_000))


@pytest.mark.parametrize("beginning", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\nsome"])
def test_a_site_that_drips_is_left_when_the_time_is_up(site: Site, beginning: bytes) -> None:
    def dripping(link: socket.socket) -> None:
        link.sendall(beginning)
        while link.send(b"x"):
            try:
                link.settimeout(0.05)
                if not link.recv(1):
                    return
            except TimeoutError:
                continue

    site.answers["/"] = dripping
    began = time.monotonic()
    with pytest.raises(Unfetchable, match="did not answer within"):
        fetch.get(site.address, HERE, limits=Limits(seconds=0.6))
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"nonsense\r\n\r\n", page("half", Content_Length="400"),
        page(gzip.compress(b"half" * 999)[:-9], Content_Encoding="gzip"),
        page(b"not gzip", Content_Encoding="gzip"), page("?", Content_Encoding="br"), page("No.", status="500 No"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", page("Partly.", status="206 Partial Content"),
    ],
)  # fmt: skip
def test_half_an_answer_is_none(site: Site, answer: bytes) -> None:
    site.answers["/"] = answer
    with pytest.raises(Unfetchable):
        fetch.get(site.address, HERE)


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    site.answers["/"] = page("News.", ETag='"7"', Last_Modified="Tue, 03 Mar 2026 10:00:00 GMT")
    first = fetch.get(site.address, HERE)
    site.answers["/"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
    again = fetch.get(site.address, HERE, etag=first.etag, last_modified=first.last_modified)
    assert again.unchanged
    assert 'If-None-Match: "7"' in site.asked[1]
    assert "If-Modified-Since: Tue, 03 Mar 2026" in site.asked[1]


def test_a_certificate_must_be_of_the_name_and_of_somebody_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, trusted = certified(tmp_path, "localhost")
    with served(right) as site:
        site.answers["/"] = page("Sealed.")
        with pytest.raises(Unfetchable, match="cannot prove who it is"):
            fetch.get(site.address, HERE)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        assert fetch.get(site.address, HERE).content == b"Sealed."
    wrong, trusted = certified(tmp_path, "elsewhere.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with served(wrong) as site, pytest.raises(Unfetchable, match="cannot prove who it is"):
        fetch.get(site.address, HERE)


def test_a_site_that_wants_no_programs_is_not_fetched_unasked(site: Site) -> None:
    page_of = site.address + "/feed"
    assert fetch.welcome(page_of, HERE)(page_of), "there is no robots.txt"
    site.answers["/robots.txt"] = page("User-agent: *\nDisallow: /\n\nUser-agent: Verify\nDisallow: /feed\n")
    assert not fetch.welcome(page_of, HERE)(page_of)
    assert fetch.welcome(page_of, HERE)(site.address + "/other")
    site.answers["/robots.txt"] = page("Nobody.", status="403 Forbidden")
    assert not fetch.welcome(page_of, HERE)(site.address + "/other")


def test_production_does_not_start_with_the_setting_of_tests(tmp_path: Path) -> None:
    words = {
        "VERIFY_ENV": "production",
        "VERIFY_SECRET_KEY": "k" * 40,
        "VERIFY_BASE_URL": "https://desk.example.org",
    }
    with pytest.raises(UnsafeSettings, match="VERIFY_FETCH_LOOPBACK"):
        read_settings({**words, "VERIFY_DATA": str(tmp_path), "VERIFY_FETCH_LOOPBACK": "1"})
