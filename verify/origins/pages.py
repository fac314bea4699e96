"""What the pages about origins show: a ticket's count with its chains, and a source's appearances."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from verify.accounts.models import Person
from verify.origins import decided, edge_pages, lookups
from verify.origins.count import Reading, read_origins
from verify.origins.forms import LinkForm
from verify.origins.gathering import gather, material_of
from verify.origins.graph import Key
from verify.origins.map_page import map_shown
from verify.origins.names import says_nobody
from verify.origins.passages import HopLine, Passage, Registry, SourceLine, passages_of
from verify.origins.sketch import map_of
from verify.permissions import Permission, demand, may
from verify.sources import lookups as sources
from verify.sources.models import Source
from verify.sources.names import name_key
from verify.sources.words import KIND_WORDS
from verify.tickets.models import Ticket
from verify.tickets.workflow import EDITABLE, Status

_SUGGESTED_FOR = 12  # names on a page that get suggestions; each costs one query


@dataclass(frozen=True)
class NameInChains:
    """A name as the chains of a ticket have it, the source it is linked to, and those it may be."""

    name: str
    kind: str
    passages: int
    source: SourceLine | None
    alike: Sequence[Source]
    nobody: bool


def section(session: Session, reader: Person, ticket: Ticket) -> Mapping[str, Any]:
    """The origins of a ticket, as its page shows them."""
    demand(reader, Permission.READ_DESK)
    read = lookups.reading(session, ticket)
    return {
        "template": "origins/section.html",
        "title": "Origins",
        "count": read.count,
        "map": _map(reader, ticket, read),
        "question": edge_pages.question_of(read),
        "kinds": KIND_WORDS,
        "source_url": _source_url,
    }


def _map(reader: Person, ticket: Ticket, read: Reading) -> dict[str, Any] | None:
    """The map, each article and registered source of it leading to its page, and each line to what decides it."""
    drawn = map_of(read)
    links = {}
    for node in drawn.nodes:
        kind, _, number = node.id.removesuffix(" denies").partition(":")
        if kind == "article" and node.articles == 1:
            links[node.id] = url_for("articles.show", article_id=int(number))
        elif kind == "evidence":
            anchor = next(f"evidence-{one.number}" for one in read.material.records if one.id == number)
            links[node.id] = url_for("tickets.show", reference=ticket.reference, _anchor=anchor)
        elif kind == "source":
            links[node.id] = url_for("sources.show", source_id=int(number))
    return map_shown(drawn, links=links, edge_link=_edge_url(reader, ticket))


def _edge_url(reader: Person, ticket: Ticket) -> Callable[[Key], str] | None:
    """Where this reader decides about an edge; None for who may not."""
    if not may(reader, Permission.EDIT_SOURCE) or ticket.status in (Status.DROPPED, Status.MERGED):
        return None
    return partial(edge_pages.edge_url, ticket.reference)


def page(session: Session, reader: Person, ticket: Ticket) -> dict[str, Any]:
    """Everything on the page of a ticket's origins, from one reading of its passages."""
    demand(reader, Permission.READ_DESK)
    passages = passages_of(session, [ticket.id])
    gathered = gather(session, [ticket.id], passages)
    registry = gathered.registry
    read = read_origins(material_of(gathered, ticket.id, passages))
    return {
        "ticket": ticket,
        "count": read.count,
        "map": _map(reader, ticket, read),
        "question": edge_pages.question_of(read),
        "edge_url": _edge_url(reader, ticket),
        "decisions": decided.decisions_of(session, ticket),
        "chains": [_chain(registry, passage) for passage in passages],
        "names": _names(session, registry, passages),
        "kinds": KIND_WORDS,
        "source_url": _source_url,
        "editable": ticket.status in EDITABLE,
        "link_form": lambda: LinkForm(formdata=None),
    }


def steps_url(ticket: Ticket) -> str:
    """Where the steps of a ticket's count stand."""
    return url_for("origins.show", reference=ticket.reference) + "#steps"


def _source_url(source: str | int | None) -> str | None:
    return url_for("sources.show", source_id=int(source)) if source is not None else None


def _known(registry: Registry, hop: HopLine) -> SourceLine | None:
    """The source that a hop counts as: by link, or by a confirmed spelling."""
    number = hop.source_id or registry.by_key.get(name_key(hop.name))
    return registry.sources.get(number) if number is not None else None


def _chain(registry: Registry, passage: Passage) -> dict[str, Any]:
    outlet = registry.sources.get(passage.outlet_id) if passage.outlet_id is not None else None
    hops = []
    for hop in passage.hops:
        source = _known(registry, hop)
        url = _source_url(source.id) if source else None
        hops.append({"name": hop.name, "kind": hop.kind.value, "role": hop.role or None, "url": url})
    return {
        "title": passage.title,
        "url": url_for(
            "articles.show", article_id=passage.article_id, _anchor=f"assertion-{passage.assertion_id}"
        ),
        "outlet": outlet.name if outlet else "Outlet not known",
        "published_on": passage.published_on,
        "denies": passage.denies,
        "withdrawn": passage.withdrawn,
        "article_id": passage.article_id,
        "hops": hops,
    }


def _names(session: Session, registry: Registry, passages: Sequence[Passage]) -> list[NameInChains]:
    """Every name in the chains once, those without a source first, with sources it may be."""
    by_key: dict[str, list[HopLine]] = {}
    for passage in passages:
        for hop in passage.hops:
            by_key.setdefault(name_key(hop.name), []).append(hop)
    found = []
    suggested = 0
    for key in sorted(by_key, key=lambda one: (_known(registry, by_key[one][0]) is not None, one)):
        hops = by_key[key]
        source, nobody = _known(registry, hops[0]), says_nobody(hops[0].name)
        wanted = source is None and not nobody and suggested < _SUGGESTED_FOR
        suggested += wanted
        alike = sources.similar_sources(session, hops[0].name) if wanted else []
        found.append(NameInChains(hops[0].name, hops[0].kind.value, len(hops), source, alike, nobody))
    return found
