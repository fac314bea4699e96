"""What the index knows of a question's words: of how many claims each is, how else it may be spelled or written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from verify.matching import store_sql as sql
from verify.matching.store_blocks import RUN_RECORD, number_of
from verify.matching.store_models import ClaimRun, ClaimWord
from verify.similarity.asking import MOST_WORDS, SEEN_OFTEN
from verify.similarity.reading import Question, Word, compared, is_figure, read
from verify.similarity.spelling import ALIKE, MOST_ALIKE, may_be_misspelled, parts_of, pieces, runs

_TAKEN_APART, _SPELLED = 12, 24  # words of a question that are taken apart, or looked for in other spellings
_LONGEST = 40


class Lexicon:
    """The words of a question, and later those of some claims, as far as the index knows them."""

    def __init__(self, session: Session, wanted: Question, waiting: Iterable[Collection[str]]) -> None:
        """`waiting` has the different words of each claim that is in no block yet."""
        self._session = session
        self._waiting = Counter(form for forms in waiting for form in forms)
        self._held: dict[str, int] = {}
        words = [*read(wanted.text), *read(wanted.signed)[:12]]
        self.learn(word.form for word in words)
        self.parts = self._parts(words)
        asked = self._after_taking_apart(words)
        rare = [form for form in asked[:MOST_WORDS] if self._may_be_misspelled(form)]
        self.alike = self._alike(rare[:_SPELLED])
        self.asked = {*asked, *(form for near in self.alike.values() for form, _ in near)}

    def held(self, forms: Iterable[str]) -> dict[str, int]:
        """Return of how many claims each of some words is; those of none are left out."""
        forms = set(forms)
        self.learn(forms)
        return {form: self._held[form] for form in forms if self._held[form]}

    def learn(self, forms: Iterable[str]) -> None:
        """Look words up that were not."""
        new = {number_of(form): form for form in forms if form not in self._held}
        if not new:
            return
        for form in new.values():
            self._held[form] = self._waiting[form]
        for number, claims in self._rows(_counts_of_words, new):
            self._held[new[number]] += claims

    def _parts(self, words: Sequence[Word]) -> dict[str, list[str]]:
        """Take unknown words apart that may be run together from known ones."""
        glued = {
            word.written.lower()
            for word in words
            if not self._held[word.form] and 7 <= len(word.written) <= _LONGEST and not is_figure(word.form)
        }
        some = sorted(glued)[:_TAKEN_APART]
        known = self.held(piece for word in some for piece in pieces(word))
        return {word: parts_of(word, known) for word in some}

    def _after_taking_apart(self, words: Sequence[Word]) -> list[str]:
        forms: dict[str, None] = {}
        for word in words:
            parts = () if self._held[word.form] else self.parts.get(word.written.lower(), ())
            forms.update(dict.fromkeys([compared(part) for part in parts] or [word.form]))
        return list(forms)

    def _may_be_misspelled(self, form: str) -> bool:
        return self._held[form] <= SEEN_OFTEN and may_be_misspelled(form) and len(form) <= _LONGEST

    def _alike(self, forms: Sequence[str]) -> dict[str, list[tuple[str, float]]]:
        """Find for each of some words those that are spelled almost alike, best first."""
        if not forms:
            return {}
        wanted = sorted({run for form in forms for run in runs(form)})
        holders = {run: np.frombuffer(words, RUN_RECORD) for run, words in self._rows(_words_of_runs, wanted)}
        near = {form: _near(form, holders) for form in forms}
        names = self._names({number for found in near.values() for number in found})
        waiting = self._waiting_by_runs(frozenset(wanted))
        alike = {}
        for form in forms:
            found = {names[number]: share for number, share in near[form].items() if number in names}
            found |= _near_of(form, waiting)
            best = sorted(found.items(), key=lambda one: (-one[1], one[0]))
            alike[form] = best[:MOST_ALIKE]
        return alike

    def _waiting_by_runs(self, wanted: Collection[str]) -> dict[str, list[str]]:
        """The words of claims that are in no block, by those of some runs of letters that they have."""
        found = defaultdict[str, list[str]](list)
        for form in self._waiting:
            if may_be_misspelled(form) and len(form) <= _LONGEST:
                for run in runs(form):
                    if run in wanted:
                        found[run].append(form)
        return found

    def _names(self, numbers: Collection[int]) -> dict[int, str]:
        """The words of some numbers, which are looked up by that."""
        rows = self._rows(_words_of_numbers, sorted(numbers)) if numbers else ()
        for _, form, claims in rows:
            self._held[form] = claims + self._waiting[form]
        return {number: form for number, form, claims in rows if self._held[form]}

    def _rows(
        self, statement: Callable[[str], Select[*tuple[Any, ...]]], listed: Iterable[int] | Iterable[str]
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        asked = statement(sql.dialect_of(self._session))
        return self._session.execute(asked, {"listed": sql.listed(self._session, listed)}).all()


@cache
def _counts_of_words(name: str) -> Select[*tuple[Any, ...]]:
    return select(ClaimWord.word, ClaimWord.claims).where(sql.among(name, ClaimWord.word, "listed"))


@cache
def _words_of_numbers(name: str) -> Select[*tuple[Any, ...]]:
    asked = select(ClaimWord.word, ClaimWord.form, ClaimWord.claims)
    return asked.where(sql.among(name, ClaimWord.word, "listed"))


@cache
def _words_of_runs(name: str) -> Select[*tuple[Any, ...]]:
    return select(ClaimRun.run, ClaimRun.words).where(sql.among(name, ClaimRun.run, "listed"))


def _near(form: str, holders: dict[str, NDArray[np.void]]) -> dict[int, float]:
    """The numbers of words that share most runs of letters with a word."""
    mine = runs(form)
    parts = [holders[run] for run in mine if run in holders]
    if not parts:
        return {}
    held = np.concatenate(parts)
    found, first, shared = np.unique(held["word"], return_index=True, return_counts=True)
    alike = 2 * shared / (held["runs"][first].astype(np.int64) + len(mine))
    order = np.lexsort((found, -alike))[: MOST_ALIKE * 3]
    return {int(found[at]): float(alike[at]) for at in order if alike[at] >= ALIKE}


def _near_of(form: str, holders: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Which words share most runs of letters with a word, of those that have these runs."""
    mine = runs(form)
    shared = Counter(other for run in mine for other in holders.get(run, ()))
    alike = {other: 2 * many / (len(runs(other)) + len(mine)) for other, many in shared.items() if many > 1}
    return {other: share for other, share in alike.items() if share >= ALIKE}
