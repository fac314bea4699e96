"""Lines as they arrive: from a file at once, from a pipe as another program writes them."""

from __future__ import annotations

import os
import select
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 1 << 16


class Lines:
    """The lines of a stream, which know whether the next one is there already.

    Whoever answers many lines at once can so answer those that came, and leave nobody waiting who sent just a few.
    """

    def __init__(self, stream: BinaryIO, longest: int) -> None:
        self.stream, self.longest = stream, longest
        self.whole: deque[bytes] = deque()
        try:
            self.number: int | None = stream.fileno()
        except OSError:  # nothing of the operating system's: what it holds is there
            self.number = None

    def __iter__(self) -> Iterator[bytes]:
        """Yields each line without its end; one that is longer than any should be is the last, and cut."""
        part = bytearray()
        while chunk := self._read():
            first, *others = chunk.split(b"\n")
            part += first
            if others:
                self.whole.append(bytes(part))
                *complete, last = others
                self.whole.extend(complete)
                part = bytearray(last)
            while self.whole:
                yield self.whole.popleft()
            if len(part) > self.longest:
                break
        if part:
            yield bytes(part)

    def wait(self) -> bool:
        """Whether the next line is still to come."""
        if self.whole or self.number is None:
            return False
        return not select.select([self.number], [], [], 0)[0]

    def _read(self) -> bytes:
        return self.stream.read(_CHUNK) if self.number is None else os.read(self.number, _CHUNK)
