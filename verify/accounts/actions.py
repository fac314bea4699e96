"""What people do with accounts: join, sign in, change passwords, give and take roles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from verify.accounts import attempts, passwords
from verify.accounts.links import end_links
from verify.accounts.models import AuthSession, Person, RoleGrant
from verify.accounts.sessions import start_session
from verify.audit import actions as audit
from verify.config import Settings
from verify.db import now, reading
from verify.errors import Conflict, Refused
from verify.permissions import Permission, Role, demand

WRONG = "The address and the password do not belong together. Check both and try again."


def find_by_email(session: Session, email: str) -> Person | None:
    """The account of an address, in whatever case it is typed."""
    return session.scalars(select(Person).where(Person.email == email.strip().lower())).one_or_none()


@contextmanager
def only_reading(session: Session) -> Iterator[None]:
    """A short read of its own before anything is written, so that no password is hashed inside a transaction."""
    session.rollback()
    with reading():
        yield
    session.rollback()


def add_person(
    session: Session, settings: Settings, actor: Person | None, *, email: str, name: str, password: str,
    roles: Iterable[Role],
) -> Person:  # fmt: skip
    """A new account; `actor` is who let them in, None for the command line on the desk's own machine."""
    passwords.refuse_weak(password, about=(name, email, settings.desk_name))
    stored = passwords.hash_password(settings, password)
    return add_with_hash(session, actor, email=email, name=name, stored=stored, roles=roles)


def add_with_hash(
    session: Session, actor: Person | None, *, email: str, name: str, stored: str, roles: Iterable[Role]
) -> Person:
    """A new account whose password was hashed before the transaction."""
    email = email.strip().lower()
    if find_by_email(session, email) is not None:
        raise Refused(
            "There is an account with this address already. Sign in, or use another address.", "email"
        )
    moment = now()
    person = Person(
        email=email, name=name.strip(), created_at=moment, password_changed_at=moment, password_hash=stored
    )
    session.add(person)
    session.flush()
    held = sorted(set(roles))
    for role in held:
        person.grants.append(
            RoleGrant(role=role, granted_by_id=actor.id if actor else None, granted_at=moment)
        )
    audit.record(session, actor, "person.added", person, {"name": person.name, "roles": held})
    return person


def check_password(
    session: Session, settings: Settings, *, email: str, password: str, network: str
) -> Person:
    """The person whom address and password name; one sentence for every kind of mismatch, and a limit on tries.

    A failed try is written: commit also when this raises Refused.
    """
    with only_reading(session):
        attempts.refuse_too_many(session, network, email)
        found = find_by_email(session, email)
        number, stored = (found.id, found.password_hash) if found and found.active else (None, None)
    right = passwords.matches(settings, stored, password)
    renewed = passwords.hash_password(settings, password) if right and _aged(settings, stored) else None
    person = session.get(Person, number) if number is not None else None
    if not right or person is None or not person.active:
        attempts.count_failure(session, network, email)
        if person is not None:
            audit.record(session, None, "person.sign_in_failed", person, {"network": network})
        raise Refused(WRONG)
    attempts.forget_failures(session, network, email)
    person.password_hash = renewed or person.password_hash
    return person


def _aged(settings: Settings, stored: str | None) -> bool:
    return stored is not None and passwords.needs_rehash(settings, stored)


def enter(session: Session, person: Person, *, address: str, browser: str) -> str:
    """Sign a browser in; returns the token for its cookie."""
    token = start_session(session, person, address=address, browser=browser)
    audit.record(session, person, "person.signed_in", person)
    return token


def leave(session: Session, person: Person, auth: AuthSession) -> None:
    """Sign one of a person's own browsers out."""
    session.delete(auth)
    audit.record(session, person, "person.signed_out", person)


def leave_everywhere(session: Session, person: Person, *, keep: AuthSession | None = None) -> None:
    """Sign all of a person's own browsers out, except the one to keep."""
    sign_out_everywhere(session, person, keep=keep)
    audit.record(session, person, "person.signed_out_everywhere", person)


def confirm(
    session: Session, settings: Settings, person: Person, auth: AuthSession, *, password: str, network: str
) -> None:
    """Prove once more, in the middle of the work, that it is oneself."""
    number = auth.id
    same = check_password(session, settings, email=person.email, password=password, network=network)
    kept = session.get(AuthSession, number)
    if kept is None or kept.person_id != same.id:
        raise Refused(WRONG)
    kept.confirmed_at = now()


def rename(session: Session, person: Person, *, name: str) -> None:
    """Change one's own name; what was done under the old one stays signed with it in the log."""
    before, person.name = person.name, name.strip()
    audit.record(session, person, "person.renamed", person, {"before": before, "after": person.name})


def change_password(
    session: Session,
    settings: Settings,
    person: Person,
    *,
    old: str,
    new: str,
    keep: AuthSession | None,
    network: str,
) -> None:
    """Change one's own password and sign out every other browser.

    A wrong present password counts as a failed try, which is written: commit also when this raises Refused.
    """
    with only_reading(session):
        email, stored, about = (
            person.email,
            person.password_hash,
            (person.name, person.email, settings.desk_name),
        )
        attempts.refuse_too_many(session, network, email)
    if not passwords.matches(settings, stored, old):
        attempts.count_failure(session, network, email)
        raise Refused("This is not your present password.", "password_present")
    passwords.refuse_weak(new, about=about, field="password_new")
    renewed = passwords.hash_password(settings, new)
    if person.password_hash != stored:
        raise Conflict("Your password was changed at the same moment from another browser. Try again.")
    person.password_hash = renewed
    person.password_changed_at = now()
    attempts.forget_failures(session, network, email)
    end_links(session, email)
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
        end_links(session, person.email)
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
