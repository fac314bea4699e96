"""What a file or an answer holds: the reviews that can be kept, and by place and reason what cannot. Pure.

The kind is told by the content, not by a name: linked data as JSON (one, a list, a graph, or a feed of them), a line of
it at a time, a saved page, or an RSS or Atom feed.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from verify.claimreviews.graph import Document
from verify.claimreviews.review import Review, Unreadable, read_review

MOST_PAGES = 500
WHOLE = "the whole file"
NO_REVIEW = "It holds no ClaimReview."
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_DECLARED = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""")
_ENTRIES = re.compile(r'"dataFeedElement"\s*:\s*\[')


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read: where it stands, and why."""

    place: str
    reason: str


@dataclass(slots=True)
class Reading:
    """What was read: reviews, problems, remarks, and the pages to which a feed leads for more."""

    reviews: list[Review] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)


def read(content: bytes, *, page: str = "", content_type: str = "") -> Reading:
    """Read whatever it is; `page` is the address that it came from."""
    reading = Reading()
    text = _decoded(content, content_type, reading)
    beginning = text.lstrip("\ufeff \t\r\n")[:1]
    if not beginning:
        reading.problems.append(Problem(WHOLE, "It is empty."))
    elif beginning == "<":
        _read_markup(reading, text, page)
    elif beginning in "{[":
        _read_json(reading, text, page)
    else:
        reading.problems.append(Problem(WHOLE, "It is neither JSON, nor a page, nor a feed."))
    if not (reading.reviews or reading.problems or reading.pages):
        reading.problems.append(Problem(WHOLE, NO_REVIEW))
    return reading


def loads(text: str) -> Any:
    """Parse JSON as strictly as it is kept: no numbers that JSON cannot write, and no endless nesting."""
    try:
        return json.loads(text, strict=False, parse_constant=_no_number, parse_float=_number)
    except json.JSONDecodeError as error:
        raise Unreadable(
            f"It is no JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from None
    except RecursionError:
        raise Unreadable("It is nested too deeply.") from None
    except ValueError as error:
        raise Unreadable(str(error)[:200]) from None


def _no_number(name: str) -> Any:
    raise ValueError(f"It is no JSON: {name} is no number.")


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"It holds a number that is too large: {text[:20]}.")
    return number


def _decoded(content: bytes, content_type: str, reading: Reading) -> str:
    """Decode by the mark at its beginning, by what it declares, else as UTF-8, and say where that does not fit."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        told = _DECLARED.search(content_type)
        stated = _CHARSET.search(content[:4096]) or _XML.search(content[:4096])
        name = told[1] if told else stated[1].decode("ascii") if stated else ""
    try:
        if name:
            return content.decode(name, "replace")
    except (LookupError, ValueError):
        name = ""
    reading.notes.append("It is not UTF-8; letters that could not be read stand as \ufffd.")
    return content.decode("utf-8", "replace")


def _read_json(reading: Reading, text: str, page: str) -> None:
    text = text.lstrip("\ufeff")
    try:
        _keep(reading, Document(loads(text)), "", page)
    except Unreadable as whole:
        lines = [(number, one) for number, one in enumerate(text.splitlines(), 1) if one.strip()]
        if len(lines) > 1 and _is_json(lines[0][1]):
            _read_lines(reading, lines, page)
        elif not _read_piece_by_piece(reading, text, page):
            reading.problems.append(Problem(WHOLE, str(whole)))


def _is_json(text: str) -> bool:
    try:
        loads(text)
    except Unreadable:
        return False
    return True


def _read_lines(reading: Reading, lines: list[tuple[int, str]], page: str) -> None:
    for number, one in lines:
        try:
            document = Document(loads(one))
        except Unreadable as error:
            reading.problems.append(Problem(f"line {number}", str(error)))
            continue
        if _keep(reading, document, f"line {number}", page) == 0:
            reading.problems.append(Problem(f"line {number}", NO_REVIEW))


def _read_piece_by_piece(reading: Reading, text: str, page: str) -> bool:
    """Read the whole entries of a list that is broken somewhere, and say where that is; False when it is no list."""
    opening = _ENTRIES.search(text)
    at = opening.end() if opening else 1
    if not opening and text[0] != "[":
        return False
    decoder = json.JSONDecoder(strict=False, parse_constant=_no_number, parse_float=_number)
    number, kept = 0, 0
    while (at := _next(text, at)) < len(text) and text[at] != "]":
        number += 1
        try:
            entry, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            place = f"entry {number} (line {text.count(chr(10), 0, at) + 1})"
            if kept:
                reason = "It is no JSON, so neither it nor what follows was read."
                reading.problems.append(Problem(place, reason))
            return kept > 0
        kept += 1
        _keep(reading, Document(entry), f"entry {number}", page)
    if kept and at >= len(text):
        reading.problems.append(Problem(f"after entry {number}", "The file ends in the middle."))
    return kept > 0


def _next(text: str, at: int) -> int:
    found = re.compile(r"[\s,]*").match(text, at)
    return found.end() if found else at


def _read_markup(reading: Reading, text: str, page: str) -> None:
    from verify.claimreviews import markup  # its parser is loaded in a process of its own

    start = text.lstrip("\ufeff \t\r\n")[:2_000].lower()
    feed = None
    if "<rss" in start or "<feed" in start or "<rdf:rdf" in start:
        feed = markup.read_feed(text.lstrip("\ufeff \t\r\n"), page)
    if feed is not None:
        _read_scripts(reading, feed.scripts, page)
        reading.pages = feed.pages[:MOST_PAGES]
        if not feed.entries:
            reading.problems.append(Problem(WHOLE, "This feed has no entries."))
        return
    found = markup.read_page(text, page)
    _read_scripts(reading, found.scripts, found.address)
    for number, thing in enumerate(found.microdata, 1):
        _keep(reading, Document(thing), f"marked part {number}", found.address)


def _read_scripts(reading: Reading, scripts: list[Any], page: str) -> None:
    for script in scripts:
        try:
            document = Document(loads(script.text))
        except Unreadable as error:
            if "ClaimReview" in script.text or "claimReviewed" in script.text:
                reading.problems.append(Problem(script.place, str(error)))
            else:
                reading.notes.append(
                    f"Passed over {script.place}, which is no JSON and holds no ClaimReview."
                )
            continue
        _keep(reading, document, script.place, script.page or page)


def _keep(reading: Reading, document: Document, place: str, page: str) -> int:
    """Keep the reviews of a document, or the reasons why they cannot be; return how many there were."""
    number = 0
    for placed in document.reviews(place):
        number += 1
        try:
            reading.reviews.append(read_review(document, placed, page))
        except Unreadable as error:
            reading.problems.append(Problem(placed.place or WHOLE, str(error)))
        except RecursionError:
            reading.problems.append(Problem(placed.place or WHOLE, "It is nested too deeply."))
    return number


def as_lines(reading: Reading) -> Iterator[str]:
    """A reading as lines of JSON, to travel from one process to another."""
    yield json.dumps({"notes": reading.notes, "pages": reading.pages})
    for problem in reading.problems:
        yield json.dumps({"place": problem.place, "reason": problem.reason})
    for review in reading.reviews:
        yield json.dumps({name: getattr(review, name) for name in Review.__dataclass_fields__})


def from_lines(lines: Iterator[str]) -> Reading:
    """The reading that such lines stand for."""
    first = json.loads(next(lines))
    reading = Reading(notes=first["notes"], pages=first["pages"])
    for one in lines:
        words = json.loads(one)
        if "reason" in words:
            reading.problems.append(Problem(**words))
        else:
            reading.reviews.append(Review(**words))
    return reading
