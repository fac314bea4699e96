"""What the ticket page shows: its own parts, the sections of other packages, and the forms a person may use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import reader
from verify.articles import lookups as articles
from verify.db import db, start_reading
from verify.errors import Conflict
from verify.forms import DeskForm
from verify.permissions import Permission, may
from verify.tickets import discussion, forms, lookups, reviewers, sections, story
from verify.tickets.models import Ticket
from verify.tickets.workflow import CLOSED, EDITABLE, MOVES, Move, Status

_TWO_PLACES = frozenset({Status.OPEN, Status.IN_REVIEW})


def context(reference: str, **overrides: Any) -> dict[str, Any]:
    """Everything the ticket page needs. `overrides` replace names of it, such as a form that came back with errors.

    Other packages show their own form again in the same way: `page.again(form, reference, evidence_form=form)`.
    """
    session, person = db.session, reader()
    ticket = lookups.ticket_by_reference(session, person, reference)
    pair = lookups.assignments(session, ticket)
    filed = lookups.appearances(session, ticket)
    shared: dict[str, Any] = {
        "ticket": ticket,
        "appearances": filed,
        "chains": {one.id: story.hops_of(one.assertion) for one in filed},
        "first_seen": min((one for one in filed if one.assertion.version.article.published_on),
                          key=lambda one: (one.assertion.version.article.published_on, one.id), default=None),
        "assignments": pair,
        "reviewing": person.id in {one.reviewer_id for one in pair},
        "unseen": lookups.unseen_mentions(session, person, ticket),
        "interests": lookups.interests(session, ticket),
        "merged_from": lookups.merged_from(session, ticket),
    }  # fmt: skip
    usual = _forms(session, person, ticket, shared)
    for several in ("free_forms", "remove_forms"):
        if several in overrides:
            overrides[several] = usual[several] | overrides[several]
    shared |= usual | overrides
    parts = sections.sections_of(session, person, ticket)
    panel = sections.panel_of(session, person, ticket)

    def rendered(part: Mapping[str, Any]) -> Markup:
        return Markup(render_template(part["template"], **{**shared, **part, **overrides}))  # nosec B704  # our templates

    return shared | {"sections": parts, "panel": panel, "rendered": rendered}


def again(form: DeskForm, reference: str, **overrides: Any) -> tuple[str, int]:
    """The ticket page once more, as the ticket is now, with what was typed and the errors beside it."""
    start_over()
    status = int(getattr(form, "status", 422))
    shown = context(reference, **overrides)
    if status == Conflict.status and "version" in form:
        form.version.raw_data, form.version.data = None, shown["ticket"].version
    return render_template("tickets/show.html", **shown), status


def start_over() -> None:
    """End the write transaction without a trace; what follows only reads."""
    db.session.rollback()
    start_reading()


def _forms(session: Session, person: Person, ticket: Ticket, shared: Mapping[str, Any]) -> dict[str, Any]:
    """The forms that this person may use on this ticket as it stands; None for the others."""
    edits, assigns = may(person, Permission.EDIT_TICKET), may(person, Permission.ASSIGN)
    at_work = ticket.status not in CLOSED
    declared = person.id in {interest.person_id for interest in shared["interests"]}
    moves = {move for move in (Move.DROP, Move.MERGE, Move.REOPEN) if ticket.status in MOVES[move].start}
    if ticket.status in (Status.PUBLISHED, Status.RETRACTED) and not may(person, Permission.CORRECT):
        moves.discard(Move.REOPEN)
    return {
        "claim_form": forms.bound_to(forms.ClaimForm, ticket, claim=ticket.claim)
        if edits and ticket.status in EDITABLE else None,
        "deadline_form": forms.DeadlineForm.empty(deadline_on=ticket.deadline_on) if assigns and at_work else None,
        "assign_form": _assign_form(session, ticket, shared) if assigns and ticket.status is Status.OPEN else None,
        "free_forms": {one.reviewer_id: forms.ReasonForm.about("free", one.reviewer_id)
                       for one in shared["assignments"] if assigns and ticket.status in _TWO_PLACES},
        "remove_forms": {one.id: forms.ReasonForm.about("remove", one.id) for one in shared["appearances"]
                         if edits and ticket.status in EDITABLE and len(shared["appearances"]) > 1},
        "interest_form": forms.InterestForm.empty()
        if may(person, Permission.REVIEW) and at_work and not declared else None,
        "comment_form": forms.CommentForm.empty().offer(discussion.mentionable(session), person)
        if may(person, Permission.COMMENT) else None,
        "seen_form": forms.PlainForm.empty(),
        "drop_form": forms.bound_to(forms.DropForm, ticket) if edits and Move.DROP in moves else None,
        "merge_form": forms.bound_to(forms.MergeForm, ticket) if edits and Move.MERGE in moves else None,
        "reopen_form": forms.bound_to(forms.ReopenForm, ticket) if edits and Move.REOPEN in moves else None,
    }  # fmt: skip


def _assign_form(session: Session, ticket: Ticket, shared: Mapping[str, Any]) -> forms.AssignForm:
    missing = reviewers.REVIEWERS - len(shared["assignments"])
    return forms.AssignForm.empty().offer(reviewers.candidates(session, ticket), missing=missing)


def of_assertion(form: forms.OpenForm, number: int) -> dict[str, Any]:
    """What the page of a new ticket shows beside its form: the assertion in its passage, and where it is filed."""
    form.offer(lookups.investigations(db.session, reader()))
    assertion = articles.assertion(db.session, reader(), number)
    return {
        "assertion": assertion,
        "hops": story.hops_of(assertion),
        "passage": assertion.version.text[assertion.start : assertion.end],
        "filed": lookups.filed_under(db.session, reader(), [number]).get(number),
    }


def new_again(form: forms.OpenForm) -> tuple[str, int]:
    """The page of a new ticket once more, with what was typed and the errors beside it."""
    start_over()
    shown = of_assertion(form, form.assertion.data or 0)
    return render_template("tickets/new.html", form=form, **shown), int(getattr(form, "status", 422))


def _appearances(session: Session, person: Person, ticket: Ticket) -> dict[str, Any]:
    return {"template": "tickets/_appearances.html", "passages": lookups.passages(session, ticket)}


def _discussion(session: Session, person: Person, ticket: Ticket) -> dict[str, Any]:
    pair = lookups.assignments(session, ticket)
    held = ticket.status is Status.IN_REVIEW and person.id in {one.reviewer_id for one in pair}
    return {
        "template": "tickets/_discussion.html",
        "comments": lookups.comments(session, person, ticket, pair),
        "held_back": held,
    }


def _history(session: Session, person: Person, ticket: Ticket) -> dict[str, Any]:
    return {
        "template": "tickets/_history.html",
        "events": lookups.history(session, ticket),
        "told": story.told,
    }


def _next_step(session: Session, person: Person, ticket: Ticket) -> dict[str, Any]:
    return {"template": "tickets/_panel.html"}


def install() -> None:
    """Register the sections and the panel that are the ticket page's own."""
    sections.register("appearances", 10, _appearances)
    sections.register("discussion", 80, _discussion)
    sections.register("history", 90, _history)
    sections.register_panel(100, _next_step)
