"""`verify match`: which earlier claim a text repeats, on the command line; needs no desk."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from verify.similarity.matcher import Matcher
from verify.similarity.records import as_record, claims_of, questions_of
from verify.spotting.arrivals import Lines
from verify.spotting.batches import LONGEST_LINE, BadLine, as_line

_FILE = click.Path(allow_dash=True)
MOST = 1000


@click.command()
@click.argument("claims", metavar="CLAIMS.jsonl", type=_FILE)
@click.argument("queries", metavar="QUERIES.jsonl", type=_FILE)
@click.option(
    "--top", type=click.IntRange(1, MOST), default=20, show_default=True, help="Claims named at most."
)
@click.option("--why", is_flag=True, help="Say for each claim what it shares with the query.")
def match(claims: str, queries: str, top: int, why: bool) -> None:
    """Find for each query the claims that may be what it says, best first.

    CLAIMS.jsonl holds {"id", "text"} and, where known, "title", "subtitle" and "date"; QUERIES.jsonl {"id", "text"}
    and, where known, "date"; one record a line. One of the two may be - for standard input. Prints for each query
    {"id", "ranked", "scores", "none"}: how likely each claim is the one, were it the only one, and how likely none
    is. Everything happens on this machine: no network, no database.
    """
    if claims == queries == "-":
        raise click.UsageError("Only one of the two files can be standard input.")
    with _lines(claims) as lines:
        known, ids = claims_of(lines)
    if not known:
        raise click.ClickException(f"{_name(claims)} is empty. Give a file with one claim a line.")
    matcher = Matcher(known)
    with _lines(queries) as lines:
        for asking in questions_of(lines):
            answer = matcher.match(asking.question, top)
            click.echo(as_line(as_record(asking.id, answer, ids, why=why)))


def _name(source: str) -> str:
    return "Standard input" if source == "-" else source


@contextmanager
def _lines(source: str) -> Iterator[Lines]:
    """Open a file or standard input, and say in a sentence what stands against it."""
    try:
        if source == "-":
            yield Lines(sys.stdin.buffer, LONGEST_LINE)
            return
        with _opened(Path(source)) as lines:
            yield lines
    except BadLine as error:
        raise click.ClickException(f"{_name(source)}: {error}") from error


@contextmanager
def _opened(path: Path) -> Iterator[Lines]:
    try:
        file = path.open("rb")
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror or error}.") from error
    with file:
        yield Lines(file, LONGEST_LINE)
