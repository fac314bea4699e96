"""`verify index-claims`: put the claims of the desk into the index by which they are matched."""

from __future__ import annotations

from collections.abc import Iterator

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from verify.db import db
from verify.matching import store, store_rebuild


@click.command("index-claims")
@click.option("--again", is_flag=True, help="Empty the index first and read every claim anew.")
@with_appcontext
def index_claims(again: bool) -> None:
    """Put claims into the index that are not in it, and take out what is claimed no more; may be run again.

    The desk keeps the index by itself, and fills it in the background after the upgrade that brings it. Run this to see
    it done, after claims were written by other means, or, with --again, where matches look wrong.
    """
    if again or store_rebuild.is_outdated(db.session):
        store_rebuild.empty(db.session)
        db.session.commit()
    gone = store_rebuild.drop_gone(db.session)
    db.session.commit()
    many, put = store_rebuild.missing(db.session), 0
    if many:
        with click.progressbar(_steps(db.session), length=many, label="Indexing", show_pos=True) as progress:
            for some in progress:
                put += some
                progress.update(some - 1)
    store.lay_out(db.session)
    db.session.commit()
    click.echo(_outcome(put, gone))


def _steps(session: Session) -> Iterator[int]:
    """Put the missing claims in, some in a transaction; yields how many."""
    for kind in store_rebuild.steps():
        while put := store_rebuild.put_missing(session, kind):
            session.commit()
            session.expunge_all()
            yield put


def _outcome(put: int, gone: int) -> str:
    told = f"{put:,} claims were put in." if put else "Every claim is in the index."
    return f"{told} {gone:,} were taken out that are claimed no more." if gone else told
