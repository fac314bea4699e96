"""`verify serve` brings a worker of its own, starts it again when it dies, and takes it along when it stops."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.site.source import ROOT
from verify.db import connect, reading, upgrade, writing

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found in /proc")
PATIENCE = 60.0
ASK = text(
    "INSERT INTO job (kind, key, payload, title, urgency, state, done, total, told, attempts, error, asked_at, due_at,"
    " claim, claimed_by) VALUES ('spot_article', :key, '{\"version\": 1}', 'A text', 0, 'waiting', 0, 0, '', 0, '',"
    " '2026-01-01 00:00:00', '2026-01-01 00:00:00', '', '')"
)


def wait_for(happened: Callable[[], object], what: str) -> None:
    """Look until something another process does has happened."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, f"{what} did not happen"
        time.sleep(0.05)  # between two looks at another process


def children(parent: int) -> dict[int, str]:
    """The processes that a process has started, with their command lines."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            status = (place / "stat").read_text().rsplit(")", 1)[1].split()
            if int(status[1]) == parent and status[0] != "Z":
                found[int(place.name)] = (place / "cmdline").read_text().replace("\0", " ")
        except (OSError, ValueError):
            continue
    return found


def workers(server: int) -> list[int]:
    return [number for number, words in children(server).items() if " work --with-server" in words]


def attempts(url: str, key: str) -> int:
    """How often a worker has begun this job."""
    engine = connect(url)
    try:
        with reading(), engine.connect() as connection:
            said = connection.execute(text("SELECT attempts FROM job WHERE key = :key"), {"key": key})
            return int(said.scalar_one())
    finally:
        engine.dispose()


def ask(url: str, key: str) -> None:
    engine = connect(url)
    with writing(), engine.begin() as connection:
        connection.execute(ASK, {"key": key})
    engine.dispose()


@contextmanager
def served(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A desk that listens, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "verify.cli", "serve", "--port", str(port), "--workers", "1", *options]
    environment = {"PATH": "/usr/bin:/bin", "VERIFY_DATA": str(folder)}
    server = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        assert "listens at" in server.stdout.readline()
        yield server
    finally:
        server.kill()
        server.communicate()


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A migrated database in a folder of its own."""
    address = f"sqlite:///{tmp_path / 'verify.sqlite'}"
    upgrade(address)
    return address


def test_a_worker_comes_is_replaced_and_goes_with_the_server(tmp_path: Path, url: str) -> None:
    with served(tmp_path) as server:
        wait_for(lambda: workers(server.pid), "the start of a worker")
        (first,) = workers(server.pid)
        ask(url, "one")
        wait_for(lambda: attempts(url, "one"), "work")
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: set(workers(server.pid)) - {first}, "the start of another worker")
        (second,) = workers(server.pid)
        ask(url, "two")
        wait_for(lambda: attempts(url, "two"), "the work of the second")
        server.send_signal(signal.SIGTERM)
        assert server.wait(PATIENCE) == 0
        assert not Path(f"/proc/{second}").exists()


def test_the_worker_of_a_killed_server_ends_by_itself(tmp_path: Path, url: str) -> None:
    with served(tmp_path) as server:
        wait_for(lambda: workers(server.pid), "the start of a worker")
        (worker,) = workers(server.pid)
        ask(url, "one")
        wait_for(lambda: attempts(url, "one"), "work")
        server.kill()
        wait_for(lambda: not Path(f"/proc/{worker}").exists(), "the end of the worker")


def test_a_server_without_worker_leaves_the_jobs_to_another_machine(tmp_path: Path, url: str) -> None:
    ask(url, "one")
    with served(tmp_path, "--no-worker") as server:
        assert workers(server.pid) == []
        assert attempts(url, "one") == 0
        command = [sys.executable, "-m", "verify.cli", "work", "--until-idle"]
        environment = {"PATH": "/usr/bin:/bin", "VERIFY_DATA": str(tmp_path)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        assert "Jobs begun: 1." in done.stdout
        assert attempts(url, "one") == 1


def test_what_fills_the_demo_leaves_nothing_loaded_in_the_server() -> None:
    program = (
        "import sys; from verify.server import in_a_child; in_a_child(lambda: __import__('colorsys'));"
        " print('colorsys' in sys.modules); in_a_child(lambda: 1 // 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.stdout == "False\n"
    assert "ZeroDivisionError" in ended.stderr
    assert "The demo data could not be put in" in ended.stderr
