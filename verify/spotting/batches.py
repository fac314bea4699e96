"""Many texts in one go: JSON lines in, JSON lines out, read and written as they come."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from verify.spotting.spot import Found

LONGEST_LINE = 64 * 1024 * 1024


class BadLine(ValueError):
    """A line that is not what it should be; the message is a sentence with its number."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a batch, with the number that its answer carries too."""

    id: str | int | float
    text: str
    published_on: date | None = None


def texts_of(lines: Iterable[bytes]) -> Iterator[Text]:
    """Yields the text of each line, blank lines left out; raises BadLine at the first that cannot be read."""
    for number, raw in enumerate(lines, 1):
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if len(line) > LONGEST_LINE:
            raise BadLine(f"Line {number} is longer than {LONGEST_LINE >> 20} MB. Split its text.")
        if line.strip():
            yield _text_of(number, line)


def _text_of(number: int, line: bytes) -> Text:
    try:
        record = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise BadLine(f"Line {number} is not UTF-8: byte {error.start} of it cannot be read.") from error
    except json.JSONDecodeError as error:
        raise BadLine(f"Line {number} is not JSON: {error.msg} at character {error.colno}.") from error
    except ValueError as error:
        raise BadLine(f"Line {number} holds a number with too many digits to be read.") from error
    except RecursionError as error:
        raise BadLine(f"Line {number} is nested too deeply to be read.") from error
    if not isinstance(record, dict):
        raise BadLine(f'Line {number} is not a JSON object with "id" and "text".')
    known, text = record.get("id"), record.get("text")
    endless = isinstance(known, float) and not isfinite(known)  # NaN and Infinity are no JSON
    if endless or isinstance(known, bool) or not isinstance(known, str | int | float):
        raise BadLine(f'Line {number} has no "id" that is a string or a number.')
    if not isinstance(text, str):
        raise BadLine(f'Line {number} has no "text" that is a string.')
    return Text(known, text, _day(number, record.get("published_on")))


def _day(number: int, written: object) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(str(written))
    except ValueError as error:
        raise BadLine(f'Line {number} has a "published_on" that is not a day such as 2021-09-06.') from error


def in_groups(
    texts: Iterable[Text], size: int, wait: Callable[[], bool] = lambda: False
) -> Iterator[list[Text]]:
    """Yields the texts in groups; what was read before a bad line still comes, and then the complaint about it.

    `wait` says whether the next text is still to come: then a group comes before it is full.
    """
    group: list[Text] = []
    try:
        for text in texts:
            group.append(text)
            if len(group) == size or wait():
                yield group
                group = []
    except BadLine:
        if group:
            yield group
        raise
    if group:
        yield group


def spotted(text: Text, found: Found) -> dict[str, Any]:
    """Returns the answer to one text of `verify spot --batch`: every attribution, and the assertions for the desk."""
    return {
        "id": text.id,
        "attributions": [one.as_record() for one in found.attributions],
        "assertions": [one.as_record() for one in found.assertions],
    }


def as_line(record: dict[str, Any]) -> str:
    """Returns a record as one line; characters that no encoding has, such as half of a pair, are escaped."""
    line = json.dumps(record, ensure_ascii=False)
    try:
        line.encode()
    except UnicodeEncodeError:
        return json.dumps(record)
    return line
