"""What the desk does with reviews in the background: fetching addresses, long imports, long removals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import settings
from verify.addresses import Unfetchable
from verify.claimreviews import actions, publisher_actions
from verify.claimreviews import subscription_actions as subscriptions
from verify.claimreviews.fetching import Brought, bring
from verify.claimreviews.models import Import, ReviewPublisher, Subscription
from verify.claimreviews.words import outcome
from verify.jobs.kinds import job
from verify.jobs.work import Work
from verify.permissions import Permission


def _address(payload: Mapping[str, Any]) -> str:
    if "import" in payload:
        return url_for("claimreviews.import_", number=payload["import"])
    return url_for("claimreviews.curation.subscriptions")


@job(actions.FETCH, label="Fetch reviews of other organisations", address=_address)
def fetch_address(work: Work) -> None:
    """Fetch an address while no transaction is open; then take in what it brought, in one."""
    if "import" in work.payload:
        _fetch_once(work)
    else:
        _fetch_subscription(work)


def _fetch_once(work: Work) -> None:
    with work.reading() as session:
        url = session.get_one(Import, work.payload["import"]).name
    brought = _brought(work, url)
    with work.finishing() as session:
        taken = session.get_one(Import, work.payload["import"])
        if isinstance(brought, Unfetchable):
            actions.note_failure(taken, brought.message)
        else:
            actions.take_fetched(session, work.actor(session), taken, brought)
        work.outcome = outcome(taken)


def _fetch_subscription(work: Work) -> None:
    with work.reading() as session:
        found = _subscription(session, work)
        kept = subscriptions.still_kept(_keeper(session, found))
        url, whole = found.url if found else "", bool(work.payload.get("whole"))
        marks = {} if whole or found is None else {"etag": found.etag, "last_modified": found.last_modified}
    brought = _brought(work, url, **marks) if url and kept else None
    with work.finishing() as session:
        subscription = _subscription(session, work)
        if subscription is None or subscription.due_at is None:
            return
        keeper = _keeper(session, subscription)
        if keeper is None or not subscriptions.still_kept(keeper) or brought is None:
            subscriptions.give_up(subscription)
        elif isinstance(brought, Unfetchable):
            subscriptions.note_failure(session, subscription, brought.message)
        else:
            subscriptions.take_brought(session, keeper, subscription, brought, whole=whole)
        work.outcome = subscription.outcome


def _subscription(session: Session, work: Work) -> Subscription | None:
    return session.get(Subscription, work.payload["subscription"])


def _keeper(session: Session, subscription: Subscription | None) -> Person | None:
    return session.get(Person, subscription.kept_by_id) if subscription is not None else None


def _brought(work: Work, url: str, **marks: str) -> Brought | Unfetchable:
    try:
        return bring(url, settings(), work.report, **marks)
    except Unfetchable as problem:
        return problem


@job(
    actions.TAKE_IN,
    label="Take in reviews of other organisations",
    address=lambda payload: url_for("claimreviews.import_", number=payload["import"]),
)
def take_in_rest(work: Work) -> None:
    """Take in a long import part by part, each in a transaction of its own."""
    more = True
    while more:
        with work.step() as session:
            taken = session.get_one(Import, work.payload["import"])
            actions.demand_of(work.actor(session), Permission.IMPORT_CLAIMREVIEWS)
            more = actions.take_part(session, taken)
            work.report(taken.found - taken.left, taken.found, "Taking in reviews")
    with work.finishing() as session:
        taken = session.get_one(Import, work.payload["import"])
        actions.note_end(session, work.actor(session), taken)
        work.outcome = outcome(taken)


@job(
    publisher_actions.REMOVE,
    label="Remove the reviews of a publisher",
    address=lambda payload: url_for("claimreviews.curation.publisher", number=payload["publisher"]),
)
def remove_rest(work: Work) -> None:
    """Delete a publisher's reviews part by part."""
    gone, part = 0, 1
    while part:
        with work.step() as session:
            part = publisher_actions.delete_part(
                session, session.get_one(ReviewPublisher, work.payload["publisher"])
            )
        gone += part
        work.report(gone, gone + part, "Removing reviews")
    with work.finishing():
        work.outcome = f"{gone:,} reviews removed."
