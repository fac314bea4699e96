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
    if withdrawal_of(session, article) is not None:
        raise Conflict("Somebody withdrew this article already.")
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
    found = withdrawal_of(session, article)
    if found is None:
        raise Conflict("This article is not withdrawn.")
    found.undone_at, found.undone_by_id, found.undone_reason = now(), actor.id, reason
    session.flush()
    _follow(session, actor, article, f"{actor.name} took back the withdrawal of “{article.title}”: {reason}")
    audit.record(session, actor, "article.restored", article, {"reason": reason})


def turn(session: Session, actor: Person, article: Article, *, reason: str) -> str:
    """Withdraw an article that counts, or restore one that is withdrawn; say what was done."""
    if withdrawal_of(session, article) is None:
        withdraw_article(session, actor, article, reason=reason)
        return "The article is withdrawn; the origins are counted anew without it."
    restore_article(session, actor, article, reason=reason)
    return "The article counts again."


def _stated(reason: str, wanted: str) -> str:
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise Refused(wanted, field="reason")
    refuse_controls(reason, "reason")
    return reason


def _follow(session: Session, actor: Person, article: Article, cause: str) -> None:
    recount_leaning(session, actor, lookups.tickets_with(session, [article.id]), cause)
