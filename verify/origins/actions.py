"""Counting anew whenever appearances, names or ties change, and linking the names in chains to sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles.models import ArticleVersion, Assertion, Hop
from verify.articles.signals import texts_compared
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Missing
from verify.origins import lookups
from verify.origins.count import OriginCount, count_origins
from verify.origins.credits import credit_lines
from verify.origins.gathering import materials
from verify.origins.models import ArticleCredits
from verify.origins.names import says_nobody
from verify.origins.passages import passages_of
from verify.origins.signals import recounted
from verify.permissions import Permission, demand
from verify.sources import actions as source_actions
from verify.sources import lookups as sources
from verify.sources.models import Source, SourceAlias, SourceKind
from verify.sources.names import name_key
from verify.sources.signals import registry_changed
from verify.tickets import moves
from verify.tickets.actions import refuse_uneditable
from verify.tickets.models import Appearance, Ticket, TicketEvent
from verify.tickets.workflow import Status

RECOUNTED = "origins recounted"
_AT_ONCE = 200
_GONE = frozenset({Status.MERGED, Status.DROPPED})


def link_name(session: Session, actor: Person, ticket: Ticket, name: str, source: Source) -> int:
    """Say who is meant by a name in the chains of a ticket; the spelling is confirmed for later articles.

    Phrases that name nobody are linked here alone. Returns how many passages were linked.
    """
    demand(actor, Permission.EDIT_SOURCE)
    refuse_uneditable(ticket)
    key = name_key(name)
    hops = [
        (passage.assertion_id, hop)
        for passage in passages_of(session, [ticket.id])
        for hop in passage.hops
        if name_key(hop.name) == key
    ]
    if not hops:
        raise Missing
    for assertion_id, hop in hops:
        at = Hop.assertion_id == assertion_id, Hop.position == hop.position
        session.execute(update(Hop).where(*at).values(source_id=source.id))
    names_somebody = hops[0][1].kind is not SourceKind.ANONYMOUS and not says_nobody(name)
    if names_somebody and source.kind is not SourceKind.ANONYMOUS and sources.resolve(session, name) is None:
        source_actions.add_alias(session, actor, source, name)
    moves.change(session, actor, ticket, "name linked", old=name, new=source.name)
    recount_leaning(
        session, actor, [ticket.id], f"{actor.name} linked “{name}” to {source.name}.", known=ticket
    )
    audit.record(session, actor, "ticket.name_linked", ticket, {"name": name, "source": source.id})
    return len(hops)


def recount(session: Session, tickets: Sequence[Ticket]) -> list[Ticket]:
    """Count origins anew and keep the figures on the tickets; return those whose figures changed."""
    changed = []
    numbers = [ticket.id for ticket in tickets]
    _read_credits(session, numbers)
    found = materials(session, numbers)
    for ticket in tickets:
        figures = figures_of(count_origins(found[ticket.id]))
        if figures != {name: getattr(ticket, name) for name in figures}:
            changed.append(ticket)
            for name, value in figures.items():
                setattr(ticket, name, value)
    session.flush()
    return changed


def _read_credits(session: Session, ticket_ids: Sequence[int]) -> None:
    """Read, once for each text under these tickets, where it says itself that it comes from."""
    unread = (
        select(ArticleVersion.id, ArticleVersion.text)
        .join(Assertion, Assertion.version_id == ArticleVersion.id)
        .join(Appearance, Appearance.assertion_id == Assertion.id)
        .outerjoin(ArticleCredits, ArticleCredits.version_id == ArticleVersion.id)
        .where(Appearance.ticket_id.in_(ticket_ids), ArticleCredits.version_id.is_(None))
    )
    for number, text in {row[0]: row[1] for row in session.execute(unread)}.items():
        found = [line._asdict() for line in credit_lines(text)]
        session.add(ArticleCredits(version_id=number, credits=found, read_at=now()))
    session.flush()


def figures_of(count: OriginCount) -> dict[str, int | bool]:
    """What the queue shows of a count. The claim is a party's when every origin that counts is one."""
    standing = [origin for origin in count.origins if origin.certain] or list(count.origins)
    return {
        "articles": count.articles,
        "origins_lower": count.lower,
        "origins_upper": count.upper,
        "origins_party": bool(standing) and all(origin.party for origin in standing),
    }


