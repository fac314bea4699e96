"""The worker that a server brings with it: a process of its own, started, watched and stopped by the server."""

from __future__ import annotations

import contextlib
import subprocess  # nosec B404  # starts this very program, with fixed words
import sys
import time

PATIENCE = (
    5.0  # seconds before a worker that ended is started again; a broken desk is not to be kept busy by it
)


class Companion:
    """One `verify work`, as long as the server lives."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._started = -PATIENCE

    def watch(self) -> None:
        """Start the worker, or start it again when it ended; asked every second, and quick."""
        ended = self._process is None or self._process.poll() is not None
        if ended and time.monotonic() - self._started >= PATIENCE:
            self._started = time.monotonic()
            words = [sys.executable, "-m", "verify.cli", "work", "--with-server"]
            self._process = subprocess.Popen(words, stdin=subprocess.DEVNULL)  # nosec B603  # fixed words

    def ask_to_stop(self) -> None:
        """Have the worker give its job back and end; a process that is gone already is none to ask."""
        if self._process is not None and self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()

    def stop(self, patience: float) -> None:
        """Wait for the worker to end, and end it when it does not: its lease runs out, and the job is taken again."""
        if self._process is None:
            return
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
