"""What people do with accounts: join, sign in, change passwords, give and take roles."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from verify.accounts import passwords
from verify.accounts.models import AuthSession, Invitation, Person, RoleGrant
from verify.accounts.sessions import token_hash
from verify.audit import actions as audit
from verify.config import Settings
from verify.db import now
from verify.errors import Conflict, Missing, Refused
from verify.permissions import Permission, Role, demand

WRONG = "The address and the password do not belong together. Check both and try again."


def find_by_email(session: Session, email: str) -> Person | None:
    """The account of an address, in whatever case it is typed."""
    return session.scalars(select(Person).where(Person.email == email.strip().lower())).one_or_none()


def add_person(
    session: Session, settings: Settings, actor: Person | None, *, email: str, name: str, password: str,
    roles: Iterable[Role],
) -> Person:  # fmt: skip
    """A new account; `actor` is who let them in, None for the command line on the desk's own machine."""
    email = email.strip().lower()
    if find_by_email(session, email) is not None:
        raise Refused(
            "There is an account with this address already. Sign in, or use another address.", "email"
        )
    passwords.refuse_weak(password, about=(name, email))
    moment = now()
    person = Person(
        email=email, name=name.strip(), created_at=moment, password_changed_at=moment,
        password_hash=passwords.hash_password(settings, password),
    )  # fmt: skip
    session.add(person)
    session.flush()
    held = sorted(set(roles))
    for role in held:
        person.grants.append(
            RoleGrant(role=role, granted_by_id=actor.id if actor else None, granted_at=moment)
        )
    audit.record(session, actor, "person.added", person, {"name": person.name, "roles": held})
    return person


def check_password(session: Session, settings: Settings, email: str, password: str) -> Person:
    """The person whom address and password name; raises Refused with one sentence for every kind of mismatch."""
    person = find_by_email(session, email)
    stored = person.password_hash if person else passwords.hash_password(settings, secrets.token_hex(8))
    if not passwords.matches(settings, stored, password) or person is None or not person.active:
        raise Refused(WRONG)
    if passwords.needs_rehash(settings, stored):
        person.password_hash = passwords.hash_password(settings, password)
    return person


def change_password(
    session: Session, settings: Settings, person: Person, *, old: str, new: str, keep: AuthSession | None
) -> None:
    """Change one's own password and sign out every other browser."""
    if not passwords.matches(settings, person.password_hash, old):
        raise Refused("This is not your present password.", "password_old")
    passwords.refuse_weak(new, about=(person.name, person.email), field="password_new")
    person.password_hash = passwords.hash_password(settings, new)
    person.password_changed_at = now()
    sign_out_everywhere(session, person, keep=keep)
    audit.record(session, person, "person.password_changed", person)


def sign_out_everywhere(session: Session, person: Person, *, keep: AuthSession | None = None) -> None:
    """End every session of a person, except the one to keep."""
    others = delete(AuthSession).where(AuthSession.person_id == person.id)
    if keep is not None:
        others = others.where(AuthSession.id != keep.id)
    session.execute(others)


def set_roles(session: Session, actor: Person, person: Person, roles: Iterable[Role]) -> None:
    """Give a person exactly these roles. The desk keeps at least one administrator."""
    demand(actor, Permission.MANAGE_PEOPLE)
    wanted, before = set(roles), set(person.roles)
    if Role.ADMINISTRATOR in before - wanted:
        _refuse_last_administrator(session)
    person.grants = [grant for grant in person.grants if grant.role in wanted] + [
        RoleGrant(role=role, granted_by_id=actor.id, granted_at=now()) for role in sorted(wanted - before)
    ]
    audit.record(
        session, actor, "person.roles_set", person, {"before": sorted(before), "after": sorted(wanted)}
    )


def set_active(session: Session, actor: Person, person: Person, active: bool) -> None:
    """Close an account, which signs it out everywhere, or open it again. Its record stays either way."""
    demand(actor, Permission.MANAGE_PEOPLE)
    if person.id == actor.id and not active:
        raise Refused("You cannot close your own account; ask another administrator.")
    if not active and Role.ADMINISTRATOR in person.roles:
        _refuse_last_administrator(session)
    person.active = active
    if not active:
        sign_out_everywhere(session, person)
    audit.record(session, actor, "person.opened" if active else "person.closed", person)


def _refuse_last_administrator(session: Session) -> None:
    count = session.scalar(
        select(func.count())
        .select_from(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.ADMINISTRATOR, Person.active)
    )
    if (count or 0) < 2:
        raise Refused("The desk needs an administrator. Make somebody else one first.", "roles")


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
    """Join the desk through an invitation."""
    invitation = open_invitation(session, token)
    person = add_person(
        session, settings, invitation.invited_by, email=invitation.email, name=name, password=password,
        roles=[Role(role) for role in invitation.roles.split()],
    )  # fmt: skip
    invitation.accepted_at = now()
    return person


def withdraw_invitation(session: Session, actor: Person, invitation: Invitation) -> None:
    """Make an invitation's link worthless."""
    demand(actor, Permission.MANAGE_PEOPLE)
    if invitation.accepted_at is not None:
        raise Conflict("This invitation was accepted already; close the account instead.")
    invitation.withdrawn_at = now()
    audit.record(session, actor, "invitation.withdrawn", invitation, {"email": invitation.email})
