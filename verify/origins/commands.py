"""`verify analyse`: a handful of articles read against each other, without a desk."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from verify.origins.analyse import Document, analyse, as_record
from verify.origins.analysis_report import report

_LIMIT = 2 * 1024 * 1024
_MOST = 50
"""Articles that are compared two by two in one go."""


@click.command("analyse")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of the report.")
def analyse_files(files: tuple[str, ...], as_json: bool) -> None:
    """Read a handful of articles (text files): every claim, who said it through whom, and where it comes from.

    Claims that several articles make are put together, with the number of independent origins behind each, why, who
    denies it, and the passages that the articles share. No desk is needed, and nothing leaves this machine.
    """
    if len(files) > _MOST:
        raise click.ClickException(
            f"{len(files)} files are too many to read against each other at once. Give {_MOST} or fewer."
        )
    if len(set(files)) < len(files):
        raise click.ClickException("A file is named twice. Give each article once.")
    found = analyse([Document(Path(name).name, _read(Path(name))) for name in files])
    if as_json:
        click.echo(json.dumps(as_record(found), ensure_ascii=False, indent=2))
    else:
        click.echo(report(found, shutil.get_terminal_size((100, 24)).columns))


def _read(path: Path) -> str:
    """The text of an article; what cannot be read is refused in a sentence that names the file."""
    try:
        with path.open("rb") as file:
            raw = file.read(_LIMIT + 1)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be read: {error.strerror or error}.") from error
    if len(raw) > _LIMIT:
        raise click.ClickException(f"{path} is larger than 2 MB, which is no article. Give the text alone.")
    try:
        text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(
            f"{path} is not UTF-8 text: byte {error.start} cannot be read. Save it as UTF-8 and try again."
        ) from error
    if "\0" in text or not text.strip():
        raise click.ClickException(f"{path} holds no text. Give a plain text file with an article.")
    return text
