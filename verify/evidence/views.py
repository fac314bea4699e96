"""Pages of evidence: adding it to a ticket, withdrawing it, and fetching a stored file."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.evidence import actions, lookups, pages
from verify.evidence.forms import WhoseForm, WithdrawForm
from verify.evidence.whose import state_source
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires
from verify.sources import sections as source_sections
from verify.tickets import lookups as tickets
from verify.tickets import sections

bp = Blueprint("evidence", __name__, url_prefix="/tickets")
sections.register("Evidence", 30, pages.section)
source_sections.register("Evidence", 12, pages.of_source)


@bp.get("/<reference>/evidence/new/<kind>")
@requires(Permission.ADD_EVIDENCE)
def new(reference: str, kind: str) -> ResponseReturnValue:
    """The empty form for a link, a note or a file."""
    form = pages.form_of(kind)
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    return render_template("evidence/new.html", form=form, **pages.context(ticket, kind))


@bp.post("/<reference>/evidence/new/<kind>")
@requires(Permission.ADD_EVIDENCE)
def add(reference: str, kind: str) -> ResponseReturnValue:
    """Put evidence on a ticket."""
    form = pages.form_of(kind)
    if form.validate_on_submit():
        try:
            file = pages.kept_upload(form)
            entry = pages.entry_of(db.session, reader(), form, file)
            ticket = tickets.ticket_by_reference(db.session, reader(), reference)
            added = actions.add_evidence(db.session, reader(), ticket, entry)
            location = url_for("tickets.show", reference=ticket.reference, _anchor=f"evidence-{added.number}")
            return finish(form, location, f"Evidence {added.number} is in.")
        except DeskError as error:
            refuse(form, error)
    db.session.rollback()
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    return form_again("evidence/new.html", form, **pages.context(ticket, kind))


@bp.get("/<reference>/evidence/<int:number>/source")
@requires(Permission.ADD_EVIDENCE)
def whose(reference: str, number: int) -> ResponseReturnValue:
    """Whose record a piece of evidence is, and a form to say so."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    piece = lookups.evidence_by_number(db.session, reader(), ticket, number)
    return render_template("evidence/whose.html", form=pages.whose_form(piece), ticket=ticket, piece=piece)


@bp.post("/<reference>/evidence/<int:number>/source")
@requires(Permission.ADD_EVIDENCE)
def say_whose(reference: str, number: int) -> ResponseReturnValue:
    """Say whose record a piece of evidence is."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    piece, form = lookups.evidence_by_number(db.session, reader(), ticket, number), WhoseForm()
    if form.validate_on_submit():
        try:
            source = pages.source_of(db.session, reader(), form)
            state_source(db.session, reader(), ticket, piece, source, form.whose())
            location = url_for("tickets.show", reference=ticket.reference, _anchor=f"evidence-{number}")
            return finish(form, location, pages.counted_as(piece) or f"Evidence {number} says so now.")
        except DeskError as error:
            refuse(form, error)
    return form_again("evidence/whose.html", form, ticket=ticket, piece=piece)


@bp.get("/<reference>/evidence/<int:number>/withdraw")
@requires(Permission.ADD_EVIDENCE)
def withdrawal(reference: str, number: int) -> ResponseReturnValue:
    """What a withdrawal does, and the question why."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    piece = lookups.evidence_by_number(db.session, reader(), ticket, number)
    return render_template("evidence/withdraw.html", form=WithdrawForm(), ticket=ticket, piece=piece)


@bp.post("/<reference>/evidence/<int:number>/withdraw")
@requires(Permission.ADD_EVIDENCE)
def withdraw(reference: str, number: int) -> ResponseReturnValue:
    """Take evidence out of account, with a reason."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    piece = lookups.evidence_by_number(db.session, reader(), ticket, number)
    form = WithdrawForm()
    if form.validate_on_submit():
        try:
            actions.withdraw_evidence(db.session, reader(), ticket, piece, reason=form.reason.data)
            location = url_for("tickets.show", reference=ticket.reference, _anchor="evidence")
            return finish(form, location, f"Evidence {number} is withdrawn.")
        except DeskError as error:
            refuse(form, error)
    return form_again("evidence/withdraw.html", form, ticket=ticket, piece=piece)


@bp.get("/<reference>/evidence/<int:number>/file")
@requires(Permission.READ_DESK)
def download(reference: str, number: int) -> ResponseReturnValue:
    """A stored file, to be saved."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    return pages.as_attachment(*lookups.stored_file(db.session, reader(), ticket, number))
