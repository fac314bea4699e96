"""`verify respot`: spot old articles anew, as jobs."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from verify.accounts import actions as accounts
from verify.articles import spotting_actions, spottings
from verify.db import db

AT_ONCE = 200  # texts asked for in one transaction, so that nobody waits long for the database


@click.command()
@click.option("--all", "every", is_flag=True, help="Also what today’s method has spotted.")
@click.option("--as", "email", metavar="ADDRESS", help="On whose behalf; without it, the desk’s own.")
@with_appcontext
def respot(every: bool, email: str | None) -> None:
    """Spot every article anew that an older method spotted, as background jobs.

    Suggestions that nobody touched are replaced. What people filed, dismissed, edited or marked stays as it is.
    """
    actor = accounts.find_by_email(db.session, email) if email else None
    if email and actor is None:
        raise click.BadParameter(f"Nobody on this desk has the address {email}.", param_hint="--as")
    texts = spottings.texts(db.session, only_stale=not every)
    for first in range(0, len(texts), AT_ONCE):
        part = texts[first : first + AT_ONCE]
        spotting_actions.respot(db.session, actor, part, only_stale=not every)
        db.session.commit()
    if not texts:
        click.echo("Every article was spotted by today’s method already.")
        return
    click.echo(f"Asked for: {len(texts):,}. A worker does them when nothing more urgent waits; see /jobs.")
