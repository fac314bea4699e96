"""The protected identity of an anonymous source. It is shown in the answer to one form, and has no address."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader, settings
from verify.db import db
from verify.errors import DeskError, Forbidden
from verify.forms import DeskForm, finish, form_again, refuse
from verify.permissions import Permission, requires
from verify.sources import identity_actions, identity_pages, lookups
from verify.sources.blueprint import bp
from verify.sources.forms import BareForm, IdentityForm, ReaderForm, ReasonForm
from verify.sources.models import Source
from verify.sources.vault import Identity, vault_of


@bp.get("/<int:source_id>/identity")
@requires(Permission.EDIT_SOURCE)
def identity(source_id: int) -> ResponseReturnValue:
    """Whether a source has a protected identity, who may open it, and who did."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    return render_template("sources/identity.html", **identity_pages.context(source))


@bp.post("/<int:source_id>/identity")
@requires(Permission.EDIT_SOURCE, confirm=True)
def seal_identity(source_id: int) -> ResponseReturnValue:
    """Seal who a source is, for the first time or anew."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = IdentityForm()
    if form.validate_on_submit():
        try:
            who = Identity(form.name.data, form.more.data)
            identity_actions.seal(db.session, reader(), source, who, vault_of(settings()))
            return finish(form, _address(source_id), "The identity is sealed.")
        except DeskError as error:
            _refuse(form, source, error, tried="seal it anew")
    return _again(form, source, seal_form=form)


@bp.post("/<int:source_id>/identity/open")
@requires(Permission.EDIT_SOURCE, confirm=True)
def open_identity(source_id: int) -> ResponseReturnValue:
    """Show who a source is to somebody who was named; the look is in the log before it is on the page."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            opened = identity_pages.opened(source, form.reason.data)
            return render_template("sources/identity.html", opened=opened, **identity_pages.context(source))
        except DeskError as error:
            _refuse(form, source, error, tried="open it")
    return _again(form, source, open_form=form)


@bp.post("/<int:source_id>/identity/readers")
@requires(Permission.EDIT_SOURCE, confirm=True)
def name_reader(source_id: int) -> ResponseReturnValue:
    """Let one more person open the identity."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = identity_pages.with_people(source, ReaderForm())
    if form.validate_on_submit():
        try:
            person = identity_pages.person_of(form)
            identity_actions.name_reader(db.session, reader(), source, person)
            return finish(form, _address(source_id), f"{person.name} may open it now.")
        except DeskError as error:
            _refuse(form, source, error, tried="name somebody")
    return _again(form, source, reader_form=form)


@bp.post("/<int:source_id>/identity/readers/<int:person_id>/withdraw")
@requires(Permission.EDIT_SOURCE, confirm=True)
def withdraw_reader(source_id: int, person_id: int) -> ResponseReturnValue:
    """Let somebody open the identity no longer."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = BareForm()
    if form.validate_on_submit():
        try:
            identity_actions.withdraw_reader(db.session, reader(), source, person_id)
            return finish(form, _address(source_id), "They can open it no longer.")
        except DeskError as error:
            _refuse(form, source, error, tried="withdraw somebody")
    return _again(form, source, failed_form=form)


@bp.post("/<int:source_id>/identity/destroy")
@requires(Permission.EDIT_SOURCE, confirm=True)
def destroy_identity(source_id: int) -> ResponseReturnValue:
    """Destroy the record of who a source is."""
    source = lookups.source_by_id(db.session, reader(), source_id)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            identity_actions.destroy(
                db.session, reader(), source, vault_of(settings()), reason=form.reason.data
            )
            return finish(form, _address(source_id), "The record of who it is, is destroyed.")
        except DeskError as error:
            _refuse(form, source, error, tried="destroy it")
    return _again(form, source, destroy_form=form)


def _address(source_id: int) -> str:
    return url_for("sources.identity", source_id=source_id)


def _refuse(form: DeskForm, source: Source, error: DeskError, *, tried: str) -> None:
    """Show a rule's sentence beside the form; whoever was not named gets no form, and their try is logged."""
    if isinstance(error, Forbidden):
        identity_pages.log_refusal(source, tried)
        raise error
    refuse(form, error)


def _again(form: DeskForm, source: Source, **forms: DeskForm) -> ResponseReturnValue:
    return form_again("sources/identity.html", form, **identity_pages.context(source, **forms))
