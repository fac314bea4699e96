"""Two sources that are one, and one that is two: merge, split back, split off."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires
from verify.sources import lookups, merge_actions, pages
from verify.sources.blueprint import bp
from verify.sources.forms import MergeForm, ReasonForm, SplitForm
from verify.sources.models import SourceKind


@bp.get("/<int:source_id>/merge")
@requires(Permission.EDIT_SOURCE)
def merging(source_id: int) -> ResponseReturnValue:
    """The form to merge a source into another one; its name may be given in the address."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = MergeForm(formdata=None, data={"into": request.args.get("into", "")[:200]})
    return render_template("sources/merge.html", form=form, **pages.merging(db.session, source))


@bp.post("/<int:source_id>/merge")
@requires(Permission.EDIT_SOURCE)
def merge(source_id: int) -> ResponseReturnValue:
    """Merge a source into another one."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = MergeForm()
    if form.validate_on_submit():
        try:
            into = pages.other_source(db.session, source, form.into.data, "into")
            move = merge_actions.merge_sources(db.session, reader(), source, into, reason=form.reason.data)
            location = url_for("sources.show", source_id=move.to_id)
            return finish(form, location, f"{source.name} is merged into {move.to.name}.")
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/merge.html", form, **pages.merging(db.session, source))


@bp.post("/<int:source_id>/split-back")
@requires(Permission.EDIT_SOURCE)
def split_back(source_id: int) -> ResponseReturnValue:
    """Undo a merging."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            merge_actions.split_back(db.session, reader(), source, reason=form.reason.data)
            location = url_for("sources.show", source_id=source_id)
            return finish(form, location, f"{source.name} stands for itself again.")
        except DeskError as error:
            refuse(form, error)
    context = pages.card(db.session, reader(), source, failed_form=form, splitting=True)
    return form_again("sources/show.html", form, **context)


@bp.get("/<int:source_id>/split")
@requires(Permission.EDIT_SOURCE)
def splitting(source_id: int) -> ResponseReturnValue:
    """The form to split names off into a source of their own."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    return render_template("sources/split.html", form=SplitForm.of(source), source=source)


@bp.post("/<int:source_id>/split")
@requires(Permission.EDIT_SOURCE)
def split(source_id: int) -> ResponseReturnValue:
    """Split names off into a source of their own."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = SplitForm.of(source)
    if form.validate_on_submit():
        try:
            chosen = [alias for alias in source.aliases if alias.id in form.names.data]
            said = {"kind": SourceKind(form.kind.data), "reason": form.reason.data}
            fresh = merge_actions.split_off(db.session, reader(), source, chosen, **said)
            location = url_for("sources.show", source_id=fresh.id)
            return finish(form, location, f"{fresh.name} is a source of its own now.")
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/split.html", form, source=source)
