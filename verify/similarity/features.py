"""What speaks for and against each candidate, in numbers: shared words, names, figures, turns of phrase, and time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from verify.similarity.asking import Asked
from verify.similarity.index import FIELDS, UNDATED, Index

Numbers = NDArray[np.float32]
_DAYS = (-365, -60, -14, -2, 1, 4, 8, 15, 31, 91, 366, 1500)
"""Borders between spans of days from what was said to the check; most checks come within a few days."""
NAMES = (
    *("found", "found, of the best", "found, of the next best", "covered more than the next best"),
    *("found, of what could be", "found besides by author"),
    *(
        "text covered",
        "title covered",
        "subtitle covered",
        "covered",
        "covered squared",
        "covered with spelling",
    ),
    *("of the text", "of the title", "of the subtitle", "of the best field"),
    *(
        "phrases",
        "names",
        "names missing",
        "figures",
        "figures differ",
        "rarest shared",
        "rare ones shared",
        "many",
    ),
    *("length", "asked", "day known"),
    *(f"day {place}" for place in range(len(_DAYS) + 1)),
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Candidates, what was seen of each, and which words of the question each field of theirs holds."""

    candidates: NDArray[np.int64]
    features: Numbers
    held: Numbers


def see(index: Index, asked: Asked, candidates: NDArray[np.int64], found: Numbers) -> Seen:
    """Look at some candidates closely."""
    flat, owners, fields = _words_of(index, candidates)
    terms = index.words.terms[flat]
    held = _held(index, asked, terms, owners, fields, len(candidates))
    weights, total = asked.weights, max(float(asked.weights.sum()), 1e-6)
    anywhere = held.max(axis=1, initial=0.0)
    covered = np.minimum(anywhere @ weights / total, 1.0)
    covers = np.minimum(held @ weights / total, 1.0)
    of_fields = _of_fields(index, asked, terms, owners, fields, len(candidates))
    rarest = (anywhere * weights).max(axis=1, initial=0.0)
    signed = np.zeros(len(index), np.float32) if not asked.signed else index.gather(asked.signed)
    columns = [
        np.log1p(found[candidates]),
        *beside_others(found[candidates], covered),
        found[candidates] / (2.0 * total),
        np.minimum(signed[candidates] / 20, 1.5),
        *covers.T,
        covered,
        covered**2,
        _with_spelling(index, asked, terms, owners, anywhere) @ weights / total,
        *of_fields.T,
        of_fields.max(axis=1),
        _phrases(index, asked, flat, owners, fields, len(candidates)),
        *_of_a_kind(anywhere, weights, asked.names),
        *_figures(index, asked, anywhere, terms, owners, len(candidates)),
        rarest / 10,
        ((anywhere > 0.5) & (weights > 0.6 * index.rarest)).sum(axis=1) / 3,
        np.log1p((anywhere > 0.5).sum(axis=1)),
        np.log1p(np.bincount(owners, minlength=len(candidates))) / 4,
        np.full(len(candidates), np.log1p(len(asked.words)) / 4),
        *_time(index, asked, candidates).T,
    ]
    return Seen(candidates, np.stack(columns, axis=1).astype(np.float32), held)


