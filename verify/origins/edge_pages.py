"""What the pages about single steps of a count show: the step, what is decided, and the count either way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.articles.models import Article
from verify.errors import Missing
from verify.origins import decided, lookups, withdrawals
from verify.origins import steps as reasons
from verify.origins.count import OriginCount, Reading, count_origins
from verify.origins.forms import WithdrawalForm
from verify.origins.graph import POSSIBLE, Key, key_of
from verify.origins.material import Decision
from verify.origins.models import EdgeVerdict
from verify.origins.passages import passages_of
from verify.origins.settle import Question, what_would_settle
from verify.origins.sides import Side
from verify.permissions import Permission, demand
from verify.tickets.models import Ticket


def question_of(reading: Reading) -> Question | None:
    """What would settle the count of those who assert the claim."""
    return what_would_settle(reading.asserting)


def edge_page(session: Session, reader: Person, ticket: Ticket, edge: Key) -> dict[str, Any]:
    """One edge with the count as it is, and as it would be if the edge were cut or confirmed."""
    demand(reader, Permission.EDIT_SOURCE)
    reading = lookups.reading(session, ticket)
    edge = key_of(*edge)
    for side in (reading.asserting, reading.denying):
        keys = {one.key for edges in side.registry.graph.edges.values() for one in edges.values()}
        if edge in keys:
            break
    else:
        raise Missing(
            "The count has no such step any more: somebody cut it, or what it rested on has changed. "
            f"Go back to the origins of {ticket.reference} to see who decided what."
        )
    return {
        "ticket": ticket,
        "edge": edge,
        "told": reasons.told(side.registry, *edge),
        "possible": edge[0] in POSSIBLE,
        "count": reading.count,
        "denies": side.stance == "denies",
        "after": {
            verdict.value: _after(reading, verdict, edge)
            for verdict in (EdgeVerdict.CUT, EdgeVerdict.CONFIRMED)
        },
        "everywhere": decided.holds_everywhere(*edge[1:]),
    }


def _after(reading: Reading, verdict: EdgeVerdict, edge: Key) -> OriginCount:
    decision = Decision(verdict.value, *edge)
    return count_origins(replace(reading.material, decisions=(*reading.material.decisions, decision)))


def ends_of(reading: Reading) -> list[tuple[str, str]]:
    """The nodes between which a person can state an edge, by name."""
    found: dict[str, str] = {}
    for side in (reading.asserting, reading.denying):
        for node in side.registry.graph.names:
            if node.startswith(("unheard:", "original:")) or (
                node.startswith("source:") and node not in _near(side)
            ):
                continue
            found.setdefault(node, reasons.call(side.registry, node))
    articles = [node for node in found if node.startswith("article:")]
    named = {
        node: f"{name} (article {node[8:]})" if node in articles else name for node, name in found.items()
    }
    return sorted(
        named.items(), key=lambda one: (not one[0].startswith("article:"), one[1].casefold(), one[0])
    )


def _near(side: Side) -> set[str]:
    edges = side.registry.graph.edges
    ends = {node for child, parents in edges.items() for node in (child, *parents)}
    return ends | set(side.strength)


def article_of(session: Session, ticket: Ticket, article_id: int) -> Article:
    """An article that is filed under a ticket; Missing when it is not."""
    filed: Sequence[int] = [passage.article_id for passage in passages_of(session, [ticket.id])]
    article = session.get(Article, article_id) if article_id in filed else None
    if article is None:
        raise Missing
    return article


def withdrawal_page(
    session: Session, ticket: Ticket, article_id: int, form: WithdrawalForm
) -> dict[str, Any]:
    """An article of a ticket, who withdrew it, how many tickets lean on it, and the form for what can be done."""
    article = article_of(session, ticket, article_id)
    withdrawn = withdrawals.withdrawal_of(session, article)
    form.show(counts=withdrawn is None)
    return {
        "form": form,
        "ticket": ticket,
        "article": article,
        "withdrawn": withdrawn,
        "leaning": len(lookups.tickets_with(session, [article.id])),
    }


def edge_url(reference: str, edge: Key) -> str:
    """Where a person decides about an edge."""
    kind, child, parent = edge
    return url_for("origins.edge", reference=reference, kind=kind, child=child, parent=parent)
