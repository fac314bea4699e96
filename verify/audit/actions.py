"""Writing to the log: once for each act, in the transaction of the act, as the last thing before the commit."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import event, select
from sqlalchemy.orm import Session, SessionTransaction

from verify.audit import chain
from verify.audit.models import AuditEntry, AuditHead, AuditPayload
from verify.db import now

_QUEUE = "audit_queue"


class Actor(Protocol):
    """Whoever acted; None stands for the desk itself, such as a command run on the machine."""

    @property
    def id(self) -> int: ...


def record(
    session: Session,
    actor: Actor | None,
    action: str,
    subject: object,
    payload: Mapping[str, Any] | None = None,
) -> None:
    """Log that the actor did this to the subject (a row with an id, or a string).

    The entry is written when the session commits, after everything else, so that the lock on the head of the log
    is held for the shortest time; a rollback takes it away with the act.
    """
    session.flush()
    session.connection()  # a transaction is open from here on, so that a rollback surely takes the entry away
    subject_type = getattr(subject, "__tablename__", "desk")
    subject_id = (
        subject
        if isinstance(subject, str)
        else getattr(subject, "reference", None) or getattr(subject, "id", "")
    )
    session.info.setdefault(_QUEUE, []).append(
        {
            "at": now().strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "actor_id": actor.id if actor is not None else None,
            "action": action,
            "subject_type": subject_type,
            "subject_id": str(subject_id),
            "payload": json.dumps(payload or {}, ensure_ascii=False, sort_keys=True, default=str),
        }
    )


@event.listens_for(Session, "before_commit")
def _write_entries(session: Session) -> None:
    queue = session.info.get(_QUEUE)
    if not queue or session.in_nested_transaction():
        return
    session.flush()
    head = session.scalars(
        select(AuditHead).where(AuditHead.id == 1).with_for_update().execution_options(populate_existing=True)
    ).one()
    for line in queue:
        salt = secrets.token_hex(16)
        payload = line.pop("payload")
        columns = {
            **line,
            "sequence": head.sequence + 1,
            "previous_hash": head.entry_hash,
            "payload_hash": chain.payload_hash(salt, payload),
        }
        entry = AuditEntry(**columns, entry_hash=chain.entry_hash(columns))
        session.add(entry)
        session.flush()
        session.add(AuditPayload(sequence=entry.sequence, salt=salt, payload=payload))
        head.sequence, head.entry_hash = entry.sequence, entry.entry_hash
    session.info[_QUEUE] = []
    session.flush()


@event.listens_for(Session, "after_soft_rollback")
def _forget_entries(session: Session, previous: SessionTransaction) -> None:
    if not previous.nested:
        session.info.pop(_QUEUE, None)
