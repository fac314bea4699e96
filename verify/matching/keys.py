"""What two claims are called where a match is kept: “assertion:12” and “ticket:5”, always in one order."""

from __future__ import annotations

from verify.errors import Missing
from verify.matching.store import Held, split

_ORDER = {Held.ASSERTION: 0, Held.TICKET: 1, Held.CLAIMREVIEW: 2, Held.WATCH: 3}
_MATCHED = {Held.ASSERTION, Held.TICKET, Held.CLAIMREVIEW}
_LARGEST = 2**31 - 1


def key_of(kind: Held, number: int) -> str:
    """“ticket:5”."""
    return f"{kind.value}:{number}"


def ordered(one: str, other: str) -> tuple[str, str]:
    """The two in the order in which a match is kept: assertion, ticket, review of others; the lower number first."""
    first, second = sorted((one, other), key=lambda key: (_ORDER[split(key)[0]], split(key)[1]))
    return first, second


def as_address(key: str) -> str:
    """“ticket-5”, for an address."""
    return key.replace(":", "-")


def from_address(part: str) -> str:
    """“ticket:5” from “ticket-5”; what names nothing that can match is absent."""
    kind, _, number = part.partition("-")
    known = {one.value for one in _MATCHED}
    if kind not in known or not number.isascii() or not number.isdigit() or len(number) > 10:
        raise Missing("There is no such claim.")
    if not 0 < int(number) <= _LARGEST:
        raise Missing("There is no such claim.")
    return f"{kind}:{int(number)}"
