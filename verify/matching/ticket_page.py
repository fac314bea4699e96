"""What matching adds to the pages of tickets: similar claims, where a claim was seen again, groups in the queue."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.matching import lookups, pages, sighting_lookups, suggesting
from verify.matching.actions import ticket_key
from verify.matching.forms import WatchForm
from verify.matching.models import MatchVerdict
from verify.matching.suggesting import Suggestions
from verify.permissions import Permission, may
from verify.similarity import Kind
from verify.tickets import sections
from verify.tickets.models import Ticket
from verify.tickets.workflow import EDITABLE, Status

SIMILAR, SEEN_AGAIN, QUEUE = 55, 58, 45
_CLOSED = (Status.MERGED, Status.DROPPED)
_ELSEWHERE = (Kind.OPPOSITE, Kind.OTHER_FIGURES)


def install() -> None:
    """Hang the parts of matching into the ticket page, the form of a new ticket and the queue."""
    sections.register("similar", SIMILAR, similar_later)
    sections.register("seen-again", SEEN_AGAIN, seen_again)
    sections.register_queue("sightings", "Claims you watch, seen again", QUEUE, sighting_lookups.waiting)
    sections.register_queue_link("watch-list", watch_list_link)
    sections.register_beside_new(pages.beside_new_ticket)


def similar_later(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any] | None:
    """The place on the ticket's page into which its similar claims come; looking for them takes a moment."""
    if ticket.status in _CLOSED:
        return None
    return {"template": "matching/_similar_later.html", "title": "Similar claims"}


def similar(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any]:
    """Tickets and verdicts of others that may claim the same, and assertions that state it and wait."""
    day = _first_seen(session, ticket)
    checked = _without_opposites(suggesting.for_ticket(session, reader, ticket, day))
    stated = _without_opposites(suggesting.stated_elsewhere(session, reader, ticket, day))
    sighted = sighting_lookups.assertions_of(session, ticket)  # these stand under “Seen again”
    stated = replace(stated, found=[one for one in stated.found if one.key not in sighted])
    standing = checked.decided
    key = ticket_key(ticket)
    others = {one.id: one.other if one.one == key else one.one for one in standing}
    return {
        "ticket": ticket,
        "checked": checked,
        "stated": stated,
        "same": [(one, line) for one, line in checked.same if one.verdict is MatchVerdict.SAME],
        "decided": [one for one in standing if one.verdict is not MatchVerdict.SAME],
        "others": others,
        "held_back": pages.held_back(reader, standing),
        "takes_in": ticket.status in EDITABLE,
        **pages.words(),
    }


def _without_opposites(found: Suggestions) -> Suggestions:
    """The suggestions that may be the same; claims that contradict this one have a section of their own."""
    return replace(found, found=[one for one in found.found if one.kind not in _ELSEWHERE])


def _first_seen(session: Session, ticket: Ticket) -> Any:
    line = lookups.lines_of(session, None, [ticket_key(ticket)]).get(ticket_key(ticket))
    return line.day if line else None


def seen_again(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any] | None:
    """Where the claim came in again, and who watches for it."""
    found, closed = sighting_lookups.of_ticket(session, reader, ticket), ticket.status in _CLOSED
    if closed and not found:
        return None
    mine, watching = sighting_lookups.watch_of(session, reader, ticket)
    return {
        "template": "matching/_seen_again.html",
        "title": "Seen again",
        "sightings": found,
        "unseen_sightings": sighting_lookups.unseen_of(session, reader, ticket) if mine else 0,
        "my_watch": mine,
        "watching": watching,
        "watch_form": WatchForm.empty(),
        "public": ticket.status is Status.PUBLISHED,
        "may_watch": may(reader, Permission.READ_DESK) and not closed,
        "takes_in": ticket.status in EDITABLE,
        **pages.words(),
    }


def watch_list_link(session: Session, reader: Person) -> tuple[str, str, int]:
    """The link to one's watch list at the head of the queue, with how much in it is unseen."""
    return (
        url_for("matching.watching.watch_list"),
        "Watch list",
        sighting_lookups.unseen_in_own_words(session, reader),
    )
