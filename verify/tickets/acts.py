"""What is done on the ticket page: one route for each act, each leading back to the ticket."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError, Missing, Refused
from verify.forms import finish, refuse
from verify.permissions import Permission, requires
from verify.tickets import actions, discussion, forms, lookups, page, reviewers
from verify.tickets.models import Ticket

bp = Blueprint("acts", __name__, url_prefix="/tickets/<reference>")


def _act(
    form: forms.TicketForm, reference: str, shown_as: str, act: Callable[[Ticket], object], message: str,
    *, do: str = "", place: str = "", among: int | None = None,
) -> ResponseReturnValue:  # fmt: skip
    """Act on the ticket and lead back to it; what is refused comes back filled, where it was typed.

    `do` names the act on the page of changes; without it the form stands on the ticket page itself.
    """
    ticket = lookups.ticket_by_reference(db.session, reader(), reference)
    if form.validate_on_submit():
        try:
            act(ticket)
            return finish(form, url_for("tickets.show", reference=ticket.reference) + place, message)
        except DeskError as error:
            refuse(form, error)
    again: dict[str, Any] = {shown_as: form if among is None else {among: form}}
    if do:
        return page.change_again(form, reference, do, **again)
    return page.again(form, reference, failed=form, **again)


@bp.get("/change")
@requires(Permission.READ_DESK)
def change(reference: str) -> ResponseReturnValue:
    """The changes that the reader may make to the ticket; `?do=` opens one of them."""
    return page.change(reference, request.args.get("do", ""))


@bp.post("/reviewers/draw")
@requires(Permission.ASSIGN)
def draw(reference: str) -> ResponseReturnValue:
    """Draw as many reviewers as are missing, and start the review."""
    form = forms.PlainForm()

    def act(ticket: Ticket) -> None:
        actions.assign_or_draw(db.session, reader(), ticket)

    return _act(form, reference, "draw_form", act, "The review has begun.")


@bp.post("/claim")
@requires(Permission.EDIT_TICKET)
def reword(reference: str) -> ResponseReturnValue:
    """Word the claim anew."""
    form = forms.ClaimForm()

    def act(ticket: Ticket) -> None:
        claim, version = form.claim.data, form.version.data
        actions.reword_claim(db.session, reader(), ticket, claim=claim, version=version)

    return _act(form, reference, "claim_form", act, "The claim is reworded.", do="claim")


@bp.post("/deadline")
@requires(Permission.ASSIGN)
def set_deadline(reference: str) -> ResponseReturnValue:
    """Say by when the verdict is wanted."""
    form = forms.DeadlineForm()

    def act(ticket: Ticket) -> None:
        actions.set_deadline(db.session, reader(), ticket, form.deadline_on.data)

    return _act(form, reference, "deadline_form", act, "The deadline is set.", do="deadline")


@bp.post("/reviewers")
@requires(Permission.ASSIGN)
def assign(reference: str) -> ResponseReturnValue:
    """Assign the reviewers chosen, and draw the ones left to chance."""
    ticket = lookups.ticket_by_reference(db.session, reader(), reference)
    missing = reviewers.REVIEWERS - len(reviewers.in_force(db.session, ticket))
    form = forms.AssignForm().offer(reviewers.candidates(db.session, ticket), missing=missing)

    def act(ticket: Ticket) -> None:
        chosen = lookups.people(db.session, form.chosen())
        actions.assign_or_draw(db.session, reader(), ticket, chosen)

    return _act(form, reference, "assign_form", act, "The review has begun.", do="reviewers")


@bp.post("/reviewers/<int:person_id>/free")
@requires(Permission.ASSIGN)
def free(reference: str, person_id: int) -> ResponseReturnValue:
    """Take a reviewer off the ticket."""
    form = forms.ReasonForm()
    form.name_fields(f"free-{person_id}")

    def act(ticket: Ticket) -> None:
        person = lookups.person(db.session, person_id)
        actions.free_reviewer(db.session, reader(), ticket, person, reason=form.reason.data)

    return _act(form, reference, "free_forms", act, "The reviewer is freed.", do="reviewers", among=person_id)


@bp.post("/interest")
@requires(Permission.REVIEW)
def declare_interest(reference: str) -> ResponseReturnValue:
    """Say that one must not judge this."""
    form = forms.InterestForm()

    def act(ticket: Ticket) -> None:
        actions.declare_interest(db.session, reader(), ticket, reason=form.reason.data)

    message = "Your interest is on record; you will not judge this ticket."
    return _act(form, reference, "interest_form", act, message, do="interest")


@bp.post("/comment")
@requires(Permission.COMMENT)
def comment(reference: str) -> ResponseReturnValue:
    """Say something, and put the ticket into the queues of those named."""
    everybody = discussion.mentionable(db.session)
    form = forms.CommentForm().offer(everybody, reader())

    def act(ticket: Ticket) -> None:
        picked = [person for person in everybody if person.id in (form.mention.data or [])]
        actions.add_comment(db.session, reader(), ticket, body=form.body.data, mentioned=picked)

    return _act(form, reference, "comment_form", act, "Your comment is in.", place="#discussion")


@bp.post("/mentions")
@requires(Permission.READ_DESK)
def see_mentions(reference: str) -> ResponseReturnValue:
    """Take one's mentions on this ticket out of the queue."""
    form = forms.PlainForm()

    def act(ticket: Ticket) -> None:
        actions.see_mentions(db.session, reader(), ticket)

    return _act(form, reference, "seen_form", act, "It is out of your queue.")


