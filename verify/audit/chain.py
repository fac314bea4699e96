"""How the log is hashed, and how a stranger checks it. Standard library only: this file runs alone on an export.

    python chain.py EXPORT.jsonl

An export holds one entry a line, oldest first, each with its columns and, unless erased, `salt` and `payload`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

GENESIS = "0" * 64
HASHED = (
    "sequence",
    "previous_hash",
    "at",
    "actor_id",
    "action",
    "subject_type",
    "subject_id",
    "payload_hash",
)


def canonical(value: Any) -> bytes:
    """RFC 8785 JSON for the values a log entry holds: strings, integers, null, lists and objects with ASCII keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def entry_hash(entry: Mapping[str, Any]) -> str:
    """The SHA-256 of an entry's hashed columns."""
    return hashlib.sha256(canonical({name: entry[name] for name in HASHED})).hexdigest()


def payload_hash(salt: str, payload: str) -> str:
    """The salted commitment to a payload."""
    return hashlib.sha256(f"{salt}\n{payload}".encode()).hexdigest()


def first_fault(entries: Iterable[Mapping[str, Any]], head: str | None = None) -> tuple[int, str | None]:
    """How many entries hold, and one sentence about the first that does not (None when all do).

    `head`, when known from elsewhere, is the hash that the newest entry must have: it shows a cut-off end.
    """
    previous, count = GENESIS, 0
    for entry in entries:
        expected = count + 1
        if entry["sequence"] != expected:
            return count, f"Entry {expected} is missing: entry {entry['sequence']} stands in its place."
        if entry["previous_hash"] != previous:
            return count, f"Entry {expected} does not follow the entry before it."
        if entry_hash(entry) != entry["entry_hash"]:
            return count, f"Entry {expected} was changed after it was written."
        if (
            entry.get("payload") is not None
            and payload_hash(entry["salt"], entry["payload"]) != entry["payload_hash"]
        ):
            return count, f"The payload of entry {expected} was changed after it was written."
        previous, count = entry["entry_hash"], expected
    if head is not None and previous != head:
        return count, f"The log ends at entry {count}, but its head names a later entry: the end was cut off."
    return count, None


def main() -> int:
    """Check an export named on the command line; prints the result and exits with 1 at a fault."""
    if len(sys.argv) != 2:
        print("usage: python chain.py EXPORT.jsonl", file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        count, fault = first_fault(json.loads(line) for line in file if line.strip())
    print(fault or f"All {count} entries hold.")
    return 1 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
