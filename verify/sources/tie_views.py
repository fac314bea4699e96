"""The ties of a source: stated, ended, taken back."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires
from verify.sources import identity_pages, lookups, pages, tie_actions
from verify.sources.blueprint import bp
from verify.sources.forms import EndTieForm, TieForm


@bp.get("/<int:source_id>/ties/new")
@requires(Permission.EDIT_SOURCE)
def tie(source_id: int) -> ResponseReturnValue:
    """The empty form for a tie."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    return render_template("sources/tie.html", form=TieForm(), source=source)


@bp.post("/<int:source_id>/ties/new")
@requires(Permission.EDIT_SOURCE)
def state_tie(source_id: int) -> ResponseReturnValue:
    """State a tie."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = TieForm()
    if form.validate_on_submit():
        try:
            identity_pages.refuse_telling(source, form, "known_from", "event")
            said = pages.statement(db.session, source, form)
            tie_actions.state_tie(db.session, reader(), source, said)
            location = url_for("sources.show", source_id=source_id, _anchor="ties")
            return finish(form, location, "The tie is stated; the tickets it bears on are counted anew.")
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/tie.html", form, source=source)


@bp.post("/<int:source_id>/ties/<int:tie_id>/end")
@requires(Permission.EDIT_SOURCE)
def end_tie(source_id: int, tie_id: int) -> ResponseReturnValue:
    """Say when a tie ended, or take it back, with a reason."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    stated = lookups.tie_by_id(db.session, source, tie_id)
    form = EndTieForm()
    if form.validate_on_submit():
        try:
            identity_pages.refuse_telling(source, form, "reason")
            message = pages.end_tie(db.session, source, stated, form)
            return finish(form, url_for("sources.show", source_id=source_id, _anchor="ties"), message)
        except DeskError as error:
            refuse(form, error)
    context = pages.card(db.session, reader(), source, failed_form=form, ending=tie_id)
    return form_again("sources/show.html", form, **context)
