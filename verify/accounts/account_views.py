"""A person's own account."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from verify.accounts import actions, lookups, second_factor
from verify.accounts.blueprint import bp
from verify.accounts.forms import NameForm, PasswordForm, PlainForm, SetUpForm
from verify.accounts.sessions import reader, settings, this_session
from verify.accounts.sign_in_views import network
from verify.db import db
from verify.errors import DeskError
from verify.forms import DeskForm, finish, form_again, refuse
from verify.permissions import Permission, requires


def account_page(**changed: DeskForm) -> dict[str, object]:
    """Everything the account page shows; `changed` is the form that came back with errors."""
    person = reader()
    forms = {
        "name_form": NameForm(formdata=None, obj=person),
        "password_form": PasswordForm(formdata=None),
        "plain_form": PlainForm(formdata=None),
    }
    return {
        "person": person,
        "sessions": lookups.own_sessions(db.session, person),
        "this_session": this_session(),
        "browser_name": lookups.browser_name,
        **(forms | changed),
    }


@bp.get("/account")
@requires(Permission.OWN_ACCOUNT)
def account() -> ResponseReturnValue:
    return render_template("accounts/account.html", **account_page())


@bp.post("/account/name")
@requires(Permission.OWN_ACCOUNT)
def rename() -> ResponseReturnValue:
    form = NameForm()
    if form.validate_on_submit():
        actions.rename(db.session, reader(), name=form.name.data)
        return finish(form, url_for("accounts.account"), "Your name is changed.")
    return form_again("accounts/account.html", form, **account_page(name_form=form))


@bp.post("/account/password")
@requires(Permission.OWN_ACCOUNT)
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit():
        old, new = form.password_present.data, form.password_new.data
        try:
            here = network(reader().email)
            actions.change_password(
                db.session, settings(), reader(), old=old, new=new, keep=this_session(), network=here
            )
            message = "Your password is changed. Other browsers are signed out."
            return finish(form, url_for("accounts.account"), message)
        except DeskError as refusal:
            db.session.commit()  # the failed try counts
            refuse(form, refusal)
    return form_again("accounts/account.html", form, **account_page(password_form=form))


@bp.post("/account/sessions/<int:number>/end")
@requires(Permission.OWN_ACCOUNT)
def end_session(number: int) -> ResponseReturnValue:
    form, person = PlainForm(), reader()
    if form.validate_on_submit():
        actions.leave(db.session, person, lookups.own_session(db.session, person, number))
        return finish(form, url_for("accounts.account") + "#sessions", "That browser is signed out.")
    return form_again("accounts/account.html", form, **account_page(plain_form=form))


@bp.post("/account/sign-out-everywhere")
@requires(Permission.OWN_ACCOUNT)
def sign_out_everywhere() -> ResponseReturnValue:
    form = PlainForm()
    if form.validate_on_submit():
        actions.leave_everywhere(db.session, reader(), keep=this_session())
        return finish(form, url_for("accounts.account") + "#sessions", "All other browsers are signed out.")
    return form_again("accounts/account.html", form, **account_page(plain_form=form))


@bp.route("/account/second-factor", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def second_factor_set_up() -> ResponseReturnValue:
    form, person = SetUpForm(), reader()
    if request.method == "GET":
        form.sealed.data = second_factor.seal_salt(settings(), person, second_factor.new_salt())
        return render_template("accounts/second_factor.html", form=form, **secret_shown(form))
    if form.validate_on_submit():
        try:
            salt = second_factor.open_salt(settings(), person, form.sealed.data)
            second_factor.set_up(db.session, settings(), person, salt=salt, code=form.code.data)
            message = "From now on the desk asks for a code when you sign in."
            return finish(form, url_for("accounts.account") + "#second-factor", message)
        except DeskError as refusal:
            refuse(form, refusal)
    return form_again("accounts/second_factor.html", form, **secret_shown(form))


def secret_shown(form: SetUpForm) -> dict[str, object]:
    """The secret of the form's sealed salt, as a picture and in letters; a new one when the seal is broken."""
    person, rules = reader(), settings()
    try:
        salt = second_factor.open_salt(rules, person, form.sealed.data or "")
    except DeskError:
        salt = second_factor.new_salt()
        form.sealed.data = second_factor.seal_salt(rules, person, salt)
    return {
        "person": person,
        "picture": second_factor.picture_of(rules, person, salt),
        "secret": second_factor.secret_of(rules, salt),
        "compulsory": second_factor.missing(rules, person),
    }
