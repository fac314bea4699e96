"""People on the command line: how the first administrator of a desk comes in."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from verify.permissions import Role


@click.group()
def people() -> None:
    """Invite people to the desk, and list who is on it."""


@people.command()
@click.argument("email")
@click.option(
    "--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]),
    help="What they may do; give it several times for several roles.",
)  # fmt: skip
@with_appcontext
def invite(email: str, roles: tuple[str, ...]) -> None:
    """Print a link with which somebody joins the desk.

    The link works once and ends in a week. Send it yourself: the desk sends no mail.
    """
    from verify.accounts import invitation_actions
    from verify.accounts.sessions import settings
    from verify.db import db

    chosen = [Role(role) for role in roles]
    invitation, token = invitation_actions.invite(db.session, settings(), None, email=email, roles=chosen)
    ends = invitation.expires_at
    db.session.commit()
    click.echo(f"{settings().base_url}/invitations/{token}")
    click.echo(f"Whoever opens this joins as {' and '.join(roles)}. It ends on {ends:%Y-%m-%d}.", err=True)


@people.command("list")
@with_appcontext
def list_people() -> None:
    """List who is on the desk: address, name, roles."""
    from sqlalchemy import select
    from sqlalchemy.orm import selectinload

    from verify.accounts.models import Person
    from verify.db import db, reading

    nobody = (
        "Nobody is on the desk yet. Let the first one in: verify people invite EMAIL --role administrator"
    )
    with reading():
        for person in db.session.scalars(
            select(Person)
            .options(selectinload(Person.grants))
            .order_by(Person.email)
            .execution_options(yield_per=200)
        ):
            nobody = ""
            state = "" if person.active else "\tclosed"
            click.echo(f"{person.email}\t{person.name}\t{', '.join(person.roles)}{state}")
        db.session.rollback()
    if nobody:
        click.echo(nobody)


@people.command("new-password")
@click.argument("email")
@with_appcontext
def new_password(email: str) -> None:
    """Print a link with which somebody who lost their password chooses a new one."""
    from verify.accounts import actions, invitation_actions
    from verify.accounts.sessions import settings
    from verify.db import db

    person = actions.find_by_email(db.session, email)
    if person is None:
        raise click.ClickException(f"Nobody on the desk has the address {email}.")
    _, token = invitation_actions.offer_new_password(db.session, settings(), None, person)
    db.session.commit()
    click.echo(f"{settings().base_url}/invitations/{token}")


@people.command("remove-second-factor")
@click.argument("email")
@with_appcontext
def remove_second_factor(email: str) -> None:
    """Remove the second factor of somebody who lost their app. Be sure that it is they who ask."""
    from verify.accounts import actions, second_factor
    from verify.db import db

    person = actions.find_by_email(db.session, email)
    if person is None:
        raise click.ClickException(f"Nobody on the desk has the address {email}.")
    second_factor.remove(db.session, None, person)
    db.session.commit()
    click.echo(f"{email} signs in with the password alone, and is asked to set up a new second factor.")
