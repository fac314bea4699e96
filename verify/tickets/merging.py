"""Two tickets that turn out to be one claim, and what else changes which appearances a ticket has."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles.models import Article, ArticleVersion, Assertion
from verify.articles.signals import article_described, assertion_changed
from verify.audit import actions as audit
from verify.errors import Conflict, Refused
from verify.permissions import Permission, demand
from verify.tickets import moves, reviewers
from verify.tickets.claimants import claimant_of
from verify.tickets.models import Appearance, Ticket
from verify.tickets.workflow import EDITABLE, MOVES, Move


def note_appearances(
    session: Session, actor: Person | None, ticket: Ticket, action: str, *, old: str = "", new: str = "",
    reason: str = "",
) -> None:  # fmt: skip
    """Write the history line of a change of appearances, with the cached claimant and count of articles."""
    session.flush()
    claimant, key = claimant_of(session, ticket)
    counted = session.scalar(
        select(func.count(func.distinct(ArticleVersion.article_id)))
        .select_from(Appearance)
        .join(Assertion, Assertion.id == Appearance.assertion_id)
        .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
        .where(Appearance.ticket_id == ticket.id)
    )
    moves.change(
        session, actor, ticket, action, old=old, new=new, reason=reason, claimant=claimant, claimant_key=key,
        articles=counted or 0,
    )  # fmt: skip
    moves.chains_changed.send(ticket, session=session)


def merge(
    session: Session, actor: Person, ticket: Ticket, *, into: Ticket, reason: str,
    version: int | None = None, into_version: int | None = None,
) -> None:  # fmt: skip
    """Merge a ticket into another that claims the same; its appearances move there, its history stays readable.

    Both rows are locked in one order, so that two people who merge from both sides end in one merge and one refusal.
    """
    demand(actor, Permission.EDIT_TICKET)
    if ticket.id == into.id:
        raise Refused("A ticket cannot be merged into itself. Name the other ticket.", field="into")
    _lock(session, ticket, into)
    moves.expect_version(ticket, version)
    if into_version is not None and into_version != into.version:
        raise Conflict(
            f"Somebody changed {into.reference} while you were at it. Look at it again, then merge."
        )
    if ticket.status not in MOVES[Move.MERGE].start:
        raise Refused(
            f"{ticket.reference} is {moves.STATUS_WORDS[ticket.status]} and cannot be merged from there."
        )
    if into.status not in EDITABLE:
        raise Refused(
            f"{into.reference} is {moves.STATUS_WORDS[into.status]} and takes nothing in. "
            "Choose a ticket that is still worked on.",
            field="into",
        )
    _refuse_own_judges(session, ticket, into)
    session.execute(
        update(Appearance)
        .where(Appearance.ticket_id == ticket.id)
        .values(ticket_id=into.id)
        .execution_options(synchronize_session="fetch")
    )
    moves.move(session, actor, ticket, Move.MERGE, reason=reason, merged_into_id=into.id, articles=0)
    moves.merged.send(ticket, into=into, session=session, actor=actor)
    note_appearances(session, actor, into, "took in", new=ticket.reference, reason=reason)
    moves.chains_changed.send(ticket, session=session)
    audit.record(session, actor, "ticket.merged", ticket, {"into": into.reference, "reason": reason.strip()})


def _refuse_own_judges(session: Session, ticket: Ticket, into: Ticket) -> None:
    """Refuse a merge by which a reviewer would come to judge what they opened or have an interest in."""
    barred = reviewers.conflicted(session, ticket)
    for assignment in reviewers.in_force(session, into):
        if assignment.reviewer_id in barred:
            name = assignment.reviewer.name
            raise Refused(
                f"{name} reviews {into.reference}, but opened {ticket.reference} or declared an interest in it, and "
                f"nobody judges their own. Free {name} from {into.reference} first, or merge the other way round.",
                field="into",
            )


def _lock(session: Session, *tickets: Ticket) -> None:
    session.flush()
    session.scalars(
        select(Ticket)
        .where(Ticket.id.in_([ticket.id for ticket in tickets]))
        .order_by(Ticket.id)
        .with_for_update(of=Ticket)
        .execution_options(populate_existing=True)
    ).all()


@article_described.connect
def _follow_the_article(article: Article, *, session: Session, actor: Person) -> None:
    """Title, outlet, day and address of an article stand in the verdicts on what it says."""
    filed = (
        select(Appearance.ticket_id)
        .join(Assertion, Assertion.id == Appearance.assertion_id)
        .join(ArticleVersion, ArticleVersion.id == Assertion.version_id)
        .where(ArticleVersion.article_id == article.id)
    )
    for ticket in session.scalars(select(Ticket).where(Ticket.id.in_(filed)).order_by(Ticket.id)).all():
        note_appearances(session, actor, ticket, "appearance edited", new=article.title)


@assertion_changed.connect
def _follow_the_assertion(assertion: Assertion, *, session: Session, actor: Person) -> None:
    """A filed assertion was edited: its ticket's content changed with it."""
    ticket = session.scalar(select(Ticket).join(Appearance).where(Appearance.assertion_id == assertion.id))
    if ticket is not None:
        note_appearances(session, actor, ticket, "appearance edited", new=assertion.statement)
