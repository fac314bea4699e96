"""What people say to each other on a ticket, and who is named in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, lazyload

from verify.accounts.models import Person, RoleGrant
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Refused
from verify.permissions import PERMISSIONS, Permission, demand
from verify.tickets import reviewers
from verify.tickets.models import Comment, Mention, Ticket
from verify.tickets.workflow import Status

LONGEST_COMMENT = 5_000


def named_in(body: str, people: Iterable[Person]) -> list[Person]:
    """The people whose name stands after an @: the whole name, or the first name where only one has it."""
    everybody = list(people)
    firsts = [person.name.split()[0].casefold() for person in everybody if person.name.split()]
    found = []
    for person in everybody:
        first = (person.name.split() or [""])[0].casefold()
        names = [person.name.casefold()] + ([first] if firsts.count(first) == 1 else [])
        if any(_stands_in(f"@{name}", body.casefold()) for name in names if name):
            found.append(person)
    return found


def _stands_in(word: str, text: str) -> bool:
    at = text.find(word)
    while at >= 0:
        after = text[at + len(word) : at + len(word) + 1]
        if not after.isalnum():
            return True
        at = text.find(word, at + 1)
    return False


def mentionable(session: Session) -> list[Person]:
    """Everybody active who may read the desk, by name."""
    return list(session.scalars(_readers()))


@cache
def _readers() -> Select[Any]:
    roles = [role for role, held in PERMISSIONS.items() if Permission.READ_DESK in held]
    readers = select(RoleGrant.person_id).where(RoleGrant.role.in_(roles))
    return (
        select(Person)
        .where(Person.active, Person.id.in_(readers))
        .order_by(Person.name, Person.id)
        .options(lazyload(Person.grants))
    )


def add_comment(
    session: Session, actor: Person, ticket: Ticket, *, body: str, mentioned: Sequence[Person] = ()
) -> Comment:
    """Say something about a ticket; people picked or named with @ find it in their queue until they have seen it."""
    demand(actor, Permission.COMMENT)
    body = body.replace("\r\n", "\n").strip()
    if not body:
        raise Refused("Write something first.", field="body")
    if len(body) > LONGEST_COMMENT:
        raise Refused(
            f"A comment has at most {LONGEST_COMMENT:,} characters, this one {len(body):,}.", field="body"
        )
    named = {person.id: person for person in [*mentioned, *named_in(body, mentionable(session))]}
    named.pop(actor.id, None)
    _refuse_word_between_reviewers(session, actor, ticket, named)
    comment = Comment(ticket_id=ticket.id, author_id=actor.id, body=body, written_at=now())
    session.add(comment)
    session.flush()
    session.add_all(Mention(comment_id=comment.id, person_id=person_id) for person_id in named)
    _mark_seen(session, actor, ticket)
    audit.record(
        session, actor, "ticket.commented", ticket, {"comment": comment.id, "mentions": sorted(named)}
    )
    return comment


def _refuse_word_between_reviewers(
    session: Session, actor: Person, ticket: Ticket, named: dict[int, Person]
) -> None:
    if ticket.status is not Status.IN_REVIEW:
        return
    pair = {assignment.reviewer_id for assignment in reviewers.in_force(session, ticket)}
    if actor.id in pair and pair & set(named):
        raise Refused(
            "The two reviewers of a claim do not write to each other before both reviews are in. "
            "Take the other reviewer's name out, and send it again.",
            field="body",
        )


def see_mentions(session: Session, actor: Person, ticket: Ticket) -> int:
    """Take the mentions of oneself on a ticket out of one's queue; tells how many there were."""
    demand(actor, Permission.READ_DESK)
    seen = _mark_seen(session, actor, ticket)
    if seen:
        audit.record(session, actor, "ticket.mentions_seen", ticket, {"mentions": seen})
    return seen


def _mark_seen(session: Session, actor: Person, ticket: Ticket) -> int:
    here = select(Comment.id).where(Comment.ticket_id == ticket.id)
    marked = session.execute(
        update(Mention)
        .where(Mention.person_id == actor.id, Mention.seen_at.is_(None), Mention.comment_id.in_(here))
        .values(seen_at=now())
        .execution_options(synchronize_session=False)
    )
    return int(marked.rowcount)  # type: ignore[attr-defined]  # an UPDATE gives a CursorResult
