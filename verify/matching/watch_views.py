"""Watching: one's list, a ticket's watch button, and having seen what came in."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import DeskError
from verify.forms import finish, refuse
from verify.matching import pages, sighting_lookups, watching
from verify.matching.forms import WatchForm, WordingForm
from verify.permissions import Permission, requires
from verify.tickets import lookups as tickets
from verify.tickets import page as ticket_pages

bp = Blueprint("watching", __name__)


def _section(reference: str) -> str:
    return url_for("tickets.show", reference=reference) + "#seen-again"


@bp.get("/watch-list")
@requires(Permission.READ_DESK)
def watch_list() -> ResponseReturnValue:
    """What the reader watches for, what came in, and a form to watch for more."""
    shown = pages.watch_list(WatchForm.empty())
    return render_template("matching/watch_list.html", form=WordingForm(formdata=None), **shown)


@bp.post("/watch-list")
@requires(Permission.READ_DESK)
def watch_wording() -> ResponseReturnValue:
    """Watch for a claim in one's own words."""
    form = WordingForm()
    if form.validate_on_submit():
        try:
            watching.watch_wording(db.session, reader(), form.wording.data)
            return finish(form, url_for("matching.watching.watch_list"), "You are told when it comes in.")
        except DeskError as error:
            refuse(form, error)
    return pages.watch_list_again(form)


@bp.post("/watch-list/<int:number>/end")
@requires(Permission.READ_DESK)
def end(number: int) -> ResponseReturnValue:
    """Stop watching."""
    form, watch = WatchForm(), sighting_lookups.watch_by_id(db.session, reader(), number)
    watching.end_watch(db.session, reader(), watch)
    return finish(form, url_for("matching.watching.watch_list"), "You watch for it no longer.")


@bp.post("/watch-list/<int:number>/seen")
@requires(Permission.READ_DESK)
def seen(number: int) -> ResponseReturnValue:
    """Take what a watch brought out of what is new."""
    form, watch = WatchForm(), sighting_lookups.watch_by_id(db.session, reader(), number)
    watching.see_watch(db.session, reader(), watch)
    return finish(form, url_for("matching.watching.watch_list"), "Marked as seen.")


@bp.post("/tickets/<reference>/watch")
@requires(Permission.READ_DESK)
def watch_ticket(reference: str) -> ResponseReturnValue:
    """Watch a ticket's claim."""
    form, ticket = WatchForm(), tickets.ticket_by_reference(db.session, reader(), reference)
    if form.validate_on_submit():
        try:
            watching.watch_ticket(db.session, reader(), ticket)
            return finish(form, _section(ticket.reference), "You are told when this claim comes in again.")
        except DeskError as error:
            refuse(form, error)
    return ticket_pages.again(form, reference, failed=form)


@bp.post("/tickets/<reference>/watch/end")
@requires(Permission.READ_DESK)
def end_ticket(reference: str) -> ResponseReturnValue:
    """Stop watching a ticket's claim."""
    form, ticket = WatchForm(), tickets.ticket_by_reference(db.session, reader(), reference)
    watch, _ = sighting_lookups.watch_of(db.session, reader(), ticket)
    if watch is not None:
        watching.end_watch(db.session, reader(), watch)
    return finish(form, _section(ticket.reference), "You watch this claim no longer.")


@bp.post("/tickets/<reference>/sightings/seen")
@requires(Permission.READ_DESK)
def seen_ticket(reference: str) -> ResponseReturnValue:
    """Take the sightings of a ticket's claim out of one's queue."""
    form, ticket = WatchForm(), tickets.ticket_by_reference(db.session, reader(), reference)
    watching.see_ticket(db.session, reader(), ticket)
    return finish(form, _section(ticket.reference), "It is out of your queue.")
