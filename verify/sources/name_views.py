"""The names of a source: confirmed, refused, removed; and other sources told apart from it."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires
from verify.sources import actions, apart, apart_actions, identity_pages, lookups, pages
from verify.sources.blueprint import bp
from verify.sources.forms import AliasForm, BareForm


@bp.post("/<int:source_id>/names")
@requires(Permission.EDIT_SOURCE)
def add_alias(source_id: int) -> ResponseReturnValue:
    """Confirm a further name or spelling."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = AliasForm()
    if form.validate_on_submit():
        try:
            identity_pages.refuse_telling(source, form, "name")
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
        try:
            actions.remove_alias(db.session, reader(), source, alias)
            location = url_for("sources.show", source_id=source_id, _anchor="names")
            return finish(form, location, f"“{alias.name}” is no name of {source.name} any more.")
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/show.html", form, **pages.card(db.session, reader(), source))


@bp.post("/<int:source_id>/spellings/refuse")
@requires(Permission.EDIT_SOURCE)
def refuse_spelling(source_id: int) -> ResponseReturnValue:
    """Say that a name is somebody else's."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = AliasForm()
    if form.validate_on_submit():
        try:
            refused = apart_actions.refuse_spelling(db.session, reader(), source, form.name.data)
            location = url_for("sources.show", source_id=source_id, _anchor="names")
            return finish(form, location, f"“{refused.name}” is somebody else and is suggested no more.")
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/show.html", form, **pages.card(db.session, reader(), source, alias_form=form))


@bp.post("/<int:source_id>/apart/<int:other_id>")
@requires(Permission.EDIT_SOURCE)
def tell_apart(source_id: int, other_id: int) -> ResponseReturnValue:
    """Say that two registered sources are two."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    other = lookups.source_by_id(db.session, reader(), other_id)
    form = BareForm()
    if form.validate_on_submit():
        try:
            apart_actions.tell_apart(db.session, reader(), source, other)
            location = url_for("sources.show", source_id=source_id, _anchor="names")
            return finish(form, location, f"{source.name} and {other.name} are two sources.")
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/show.html", form, **pages.card(db.session, reader(), source))


@bp.post("/<int:source_id>/differences/<int:difference_id>/end")
@requires(Permission.EDIT_SOURCE)
def take_difference_back(source_id: int, difference_id: int) -> ResponseReturnValue:
    """Take back that two are different."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    difference = apart.difference_by_id(db.session, source, difference_id)
    form = BareForm()
    if form.validate_on_submit():
        try:
            apart_actions.take_back(db.session, reader(), source, difference)
            location = url_for("sources.show", source_id=source_id, _anchor="names")
            return finish(form, location, "It is taken back: they may be the same after all.")
        except DeskError as error:
            refuse(form, error)
    return form_again("sources/show.html", form, **pages.card(db.session, reader(), source))
