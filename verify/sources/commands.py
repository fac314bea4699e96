"""Keys for protected identities, on the command line."""

from __future__ import annotations

import click
from flask.cli import with_appcontext


@click.group()
def identities() -> None:
    """Make and replace the keys that seal who anonymous sources are.

    The keys stand in VERIFY_IDENTITY_KEYS, separated by commas: the first seals, all of them open. Keep a copy apart
    from the database and its backups: without its key, an identity is lost.
    """


@identities.command("new-key")
def new_key() -> None:
    """Print a new key; it is stored nowhere."""
    from verify.sources.vault import new_key

    click.echo(new_key())
    click.echo("Set VERIFY_IDENTITY_KEYS to it, or put it before the keys that are there.", err=True)


@identities.command()
@with_appcontext
def reseal() -> None:
    """Seal every identity with the first key, so that older keys can be taken out."""
    from verify.accounts.sessions import settings
    from verify.db import db
    from verify.sources.identity_actions import reseal_all
    from verify.sources.vault import vault_of

    changed = reseal_all(db.session, vault_of(settings()))
    db.session.commit()
    click.echo(f"{changed} {'identity is' if changed == 1 else 'identities are'} sealed with the first key.")
    if changed:
        click.echo("Keys after the first one can be taken out of VERIFY_IDENTITY_KEYS now.", err=True)
