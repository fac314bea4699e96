"""Which claims in blocks are worth a closer look: those that hold most of a question's words, and of the same days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from verify.matching import store_sql as sql
from verify.matching.store_blocks import BLOCK, DAY, FULL, RECORD, day_number
from verify.matching.store_models import ClaimBlock, ClaimPosting
from verify.similarity.candidates import AFTER, BEFORE
from verify.similarity.index import MOST_COUNTED
from verify.similarity.reading import Question

READ, KEPT = 600_000, 4_000
"""Postings that are read for one question, those of the rarest words first; and places that are kept of them."""
Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that is looked for: its number, what it weighs, and of how many claims it is."""

    number: int
    weight: float
    held: int


@dataclass(frozen=True, slots=True)
class Found:
    """Places of claims, best first: of all claims, and of those of the days around the question."""

    by_words: list[int]
    by_days: list[int]


def look_up(session: Session, blocks: Sequence[int], wanted: Sequence[Wanted], question: Question) -> Found:
    """Return in which places of some blocks most of the wanted words stand."""
    chosen = _within_bounds(wanted)
    if not blocks or not chosen:
        return Found([], [])
    found = _gather(session, blocks, chosen)
    held = np.flatnonzero(found > 0)  # far quicker than of the numbers themselves
    values = found[held]
    by_days: list[int] = []
    if question.dated and (day := day_number(question.dated)):
        known = _days(session, blocks)[held].astype(np.int32)
        near = (known >= max(1, day - BEFORE)) & (known <= day + AFTER)
        by_days = _best(held[near], values[near], blocks)
    return Found(_best(held, values, blocks), by_days)


def _within_bounds(wanted: Sequence[Wanted]) -> list[Wanted]:
    """The rarest words, as many as can be read in bounded time; the rarest of all in any case."""
    chosen, read = list[Wanted](), 0
    for one in sorted(wanted, key=lambda one: (one.held, one.number)):
        read += one.held
        if chosen and read > READ:
            break
        chosen.append(one)
    return chosen


def _gather(session: Session, blocks: Sequence[int], wanted: Sequence[Wanted]) -> Numbers:
    """How well the wanted words are found in each place of the blocks."""
    slots = {block: slot * BLOCK for slot, block in enumerate(blocks)}
    weights = defaultdict[int, float](float)
    for one in wanted:
        weights[one.number] += one.weight
    given = {"blocks": sql.few_listed(session, blocks), "words": sql.few_listed(session, weights)}
    held = defaultdict[int, tuple[list[int], list[bytes]]](lambda: ([], []))
    for block, word, claims in session.execute(_postings(sql.dialect_of(session)), given):
        held[word][0].append(slots[block])
        held[word][1].append(claims)
    found = np.zeros(len(blocks) * BLOCK, np.float32)
    for word, (bases, pieces) in held.items():
        records = np.frombuffer(b"".join(pieces), RECORD)
        sizes = [len(piece) // RECORD.itemsize for piece in pieces]
        places = records["offset"] + np.repeat(np.array(bases, np.int32), sizes)
        found[places] += records["counts"] * np.float32(weights[word] * MOST_COUNTED / FULL)
    return found


@cache
def _postings(name: str) -> Select[*tuple[Any, ...]]:
    return select(ClaimPosting.block, ClaimPosting.word, ClaimPosting.claims).where(
        sql.few(name, ClaimPosting.block, "blocks"), sql.few(name, ClaimPosting.word, "words")
    )


def _days(session: Session, blocks: Sequence[int]) -> NDArray[np.uint16]:
    """The day of the claim in each place of the blocks."""
    days = np.zeros((len(blocks), BLOCK), DAY)
    slots = {block: slot for slot, block in enumerate(blocks)}
    asked = select(ClaimBlock.number, ClaimBlock.days).where(ClaimBlock.number.in_(blocks))
    for number, known in session.execute(asked):
        days[slots[number], : len(known) // DAY.itemsize] = np.frombuffer(known, DAY)
    return days.ravel()


def _best(held: NDArray[np.int64], values: Numbers, blocks: Sequence[int]) -> list[int]:
    """The places in which most is found, best first; more than are looked at, as some claims may be gone."""
    if len(held) > KEPT:
        best = np.argpartition(values, len(values) - KEPT)[len(values) - KEPT :]
        held, values = held[best], values[best]
    order = np.lexsort((held, -values))
    starts = np.array(blocks, np.int64) * BLOCK
    places: list[int] = (starts[held[order] // BLOCK] + held[order] % BLOCK).tolist()
    return places
