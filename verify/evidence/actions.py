"""What people do with evidence: add it, and withdraw it with a reason. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Refused
from verify.evidence import blobs
from verify.evidence.filenames import media_type, safe_name
from verify.evidence.models import Evidence, EvidenceKind, Facet, RestsOn, Stance
from verify.evidence.whose import recount, refuse_hearsay
from verify.permissions import Permission, demand
from verify.sources.models import Source
from verify.sources.names import refuse_controls
from verify.tickets import moves
from verify.tickets.actions import refuse_uneditable
from verify.tickets.models import Ticket
from verify.tickets.workflow import EDITABLE, Status

_LENGTHS = {"title": 300, "url": 2_000, "note": 10_000}


@dataclass(frozen=True)
class File:
    """A file whose bytes are on the disk already (`blobs.keep`), and what its sender called it."""

    kept: blobs.Kept
    name: str


@dataclass(frozen=True)
class Entry:
    """One piece of evidence as somebody puts it: an address, a file, or words alone."""

    kind: EvidenceKind
    stance: Stance
    title: str = ""
    note: str = ""
    url: str = ""
    facet: Facet = Facet.WHOLE
    file: File | None = None
    source: Source | None = None
    """Whose record it is; None where nobody says, and then it counts as no origin."""
    rests_on: RestsOn | None = None


def add_evidence(session: Session, actor: Person, ticket: Ticket, entry: Entry) -> Evidence:
    """Put evidence on a ticket, under the next number; an approval in force is voided by it."""
    demand(actor, Permission.ADD_EVIDENCE)
    refuse_uneditable(ticket)
    words = _checked(entry)
    refuse_hearsay(session, ticket, entry.source, entry.rests_on, words["url"])
    file_name = safe_name(entry.file.name) if entry.file else ""
    blob = blobs.record(session, entry.file.kept, media_type(file_name)) if entry.file else None
    evidence = Evidence(
        ticket_id=ticket.id,
        number=_next_number(session, ticket),
        kind=entry.kind,
        title=words["title"] or file_name,
        url=words["url"],
        note=words["note"],
        stance=entry.stance,
        facet=entry.facet,
        sha256=blob.sha256 if blob else None,
        file_name=file_name,
        source_id=entry.source.id if entry.source else None,
        rests_on=entry.rests_on,
        added_by_id=actor.id,
        added_at=now(),
    )
    session.add(evidence)
    session.flush()
    moves.change(session, actor, ticket, "evidence added", new=f"{evidence.number}. {evidence.title}")
    recount(session, actor, ticket, f"{actor.name} added evidence {evidence.number}, “{evidence.title}”.")
    audit.record(session, actor, "evidence.added", ticket, _as_words(evidence))
    return evidence


def withdraw_evidence(
    session: Session, actor: Person, ticket: Ticket, evidence: Evidence, *, reason: str
) -> None:
    """Take evidence out of account; it stays on the ticket, struck out, with who did so and why.

    What turns out to be forged is withdrawn from a published claim as well: what is public stays, and an editor hears.
    """
    demand(actor, Permission.ADD_EVIDENCE)
    if ticket.status is not Status.PUBLISHED:
        refuse_uneditable(ticket)
    if evidence.withdrawn_at is not None:
        raise Refused(f"Evidence {evidence.number} was withdrawn already.")
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("Say why this no longer counts; the reason stays on the ticket.", field="reason")
    refuse_controls(reason, "reason")
    if len(reason) > 500:
        raise Refused("Keep the reason under 500 characters.", field="reason")
    evidence.withdrawn_by_id, evidence.withdrawn_at, evidence.withdrawn_reason = actor.id, now(), reason
    session.flush()
    title = f"{evidence.number}. {evidence.title}"
    content = ticket.status in EDITABLE
    moves.change(session, actor, ticket, "evidence withdrawn", old=title, reason=reason, content=content)
    number = evidence.number
    recount(session, actor, ticket, f"{actor.name} withdrew evidence {number}, “{evidence.title}”: {reason}")
    audit.record(session, actor, "evidence.withdrawn", ticket, {"number": evidence.number, "reason": reason})


def _next_number(session: Session, ticket: Ticket) -> int:
    """The next number on a ticket, while nobody else can take it."""
    session.refresh(ticket, ["version"], with_for_update=True)
    asked = select(func.coalesce(func.max(Evidence.number), 0)).where(Evidence.ticket_id == ticket.id)
    return session.scalars(asked).one() + 1


def _as_words(evidence: Evidence) -> dict[str, str | int | None]:
    return {
        "number": evidence.number,
        "kind": evidence.kind.value,
        "title": evidence.title,
        "url": evidence.url,
        "stance": evidence.stance.value,
        "facet": evidence.facet.value,
        "sha256": evidence.sha256,
        "source": evidence.source_id,
        "rests_on": evidence.rests_on.value if evidence.rests_on else None,
    }


def _checked(entry: Entry) -> dict[str, str]:
    """Return what was typed with its edges trimmed, or refuse it with the reason beside its field."""
    words = {
        "title": " ".join(entry.title.split()),
        "url": entry.url.strip() if entry.kind is EvidenceKind.LINK else "",
        "note": entry.note.replace("\r\n", "\n").strip(),
    }
    for field, longest in _LENGTHS.items():
        refuse_controls(words[field], field)
        if len(words[field]) > longest:
            raise Refused(f"Keep this under {longest:,} characters.", field=field)
    if entry.kind is EvidenceKind.FILE and entry.file is None:
        raise Refused("Choose the file.", field="upload")
    if entry.kind is not EvidenceKind.FILE and not words["title"]:
        raise Refused("Give it a title, so that people can refer to it.", field="title")
    if entry.kind is EvidenceKind.NOTE and not words["note"]:
        raise Refused("Write the note.", field="note")
    if entry.kind is EvidenceKind.LINK:
        _refuse_address(words["url"])
    return words


def _refuse_address(url: str) -> None:
    """Refuse whatever is not a plain web address that a reader may follow."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if (
        parts.scheme not in ("http", "https")
        or not host
        or not url.isprintable()
        or any(c.isspace() for c in url)
    ):
        raise Refused("Write the whole address, beginning with http:// or https://.", field="url")
    if parts.username is not None or parts.password is not None:
        raise Refused("The address holds a name or password before the @; leave that out.", field="url")


def _follow_merge(ticket: Ticket, *, into: Ticket, session: Session, **_: object) -> None:
    """A merged ticket's evidence goes to the ticket it was merged into, behind what is there."""
    asked = select(Evidence).where(Evidence.ticket_id == ticket.id).order_by(Evidence.number)
    moving: Iterable[Evidence] = session.scalars(asked).all()
    for number, evidence in enumerate(moving, start=_next_number(session, into)):
        evidence.ticket_id, evidence.number = into.id, number
        session.flush()


moves.merged.connect(_follow_merge)
