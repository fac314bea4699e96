"""Clients that cost the machine little: kept-alive sockets, one a thread, and no more parsing than needed."""

from __future__ import annotations

import os
import re
import secrets
import socket
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import urlencode

_COOKIE = re.compile(r"\r\nset-cookie: *([^;\r\n]+)", re.IGNORECASE)
_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass(frozen=True)
class Request:
    """One request as it goes over the wire, without its cookie."""

    method: str
    path: str
    body: bytes = b""


@dataclass(frozen=True)
class Figures:
    """Requests a second, their 95th percentile in seconds, and requests a second of the servers' processor time."""

    rate: float
    p95: float
    rate_of_cpu: float


class Client:
    """One browser's worth of requests to a port of this machine."""

    def __init__(self, port: int, cookie: str = "", desk: bool = False) -> None:
        self.port, self.cookie, self.desk = port, cookie, desk
        self.socket: socket.socket | None = None
        self.left = b""
        self._token = ""

    def wait(self, seconds: float) -> None:
        """Wait until somebody listens."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"nobody listens on port {self.port}")

    def token(self) -> str:
        """The token that every form of this browser carries; empty on the floor."""
        if self.desk and not self._token:
            _, page = self.send(Request("GET", "/reports"))
            found = _TOKEN.search(page)
            if found is None:
                raise SystemExit("the desk gave a page without a form; is the client signed in?")
            self._token = found[1].decode()
        return self._token

    def send(self, request: Request) -> tuple[int, bytes]:
        """Send and read one answer; connects anew when the server has hung up."""
        head = (
            f"{request.method} {request.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(request.body)}\r\n\r\n"
        ).encode()
        for _ in range(2):
            try:
                if self.socket is None:
                    self.socket = socket.create_connection(("127.0.0.1", self.port), 60)
                    self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    self.left = b""
                self.socket.sendall(head + request.body)
                return self._read()
            except (ConnectionError, EOFError):
                self.socket = None
        raise SystemExit(f"no answer to {request.method} {request.path}")

    def _read(self) -> tuple[int, bytes]:
        raw = self.left
        while (end := raw.find(b"\r\n\r\n")) < 0:
            raw += self._more()
        said, raw = raw[:end].decode("latin-1"), raw[end + 4 :]
        if self.desk and (kept := _COOKIE.search(said)):
            self.cookie = kept[1]
        head = said.lower()
        found = re.search(r"\r\ncontent-length: *(\d+)", head)
        if found is None:
            raise SystemExit(f"an answer without a length: {head.splitlines()[0]}")
        length = int(found[1])
        while len(raw) < length:
            raw += self._more()
        self.left = raw[length:]
        if "\r\nconnection: close" in head:
            self.socket = None
        return int(head.split(" ", 2)[1]), raw[:length]

    def _more(self) -> bytes:
        assert self.socket is not None
        got = self.socket.recv(1 << 18)
        if not got:
            raise EOFError
        return got


def get(path: str) -> Request:
    """A request for a page."""
    return Request("GET", path)


def post(path: str, client: Client, fields: Mapping[str, str]) -> Request:
    """A form as a browser sends it, with its token and a key of its own."""
    beside = {"csrf_token": client.token(), "form_key": secrets.token_urlsafe(18)} if client.desk else {}
    return Request("POST", path, urlencode({**fields, **beside}).encode())


def measure(
    clients: Sequence[Client], page: Callable[[Random, Client], Request], seconds: float, pid: int
) -> Figures:
    """Let all clients ask the servers under `pid` at once for some seconds, after half a second that does not count."""
    times: list[list[float]] = [[] for _ in clients]
    faults: list[str] = []
    start = time.monotonic() + 0.5

    def ask(number: int, client: Client) -> None:
        random = Random(number)
        while time.monotonic() < start + seconds and not faults:
            request = page(random, client)
            began = time.monotonic()
            status, body = client.send(request)
            if status not in (200, 303):
                faults.append(f"{request.method} {request.path} answered {status}: {body[:300]!r}")
            elif began >= start:
                times[number].append(time.monotonic() - began)

    threads = [threading.Thread(target=ask, args=pair) for pair in enumerate(clients)]
    for thread in threads:
        thread.start()
    time.sleep(max(0.0, start - time.monotonic()))
    before = processor_time_of(pid)
    for thread in threads:
        thread.join()
    spent = processor_time_of(pid) - before
    if faults:
        raise SystemExit(faults[0])
    every = sorted(moment for mine in times for moment in mine)
    if not every:
        raise SystemExit("no request was answered in time")
    return Figures(len(every) / seconds, every[int(len(every) * 0.95)], len(every) / max(spent, 0.01))


def _family(pid: int) -> list[int]:
    numbers = [pid]
    for number in numbers:
        for task in Path(f"/proc/{number}/task").iterdir():
            numbers += [int(child) for child in (task / "children").read_text().split()]
    return numbers


def processor_time_of(pid: int) -> float:
    """Seconds of processor time that a process and its children have used."""
    ticks = 0
    for number in _family(pid):
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> tuple[float, float]:
    """Megabytes of a process and all its children: shared pages counted once, and counted in each."""
    proportional = resident = 0
    for number in _family(pid):
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()
        sizes = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
        proportional, resident = proportional + sizes["Pss:"], resident + sizes["Rss:"]
    return proportional / 1024, resident / 1024
