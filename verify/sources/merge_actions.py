"""What people do when two sources are one, or one is two: merge, split back, split off. Nothing is lost by it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import Base, now
from verify.errors import Conflict, Refused
from verify.permissions import Permission, demand
from verify.sources.apart import told_apart
from verify.sources.merge_lookups import hold, merging_of, refuse_merged, refuse_own_names, survivor
from verify.sources.models import MoveKind, ProtectedIdentity, Source, SourceAlias, SourceKind, SourceMove
from verify.sources.moving import move_all, move_back, move_some
from verify.sources.names import refuse_controls
from verify.sources.signals import names_parted, registry_changed
from verify.sources.tie_rules import refuse_merging

_NO_PERSON = {
    SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.DOCUMENT, SourceKind.MEDIA,
}  # fmt: skip


def merge_sources(
    session: Session, actor: Person, source: Source, into: Source, *, reason: str
) -> SourceMove:
    """Make one source of two: names, ties, passages and articles go over, each noted so that it can go back."""
    demand(actor, Permission.EDIT_SOURCE)
    why = _reason(reason)
    hold(session, [source.id, into.id])
    into = _refuse_unfit(session, source, into)
    refuse_merging(session, source, into)
    move = SourceMove(
        kind=MoveKind.MERGED, from_id=source.id, to_id=into.id, reason=why, moved_by_id=actor.id, moved_at=now()
    )  # fmt: skip
    session.add(move)
    session.flush()
    move_all(session, move)
    said = {"merged": source.id, "name": source.name, "into": into.name, "reason": why}
    audit.record(session, actor, "source.merged", into, said)
    registry_changed.send([source.id, into.id], session=session, actor=actor)
    return move


def split_back(session: Session, actor: Person, source: Source, *, reason: str) -> SourceMove:
    """Undo a merging: what went over then, and still is there, comes back."""
    demand(actor, Permission.EDIT_SOURCE)
    why = _reason(reason)
    holder = survivor(session, source)
    hold(session, [source.id, holder.id])
    move = merging_of(session, source)
    if move is None:
        raise Refused(f"{source.name} stands for itself: it was not merged, or was split off again already.")
    move.undone_at, move.undone_by_id, move.undone_reason = now(), actor.id, why
    session.flush()
    move_back(session, move, holder.id)
    names_parted.send([source.id, holder.id], session=session)
    said = {"split": source.id, "name": source.name, "from": holder.name, "reason": why}
    audit.record(session, actor, "source.split_back", source, said)
    registry_changed.send([source.id, holder.id], session=session, actor=actor)
    return move


def split_off(
    session: Session, actor: Person, source: Source, aliases: Sequence[SourceAlias], *,
    kind: SourceKind, reason: str,
) -> Source:  # fmt: skip
    """Make a source of its own of some names of another one; passages that have these names follow them."""
    demand(actor, Permission.EDIT_SOURCE)
    hold(session, [source.id])
    refuse_merged(session, source)
    why = _reason(reason)
    if any(alias not in source.aliases for alias in aliases):
        raise Conflict(
            f"Somebody moved or removed one of these names meanwhile: {source.name} has it no more."
        )
    if not aliases:
        raise Refused("Choose at least one name that belongs to somebody else.", field="names")
    if any(alias.name_key == source.name_key for alias in aliases):
        raise Refused(
            f"{source.name} is the name this source is shown by. Give it another name first.", field="names"
        )
    refuse_own_names(session, source, aliases)
    first, numbers = aliases[0], [alias.id for alias in aliases]
    fresh = Source(
        name=first.name, name_key=first.name_key, kind=kind, note="", registered_by_id=actor.id, registered_at=now()
    )  # fmt: skip
    session.add(fresh)
    session.flush()
    move = SourceMove(
        kind=MoveKind.SPLIT_OFF, from_id=source.id, to_id=fresh.id, reason=why, moved_by_id=actor.id, moved_at=now()
    )  # fmt: skip
    session.add(move)
    session.flush()
    said = {"split": fresh.id, "names": [alias.name for alias in aliases], "from": source.id, "reason": why}
    move_some(session, move, Base.metadata.tables["source_alias"].c.source_id, numbers)
    names_parted.send([source.id, fresh.id], session=session)
    audit.record(session, actor, "source.split_off", source, said)
    registry_changed.send([source.id, fresh.id], session=session, actor=actor)
    return fresh


def _reason(reason: str) -> str:
    refuse_controls(reason, "reason")
    if not reason.strip():
        raise Refused("Say how you know; the reason stays in the history of both.", field="reason")
    return " ".join(reason.split())[:500]


def _refuse_unfit(session: Session, source: Source, into: Source) -> Source:
    """Refuse what cannot be one source; returns where `into` itself stands now."""
    if source.id == into.id:
        raise Refused(f"{source.name} cannot be merged into itself.", field="into")
    mine = merging_of(session, source)
    if mine is not None and mine.to_id != into.id:
        raise Refused(
            f"{source.name} was merged into {mine.to.name} on {mine.moved_at:%Y-%m-%d}. "
            "Split it off again before you merge it elsewhere.",
            field="into",
        )
    standing = survivor(session, into)
    if mine is not None or standing.id == source.id:
        one, other = (source, into) if mine is not None else (into, source)
        raise Refused(
            f"They are one already: {one.name} was merged into {other.name}. Nothing is left to do; "
            f"split {one.name} off again if they are two.",
            field="into",
        )
    _refuse_different(session, source, standing)
    return standing


def _refuse_different(session: Session, source: Source, into: Source) -> None:
    kinds = {source.kind, into.kind}
    if SourceKind.PERSON in kinds and kinds & _NO_PERSON:
        raise Refused(
            f"A person and something else are not one source. State how {source.name} stands to {into.name}, "
            "or correct the kind first.",
            field="into",
        )
    pair = (min(source.id, into.id), max(source.id, into.id))
    if pair in told_apart(session, pair).pairs:
        raise Refused(
            f"Somebody told {source.name} and {into.name} apart. Take that back on the card first.", field="into"
        )  # fmt: skip
    _refuse_protected(session, source, into)


def _refuse_protected(session: Session, source: Source, into: Source) -> None:
    """Refuse to part a source from its protected identity, or to put a name on the card of one that has any."""
    asked = select(ProtectedIdentity.source_id).where(ProtectedIdentity.source_id.in_((source.id, into.id)))
    protected = set(session.scalars(asked))
    if into.id in protected and source.kind is not SourceKind.ANONYMOUS:
        raise Refused(
            f"{into.name} has a protected identity and stays unnamed: the card would show the name "
            f"{source.name} to everybody. Who may open the identity can destroy it first.",
            field="into",
        )
    if source.id in protected:
        way = f"Merge {into.name} into it instead, or have" if into.kind is SourceKind.ANONYMOUS else "Have"
        raise Refused(
            f"{source.name} has a protected identity, which stays with it. {way} the identity destroyed first.",
            field="into",
        )