def recount_leaning(
    session: Session,
    actor: Person | None,
    ticket_ids: Iterable[int],
    cause: str,
    *,
    known: Ticket | None = None,
) -> None:
    """Recount tickets that lean on something that changed; an approval bound to another count is voided.

    Those that listen are told of each, with the cause in a sentence: publishing then holds what was approved against
    what would be published now, for names and reasons may change while the figures stay. `known` has its line of
    history already.
    """
    for numbers in _batches(ticket_ids):
        asked = select(Ticket).where(Ticket.id.in_(numbers), Ticket.status.not_in(_GONE)).order_by(Ticket.id)
        tickets = session.scalars(asked).all()
        before = {ticket.id: _words(ticket) for ticket in tickets}
        changed = {ticket.id for ticket in recount(session, tickets)}
        for ticket in tickets:
            old, new = before[ticket.id], _words(ticket)
            if ticket is known:
                continue
            if ticket.status is Status.APPROVED and ticket.id in changed:
                moves.change(session, actor, ticket, RECOUNTED, old=old, new=new)
            elif ticket.id in changed:
                session.add(_line(actor, ticket, old, new))
        session.flush()
        recounted.send(tickets, session=session, actor=actor, cause=cause)


def _on_chains_changed(ticket: Ticket, *, session: Session, **_: object) -> None:
    cause = "What an article says, or who printed it, was corrected."
    _on_records_changed(ticket, session=session, actor=None, cause=cause)


def _on_records_changed(ticket: Ticket, *, session: Session, actor: Person | None, cause: str) -> None:
    recount(session, [ticket])
    recounted.send([ticket], session=session, actor=actor, cause=cause)


def _on_registry_changed(source_ids: Iterable[int], *, session: Session, actor: Person | None) -> None:
    """Recount every ticket that leans on these sources."""
    source_ids = list(source_ids)
    _link_spellings(session, source_ids)
    asked = select(Source.name).where(Source.id.in_(source_ids)).order_by(Source.id).limit(3)
    names = " and ".join(session.scalars(asked))
    who = actor.name if actor else "The desk"
    cause = f"{who} changed what is known about {names or 'a source'}."
    recount_leaning(session, actor, lookups.tickets_touched(session, source_ids), cause)


def _on_texts_compared(article_ids: Sequence[int], *, session: Session) -> None:
    """Recount the tickets with articles of which it came out only now that they share text."""
    cause = "Articles that came in before were compared with the archive."
    recount_leaning(session, None, lookups.tickets_with(session, article_ids), cause)


def _link_spellings(session: Session, source_ids: Sequence[int]) -> None:
    """Link hops that have a confirmed name of these sources and are linked to nobody yet."""
    asked = select(SourceAlias.name, SourceAlias.source_id).where(SourceAlias.source_id.in_(source_ids))
    for name, source_id in session.execute(asked).all():
        session.execute(
            update(Hop)
            .where(Hop.name == name, Hop.source_id.is_(None), Hop.kind != SourceKind.ANONYMOUS)
            .values(source_id=source_id)
        )


def _line(actor: Person | None, ticket: Ticket, old: str, new: str) -> TicketEvent:
    """A line of history alone: nobody edits the figures, so no form on the ticket goes stale by it."""
    return TicketEvent(
        ticket_id=ticket.id,
        actor_id=actor.id if actor else None,
        action=RECOUNTED,
        old_value=old,
        new_value=new,
        happened_at=now(),
    )


def _words(ticket: Ticket) -> str:
    bounds = {ticket.origins_lower, ticket.origins_upper}
    return "–".join(str(bound) for bound in sorted(bounds)) + (" (party)" if ticket.origins_party else "")


def _batches(numbers: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(numbers)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch


moves.chains_changed.connect(_on_chains_changed)
moves.records_changed.connect(_on_records_changed)
registry_changed.connect(_on_registry_changed)
texts_compared.connect(_on_texts_compared)
