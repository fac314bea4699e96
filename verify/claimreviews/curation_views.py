"""Pages for whoever looks after what comes in: subscriptions, and publishers whose reviews are removed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import reader
from verify.claimreviews import lookups, pages, publisher_actions
from verify.claimreviews import subscription_actions as actions
from verify.claimreviews.forms import RemoveForm, SubscribeForm, SubscriptionForm
from verify.claimreviews.models import Subscription
from verify.db import db
from verify.errors import DeskError
from verify.filters import plural
from verify.forms import finish, refuse
from verify.permissions import Permission, requires

bp = Blueprint("curation", __name__)


@bp.get("/subscriptions")
@requires(Permission.READ_DESK)
def subscriptions() -> ResponseReturnValue:
    """Addresses that are fetched regularly, and what they brought last."""
    form = SubscribeForm(formdata=None)
    return render_template("claimreviews/subscriptions.html", form=form, **pages.subscriptions_page())


@bp.post("/subscriptions")
@requires(Permission.CURATE_CLAIMREVIEWS)
def subscribe() -> ResponseReturnValue:
    """Have an address fetched regularly."""
    form = SubscribeForm()
    if form.validate_on_submit():
        try:
            words = {
                "url": form.address.data,
                "title": form.title.data or "",
                "licence": form.stated_licence(),
            }
            hours = int(form.every_hours.data)
            actions.subscribe(db.session, reader(), every_hours=hours, **words)
            return _led(form, "Subscribed: it is being fetched for the first time.")
        except DeskError as error:
            refuse(form, error)
    return pages.subscriptions_again(form)


@bp.post("/subscriptions/<int:number>/fetch")
@requires(Permission.CURATE_CLAIMREVIEWS)
def fetch(number: int) -> ResponseReturnValue:
    """Have a subscription fetched now."""
    return _done(number, actions.fetch_now, "It is being fetched in the background.")


@bp.post("/subscriptions/<int:number>/pause")
@requires(Permission.CURATE_CLAIMREVIEWS)
def pause(number: int) -> ResponseReturnValue:
    """Pause a subscription."""
    return _done(number, actions.pause, "Paused. What it brought stays.")


@bp.post("/subscriptions/<int:number>/go-on")
@requires(Permission.CURATE_CLAIMREVIEWS)
def go_on(number: int) -> ResponseReturnValue:
    """Fetch a paused subscription again."""
    return _done(number, actions.go_on, "It goes on, and is being fetched now.")


@bp.post("/subscriptions/<int:number>/end")
@requires(Permission.CURATE_CLAIMREVIEWS)
def end(number: int) -> ResponseReturnValue:
    """Take a subscription off the list."""
    return _done(number, actions.end, "The subscription has ended. What it brought stays.")


@bp.get("/publishers")
@requires(Permission.READ_DESK)
def publishers() -> ResponseReturnValue:
    """Whose reviews the desk holds, and whose it does not take in."""
    page = lookups.publishers(db.session, reader(), after=request.args.get("after", ""))
    return render_template("claimreviews/publishers.html", page=page)


@bp.get("/publishers/<int:number>")
@requires(Permission.READ_DESK)
def publisher(number: int) -> ResponseReturnValue:
    """One publisher, and what can be done about its reviews."""
    held = lookups.publisher(db.session, reader(), number)
    return render_template("claimreviews/publisher.html", form=RemoveForm(formdata=None), held=held)


@bp.post("/publishers/<int:number>/remove")
@requires(Permission.CURATE_CLAIMREVIEWS)
def remove(number: int) -> ResponseReturnValue:
    """Delete the reviews of a publisher, and take none in from now on."""
    form, held = RemoveForm(), lookups.publisher(db.session, reader(), number)
    if form.validate_on_submit():
        try:
            many = publisher_actions.remove(
                db.session, reader(), held.publisher, reason=form.reason.data or ""
            )
            said = f"{plural(many, 'review')} of {held.publisher.name} removed; none is taken in from now on."
            return finish(form, url_for("claimreviews.curation.publisher", number=number), said)
        except DeskError as error:
            refuse(form, error)
    return pages.publisher_again(form, number)


@bp.post("/publishers/<int:number>/readmit")
@requires(Permission.CURATE_CLAIMREVIEWS)
def readmit(number: int) -> ResponseReturnValue:
    """Take the reviews of a publisher in again."""
    form, held = SubscriptionForm(), lookups.publisher(db.session, reader(), number)
    if form.validate_on_submit():
        try:
            publisher_actions.readmit(db.session, reader(), held.publisher)
            said = "Its reviews are taken in again, from the next import on."
            return finish(form, url_for("claimreviews.curation.publisher", number=number), said)
        except DeskError as error:
            refuse(form, error)
    return pages.publisher_again(form, number)


def _done(
    number: int, act: Callable[[Session, Person, Subscription], None], said: str
) -> ResponseReturnValue:
    form, subscription = SubscriptionForm(), lookups.subscription(db.session, reader(), number)
    if form.validate_on_submit():
        try:
            act(db.session, reader(), subscription)
            return _led(form, said)
        except DeskError as error:
            refuse(form, error)
    return pages.subscriptions_again(form)


def _led(form: SubscribeForm | SubscriptionForm, said: str) -> ResponseReturnValue:
    return finish(form, url_for("claimreviews.curation.subscriptions"), said)
