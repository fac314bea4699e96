"""What people do with a protected identity: seal, open, name who may open it, destroy. No log ever holds who it is."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Forbidden, Refused
from verify.permissions import Permission, demand
from verify.sources.identity_lookups import OPEN_IT, OPENED, REFUSED, is_named, protected, told_in_log
from verify.sources.merge_lookups import hold, refuse_merged
from verify.sources.models import IdentityReader, ProtectedIdentity, Source, SourceKind
from verify.sources.names import refuse_controls, words_of
from verify.sources.vault import Identity, Vault

LONGEST = 2_000
_TELLING = 3  # letters from which a word of a name tells who it is


def seal(session: Session, actor: Person, source: Source, identity: Identity, vault: Vault) -> None:
    """Record who an anonymous source is, sealed; whoever does it first is the first who may open it."""
    demand(actor, Permission.EDIT_SOURCE)
    refuse_merged(session, source)
    if source.kind is not SourceKind.ANONYMOUS:
        raise Refused("Only an unnamed source has an identity to protect. Correct its kind first.")
    hold(session, [source.id])
    kept = protected(session, actor, source)
    if kept is not None:
        _refuse_unnamed(kept, actor)
    identity = _checked(source, identity, told_in_log(session, source))
    sealed, moment = vault.seal(source.id, identity), now()
    if kept is None:
        kept = ProtectedIdentity(source_id=source.id, readers=[_reader(actor, actor)])
        session.add(kept)
    kept.sealed, kept.key_mark, kept.sealed_by_id, kept.sealed_at = sealed, vault.mark, actor.id, moment
    session.flush()
    audit.record(session, actor, "source.identity_sealed", source, {"key": vault.mark})


def open_identity(session: Session, actor: Person, source: Source, vault: Vault, *, reason: str) -> Identity:
    """Open who a source is, for somebody who was named; the look is logged with its reason."""
    demand(actor, Permission.EDIT_SOURCE)
    kept = _kept(session, actor, source)
    _refuse_unnamed(kept, actor)
    refuse_controls(reason, "reason")
    why = " ".join(reason.split())[:500]
    if not why:
        raise Refused("Say why you need to know; the reason is logged.", field="reason")
    identity = vault.open(source.id, kept.sealed, kept.key_mark)
    _refuse_telling(vault, kept, why)
    audit.record(session, actor, OPENED, source, {"reason": why})
    return identity


def note_refusal(session: Session, actor: Person, source: Source, tried: str = OPEN_IT) -> None:
    """Log what somebody who was not named tried to do with an identity."""
    audit.record(session, actor, REFUSED, source, {"reason": "not named", "tried": tried})


def name_reader(session: Session, actor: Person, source: Source, person: Person) -> None:
    """Let one more person open an identity; only who may open it can."""
    demand(actor, Permission.EDIT_SOURCE)
    kept = _kept(session, actor, source)
    _refuse_unnamed(kept, actor)
    if is_named(kept, person):
        raise Refused(f"{person.name} may open it already.", field="person")
    if not person.active or not person.may(Permission.EDIT_SOURCE):
        raise Refused(
            f"{person.name} does not keep sources on this desk. Choose somebody else.", field="person"
        )
    kept.readers.append(_reader(actor, person))
    session.flush()
    audit.record(session, actor, "source.identity_reader_named", source, {"person": person.id})


def withdraw_reader(session: Session, actor: Person, source: Source, person_id: int) -> None:
    """Let somebody open an identity no longer; the last who may open it stays."""
    demand(actor, Permission.EDIT_SOURCE)
    kept = _kept(session, actor, source)
    _refuse_unnamed(kept, actor)
    one = next((reader for reader in kept.readers if reader.person_id == person_id), None)
    if one is None:
        raise Refused("This person could not open it anyway.")
    if len(kept.readers) == 1:
        raise Refused(
            "Nobody else may open it. Name somebody first, or destroy it if nobody is to know any more."
        )
    kept.readers.remove(one)
    session.flush()
    audit.record(session, actor, "source.identity_reader_withdrawn", source, {"person": person_id})


def destroy(session: Session, actor: Person, source: Source, vault: Vault, *, reason: str) -> None:
    """Destroy the record of who a source is; the source and what it said stay."""
    demand(actor, Permission.EDIT_SOURCE)
    kept = _kept(session, actor, source)
    _refuse_unnamed(kept, actor)
    refuse_controls(reason, "reason")
    if not reason.strip():
        raise Refused(
            "Say why it is destroyed, without saying who it is; the reason is logged.", field="reason"
        )
    _refuse_telling(vault, kept, reason)
    session.delete(kept)
    session.flush()
    said = {"reason": " ".join(reason.split())[:500]}
    audit.record(session, actor, "source.identity_destroyed", source, said)


def refuse_telling_card(
    session: Session, actor: Person, source: Source, vault: Vault, text: str, *, field: str
) -> None:
    """Refuse what tells who a source is on its card, of whoever may open it; others could learn it by such refusals."""
    kept = protected(session, actor, source)
    if kept is not None and is_named(kept, actor) and _told(vault, kept, text):
        raise Refused(
            "This holds a word of who it is, and everybody reads the card. Leave it out.", field=field
        )


def _refuse_telling(vault: Vault, kept: ProtectedIdentity, reason: str) -> None:
    if _told(vault, kept, reason):
        raise Refused("Do not write who it is into the reason: the log is read by others.", field="reason")


def _told(vault: Vault, kept: ProtectedIdentity, text: str) -> bool:
    """Tell whether a text says who it is; where no key opens it any more, nobody can tell."""
    try:
        return tells(vault.open(kept.source_id, kept.sealed, kept.key_mark), text)
    except Refused:
        return False


def reseal_all(session: Session, vault: Vault) -> int:
    """Seal every identity with the first key; returns how many. For the command line, after a key was replaced."""
    changed = 0
    for kept in session.scalars(select(ProtectedIdentity).order_by(ProtectedIdentity.source_id)):
        try:
            kept.sealed, kept.key_mark = vault.reseal(kept.sealed, kept.key_mark), vault.mark
        except Refused as problem:
            raise Refused(f"Source {kept.source_id}: {problem.message} Nothing was changed.") from problem
        changed += 1
    session.flush()
    if changed:
        audit.record(
            session, None, "desk.identities_resealed", "identities", {"count": changed, "key": vault.mark}
        )
    return changed


def tells(identity: Identity, text: str) -> bool:
    """Tell whether a text holds a word of somebody's name."""
    telling = {word for word in words_of(identity.name) if len(word) >= _TELLING}
    return not telling.isdisjoint(words_of(text))


