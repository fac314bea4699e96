"""What people do with suggestions that are wrong: tell a spelling or another source apart, and take that back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Refused
from verify.permissions import Permission, demand
from verify.sources.merge_lookups import hold, refuse_merged
from verify.sources.models import Source, SourceDifference
from verify.sources.names import holds_unseen, name_key, words_of
from verify.sources.signals import registry_changed


def refuse_spelling(session: Session, actor: Person, source: Source, name: str) -> SourceDifference:
    """Say that a name is not this source, so that it is suggested no more and never counted as it."""
    demand(actor, Permission.EDIT_SOURCE)
    hold(session, [source.id])
    refuse_merged(session, source)
    name = " ".join(name.split())
    if not words_of(name) or len(name) > 200 or holds_unseen(name):
        raise Refused("Give the name that is somebody else’s.", field="name")
    key = name_key(name)
    if key in {alias.name_key for alias in source.aliases}:
        raise Refused(f"{source.name} goes by “{name}”. Remove that name first.", field="name")
    return _stated(session, actor, SourceDifference(source_id=source.id, name=name, name_key=key))


def tell_apart(session: Session, actor: Person, source: Source, other: Source) -> SourceDifference:
    """Say that two registered sources with like names are two."""
    demand(actor, Permission.EDIT_SOURCE)
    hold(session, [source.id, other.id])
    refuse_merged(session, source)
    refuse_merged(session, other)
    if source.id == other.id:
        raise Refused(f"{source.name} cannot be told apart from itself.")
    first, second = sorted((source.id, other.id))
    return _stated(session, actor, SourceDifference(source_id=first, other_id=second))


def take_back(session: Session, actor: Person, source: Source, difference: SourceDifference) -> None:
    """Take back that two are different: they may be the same after all."""
    demand(actor, Permission.EDIT_SOURCE)
    session.refresh(difference, with_for_update={"of": SourceDifference})
    if difference.ended_at is not None:
        raise Refused("This was taken back already.")
    difference.ended_at = now()
    session.flush()
    audit.record(session, actor, "source.difference_ended", source, _words(difference))
    _tell(session, actor, difference)


def _stated(session: Session, actor: Person, difference: SourceDifference) -> SourceDifference:
    """The difference as it stands already, or stated now."""
    same = select(SourceDifference).where(
        SourceDifference.source_id == difference.source_id,
        SourceDifference.other_id.is_(None)
        if difference.other_id is None
        else SourceDifference.other_id == difference.other_id,
        SourceDifference.name_key == (difference.name_key or ""),
        SourceDifference.ended_at.is_(None),
    )
    known = session.scalars(same).first()
    if known is not None:
        return known
    difference.stated_by_id, difference.stated_at = actor.id, now()
    session.add(difference)
    session.flush()
    source = session.get(Source, difference.source_id)
    audit.record(session, actor, "source.told_apart", source, _words(difference))
    _tell(session, actor, difference)
    return difference


def _words(difference: SourceDifference) -> dict[str, str | int | None]:
    return {"source": difference.source_id, "other": difference.other_id, "name": difference.name}


def _tell(session: Session, actor: Person, difference: SourceDifference) -> None:
    ends = [end for end in (difference.source_id, difference.other_id) if end is not None]
    registry_changed.send(ends, session=session, actor=actor)
