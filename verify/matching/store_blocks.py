"""Words of claims laid out in blocks, many claims at a time: for each word of a block the claims that hold it.

One writer at a time, so that no two wait for each other's rows; whoever puts a claim in does not wait for it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from verify.matching import store_sql as sql
from verify.matching.store_models import ClaimBlock, ClaimWord, Held
from verify.similarity.corpus import METHOD, fields_in
from verify.similarity.index import FIELDS, MOST_COUNTED, Postings, postings
from verify.similarity.reading import folded
from verify.similarity.spelling import may_be_misspelled, runs

BLOCK = 32_768
"""Places in a block."""
RECORD = np.dtype([("offset", "<u2"), ("counts", "u1")])
RUN_RECORD = np.dtype([("word", "<i8"), ("runs", "u1")])
DAY = np.dtype("<u2")
FULL = 255
_FIRST_DAY = date(1900, 1, 1).toordinal()
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim that is to be laid out: its words as they were read, and its day."""

    words: str
    dated: date | None


@lru_cache(maxsize=262_144)
def number_of(form: str) -> int:
    """The number of a word: the same everywhere and always."""
    return int.from_bytes(hashlib.blake2b(form.encode(), digest_size=8).digest(), signed=True)


def folded_number(text: str) -> int:
    """The number of a text, whatever its case and spaces."""
    return int.from_bytes(
        hashlib.blake2b(folded(text).encode("utf-8", "replace"), digest_size=8).digest(), signed=True
    )


def day_number(day: date | None) -> int:
    """A day in two bytes; 0 for none, and for one outside two centuries."""
    number = day.toordinal() - _FIRST_DAY if day else 0
    return number if 0 < number < 1 << 16 else 0


def lay_out(session: Session, kind: Held, readings: Sequence[Reading]) -> list[int]:
    """Give claims places in blocks of their kind, and write down their words; the caller is the one writer."""
    places: list[int] = []
    while len(places) < len(readings):
        block = _open_block(session, kind)
        some = readings[len(places) : len(places) + BLOCK - block.places]
        first = block.number * BLOCK + block.places
        _fill(session, block, some)
        places += range(first, first + len(some))
    return places


def _open_block(session: Session, kind: Held) -> ClaimBlock:
    asked = select(ClaimBlock).where(ClaimBlock.kind == kind, ClaimBlock.places < BLOCK)
    block = session.scalars(asked.order_by(ClaimBlock.number).limit(1)).first()
    if block is None:
        last = session.scalar(select(func.max(ClaimBlock.number)))
        block = ClaimBlock(
            number=0 if last is None else last + 1, kind=kind, places=0, length=0.0, days=b"", method=METHOD
        )
        session.add(block)
    return block


def _fill(session: Session, block: ClaimBlock, readings: Sequence[Reading]) -> None:
    """Append claims to a block."""
    vocabulary, found = _read(readings)
    forms = list(vocabulary)
    numbers = [number_of(form) for form in forms]
    records = _records(session, found, block.places, len(readings))
    bounds = np.searchsorted(found.terms, np.arange(len(forms) + 1)).tolist()
    order = sorted(range(len(forms)), key=numbers.__getitem__)
    size = RECORD.itemsize
    sql.add_postings(
        session,
        [(block.number, numbers[at], records[bounds[at] * size : bounds[at + 1] * size]) for at in order],
    )
    _add_runs(session, {numbers[at]: forms[at] for at in order})
    sql.add_words(session, [(numbers[at], forms[at][:64], bounds[at + 1] - bounds[at]) for at in order])
    block.places += len(readings)
    block.length += float(found.lengths.sum())
    block.days += np.array([day_number(one.dated) for one in readings], DAY).tobytes()
    session.flush()


def _read(readings: Sequence[Reading]) -> tuple[dict[str, int], Postings]:
    vocabulary: dict[str, int] = {}
    terms: list[int] = []
    lengths: list[int] = []
    for one in readings:
        for forms in fields_in(one.words):
            terms.extend([vocabulary.setdefault(form, len(vocabulary)) for form in forms])
            lengths.append(len(forms))
    places = np.repeat(np.arange(len(lengths)), lengths)
    laid = np.array(terms, np.int32)
    return vocabulary, postings(laid, places // len(FIELDS), places % len(FIELDS), max(1, len(readings)))


def _records(session: Session, found: Postings, first: int, many: int) -> bytes:
    """What is kept of each posting, word by word."""
    length, places = mean_of(session)
    mean = (length + float(found.lengths.sum())) / (places + many)
    records = np.empty(len(found.terms), RECORD)
    records["offset"] = found.holders + first
    counts = np.rint(found.saturated(mean or 1.0) * (FULL / MOST_COUNTED))
    records["counts"] = np.clip(counts, 1, FULL)
    return records.tobytes()


def mean_of(session: Session) -> tuple[float, int]:
    """How long all claims in blocks are together, and how many places they take."""
    length, places = session.execute(select(func.sum(ClaimBlock.length), func.sum(ClaimBlock.places))).one()
    return length or 0.0, places or 0


def _add_runs(session: Session, words: dict[int, str]) -> None:
    """Write down by which letters words are known that are new to the index."""
    asked = select(ClaimWord.word).where(sql.among(sql.dialect_of(session), ClaimWord.word, "words"))
    for known in session.scalars(asked, {"words": sql.listed(session, words)}):
        del words[known]
    holders: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, form in words.items():
        if may_be_misspelled(form) and len(form) <= _LONGEST:
            mine = runs(form)
            for run in mine:
                holders[run].append((number, len(mine)))
    sql.add_runs(
        session, [(run, np.array(held, RUN_RECORD).tobytes()) for run, held in sorted(holders.items())]
    )
