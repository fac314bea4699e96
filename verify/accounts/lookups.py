"""What can be seen of accounts. A person sees their own; who manages people sees everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from verify.accounts.models import AuthSession, Invitation, Person
from verify.db import now
from verify.errors import Missing
from verify.permissions import Permission, demand

A_PAGE = 50
# What stands in a browser's long description of itself, and what people call it; the first that fits counts.
_BROWSERS = (
    ("Firefox/", "Firefox"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class PeoplePage:
    """Some of the people, in the order of their addresses."""

    people: Sequence[Person]
    after: str | None  # the address to continue from


def person(session: Session, reader: Person, number: int) -> Person:
    """Somebody with an account."""
    demand(reader, Permission.MANAGE_PEOPLE)
    found = session.get(Person, number)
    if found is None:
        raise Missing
    return found


def people(session: Session, reader: Person, *, after: str = "") -> PeoplePage:
    """Everybody with an account, page by page."""
    demand(reader, Permission.MANAGE_PEOPLE)
    found = session.scalars(
        select(Person)
        .options(selectinload(Person.grants))
        .where(Person.email > after)
        .order_by(Person.email)
        .limit(A_PAGE + 1)
    ).all()
    return PeoplePage(found[:A_PAGE], found[A_PAGE - 1].email if len(found) > A_PAGE else None)


def last_seen(session: Session, reader: Person, found: Sequence[Person]) -> dict[int, datetime]:
    """When each of these people was on the desk, of those who are signed in now."""
    demand(reader, Permission.MANAGE_PEOPLE)
    numbers = [one.id for one in found]
    rows = session.execute(
        select(AuthSession.person_id, func.max(AuthSession.seen_at).label("seen_at"))
        .where(AuthSession.person_id.in_(numbers))
        .group_by(AuthSession.person_id)
    )
    return {row.person_id: row.seen_at for row in rows}


def open_invitations(session: Session, reader: Person) -> Sequence[Invitation]:
    """Invitations that can still be accepted, the newest first."""
    demand(reader, Permission.MANAGE_PEOPLE)
    return session.scalars(
        select(Invitation)
        .options(joinedload(Invitation.invited_by))
        .where(
            Invitation.expires_at > now(), Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None)
        )
        .order_by(Invitation.id.desc())
        .limit(A_PAGE)
    ).all()


def invitation(session: Session, reader: Person, number: int) -> Invitation:
    """One invitation."""
    demand(reader, Permission.MANAGE_PEOPLE)
    found = session.get(Invitation, number)
    if found is None:
        raise Missing
    return found


def own_sessions(session: Session, reader: Person) -> Sequence[AuthSession]:
    """The browsers in which a person is signed in, the one used last first."""
    found = session.scalars(
        select(AuthSession)
        .where(AuthSession.person_id == reader.id)
        .order_by(AuthSession.seen_at.desc())
        .limit(A_PAGE)
    )
    return found.all()


def own_session(session: Session, reader: Person, number: int) -> AuthSession:
    """One of a person's own browsers."""
    found = session.get(AuthSession, number)
    if found is None or found.person_id != reader.id:
        raise Missing
    return found


def browser_name(description: str) -> str:
    """“Firefox on Linux” for what a browser says of itself."""
    browser = next((name for mark, name in _BROWSERS if mark in description), "")
    system = next((name for mark, name in _SYSTEMS if mark in description), "")
    return " on ".join(part for part in (browser or "A browser", system) if part)
