"""`verify claimreviews import`: files of other organisations' reviews, each in transactions of its own."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask.cli import with_appcontext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from verify.accounts.models import Person
    from verify.claimreviews.models import Import

CUT_OFF = timedelta(hours=1)  # after which a job goes on with what a killed command left
MOST_TOLD = 20  # problems of a file that are printed; its page lists more


@click.group()
def claimreviews() -> None:
    """Import what other organisations found about claims, as they published it (ClaimReview)."""


@claimreviews.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option(
    "--licence", required=True,
    help="Under which licence, such as “CC BY 4.0”; “unknown” where nobody knows yet.",
)  # fmt: skip
@click.option("--as", "email", metavar="ADDRESS", help="On whose behalf; without it, the desk’s own.")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON for each file, with every problem.")
@with_appcontext
def import_files(files: tuple[Path, ...], licence: str, email: str | None, as_json: bool) -> None:
    """Take in the reviews in FILEs: JSON or JSON lines, Data Commons feeds, saved pages, RSS and Atom.

    Each file is read by itself; what can be read is taken in, what cannot is told by place and reason. Ends with 1
    when a file could not be read at all, or held something that could not.
    """
    from verify.db import db
    from verify.errors import DeskError

    actor, spoilt = _person(db.session, email), False
    for path in files:
        try:
            taken = _imported(db.session, actor, path, licence)
        except DeskError as error:
            db.session.rollback()
            spoilt = True
            line = {"file": str(path), "refused": error.message}
            click.echo(
                json.dumps(line) if as_json else f"{path.name}: refused. {error.message}", err=not as_json
            )
            continue
        spoilt |= bool(taken.unreadable)
        _tell(path, taken, as_json)
    if spoilt:
        raise click.exceptions.Exit(1)


def _person(session: Session, email: str | None) -> Person | None:
    from verify.accounts import actions as accounts

    if not email:
        return None
    person = accounts.find_by_email(session, email)
    if person is None:
        raise click.BadParameter(f"Nobody on this desk has the address {email}.", param_hint="--as")
    return person


def _imported(session: Session, actor: Person | None, path: Path, licence: str) -> Import:
    """Take in one file, commit, and go on with the rest of a long one."""
    from verify.claimreviews import actions, apart
    from verify.claimreviews.actions import licence_of
    from verify.claimreviews.wording import sha256_of_content
    from verify.claimreviews.words import OTHER
    from verify.db import now

    content = _content(path)
    reading = apart.read(content)
    taken = actions.import_file(
        session, actor, name=path.name, sha256=sha256_of_content(content),
        licence=licence_of(OTHER, licence), reading=reading,
        rest_at=now() + CUT_OFF,
    )  # fmt: skip
    session.commit()
    if taken.left:
        with click.progressbar(length=taken.found, label=f"Taking in {path.name}") as bar:
            while actions.take_part(session, taken):
                session.commit()
                bar.update(taken.found - taken.left - bar.pos)
        actions.finish_here(session, actor, taken)
        session.commit()
    return taken


def _content(path: Path) -> bytes:
    from verify.claimreviews import apart
    from verify.errors import Refused

    try:
        if path.stat().st_size > apart.LIMITS.file_bytes:
            raise Refused(
                f"It is larger than the {apart.LIMITS.file_bytes // apart.MEBIBYTE} MB that are read. Split it."
            )
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"It cannot be read: {error.strerror}.") from error


def _tell(path: Path, taken: Import, as_json: bool) -> None:
    from verify.claimreviews.words import outcome

    if as_json:
        counts = {name: getattr(taken, name) for name in ("new", "changed", "known", "refused", "unreadable")}
        problems = [{"place": place, "reason": reason} for place, reason in taken.problems]
        click.echo(json.dumps({"file": str(path), **counts, "problems": problems, "notes": taken.notes}))
        return
    click.echo(f"{path.name}: {outcome(taken)} See /claimreviews/imports/{taken.id}.")
    for note in taken.notes:
        click.echo(f"  {note}")
    for place, reason in taken.problems[:MOST_TOLD]:
        click.echo(f"  {place}: {reason}", err=True)
    if taken.unreadable > MOST_TOLD:
        click.echo(f"  … and {taken.unreadable - MOST_TOLD:,} more.", err=True)
