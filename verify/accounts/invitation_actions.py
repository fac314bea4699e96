"""Invitations by link: to join the desk, or to choose a new password."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts import passwords
from verify.accounts.actions import add_with_hash, find_by_email, only_reading, sign_out_everywhere
from verify.accounts.links import end_links
from verify.accounts.models import Invitation, Person
from verify.accounts.sessions import token_hash
from verify.audit import actions as audit
from verify.config import Settings
from verify.db import now
from verify.errors import Conflict, Missing, Refused
from verify.permissions import Permission, Role, demand


def invite(
    session: Session, settings: Settings, actor: Person | None, *, email: str, roles: Iterable[Role]
) -> tuple[Invitation, str]:
    """Invite an address; returns the invitation and its token, which is shown once and stored as a hash only."""
    if actor is not None:
        demand(actor, Permission.MANAGE_PEOPLE)
    email = email.strip().lower()
    if find_by_email(session, email) is not None:
        raise Refused("There is an account with this address already.", "email")
    held = sorted(set(roles))
    if not held:
        raise Refused("Choose at least one role.", "roles")
    token, moment = secrets.token_urlsafe(32), now()
    invitation = Invitation(
        email=email, roles=" ".join(held), token_hash=token_hash(token), invited_by_id=actor.id if actor else None,
        created_at=moment, expires_at=moment + settings.invitation_lifetime,
    )  # fmt: skip
    session.add(invitation)
    audit.record(session, actor, "invitation.made", invitation, {"email": email, "roles": held})
    return invitation, token


def offer_new_password(
    session: Session, settings: Settings, actor: Person | None, person: Person
) -> tuple[Invitation, str]:
    """A link with which somebody who lost their password chooses a new one: an invitation that gives no role."""
    if actor is not None:
        demand(actor, Permission.MANAGE_PEOPLE)
    if not person.active:
        raise Refused("This account is closed. Open it first, then offer a new password.")
    end_links(session, person.email)
    token, moment = secrets.token_urlsafe(32), now()
    invitation = Invitation(
        email=person.email, roles="", token_hash=token_hash(token), invited_by_id=actor.id if actor else None,
        created_at=moment, expires_at=moment + settings.invitation_lifetime,
    )  # fmt: skip
    session.add(invitation)
    audit.record(session, actor, "person.new_password_offered", person)
    return invitation, token


def open_invitation(session: Session, token: str) -> Invitation:
    """The invitation behind a link, if it can still be accepted."""
    invitation = session.scalars(
        select(Invitation).where(Invitation.token_hash == token_hash(token)).with_for_update()
    ).one_or_none()
    if invitation is None or invitation.withdrawn_at is not None:
        raise Missing("This invitation does not exist or was withdrawn. Ask for a new one.")
    if invitation.accepted_at is not None:
        raise Missing("This invitation was accepted already. Sign in with the password you chose.")
    if invitation.expires_at < now():
        raise Missing("This invitation has expired. Ask for a new one.")
    return invitation


def accept_invitation(
    session: Session, settings: Settings, token: str, *, name: str, password: str
) -> Person:
    """Join the desk through an invitation, or choose a new password where it was one for that."""
    with only_reading(session):
        email = open_invitation(session, token).email
    passwords.refuse_weak(password, about=(name, email, settings.desk_name))
    stored = passwords.hash_password(settings, password)
    invitation = open_invitation(session, token)
    invitation.accepted_at = now()
    if not invitation.roles:
        return _renew_password(session, email, stored)
    roles = [Role(role) for role in invitation.roles.split()]
    return add_with_hash(session, invitation.invited_by, email=email, name=name, stored=stored, roles=roles)


def _renew_password(session: Session, email: str, stored: str) -> Person:
    person = find_by_email(session, email)
    if person is None or not person.active:
        raise Missing("This account is closed. Ask an administrator of the desk.")
    person.password_hash, person.password_changed_at = stored, now()
    end_links(session, email)
    sign_out_everywhere(session, person)
    audit.record(session, person, "person.password_changed", person)
    return person


def withdraw_invitation(session: Session, actor: Person, invitation: Invitation) -> None:
    """Make an invitation's link worthless."""
    demand(actor, Permission.MANAGE_PEOPLE)
    if invitation.accepted_at is not None:
        raise Conflict("This invitation was accepted already; close the account instead.")
    invitation.withdrawn_at = now()
    audit.record(session, actor, "invitation.withdrawn", invitation, {"email": invitation.email})
