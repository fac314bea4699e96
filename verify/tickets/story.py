"""A ticket's history and chains in words: what each line of the record says to a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask import url_for

from verify.articles.models import Assertion
from verify.filters import day
from verify.tickets.models import TicketEvent

# action: what the person did, and its icon
_WORDS = {
    "opened": ("opened this ticket", "plus"),
    "start_review": ("started the review", "eye"),
    "stop_review": ("stopped the review, as a reviewer is missing", "undo-2"),
    "dispute": ("opened the two reviews: they differ", "scale"),
    "settle": ("opened the two reviews: they agree", "list-checks"),
    "adjudicate": ("adjudicated", "scale"),
    "approve": ("approved the verdict", "stamp"),
    "void_approval": ("voided the approval", "undo-2"),
    "send_back": ("sent it back into review", "undo-2"),
    "publish": ("published the verdict", "newspaper"),
    "retract": ("retracted the verdict", "undo-2"),
    "reopen": ("reopened this ticket", "undo-2"),
    "drop": ("dropped this ticket", "ban"),
    "merge": ("merged this ticket into another", "git-merge"),
    "claim reworded": ("reworded the claim", "pencil"),
    "deadline set": ("set the deadline", "calendar"),
    "reviewers assigned": ("assigned reviewers", "user-plus"),
    "reviewer freed": ("freed a reviewer", "user-x"),
    "interest declared": ("declared an interest", "scale"),
    "appearance added": ("filed an appearance", "file-text"),
    "appearance removed": ("took an appearance off", "x"),
    "evidence added": ("added evidence", "plus"),
    "evidence withdrawn": ("withdrew evidence", "minus"),
    "evidence sourced": ("said whose record a piece of evidence is", "link"),
    "name linked": ("linked a name to its source", "link"),
    "origins recounted": ("recounted the origins", "waypoints"),
    "edge decided": ("decided about a step of the count", "waypoints"),
    "wording changed": ("wrote the public wording", "pencil"),
    "verdict corrected": ("corrected the verdict", "pencil"),
    "appearance edited": ("edited the assertion of an appearance", "pencil"),
    "counter-claim confirmed": ("confirmed that another ticket contradicts this one", "scale"),
    "counter-claim refused": ("refused that another ticket contradicts this one", "scale"),
    "counter-claim stated": ("stated that another ticket contradicts this one", "scale"),
    "checked together": ("put this ticket into one check with another", "link"),
    "checked apart": ("took this ticket out of a combined check", "undo-2"),
    "took in": ("merged another ticket into this one", "git-merge"),
}


def told(event: TicketEvent) -> tuple[str, str, str | None]:
    """What a line of history says after the name of who acted, its icon, and its detail."""
    words, icon = _WORDS.get(event.action, (event.action.replace("_", " "), "dot"))
    return words, icon, "\n".join(_details(event)) or None


def _details(event: TicketEvent) -> Iterable[str]:
    old, new = event.old_value, event.new_value
    if event.action == "deadline set":
        old, new = (day(date.fromisoformat(value)) if value else "none" for value in (old, new))
    if old and new:
        yield f"{new} (before: {old})"
    elif old or new:
        yield new or old
    if event.reason:
        yield event.reason


def hops_of(assertion: Assertion) -> list[dict[str, str | None]]:
    """The chain of an assertion for the page, nearest the reader first, each hop leading to its source."""
    return [
        {
            "name": hop.source.name if hop.source is not None else hop.name,
            "kind": hop.kind.value,
            "role": hop.role or hop.terms or None,
            "url": url_for("sources.show", source_id=hop.source_id) if hop.source_id else None,
        }
        for hop in assertion.hops
    ]
