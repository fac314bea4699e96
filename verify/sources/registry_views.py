"""Pages of sources: the registry, and the card of each with its names and ties."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires
from verify.sources import actions, lookups, pages, tie_actions
from verify.sources.forms import AliasForm, BareForm, DescribeForm, EndTieForm, RegisterForm, TieForm
from verify.sources.models import SourceKind

bp = Blueprint("sources", __name__, url_prefix="/sources")


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
            actions.describe_source(db.session, reader(), source, kind=SourceKind(form.kind.data), **words)
            return finish(form, url_for("sources.show", source_id=source_id), "The card is saved.")
        except DeskError as error:
            refuse(form, error)
    return pages.card_again(form, source_id)


@bp.post("/<int:source_id>/names")
@requires(Permission.EDIT_SOURCE)
def add_alias(source_id: int) -> ResponseReturnValue:
    """Confirm a further name or spelling."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = AliasForm()
    if form.validate_on_submit():
        try:
            alias = actions.add_alias(db.session, reader(), source, form.name.data)
            location = url_for("sources.show", source_id=source_id, _anchor="names")
            return finish(form, location, f"{source.name} also goes by “{alias.name}” now.")
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/show.html", form, **pages.card(db.session, reader(), source, alias_form=form))


@bp.post("/<int:source_id>/names/<int:alias_id>/remove")
@requires(Permission.EDIT_SOURCE)
def remove_alias(source_id: int, alias_id: int) -> ResponseReturnValue:
    """Take a name back."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    alias = lookups.alias_by_id(db.session, source, alias_id)
    form = BareForm()
    if form.validate_on_submit():
        actions.remove_alias(db.session, reader(), source, alias)
        location = url_for("sources.show", source_id=source_id, _anchor="names")
        return finish(form, location, f"“{alias.name}” is no name of {source.name} any more.")
    return form_again("sources/show.html", form, **pages.card(db.session, reader(), source))


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
            tie_actions.state_tie(db.session, reader(), source, pages.statement(db.session, form))
            location = url_for("sources.show", source_id=source_id, _anchor="ties")
            return finish(form, location, "The tie is stated; the tickets it bears on are counted anew.")
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/tie.html", form, source=source)


@bp.post("/<int:source_id>/ties/<int:tie_id>/end")
@requires(Permission.EDIT_SOURCE)
def end_tie(source_id: int, tie_id: int) -> ResponseReturnValue:
    """Take a tie back with a reason."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    stated = lookups.tie_by_id(db.session, source, tie_id)
    form = EndTieForm()
    if form.validate_on_submit():
        try:
            tie_actions.end_tie(db.session, reader(), source, stated, reason=form.reason.data)
            location = url_for("sources.show", source_id=source_id, _anchor="ties")
            return finish(form, location, "The tie is taken back; the tickets it bore on are counted anew.")
        except DeskError as error:
            refuse(form, error)
    context = pages.card(db.session, reader(), source, failed_form=form, ending=tie_id)
    return form_again("sources/show.html", form, **context)
