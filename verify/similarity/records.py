"""Claims and questions as JSON lines; what is wrong with a line is said in a sentence with its number."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from verify.similarity.matcher import Answer
from verify.similarity.reading import Claim, Question, day_in, question
from verify.spotting.batches import LONGEST_LINE, BadLine

Id = str | int


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with the id that its answer carries too."""

    id: Id
    question: Question


def claims_of(lines: Iterable[bytes]) -> tuple[list[Claim], dict[str, Id]]:
    """Return the claims of some lines, and each id as it was written; raises BadLine at the first bad line."""
    claims: list[Claim] = []
    ids: dict[str, Id] = {}
    for number, record in _records(lines):
        name = _id(number, record)
        if str(name) in ids:
            raise BadLine(f"Line {number} has the id {str(name)!r}, which an earlier line has already.")
        ids[str(name)] = name
        claims.append(
            Claim(
                id=str(name),
                text=_text(number, record, "text"),
                title=_text(number, record, "title", ""),
                subtitle=_text(number, record, "subtitle", ""),
                dated=_day(number, record),
            )
        )
    return claims, ids


def questions_of(lines: Iterable[bytes]) -> Iterator[Asking]:
    """Yield the questions of some lines as they come; raises BadLine at the first bad line."""
    for number, record in _records(lines):
        text = _text(number, record, "text")
        yield Asking(_id(number, record), question(text, _day(number, record)))


def as_record(asked: Id, answer: Answer, ids: dict[str, Id], *, why: bool) -> dict[str, Any]:
    """Return an answer as it is printed."""
    record: dict[str, Any] = {
        "id": asked,
        "ranked": [ids[match.claim.id] for match in answer.matches],
        "scores": [round(match.score, 6) for match in answer.matches],
        "none": round(answer.none, 6),
    }
    if why:
        record["why"] = [list(match.why) for match in answer.matches]
    return record


def _records(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, raw in enumerate(lines, 1):
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if len(line) > LONGEST_LINE:
            raise BadLine(f"Line {number} is longer than {LONGEST_LINE >> 20} MB, which is no claim.")
        if line.strip():
            yield number, _record(number, line)


def _record(number: int, line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise BadLine(f"Line {number} is not UTF-8: byte {error.start} of it cannot be read.") from error
    except json.JSONDecodeError as error:
        raise BadLine(f"Line {number} is not JSON: {error.msg} at character {error.colno}.") from error
    except (RecursionError, ValueError) as error:
        raise BadLine(
            f"Line {number} holds more than can be read: it is nested too deeply or too long."
        ) from error
    if not isinstance(record, dict):
        raise BadLine(f'Line {number} is not a JSON object with "id" and "text".')
    return record


def _id(number: int, record: dict[str, Any]) -> Id:
    name = record.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise BadLine(f'Line {number} has no "id" that is a string or a whole number.')
    return name


def _text(number: int, record: dict[str, Any], key: str, missing: str | None = None) -> str:
    text = record.get(key)
    if text is None and missing is not None:
        return missing
    if not isinstance(text, str):
        raise BadLine(f'Line {number} has no "{key}" that is a string.')
    return text


def _day(number: int, record: dict[str, Any]) -> date | None:
    """The day of a line; one that says nothing readable, as pages on the web often do, is no day."""
    written = record.get("date")
    if written is not None and not isinstance(written, str):
        raise BadLine(f'Line {number} has a "date" that is not a string such as "2021-09-06".')
    return day_in(written) if written else None
