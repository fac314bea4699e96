"""What people do with reviews of other organisations: import a file or an address, and what jobs do for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.accounts.sessions import settings
from verify.addresses import taken_apart
from verify.audit import actions as audit
from verify.claimreviews import taking_in
from verify.claimreviews.fetching import Brought
from verify.claimreviews.models import Carrier, Import, ImportPart, Subscription
from verify.claimreviews.reading import Reading
from verify.claimreviews.wording import line, sha256_of, url_key
from verify.claimreviews.words import OTHER, outcome
from verify.db import now
from verify.errors import Refused
from verify.jobs import actions as jobs
from verify.jobs import queue
from verify.jobs.models import LIVE, Job
from verify.permissions import Permission, demand

FETCH, TAKE_IN = "claimreviews_fetch", "claimreviews_take_in"  # kinds of jobs
MOST_PROBLEMS, MOST_NOTES = 300, 30


def demand_of(actor: Person | None, permission: Permission) -> None:
    """Nobody is the machine itself: a command run by whoever can read the database anyway."""
    if actor is not None:
        demand(actor, permission)


def licence_of(chosen: str, own_words: str = "") -> str:
    """The licence that was chosen, or the words that were typed for another one."""
    if chosen != OTHER:
        return chosen
    words = line(own_words, 200)
    if not words:
        raise Refused("Write which licence it is, or choose that it is not known yet.", field="licence_words")
    return words


def import_file(
    session: Session,
    actor: Person | None,
    *,
    name: str,
    sha256: str,
    licence: str,
    reading: Reading,
    rest_at: datetime | None = None,
) -> Import:
    """Take in what was read from a file: at once, or when it is much, by a job, which begins at `rest_at` if said."""
    demand_of(actor, Permission.IMPORT_CLAIMREVIEWS)
    name = line(name, 300) or "a file without a name"
    taken = _begun(actor, Carrier.FILE, name, sha256_of(f"file:{name}"), licence)
    session.add(taken)
    take(session, actor, taken, reading, sha256, rest_at)
    return taken


def ask_for_address(session: Session, actor: Person, *, url: str, licence: str) -> Import:
    """Have an address fetched once, in the background, and what it brings taken in."""
    demand(actor, Permission.IMPORT_CLAIMREVIEWS)
    url = taken_apart(url, any_port=settings().fetch_loopback).url
    taken = _begun(actor, Carrier.ADDRESS, url[:2000], sha256_of(url_key(url)), licence)
    session.add(taken)
    session.flush()
    jobs.ask(session, actor, FETCH, key=fetching_of(taken.id), title=url, payload={"import": taken.id})
    audit.record(session, actor, "claimreviews.asked_for", taken, {"address": url, "licence": licence})
    return taken


def take_fetched(session: Session, actor: Person | None, taken: Import, brought: Brought) -> None:
    """Take in what an address brought; the job that fetched it asks."""
    demand_of(actor, Permission.IMPORT_CLAIMREVIEWS)
    take(session, actor, taken, brought.reading, brought.sha256)


def note_failure(taken: Import, sentence: str) -> None:
    """Say on an import why nothing of it could be read."""
    taken.read_at, taken.failure = now(), sentence[:500]


def import_subscribed(
    session: Session, actor: Person | None, subscription: Subscription, brought: Brought
) -> Import:
    """Take in what a subscription brought this time."""
    demand_of(actor, Permission.CURATE_CLAIMREVIEWS)
    taken = _begun(actor, Carrier.SUBSCRIPTION, subscription.url, subscription.url_hash, subscription.licence)
    taken.subscription_id = subscription.id
    session.add(taken)
    take(session, actor, taken, brought.reading, brought.sha256)
    return taken


def take(
    session: Session,
    actor: Person | None,
    taken: Import,
    reading: Reading,
    sha256: str,
    rest_at: datetime | None = None,
) -> None:
    """Take in what was read, and list what could not be; more than a person would wait for goes to a job."""
    reading = _without_our_own(reading)
    taken.sha256, taken.read_at = sha256, now()
    taken.found, taken.unreadable = len(reading.reviews), len(reading.problems)
    problems = [[one.place[:500], one.reason[:500]] for one in reading.problems[:MOST_PROBLEMS]]
    taken.problems, taken.notes = problems, [one[:500] for one in reading.notes[:MOST_NOTES]]
    taken.new = taken.changed = taken.known = taken.refused = 0
    session.flush()
    if len(reading.reviews) <= taking_in.AT_ONCE:
        taking_in.take_in(session, taken, reading.reviews)
        note_end(session, actor, taken)
        return
    taking_in.stage(session, taken, reading.reviews)
    jobs.ask(
        session, actor, TAKE_IN, key=rest_of(taken.id), title=taken.name, payload={"import": taken.id}, due_at=rest_at
    )  # fmt: skip
    audit.record(
        session, actor, "claimreviews.import_begun", taken, {"name": taken.name, "found": taken.found}
    )


def _without_our_own(reading: Reading) -> Reading:
    """What was read without this desk's own verdicts, which a feed of everybody's brings back to it."""
    ours = urlsplit(settings().base_url).netloc
    others = [one for one in reading.reviews if urlsplit(one.url).netloc != ours]
    own = len(reading.reviews) - len(others)
    notes = [*reading.notes, f"Passed over, as they are this desk’s own: {own}."] if own else reading.notes
    return replace(reading, reviews=others, notes=notes)


def take_part(session: Session, taken: Import) -> bool:
    """Take in the next part of a long import; False when none is left."""
    session.refresh(taken, with_for_update=True)  # nobody else counts on it meanwhile
    part = session.scalar(
        select(ImportPart).where(ImportPart.import_id == taken.id).order_by(ImportPart.id).limit(1)
    )
    if part is None:
        return False
    taking_in.take_in(session, taken, taking_in.staged(part))
    session.delete(part)
    session.flush()
    return True


def finish_here(session: Session, actor: Person | None, taken: Import) -> None:
    """End a long import that was taken in outside a job, as the command line does; its job is not needed."""
    for job in session.scalars(select(Job).where(Job.key == rest_of(taken.id), Job.state.in_(LIVE))):
        queue.cancel(job)
    note_end(session, actor, taken)


def fetching_of(number: int) -> str:
    """What names the fetching for an import among the jobs."""
    return f"claimreviews:fetch:{number}"


def rest_of(number: int) -> str:
    """What names the taking in of the rest of a long import among the jobs."""
    return f"claimreviews:take_in:{number}"


def note_end(session: Session, actor: Person | None, taken: Import) -> None:
    """Log what came of an import."""
    payload = {
        "name": taken.name, "carrier": taken.carrier.value, "licence": taken.licence, "sha256": taken.sha256,
        "new": taken.new, "changed": taken.changed, "known": taken.known, "refused": taken.refused,
        "unreadable": taken.unreadable, "outcome": outcome(taken),
    }  # fmt: skip
    if taken.subscription_id is not None:
        session.get_one(Subscription, taken.subscription_id).outcome = outcome(taken)
    audit.record(session, actor, "claimreviews.imported", taken, payload)


def _begun(actor: Person | None, carrier: Carrier, name: str, name_hash: str, licence: str) -> Import:
    return Import(
        carrier=carrier,
        name=name,
        name_hash=name_hash,
        licence=licence,
        imported_by_id=actor.id if actor else None,
        imported_at=now(),
    )
