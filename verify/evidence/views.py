"""Pages of evidence: adding it to a ticket, withdrawing it, and fetching a stored file."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.evidence import actions, lookups, pages
from verify.evidence.forms import WithdrawForm
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires
from verify.tickets import lookups as tickets
from verify.tickets import sections

bp = Blueprint("evidence", __name__, url_prefix="/tickets")
sections.register("Evidence", 30, pages.section)


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
            entry = pages.entry_of(form, pages.kept_upload(form))
            ticket = tickets.ticket_by_reference(db.session, reader(), reference)
            added = actions.add_evidence(db.session, reader(), ticket, entry)
            location = url_for("tickets.show", reference=ticket.reference, _anchor=f"evidence-{added.number}")
            return finish(form, location, f"Evidence {added.number} is in.")
        except DeskError as error:
            refuse(form, error)
    db.session.rollback()
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    return form_again("evidence/new.html", form, **pages.context(ticket, kind))


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
