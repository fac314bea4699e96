"""Other forms and spellings of what was typed, from the words of the desk.

A word the desk knows is also found in its other forms, and a name in its other spellings. A word that it does not
know is taken for the nearest that it does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from verify.search import words
from verify.search.engine import Clause, Term
from verify.search.models import SearchWord
from verify.search.query import Wanted

_MOST = 6  # further words for one that was typed
_NEAREST = 3  # for a word that is not known
_CANDIDATES = 2_000
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class _Known:
    word: str
    name: bool


def clauses_for(session: Session, wanted: Sequence[Wanted]) -> tuple[Clause, ...]:
    """What to look for: as typed, and every word that is not exact with its other forms and spellings."""
    loose = {one.words[0] for one in wanted if not one.exact and _may_vary(one.words[0])}
    known = _known(session, loose)
    return tuple(_clause(one, known) for one in wanted)


def _clause(wanted: Wanted, known: dict[str, list[_Known]]) -> Clause:
    typed = Term(wanted.words, wanted.unfinished)
    word = wanted.words[0]
    if wanted.exact or word not in known:
        return Clause((typed,))
    others = _others(word, known[word], unfinished=wanted.unfinished)
    return Clause((typed, *(Term((other,)) for other in others)))


def _others(word: str, near: list[_Known], *, unfinished: bool) -> list[str]:
    mine = next((one for one in near if one.word == word), None)
    others = [one for one in near if one.word != word and not (unfinished and one.word.startswith(word))]
    forms = [one.word for one in others if words.is_form(word, one.word)]
    if mine is not None and not mine.name:
        return sorted(forms)[:_MOST]
    spellings = sorted(one.word for one in others if one.name and words.is_spelling(word, one.word))
    if mine is None and not (unfinished and any(one.word.startswith(word) for one in near)):
        slips = sorted((words.slips(word, one.word), one.word) for one in others)
        spellings += [other for apart, other in slips[:_NEAREST] if apart < 9]
    return list(dict.fromkeys([*sorted(forms), *spellings]))[:_MOST]


def _may_vary(word: str) -> bool:
    return _SHORTEST <= len(word) <= words.LONGEST and not any(map(str.isdigit, word))


def _known(session: Session, typed: Collection[str]) -> dict[str, list[_Known]]:
    """The words of the desk that may be meant by each typed one, itself included."""
    if not typed:
        return {}
    stems, sounds = {words.stem_of(one) for one in typed}, {words.sound_of(one) for one in typed}
    like = or_(
        SearchWord.word.in_(typed),
        SearchWord.stem.in_(stems),
        and_(SearchWord.sound.in_(sounds), SearchWord.name),
    )
    found = _ask(session, like)
    unknown = set(typed) - {one.word for one in found}
    if unknown:
        found += _ask(session, SearchWord.start.in_({words.start_of(one) for one in unknown}))
    return {one: [other for other in found if _near(one, other.word, one in unknown)] for one in typed}


def _ask(session: Session, like: ColumnElement[bool]) -> list[_Known]:
    asked = select(SearchWord.word, SearchWord.name).where(like).limit(_CANDIDATES)
    return [_Known(word, name) for word, name in session.execute(asked)]


def _near(typed: str, other: str, unknown: bool) -> bool:
    return (
        other == typed
        or words.stem_of(other) == words.stem_of(typed)
        or words.sound_of(other) == words.sound_of(typed)
        or (unknown and words.start_of(other) == words.start_of(typed))
    )
