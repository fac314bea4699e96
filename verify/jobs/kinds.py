"""The kinds of jobs. A package lists its own in its `jobs.py`, with the function that does the work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from verify.jobs.work import Work

Address = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job: what people read of it, what does it, and how many seconds it may take at most."""

    name: str
    label: str
    run: Callable[[Work], None]
    address: Address | None = None
    limit: int = 1800


KINDS: dict[str, Kind] = {}


def job(
    name: str, *, label: str, address: Address | None = None, limit: int = 1800
) -> Callable[[Callable[[Work], None]], Callable[[Work], None]]:
    """Make a function the work of a kind of jobs. `address` leads from a payload to the page it is about."""

    def listed(run: Callable[[Work], None]) -> Callable[[Work], None]:
        KINDS[name] = Kind(name, label, run, address, limit)
        return run

    return listed
