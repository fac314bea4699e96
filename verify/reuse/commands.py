"""`verify reuse` and `verify stories`: which texts lean on which, and which tell one story; both need no desk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

import click

from verify.reuse.collection import Collection
from verify.reuse.reading import Reading, read
from verify.reuse.stories import stories as find_stories


@click.command()
@click.argument("documents", metavar="DOCS.jsonl", type=click.File(encoding="utf-8"))
@click.argument("pairs", metavar="PAIRS.jsonl", type=click.File(encoding="utf-8"))
def reuse(documents: TextIO, pairs: TextIO) -> None:
    """Say of each pair of texts whether one leans on the other.

    DOCS.jsonl holds {"id", "text"}, PAIRS.jsonl {"a", "b"}, one record a line. Prints {"a", "b", "score", "label"}:
    0.5 is as likely as not; the label is independent, partial or same. Only narrative counts: what is quoted,
    captioned, or printed around every article does not. What is common among the DOCS says little, so give all
    texts at once.
    """
    collection = Collection(_documents(documents))
    for number, record in _records(pairs):
        names = [_name(record, key, pairs.name, number) for key in ("a", "b")]
        for name in names:
            if name not in collection.readings:
                raise click.ClickException(f"{pairs.name}, line {number}: no text has the id {name!r}.")
        near = collection.nearness(*names)
        _print({"a": record["a"], "b": record["b"], "score": near.score, "label": near.label})


@click.command()
@click.argument("documents", metavar="DOCS.jsonl", type=click.File(encoding="utf-8"))
def stories(documents: TextIO) -> None:
    """Group texts that tell the same story.

    DOCS.jsonl holds {"id", "text"}, one record a line; prints {"id", "cluster"} in the same order.
    """
    for name, cluster in find_stories(_documents(documents)).items():
        _print({"id": name, "cluster": cluster})


def _documents(lines: TextIO) -> dict[str, Reading]:
    found: dict[str, Reading] = {}
    for number, record in _records(lines):
        name = _name(record, "id", lines.name, number)
        if not isinstance(record.get("text"), str):
            raise click.ClickException(f"{lines.name}, line {number}: there is no text in it.")
        if name in found:
            raise click.ClickException(f"{lines.name}, line {number}: the id {name!r} stands on two lines.")
        found[name] = read(record["text"])
    if not found:
        raise click.ClickException(f"{lines.name} is empty. Give a file with one JSON record a line.")
    return found


def _records(lines: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            record = json.loads(line.lstrip("\ufeff"))
            if not isinstance(record, dict):
                raise click.ClickException(f"{lines.name}, line {number}: this is no JSON record in braces.")
            yield number, record
    except ValueError as error:
        what = "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"not JSON ({error})"
        raise click.ClickException(f"{lines.name} cannot be read: it is {what}.") from error


def _name(record: dict[str, Any], key: str, file: str, number: int) -> str:
    name = record.get(key)
    if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
        raise click.ClickException(f"{file}, line {number}: “{key}” is missing; it names a text.")
    return str(name)


def _print(record: dict[str, Any]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))
