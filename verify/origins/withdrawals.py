"""Withdrawing an article: what its outlet took back, or what turned out to be forged, counts for nothing."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from verify.accounts.models import Person
from verify.articles.models import Article
from verify.audit import actions as audit
from verify.db import now
from verify.errors import Conflict, Refused
from verify.origins import lookups
from verify.origins.actions import recount_leaning
from verify.origins.models import Withdrawal
from verify.permissions import Permission, demand
from verify.sources.names import refuse_controls


def withdrawal_of(session: Session, article: Article) -> Withdrawal | None:
    """The withdrawal that stands for an article; None while it counts."""
    asked = select(Withdrawal).where(Withdrawal.article_id == article.id, Withdrawal.undone_at.is_(None))
    with_names = asked.options(joinedload(Withdrawal.withdrawn_by).lazyload(Person.grants))
    return session.scalars(with_names.order_by(Withdrawal.id.desc())).first()


def withdraw_article(session: Session, actor: Person, article: Article, *, reason: str) -> Withdrawal:
    """Have an article count for nothing from now on; its text and what is filed of it stay."""
    demand(actor, Permission.EDIT_SOURCE)
    reason = _stated(reason, "Say why it counts for nothing: its outlet took it back, it is forged …")
    _hold(session, article)
    standing = withdrawal_of(session, article)
    if standing is not None:
        raise Conflict(f"{standing.withdrawn_by.name} withdrew this article already: “{standing.reason}”")
    found = Withdrawal(article_id=article.id, reason=reason, withdrawn_by_id=actor.id, withdrawn_at=now())
    session.add(found)
    session.flush()
    _follow(session, actor, article, f"{actor.name} withdrew “{article.title}”: {reason}")
    audit.record(session, actor, "article.withdrawn", article, {"reason": reason})
    return found


def restore_article(session: Session, actor: Person, article: Article, *, reason: str) -> None:
    """Have a withdrawn article count again."""
    demand(actor, Permission.EDIT_SOURCE)
    reason = _stated(reason, "Say why it counts again; the reason stays in the log.")
    _hold(session, article)
    found = withdrawal_of(session, article)
    if found is None:
        raise Conflict("Somebody had this article count again already.")
    found.undone_at, found.undone_by_id, found.undone_reason = now(), actor.id, reason
    session.flush()
    _follow(session, actor, article, f"{actor.name} took back the withdrawal of “{article.title}”: {reason}")
    audit.record(session, actor, "article.restored", article, {"reason": reason})


def turn(session: Session, actor: Person, article: Article, *, counts: bool, reason: str) -> str:
    """Withdraw an article that counted when its page was read, or restore one that did not; say what was done."""
    if counts:
        withdraw_article(session, actor, article, reason=reason)
        return "The article is withdrawn; the origins are counted anew without it."
    restore_article(session, actor, article, reason=reason)
    return "The article counts again."


def _hold(session: Session, article: Article) -> None:
    """Let nobody else withdraw or restore an article until this transaction ends."""
    session.execute(select(Article.id).where(Article.id == article.id).with_for_update(key_share=True))


def _stated(reason: str, wanted: str) -> str:
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise Refused(wanted, field="reason")
    refuse_controls(reason, "reason")
    return reason


def _follow(session: Session, actor: Person, article: Article, cause: str) -> None:
    recount_leaning(session, actor, lookups.tickets_with(session, [article.id]), cause)
