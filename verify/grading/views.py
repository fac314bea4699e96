"""Pages of grading: the review form, the adjudication, their drafts, and the rule's proposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import reader
from verify.db import db, start_reading
from verify.errors import DeskError
from verify.forms import finish, form_again, refuse
from verify.grading import actions, duties, lookups, pages, ticket_page
from verify.grading.forms import AdjudicationForm, JudgementForm, ReviewForm
from verify.grading.rubric import RUBRIC
from verify.permissions import Permission, requires
from verify.tickets.lookups import ticket_by_reference
from verify.tickets.models import Ticket

Form = TypeVar("Form", bound=JudgementForm)
Page = Callable[[Session, Person, Ticket, Form], dict[str, Any]]
bp = Blueprint("grading", __name__, url_prefix="/tickets/<reference>")
ticket_page.register()


@bp.record
def _give_wording(state: BlueprintSetupState) -> None:
    """Give every template the wording of the rubric, for the triad."""
    state.app.jinja_env.globals["rubric_words"] = RUBRIC.words_for_triad()


@bp.get("/review")
@requires(Permission.REVIEW)
def review(reference: str) -> ResponseReturnValue:
    """The review form, for a reviewer of this round whose review is not in."""
    ticket = ticket_by_reference(db.session, reader(), reference)
    part = duties.standing(db.session, reader(), ticket)
    if part.submitted:
        return redirect(_grades(ticket), 303)
    bar = duties.bar_to_reviewing(ticket, part)
    if bar is not None:
        return _barred(ticket, bar, lookups.REVIEW)
    form = pages.review_form(db.session, reader(), ticket)
    return render_template(
        "grading/review.html", form=form, **pages.review_page(db.session, reader(), ticket, form)
    )


@bp.post("/review")
@requires(Permission.REVIEW)
def submit(reference: str) -> ResponseReturnValue:
    """Seal a review; the second one opens both."""
    ticket = ticket_by_reference(db.session, reader(), reference)
    form = ReviewForm()
    if form.validate_on_submit():
        try:
            actions.submit_review(
                db.session, reader(), ticket, form.judged(), considered=form.considered.data or [],
                found_nothing=form.found_nothing.data, version=form.version.data,
            )  # fmt: skip
            return finish(form, _grades(ticket), ticket_page.said_after_review(ticket))
        except DeskError as error:
            refuse(form, error)
    return _in_already(ticket) or _again("grading/review.html", form, pages.review_page, ticket)


@bp.post("/review/draft")
@requires(Permission.REVIEW)
def save_review(reference: str) -> ResponseReturnValue:
    """Keep a review as far as it is typed."""
    return _save(reference, lookups.REVIEW, ReviewForm(), url_for(".review", reference=reference))


@bp.get("/adjudicate")
@requires(Permission.ADJUDICATE)
def adjudicate(reference: str) -> ResponseReturnValue:
    """Both reviews side by side without names, and the form for the decision."""
    ticket = ticket_by_reference(db.session, reader(), reference)
    bar = duties.bar_to_adjudicating(ticket, duties.standing(db.session, reader(), ticket))
    if bar is not None:
        return _barred(ticket, bar, lookups.ADJUDICATION)
    form = pages.adjudication_form(db.session, reader(), ticket)
    shown = pages.adjudication_page(db.session, reader(), ticket, form)
    return render_template("grading/adjudicate.html", form=form, **shown)


@bp.post("/adjudicate")
@requires(Permission.ADJUDICATE)
def decide(reference: str) -> ResponseReturnValue:
    """Record the decision of a third person."""
    ticket = ticket_by_reference(db.session, reader(), reference)
    form = AdjudicationForm()
    if form.validate_on_submit():
        try:
            actions.adjudicate(db.session, reader(), ticket, form.judged(), version=form.version.data)
            return finish(form, _grades(ticket), "Your decision is on the record; the ticket is graded.")
        except DeskError as error:
            refuse(form, error)
    return _again("grading/adjudicate.html", form, pages.adjudication_page, ticket)


@bp.post("/adjudicate/draft")
@requires(Permission.ADJUDICATE)
def save_adjudication(reference: str) -> ResponseReturnValue:
    """Keep a decision as far as it is typed."""
    address = url_for(".adjudicate", reference=reference)
    return _save(reference, lookups.ADJUDICATION, AdjudicationForm(), address)


@bp.get("/proposal")
@requires(Permission.REVIEW)
def proposal(reference: str) -> ResponseReturnValue:
    """What the stated rule proposes for the grades in the query; a fragment of the form."""
    ticket = ticket_by_reference(db.session, reader(), reference)
    form = JudgementForm(formdata=request.args)
    return render_template(
        "grading/proposal.html", proposal=pages.proposed(db.session, ticket, form), words=pages.WORDS
    )


def _grades(ticket: Ticket) -> str:
    return url_for("tickets.show", reference=ticket.reference, _anchor="grades")


def _in_already(ticket: Ticket) -> ResponseReturnValue | None:
    """Where a review leads that was sent before, by another click or from another window."""
    db.session.rollback()
    start_reading()
    submitted = duties.standing(db.session, reader(), ticket).submitted
    return redirect(_grades(ticket), 303) if submitted else None


def _barred(ticket: Ticket, bar: DeskError, purpose: str) -> ResponseReturnValue:
    """Why there is nothing to write here, and what the reader had written when that came about."""
    typed = pages.typed_in(lookups.draft(db.session, reader(), ticket, purpose)) or {}
    return _turned_away(ticket, bar, typed)


def _turned_away(ticket: Ticket, bar: DeskError, typed: Mapping[str, Sequence[str]]) -> ResponseReturnValue:
    kept = pages.kept_of(typed)
    return render_template("grading/barred.html", ticket=ticket, message=bar.message, kept=kept), bar.status


def _again(template: str, form: Form, page: Page[Form], ticket: Ticket) -> ResponseReturnValue:
    """The page once more, read outside the write transaction, with everything that was typed."""
    db.session.rollback()
    start_reading()
    try:
        shown = page(db.session, reader(), ticket, form)
    except DeskError as bar:
        return _turned_away(ticket, bar, form.typed())
    return form_again(template, form, **shown)


def _save(reference: str, purpose: str, form: JudgementForm, address: str) -> ResponseReturnValue:
    """Keep a draft: for the script with the time in JSON, for a pressed button with the page again."""
    ticket = ticket_by_reference(db.session, reader(), reference)
    by_script = request.headers.get("X-Requested-With") == "autosave"
    try:
        form.refuse_unknown()
        draft = actions.save_draft(db.session, reader(), ticket, purpose, form.typed())
    except DeskError as error:
        if not by_script:
            raise
        return _answer(error.status, message=error.message)
    saved_at = draft.saved_at
    if by_script:
        db.session.commit()
        return _answer(200, saved_at=saved_at.isoformat(timespec="seconds"))
    return finish(form, address, "Your draft is saved. Only you can see it.")


def _answer(status: int, **content: str) -> Response:
    answer = jsonify(content)
    answer.status_code = status
    return answer
