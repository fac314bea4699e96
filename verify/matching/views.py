"""Pages about matches, and what people decide on them."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, refuse
from verify.matching import actions, contradiction_views, lookups, pages, ticket_page, watch_views
from verify.matching.forms import DecisionForm, UndoForm
from verify.permissions import Permission, requires
from verify.tickets import forms as ticket_forms
from verify.tickets import lookups as tickets
from verify.tickets import page as ticket_pages

bp = Blueprint("matching", __name__)
bp.register_blueprint(watch_views.bp)
bp.register_blueprint(contradiction_views.bp)
ticket_page.install()


@bp.get("/matches/assertions/<int:assertion_id>")
@requires(Permission.READ_DESK)
def of_assertion(assertion_id: int) -> ResponseReturnValue:
    """Where what an article asserts may have been checked before."""
    return render_template("matching/assertion.html", **pages.of_assertion(assertion_id))


@bp.get("/matches/assertions/<int:assertion_id>/nearest")
@requires(Permission.READ_DESK)
def nearest(assertion_id: int) -> ResponseReturnValue:
    """The likeliest match of an assertion: a piece of its card, for the script of the reading room."""
    return render_template("matching/_nearest.html", **pages.nearest(assertion_id))


@bp.get("/tickets/<reference>/similar")
@requires(Permission.READ_DESK)
def of_ticket(reference: str) -> ResponseReturnValue:
    """Claims like a ticket's; its own page fetches them from here."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    return render_template("matching/similar.html", **ticket_page.similar(db.session, reader(), ticket))


@bp.get("/matches/assertions/<int:assertion_id>/worded")
@requires(Permission.READ_DESK)
def worded(assertion_id: int) -> ResponseReturnValue:
    """What an assertion may repeat in the words typed so far: a piece of the new ticket's form, for its script."""
    typed = request.args.get("claim", "")
    return render_template("matching/_found.html", **pages.worded(assertion_id, typed))


@bp.post("/tickets/new/similar")
@requires(Permission.OPEN_TICKET)
def look_first() -> ResponseReturnValue:
    """Look for the claim as it is typed, and come back to the form as it was; nothing is opened."""
    form = ticket_forms.OpenForm()
    return ticket_pages.new_again(form, 200)


@bp.get("/matches/<one>/<other>")
@requires(Permission.READ_DESK)
def match(one: str, other: str) -> ResponseReturnValue:
    """Two claims side by side: why they may be the same, what was decided, and a form to decide."""
    shown = pages.match_page(one, other)
    form = pages.one_press(shown["offer"], "match").allow(shown["choices"])
    return render_template("matching/match.html", form=form, **shown)


@bp.post("/matches/<one>/<other>")
@requires(Permission.EDIT_TICKET)
def decide(one: str, other: str) -> ResponseReturnValue:
    """Say whether two claims are the same."""
    shown = pages.match_page(one, other)
    form = DecisionForm().allow(shown["choices"])
    if form.validate_on_submit():
        try:
            decision = actions.decide(db.session, reader(), pages.offer_of(form, shown), form.choice())
            return finish(form, pages.back_to(form.back.data, decision), pages.DONE[decision.verdict])
        except DeskError as error:
            refuse(form, error)
    return pages.match_again(form, one, other)


@bp.post("/matches/decisions/<int:number>/undo")
@requires(Permission.EDIT_TICKET)
def undo(number: int) -> ResponseReturnValue:
    """Take a decision back."""
    form, decision = UndoForm(), lookups.decision_by_id(db.session, reader(), number)
    if form.validate_on_submit():
        try:
            actions.undo(db.session, reader(), decision, reason=form.reason.data or "")
            location = pages.match_url(decision.one, decision.other)
            return finish(form, location, "It is taken back; the match is suggested again.")
        except DeskError as error:
            refuse(form, error)
    return pages.undo_again(form, number)
