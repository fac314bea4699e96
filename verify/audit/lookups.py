"""Reading the log: pages of entries, its check, and its export."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from verify.audit import chain
from verify.audit.models import AuditEntry, AuditHead, AuditPayload
from verify.db import Base
from verify.permissions import Actor, Permission, demand

A_PAGE = 50
AT_ONCE = 500


@dataclass(frozen=True)
class Line:
    """An entry with what it says beyond its line; None when that was erased."""

    entry: AuditEntry
    payload: dict[str, Any] | None


@dataclass(frozen=True)
class LogPage:
    """Some entries, newest first, and the number to continue from on either side."""

    lines: Sequence[Line]
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Check:
    """What checking the whole log found."""

    count: int
    fault: str | None
    head: str


def _chosen(actor: int | None, action: str, subject: str) -> Select[AuditEntry, AuditPayload]:
    entries = select(AuditEntry, AuditPayload).outerjoin(
        AuditPayload, AuditPayload.sequence == AuditEntry.sequence
    )
    if actor is not None:
        entries = entries.where(AuditEntry.actor_id == actor)
    if action:
        entries = entries.where(AuditEntry.action == action)
    if subject:
        kind, found, name = subject.partition(" ")
        if not found:  # a reference alone is a ticket's
            kind, name = "ticket", subject.upper()
        entries = entries.where(AuditEntry.subject_type == kind, AuditEntry.subject_id == name)
    return entries


def page(
    session: Session, reader: Actor, *, actor: int | None = None, action: str = "", subject: str = "",
    before: int | None = None, after: int | None = None,
) -> LogPage:  # fmt: skip
    """A page of the log, by actor, action and subject (“ticket ORT-0012”, “person 3”)."""
    demand(reader, Permission.READ_AUDIT)
    entries = _chosen(actor, action, subject)
    if after is not None:
        newer = entries.where(AuditEntry.sequence > after).order_by(AuditEntry.sequence).limit(A_PAGE + 1)
        rows = session.execute(newer).all()
        more_after, rows = len(rows) > A_PAGE, rows[:A_PAGE][::-1]
        more_before = True
    else:
        if before is not None:
            entries = entries.where(AuditEntry.sequence < before)
        rows = session.execute(entries.order_by(AuditEntry.sequence.desc()).limit(A_PAGE + 1)).all()
        more_before, rows = len(rows) > A_PAGE, rows[:A_PAGE]
        more_after = before is not None
    lines = [Line(row[0], said(row[1])) for row in rows]
    return LogPage(
        lines,
        before=lines[-1].entry.sequence if lines and more_before else None,
        after=lines[0].entry.sequence if lines and more_after else None,
    )


def said(payload: AuditPayload | None) -> dict[str, Any] | None:
    """What an entry says beyond its line."""
    if payload is None or payload.erased_at is not None:
        return None
    said: dict[str, Any] = json.loads(payload.payload)
    return said


def actions(session: Session, reader: Actor) -> list[str]:
    """Every kind of act in the log; found by jumping along the index instead of reading it all."""
    demand(reader, Permission.READ_AUDIT)
    first = select(func.min(AuditEntry.action).label("action"))
    found = first.cte("found", recursive=True)
    following = (
        select(func.min(AuditEntry.action)).where(AuditEntry.action > found.c.action).scalar_subquery()
    )
    found = found.union_all(select(following).where(found.c.action.is_not(None)))
    return [action for action in session.scalars(select(found.c.action)) if action is not None]


def names(session: Session, page: LogPage) -> dict[int, str]:
    """The names of those who acted on a page. The table is named, since this package stands before accounts."""
    person = Base.metadata.tables["person"]
    numbers = {line.entry.actor_id for line in page.lines}
    rows = session.execute(select(person.c.id, person.c.name).where(person.c.id.in_(numbers)))
    return {row.id: row.name for row in rows}


def head(session: Session) -> tuple[int, str]:
    """The sequence and hash of the newest entry."""
    newest = session.execute(select(AuditHead.sequence, AuditHead.entry_hash).where(AuditHead.id == 1)).one()
    return newest.sequence, newest.entry_hash


def everything(session: Session, until: int) -> Iterator[dict[str, Any]]:
    """The log up to an entry, oldest first, as its export holds it; some hundred entries in memory at a time."""
    columns = [getattr(AuditEntry, name) for name in (*chain.HASHED, "entry_hash")]
    last = 0
    while last < until:
        rows = session.execute(
            select(*columns, AuditPayload.salt, AuditPayload.payload, AuditPayload.erased_at)
            .outerjoin(AuditPayload, AuditPayload.sequence == AuditEntry.sequence)
            .where(AuditEntry.sequence > last, AuditEntry.sequence <= until)
            .order_by(AuditEntry.sequence)
            .limit(AT_ONCE)
        ).mappings()
        line: dict[str, Any] = {}
        for row in rows:
            line = dict(row)
            if line.pop("erased_at") is not None or line["payload"] is None:
                del line["salt"], line["payload"]
            yield line
        if not line:
            return
        last = line["sequence"]


def check(session: Session) -> Check:
    """Go through the whole log: is every entry as it was written, and does it end where its head says?"""
    newest, entry_hash = head(session)
    count, fault = chain.first_fault(everything(session, until=newest), head=entry_hash)
    return Check(count, fault, entry_hash)


def check_for(session: Session, reader: Actor) -> Check:
    """The same, for somebody who may read the log."""
    demand(reader, Permission.READ_AUDIT)
    return check(session)


def export_lines(session: Session) -> Iterator[str]:
    """The log as JSON lines, which `chain.py` checks without anything else."""
    newest, _ = head(session)
    for line in everything(session, until=newest):
        yield json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n"
