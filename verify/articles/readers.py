"""A file comes in, a reading goes out: its text and what it says about itself, for a person to confirm."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from verify.articles.limits import LIMITS, megabytes
from verify.articles.plaintext import (
    decoded,
    decoded_page,
    frozen,
    normalised,
    turning_note,
    without_controls,
)
from verify.errors import Refused

MEDIA_TYPES = {
    "text": "text/plain",
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
TITLE_LENGTH = 120
ACCEPTED = (".txt", ".html", ".htm", ".pdf", ".docx")
_FORMATS = {".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".xhtml": "html"}
_PARSERS = Path(__file__).with_name("parsers.py")
# One thread for numpy: the reading process shares the machine with people who wait for pages.
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


Guess = Callable[[str], str | None]


@dataclass(frozen=True)
class Reading:
    """What a file holds: the text as it would be frozen, and metadata to be confirmed by a person."""

    text: str
    media_type: str
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published_on: date | None = None
    language: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = field(default=())


def read(content: bytes, filename: str, guess: Guess | None = None) -> Reading:
    """Read an uploaded file, or refuse it with a sentence that says what to do.

    `guess` tells the language of a plain text; by default a process of its own does, to spare the server its model.
    """
    if not content:
        raise Refused("This file is empty. Choose the file that holds the article.", field="upload")
    if len(content) > LIMITS.upload_bytes:
        raise too_large(len(content))
    kind = format_of(content, filename)
    answer, notes = _answer(kind, content, guess or language_of)
    cleaned = without_controls(normalised(answer["text"]))
    try:
        text = frozen(cleaned.text)
    except Refused as refusal:
        raise Refused(_about_the_file(refusal.message), field="upload") from refusal
    return Reading(
        text=text,
        media_type=MEDIA_TYPES[kind],
        title=_line(answer.get("title")) or title_from(text),
        outlet=_line(answer.get("outlet")),
        byline=_line(answer.get("byline")),
        published_on=_day(answer.get("published_on")),
        language=answer.get("language"),
        url=_address(answer.get("url")),
        notes=(*notes, *cleaned.notes, *turning_note(text)),
    )


def too_large(size: int) -> Refused:
    """Return the refusal of a file of this size."""
    return Refused(
        f"This file has {megabytes(size)}; at most {megabytes(LIMITS.upload_bytes)} are taken. "
        "Save only the article’s text, or paste it.",
        field="upload",
    )


def language_of(text: str) -> str | None:
    """Return the language of a text, found in a process of its own, or None when it cannot be told."""
    try:
        answer = _in_child("text", text[:20_000].encode("utf-8", "ignore"))
    except Refused:
        return None
    language: str | None = answer["language"]
    return language


def format_of(content: bytes, filename: str) -> str:
    """Return text, html, pdf or docx: first by what the bytes say, then by the name."""
    suffix = Path(filename).suffix.lower()
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        if suffix == ".docx":
            return "docx"
        raise _unsupported(suffix or "an archive")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(
            "This is an old or locked Office file. Save it as an unlocked .docx and try again.", "upload"
        )
    if suffix in (".pdf", ".docx"):
        raise Refused(
            f"This file is named {suffix} but is not one, or it is damaged. "
            "Get a whole copy, or paste the text.",
            field="upload",
        )
    if suffix in _FORMATS:
        return _FORMATS[suffix]
    if re.match(rb"\s*(<!doctype html|<html)", content[:512], re.I):
        return "html"
    raise _unsupported(suffix or "a file without an ending")


def _unsupported(what: str) -> Refused:
    return Refused(
        f"Verify reads {', '.join(ACCEPTED[:-1])} and {ACCEPTED[-1]}; this is {what}. "
        "Save the text as one of those.",
        field="upload",
    )


def _answer(kind: str, content: bytes, guess: Guess) -> tuple[dict[str, Any], tuple[str, ...]]:
    if kind == "text":
        plain = decoded(content)
        return {"text": plain.text, "language": guess(plain.text)}, plain.notes
    if kind == "html":
        page = decoded_page(content)
        return _in_child(kind, page.text.encode("utf-8", "ignore")), page.notes
    return _in_child(kind, content), ()


def _in_child(kind: str, content: bytes) -> dict[str, Any]:
    """Run a parser in a process with limits; whatever happens to it becomes a sentence."""
    command = [sys.executable, "-I", "-B", str(_PARSERS), kind, json.dumps(LIMITS.as_numbers())]
    try:
        # The command is ours, word for word; the document travels on standard input only.
        done = subprocess.run(
            command,
            input=content,
            capture_output=True,
            timeout=LIMITS.seconds * 2,
            env=_ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(
            f"Reading this file took longer than {LIMITS.seconds * 2} seconds. Paste the text.", "upload"
        ) from error
    if done.returncode:
        raise Refused(
            "This file is damaged, or needs more memory or time than one file may take. Paste the text.",
            field="upload",
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refused" in answer:
        raise Refused(answer["refused"], field="upload")
    return answer


def _about_the_file(sentence: str) -> str:
    if sentence.startswith("There is no text"):
        return "This file holds no text. Choose the file that holds the article, or paste the text."
    return sentence


def _line(value: str | None) -> str | None:
    """Return a value as one line without control characters, or None when nothing is left."""
    line = " ".join(without_controls(value or "").text.split())[:300]
    return line or None


def title_from(text: str) -> str | None:
    """Return the first line as a title, cut after a word where it is longer than a title is."""
    line = _line(text.strip().split("\n", 1)[0])
    if line and len(line) > TITLE_LENGTH:
        return line[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(",;:–—-") + "…"
    return line


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat((value or "")[:10])
    except ValueError:
        return None


def _address(value: str | None) -> str | None:
    return value if value and re.fullmatch(r"https?://[^\s<>\"]{3,1990}", value) else None
