"""The tagger's second half: which words are the source of a cue, and which its content."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from verify.spotting.assertion import Span
from verify.spotting.tagger import Tagged
from verify.spotting.wordpieces import IN_QUOTES, WINDOW, Window

Floats = NDArray[np.float32]
Whole = NDArray[np.int64]

SOURCE, CONTENT = 1, 3  # the first word of each; the words that follow are one more
DISTANCES = (
    66  # classes of distance from the cue: 0 to 16 words exactly, then by quarters of a doubling, and back
)
_NEVER = np.float32(-1e9)
_AT_ONCE = 64  # cues: keeps what is in flight small


def distance_class(words: Whole) -> Whole:
    """Returns the class of a distance in words, signed: near ones exactly, far ones coarsely."""
    away = np.abs(words)
    far = 16 + np.minimum((np.log2(np.maximum(away, 1) / 16) * 4).astype(np.int64), 16)
    classes = np.where(away <= 16, away, far)
    return np.where(words >= 0, classes, np.minimum(classes + 33, DISTANCES - 1))


_CLASSES = distance_class(np.arange(-WINDOW, WINDOW + 1))


class Asked(NamedTuple):
    """A cue about which the second head is asked: its window, first and last word, and probability."""

    window: int
    first: int
    last: int
    confidence: float


class Roles:
    """The weights of the second head, and how its answers become spans."""

    def __init__(self, path: Path, *, cue_threshold: float) -> None:
        """Reads the weights; a cue counts from the probability `cue_threshold` on."""
        with np.load(path) as weights:
            self._positions: Floats = weights["positions"]
            self._weight: Floats = weights["weight"]
            self._bias: Floats = weights["bias"]
        self._threshold = cue_threshold

    def read(self, windows: Sequence[Window], encoded: Sequence[tuple[Floats, ...]]) -> list[Tagged]:
        """Returns the attributions of all windows in order, from the encoder's answers by word.

        Those are, for each window, scores of cues (words, 3), and two views of every word (words, 128).
        """
        asked: list[Asked] = []
        for at, (cues, _, _) in enumerate(encoded):
            asked += [Asked(at, *cue) for cue in _cues(_softmax(cues), self._threshold)]
        asked.sort(
            key=lambda one: len(windows[one.window])
        )  # like lengths together, so that little is padded
        found: list[list[Tagged]] = [[] for _ in windows]
        for low in range(0, len(asked), _AT_ONCE):
            part = asked[low : low + _AT_ONCE]
            for one, row in zip(part, self._tags(part, encoded), strict=True):
                if tagged := _tagged(windows[one.window], one, row):
                    found[one.window].append(tagged)
        return [tagged for one in found for tagged in _settled(one)]

    def _tags(self, asked: Sequence[Asked], encoded: Sequence[tuple[Floats, ...]]) -> Whole:
        """Returns the best row of tags for each cue asked about; what lies beyond a window's end is 0."""
        lengths = np.array([len(encoded[one.window][1]) for one in asked])[:, None]
        views = np.zeros((len(asked), int(lengths.max()), encoded[0][1].shape[-1]), np.float32)
        cue = np.empty((len(asked), views.shape[-1]), np.float32)
        for row, one in enumerate(asked):
            _, words, heads = encoded[one.window]
            views[row, : len(words)] = words
            cue[row] = (heads[one.first] + heads[one.last]) / 2
        place = np.arange(views.shape[1])[None, :]
        first = np.array([one.first for one in asked])[:, None]
        last = np.array([one.last for one in asked])[:, None]
        distance = np.where(place < first, place - first, np.where(place > last, place - last, 0))
        views += cue[:, None, :]
        views += self._positions[_CLASSES[distance + WINDOW]]
        np.maximum(views, 0, out=views)
        scores = np.log(_softmax(views @ self._weight + self._bias) + 1e-9)
        scores[((place >= first) & (place <= last)) | (place >= lengths)] = (
            0,
            _NEVER,
            _NEVER,
            _NEVER,
            _NEVER,
        )
        return _best_rows(scores)


# From a row to a column: a tag that goes on must follow the one that began it.
_MOVES = np.zeros((5, 5), np.float32)
for _before, _after in ((0, 2), (0, 4), (1, 4), (2, 4), (3, 2), (4, 2)):
    _MOVES[_before, _after] = _NEVER


def _best_rows(scores: Floats) -> Whole:
    """Returns for each row the most probable lawful tags (Viterbi 1967), all rows at once."""
    rows, length, _ = scores.shape
    best = scores[:, 0].copy()
    best[:, (2, 4)] = _NEVER
    came = np.zeros((length, rows, 5), np.int64)
    for at in range(1, length):
        reached = best[:, :, None] + _MOVES
        came[at] = reached.argmax(1)
        best = reached.max(1) + scores[:, at]
    tags = np.zeros((rows, length), np.int64)
    tags[:, -1] = best.argmax(1)
    every = np.arange(rows)
    for at in range(length - 1, 0, -1):
        tags[:, at - 1] = came[at, every, tags[:, at]]
    return tags


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = raised / raised.sum(-1, keepdims=True)
    return shares


def _cues(shares: Floats, threshold: float) -> list[tuple[int, int, float]]:
    """Returns first word, last word and probability of every cue of one window."""
    inside = 1 - shares[:, 0]
    found: list[tuple[int, int, float]] = []
    for at in np.flatnonzero(inside >= threshold).tolist():
        goes_on = shares[at, 2] > shares[at, 1]
        if goes_on and found and found[-1][1] == at - 1:
            start, _, confidence = found[-1]
            found[-1] = start, at, confidence
        else:
            found.append((at, at, float(inside[at])))
    return found


def _spans(window: Window, tags: list[int], kind: int) -> tuple[Span, ...]:
    found: list[Span] = []
    for at, tag in enumerate(tags):
        if tag == kind:
            found.append((window[at].start, window[at].end))
        elif tag == kind + 1 and found:
            found[-1] = found[-1][0], window[at].end
    return tuple(found)


def _tagged(window: Window, asked: Asked, row: Whole) -> Tagged | None:
    tags = row[: len(window)].tolist()
    content = _spans(window, tags, CONTENT)
    if not content:
        return None
    quoted = [word.feature >= IN_QUOTES for word, tag in zip(window, tags, strict=True) if tag >= CONTENT]
    cue = (window[asked.first].start, window[asked.last].end)
    return Tagged(_spans(window, tags, SOURCE), cue, content, asked.confidence, sum(quoted) / len(quoted))


def _size(spans: Sequence[Span]) -> int:
    return sum(end - start for start, end in spans)


def _shared(one: Sequence[Span], other: Sequence[Span]) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def _settled(found: list[Tagged]) -> list[Tagged]:
    """Keeps the surer of two attributions that claim mostly the same words as their content."""
    kept: list[Tagged] = []
    for one in sorted(found, key=lambda tagged: -tagged.confidence):
        if all(_shared(one.content, other.content) <= 0.5 * _size(one.content) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda tagged: tagged.cue)
