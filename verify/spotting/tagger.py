"""The trained tagger: finds cues, and for each cue its source and its content.

A small encoder (five layers of a distilled BERT) reads a paragraph once. One head marks cues; a second one, given a
cue, marks for every word whether it belongs to that cue's source or content; a third one says how much a sentence is
worth checking. `training/` trains it, `docs/model-card.md` says on what. Where ONNX Runtime or the artifact is
missing, `load` returns None and the rules work alone.
"""

from __future__ import annotations

import json
import logging
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate, chain
from math import exp, log
from pathlib import Path
from typing import Any

from verify.spotting.assertion import Span
from verify.spotting.wordpieces import Vocabulary, Window, first_pieces

ARTIFACT = Path(__file__).parent / "trained"
LONGEST = 60_000  # word pieces: some 45,000 words; a longer text is left to the rules
# Pieces read at once, padding included; from the smaller number on, padding ends a batch.
_BATCH, _SMALL = 768, 128
_PADDED = 1.12  # times its shortest window may a batch's longest be
# One runtime optimisation is a loss: its fused kernel takes ten times what the two it replaces take.
_SLOWER = ["SkipLayerNormFusion", "BiasSkipLayerNormFusion"]

Progress = Callable[[int, int], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tagged:
    """One attribution as the tagger sees it.

    `confidence` is the probability of its cue, `quoted` the share of its content's words in quotation marks; 0 to 1.
    """

    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]
    confidence: float
    quoted: float


class Reading:
    """What the tagger read in one text: attributions in the order of their cues, and what is worth checking."""

    def __init__(self, windows: Sequence[Window], tagged: list[Tagged], scores: Sequence[Any]) -> None:
        """Takes the windows of the text, its attributions, and the worth scores of each window's pieces."""
        self.tagged = tagged
        self._starts = [word.start for window in windows for word in window]
        self._pieces = [0, *accumulate(len(word.pieces) for window in windows for word in window)]
        self._sums = [0.0, *accumulate(chain.from_iterable(row.tolist() for row in scores))]

    def worth(self, start: int, end: int) -> float | None:
        """Returns how much `text[start:end]` is worth checking, as `Tagger.worth` does; None for what was not read."""
        low, high = (self._pieces[bisect_left(self._starts, at)] for at in (start, end))
        return _share((self._sums[high] - self._sums[low]) / (high - low)) if high > low else None


def _share(score: float) -> float:
    return 1 / (1 + exp(-score))


@lru_cache(maxsize=1)
def load(folder: Path = ARTIFACT) -> Tagger | None:
    """Returns the tagger that ships with the product, or None where it cannot run; says why not in the log.

    A file that is not the one its card names (half a download, a pointer in its place) is not read.
    """
    try:
        import onnxruntime
    except ImportError:
        return None
    try:
        card = json.loads((folder / "tagger.json").read_text(encoding="utf-8"))
        for name, wanted in card["sha256"].items():
            if sha256((folder / name).read_bytes()).hexdigest() != wanted:
                raise ValueError(f"{name} is damaged")
    except (OSError, ValueError, KeyError) as error:
        _log.warning("The trained tagger cannot be read, so the rules work alone: %s.", error)
        return None
    return Tagger(folder, card, onnxruntime)


class Tagger:
    """The encoder's session, its vocabulary, and the small second head, which runs in NumPy."""

    def __init__(self, folder: Path, card: dict[str, Any], onnxruntime: Any) -> None:
        """Opens the artifact in `folder`, described by its card, on one processor core."""
        from verify.spotting.roles import Roles

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # every batch has another shape, so a plan for one serves no other
        self._session = onnxruntime.InferenceSession(
            str(folder / "tagger.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=_SLOWER,
        )
        self._vocabulary = Vocabulary(folder / "vocabulary.txt")
        self._roles = Roles(folder / "roles.npz", cue_threshold=card["cue_threshold"])
        middle: float = card["worth_threshold"]
        self._middle = log(middle / (1 - middle))
        self.version: str = card["version"]

    def read(self, text: str, progress: Progress | None = None) -> Reading:
        """Reads a text, telling `progress` the characters done and in all; finds nothing in one too long to read.

        Texts are read one by one: with 8-bit weights the company in a batch moves the last digits of an answer, and
        what is found in an article must not depend on others.
        """
        windows = self._windows(text)
        encoded: list[tuple[Any, ...]] = [()] * len(windows)
        scores: list[Any] = [None] * len(windows)
        done = 0
        for batch in _batches(windows):
            *views, worth = self._encode([windows[at] for at in batch])
            for row, at in enumerate(batch):
                first = first_pieces(windows[at])
                encoded[at] = tuple(view[row, first] for view in views)
                scores[at] = worth[row, 1 : _size(windows[at]) + 1] - self._middle
            done += sum(windows[at][-1].end - windows[at][0].start for at in batch)
            if progress:
                progress(min(done, len(text)), len(text))
        return Reading(windows, self._roles.read(windows, encoded), scores)

    def worth(self, sentences: Sequence[str]) -> list[float]:
        """Returns for each sentence how much it is worth checking, 0 to 1: people would check it from 0.5 on."""
        windows = [next(self._vocabulary.windows(sentence), []) for sentence in sentences]
        found = [0.0] * len(windows)
        readable = [at for at, window in enumerate(windows) if window]
        for batch in _batches([windows[at] for at in readable]):
            numbers = [readable[at] for at in batch]
            scores = self._encode([windows[at] for at in numbers])[3]
            for row, at in enumerate(numbers):
                found[at] = _share(float(scores[row, 1 : _size(windows[at]) + 1].mean()) - self._middle)
        return found

    def _windows(self, text: str) -> list[Window]:
        windows: list[Window] = []
        pieces = 0
        for window in self._vocabulary.windows(text):
            pieces += _size(window)
            if pieces > LONGEST:
                return []
            windows.append(window)
        return windows

    def _encode(self, windows: Sequence[Window]) -> Any:
        """Runs the encoder: cue scores (rows, pieces, 3), two views of every piece, and worth (rows, pieces)."""
        import numpy as np

        rows = [[piece for word in window for piece in word.pieces] for window in windows]
        features = [[word.feature for word in window for _ in word.pieces] for window in windows]
        shape = len(rows), max(map(len, rows)) + 2
        pieces, shapes, mask = (
            np.zeros(shape, np.int64),
            np.zeros(shape, np.int64),
            np.zeros(shape, np.float32),
        )
        for at, (row, feature) in enumerate(zip(rows, features, strict=True)):
            size = len(row) + 2
            pieces[at, :size] = [self._vocabulary.first, *row, self._vocabulary.last]
            shapes[at, 1 : size - 1] = feature
            mask[at, :size] = 1
        return self._session.run(None, {"pieces": pieces, "features": shapes, "mask": mask})


def _size(window: Window) -> int:
    return sum(len(word.pieces) for word in window)


def _batches(windows: Sequence[Window]) -> Iterable[list[int]]:
    """Yields the numbers of windows of like length, so that little is padded."""
    sizes = [_size(window) + 2 for window in windows]
    batch: list[int] = []
    for at in sorted(range(len(windows)), key=sizes.__getitem__):
        size = (len(batch) + 1) * sizes[at]
        if batch and (size > _BATCH or (size > _SMALL and sizes[at] > _PADDED * sizes[batch[0]])):
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch
