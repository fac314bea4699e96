"""`verify contradictions`: hold the claims of the desk against each other."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from verify.db import db
from verify.filters import plural
from verify.matching.contradiction_finding import look_for
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status

_AT_ONCE = 100


@click.command()
@with_appcontext
def contradictions() -> None:
    """Hold every ticket against those most like it, and suggest what contradicts it; may be run again.

    The desk looks by itself when a ticket opens or is worded anew. Run this after an upgrade that judges contradictions
    better, or for tickets from before. What people decided stays as it is.
    """
    many = select(Ticket.id).where(Ticket.status != Status.MERGED).order_by(Ticket.id)
    numbers = db.session.scalars(many).all()
    found: set[int] = set()
    with click.progressbar(numbers, label="Looking", show_pos=True) as progress:
        for place, number in enumerate(progress, 1):
            found.update(look_for(db.session, db.session.get_one(Ticket, number)))
            if place % _AT_ONCE == 0:
                db.session.commit()
                db.session.expunge_all()
    db.session.commit()
    click.echo(
        f"{plural(len(found), 'contradiction')} {'waits' if len(found) == 1 else 'wait'} for a decision."
    )
