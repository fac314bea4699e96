"""Pages about claims that contradict each other: one pair, one to be stated, and passages under no ticket."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError, Missing, Refused
from verify.forms import DeskForm, finish, form_again, refuse
from verify.matching import (
    competing_pages,
    contradiction_finding,
    contradiction_pages,
    contradiction_passages,
)
from verify.matching import contradiction_actions as actions
from verify.matching import contradiction_forms as forms
from verify.matching import contradiction_lookups as lookups
from verify.matching.contradiction_models import Contradiction, Contrast, Standing
from verify.permissions import Permission, requires
from verify.tickets import lookups as tickets
from verify.tickets import page as ticket_page
from verify.tickets import sections
from verify.tickets.models import Ticket

bp = Blueprint("contradictions", __name__, url_prefix="/tickets")
sections.register("Contradictions", 53, contradiction_pages.section)
sections.register("Figures", 25, competing_pages.section)
sections.register_note(contradiction_pages.notes)
contradiction_finding.listen()


@bp.get("/<reference>/contradictions")
@requires(Permission.READ_DESK)
def index(reference: str) -> ResponseReturnValue:
    """All that contradicts a claim; its own page fetches the passages from here."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    shown = contradiction_pages.list_page(db.session, reader(), ticket)
    return render_template("matching/contradictions_page.html", **shown)


@bp.get("/<reference>/figures")
@requires(Permission.READ_DESK)
def figures(reference: str) -> ResponseReturnValue:
    """Every figure given for what a ticket claims; its own page fetches them from here."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    shown = competing_pages.page(db.session, reader(), ticket)
    return render_template("matching/figures_page.html", **shown)


@bp.get("/<reference>/contradictions/<int:number>")
@requires(Permission.READ_DESK)
def show(reference: str, number: int) -> ResponseReturnValue:
    """Two claims that cannot both be right, side by side."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    shown = contradiction_pages.page(db.session, reader(), ticket, number)
    return render_template("matching/contradiction.html", form=None, **shown)


Act = Callable[[Contradiction], object]


def _act(
    reference: str, number: int, form: DeskForm, name: str, act: Act, message: str
) -> ResponseReturnValue:
    """Act on a pair and lead back to it; what is refused comes back filled, where it was typed."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    pair = lookups.pair_by_number(db.session, reader(), ticket, number)
    if form.validate_on_submit():
        try:
            act(pair)
            return finish(form, url_for(".show", reference=ticket.reference, number=number), message)
        except DeskError as error:
            refuse(form, error)
    ticket_page.start_over()
    shown = contradiction_pages.page(db.session, reader(), ticket, number) | {name: form, "form": form}
    contradiction_pages.bring_up_to_date(form, shown["pair"])
    return render_template("matching/contradiction.html", **shown), int(getattr(form, "status", 422))


@bp.post("/<reference>/contradictions/<int:number>")
@requires(Permission.EDIT_TICKET)
def decide(reference: str, number: int) -> ResponseReturnValue:
    """Say whether two claims contradict each other."""
    form = forms.DecideForm()

    def act(pair: Contradiction) -> None:
        verdict, seen = Standing(form.verdict.data), Standing(form.seen.data)
        actions.decide(db.session, reader(), pair, verdict=verdict, reason=form.reason.data or "", seen=seen)

    return _act(reference, number, form, "decide_form", act, "Decided; both tickets show it.")


@bp.post("/<reference>/contradictions/<int:number>/together")
@requires(Permission.EDIT_TICKET)
def check_together(reference: str, number: int) -> ResponseReturnValue:
    """Put two claims into one combined check."""
    form = forms.TogetherForm()
    act = partial(actions.check_together, db.session, reader(), reason=form.reason.data)
    return _act(reference, number, form, "together_form", act, "The two are checked together now.")


@bp.post("/<reference>/contradictions/<int:number>/apart")
@requires(Permission.EDIT_TICKET)
def take_apart(reference: str, number: int) -> ResponseReturnValue:
    """Undo a combined check."""
    form = forms.ApartForm()
    act = partial(actions.take_apart, db.session, reader(), reason=form.reason.data)
    return _act(reference, number, form, "apart_form", act, "Each is checked by itself again.")


@bp.post("/<reference>/contradictions/<int:number>/reviewers")
@requires(Permission.ASSIGN)
def same_reviewers(reference: str, number: int) -> ResponseReturnValue:
    """Assign the same reviewers to both tickets."""
    form, act = forms.ReviewersForm(), partial(actions.same_reviewers, db.session, reader())
    return _act(reference, number, form, "reviewers_form", act, "The same two people review both.")


@bp.get("/<reference>/contradictions/new")
@requires(Permission.EDIT_TICKET)
def new(reference: str) -> ResponseReturnValue:
    """A form for a contradiction that the machine did not see."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    return render_template("matching/state.html", form=forms.StateForm.empty(), ticket=ticket)


@bp.post("/<reference>/contradictions/new")
@requires(Permission.EDIT_TICKET)
def state(reference: str) -> ResponseReturnValue:
    """State a contradiction."""
    ticket, form = tickets.ticket_by_reference(db.session, reader(), reference), forms.StateForm()
    if form.validate_on_submit():
        try:
            pair = _stated(ticket, form)
            address = url_for(".show", reference=ticket.reference, number=pair.id)
            return finish(form, address, "Stated; both tickets show it.")
        except DeskError as error:
            refuse(form, error)
    return form_again("matching/state.html", form, ticket=ticket)


def _stated(ticket: Ticket, form: forms.StateForm) -> Contradiction:
    try:
        other = tickets.ticket_by_reference(db.session, reader(), form.other.data)
    except Missing as error:
        raise Refused(error.message, field="other") from None
    contrast, reason = Contrast(form.contrast.data), form.reason.data
    return actions.state(db.session, reader(), ticket, other, contrast=contrast, reason=reason)


@bp.get("/<reference>/contradictions/passages/<int:assertion_id>")
@requires(Permission.EDIT_TICKET)
def passage(reference: str, assertion_id: int) -> ResponseReturnValue:
    """A passage under no ticket that says otherwise, and what can be done about it."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    shown = contradiction_pages.passage_page(db.session, reader(), ticket, assertion_id)
    return render_template("matching/passage.html", form=forms.RefuseForm.empty(), **shown)


@bp.post("/<reference>/contradictions/passages/<int:assertion_id>")
@requires(Permission.EDIT_TICKET)
def refuse_passage(reference: str, assertion_id: int) -> ResponseReturnValue:
    """Say that a passage does not contradict the claim."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    form, shown = (
        forms.RefuseForm(),
        contradiction_pages.passage_page(db.session, reader(), ticket, assertion_id),
    )
    if form.validate_on_submit():
        try:
            contradiction_passages.refuse(
                db.session, reader(), ticket, shown["against"], reason=form.reason.data
            )
            return finish(form, contradiction_pages.place(ticket), "Refused; it is not offered again.")
        except DeskError as error:
            refuse(form, error)
    return form_again("matching/passage.html", form, **shown)


@bp.post("/<reference>/contradictions/refused/<int:number>")
@requires(Permission.EDIT_TICKET)
def take_up(reference: str, number: int) -> ResponseReturnValue:
    """Offer a refused passage again."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    refused, form = lookups.refused_passage(db.session, reader(), ticket, number), forms.TakeUpForm()
    if form.validate_on_submit():
        try:
            contradiction_passages.take_up(db.session, reader(), ticket, refused)
            return finish(form, contradiction_pages.place(ticket), "It is offered again.")
        except DeskError as error:
            refuse(form, error)
    return ticket_page.again(form, reference, failed=form)
