"""Pages about the origins of a ticket's claim."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.origins import (
    actions,
    decided,
    edge_actions,
    edge_pages,
    lookups,
    pages,
    source_card,
    withdrawals,
)
from verify.origins.forms import AddedEdgeForm, EdgeForm, LinkForm, ReasonForm, WithdrawalForm
from verify.origins.graph import Key
from verify.permissions import Permission, requires
from verify.sources import sections as source_sections
from verify.sources.pages import named_source
from verify.tickets import lookups as tickets
from verify.tickets import sections

bp = Blueprint("origins", __name__, url_prefix="/tickets")
sections.register("Origins", 20, pages.section)
source_sections.register("Track record", 5, source_card.track_record)
source_sections.register("Appearances", 10, source_card.appearances_of)


@bp.get("/<reference>/origins")
@requires(Permission.READ_DESK)
def show(reference: str) -> ResponseReturnValue:
    """The chains of a claim, the count they lead to, and every step on the way."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    return render_template("origins/show.html", **pages.page(db.session, reader(), ticket))


@bp.post("/<reference>/origins/names")
@requires(Permission.EDIT_SOURCE)
def link_name(reference: str) -> ResponseReturnValue:
    """Say who is meant by a name in the chains."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    form = LinkForm()
    if form.validate_on_submit():
        try:
            source = named_source(db.session, form.source.data, "source")
            actions.link_name(db.session, reader(), ticket, form.name.data, source)
            location = url_for("origins.show", reference=ticket.reference)
            return finish(
                form, location, f"“{form.name.data}” is {source.name}; the origins are counted anew."
            )
        except DeskError as error:
            refuse(form, error)
    return form_again("origins/show.html", form, **pages.page(db.session, reader(), ticket))


def _edge() -> Key:
    """The edge that an address names."""
    return request.args.get("kind", ""), request.args.get("child", ""), request.args.get("parent", "")


@bp.get("/<reference>/origins/edge")
@requires(Permission.EDIT_SOURCE)
def edge(reference: str) -> ResponseReturnValue:
    """One step of the count, with what would follow from cutting or confirming it."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    if not request.args:
        return redirect(pages.steps_url(ticket))
    page = edge_pages.edge_page(db.session, reader(), ticket, _edge())
    return render_template("origins/edge.html", form=EdgeForm(formdata=None), **page)


@bp.post("/<reference>/origins/edge")
@requires(Permission.EDIT_SOURCE)
def decide_edge(reference: str) -> ResponseReturnValue:
    """Cut or confirm one step of the count."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    form = EdgeForm()
    if form.validate_on_submit():
        try:
            edge_actions.decide_edge(db.session, reader(), ticket, _edge(), form.decision())
            return finish(form, pages.steps_url(ticket), "Decided; the origins are counted anew.")
        except DeskError as error:
            refuse(form, error)
    page = edge_pages.edge_page(db.session, reader(), ticket, _edge())
    return form_again("origins/edge.html", form, **page)


@bp.get("/<reference>/origins/edges/new")
@requires(Permission.EDIT_SOURCE)
def new_edge(reference: str) -> ResponseReturnValue:
    """A form for a step that the machine does not know of."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    form = AddedEdgeForm(formdata=None)
    form.offer(edge_pages.ends_of(lookups.reading(db.session, ticket)), _edge())
    return render_template("origins/new_edge.html", form=form, ticket=ticket)


@bp.post("/<reference>/origins/edges/new")
@requires(Permission.EDIT_SOURCE)
def add_edge(reference: str) -> ResponseReturnValue:
    """State a step that the machine does not know of."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    form = AddedEdgeForm()
    form.offer(edge_pages.ends_of(lookups.reading(db.session, ticket)))
    if form.validate_on_submit():
        try:
            edge_actions.decide_edge(db.session, reader(), ticket, form.key(), form.decision())
            return finish(form, pages.steps_url(ticket), "Stated; the origins are counted anew.")
        except DeskError as error:
            refuse(form, error)
    return form_again("origins/new_edge.html", form, ticket=ticket)


@bp.get("/<reference>/origins/decisions/<int:number>")
@requires(Permission.EDIT_SOURCE)
def decision(reference: str, number: int) -> ResponseReturnValue:
    """One decision about a step, and a form to take it back."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    found = decided.decision_by_id(db.session, ticket, number)
    return render_template(
        "origins/decision.html", form=ReasonForm(formdata=None), ticket=ticket, decision=found
    )


@bp.post("/<reference>/origins/decisions/<int:number>")
@requires(Permission.EDIT_SOURCE)
def undo_decision(reference: str, number: int) -> ResponseReturnValue:
    """Take back a decision about a step."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    form, found = ReasonForm(), decided.decision_by_id(db.session, ticket, number)
    if form.validate_on_submit():
        try:
            edge_actions.undo_decision(db.session, reader(), ticket, found, reason=form.reason.data)
            return finish(form, pages.steps_url(ticket), "Taken back; the origins are counted anew.")
        except DeskError as error:
            refuse(form, error)
    return form_again("origins/decision.html", form, ticket=ticket, decision=found)


@bp.get("/<reference>/origins/articles/<int:article_id>")
@requires(Permission.EDIT_SOURCE)
def withdrawal(reference: str, article_id: int) -> ResponseReturnValue:
    """Whether an article counts, and a form to withdraw it or to have it count again."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    form = WithdrawalForm(formdata=None)
    page = edge_pages.withdrawal_page(db.session, ticket, article_id, form)
    return render_template("origins/withdrawal.html", **page)


@bp.post("/<reference>/origins/articles/<int:article_id>")
@requires(Permission.EDIT_SOURCE)
def withdraw(reference: str, article_id: int) -> ResponseReturnValue:
    """Withdraw an article, or have a withdrawn one count again."""
    ticket = tickets.ticket_by_reference(db.session, reader(), reference)
    form, article = WithdrawalForm(), edge_pages.article_of(db.session, ticket, article_id)
    if form.validate_on_submit():
        try:
            wanted = {"counts": form.counts.data == "yes", "reason": form.reason.data}
            said = withdrawals.turn(db.session, reader(), article, **wanted)
            return finish(form, url_for("origins.show", reference=ticket.reference), said)
        except DeskError as error:
            refuse(form, error)
    page = edge_pages.withdrawal_page(db.session, ticket, article_id, form)
    return form_again("origins/withdrawal.html", **page)
