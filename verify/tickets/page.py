"""What the ticket page shows: its own sections, those of other packages, and the one thing to do now."""

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
from verify.tickets import changes, discussion, forms, lookups, sections, story
from verify.tickets.models import Ticket
from verify.tickets.workflow import Status


def context(reference: str, **overrides: Any) -> dict[str, Any]:
    """Everything the ticket page needs. `overrides` replace names of it, such as a form that came back with errors.

    Other packages show their own form again in the same way: `page.again(form, reference, evidence_form=form)`.
    """
    session, person = db.session, reader()
    ticket, facts = lookups.ticket_with_facts(session, person, reference)
    pair = lookups.assignments(session, ticket)
    filed, passages = lookups.appearances_with_passages(session, ticket)
    dated = [(str(one.assertion.version.article.published_on), one.id, one) for one in filed
             if one.assertion.version.article.published_on]  # fmt: skip
    shared: dict[str, Any] = {
        "ticket": ticket,
        "appearances": filed,
        "passages": passages,
        "chains": {one.id: story.hops_of(one.assertion) for one in filed},
        "first_seen": min(dated)[-1] if dated else None,
        "assignments": pair,
        "unseen": facts.unseen,
        "interests": lookups.interests(session, ticket) if facts.interests else [],
        "merged_from": lookups.merged_from(session, ticket) if facts.took_in else [],
        "comments": lookups.comments(session, person, ticket, pair) if facts.comments else [],
        "held_back": ticket.status is Status.IN_REVIEW and person.id in {one.reviewer_id for one in pair},
        "events": lookups.history(session, ticket),
        "told": story.told,
        "notes": sections.notes_of(session, person, ticket),
        "acts": changes.offered(person, ticket, len(filed)),
    }  # fmt: skip
    shared |= _forms(session, person, ticket) | overrides

    def rendered(part: Mapping[str, Any]) -> Markup:
        return Markup(render_template(part["template"], **{**shared, **part, **overrides}))  # nosec B704  # our templates

    parts = sections.sections_of(session, person, ticket)
    panel = sections.panel_of(session, person, ticket)
    return shared | {"sections": parts, "panel": panel, "rendered": rendered}


def again(form: DeskForm, reference: str, **overrides: Any) -> tuple[str, int]:
    """The ticket page once more, as the ticket is now, with what was typed and the errors beside it."""
    start_over()
    shown = context(reference, **overrides)
    status = status_of(form, shown["ticket"])
    return render_template("tickets/show.html", **shown), status


def start_over() -> None:
    """End the write transaction without a trace; what follows only reads."""
    db.session.rollback()
    start_reading()


def status_of(form: DeskForm, ticket: Ticket) -> int:
    """The status of a form shown again; after a conflict it carries the version that its reader now sees."""
    status = int(getattr(form, "status", 422))
    if status == Conflict.status and "version" in form:
        form.version.raw_data, form.version.data = None, ticket.version
    return status


def _forms(session: Session, person: Person, ticket: Ticket) -> dict[str, Any]:
    """The forms of the ticket page itself that this person may use; None for the others."""
    assigns = ticket.status is Status.OPEN and may(person, Permission.ASSIGN)
    comments = may(person, Permission.COMMENT)
    return {
        "draw_form": forms.PlainForm.empty() if assigns else None,
        "seen_form": forms.PlainForm.empty(),
        "comment_form": forms.CommentForm.empty().offer(discussion.mentionable(session), person)
        if comments else None,
    }  # fmt: skip


def change(reference: str, do: str) -> str:
    """The page of changes, with one of them open."""
    shown = changes.context(db.session, reader(), reference, do)
    return render_template("tickets/change.html", **shown)


def change_again(form: DeskForm, reference: str, do: str, **overrides: Any) -> tuple[str, int]:
    """The page of changes once more, as the ticket is now, with what was typed and the errors beside it."""
    start_over()
    shown = changes.context(db.session, reader(), reference, do, failed=form, **overrides)
    status = status_of(form, shown["ticket"])
    return render_template("tickets/change.html", **shown), status


def of_assertion(form: forms.OpenForm, number: int) -> dict[str, Any]:
    """What the page of a new ticket shows beside its form: the assertion in its passage, and where it is filed."""
    form.offer(lookups.investigations(db.session, reader()))
    assertion = articles.assertion(db.session, reader(), number)
    filed = lookups.filed_under(db.session, reader(), [number]).get(number)
    typed = form.claim.data or ""
    return {
        "beside": [] if filed else sections.beside_new(db.session, reader(), assertion, typed),
        "rendered": lambda part: Markup(render_template(part["template"], **part)),  # nosec B704  # our templates
        "assertion": assertion,
        "hops": story.hops_of(assertion),
        "passage": assertion.version.text[assertion.start : assertion.end],
        "filed": filed,
    }


def new_again(form: forms.OpenForm, status: int = 422) -> tuple[str, int]:
    """The page of a new ticket once more, with what was typed and the errors beside it."""
    start_over()
    shown = of_assertion(form, form.assertion.data or 0)
    return render_template("tickets/new.html", form=form, **shown), int(getattr(form, "status", status))


def _appearances(session: Session, person: Person, ticket: Ticket) -> dict[str, Any]:
    return {"template": "tickets/_appearances.html"}


def _discussion(session: Session, person: Person, ticket: Ticket) -> dict[str, Any]:
    return {"template": "tickets/_discussion.html"}


def _history(session: Session, person: Person, ticket: Ticket) -> dict[str, Any]:
    return {"template": "tickets/_history.html"}


def _next_step(session: Session, person: Person, ticket: Ticket) -> dict[str, Any]:
    return {"template": "tickets/_panel.html"}


def install() -> None:
    """Register the sections and the panel that are the ticket page's own; what they show is in `context`."""
    sections.register("appearances", 10, _appearances)
    sections.register("discussion", 80, _discussion)
    sections.register("history", 90, _history)
    sections.register_panel(100, _next_step)
