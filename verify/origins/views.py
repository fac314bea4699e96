"""Pages about the origins of a ticket's claim."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.origins import actions, pages, source_card
from verify.origins.forms import LinkForm
from verify.permissions import Permission, requires
from verify.sources import sections as source_sections
from verify.tickets import lookups as tickets
from verify.tickets import sections

bp = Blueprint("origins", __name__, url_prefix="/tickets")
sections.register("Origins", 20, pages.section)
source_sections.register("Track record", 5, source_card.track_record)
source_sections.register("Appearances", 10, source_card.appearances_of)


@bp.get("/<reference>/origins")
@requires(Permission.READ_DESK)
def show(reference: str) -> ResponseReturnValue:
    """The chains of a claim, the count they lead to, and every step on the way."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    return render_template("origins/show.html", **pages.page(db.session, reader(), ticket))


@bp.post("/<reference>/origins/names")
@requires(Permission.EDIT_SOURCE)
def link_name(reference: str) -> ResponseReturnValue:
    """Say who is meant by a name in the chains."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    form = LinkForm()
    if form.validate_on_submit():
        try:
            source = pages.chosen_source(db.session, form)
            actions.link_name(db.session, reader(), ticket, form.name.data, source)
            location = url_for("origins.show", reference=ticket.reference)
            return finish(
                form, location, f"“{form.name.data}” is {source.name}; the origins are counted anew."
            )
        except DeskError as error:
            refuse(form, error)
    return form_again("origins/show.html", form, **pages.page(db.session, reader(), ticket))
