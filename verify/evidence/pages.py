"""What the pages of evidence show, and how a file is sent so that no browser runs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request, send_file
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import settings
from verify.errors import Missing, Refused
from verify.evidence import blobs, lookups
from verify.evidence.actions import Entry, File
from verify.evidence.forms import FORMS, EvidenceForm, FileForm, LinkForm, WhoseForm
from verify.evidence.models import Evidence, EvidenceKind, RestsOn, Stance
from verify.permissions import Permission, demand
from verify.sources import lookups as sources
from verify.sources.actions import register_source
from verify.sources.models import Source, SourceKind
from verify.sources.pages import named_source
from verify.tickets.models import Ticket
from verify.tickets.workflow import EDITABLE, Status

TITLES = {
    EvidenceKind.LINK: "Add a link",
    EvidenceKind.NOTE: "Add a note",
    EvidenceKind.FILE: "Add a file",
}
MOST = 20
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
        "counted_as": counted_as,
        "speaking": lookups.SPEAKING,
        "editable": ticket.status in EDITABLE,
        "withdrawable": ticket.status in (*EDITABLE, Status.PUBLISHED),
    }


def of_source(session: Session, reader: Person, source: Source) -> Mapping[str, Any] | None:
    """The evidence of a source, for its card; nothing where there is none."""
    pieces = lookups.of_source(session, reader, source, MOST)
    return {"template": "evidence/of_source.html", "pieces": pieces, "most": MOST} if pieces else None


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


def entry_of(session: Session, person: Person, form: EvidenceForm, file: File | None) -> Entry:
    """What was typed and uploaded, as the action takes it; a source that is new is registered first."""
    source = source_of(session, person, form)
    if isinstance(form, LinkForm):
        return form.entry(url=form.url.data or "", source=source)
    return form.entry(file=file, source=source)


def source_of(session: Session, person: Person, form: WhoseForm) -> Source | None:
    """The source that was named; one that nobody knows is registered where its kind was chosen."""
    name, kind = " ".join((form.source.data or "").split()), form.new_kind.data
    if not name:
        return None
    known = sources.resolve(session, name)
    if known is not None or not kind:
        return known or _known(session, name)
    alike = sources.similar_sources(session, name, limit=2)
    if alike:
        names = " and ".join(source.name for source in alike)
        raise Refused(
            f"A name much like this is known: {names}. Write it so, or register “{name}” on the page of sources first.",
            field="source",
        )
    return register_source(session, person, name=name, kind=SourceKind(kind))


def _known(session: Session, name: str) -> Source:
    try:
        return named_source(session, name, "source")
    except Refused as error:
        what = error.message.replace("Register it first.", "Choose below what it is, and it is registered.")
        raise Refused(what, field="source") from None


def whose_form(piece: Evidence) -> WhoseForm:
    """The form with what is said by now."""
    if piece.source is None or piece.rests_on is None:
        return WhoseForm()
    return WhoseForm(source=piece.source.name, rests_on=piece.rests_on.value)


def counted_as(piece: Evidence) -> str:
    """What a piece of evidence is to the count of origins, in a line."""
    if piece.stance is Stance.CONTEXT:
        return ""
    if piece.source is None:
        return "No origin: nobody says yet whose record it is."
    if piece.rests_on is RestsOn.THEIR_WORD:
        return f"No origin: it shows what {piece.source.name} said."
    if piece.facet not in lookups.WHOLE:
        return f"{piece.source.name}’s own record. No origin: it speaks to a part of the claim alone."
    side = "of those who deny the claim" if piece.stance is Stance.REFUTES else "in the count of origins"
    return f"{piece.source.name}’s own record: a voice {side}."


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
