"""Pages of the registry: the list, a new source, and the card of each."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires
from verify.sources import actions, identity_pages, lookups, pages
from verify.sources.blueprint import bp
from verify.sources.forms import DescribeForm, RegisterForm
from verify.sources.models import SourceKind


@bp.get("")
@requires(Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """The registry by name, narrowed by plain GET parameters."""
    return render_template("sources/index.html", **pages.listed(request.args))


@bp.get("/new")
@requires(Permission.EDIT_SOURCE)
def new() -> ResponseReturnValue:
    """The empty form for a source; a name may be given in the address."""
    form = RegisterForm(formdata=None, data={"name": request.args.get("name", "")[:200]})
    return render_template("sources/new.html", form=form)


@bp.post("/new")
@requires(Permission.EDIT_SOURCE)
def register() -> ResponseReturnValue:
    """Register a source."""
    form = RegisterForm()
    if form.validate_on_submit():
        try:
            pages.refuse_lookalike(db.session, form)
            words = {"name": form.name.data, "note": form.note.data}
            source = actions.register_source(db.session, reader(), kind=SourceKind(form.kind.data), **words)
            return finish(form, url_for("sources.show", source_id=source.id), f"{source.name} is registered.")
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/new.html", form)


@bp.get("/<int:source_id>")
@requires(Permission.READ_DESK)
def show(source_id: int) -> ResponseReturnValue:
    """The card of a source."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    return render_template("sources/show.html", **pages.card(db.session, reader(), source))


@bp.get("/<int:source_id>/edit")
@requires(Permission.EDIT_SOURCE)
def edit(source_id: int) -> ResponseReturnValue:
    """A source's name, kind and note, to be corrected."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    return render_template("sources/edit.html", form=DescribeForm.of(source), source=source)


@bp.post("/<int:source_id>/edit")
@requires(Permission.EDIT_SOURCE)
def describe(source_id: int) -> ResponseReturnValue:
    """Correct a source's name, kind and note."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = DescribeForm()
    if form.validate_on_submit():
        try:
            words = {"name": form.name.data, "note": form.note.data, "version": form.version.data}
            identity_pages.refuse_telling(source, form, "name", "note")
            actions.describe_source(db.session, reader(), source, kind=SourceKind(form.kind.data), **words)
            return finish(form, url_for("sources.show", source_id=source_id), "The card is saved.")
        except DeskError as error:
            refuse(form, error)
    return pages.card_again(form, source_id)
