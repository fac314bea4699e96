"""One act on many tickets: each is tried on its own, logged on its own, and refused on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError, Refused
from verify.filters import plural
from verify.tickets import actions, lookups, page, reviewers
from verify.tickets.forms import BulkForm
from verify.tickets.models import Ticket

MOST = 100


@dataclass
class Outcome:
    """What became of a selection."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def sentence(self) -> str:
        """How many tickets changed."""
        return f"{plural(len(self.done), 'ticket')} changed."


def choices(session: Session) -> list[Person]:
    """Everybody who reviews on this desk."""
    return reviewers.people_who_review(session)


def selected(session: Session, references: Sequence[str]) -> Sequence[Ticket]:
    """The tickets of these references, in the order of opening; unknown ones are absent."""
    lookups.may_read(reader())
    wanted = [reference.upper() for reference in references[:MOST]]
    return session.scalars(select(Ticket).where(Ticket.reference.in_(wanted)).order_by(Ticket.id)).all()


def context(references: Sequence[str]) -> dict[str, Any]:
    """The selection as it stands now."""
    return {"tickets": selected(db.session, references), "outcome": None}


def act(session: Session, actor: Person, form: BulkForm, references: Sequence[str]) -> Outcome:
    """Do to each ticket what the form says."""
    if not references:
        raise Refused("Tick at least one ticket first.")
    if len(references) > MOST:
        raise Refused(f"Take at most {MOST} tickets at a time.")
    if form.act.data == "deadline" and form.deadline_on.data is None:
        raise Refused("Choose a day.", field="deadline_on")
    chosen = lookups.people(session, form.chosen())
    outcome = Outcome()
    for ticket in selected(session, references):
        try:
            with session.begin_nested():
                if form.act.data == "assign":
                    actions.assign_or_draw(session, actor, ticket, chosen)
                else:
                    actions.set_deadline(session, actor, ticket, form.deadline_on.data)
            outcome.done.append(ticket.reference)
        except DeskError as error:
            outcome.refused.append((ticket.reference, error.message))
    return outcome


def again(form: BulkForm, references: Sequence[str]) -> tuple[str, int]:
    """The page of the selection once more, with the error."""
    page.start_over()
    shown = render_template("tickets/selection.html", form=form, **context(references))
    return shown, int(getattr(form, "status", 422))


def report(form: BulkForm, outcome: Outcome) -> str:
    """What was done and what was refused, with the refused ones still selected; what was done is committed."""
    page.start_over()
    fresh = BulkForm.empty(
        back=form.back.data, act=form.act.data, first=form.first.data, second=form.second.data,
        deadline_on=form.deadline_on.data,
    ).offer(choices(db.session))  # fmt: skip
    left = selected(db.session, [reference for reference, _ in outcome.refused])
    return render_template("tickets/selection.html", form=fresh, tickets=left, outcome=outcome)
