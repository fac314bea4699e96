"""Watching for a claim: beginning, ending, and having seen what came in."""

from __future__ import annotations

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Refused
from verify.matching import store
from verify.matching.models import Notice, Sighting, Watch
from verify.matching.store import Held
from verify.permissions import Permission, demand
from verify.similarity.reading import read
from verify.tickets.models import Ticket
from verify.tickets.wording import LONGEST_CLAIM
from verify.tickets.workflow import Status

_LEAST_WORDS = 2
MOST_WATCHES = 200  # of one person


def watch_ticket(session: Session, actor: Person, ticket: Ticket) -> Watch:
    """Have this person told when a ticket's claim comes in again."""
    demand(actor, Permission.READ_DESK)
    if ticket.status in (Status.MERGED, Status.DROPPED):
        raise Refused(
            f"{ticket.reference} is closed for good or given up. Watch its claim in your own words instead."
        )
    _refuse_too_many(session, actor)
    watch = Watch(person_id=actor.id, ticket_id=ticket.id, wording="", began_at=now())
    try:
        with session.begin_nested():
            session.add(watch)
            session.flush()
    except IntegrityError as error:
        raise Conflict(f"You watch {ticket.reference} already.") from error
    audit.record(session, actor, "watch.began", ticket, {"watch": watch.id})
    return watch


def watch_wording(session: Session, actor: Person, wording: str) -> Watch:
    """Have this person told when a claim like this one comes in."""
    demand(actor, Permission.READ_DESK)
    wording = " ".join(wording.split())
    if len(wording) > LONGEST_CLAIM:
        raise Refused(f"Keep it under {LONGEST_CLAIM} characters: one claim at a time.", field="wording")
    if len(read(wording)) < _LEAST_WORDS:
        raise Refused(
            "Write the claim as a sentence, such as “The dam of Orta has burst”. One word would match anything.",
            field="wording",
        )
    _refuse_too_many(session, actor)
    mine = select(Watch.wording).where(Watch.person_id == actor.id, Watch.ended_at.is_(None))
    if wording.casefold() in {one.casefold() for one in session.scalars(mine)}:
        raise Conflict("You watch for this already.", field="wording")
    watch = Watch(person_id=actor.id, wording=wording, began_at=now())
    session.add(watch)
    session.flush()
    store.put(session, Held.WATCH, watch.id, wording)
    audit.record(session, actor, "watch.began", watch, {"wording": wording})
    return watch


def end_watch(session: Session, actor: Person, watch: Watch) -> None:
    """Stop watching; what was seen stays, and waits in the queue no longer."""
    demand(actor, Permission.READ_DESK)
    if watch.person_id != actor.id:
        raise Refused("This is somebody else's watch.")
    if watch.ended_at is not None:
        raise Conflict("This watch has ended already.")
    watch.ended_at = now()
    if watch.ticket_id is None:
        store.forget(session, Held.WATCH, watch.id)
    _mark_seen(session, actor, watch)
    session.flush()
    audit.record(session, actor, "watch.ended", watch, {"ticket": watch.ticket_id, "wording": watch.wording})


def see_ticket(session: Session, actor: Person, ticket: Ticket) -> int:
    """Take the sightings of a ticket's claim out of one's queue; tells how many there were."""
    demand(actor, Permission.READ_DESK)
    seen = _seen(session, actor, select(Sighting.id).where(Sighting.ticket_id == ticket.id))
    if seen:
        audit.record(session, actor, "sightings.seen", ticket, {"sightings": seen})
    return seen


def see_watch(session: Session, actor: Person, watch: Watch) -> int:
    """Take what a watch brought out of one's list; tells how many there were."""
    demand(actor, Permission.READ_DESK)
    if watch.person_id != actor.id:
        raise Refused("This is somebody else's watch.")
    seen = _mark_seen(session, actor, watch)
    if seen:
        audit.record(session, actor, "sightings.seen", watch, {"sightings": seen})
    return seen


def _mark_seen(session: Session, actor: Person, watch: Watch) -> int:
    brought = Sighting.watch_id == watch.id
    if watch.ticket_id is not None:
        brought = or_(brought, Sighting.ticket_id == watch.ticket_id)
    return _seen(session, actor, select(Sighting.id).where(brought))


def _seen(session: Session, actor: Person, sightings: object) -> int:
    marked = session.execute(
        update(Notice)
        .where(Notice.person_id == actor.id, Notice.seen_at.is_(None), Notice.sighting_id.in_(sightings))  # type: ignore[arg-type]  # a query of ids
        .values(seen_at=now())
        .execution_options(synchronize_session=False)
    )
    return int(marked.rowcount)  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult


def _refuse_too_many(session: Session, actor: Person) -> None:
    mine = select(Watch.id).where(Watch.person_id == actor.id, Watch.ended_at.is_(None)).limit(MOST_WATCHES)
    if len(session.scalars(mine).all()) >= MOST_WATCHES:
        raise Refused(
            f"You watch {MOST_WATCHES} claims. End a watch that nobody needs any more, then begin this one."
        )
