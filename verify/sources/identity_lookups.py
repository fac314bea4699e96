"""Who may open a protected identity, and who did. What is sealed stays sealed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from verify.accounts.models import Person
from verify.audit.lookups import said
from verify.audit.models import AuditEntry, AuditPayload
from verify.permissions import Permission, demand
from verify.sources.models import IdentityReader, ProtectedIdentity, Source

OPENED, REFUSED = "source.identity_opened", "source.identity_refused"
OPEN_IT = "open it"
_SHOWN = 20


@dataclass(frozen=True)
class Look:
    """One time that somebody opened a protected identity, or tried something with it without being named."""

    at: str
    name: str
    opened: bool
    reason: str
    tried: str


def protected(session: Session, reader: Person, source: Source) -> ProtectedIdentity | None:
    """The sealed identity of a source with who may open it; None when it has none."""
    demand(reader, Permission.READ_DESK)
    people = joinedload(IdentityReader.person), joinedload(IdentityReader.named_by)
    asked = (
        select(ProtectedIdentity)
        .where(ProtectedIdentity.source_id == source.id)
        .options(selectinload(ProtectedIdentity.readers).options(*people))
        .options(joinedload(ProtectedIdentity.sealed_by))
    )
    return session.scalars(asked).one_or_none()


def is_named(identity: ProtectedIdentity | None, person: Person) -> bool:
    """Tell whether a person was named to open an identity; no role stands in for it."""
    return identity is not None and any(one.person_id == person.id for one in identity.readers)


def may_be_named(session: Session, identity: ProtectedIdentity | None) -> Sequence[Person]:
    """The people of the desk who could be named to open an identity: active ones who keep sources."""
    named = {one.person_id for one in identity.readers} if identity else set()
    active = (
        select(Person)
        .where(Person.active)
        .options(selectinload(Person.grants))
        .order_by(Person.name, Person.id)
    )
    return [
        person for person in session.scalars(active) if person.id not in named and person.may("edit_source")
    ]


def looks(session: Session, source: Source) -> list[Look]:
    """Who opened the identity of a source, or tried to, the latest first: from the audit log."""
    rows = session.execute(
        select(AuditEntry, AuditPayload, Person.name)
        .outerjoin(AuditPayload, AuditPayload.sequence == AuditEntry.sequence)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(
            AuditEntry.subject_type == "source",
            AuditEntry.subject_id == str(source.id),
            AuditEntry.action.in_((OPENED, REFUSED)),
        )
        .order_by(AuditEntry.sequence.desc())
        .limit(_SHOWN)
    )
    found = [(entry, name, said(payload) or {}) for entry, payload, name in rows]
    return [
        Look(
            entry.at,
            name or "",
            entry.action == OPENED,
            str(told.get("reason", "")),
            str(told.get("tried", OPEN_IT)),
        )
        for entry, name, told in found
    ]


def told_in_log(session: Session, source: Source) -> str:
    """All that people ever wrote on the card of a source, as the log keeps it: old names and notes, and reasons."""
    asked = (
        select(AuditPayload)
        .join(AuditEntry, AuditEntry.sequence == AuditPayload.sequence)
        .where(AuditEntry.subject_type == "source", AuditEntry.subject_id == str(source.id))
    )
    return "\n".join(
        str(value) for payload in session.scalars(asked) for value in (said(payload) or {}).values()
    )
