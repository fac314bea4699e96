"""`verify spot` and `verify rank`: what a text asserts, and what of it is worth checking, on the command line."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click

from verify.spotting import batches
from verify.spotting.arrivals import Lines
from verify.spotting.checkworthiness import rank as rank_texts
from verify.spotting.spot import find
from verify.spotting.spot import spot as find_assertions
from verify.spotting.tables import table

_LIMIT = 20 * 1024 * 1024
_AT_ONCE = 256  # texts to rank that are answered together
_BATCH = click.Path(exists=False, dir_okay=True, allow_dash=True)


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


@contextmanager
def _opened(source: str) -> Iterator[Lines]:
    """Opens a file or standard input for reading, and says in a sentence what stands against it."""
    if source == "-":
        yield Lines(sys.stdin.buffer, batches.LONGEST_LINE)
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115  # closed below; here only its opening may fail
    except OSError as error:
        raise click.ClickException(f"{source} cannot be read: {error.strerror or error}.") from error
    with file:
        yield Lines(file, batches.LONGEST_LINE)


@contextmanager
def _naming(source: str) -> Iterator[None]:
    """Says of a bad line in which file it stands."""
    try:
        yield
    except batches.BadLine as error:
        name = "Standard input" if source == "-" else source
        raise click.ClickException(f"{name}: {error}") from error


def _coloured() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@click.command()
@click.argument("file", required=False)
@click.option("--jsonl", is_flag=True, help="Print one JSON record a line instead of a table.")
@click.option(
    "--batch",
    type=_BATCH,
    metavar="IN.jsonl",
    help='Read one {"id", "text"} a line (or - for standard input), and print one line a text: '
    '{"id", "attributions", "assertions"}. "published_on" may be given beside the text.',
)
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day of publication, against which days such as Sunday are resolved.",
)
def spot(file: str | None, jsonl: bool, batch: str | None, published: datetime | None) -> None:
    """Prints the assertions in FILE (a text file, or - for standard input): what is said, by whom and how.

    In a terminal it prints a table as wide as the window. Everything happens on this machine: no network, no database.
    """
    if (file is None) == (batch is None):
        raise click.UsageError("Give a FILE, or --batch with a file of texts; one of the two.")
    published_on: date | None = published.date() if published else None
    if batch is not None:
        _spot_batch(batch, published_on)
        return
    found = find_assertions(_read(file or "-"), published_on=published_on)
    if jsonl:
        for assertion in found:
            click.echo(batches.as_line(assertion.as_record()))
    else:
        width = shutil.get_terminal_size((100, 24)).columns
        click.echo(table(found, width, colour=_coloured()))


def _spot_batch(source: str, published_on: date | None) -> None:
    with _opened(source) as lines, _naming(source):
        for text in batches.texts_of(lines):
            found = find(text.text, published_on=text.published_on or published_on)
            click.echo(batches.as_line(batches.spotted(text, found)))


@click.command()
@click.option(
    "--batch",
    type=_BATCH,
    required=True,
    metavar="IN.jsonl",
    help='One {"id", "text"} a line, or - for standard input.',
)
def rank(batch: str) -> None:
    """Says of each text how much it is worth checking.

    Prints one line a text: {"id", "score", "label"}; the score goes from 0 to 1, and the label is 1 where it is worth
    checking. Everything happens on this machine: no network, no database.
    """
    with _opened(batch) as lines, _naming(batch):
        for texts in batches.in_groups(batches.texts_of(lines), _AT_ONCE, lines.wait):
            for text, (score, worth) in zip(texts, rank_texts([one.text for one in texts]), strict=True):
                click.echo(batches.as_line({"id": text.id, "score": score, "label": int(worth)}))