@bp.post("/appearances/<int:appearance_id>/remove")
@requires(Permission.EDIT_TICKET)
def remove_appearance(reference: str, appearance_id: int) -> ResponseReturnValue:
    """Take an appearance off the ticket."""
    form = forms.ReasonForm()
    form.name_fields(f"remove-{appearance_id}")

    def act(ticket: Ticket) -> None:
        appearance = lookups.appearance_of(db.session, reader(), ticket, appearance_id)
        actions.remove_appearance(db.session, reader(), ticket, appearance, reason=form.reason.data)

    message = "The appearance is taken off; its assertion waits in the reading room again."
    return _act(form, reference, "remove_forms", act, message, do="appearances", among=appearance_id)


@bp.post("/drop")
@requires(Permission.EDIT_TICKET)
def drop(reference: str) -> ResponseReturnValue:
    """Give the ticket up."""
    form = forms.DropForm()

    def act(ticket: Ticket) -> None:
        actions.drop(db.session, reader(), ticket, reason=form.reason.data, version=form.version.data)

    return _act(form, reference, "drop_form", act, "The ticket is dropped. It can be reopened.", do="drop")


@bp.post("/merge")
@requires(Permission.EDIT_TICKET)
def merge(reference: str) -> ResponseReturnValue:
    """Merge the ticket into another that claims the same."""
    form = forms.MergeForm()

    def act(ticket: Ticket) -> None:
        try:
            into = lookups.ticket_by_reference(db.session, reader(), form.into.data)
        except Missing as error:
            raise Refused(error.message, field="into") from None
        actions.merge(
            db.session, reader(), ticket, into=into, reason=form.reason.data, version=form.version.data
        )

    message = "The tickets are one now; its appearances have moved."
    return _act(form, reference, "merge_form", act, message, do="merge")


@bp.post("/reopen")
@requires(Permission.EDIT_TICKET)
def reopen(reference: str) -> ResponseReturnValue:
    """Open a finished ticket again."""
    form = forms.ReopenForm()

    def act(ticket: Ticket) -> None:
        actions.reopen(db.session, reader(), ticket, reason=form.reason.data, version=form.version.data)

    message = "The ticket is open again, for a new round of reviews."
    return _act(form, reference, "reopen_form", act, message, do="reopen")
