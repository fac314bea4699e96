"""Finding in the index: candidates by their words from the blocks, then the same closer look as in memory.

What a question reads does not grow with the desk: so many postings at most, rarest words first, and of these the texts
of some hundred claims.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from verify.matching import store_sql as sql
from verify.matching.store_blocks import folded_number, number_of
from verify.matching.store_candidates import Found, Wanted, look_up
from verify.matching.store_models import ClaimBlock, Held, HeldClaim
from verify.matching.store_words import Lexicon
from verify.similarity import Answer, Claim, Matcher, Question
from verify.similarity.asking import ask
from verify.similarity.candidates import AFTER, BEFORE, BY_DAYS, BY_WORDS
from verify.similarity.corpus import Corpus, fields_in
from verify.similarity.index import Index, weighted_length
from verify.similarity.reading import LONGEST

WAITING = 5_000
"""Claims in no block that are looked through; a worker lays them out long before there are so many."""
_Row = Row[Any]


def find(session: Session, wanted: Question, kinds: Collection[Held], top: int) -> Answer:
    """Return the claims of some kinds that may be what a question says."""
    wanted = replace(wanted, text=wanted.text[:LONGEST], signed=wanted.signed[:LONGEST])
    waiting = session.execute(_waiting()).all()
    forms = [fields_in(row.words) for row in waiting]
    held = [frozenset(chain.from_iterable(fields)) for fields in forms]
    blocks = session.execute(_blocks()).all()
    many = sum(block.places for block in blocks) + len(waiting)
    length = sum(block.length for block in blocks) + sum(weighted_length(fields) for fields in forms)
    lexicon = Lexicon(session, wanted, held)
    corpus = Corpus(
        many=many,
        mean=length / many if length else 1.0,
        held=lexicon.held(lexicon.asked),
        alike=lexicon.alike,
        parts=lexicon.parts,
    )
    terms = _terms(corpus, wanted)
    places = look_up(
        session, [block.number for block in blocks if block.kind in kinds], list(terms.values()), wanted
    )
    rows = _alive(session, places)
    rows += _of_waiting(
        [(row, some) for row, some in zip(waiting, held, strict=True) if row.kind in kinds], terms, wanted
    )
    given = {"folded": folded_number(wanted.text), "kinds": list(kinds), "top": max(1, top)}
    rows += session.execute(_word_for_word(), given).all()
    return _looked_at(rows, corpus, lexicon, wanted, top)


def _claims() -> Select[*tuple[Any, ...]]:
    return select(
        HeldClaim.kind, HeldClaim.key, HeldClaim.text, HeldClaim.title, HeldClaim.subtitle, HeldClaim.dated,
        HeldClaim.words, HeldClaim.place,
    )  # fmt: skip


@cache
def _blocks() -> Select[*tuple[Any, ...]]:
    return select(ClaimBlock.number, ClaimBlock.kind, ClaimBlock.places, ClaimBlock.length)


@cache
def _waiting() -> Select[*tuple[Any, ...]]:
    return _claims().where(HeldClaim.place.is_(None)).limit(WAITING)


@cache
def _of_places(name: str) -> Select[*tuple[Any, ...]]:
    return _claims().where(sql.among(name, HeldClaim.place, "places"))


@cache
def _word_for_word() -> Select[*tuple[Any, ...]]:
    chosen = HeldClaim.kind.in_(bindparam("kinds", expanding=True))
    return _claims().where(HeldClaim.folded == bindparam("folded"), chosen).limit(bindparam("top"))


def _terms(corpus: Corpus, wanted: Question) -> dict[str, Wanted]:
    """The words that are looked for, other spellings included, with what each weighs."""
    index = Index([], corpus)
    forms = list(index.vocabulary)
    terms: dict[str, Wanted] = {}
    for term, alike in ask(index, wanted).weighted:
        form = forms[term]
        weight = alike * float(index.rarity[term]) + (terms[form].weight if form in terms else 0.0)
        terms[form] = Wanted(number_of(form), weight, corpus.held[form])
    return terms


def _alive(session: Session, found: Found) -> list[_Row]:
    """The claims that stand in the best places; where many are gone, those of further places."""
    rows: dict[int, _Row] = {}
    for places, enough in ((found.by_words, BY_WORDS), (found.by_days, BY_DAYS)):
        at, size, alive = 0, enough, 0
        while at < len(places) and alive < enough:
            some = places[at : at + size]
            missing = [place for place in some if place not in rows]
            given = {"places": sql.listed(session, missing)}
            rows |= {row.place: row for row in session.execute(_of_places(sql.dialect_of(session)), given)}
            alive += sum(place in rows for place in some)
            at, size = at + size, size * 4
    return list(rows.values())


def _of_waiting(
    waiting: Sequence[tuple[_Row, frozenset[str]]], terms: dict[str, Wanted], wanted: Question
) -> list[_Row]:
    """Of the claims that are in no block, those that hold most of the words."""
    worth = [
        (sum(terms[form].weight for form in shared), row)
        for row, forms in waiting
        if (shared := terms.keys() & forms)
    ]
    worth.sort(key=lambda one: -one[0])
    rows = [row for _, row in worth[:BY_WORDS]]
    if wanted.dated:
        first, last = wanted.dated.toordinal() - BEFORE, wanted.dated.toordinal() + AFTER
        near = [row for _, row in worth[BY_WORDS:] if row.dated and first <= row.dated.toordinal() <= last]
        rows += near[:BY_DAYS]
    return rows


def _looked_at(rows: Iterable[_Row], corpus: Corpus, lexicon: Lexicon, wanted: Question, top: int) -> Answer:
    """Look at some claims closely, as if all were in memory."""
    claims, words = {}, {}
    for row in rows:
        name = f"{row.kind.value}:{row.key}"
        claims[name] = Claim(name, row.text, row.title, row.subtitle, row.dated)
        words[name] = fields_in(row.words)
    held = lexicon.held(lexicon.asked.union(*chain.from_iterable(words.values())))
    return Matcher(claims.values(), replace(corpus, words=words, held=held)).match(wanted, top)