def beside_others(found: Numbers, covered: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """How each candidate does beside the best of all, and beside the best of the others."""
    best = max(float(found.max(initial=0.0)), 1e-6)
    next_best = np.maximum(_best_other(found), 0.2 * best)
    ahead = covered - _best_other(covered)
    share, lead = found / np.float32(best), np.minimum(found / next_best, 4.0) / 2
    return share.astype(np.float32), lead.astype(np.float32), ahead.astype(np.float32)


def _best_other(values: Numbers) -> Numbers:
    """For each the highest value of the others."""
    if len(values) < 2:
        return np.zeros_like(values)
    second, first = np.sort(values)[-2:]
    others = np.full_like(values, first)
    others[int(np.argmax(values))] = second
    return others


def _words_of(
    index: Index, candidates: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Where the words of the candidates stand, whose each is, and in which field."""
    first = index.words.bounds[candidates * len(FIELDS)]
    lengths = index.words.bounds[(candidates + 1) * len(FIELDS)] - first
    ends = np.cumsum(lengths)
    flat = np.repeat(first - (ends - lengths), lengths) + np.arange(ends[-1] if len(ends) else 0)
    owners = np.repeat(np.arange(len(candidates)), lengths)
    second = index.words.bounds[candidates * len(FIELDS) + 1][owners]
    third = index.words.bounds[candidates * len(FIELDS) + 2][owners]
    return flat, owners, (flat >= second).astype(np.int64) + (flat >= third)


def _held(
    index: Index, asked: Asked, terms: NDArray[np.int32], owners: NDArray[np.int64],
    fields: NDArray[np.int64], many: int,
) -> Numbers:  # fmt: skip
    """Which words of the question stand in which field of which candidate: 1, less for a spelling alike, or 0."""
    held = np.zeros((many, len(FIELDS), len(asked.words)), dtype=np.float32)
    weight = np.zeros(len(index.rarity), dtype=np.float32)
    for place, found in enumerate(asked.terms):
        for term, alike in found:
            weight[term] = alike
        at = np.flatnonzero(weight[terms])
        np.maximum.at(held[:, :, place], (owners[at], fields[at]), weight[terms[at]])
        for term, _ in found:
            weight[term] = 0
    return held


def _of_fields(
    index: Index, asked: Asked, terms: NDArray[np.int32], owners: NDArray[np.int64],
    fields: NDArray[np.int64], many: int,
) -> Numbers:  # fmt: skip
    """How much of each field of a candidate stands in the question."""
    weight = np.zeros(len(index.rarity), dtype=np.float32)
    for term, alike in asked.weighted:
        weight[term] = max(weight[term], alike)
    rarity = index.rarity[terms]
    places = owners * len(FIELDS) + fields
    size = many * len(FIELDS)
    whole = np.bincount(places, rarity, minlength=size)
    shared = np.bincount(places, rarity * weight[terms], minlength=size)
    return (shared / np.maximum(whole, 1e-6)).reshape(many, len(FIELDS)).astype(np.float32)


def _with_spelling(
    index: Index, asked: Asked, terms: NDArray[np.int32], owners: NDArray[np.int64], anywhere: Numbers
) -> Numbers:
    """Which words of the question a candidate holds, one that shares most of its letters included."""
    if not len(terms) or not asked.words:
        return anywhere
    different, inverse = np.unique(terms, return_inverse=True)
    near = index.spellings.closeness([word.form for word in asked.words], different)
    near[near < 0.45] = 0
    starts = np.flatnonzero(np.r_[True, np.diff(owners) > 0])
    best = anywhere.copy()
    present = owners[starts]
    best[present] = np.maximum(best[present], np.maximum.reduceat(near[inverse], starts, axis=0))
    return best


def _phrases(
    index: Index, asked: Asked, flat: NDArray[np.int64], owners: NDArray[np.int64],
    fields: NDArray[np.int64], many: int,
) -> Numbers:  # fmt: skip
    """How much of a question's neighbouring words are neighbours in a candidate too."""
    size = len(index.rarity)
    known = [asked.terms[place][0][0] if asked.terms[place] else -1 for place in asked.order]
    pairs = {one * size + other for one, other in pairwise(known) if one >= 0 and other >= 0}
    if not pairs or len(flat) < 2:
        return np.zeros(many, dtype=np.float32)
    terms = index.words.terms[flat].astype(np.int64)
    codes = terms[:-1] * size + terms[1:]
    together = (owners[:-1] == owners[1:]) & (fields[:-1] == fields[1:])
    at = np.flatnonzero(together & np.isin(codes, np.array(sorted(pairs), dtype=np.int64)))
    keys = np.unique(owners[at] * size * size + codes[at])
    weights = (index.rarity[(keys % (size * size)) // size] + index.rarity[keys % size]) / 2
    shared = np.bincount(keys // (size * size), weights, minlength=many)
    return np.minimum(shared / 30, 2.0).astype(np.float32)


def _of_a_kind(anywhere: Numbers, weights: Numbers, kind: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """How much of the question's words of a kind a candidate holds, and how much it lacks."""
    total = float(weights[kind].sum())
    if not total:
        return np.zeros(len(anywhere), np.float32), np.zeros(len(anywhere), np.float32)
    shared = anywhere[:, kind] @ weights[kind]
    return (shared / total).astype(np.float32), ((total - shared) / 40).astype(np.float32)


def _figures(
    index: Index,
    asked: Asked,
    anywhere: Numbers,
    terms: NDArray[np.int32],
    owners: NDArray[np.int64],
    many: int,
) -> tuple[Numbers, Numbers]:
    """How many figures are shared; and whether both have some and share none."""
    shared = anywhere[:, asked.figures].sum(axis=1)
    figures = index.figures[terms]
    theirs = np.bincount(owners, figures, minlength=many) > 0
    differ = theirs & (shared == 0) & bool(asked.figures.any())
    return (np.minimum(shared, 3) / 3).astype(np.float32), differ.astype(np.float32)


def _time(index: Index, asked: Asked, candidates: NDArray[np.int64]) -> Numbers:
    """In which span of days a candidate was checked, seen from the day of the question."""
    spans = np.zeros((len(candidates), len(_DAYS) + 2), dtype=np.float32)
    days = index.days[candidates]
    known = (days != UNDATED) & (asked.day >= 0)
    spans[known, 0] = 1
    spans[known, 1 + np.searchsorted(_DAYS, days[known] - asked.day, side="right")] = 1
    return spans
