"""The doors: signing in and out, the second step, and going on where a form was interrupted."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from verify.accounts import actions, attempts, known_browsers, second_factor
from verify.accounts.blueprint import bp
from verify.accounts.forms import AgainForm, CodeForm, ConfirmForm, SignInForm
from verify.accounts.models import Person
from verify.accounts.sessions import (
    current_person,
    kept_page,
    reader,
    settings,
    sign_in_browser,
    this_session,
)
from verify.db import db
from verify.errors import DeskError, Refused
from verify.forms import DeskForm, form_again, refuse
from verify.permissions import Permission, public, requires

GONE_ON = 307  # the browser sends the same fields again, to where they were meant to go


def local(address: str | None) -> str:
    """An address on this desk; the way in when it is not one."""
    address = address or ""
    inside = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if inside else url_for("accounts.home")


def network(email: str) -> str:
    """What failed tries of this request are counted by."""
    return known_browsers.known_for(settings(), email) or attempts.network_of(request.remote_addr)


@bp.get("/")
@public("leads to the queue, or strangers to the published verdicts")
def home() -> ResponseReturnValue:
    return redirect(url_for("tickets.index" if current_person() else "publishing.front"), 303)


@bp.get("/robots.txt")
@public("tells search engines what is theirs to read")
def robots() -> ResponseReturnValue:
    rules = "User-agent: *\nAllow: /verdicts\nAllow: /method\nAllow: /static/\nDisallow: /\n"
    return Response(rules, mimetype="text/plain")


@bp.route("/sign-in", methods=["GET", "POST"])
@public("the way in")
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if request.method == "GET":
        form.next.data = local(request.args.get("next"))
        return (
            redirect(form.next.data, 303)
            if current_person()
            else render_template("accounts/sign_in.html", form=form)
        )
    person = with_password(form, form.email.data, form.password.data) if form.validate_on_submit() else None
    if person is None:
        return form_again("accounts/sign_in.html", form)
    return let_in(person, form.next.data, 303)


@bp.post("/sign-in/again")
@public("a session that ended in the middle of a form goes on from here")
def sign_in_again() -> ResponseReturnValue:
    form = AgainForm()
    form.also_take(request.form)
    action = local(form.again_action.data)
    person = None
    if form.validate_on_submit():
        person = with_password(form, form.again_email.data, form.again_password.data)
    if person is None:
        return kept_page("accounts/signed_out.html", getattr(form, "status", 422), form, action)
    return let_in(person, action, GONE_ON)


@bp.post("/sign-in/code")
@public("the second step of signing in, for whoever knows the password")
def sign_in_code() -> ResponseReturnValue:
    form = CodeForm()
    form.also_take(request.form)
    try:
        person = second_factor.passed_on(db.session, settings(), form.again_note.data or "")
    except DeskError as refusal:
        flash(refusal.message, "error")
        return redirect(url_for("accounts.sign_in", next=form.again_next.data), 303)
    if not (form.validate_on_submit() and with_code(form, person)):
        return kept_page(
            "accounts/code.html", getattr(form, "status", 422), form, form.again_action.data or ""
        )
    waiting = form.again_action.data
    return welcome(person, local(waiting or form.again_next.data), GONE_ON if waiting else 303)


@bp.post("/account/confirm")
@requires(Permission.OWN_ACCOUNT)
def confirm() -> ResponseReturnValue:
    form, person, auth = ConfirmForm(), reader(), this_session()
    form.also_take(request.form)
    action = local(form.again_action.data)
    if form.validate_on_submit() and auth is not None:
        try:
            here = network(person.email)
            actions.confirm(
                db.session, settings(), person, auth, password=form.again_password.data, network=here
            )
            db.session.commit()
            return redirect(action, GONE_ON)
        except DeskError as refusal:
            db.session.commit()  # the failed try counts
            refuse(form, Refused(refusal.message, "again_password"))
    return kept_page("accounts/confirm.html", 403, form, action)


@bp.post("/sign-out")
@public("whoever is signed in may leave; for others it does nothing")
def sign_out() -> ResponseReturnValue:
    auth, person = this_session(), current_person()
    if auth is not None and person is not None:
        actions.leave(db.session, person, auth)
        db.session.commit()
    logout_user()
    flash("You are signed out.")
    return redirect(url_for("accounts.sign_in"), 303)


def with_password(form: DeskForm, email: str, password: str) -> Person | None:
    """The person behind address and password; None when refused, with the sentence in the form."""
    try:
        return actions.check_password(
            db.session, settings(), email=email, password=password, network=network(email)
        )
    except DeskError as refusal:
        db.session.commit()  # the failed try counts
        refuse(form, refusal)
        return None


def with_code(form: CodeForm, person: Person) -> bool:
    """Whether the code is right; counts a wrong one."""
    here, email = network(person.email), person.email
    try:
        attempts.refuse_too_many(db.session, here, email)
        second_factor.check_code(settings(), person, form.again_code.data)
    except attempts.TooManyTries as refusal:
        refuse(form, refusal)
        return False
    except DeskError as refusal:
        attempts.count_failure(db.session, here, email)
        db.session.commit()
        refuse(form, Refused(refusal.message, "again_code"))
        return False
    attempts.forget_failures(db.session, here, email)
    return True


def let_in(person: Person, location: str | None, status: int) -> ResponseReturnValue:
    """After the right password: in, or first to the second step."""
    if person.second_factor_salt is None:
        return welcome(person, local(location), status)
    form = CodeForm(formdata=None)
    form.again_note.data = second_factor.pass_on(settings(), person)
    form.again_next.data = local(location)
    if status == GONE_ON:
        form.again_action.data, form.form_key.data = local(location), request.form.get("form_key", "")
    db.session.commit()
    return kept_page("accounts/code.html", 200, form, form.again_action.data or "")


def welcome(person: Person, location: str, status: int) -> ResponseReturnValue:
    """Sign this browser in and go on."""
    browser = request.user_agent.string
    token = actions.enter(db.session, person, address=request.remote_addr or "", browser=browser)
    sign_in_browser(token)
    email = person.email
    db.session.commit()
    answer = redirect(location, status)
    known_browsers.remember(settings(), email, answer)
    return answer
