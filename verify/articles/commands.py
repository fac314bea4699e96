"""`verify ingest`: take in article files, each in a transaction of its own."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from verify.accounts import actions as accounts
from verify.accounts.models import Person
from verify.articles import lookups, parsers, readers, shared_text_lookups
from verify.articles.actions import Description, File, Intake, take_in
from verify.articles.languages import LANGUAGES, UNKNOWN
from verify.articles.limits import LIMITS
from verify.articles.models import Assertion
from verify.articles.readers import Reading
from verify.articles.suggestions import spotted_in
from verify.db import db
from verify.errors import DeskError, Refused


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--outlet", default="", help="Who published them, where the files do not say.")
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day they appeared, where the files do not say.",
)
@click.option(
    "--language", type=click.Choice(sorted(LANGUAGES)), metavar="CODE", help="Their language, such as en."
)
@click.option("--as", "email", metavar="ADDRESS", help="On whose behalf; without it, the desk’s own.")
@click.option("--quiet", is_flag=True, help="One line a file, without its assertions.")
@with_appcontext
def ingest(
    files: tuple[Path, ...],
    outlet: str,
    published: datetime | None,
    language: str | None,
    email: str | None,
    quiet: bool,
) -> None:
    """Take in article FILEs (.txt, .html, .pdf, .docx) and spot what they assert.

    Each file is taken in or refused by itself; the command ends with status 1 when one was refused.
    """
    actor = _person(db.session, email)
    fallback = Description(
        "", outlet=outlet, language=language or "", published_on=published.date() if published else None
    )
    refused, lines = 0, list[str]()
    with click.progressbar(files, label="Taking in", show_pos=True, item_show_func=_name) as progress:
        for path in progress:
            try:
                intake, line = _taken(db.session, actor, path, fallback)
                lines.append(f"{path.name}: {line}")
                if intake.new and not quiet:
                    lines += _listed(db.session, actor, intake)
            except DeskError as error:
                db.session.rollback()
                refused += 1
                lines.append(f"{path.name}: refused. {error.message}")
    for line in lines:
        click.echo(line)
    click.echo(f"{len(files) - refused} of {len(files)} files are in.")
    if refused:
        raise click.exceptions.Exit(1)


def _name(path: Path | None) -> str | None:
    return path.name if path else None


def _person(session: Session, email: str | None) -> Person | None:
    if not email:
        return None
    person = accounts.find_by_email(session, email)
    if person is None:
        raise click.BadParameter(f"Nobody on this desk has the address {email}.", param_hint="--as")
    return person


def _taken(session: Session, actor: Person | None, path: Path, fallback: Description) -> tuple[Intake, str]:
    """Take one file in, commit, and return what became of it, also in a few words."""
    reading = readers.read(_content(path), path.name, guess=parsers.language_of)
    described = _described(reading, path, fallback)
    intake = take_in(
        session,
        actor,
        text=reading.text,
        described=described,
        file=File(path.name, reading.media_type, reading.notes),
        spotted=spotted_in(reading.text, described.published_on),
    )
    line = _outcome(session, actor, intake)
    session.commit()
    return intake, " ".join([line, *reading.notes])


def _listed(session: Session, actor: Person | None, intake: Intake) -> list[str]:
    """Return a line for each assertion: where it stands, who says so through whom, and what."""
    version = lookups.frozen_text(session, actor, intake.article)
    return [
        f"  {one.start}-{one.end} {_who(one)}: {one.statement}"
        for one in lookups.assertions(session, actor, version)
    ]


def _who(assertion: Assertion) -> str:
    return " › ".join(hop.name for hop in assertion.hops) or "the outlet itself"


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LIMITS.upload_bytes:
            raise readers.too_large(size)
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"It cannot be read: {error.strerror}.") from error


def _described(reading: Reading, path: Path, fallback: Description) -> Description:
    """What the file says about itself, and where it is silent, what the command line says."""
    return Description(
        title=reading.title or path.stem,
        outlet=reading.outlet or fallback.outlet,
        byline=(reading.byline or "")[:200],
        language=fallback.language or reading.language or UNKNOWN,
        url=reading.url or "",
        published_on=_earlier_day(reading.published_on) or fallback.published_on,
    )


def _earlier_day(day: date | None) -> date | None:
    return day if day and day <= date.today() else None


def _outcome(session: Session, actor: Person | None, intake: Intake) -> str:
    place = f"/articles/{intake.article.id}"
    if not intake.new:
        return f"in already, at {place}."
    version = lookups.frozen_text(session, actor, intake.article)
    suggested = sum(lookups.counts(session, actor, version).values())
    shared = shared_text_lookups.shared_with(session, actor, version)
    near = [f"/articles/{one.article.id} ({one.strength})" for one in shared.neighbours]
    likely = f" Shares text with {', '.join(near)}." if near else ""
    return f"taken in at {place}, {suggested} assertions.{likely}"
