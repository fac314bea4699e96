"""Addresses that are fetched again and again: adding one, pausing, going on, ending, and what each time brings."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import settings
from verify.addresses import taken_apart
from verify.audit import actions as audit
from verify.claimreviews.actions import FETCH, import_subscribed
from verify.claimreviews.fetching import Brought
from verify.claimreviews.models import Import, Subscription
from verify.claimreviews.wording import line, sha256_of, site_of, url_key
from verify.claimreviews.words import outcome, pace
from verify.db import now
from verify.errors import Refused
from verify.jobs import actions as jobs
from verify.jobs import queue
from verify.jobs.models import LIVE, Job
from verify.permissions import Permission, demand, may

MOST_FAILURES = 10  # in a row; then it is paused
SAME = "Nothing there has changed since the last time."


def subscribe(
    session: Session,
    actor: Person,
    *,
    url: str,
    title: str,
    licence: str,
    every_hours: int,
) -> Subscription:
    """Have an address fetched now, and from now on regularly."""
    demand(actor, Permission.CURATE_CLAIMREVIEWS)
    url = taken_apart(url, any_port=settings().fetch_loopback).url[:2000]
    url_hash = sha256_of(url_key(url))
    twice = Refused("This address is subscribed already: it is in the list.", field="address")
    if session.scalar(select(Subscription.id).where(Subscription.url_hash == url_hash)) is not None:
        raise twice
    made = Subscription(
        url=url, url_hash=url_hash, title=line(title, 200) or site_of(url), licence=licence,
        every_hours=every_hours, due_at=now(), kept_by_id=actor.id, added_at=now(),
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:
        raise twice from None  # between our look and our write
    _ask(session, actor, made)
    payload = {"address": url, "licence": licence, "pace": pace(every_hours)}
    audit.record(session, actor, "claimreviews.subscribed", made, payload)
    return made


def fetch_now(session: Session, actor: Person, subscription: Subscription) -> None:
    """Have it fetched at once, and read even if its site says that nothing changed."""
    demand(actor, Permission.CURATE_CLAIMREVIEWS)
    if subscription.due_at is None:
        raise Refused("This subscription is paused. Let it go on, and it is fetched at once.")
    subscription.due_at = now()
    job = _ask(session, actor, subscription)
    job.payload = {**job.payload, "whole": True}
    audit.record(session, actor, "claimreviews.fetch_asked", subscription, {"address": subscription.url})


def pause(session: Session, actor: Person, subscription: Subscription) -> None:
    """Fetch it no more until somebody lets it go on; what it brought stays."""
    demand(actor, Permission.CURATE_CLAIMREVIEWS)
    if subscription.due_at is None:
        raise Refused("This subscription is paused already.")
    _stop(session, subscription)
    audit.record(session, actor, "claimreviews.paused", subscription, {"address": subscription.url})


def go_on(session: Session, actor: Person, subscription: Subscription) -> None:
    """Fetch it again, now and regularly, on behalf of whoever says so."""
    demand(actor, Permission.CURATE_CLAIMREVIEWS)
    if subscription.due_at is not None:
        raise Refused("This subscription is not paused.")
    subscription.due_at, subscription.kept_by_id, subscription.failures = now(), actor.id, 0
    _ask(session, actor, subscription)
    audit.record(session, actor, "claimreviews.went_on", subscription, {"address": subscription.url})


def end(session: Session, actor: Person, subscription: Subscription) -> None:
    """Take it off the list; the reviews that it brought stay."""
    demand(actor, Permission.CURATE_CLAIMREVIEWS)
    _stop(session, subscription)
    mine = Import.subscription_id == subscription.id
    session.execute(update(Import).where(mine).values(subscription_id=None))
    payload = {"address": subscription.url, "title": subscription.title, "licence": subscription.licence}
    audit.record(session, actor, "claimreviews.unsubscribed", subscription, payload)
    session.delete(subscription)
    session.flush()


def take_brought(
    session: Session, actor: Person, subscription: Subscription, brought: Brought, *, whole: bool = False
) -> None:
    """Take in what came this time, and set the next time; what came before is passed over unless all is asked for."""
    subscription.failures, subscription.fetched_at = 0, now()
    if not brought.fetched.unchanged:
        subscription.etag, subscription.last_modified = brought.fetched.etag, brought.fetched.last_modified
    newest = select(Import.sha256).where(Import.subscription_id == subscription.id).order_by(Import.id.desc())
    same = not whole and session.scalar(newest.limit(1)) == brought.sha256
    if brought.fetched.unchanged or same:
        subscription.outcome = SAME
    else:
        subscription.outcome = outcome(import_subscribed(session, actor, subscription, brought))
    _next(session, subscription)


def note_failure(session: Session, subscription: Subscription, sentence: str) -> None:
    """Say why it could not be fetched, and try at the next time; too often in a row, and it is paused."""
    subscription.failures += 1
    subscription.fetched_at, subscription.outcome = now(), sentence[:400]
    if subscription.failures >= MOST_FAILURES:
        subscription.due_at = None
        subscription.outcome += f" Paused after {subscription.failures} failures in a row."
    else:
        _next(session, subscription)


def give_up(subscription: Subscription) -> None:
    """Pause what is fetched on behalf of somebody who may no longer have it fetched."""
    subscription.due_at = None
    subscription.outcome = "Paused: who kept it may no longer do so. Let it go on in your own name."


def still_kept(person: Person | None) -> bool:
    """Whether the person on whose behalf it is fetched may still have it fetched."""
    return person is not None and may(person, Permission.CURATE_CLAIMREVIEWS)


def _next(session: Session, subscription: Subscription) -> None:
    subscription.due_at = now() + timedelta(hours=subscription.every_hours)
    _ask(session, session.get_one(Person, subscription.kept_by_id), subscription)


def _ask(session: Session, actor: Person, subscription: Subscription) -> Job:
    return jobs.ask(
        session,
        actor,
        FETCH,
        key=key_of(subscription),
        title=subscription.title,
        payload={"subscription": subscription.id},
        due_at=subscription.due_at,
    )


def _stop(session: Session, subscription: Subscription) -> None:
    subscription.due_at = None
    asked = select(Job).where(Job.key == key_of(subscription), Job.state.in_(LIVE))
    for job in session.scalars(asked):
        queue.cancel(job)
    session.flush()


def key_of(subscription: Subscription) -> str:
    """What names the fetching of a subscription among the jobs."""
    return f"claimreviews:subscription:{subscription.id}"
