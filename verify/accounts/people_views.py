"""Who is on the desk: invitations, roles, closed accounts."""

from __future__ import annotations

from flask import render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from verify.accounts import actions, invitation_actions, lookups, second_factor
from verify.accounts.blueprint import bp
from verify.accounts.forms import AcceptForm, InvitationForm, NewPasswordForm, PlainForm, RolesForm
from verify.accounts.models import Person
from verify.accounts.sessions import reader, settings, sign_in_browser
from verify.db import db
from verify.errors import DeskError
from verify.forms import DeskForm, finish, form_again, refuse
from verify.permissions import Permission, public, requires


def people_page(invitation_form: DeskForm) -> dict[str, object]:
    """Everything the list of people shows."""
    page = lookups.people(db.session, reader(), after=request.args.get("after", ""))
    return {
        "page": page,
        "seen": lookups.last_seen(db.session, reader(), page.people),
        "invitations": lookups.open_invitations(db.session, reader()),
        "invitation_form": invitation_form,
        "plain_form": PlainForm(formdata=None),
    }


def person_page(
    person: Person, roles_form: DeskForm | None = None, form: DeskForm | None = None
) -> dict[str, object]:
    """Everything that one person's page shows."""
    chosen = [role.value for role in person.roles]
    return {
        "person": person,
        "roles_form": roles_form or RolesForm(formdata=None, data={"roles": chosen}),
        "plain_form": form or PlainForm(formdata=None),
    }


@bp.get("/people")
@requires(Permission.MANAGE_PEOPLE)
def people() -> ResponseReturnValue:
    link = session.pop("invitation_link", None)  # shown once, to the browser that made it
    return render_template("accounts/people.html", link=link, **people_page(InvitationForm()))


@bp.post("/people/invitations")
@requires(Permission.MANAGE_PEOPLE, confirm=True)
def invite() -> ResponseReturnValue:
    form = InvitationForm()
    if form.validate_on_submit():
        try:
            _, token = invitation_actions.invite(
                db.session, settings(), reader(), email=form.email.data, roles=form.roles.chosen()
            )
            answer = finish(form, url_for("accounts.people"))
            session["invitation_link"] = link_to(token)
            return answer
        except DeskError as refusal:
            refuse(form, refusal)
    return form_again("accounts/people.html", form, **people_page(form))


@bp.post("/people/invitations/<int:number>/withdraw")
@requires(Permission.MANAGE_PEOPLE)
def withdraw(number: int) -> ResponseReturnValue:
    form = PlainForm()
    if form.validate_on_submit():
        invitation = lookups.invitation(db.session, reader(), number)
        invitation_actions.withdraw_invitation(db.session, reader(), invitation)
        return finish(
            form, url_for("accounts.people"), "The invitation is withdrawn; its link leads nowhere."
        )
    return form_again("accounts/people.html", form, **people_page(InvitationForm(formdata=None)))


@bp.get("/people/<int:number>")
@requires(Permission.MANAGE_PEOPLE)
def person(number: int) -> ResponseReturnValue:
    shown = lookups.person(db.session, reader(), number)
    link = session.pop("invitation_link", None)
    return render_template("accounts/person.html", link=link, **person_page(shown))


@bp.post("/people/<int:number>/roles")
@requires(Permission.MANAGE_PEOPLE, confirm=True)
def set_roles(number: int) -> ResponseReturnValue:
    form, shown = RolesForm(), lookups.person(db.session, reader(), number)
    if form.validate_on_submit():
        try:
            actions.set_roles(db.session, reader(), shown, form.roles.chosen())
            return finish(form, url_for("accounts.person", number=number), "The roles are set.")
        except DeskError as refusal:
            refuse(form, refusal)
    return form_again("accounts/person.html", form, **person_page(shown, roles_form=form))


@bp.post("/people/<int:number>/<any(close, open):act>")
@requires(Permission.MANAGE_PEOPLE, confirm=True)
def set_active(number: int, act: str) -> ResponseReturnValue:
    form, shown = PlainForm(), lookups.person(db.session, reader(), number)
    if form.validate_on_submit():
        try:
            actions.set_active(db.session, reader(), shown, act == "open")
            message = "The account is open again." if act == "open" else "The account is closed."
            return finish(form, url_for("accounts.person", number=number), message)
        except DeskError as refusal:
            refuse(form, refusal)
    return form_again("accounts/person.html", form, **person_page(shown, form=form))


@bp.post("/people/<int:number>/second-factor/remove")
@requires(Permission.MANAGE_PEOPLE, confirm=True)
def remove_second_factor(number: int) -> ResponseReturnValue:
    form, shown = PlainForm(), lookups.person(db.session, reader(), number)
    if form.validate_on_submit():
        try:
            second_factor.remove(db.session, reader(), shown)
            message = "The second factor is removed. They set up a new one after they sign in."
            return finish(form, url_for("accounts.person", number=number), message)
        except DeskError as refusal:
            refuse(form, refusal)
    return form_again("accounts/person.html", form, **person_page(shown, form=form))


@bp.post("/people/<int:number>/new-password")
@requires(Permission.MANAGE_PEOPLE, confirm=True)
def offer_new_password(number: int) -> ResponseReturnValue:
    form, shown = PlainForm(), lookups.person(db.session, reader(), number)
    if form.validate_on_submit():
        try:
            _, token = invitation_actions.offer_new_password(db.session, settings(), reader(), shown)
            answer = finish(form, url_for("accounts.person", number=number))
            session["invitation_link"] = link_to(token)
            return answer
        except DeskError as refusal:
            refuse(form, refusal)
    return form_again("accounts/person.html", form, **person_page(shown, form=form))


def link_to(token: str) -> str:
    """The address behind which an invitation waits, as somebody elsewhere opens it."""
    return settings().base_url + url_for("accounts.join", token=token)


@bp.route("/invitations/<token>", methods=["GET", "POST"])
@public("whoever holds the link of an invitation may join by it")
def join(token: str) -> ResponseReturnValue:
    invitation = invitation_actions.open_invitation(db.session, token)
    form = AcceptForm() if invitation.roles else NewPasswordForm()
    if request.method == "GET":
        return render_template("accounts/join.html", form=form, invitation=invitation)
    if form.validate_on_submit():
        try:
            return joined(form, token)
        except DeskError as refusal:
            refuse(form, refusal)
    return form_again("accounts/join.html", form, invitation=invitation)


def joined(form: AcceptForm | NewPasswordForm, token: str) -> ResponseReturnValue:
    """Accept, and go in; who has a second factor signs in with it."""
    name = form.name.data if isinstance(form, AcceptForm) else ""
    person = invitation_actions.accept_invitation(
        db.session, settings(), token, name=name, password=form.password.data
    )
    if person.second_factor_salt is not None:
        return finish(form, url_for("accounts.sign_in"), "Your password is changed. Sign in with it.")
    address, browser = request.remote_addr or "", request.user_agent.string
    sign_in_browser(actions.enter(db.session, person, address=address, browser=browser))
    return finish(form, url_for("accounts.home"), f"Welcome to the desk, {person.name}.")
