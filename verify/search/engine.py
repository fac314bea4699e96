"""What is looked for, written in the language of each database's index. Pure; words are letters and digits alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Words side by side; the last of them may be the beginning of a longer one."""

    words: tuple[str, ...]
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """Any of these will do: what was typed comes first, then other forms and spellings of it."""

    terms: tuple[Term, ...]
    in_names: bool = False  # nowhere else than where names stand

    @property
    def typed(self) -> Clause:
        """Only what was typed."""
        return Clause(self.terms[:1], self.in_names)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Every clause must be met, or any where `loose`; none of the excluded terms may be there."""

    clauses: tuple[Clause, ...]
    excluded: tuple[Term, ...] = ()
    loose: bool = False

    @property
    def typed(self) -> Lookup:
        """The same for what was typed alone."""
        return Lookup(tuple(clause.typed for clause in self.clauses), self.excluded, self.loose)


def on_sqlite(lookup: Lookup) -> str:
    """The lookup as FTS5 reads it."""
    every = (" OR " if lookup.loose else " AND ").join(map(_clause_on_sqlite, lookup.clauses))
    if not lookup.excluded:
        return every
    return f"({every}) NOT ({' OR '.join(map(_term_on_sqlite, lookup.excluded))})"


def _clause_on_sqlite(clause: Clause) -> str:
    any_of = " OR ".join(map(_term_on_sqlite, clause.terms))
    return f"names : ({any_of})" if clause.in_names else f"({any_of})"


def _term_on_sqlite(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + ("*" if term.unfinished else "")


def on_postgresql(lookup: Lookup) -> str:
    """The lookup as `to_tsquery` reads it."""
    every = (" | " if lookup.loose else " & ").join(map(_clause_on_postgresql, lookup.clauses))
    if not lookup.excluded:
        return every
    return f"({every}) & !({_any(lookup.excluded)})"


def any_on_postgresql(clauses: Sequence[Clause]) -> str:
    """Any word of any clause: by how much of it a heading holds, finds are put in a first order."""
    return " | ".join(f"({_any(clause.terms)})" for clause in clauses)


def _clause_on_postgresql(clause: Clause) -> str:
    return f"({_any(clause.terms, 'B' if clause.in_names else '')})"


def _any(terms: Sequence[Term], weight: str = "") -> str:
    return " | ".join(_term_on_postgresql(term, weight) for term in terms)


def _term_on_postgresql(term: Term, weight: str = "") -> str:
    *first, last = term.words
    marks = ("*" if term.unfinished else "") + weight
    written = [f"'{word}'" + (f":{weight}" if weight else "") for word in first]
    return "(" + " <-> ".join([*written, f"'{last}'" + (f":{marks}" if marks else "")]) + ")"
