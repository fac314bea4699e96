"""`verify spot`: prints the assertions of a text file or of standard input."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from datetime import date, datetime
from pathlib import Path

import click

from verify.spotting.assertion import Assertion
from verify.spotting.spot import spot as find_assertions

_LIMIT = 20 * 1024 * 1024


def _decode(raw: bytes, name: str) -> str:
    """Decodes UTF-8 (with or without a byte order mark) and UTF-16 with one; refuses anything else by name."""
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        wanted = "UTF-16" if encoding == "utf-16" else "UTF-8"
        raise click.ClickException(
            f"{name} is not {wanted} text: byte {error.start} cannot be read. Save it as UTF-8 and try again."
        ) from error
    if "\0" in text:
        raise click.ClickException(f"{name} is not a text file: it holds zero bytes. Give a plain text file.")
    if not text.strip():
        raise click.ClickException(f"{name} is empty. Give a file with the text of an article.")
    return text


def _read(source: str) -> str:
    if source == "-":
        raw, name = sys.stdin.buffer.read(_LIMIT + 1), "Standard input"
    else:
        path, name = Path(source), source
        try:
            with path.open("rb") as file:
                raw = file.read(_LIMIT + 1)
        except OSError as error:
            raise click.ClickException(f"{name} cannot be read: {error.strerror or error}.") from error
    if len(raw) > _LIMIT:
        raise click.ClickException(f"{name} is larger than 20 MB. Split it and try again.")
    return _decode(raw, name)


def _chain(assertion: Assertion) -> str:
    if not assertion.chain:
        return "in the outlet's own voice"
    hops = [
        f"{hop.name} ({hop.role})" if hop.role and hop.role != hop.name else hop.name
        for hop in assertion.chain
    ]
    return " › ".join(hops)


def _notes(assertion: Assertion) -> str:
    notes: list[str] = [assertion.mode]
    if assertion.cue:
        notes.append(f"cue “{assertion.cue}”")
    if assertion.channel:
        notes.append(f"channel {assertion.channel}")
    if assertion.polarity != "asserts":
        notes.append(assertion.polarity)
    if assertion.part != "body":
        notes.append(assertion.part)
    notes += [
        f"figure {quantity.text.strip()}{f' {quantity.what}' if quantity.what else ''}"
        for quantity in assertion.quantities
    ]
    if assertion.caveat:
        notes.append(f"caveat “{assertion.caveat}”")
    return " · ".join(notes)


def _wrapped(words: str, width: int) -> list[str]:
    return textwrap.wrap(words, width, break_long_words=True) or [""]


def table(assertions: list[Assertion], width: int) -> str:
    """Returns a table for people: where it stands, what is said, who says it, and how."""
    left = 16
    room = max(30, width - left)
    lines = [f"{'Place':<9}{'Check':<7}Assertion and attribution", "─" * min(width, 100)]
    for found in assertions:
        rows = (
            _wrapped(found.statement, room)
            + _wrapped(f"— {_chain(found)}", room)
            + _wrapped(_notes(found), room)
        )
        head = f"{found.start:<9}{found.check_worthiness:<7.2f}"
        lines += [(head if at == 0 else " " * left) + row for at, row in enumerate(rows)]
        lines.append("")
    attributed = sum(bool(found.chain) for found in assertions)
    lines.append(f"{len(assertions)} assertions, {attributed} of them attributed to somebody.")
    return "\n".join(lines)


@click.command()
@click.argument("file")
@click.option("--jsonl", is_flag=True, help="Print one JSON record a line instead of a table.")
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day of publication, against which days such as Sunday are resolved.",
)
def spot(file: str, jsonl: bool, published: datetime | None) -> None:
    """Prints the assertions in FILE (a text file, or - for standard input): what is said, by whom and how."""
    published_on: date | None = published.date() if published else None
    found = find_assertions(_read(file), published_on=published_on)
    if jsonl:
        for assertion in found:
            click.echo(json.dumps(assertion.as_record(), ensure_ascii=False))
    else:
        click.echo(table(found, shutil.get_terminal_size((100, 24)).columns))