def _checked(source: Source, identity: Identity, log: str) -> Identity:
    name, more = " ".join(identity.name.split()), identity.more.replace("\r\n", "\n").strip()
    refuse_controls(more, "more")
    if not words_of(name):
        raise Refused("Say who it is.", field="name")
    if len(name) > 200:
        raise Refused("Keep the name under 200 characters; the rest goes below.", field="name")
    if len(more) > LONGEST:
        raise Refused(f"Keep this under {LONGEST:,} characters.", field="more")
    known = " ".join([source.name, source.note, *(alias.name for alias in source.aliases)])
    if tells(Identity(name), known):
        raise Refused(
            "The card of this source has a word of this name, for everybody to read. Take it off the card first.",
            field="name",
        )
    if tells(Identity(name), log):
        raise Refused(
            "A word of this name stood on the card before, and the history keeps it for everybody to read. "
            "Register a new unnamed source and protect that one.",
            field="name",
        )
    return Identity(name, more)


def _kept(session: Session, actor: Person, source: Source) -> ProtectedIdentity:
    """The identity on record, held: two people who withdraw each other must not leave it to nobody."""
    hold(session, [source.id])
    kept = protected(session, actor, source)
    if kept is None:
        raise Refused(f"{source.name} has no protected identity on record.")
    return kept


def _refuse_unnamed(kept: ProtectedIdentity, actor: Person) -> None:
    if not is_named(kept, actor):
        raise Forbidden(
            "You were not named to open this identity. Who may open it can name you; no role stands in for that. "
            "That you tried is in the log."
        )


def _reader(actor: Person, person: Person) -> IdentityReader:
    return IdentityReader(person_id=person.id, named_by_id=actor.id, named_at=now())
