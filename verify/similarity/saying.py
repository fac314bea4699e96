"""What a claim says, taken apart: who and what, the kind of event, what is beside the point, what is denied. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from verify.similarity.clauses import (
    doer,
    is_conditional,
    is_wished,
    main_clause,
    sentences,
    without_relatives,
)
from verify.similarity.figures import Figure, figures_in
from verify.similarity.meanings import EVENTS, senses
from verify.similarity.reading import LONGEST, Word, is_figure, read
from verify.similarity.shortforms import shortened
from verify.similarity.states import Denial, States, denial_in, states_in
from verify.spotting.grammar import TIME_WORDS

_NAMED, _GENERIC, _ASIDE = 1.5, 0.4, 0.35
"""What a name weighs, a word that tells little, and what is left of a word that stands beside the point."""
_LEAST_POINT, _MOST_UNITS = 3, 8
_YEAR = re.compile(r"\b(1[789]\d\d|20\d\d)(s?)\b")
_DECADE = re.compile(r"\b(1[789]\d0|20\d0)s\b")
_DONE = re.compile(r"^[a-z]{3,}ed$")
_PLAINLY_NOT = re.compile(r"\b(?:not|never|no|none|nobody)\b|n[’']t", re.IGNORECASE)
_OF_DENIALS = re.compile(r"(?:den(?:y|i)|reject|refut|dismiss|fals|untru|basel|claim|alleg|rumo|truth|true)")
_COMMON = frozenset(one.form for one in read(
    "official officials people group groups side sides force forces troops member members statement report reports "
    "claim claims news media spokesman spokesperson spokeswoman leader leaders government country several former "
    "last latest first new late early ago place part time way today yesterday mr mrs ms general minister president "
    "valley city town village province district region area island river afternoon "
    "according say take make go get come put use been"
))  # fmt: skip
_TIMES = frozenset(one.form for one in read(" ".join(sorted(TIME_WORDS))))


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a claim: what it can mean, how much it tells, and whether it is a name or an event."""

    senses: tuple[str, ...]
    weight: float
    name: bool
    event: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a claim says: mostly a sentence."""

    terms: tuple[Term, ...]
    known: frozenset[str]
    """Every sense of every term, and of the names that a pronoun may stand for."""
    events: frozenset[str]
    who: frozenset[str]
    """Who does it, as far as the order of words tells."""
    conditional: bool
    wished: bool
    """It is demanded or advised, and has not happened."""
    figures: tuple[Figure, ...]
    years: frozenset[int]
    denial: Denial
    states: States


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim taken apart."""

    text: str
    units: tuple[Unit, ...]
    refutes: bool
    """It says outright that a claim is not so: “the claim is false”, “rejected the report”."""


def saying(
    text: str, context: str = "", short: Mapping[str, str] | None = None, *,
    denied: bool = False, doubted: bool = False, wished: bool = False,
) -> Saying:  # fmt: skip
    """Take a claim apart.

    `context` names whoever a pronoun may stand for, `short` which long names have a short form. A claim may be
    `denied`, `doubted` or `wished` by the sentence around it.
    """
    text = text[:LONGEST]
    stands_in = _names_in(shortened(context[:LONGEST], short or {})) if context else frozenset()
    found = (_unit(sentence, stands_in) for sentence in sentences(shortened(text, short or {})) if sentence)
    units = tuple(
        unit for unit, _ in zip((unit for unit in found if unit.terms), range(_MOST_UNITS), strict=False)
    )
    if denied or doubted:
        units = tuple(replace(unit, denial=_turned(unit.denial, doubted)) for unit in units)
    if wished:
        units = tuple(replace(unit, wished=True) for unit in units)
    refutes = denied or any(unit.denial.denies and not _PLAINLY_NOT.search(unit.denial.cue) for unit in units)
    return Saying(text, units, refutes)


def _turned(denial: Denial, doubted: bool) -> Denial:
    return Denial(denial.denies != (not doubted), doubted or denial.doubts, denial.cue)


def _unit(sentence: str, stands_in: frozenset[str]) -> Unit:
    point = main_clause(sentence)
    main = {word.form for word in read(_DECADE.sub(r"\1", point))}
    words = read(_DECADE.sub(r"\1", sentence))
    if len(main) < _LEAST_POINT:
        main = {word.form for word in words}
    terms: dict[tuple[str, ...], Term] = {}
    for at, word in enumerate(words):
        if (is_figure(word.form) and not _YEAR.fullmatch(word.form)) or _OF_DENIALS.match(word.form):
            continue
        term = _term(word.form, word.written, word.name or _opens_name(words, at), word.form in main)
        kept = terms.get(term.senses)
        if kept is None or kept.weight < term.weight:
            terms[term.senses] = term
    return Unit(
        terms=tuple(terms.values()),
        known=frozenset(sense for term in terms.values() for sense in term.senses) | stands_in,
        events=frozenset(sense for term in terms.values() if term.event for sense in term.senses),
        who=_senses_of(doer(point)),
        conditional=is_conditional(sentence),
        wished=is_wished(sentence),
        figures=figures_in(sentence),
        years=frozenset(_years(sentence)),
        denial=denial_in(without_relatives(sentence)),
        states=states_in(sentence),
    )


def _opens_name(words: list[Word], at: int) -> bool:
    """Whether the first word of a sentence is the first of a name."""
    return at == 0 and words[0].written[0].isupper() and len(words) > 1 and words[1].name


@lru_cache(maxsize=65_536)
def _term(form: str, written: str, name: bool, main: bool) -> Term:
    meant = senses(form, written)
    common = form in _COMMON or form in _TIMES
    happens = not EVENTS.isdisjoint(meant) or (not common and _DONE.search(written) is not None)
    weight = _GENERIC if common else _NAMED if name else 1.0
    return Term(
        meant, weight if main else weight * _ASIDE, name and not common, main and not name and happens
    )


def _years(text: str) -> Iterator[int]:
    """The years that a sentence names; “the 1990s” are ten."""
    for found in _YEAR.finditer(text):
        first = int(found[1])
        yield from range(first, first + (10 if found[2] else 1))


def _senses_of(words: str) -> frozenset[str]:
    return frozenset(
        sense for word in read(words) if not is_figure(word.form) for sense in senses(word.form, word.written)
    )


def _names_in(text: str) -> frozenset[str]:
    return frozenset(
        sense
        for word in read(text)
        if word.written[:1].isupper()
        for sense in senses(word.form, word.written)
    )
