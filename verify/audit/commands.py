"""The log on the command line."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from verify.audit import chain


@click.group()
def audit() -> None:
    """Check or export the log of everything that happened."""


@audit.command()
@click.option(
    "--export", "exported", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Check this export instead of the desk's own log.",
)  # fmt: skip
@click.option("--head", help="The hash that the newest entry must have, if you noted one.")
@click.pass_context
def check(context: click.Context, exported: Path | None, head: str | None) -> None:
    """Check that no entry was changed, left out or cut off.

    Ends with 1 and names the first bad entry when one was.
    """
    if exported is not None:
        with exported.open(encoding="utf-8") as lines:
            count, fault = chain.first_fault((json.loads(line) for line in lines if line.strip()), head=head)
        newest = None
    else:
        count, fault, newest = context.invoke(check_desk)
        if fault is None and head is not None and head != newest:
            fault = "The newest entry has another hash than the one you noted."
    if fault:
        click.echo(f"{fault} The {count} before it hold.", err=True)
        sys.exit(1)
    click.echo(f"All {count} entries hold." + (f" The newest has the hash {newest}." if newest else ""))


@with_appcontext
def check_desk() -> tuple[int, str | None, str]:
    """Check the desk's own log."""
    from verify.audit import lookups
    from verify.db import db, reading

    with reading():
        found = lookups.check(db.session)
        db.session.rollback()
    return found.count, found.fault, found.head


@audit.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export(file: Path) -> None:
    """Write the whole log to FILE, and beside it chain.py, which checks it with Python alone."""
    from verify.audit import actions, lookups
    from verify.db import db, reading

    with reading(), file.open("w", encoding="utf-8") as log:
        count = sum(log.write(line) > 0 for line in lookups.export_lines(db.session))
        db.session.rollback()
    shutil.copy(chain.__file__, file.with_name("chain.py"))
    actions.record(db.session, None, "audit.exported", "log")
    db.session.commit()
    click.echo(f"{count} entries are in {file}. Check them anywhere: python3 chain.py {file.name}")
