"""`verify report`: the same reports from the command line."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

from verify.grading.rubric import RATINGS

if TYPE_CHECKING:
    from verify.publishing.selection import Selection

FORMAT_NAMES = ("pdf", "html", "csv", "xlsx", "json", "jsonld")
DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("references", nargs=-1)
@click.option("--format", "form", type=click.Choice(FORMAT_NAMES), default="pdf", show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write the file."
)
@click.option("--title", default="", help="The title on the cover.")
@click.option("--investigation", default="", help="Verdicts of this investigation, by its name.")
@click.option(
    "--rating", type=click.Choice([rating.value for rating in RATINGS]), help="Verdicts with this rating."
)
@click.option("--source", default="", help="Claims made by whoever has this in the name.")
@click.option("--since", type=DAY, help="Published on this day or later.")
@click.option("--until", type=DAY, help="Published on this day or earlier.")
@click.option("-q", "--query", default="", help="Words that the claim mentions.")
@with_appcontext
def report(
    references: tuple[str, ...], form: str, out: Path, title: str, investigation: str, rating: str | None, source: str,
    since: datetime | None, until: datetime | None, query: str,
) -> None:  # fmt: skip
    """Write a report of published verdicts to a file: those named by REFERENCES, or all that fit the options."""
    from verify.publishing.selection import Selection

    if not out.absolute().parent.is_dir():
        raise click.BadParameter(f"The folder {out.absolute().parent} does not exist.", param_hint="--out")
    selection = Selection(
        q=query, investigation=investigation, rating=rating or "", source=source, since=since and since.date(),
        until=until and until.date(), references=tuple(sorted({one.upper() for one in references})),
    )  # fmt: skip
    count, checksum = _write(selection, form, out, title)
    click.echo(f"{count} verdict{'' if count == 1 else 's'} in {out}")
    click.echo(f"SHA-256 of the file      {hashlib.sha256(out.read_bytes()).hexdigest()}")
    click.echo(f"SHA-256 of the contents  {checksum}")


def _write(selection: Selection, form: str, out: Path, title: str) -> tuple[int, str]:
    from verify.audit import actions as audit
    from verify.db import db, reading, writing
    from verify.publishing.views import publisher
    from verify.reports import actions
    from verify.reports.formats import FORMATS

    partial = out.with_name(f".{out.name}.part")
    with reading():
        composed = actions.compose(db.session, selection, title=title, publisher=publisher())
        with partial.open("wb") as file:
            actions.write(composed, FORMATS[form], file)
        db.session.rollback()
    partial.replace(out)
    with writing():
        payload = {"format": form, "verdicts": composed.count, "contents_sha256": composed.checksum,
                   "criteria": selection.as_json()}  # fmt: skip
        audit.record(db.session, None, "report.written", "command line", payload)
        db.session.commit()
    return composed.count, composed.checksum
