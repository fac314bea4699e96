"""What people do with sources: register and describe them, and confirm the names they go by."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Refused
from verify.permissions import Permission, demand
from verify.sources.merge_lookups import hold, refuse_merged, refuse_own_names
from verify.sources.models import ProtectedIdentity, Source, SourceAlias, SourceDifference, SourceKind
from verify.sources.names import holds_unseen, name_key, refuse_controls, words_of
from verify.sources.signals import registry_changed
from verify.sources.tie_rules import refuse_parting_a_family

_LONGEST_NAME = 200


def register_source(
    session: Session, actor: Person | None, *, name: str, kind: SourceKind, note: str = ""
) -> Source:
    """Register a source; its name becomes its first alias. `actor` is None for the machine itself."""
    _demand(actor)
    refuse_controls(note.replace("\r\n", "\n"), "note")
    name, key = _checked(name)
    _refuse_taken(session, name, key)
    source = Source(
        name=name,
        name_key=key,
        kind=kind,
        note=note.strip(),
        registered_by_id=actor.id if actor else None,
        registered_at=now(),
    )
    try:
        with session.begin_nested():
            session.add(source)
            session.flush()
            session.add(_alias(actor, source, name, key))
            session.flush()
    except IntegrityError:
        _refuse_taken(session, name, key)
        raise
    audit.record(session, actor, "source.registered", source, {"name": name, "kind": kind.value})
    registry_changed.send([source.id], session=session, actor=actor)
    return source


def describe_source(
    session: Session, actor: Person, source: Source, *, name: str, kind: SourceKind, note: str, version: int
) -> Source:
    """Correct a source's name, kind or note; the old name stays among those it goes by."""
    demand(actor, Permission.EDIT_SOURCE)
    hold(session, [source.id])
    if version != source.version:
        raise Conflict(
            f"Somebody changed {source.name} while you were at it. "
            "Compare your text with the card as it is now, then save again."
        )
    refuse_merged(session, source)
    _refuse_naming(session, source, kind)
    refuse_parting_a_family(session, source, kind)
    refuse_controls(note.replace("\r\n", "\n"), "note")
    name, key = _checked(name)
    before = {"name": source.name, "kind": source.kind.value, "note": source.note}
    if key not in {alias.name_key for alias in source.aliases}:
        _refuse_taken(session, name, key)
        source.aliases.append(_alias(actor, source, name, key))
    source.name, source.name_key, source.kind, source.note = name, key, kind, note.strip()
    session.flush()
    after = {"name": source.name, "kind": source.kind.value, "note": source.note}
    changed = {what: [before[what], after[what]] for what in after if before[what] != after[what]}
    if changed:
        audit.record(session, actor, "source.described", source, changed)
        registry_changed.send([source.id], session=session, actor=actor)
    return source


def add_alias(session: Session, actor: Person, source: Source, name: str) -> SourceAlias:
    """Confirm that a source also goes by this name."""
    demand(actor, Permission.EDIT_SOURCE)
    hold(session, [source.id])
    refuse_merged(session, source)
    name, key = _checked(name)
    for alias in source.aliases:
        if alias.name_key == key:
            raise Refused(f"{source.name} already goes by this name, spelled “{alias.name}”.", field="name")
    _refuse_taken(session, name, key)
    alias = _alias(actor, source, name, key)
    source.aliases.append(alias)
    same = SourceDifference.source_id == source.id, SourceDifference.name_key == key
    standing = update(SourceDifference).where(*same, SourceDifference.ended_at.is_(None))
    session.execute(standing.values(ended_at=now()))  # who refused this name before is overruled
    session.flush()
    audit.record(session, actor, "source.alias_added", source, {"alias": name})
    registry_changed.send([source.id], session=session, actor=actor)
    return alias


def remove_alias(session: Session, actor: Person, source: Source, alias: SourceAlias) -> None:
    """Take back a name that is not this source's after all; the log keeps it."""
    demand(actor, Permission.EDIT_SOURCE)
    hold(session, [source.id])
    refuse_merged(session, source)
    if alias not in source.aliases:
        raise Refused("Somebody removed this name, or split it off, already.")
    if alias.name_key == source.name_key:
        raise Refused(f"{alias.name} is the name of this source. Give it another name first.")
    refuse_own_names(session, source, [alias])
    source.aliases.remove(alias)
    session.delete(alias)
    session.flush()
    audit.record(session, actor, "source.alias_removed", source, {"alias": alias.name})
    registry_changed.send([source.id], session=session, actor=actor)


def _refuse_naming(session: Session, source: Source, kind: SourceKind) -> None:
    """Refuse to make a named source of one whose identity is protected."""
    protected = select(ProtectedIdentity.source_id).where(ProtectedIdentity.source_id == source.id)
    if kind is not SourceKind.ANONYMOUS and session.scalar(protected):
        raise Refused(
            f"{source.name} has a protected identity and stays unnamed. Who may open it can destroy it first.",
            field="kind",
        )


def _demand(actor: Person | None) -> None:
    """Nobody is the machine itself: a command run by whoever can read the database anyway."""
    if actor is not None:
        demand(actor, Permission.EDIT_SOURCE)


def _alias(actor: Person | None, source: Source, name: str, key: str) -> SourceAlias:
    return SourceAlias(
        source_id=source.id, name=name, name_key=key, added_by_id=actor.id if actor else None, added_at=now()
    )


def _checked(name: str) -> tuple[str, str]:
    """Return a name with its spaces folded and its key, or refuse it."""
    name = " ".join(name.split())
    if not words_of(name):
        raise Refused("Give the name of the source, with at least one letter or digit.", field="name")
    if len(name) > _LONGEST_NAME:
        raise Refused(f"This is longer than the {_LONGEST_NAME} characters that are kept.", field="name")
    if holds_unseen(name):
        raise Refused("The name holds a character that cannot be seen; type it again.", field="name")
    return name, name_key(name)


def _refuse_taken(session: Session, name: str, key: str) -> None:
    taken = session.scalar(select(SourceAlias).where(SourceAlias.name_key == key))
    if taken is not None:
        raise Refused(
            f"“{name}” is already known: {taken.source.name} goes by “{taken.name}”. "
            "If it is the same, merge the two on their cards; if not, tell them apart in the name.",
            field="name",
        )
