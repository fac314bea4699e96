"""What the page of results shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from verify.accounts.models import Person
from verify.accounts.sessions import reader
from verify.db import db
from verify.errors import Missing
from verify.matching import certainty, suggesting
from verify.search import details, lookups, snippets
from verify.search.details import Hit
from verify.search.lookups import PAGE, Finds
from verify.search.models import Kind
from verify.search.query import LONGEST, Query, read
from verify.search.snippets import Marker, Piece
from verify.search.words import says_something, words_of
from verify.tickets.lookups import ticket_by_reference

KINDS = {
    Kind.TICKET: ("claims", "Claims", "Claim", "quote"),
    Kind.ARTICLE: ("articles", "Articles", "Article", "newspaper"),
    Kind.SOURCE: ("sources", "Sources", "Source", "users"),
    Kind.EVIDENCE: ("evidence", "Evidence", "Evidence", "archive"),
    Kind.COMMENT: ("comments", "Comments", "Comment", "sticky-note"),
    Kind.CLAIMREVIEW: ("elsewhere", "By others", "Verdict of others", "external-link"),
}
_ADDRESS = {word: kind for kind, (word, *_) in KINDS.items()}
_CLAIM_FROM = 4  # telling words from which a query reads like a claim
_REFERENCE = re.compile(r"([A-Za-z][A-Za-z0-9]{1,5})[- ]?(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Line:
    """A find on the page: its parts with what was looked for marked, and where it leads."""

    hit: Hit
    url: str
    title: tuple[Piece, ...]
    names: tuple[Piece, ...]
    text: tuple[Piece, ...]


def straight_to(session: Session, person: Person, typed: str) -> str | None:
    """The reference of the ticket that was typed and nothing else, in full or short: “PAN-0012”, “pan 12”."""
    found = _REFERENCE.fullmatch(typed.strip())
    if found is None:
        return None
    for reference in dict.fromkeys((f"{found[1]}-{int(found[2]):04d}", f"{found[1]}-{found[2]}")):
        try:
            return ticket_by_reference(session, person, reference).reference
        except Missing:
            continue
    return None


def index(asked: MultiDict[str, str]) -> dict[str, Any]:
    """Everything that the page of results needs."""
    typed = asked.get("q", "")
    query, kind = read(typed), _ADDRESS.get(asked.get("kind", ""))
    session, person = db.session, reader()
    finds = lookups.find(session, person, query, kind=kind)
    number = max(1, min(asked.get("page", 1, type=int), -(-len(finds.best) // PAGE)))
    shown = finds.best[(number - 1) * PAGE : number * PAGE]
    marker = Marker(finds.clauses)
    lines = [_line(session, hit, marker) for hit in details.hits(session, shown)]
    return {
        "typed": typed[:LONGEST],
        "query": query,
        "finds": finds,
        "lines": lines,
        "kinds": KINDS,
        "tabs": _tabs(query, finds, kind),
        "spelled": _spelled(finds, lines),
        "as_typed": any(one.as_typed for one in finds.best),
        "checked": _checked(session, person, query) if kind is None and number == 1 else None,
        "previous_url": _url(query, kind, number - 1) if number > 1 else None,
        "next_url": _url(query, kind, number + 1) if len(finds.best) > number * PAGE else None,
        "note": _range(number, lines, finds, kind),
        "percent": certainty.percent,
        "in_words": certainty.in_words,
    }


def _line(session: Session, hit: Hit, marker: Marker) -> Line:
    snippet = marker.snippet(hit.body)
    if snippet is None and hit.kind is Kind.ARTICLE and len(hit.body) == details.READ:
        snippet = marker.snippet(details.further_on(session, hit.key))
    place = None
    if hit.kind is Kind.ARTICLE and snippet is not None and snippet.place:
        place = snippet.place
    text = snippet.pieces if snippet else ()
    title = marker.marked(hit.title)
    if not text and not snippets.held(title):
        text = snippets.beginning(hit.body)
    return Line(hit, _leads_to(hit, place), title, marker.marked(hit.who), text)


def _leads_to(hit: Hit, place: int | None) -> str:
    if hit.kind is Kind.TICKET:
        return url_for("tickets.show", reference=hit.reference)
    if hit.kind is Kind.ARTICLE:
        return url_for("articles.show", article_id=hit.key, place=place)
    if hit.kind is Kind.SOURCE:
        return url_for("sources.show", source_id=hit.key)
    if hit.kind is Kind.CLAIMREVIEW:
        return url_for("claimreviews.show", number=hit.key)
    anchor = f"evidence-{hit.number}" if hit.kind is Kind.EVIDENCE else f"comment-{hit.key}"
    return url_for("tickets.show", reference=hit.reference, _anchor=anchor)


def _checked(session: Session, person: Person, query: Query) -> suggesting.Suggestions | None:
    """Where a claim may have been checked already; nothing where what was typed does not read like one."""
    telling = [word for word in words_of(query.text) if says_something(word)]
    return suggesting.for_text(session, person, query.text) if len(telling) >= _CLAIM_FROM else None


def _tabs(query: Query, finds: Finds, kind: Kind | None) -> list[tuple[str, str, bool, str]]:
    """All, and each kind of which something was found."""
    more = "+" if finds.more else ""
    tabs = [("All", _url(query, None), kind is None, f"{finds.total:,}{more}")]
    for one, (_, label, *_rest) in KINDS.items():
        if one in finds.counts or one is kind:
            tabs.append((label, _url(query, one), one is kind, f"{finds.counts.get(one, 0):,}{more}"))
    return tabs


def _url(query: Query, kind: Kind | None, number: int = 1) -> str:
    return url_for(
        "search.index",
        q=query.typed,
        kind=KINDS[kind][0] if kind else None,
        page=number if number > 1 else None,
    )


def _spelled(finds: Finds, lines: Sequence[Line]) -> list[tuple[str, list[str]]]:
    """Which other forms and spellings stand on this page, by what was typed. Words nobody sees here are not told."""
    held: dict[str, str] = {}
    for line in lines:
        for part in (line.title, line.names, line.text):
            held = snippets.held(part) | held
    told = []
    for clause in finds.clauses:
        others = [held[term.words[0]] for term in clause.terms[1:] if term.words[0] in held]
        if others:
            told.append((" ".join(clause.terms[0].words), others))
    return told


def _range(number: int, lines: Sequence[Line], finds: Finds, kind: Kind | None) -> str:
    """“21–40 of 1,204”; where there are more than are put in order, how to come to them."""
    if not lines:
        return ""
    first = (number - 1) * PAGE + 1
    there = finds.counts.get(kind, 0) if kind else finds.total
    known = f"{there:,}{'+' if finds.more else ''}"
    said = f"{first:,}–{first + len(lines) - 1:,} of {known}"
    last = len(finds.best) <= number * PAGE
    return (
        f"{said}. The best {len(finds.best):,} are shown; say more to come to the others."
        if last and there > len(finds.best)
        else said
    )
