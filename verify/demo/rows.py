"""Rows by the thousand, written table by table, with the log's chain carried on as the desk itself does."""

from __future__ import annotations

import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from verify.articles.models import Article, ArticleVersion, Assertion, Hop
from verify.articles.shared_text_index import CAP
from verify.articles.shared_text_models import Fingerprinting, TextFingerprint
from verify.audit import chain
from verify.audit.models import AuditEntry, AuditHead, AuditPayload
from verify.db import Base, now
from verify.evidence.models import Evidence
from verify.grading.models import Review, ReviewEvidence, ReviewOpening
from verify.publishing.models import Approval, Verdict, VerdictVersion, Wording
from verify.sources.models import Source, SourceAlias
from verify.tickets.models import Appearance, Assignment, Investigation, Ticket, TicketEvent

# Parents before children; reviews before their opening, as the guards of the database demand.
ORDER: tuple[type[Base], ...] = (
    Investigation, Source, SourceAlias, Article, ArticleVersion, TextFingerprint, Fingerprinting, Assertion, Hop,
    Ticket, Appearance, Evidence, Assignment, Review, ReviewEvidence, ReviewOpening, Wording, Approval, Verdict,
    VerdictVersion, TicketEvent, AuditEntry, AuditPayload,
)  # fmt: skip


class Rows:
    """Collects rows with numbers of their own, and writes them all at once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.waiting: defaultdict[type[Base], list[dict[str, Any]]] = defaultdict(list)
        self.held = Counter[int]()
        self.last = {model: self._last(model) for model in ORDER if "id" in model.__table__.columns}
        head = session.scalars(select(AuditHead).with_for_update()).one()
        self.sequence, self.newest = head.sequence, head.entry_hash

    def _last(self, model: type[Base]) -> int:
        return self.session.scalar(select(func.max(model.__table__.columns["id"]))) or 0

    def add(self, model: type[Base], **columns: Any) -> int:
        """Keep a row for writing; returns its number, or 0 where the table has none of its own."""
        number = 0
        if model in self.last:
            number = self.last[model] = self.last[model] + 1
            columns["id"] = number
        self.waiting[model].append(columns)
        return number

    def add_fingerprints(self, version_id: int, values: Iterable[int]) -> None:
        """Keep the fingerprints of a text, of each as many as the desk itself keeps."""
        for value in values:
            self.held[value] += 1
            if self.held[value] <= CAP:
                self.add(TextFingerprint, hash=value, version_id=version_id)

    def log(self, actor: int | None, action: str, subject: tuple[str, str], payload: dict[str, Any]) -> None:
        """Write one line of the log, chained to the one before."""
        salt, said = (
            secrets.token_hex(16),
            json.dumps(payload, ensure_ascii=False, sort_keys=True, default=str),
        )
        columns = {
            "sequence": self.sequence + 1,
            "previous_hash": self.newest,
            "at": now().strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "actor_id": actor,
            "action": action,
            "subject_type": subject[0],
            "subject_id": subject[1],
            "payload_hash": chain.payload_hash(salt, said),
        }
        self.sequence, self.newest = self.sequence + 1, chain.entry_hash(columns)
        self.waiting[AuditEntry].append({**columns, "entry_hash": self.newest})
        self.waiting[AuditPayload].append({"sequence": self.sequence, "salt": salt, "payload": said})

    def write(self) -> None:
        """Write what waits, and where the log ends now. The caller commits."""
        for model in ORDER:
            if self.waiting[model]:
                self.session.execute(insert(model).execution_options(render_nulls=True), self.waiting[model])
        self.waiting.clear()
        head = self.session.scalars(select(AuditHead)).one()
        head.sequence, head.entry_hash = self.sequence, self.newest
        self.session.flush()

    def finish(self) -> None:
        """Let PostgreSQL number on from here; SQLite does so by itself."""
        if self.session.get_bind().dialect.name == "postgresql":
            for model in self.last:
                name = model.__tablename__
                self.session.execute(
                    text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {max(1, self.last[model])})")  # nosec B608  # our own names
                )
