"""Pages of tickets: the queue, a new ticket, the ticket itself. What is done to one is in acts.py."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import reader
from verify.articles import lookups as articles
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.permissions import Permission, requires
from verify.tickets import actions, acts, bulk, forms, lookups, page, queue, waiting
from verify.tickets.models import Investigation
from verify.tickets.wording import LONGEST_CLAIM

bp = Blueprint("tickets", __name__)
bp.register_blueprint(acts.bp)
page.install()
waiting.install()


@bp.record
def _offer_filed_under(state: BlueprintSetupState) -> None:
    """Tell the reading room, which may not import tickets, where its assertions are filed."""
    state.app.extensions["verify_filed_under"] = _filed_under


def _filed_under(session: Session, person: Person | None, ids: list[int]) -> dict[int, dict[str, Any]]:
    return {
        number: {"reference": one.reference, "claim": one.claim, "status": one.status,
                 "url": url_for("tickets.show", reference=one.reference)}
        for number, one in lookups.filed_under(session, person, ids).items()
    }  # fmt: skip


@bp.get("/queue")
@requires(Permission.READ_DESK)
def index() -> ResponseReturnValue:
    """What waits for the reader, and every ticket, narrowed by plain words of the address."""
    return render_template("tickets/queue.html", **queue.context(request.args))


@bp.get("/queue/selection")
@requires(Permission.ASSIGN)
def selection() -> ResponseReturnValue:
    """The tickets that were ticked in the queue, and what to do with all of them."""
    form = forms.BulkForm.empty(back=request.args.get("back", "")).offer(bulk.choices(db.session))
    return render_template(
        "tickets/selection.html", form=form, **bulk.context(request.args.getlist("ticket"))
    )


@bp.post("/queue/selection")
@requires(Permission.ASSIGN)
def act_on_selection() -> ResponseReturnValue:
    """Assign reviewers or set a deadline on every selected ticket; what was refused is listed ticket by ticket."""
    form = forms.BulkForm().offer(bulk.choices(db.session))
    selected = request.form.getlist("ticket")
    if form.validate_on_submit():
        try:
            outcome = bulk.act(db.session, reader(), form, selected)
            answer = finish(form, url_for("tickets.index") + form.address(), outcome.sentence())
            return bulk.report(form, outcome) if outcome.refused else answer
        except DeskError as error:
            refuse(form, error)
    return bulk.again(form, selected)


@bp.get("/tickets/new")
@requires(Permission.OPEN_TICKET)
def new() -> ResponseReturnValue:
    """A ticket for an assertion of the reading room; without one, where to find it."""
    number = request.args.get("assertion", type=int)
    if number is None:
        return render_template("tickets/start.html")
    assertion = articles.assertion(db.session, reader(), number)
    form = forms.OpenForm.empty(assertion=assertion.id, claim=assertion.statement[:LONGEST_CLAIM])
    return render_template("tickets/new.html", form=form, **page.of_assertion(form, number))


@bp.post("/tickets/")
@requires(Permission.OPEN_TICKET)
def open_ticket() -> ResponseReturnValue:
    """Open a ticket; the assertion is its first appearance."""
    form = forms.OpenForm().offer(lookups.investigations(db.session, reader()))
    assertion = articles.assertion(db.session, reader(), request.form.get("assertion", 0, type=int))
    if form.validate_on_submit():
        try:
            ticket = actions.open_ticket(
                db.session, reader(), assertion=assertion, claim=form.claim.data,
                investigation=_chosen_investigation(form), deadline_on=form.deadline_on.data,
            )  # fmt: skip
            return finish(
                form, url_for("tickets.show", reference=ticket.reference), f"{ticket.reference} is open."
            )
        except DeskError as error:
            refuse(form, error)
    return page.new_again(form)


def _chosen_investigation(form: forms.OpenForm) -> Investigation:
    number = form.investigation.data
    found = db.session.get(Investigation, number) if number else None
    return found or actions.general_investigation(db.session, reader())


@bp.post("/tickets/appearances")
@requires(Permission.EDIT_TICKET)
def file_under() -> ResponseReturnValue:
    """File an assertion under a ticket that exists; leads back to the passage in the reading room."""
    form = forms.FileUnderForm()
    assertion = articles.assertion(db.session, reader(), request.form.get("assertion", 0, type=int))
    if form.validate_on_submit():
        try:
            ticket = lookups.ticket_by_reference(db.session, reader(), form.reference.data)
            actions.add_appearance(db.session, reader(), ticket, assertion)
            place = url_for("articles.show", article_id=assertion.version.article_id)
            return finish(form, f"{place}#assertion-{assertion.id}", f"It is filed under {ticket.reference}.")
        except DeskError as error:
            error.field = error.field or "reference"
            refuse(form, error)
    return form_again("tickets/file_under.html", form, assertion_id=assertion.id)


@bp.get("/tickets/<reference>")
@requires(Permission.READ_DESK)
def show(reference: str) -> ResponseReturnValue:
    """One ticket with everything that belongs to it."""
    return render_template("tickets/show.html", **page.context(reference))


@bp.get("/investigations")
@requires(Permission.READ_DESK)
def investigations() -> ResponseReturnValue:
    """The stories that the desk follows."""
    found = lookups.investigations(db.session, reader())
    return render_template("tickets/investigations.html", form=forms.InvestigationForm.empty(), found=found)


@bp.post("/investigations")
@requires(Permission.OPEN_TICKET)
def open_investigation() -> ResponseReturnValue:
    """Begin an investigation."""
    form = forms.InvestigationForm()
    if form.validate_on_submit():
        try:
            opened = actions.open_investigation(
                db.session, reader(), name=form.name.data, prefix=form.prefix.data
            )
            return finish(form, url_for("tickets.investigations"), f"“{opened.name}” is open.")
        except DeskError as error:
            refuse(form, error)
    page.start_over()
    return form_again("tickets/investigations.html", form, found=lookups.investigations(db.session, reader()))
