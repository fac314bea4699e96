"""The page of sources that may be one, over the whole registry."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires
from verify.sources import apart_actions, lookups, pages
from verify.sources.blueprint import bp
from verify.sources.forms import PairForm


@bp.get("/duplicates")
@requires(Permission.EDIT_SOURCE)
def duplicates() -> ResponseReturnValue:
    """Sources with like names, to be merged or told apart."""
    return render_template("sources/duplicates.html", **pages.duplicates(db.session, reader()))


@bp.post("/duplicates")
@requires(Permission.EDIT_SOURCE)
def tell_pair_apart() -> ResponseReturnValue:
    """Say that two sources with like names are two."""
    form = PairForm()
    if form.validate_on_submit():
        try:
            one = lookups.source_by_id(db.session, reader(), form.one.data)
            other = lookups.source_by_id(db.session, reader(), form.other.data)
            apart_actions.tell_apart(db.session, reader(), one, other)
            told = f"{one.name} and {other.name} are two sources, and are listed no more."
            return finish(form, url_for("sources.duplicates"), told)
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/duplicates.html", form, **pages.duplicates(db.session, reader()))
