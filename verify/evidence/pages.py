"""What the pages of evidence show, and how a file is sent so that no browser runs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request, send_file
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import settings
from verify.errors import Missing
from verify.evidence import blobs, lookups
from verify.evidence.actions import Entry, File
from verify.evidence.forms import FORMS, EvidenceForm, FileForm, LinkForm
from verify.evidence.models import EvidenceKind
from verify.permissions import Permission, demand
from verify.tickets.models import Ticket
from verify.tickets.workflow import EDITABLE

TITLES = {
    EvidenceKind.LINK: "Add a link",
    EvidenceKind.NOTE: "Add a note",
    EvidenceKind.FILE: "Add a file",
}
FACET_WORDS = {
    "whole": "the whole claim", "event": "that it happened", "actor": "who did it", "time": "when", "place": "where",
    "figure": "how many", "means": "by what means",
}  # fmt: skip


def section(session: Session, reader: Person, ticket: Ticket) -> Mapping[str, Any]:
    """The evidence on a ticket, as its page shows it."""
    demand(reader, Permission.READ_DESK)
    pieces = lookups.evidence_of(session, reader, ticket)
    return {
        "template": "evidence/section.html",
        "title": "Evidence",
        "pieces": [piece for piece in pieces if piece.withdrawn_at is None],
        "withdrawn": [piece for piece in pieces if piece.withdrawn_at is not None],
        "facet_words": FACET_WORDS,
        "editable": ticket.status in EDITABLE,
    }


def form_of(kind: str) -> EvidenceForm:
    """The form for one kind of evidence; Missing when there is no such kind."""
    found = next((one for one in EvidenceKind if one.value == kind), None)
    if found is None:
        raise Missing
    return FORMS[found]()


def context(ticket: Ticket, kind: str) -> dict[str, Any]:
    """The page around a form for evidence."""
    return {"ticket": ticket, "kind": kind, "title": TITLES[EvidenceKind(kind)], "titles": TITLES}


def kept_upload(form: EvidenceForm) -> File | None:
    """The uploaded file with its bytes on the disk; done before the transaction, for it takes time."""
    if not isinstance(form, FileForm) or not form.upload.data:
        return None
    upload = form.upload.data
    return File(blobs.keep(settings().blob_dir, upload.stream), upload.filename or "")


def entry_of(form: EvidenceForm, file: File | None) -> Entry:
    """What was typed and uploaded, as the action takes it."""
    return form.entry(url=form.url.data or "") if isinstance(form, LinkForm) else form.entry(file=file)


def as_attachment(sha256: str, name: str) -> Response:
    """Send a stored file so that it is saved and never opened in the page's own name."""
    file = blobs.open_blob(settings().blob_dir, sha256)
    response = send_file(
        file,
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=name,
        etag=False,
        max_age=0,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-SHA-256"] = sha256
    response.headers["Accept-Ranges"] = "none"
    if request.method == "HEAD":
        file.close()
    return response
